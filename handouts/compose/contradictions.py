"""A composed Document held against what may not stand on one handout (incompatible.toml).

What it says is found by the words themselves, wherever a template put them: a text is a statement
of the pack, or it holds the words of some.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from msgspec import Struct

from handouts.compose.holding import texts as texts_of
from handouts.errors import PackError
from handouts.pack.pack import Pack
from handouts.pack.statements import tags_by_slot
from handouts.pack.structure import Never, Structure
from handouts.pack.texts import texts
from handouts.pack.words import Words
from handouts.rules.safety import Advice, forbidden_by, readers_of

_FILLED = re.compile(r"\{[a-z_]+\}")  # {minutes} and its like, folded


@dataclass(frozen=True)
class Statements:
    """The words of a language: the tags of its tagged slots, the words of each, cut where something
    is filled in, and the tagged slots of every whole text."""

    words: Words
    structure: Structure
    tags: Mapping[str, tuple[str, ...]]
    pieces: Mapping[str, list[str]]
    whole: Mapping[str, tuple[str, ...]]


def check(document: Struct, advice: Advice, pack: Pack, language: str) -> None:
    """Raises PackError, naming each pair, if the document contradicts itself or the Advice."""
    found = contradictions(document, advice, pack, language)
    if found:
        raise PackError("the handout contradicts itself", where="incompatible.toml",
                        cure="Mend the words, the rules, or the template.", problems=found)


def contradictions(document: Struct, advice: Advice, pack: Pack,
                   language: str) -> list[str]:
    """The pairs that stand on the handout and may not, a line each."""
    known = statements(pack, pack.words_in(language))
    present = {tag: slot for slot in said(document, known) for tag in (slot, *known.tags[slot])}
    facts = dict.fromkeys(facts_of(advice, pack), "the rules")
    table = pack.structure.incompatible
    return [*(line for row in table.never for line in _broken(row, {**present, **facts})),
            *_doubles(present, table.one_only)]


def said(document: Struct, known: Statements) -> set[str]:
    """The tagged slots whose words the document holds."""
    return said_in(texts_of(document), known)


def said_in(told: Iterable[str], known: Statements) -> set[str]:
    """The tagged slots whose words some texts hold."""
    found, rest = set[str](), list[str]()
    for text in map(_plain, told):
        if text in known.whole:
            found.update(known.whole[text])
        else:
            rest.append(text)
    others = "\n".join(rest)
    return found | {slot for slot, pieces in known.pieces.items() if _holds(others, pieces)}


def _holds(text: str, pieces: list[str]) -> bool:
    """Whether a text holds all pieces, where there are several with little between them."""
    if len(pieces) == 1:
        return pieces[0] in text
    return re.search(".{0,40}?".join(map(re.escape, pieces)), text) is not None


def facts_of(advice: Advice, pack: Pack) -> Iterator[str]:
    """What the rules say of this person, as tags."""
    yield from (f"flag:{name}" for name in advice.flags)
    yield from (f"forbids:{name}" for name in forbidden_by(pack, advice.flags, advice.waits))
    yield from (f"off:{name}" for flag in map(pack.flag, advice.flags)
                for name in flag.keep_off)
    yield from (f"own-off:{name}" for name in pack.body.regions
                if name not in advice.rulings[pack.body.routine].on)
    yield from (f"instead:{name}" for name in readers_of(advice, pack))
    allowed = [ruling for ruling in advice.rulings.values() if ruling.allowed]
    if allowed and all(ruling.is_light(pack) for ruling in allowed):
        yield "light-only"
    held = advice.routine.parts if advice.routine else {}
    yield from (f"without:{name}" for name in pack.body.parts if name not in held)
    yield from (f"without:{name}" for name, ruling in advice.rulings.items()
                if not ruling.allowed)
    if advice.waits:
        yield from ("waits", f"urgency:{advice.care.urgency}")
    else:
        yield "offered"
    if any(ruling.allowed and pack.body.guided in ruling.conditions
           for ruling in advice.rulings.values()):
        yield "guided"


def _broken(row: Never, present: Mapping[str, str]) -> Iterator[str]:
    stem = row.one.removesuffix("*")
    for tag, slot in present.items():
        if tag == row.one or (stem != row.one and tag.startswith(stem)):
            other = row.beside.replace("*", tag.removeprefix(stem))
            if other in present:
                yield f"{slot} beside {other}: {row.why}"


def _doubles(present: Mapping[str, str], kinds: tuple[str, ...]) -> Iterator[str]:
    """Tags of one kind that differ only in what follows the colon."""
    for kind in kinds:
        groups: dict[str, list[str]] = {}
        for tag in present:
            if tag.startswith(kind):
                groups.setdefault(tag.rpartition(":")[0], []).append(tag)
        for several in groups.values():
            yield from (f"{present[one]} beside {present[other]}: {one} and {other}"
                        for one, other in combinations(several, 2))


_KNOWN: dict[int, Statements] = {}


def statements(pack: Pack, words: Words) -> Statements:
    """The statements of a language; made once for a pack's words."""
    known = _KNOWN.get(id(words))
    if known is None or known.words is not words or known.structure is not pack.structure:
        tags = tags_by_slot(pack.structure)
        pieces: dict[str, list[str]] = {}
        whole: dict[str, tuple[str, ...]] = {}
        for slot, text in texts(words):
            tagged = (slot,) if slot in tags else ()
            whole[_plain(text)] = (*whole.get(_plain(text), ()), *tagged)
            if tagged:
                pieces[slot] = split(text)
        known = _KNOWN[id(words)] = Statements(words, pack.structure, tags, pieces, whole)
    return known


def split(text: str) -> list[str]:
    """A text as it is sought, cut where something is filled in."""
    return _FILLED.split(_plain(text))


def _plain(text: str) -> str:
    return text.replace("**", "").replace("\u00a0", " ").casefold()
