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
_MARKS = {Verdict.YES: "Yes", Verdict.IF: "If", Verdict.NO: "–"}


def matrix(pack: Pack, words: Words, causes: Sequence[str]) -> Iterator[doc.Listing]:
    """What may be done for each cause in each state, and while nobody has examined it."""
    numbered = [f"{number} {words.massages.massages[name].name}"
                for number, name in enumerate(pack.structure.massages, 1)]
    advices = [decide(pack, cause, state) for cause in causes
               for state in (None, *pack.cause(cause).states)]
    yield from table(
        "At a glance", "shield",
        ("Cause and state", *(str(at) for at, _ in enumerate(numbered, 1))),
        (_verdicts(advice, words) for advice in advices), (9, *(1 for _ in numbered)),
        f"{', '.join(numbered)}. Yes: offered. If: only on terms, printed beside it. –: never.")
    yield from table("In words", "shield", _HEADS, (_state(advice, words) for advice in advices),
                     (3, 4, 4, 3))


def _verdicts(advice: Advice, words: Words) -> Row:
    """A row of marks."""
    if advice.waits:
        return (_state_name(advice, words), *("–" for _ in advice.rulings))
    return (_state_name(advice, words), *(_MARKS[ruling.verdict]
                                          for ruling in advice.rulings.values()))


def _state_name(advice: Advice, words: Words) -> str:
    cause = words.causes[advice.cause]
    state = "nobody has examined it" if advice.state is None else cause.states[advice.state]
    return f"{cause.name}: {state}"


def flags(pack: Pack, words: Words) -> Iterator[doc.Listing]:
    """What each flag takes away."""
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
    yield from table("Flags", "bang", _FLAG_HEADS, rows, (3, 4, 3, 4))


def doses(pack: Pack, words: Words) -> Iterator[doc.Listing]:
    """The usual, the screened and the greatest dose of each massage."""
    rows = [(words.massages.massages[name].name,
             f"{_range(one.minutes)} minutes, {one.times} a week",
             f"{_range(one.gentle_minutes)} minutes",
             f"{one.cap_minutes} minutes, {one.cap_times} a week", ", ".join(one.regions))
            for name, one in pack.structure.massages.items()]
    yield from table("Doses", "clock", _DOSE_HEADS, rows, (4, 4, 3, 4, 4))


def table(title: str, badge: str, heads: tuple[str, ...], rows: Iterable[Row],  # noqa: PLR0913
          shares: tuple[int, ...], lead: str = "") -> Iterator[doc.Listing]:
    """Rows as one table that goes on from sheet to sheet; nothing for no rows."""
    said = tuple(rows)
    if said:
        yield doc.Listing("plain", title, badge, lead, heads, said, shares, loose=True)


def _state(advice: Advice, words: Words) -> tuple[str, ...]:
    """A row of the matrix: the massages by their verdict, with where and on what terms."""
    name = _state_name(advice, words)
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
