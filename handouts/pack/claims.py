"""claims.toml → what backs each statement: its sources, how strong they are, where the clinical
sheet says it.

A statement is a text that a patient reads, by its path in the words' files. What has no claim is
told; a text that states nothing is a label.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct

from handouts.errors import PackError
from handouts.pack import reading
from handouts.pack.content import statements
from handouts.pack.pack import Pack

FILE = "claims.toml"
Strength = Literal["trial", "guideline", "convention"]


class Claim(Struct, frozen=True):
    """What backs the statements that it names; `*` in a name stands for anything."""

    says: tuple[str, ...]
    strength: Strength
    line: str
    sources: tuple[str, ...] = ()


class ClaimFile(Struct, frozen=True, rename={"claims": "claim"}):
    """claims.toml: the claims, the special ones first; the texts that state nothing; how the
    content came about, and what is weak in it."""

    method: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


class Backed(NamedTuple):
    """A statement with its claim, or without one."""

    name: str
    text: str
    claim: Claim | None


class Claims:
    """The claims of a pack, none where it has no file of them; PackError tells all that is wrong
    with it."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        problems: list[str] = []
        path = pack.folder / FILE
        table = reading.read_toml(path, problems) if path.exists() else {}
        file = None if table is None else reading.convert(table, ClaimFile, FILE, problems)
        problems += _problems(file.claims, pack.structure.sources) if file else ()
        if problems or not file:
            raise PackError(f"the claims have {len(problems)} problem(s)",
                            where=pack.folder.name, problems=problems,
                            cure="Mend the fields named above.")
        self.file = file

    def of(self, language: str) -> Iterator[Backed]:
        """Every statement of a language with its claim, in the order of the files; labels and texts
        left empty apart."""
        for name, text in statements(self._pack.words_in(language)):
            if text and not self._labels.match(name):
                yield Backed(name, text, self._claim(name))

    def unbacked(self) -> list[str]:
        """The statements that no claim names."""
        return [one.name for one in self.of(self._pack.languages[0]) if one.claim is None]

    def idle(self) -> list[str]:
        """The names in claims that name no statement."""
        names = [name for name, _ in statements(
            self._pack.words_in(self._pack.languages[0]))]
        given = [*self.file.labels, *(name for claim in self.file.claims for name in claim.says)]
        return [name for name in given if not any(map(pattern([name]).match, names))]

    def _claim(self, name: str) -> Claim | None:
        return next((claim for named, claim in self._named if named.match(name)), None)

    @cached_property
    def _named(self) -> list[tuple[re.Pattern[str], Claim]]:
        return [(pattern(claim.says), claim) for claim in self.file.claims]

    @cached_property
    def _labels(self) -> re.Pattern[str]:
        return pattern(self.file.labels)


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """What matches each statement that is named, `*` standing for anything."""
    patterns = (re.escape(name).replace(r"\*", ".*") + r"\Z" for name in names)
    return re.compile("|".join(patterns) or r"(?!)")


def _problems(claims: Iterable[Claim], sources: Iterable[str]) -> Iterator[str]:
    for at, claim in enumerate(claims, 1):
        for source in sorted(set(claim.sources) - set(sources)):
            yield f"{FILE}: claim {at}: sources: there is no '{source[:40]}'"
        if not claim.says or not claim.line.strip():
            yield f"{FILE}: claim {at}: name its statements and the sheet's line"
        if claim.strength != "convention" and not claim.sources:
            yield f"{FILE}: claim {at}: a {claim.strength} has a source"
