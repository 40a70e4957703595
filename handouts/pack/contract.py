"""What the program asks of a pack by what it is for: body.toml held against the other files.

Code knows no id of a pack. It knows a role, such as the massage that the routine shows, and that
the pack names an entry for it; whatever is missing here would else be missing on a page.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

from handouts.drawings.svg import (
    anchors,
    drawing_source,
    drawn_side,
    icon_names,
    signs,
    warning_names,
)
from handouts.errors import PackError
from handouts.pack.structure import BodyData, CauseData, FlagData, StateData, Structure
from handouts.pack.words import Words

MEDIUM = "medium"  # a cell may need it, or stand in for it: strokes that are more than light
_MISSHAPEN = (ValueError, TypeError, AttributeError)  # JSON of another shape
MOST_MOVES = 3  # that stand beside the words of the last step
_MOST_PARTS = 12  # of which every choice is tried
_MASSAGE = "massage"  # what a line of What may help may need, beside a part


def unknown_ids(ids: Iterable[str], known: Iterable[str], where: str) -> Iterator[str]:
    """A line for each id that is not among the known ones."""
    for name in sorted(set(ids) - set(known)):
        yield f"{where}: there is no '{name}'"


def unruled(ruled: Iterable[str], known: Iterable[str], where: str, words: str) -> Iterator[str]:
    """A line for what has no ruling, or two, or is not there to be ruled."""
    found = Counter([*ruled])
    yield from unknown_ids(found, known, where)
    for name in sorted(set(known)):
        if found[name] != 1:
            yield f"{where}: rule '{name}' once, as {words}"


def body_problems(structure: Structure) -> Iterator[str]:
    """What is wrong between body.toml and the other language-free files, a line each."""
    yield from _roles(structure, structure.body)
    yield from _parts(structure, structure.body)
    yield from _regions(structure, structure.body)
    yield from _cells(structure, structure.body)
    yield from _labels(structure, structure.body)
    yield from _icons(structure)


def _roles(structure: Structure, body: BodyData) -> Iterator[str]:
    tables: list[tuple[str, Iterable[str]]] = [
        ("routine", structure.massages), ("ask_first", structure.waits),
        ("guided", ["", *condition_ids(structure)]), ("in_full", ["", *structure.signs]),
        ("in_full", ["", *body.fixed])]
    for field, known in tables:
        yield from unknown_ids([getattr(body, field)], known, f"body.toml: {field}")
    # A slip here would leave more than light pressure where a rule allows light alone.
    yield from unknown_ids(body.light, condition_ids(structure), "body.toml: light")
    yield from unknown_ids(body.spares, condition_ids(structure), "body.toml: spares")
    yield from unknown_ids(body.gentle, {m.pressure for m in structure.massages.values()},
                           "body.toml: gentle")
    yield from unknown_ids(body.frequent, structure.flags, "body.toml: frequent")
    for field in ("handouts", "posters"):
        yield from unknown_ids(getattr(body.waiting, field), structure.causes,
                               f"body.toml: waiting.{field}")


def _parts(structure: Structure, body: BodyData) -> Iterator[str]:
    for name, part in body.parts.items():
        where = f"body.toml: parts.{name}"
        yield from unknown_ids([part.massage], structure.massages, f"{where}.massage")
        yield from unknown_ids(filter(None, [part.region]), body.regions, f"{where}.region")
        if name in (MEDIUM, _MASSAGE):
            yield f"{where}: the program means something else by '{name}'; name the part otherwise"


def _regions(structure: Structure, body: BodyData) -> Iterator[str]:
    if not body.regions or len(set(body.regions)) < len(body.regions):
        yield "body.toml: regions: name one at least, and each once"
    for name, massage in structure.massages.items():
        yield from unknown_ids(massage.regions, body.regions, f"massages.toml: {name}.regions")
        yield from unknown_ids(massage.beside, body.parts, f"massages.toml: {name}.beside")
        if not massage.regions:
            yield f"massages.toml: {name}.regions: name where it may touch"
    for name, flag in structure.flags.items():
        yield from unknown_ids(flag.keep_off, body.regions, f"flags.toml: {name}.keep_off")
    for where, state in _states(structure):
        for ruled, cell in state.massages.items():
            yield from unknown_ids(cell.on, body.regions, f"{where}.massages.{ruled}.on")


def _states(structure: Structure) -> Iterator[tuple[str, StateData]]:
    for name, cause in structure.causes.items():
        for state, data in cause.states.items():
            yield f"causes.toml: {name}.states.{state}", data


def _cells(structure: Structure, body: BodyData) -> Iterator[str]:
    cells, known = structure.routine.cells, {*body.parts, MEDIUM}
    for cell in cells:
        where = f"routine.toml: {cell.id}"
        yield from unknown_ids(filter(None, [cell.part]), body.parts, f"{where}.part")
        yield from unknown_ids([*cell.needs, *cell.unless], known, f"{where}.needs")
        if not 1 <= cell.least <= cell.minutes[0] <= cell.minutes[1]:
            yield f"{where}: let least and minutes rise from 1"
        yield from unknown_ids(filter(None, [cell.dosed_by, cell.not_with]),
                               structure.massages, where)
        if not cell.figure and cell is not cells[-1]:
            yield f"{where}.figure: name its drawing; the last cell alone shows its moves instead"
    always = [cell for cell in cells if not (cell.part or cell.needs or cell.unless)]
    if not always or always[-1] is not cells[-1] or cells[-1].figure:
        yield "routine.toml: let the last cell be one that no rule takes out, without a figure"
    yield from _lengths(structure, body)
    yield from _routines(structure, {name for name, part in body.parts.items() if part.by_state})


def _lengths(structure: Structure, body: BodyData) -> Iterator[str]:
    """The routine, whatever rules leave of it, has time for its steps in each of its doses."""
    data, parts = structure.massages.get(body.routine), [*body.parts, MEDIUM]
    if data is None or len(parts) > _MOST_PARTS:
        return
    most = min(data.minutes[1], data.gentle_minutes[1])
    for some in product((True, False), repeat=len(parts)):
        left = {part for part, is_left in zip(parts, some, strict=True) if is_left}
        least = sum(cell.least for cell in structure.routine.cells
                    if left.issuperset(filter(None, [cell.part, *cell.needs]))
                    and left.isdisjoint(cell.unless))
        if least > most:
            yield (f"routine.toml: the cells take {least} minutes at least, and a dose of "
                   f"{body.routine} has {most}")
            return


def _routines(structure: Structure, by_state: set[str]) -> Iterator[str]:
    for where, state in _states(structure):
        if state.routine is None:
            own = state.massages.get(structure.body.routine)
            if own is not None and own.verdict != "no":  # a massage that is offered has its steps
                yield f"{where}: allow '{structure.body.routine}' with a routine, or not at all"
            continue
        yield from unknown_ids(state.routine.moves, structure.routine.moves,
                               f"{where}.routine.moves")
        yield from unknown_ids(state.routine.parts, by_state, f"{where}.routine.parts")
        if len(state.routine.moves) > MOST_MOVES:
            yield f"{where}.routine.moves: {len(state.routine.moves)}, {MOST_MOVES} at most"


def _labels(structure: Structure, body: BodyData) -> Iterator[str]:
    for name, cause in structure.causes.items():
        anchor, shown = body.labels.beside(cause.part)
        yield from unknown_ids(filter(None, [anchor]), shown,
                               f"body.toml: labels, for causes.toml: {name}.part")


def _icons(structure: Structure) -> Iterator[str]:
    known = icon_names()
    icons = [*((f"tips.toml: {name}.icon", tip.icon) for name, tip in structure.tips.items()),
             *((f"topics.toml: {name}.badge", topic.badge)
               for name, topic in structure.topics.items()),
             *((f"acts.toml: {name}.icon", act.icon) for name, act in structure.acts.items())]
    for where, icon in icons:
        yield from unknown_ids([icon], known, where)
    pictures = warning_names()
    for file, entries in (("signs", structure.signs), ("flags", structure.flags)):
        for name, entry in entries.items():
            yield from unknown_ids(filter(None, [entry.picture]), pictures,
                                   f"{file}.toml: {name}.picture")


def flag_problems(structure: Structure, name: str, flag: FlagData) -> Iterator[str]:
    """What a flag leaves unruled; what is not ruled is forbidden, and must not go unseen."""
    where = f"flags.toml: {name}"
    ruled = [*flag.no, *flag.ask, *flag.yes]
    tables: list[tuple[str, list[str], Iterable[str], str]] = [
        ("", ruled, structure.massages, "no, ask or yes"),
        (".parts", [*flag.parts], structure.body.parts, "yes, if or no"),
        (".moves", [*flag.moves], structure.routine.moves, "yes or no")]
    for place, given, known, words in tables if not flag.wait else ():  # then nothing is left
        rest = set(known) - set(given) if flag.others else ()  # declared to be ruled out
        yield from unruled([*given, *rest], known, where + place, words)


# -- drawings --------------------------------------------------------------------------------------


def figure_names(structure: Structure) -> set[str]:
    """The names of all pictures that a handout may show."""
    return {
        *filter(None, (structure.body.keep_off, structure.body.keep_off_both)),
        *(cause.figure for cause in structure.causes.values()),
        *(name for cause in structure.causes.values() for name in (
            *cause.pair, *cause.pair_cleared)),
        *(name for flag in structure.flags.values() for name in flag.pair),
        *(massage.figure for massage in structure.massages.values()),
        *(act.figure for act in structure.acts.values() if act.figure),
        *(cell.figure for cell in structure.routine.cells if cell.figure),
        *(move.figure for move in structure.routine.moves.values()),
        *(figure for exercise in structure.exercises.values() for figure in exercise.figures),
        *(frame for move in structure.routine.moves.values() for frame in move.frames),
    }


def drawing_problems(structure: Structure, folder: Path | None) -> Iterator[str]:
    """The drawings that are not there, that do not tell their side, or lack a labelled spot."""
    near = {massage.near for massage in structure.massages.values() if massage.near}  # decoration
    for name in sorted(figure_names(structure) | near):
        try:
            drawn_side(name, folder)
            for sign in signs(name, folder):
                drawing_source(sign.name, folder)
        except PackError as error:
            yield f"{error.where}: {error.problem}; {error.cure[0].lower()}{error.cure[1:]}"
        except _MISSHAPEN:
            yield f'{name}.signs.json: write it as {{"SIGN": [across, down, width]}}'
    for name, cause in structure.causes.items():
        yield from _spots(name, cause, structure.body, folder)


def _spots(name: str, cause: CauseData, body: BodyData, folder: Path | None) -> Iterator[str]:
    where = f"{cause.figure}.anchors.json, for causes.toml: {name}"
    try:
        known = anchors(cause.figure, folder)
    except (OSError, *_MISSHAPEN):
        yield f'{where}: write it, with a place for each label: {{"NAME": [across, down]}}'
        return
    _, shown = body.labels.beside(cause.part)
    yield from unknown_ids(shown, known, where)


# -- words -----------------------------------------------------------------------------------------


def condition_ids(structure: Structure) -> set[str]:
    """The ids of all conditions that a card may print."""
    ids = {structure.body.agreed}
    for massage in structure.massages.values():
        ids.update((*massage.standing, *massage.beside.values()))
    for flag in structure.flags.values():
        ids.update(flag.conditions)
    for _, state in _states(structure):
        ids.update(name for cell in state.massages.values() for name in cell.conditions)
    return ids


def place_ids(structure: Structure) -> set[str]:
    """The conditions that say where a massage may touch, for all that rules may leave of it."""
    off = [frozenset(flag.keep_off) for flag in structure.flags.values() if not flag.wait]
    ids = set()
    for name, massage in structure.massages.items():
        whole = frozenset(massage.regions)
        left = {frozenset(state.massages[name].on) or whole for _, state in _states(structure)
                if name in state.massages and state.massages[name].verdict != "no"}
        while more := {one & other for one in left for other in left} - left:
            left |= more  # a cause of several kinds has what all of them leave
        for regions in off:
            left |= {some - regions for some in left}
        ids |= {place_id(some, structure.body) for some in left
                if some and (some != whole or massage.says_where)}
    return ids


def place_id(regions: Collection[str], body: BodyData) -> str:
    """The condition that names these regions and no other, such as `on-REGION-REGION`."""
    return "-".join(["on", *(region for region in body.regions if region in regions)])


def label_names(structure: Structure) -> set[str]:
    """The labels that stand beside a drawing in words of their own, not in those of a cause."""
    beside = (structure.body.labels.beside(cause.part) for cause in structure.causes.values())
    return {name for anchor, shown in beside for name in shown if name != anchor}


def poster_cells(structure: Structure) -> Iterator[str]:
    """The cells of the routine that a poster may show: none that is for the examined alone."""
    examined = {MEDIUM, *(name for name, part in structure.body.parts.items() if part.by_state)}
    return (cell.id for cell in structure.routine.cells
            if not examined.intersection((cell.part, *cell.needs)))


def fixed_problems(structure: Structure, words: Words, said: Mapping[str, str],
                   language: str) -> Iterator[str]:
    """The fixed lines that do not stand, word for word, in each of their places."""
    fixed, places = words.safety.fixed, structure.body.fixed
    yield from unknown_ids(fixed, places, f"{language}/safety.fixed, in body.toml: fixed")
    for name, slots in places.items():
        if name not in fixed:
            yield f"{language}/safety.fixed: no words for '{name}'"
            continue
        for slot in slots:
            if fixed[name] not in said.get(slot, ""):
                yield f"{language}/{slot}: does not hold the fixed line '{name}' word for word"
