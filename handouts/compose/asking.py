"""What code puts on page 1: warnings among what a template wrote, and what to ask first as text."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.stock import runs_of
from handouts.drawings.svg import WARNINGS
from handouts.pack.care import CheckData, CheckFirstWords


def pictured(name: str) -> str:
    """The picture of a sign or a flag, or nothing."""
    return WARNINGS + name if name else ""


BESIDE = (30, 21)  # how tips and research share the width


def opened(blocks: tuple[doc.Block, ...], warned: tuple[doc.Block, ...]
           ) -> tuple[tuple[doc.Block, ...], tuple[doc.Block, ...]]:
    """The blocks of page 1 with the warnings in the place of what stands beside the things to do,
    and what that was."""
    if not warned:
        return blocks, ()
    found: list[doc.Block] = []
    rest: list[doc.Block] = []
    for block in blocks:
        if isinstance(block, doc.Columns) and not rest and len(block.columns) > 1:
            first, *others = block.columns
            rest += [inner for column in others for inner in column]
            found.append(replace(block, columns=(first, warned), shares=(1, 1)))
        else:
            found.append(block)
    return (tuple(found) if rest else (*warned, *found)), tuple(rest)


def received(page: doc.Page, rest: tuple[doc.Block, ...]) -> doc.Page:
    """Page 2 with what page 1 had no place for: beside the massages where the research leaves it
    room, which goes beside the tips, else at the end."""
    found = {type(block): at for at, block in enumerate(page.blocks)}
    at, tips = found.get(doc.MassageCards), found.get(doc.Tips)
    cards = page.blocks[at] if at is not None else None
    if not rest or tips is None or not isinstance(cards, doc.MassageCards) or not cards.beside:
        return replace(page, blocks=(*page.blocks, *rest))
    blocks = list(page.blocks)
    blocks[tips] = doc.Columns(((blocks[tips],), cards.beside), BESIDE)
    blocks[page.blocks.index(cards)] = replace(cards, beside=rest)
    return replace(page, blocks=tuple(blocks))


def running(names: Iterable[str], checks: Mapping[str, CheckData],
            said: CheckFirstWords) -> doc.Runs:
    """The lines of the list as running text: a sentence for each group that has one left."""
    groups: dict[str, list[str]] = {name: [] for name in said.groups}
    for name in names:
        if said.row[name]:  # an empty one is told elsewhere
            groups[checks[name].group].append(said.row[name])
    return runs_of(" ".join(said.groups[group].replace("{LIST}", _joined(parts, said))
                            for group, parts in groups.items() if parts))


def _joined(parts: list[str], said: CheckFirstWords) -> str:
    """Parts in a row: a, b, or c."""
    *others, last = parts
    if not others:
        return last
    pattern = said.two if len(others) == 1 else said.more
    return pattern.replace("{FIRST}", ", ".join(others)).replace("{LAST}", last)
