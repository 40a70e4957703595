"""The rules on a page: what each cause allows in each state, and what each flag takes away."""

from collections.abc import Iterable, Iterator, Sequence

from handouts import document as doc
from handouts.pack.pack import Pack
from handouts.pack.words import Words
from handouts.rules.safety import Advice, Verdict, decide

_HEADS = ("Cause and state", "Yes", "Only if", "No")
_FLAG_HEADS = ("Flag", "Waits, or no", "Only if we agree", "Left alone")
_DOSE_HEADS = ("Massage", "Usual", "Screened", "At most", "Regions")
Row = tuple[str | doc.Runs, ...]
_WIDE, _LINE, _ENOUGH = 80, 15, 190  # letters across a page, points a line, points of one table


def matrix(pack: Pack, words: Words, causes: Iterable[str]) -> Iterator[doc.Listing]:
    """What may be done for each cause in each state, and while nobody has examined it."""
    for cause in causes:
        states = (None, *pack.cause(cause).states)
        yield doc.Listing("plain", words.causes[cause].name, "shield", "", _HEADS, tuple(
            _state(decide(pack, cause, state), words) for state in states), (3, 3, 3, 3))


def flags(pack: Pack, words: Words) -> Iterator[doc.Listing]:
    """What each flag takes away, a few at once."""
    rows = list[Row]()
    for name, flag in pack.structure.flags.items():
        waits = [f"{kind}: {words.waits[wait].title}." for kind, wait in (
            ("Waits", flag.wait), ("Waits if screened", flag.screened_wait)) if wait]
        parts = [f"{part}: {verdict}" for part, verdict in flag.parts.items()]
        no = [f"No: {_named(flag.no, words)}." if flag.no else "",
              f"Keep off: {', '.join(flag.keep_off)}." if flag.keep_off else "",
              f"Parts: {', '.join(parts)}." if parts else "",
              f"Offers none of: {', '.join(flag.forbids)}." if flag.forbids else ""]
        said = " ".join(words.conditions[one] for one in flag.conditions)
        rows.append((f"{name}: {words.flags[name].name}", " ".join(filter(None, [*waits, *no])),
                     _named(flag.ask, words), f"{_named(flag.yes, words)} {said}".strip()))
    yield from listings("Flags", "bang", _FLAG_HEADS, rows, (3, 4, 3, 4))


def doses(pack: Pack, words: Words) -> Iterator[doc.Listing]:
    """The usual, the screened and the greatest dose of each massage."""
    rows = [(words.massages.massages[name].name,
             f"{_range(one.minutes)} minutes, {one.times} a week",
             f"{_range(one.gentle_minutes)} minutes",
             f"{one.cap_minutes} minutes, {one.cap_times} a week", ", ".join(one.regions))
            for name, one in pack.structure.massages.items()]
    yield from listings("Doses", "clock", _DOSE_HEADS, rows, (4, 4, 3, 4, 4))


def listings(title: str, badge: str, heads: tuple[str, ...], rows: Sequence[Row],
             shares: tuple[int, ...]) -> Iterator[doc.Listing]:
    """Rows as tables of a few each, so that none is higher than a page."""
    waiting, height = list[Row](), 0
    for row in rows:
        tall = _height(row, shares)
        if waiting and height + tall > _ENOUGH:
            yield doc.Listing("plain", title, badge, "", heads, tuple(waiting), shares)
            waiting, height = [], 0
        waiting.append(row)
        height += tall
    if waiting:
        yield doc.Listing("plain", title, badge, "", heads, tuple(waiting), shares)


def _height(row: Row, shares: tuple[int, ...]) -> int:
    """About how many points a row takes."""
    lengths = (len(cell) if isinstance(cell, str) else sum(len(run.text) for run in cell)
               for cell in row)
    lines = max(length * sum(shares) // (share * _WIDE) + 1
                for length, share in zip(lengths, shares, strict=True))
    return lines * _LINE


def _state(advice: Advice, words: Words) -> tuple[str, ...]:
    """A row of the matrix: the massages by their verdict, with where and on what terms."""
    name = "Screened: nobody has examined it" if advice.state is None else (
        words.causes[advice.cause].states[advice.state].capitalize())
    if advice.waits:
        titles = "; ".join(words.waits[wait].title for wait in advice.waits)
        return name, "–", "–", f"All waits: {titles}."
    cells = []
    for verdict in (Verdict.YES, Verdict.IF, Verdict.NO):
        cells.append("; ".join(_ruled(massage, advice, words) for massage, ruling
                               in advice.rulings.items() if ruling.verdict is verdict) or "–")
    return (name, *cells)


def _ruled(massage: str, advice: Advice, words: Words) -> str:
    ruling = advice.rulings[massage]
    told = [", ".join(sorted(ruling.on)), ", ".join(ruling.conditions)]
    said = "; ".join(filter(None, told))
    name = words.massages.massages[massage].name
    return f"{name} ({said})" if said and ruling.verdict is not Verdict.NO else name


def _named(massages: Iterable[str], words: Words) -> str:
    return "; ".join(words.massages.massages[name].name for name in massages) or "–"


def _range(minutes: tuple[int, int]) -> str:
    return "–".join(map(str, dict.fromkeys(minutes)))
