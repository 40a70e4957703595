"""A content pack, read and checked once: what may be asked for, and the words for it.

`load_pack` tells every problem of a pack in one PackError; see `checking` for what must hold
between the files.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from handouts import paths
from handouts.errors import PackError, unknown
from handouts.pack import checking, reading
from handouts.pack.care import QuestionData
from handouts.pack.structure import (
    BodyData,
    CauseData,
    FlagData,
    Info,
    MassageData,
    Structure,
    TipData,
)
from handouts.pack.words import Words
from handouts.system.store import Store

Entry = TypeVar("Entry")


# Files whose tables beside the named fields all belong under one of them.
_GATHERED = {"massages": "massages", "research": "notes", "figures": "figures"}


@dataclass(frozen=True)
class Pack:
    """A pack's structure and words; a look-up that fails names the nearest id."""

    folder: Path
    structure: Structure
    words: Mapping[str, Words]
    # The digests of its content that somebody has needed already; see `content`.
    digests: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    # What its entries are called, by kind, that somebody has looked up already; see `naming`.
    names: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict, init=False,
                                                         compare=False, repr=False)

    @property
    def info(self) -> Info:
        """Version, dates and budgets of the content."""
        return self.structure.pack

    @property
    def known_as(self) -> str:
        """What the id of a handout knows the content by: its version, and which pack it is of.

        The default pack is not named, so that what was given before there were others is found.
        """
        version, own = self.info.version, self.info.id
        return version if own == paths.default_pack() else f"{own} {version}"

    @property
    def prefix(self) -> str:
        """What the names of files begin with that lie beside those of other packs."""
        return "" if self.info.id == paths.default_pack() else f"{self.info.id}-"

    @property
    def figures(self) -> Path | None:
        """The folder of its drawings; None: those that come with the program."""
        return _figures(self.folder, self.structure)

    @property
    def body(self) -> BodyData:
        """The part of the body, and which entries are what the program asks for."""
        return self.structure.body

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the pack has words in, the default first."""
        return self.info.languages

    def cause(self, name: str) -> CauseData:
        """The cause with this id; a UsageError names near matches."""
        return _entry(self.structure.causes, "cause", name)

    def flag(self, name: str) -> FlagData:
        """The flag with this id; a UsageError names near matches."""
        return _entry(self.structure.flags, "flag", name)

    def massage(self, name: str) -> MassageData:
        """The massage with this id; a UsageError names near matches."""
        return _entry(self.structure.massages, "massage", name)

    def tip(self, name: str) -> TipData:
        """The tip with this id; a UsageError names near matches."""
        return _entry(self.structure.tips, "tip", name)

    def question(self, name: str) -> QuestionData:
        """The question with this id; a UsageError names near matches."""
        return _entry(self.structure.questions, "question", name)

    def words_in(self, language: str) -> Words:
        """The words in this language; a UsageError names the languages there are."""
        return _entry(self.words, "language", language)


def _figures(folder: Path, structure: Structure) -> Path | None:
    return folder / structure.pack.figures if structure.pack.figures else None


def _entry(table: Mapping[str, Entry], kind: str, name: str) -> Entry:
    if name not in table:
        raise unknown(kind, name, table)
    return table[name]


def load_pack(name: str = "", folder: Path | None = None) -> Pack:
    """The pack of this name, or the one in `folder`, without both the default one; it is read once.

    PackError names all of its problems.
    """
    return _loaded(folder or paths.pack_path(name))


def check_pack(folder: Path, where: str = "pack") -> None:
    """PackError where a folder holds no pack; it is not repeated, for what was typed there may be
    the name of a patient in the wrong place."""
    if not (folder / "pack.toml").is_file():
        known = sorted(path.parent.name for path in paths.packs_folder().glob("*/pack.toml"))
        raise PackError("there is no such pack", where=where,
                        cure=f"Name one that is built in ({', '.join(known)}), or a folder that "
                             "holds a pack.toml.")


@cache
def _loaded(place: Path) -> Pack:
    check_pack(place)
    problems: list[str] = []
    structure = _read_files(place, Structure, problems)
    words: dict[str, Words] = {}
    for language in _languages(place, structure):
        read = _read_files(place / language, Words, problems)
        if read is not None:
            words[language] = read
            if structure is not None:
                problems += checking.problems(structure, read, language)
    if structure is not None:
        problems += checking.structure_problems(structure, _figures(place, structure))
    if problems or structure is None:
        raise PackError(f"the pack has {len(problems)} problem(s)", where=place.name,
                        cure="Mend the fields named above.", problems=problems)
    return Pack(place, structure, words)


class _StoredPack(msgspec.Struct):
    """What a store keeps of a pack."""

    structure: Structure
    words: dict[str, Words]


def kept_pack(store: Store, digest: str, place: Path | None = None) -> Pack:
    """The pack in a folder as an earlier run read and checked it; else read and checked now, and
    kept.

    `digest` is that of all its files and of the program; without a folder it is the default pack.
    """
    key = sha256(f"pack {digest}".encode()).hexdigest()
    place = place or paths.pack_path(None)
    if data := store.get(key):
        with suppress(msgspec.DecodeError):
            kept = msgspec.msgpack.decode(data, type=_StoredPack)
            return Pack(place, kept.structure, kept.words)
    made = load_pack(folder=place)
    store.put(key, msgspec.msgpack.encode(_StoredPack(made.structure, dict(made.words))))
    return made


def _languages(place: Path, structure: Structure | None) -> tuple[str, ...]:
    """The languages of a pack; of one whose structure is wrong, those that have a folder."""
    if structure is not None:
        return structure.pack.languages
    return tuple(sorted(path.parent.name for path in place.glob("*/interface.toml")))


def _read_files(place: Path, shape: type[Entry], problems: list[str]) -> Entry | None:
    """One struct whose fields are the files of that name in `place`."""
    before = len(problems)
    made: dict[str, Any] = {}
    for part in msgspec.structs.fields(shape):  # type: ignore[arg-type]
        if not part.required and not (place / f"{part.name}.toml").exists():
            continue
        table = reading.read_toml(place / f"{part.name}.toml", problems)
        where = f"{place.name}/{part.name}.toml"
        if table is not None:
            made[part.name] = _read_table(_gathered(table, part), part.type, where, problems)
    return shape(**made) if len(problems) == before else None


def _gathered(table: dict[str, Any], part: Any) -> dict[str, Any]:
    into = _GATHERED.get(part.name)
    if into is None or not (isinstance(part.type, type)
                            and issubclass(part.type, msgspec.Struct)):
        return table
    known = {inner.encode_name for inner in msgspec.structs.fields(part.type)}
    rest = {key: value for key, value in table.items() if key not in known}
    return {**{key: table[key] for key in table.keys() & known}, into: rest}


def _read_table(table: dict[str, Any], shape: Any, where: str, problems: list[str]) -> Any:
    return reading.convert(table, shape, where, problems)
