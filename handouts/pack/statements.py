"""The tags of a pack's statements, by slot: what a sentence offers, orders, asks for or takes part
in. Most follow from the files; incompatible.toml adds those that do not."""

from collections.abc import Collection, Iterator

from handouts.pack.contract import MEDIUM, place_ids
from handouts.pack.structure import Structure

# What the rules say of a person, as tags; `contradictions` gives them.
FACTS = ("flag:", "forbids:", "without:", "urgency:", "waits", "offered", "guided", "off:",
         "own-off:", "instead:", "light-only")
Tagged = Iterator[tuple[str, str]]  # slot, tag


def tags_by_slot(structure: Structure) -> dict[str, tuple[str, ...]]:
    """The tags of each slot that has any."""
    found: dict[str, list[str]] = {}
    for slot, tag in _tagged(structure):
        found.setdefault(slot, []).append(tag)
    for row in structure.incompatible.never:
        for name in (row.one, row.beside):
            if "." in name:
                found.setdefault(name, [])
    return {slot: tuple(tags) for slot, tags in found.items()}


def table_problems(structure: Structure, slots: Collection[str], language: str) -> Iterator[str]:
    """What is wrong with incompatible.toml beside the words of a language, a line each."""
    where = f"{language}: incompatible.toml"
    table = structure.incompatible
    named = {slot for slots_of in table.tags.values() for slot in slots_of}
    named |= {name for row in table.never for name in (row.one, row.beside) if "." in name}
    for slot in sorted(named - set(slots)):
        yield f"{where}: there is no slot '{slot}'"
    known = {tag for found in tags_by_slot(structure).values() for tag in found}
    for row in table.never:
        for name in (row.one, row.beside):
            stem = name.removesuffix("*")
            if "." not in name and not name.startswith(FACTS) and not any(
                    tag == name or (stem != name and tag.startswith(stem)) for tag in known):
                yield f"{where}: no statement has the tag '{name}'"


def _tagged(structure: Structure) -> Tagged:
    for tag, slots in structure.incompatible.tags.items():
        yield from ((slot, tag) for slot in slots)
    yield from _offers(structure)
    yield from _orders(structure)
    yield from ((f"massages.massages.{name}.about", f"massage:{name}")
                for name in structure.massages)
    yield from _places(structure)
    yield from _firm(structure)
    for cell in structure.routine.cells:
        if part := structure.body.parts.get(cell.part):
            for tag in (f"part:{cell.part}", *(f"offers:{offer}" for offer in part.offers)):
                yield f"routine.cells.{cell.id}.text", tag


def _places(structure: Structure) -> Tagged:
    """Where a sentence says to touch, whoever does it or by one's own hands."""
    for name in place_ids(structure):
        for region in name.split("-")[1:]:
            yield f"conditions.{name}", f"touches:{region}"
    for cell in structure.routine.cells:
        for region in cell.touches:
            yield f"routine.cells.{cell.id}.text", f"touches:{region}"
            yield f"routine.cells.{cell.id}.text", f"own-touches:{region}"
    for name, question in structure.questions.items():
        yield from ((f"questions.{name}.answer", f"touches:{region}") for region in question.on)


def _firm(structure: Structure) -> Tagged:
    """What is more than light: pressures that light pressure replaces or rules out, and what tells
    of them."""
    body = structure.body
    slots = {f"massages.pressure.{massage.pressure}" for massage in structure.massages.values()
             if body.gentle.get(massage.pressure) != massage.pressure}
    slots |= {f"massages.massages.{name}.about" for name, massage in structure.massages.items()
              if not body.can_be_light(massage)}
    slots |= {f"questions.{name}.answer" for name, one in structure.questions.items() if one.firm}
    slots |= {f"routine.cells.{cell.id}.effort" for cell in structure.routine.cells
              if MEDIUM in cell.needs}
    yield from ((slot, "more-than-light") for slot in sorted(slots))


def _offers(structure: Structure) -> Tagged:
    kinds = (("waits.{}.headline", structure.waits), ("tips.{}.text", structure.tips),
             ("acts.{}.text", structure.acts), ("log.{}.label", structure.log),
             ("helps.{}.title", structure.helps), ("questions.{}.answer", structure.questions),
             ("massages.massages.{}.about", structure.massages))
    for pattern, entries in kinds:
        for name, entry in entries.items():
            yield from ((pattern.format(name), f"offers:{offer}") for offer in entry.offers)
    for note in sorted({cause.research for cause in structure.causes.values()}):
        for name, finding in structure.findings.items():
            slot = f"research.notes.{note}.findings.{name}.full"
            yield from ((slot, f"offers:{offer}") for offer in finding.offers)


def _finding(structure: Structure, sign: str) -> str:
    """What a sign tells of; of one that there is not, its name."""
    return structure.signs[sign].finding or sign if sign in structure.signs else sign


def _orders(structure: Structure) -> Tagged:
    for name, sign in structure.signs.items():
        yield f"signs.{name}", f"order-of-{sign.finding or name}:{sign.order}"
        yield from ((f"signs.{name}", f"asks:{flag}") for flag in sign.flags)
    for name, act in structure.acts.items():
        yield f"acts.{name}.text", f"act:{name}"
        yield from ((f"acts.{name}.text", f"not-with:{other}") for other in act.not_with)
        if act.home:
            yield f"acts.{name}.text", "at-home"
        if act.order:
            yield f"acts.{name}.text", f"order:{act.order}"
            yield from ((f"acts.{name}.text", f"order-of-{_finding(structure, sign)}:{act.order}")
                        for sign in act.signs)
    for name, question in structure.questions.items():
        if question.order:
            yield f"questions.{name}.answer", f"order:{question.order}"
    for name, check in structure.checks.items():
        yield from ((f"check_first.items.{name}", f"asks:{flag}") for flag in check.flags)
