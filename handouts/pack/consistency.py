"""What must hold inside a pack so that no handout fights itself: places within those of a massage,
light pressure kept light, lines of several findings, words for somebody whom a flag changes."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from handouts.pack.care import CheckData, SignData
from handouts.pack.contract import unknown_ids
from handouts.pack.structure import BodyData, StateData, Structure, VerdictData
from handouts.pack.words import Words

SOON = {"now": 0, "today": 1, "us": 2, "soon": 2}  # orders and urgencies, the most urgent first


def rule_problems(structure: Structure) -> Iterator[str]:
    """What is wrong between the rules, a line each."""
    for where, state in _states(structure):
        for name, cell in state.massages.items():
            yield from _cell_problems(structure, f"{where}.massages.{name}", name, cell)
    yield from _flag_problems(structure)
    yield from _line_problems(structure)
    for routine in structure.routine.cells:
        yield from unknown_ids(routine.touches, structure.body.regions,
                               f"routine.toml: {routine.id}.touches")


def word_problems(structure: Structure, words: Words, slots: Collection[str],
                  language: str) -> Iterator[str]:
    """What the words of a language lack for these rules, a line each."""
    for reader, told in words.instead.items():
        for slot in sorted(set(told) - set(slots)):
            yield f"{language}/instead.{reader}: there is no slot '{slot}'"
    for name, flag in structure.flags.items():
        yield from unknown_ids(filter(None, [flag.instead]), words.instead,
                               f"{language}/instead, flags.toml: {name}")
    for name in sorted(_narrowed(structure)):
        said = words.routine.cells.get(name)
        if said is not None and not said.narrow:
            yield (f"{language}/routine.cells: {name}: say it narrow, too: rules can leave less "
                   "than it touches")


def wholes(lines: Mapping[str, CheckData] | Mapping[str, SignData]) -> Iterator[str]:
    """The lines that stand by themselves: not those that only stand in the place of another."""
    halves = {half for line in lines.values() for half in line.halves}
    return (name for name in lines if name not in halves)


def _states(structure: Structure) -> Iterator[tuple[str, StateData]]:
    for name, cause in structure.causes.items():
        for state, data in cause.states.items():
            yield f"causes.toml: {name}.states.{state}", data


def _cell_problems(structure: Structure, where: str, name: str,
                   cell: VerdictData) -> Iterator[str]:
    """What a verdict says against its massage: a place where that is never done, or light pressure
    of what presses harder."""
    massage, body = structure.massages.get(name), structure.body
    if massage is None:
        return
    for region in sorted(set(cell.on) & set(body.regions) - set(massage.regions)):
        yield f"{where}.on: '{region}' is no region of the massage"
    if cell.verdict != "no" and _light(body, cell.conditions) and not body.can_be_light(massage):
        yield f"{where}: its pressure is more than the light that its condition leaves"


def _flag_problems(structure: Structure) -> Iterator[str]:
    body = structure.body
    for name, flag in structure.flags.items():
        for massage in (*flag.ask, *flag.yes) if _light(body, flag.conditions) else ():
            data = structure.massages.get(massage)
            if data is not None and not body.can_be_light(data):
                yield (f"flags.toml: {name}: rule '{massage}' no: its pressure is more than the "
                       "light that the flag leaves")


def _light(body: BodyData, conditions: Iterable[str]) -> bool:
    return not set(body.light).isdisjoint(conditions)


def _line_problems(structure: Structure) -> Iterator[str]:
    """What is wrong with the lines of Check first and the signs that tell of several findings."""
    tables: tuple[tuple[str, Mapping[str, CheckData] | Mapping[str, SignData]], ...] = (
        ("checks.toml", structure.checks), ("signs.toml", structure.signs))
    for file, lines in tables:
        for name, line in lines.items():
            where = f"{file}: {name}"
            yield from unknown_ids(line.halves, lines, f"{where}.halves")
            if isinstance(line, SignData):
                yield from _later(structure, where, line)
            left = [flag for flag in line.flags
                    if flag in structure.flags and not structure.flags[flag].wait]
            if len(left) > 1 and not line.halves:
                yield (f"{where}: {' and '.join(left[:2])} each answer a part of it; name its "
                       "halves")


def _later(structure: Structure, where: str, sign: SignData) -> Iterator[str]:
    """A finding has one order, whether it is asked for or on record (J1.4): what waits for its flag
    is as urgent as the sign."""
    for flag in (structure.flags[name] for name in sign.flags if name in structure.flags):
        wait = structure.waits.get(flag.wait or flag.screened_wait)
        if wait is not None and SOON[wait.urgency] > SOON[sign.order]:
            yield f"{where}: it says '{sign.order}', and the wait of its flag '{wait.urgency}'"


def _narrowed(structure: Structure) -> set[str]:
    """The cells that need a narrow text: rules can leave less to the routine's massage than they
    touch. One that is the part of a region falls away with it."""
    body, own = structure.body, structure.massages.get(structure.body.routine)
    off = {region for flag in structure.flags.values() if not flag.wait
           for region in flag.keep_off}
    for _, state in _states(structure):
        cell = state.massages.get(body.routine)
        if own is not None and cell is not None and cell.verdict != "no" and cell.on:
            off.update(set(own.regions) - set(cell.on))
    return {cell.id for cell in structure.routine.cells if off.intersection(cell.touches)
            and not (cell.part in body.parts and body.parts[cell.part].region)}
