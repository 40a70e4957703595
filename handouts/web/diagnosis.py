"""What was typed as a diagnosis → a cause and what else a code says; and what it may mean."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from handouts.coding import codes, flagcodes
from handouts.coding.codes import Coded
from handouts.errors import InputError, UsageError
from handouts.pack.naming import id_of, plain
from handouts.pack.pack import Pack

MOST_SHOWN = 12
LEAST_INSIDE = 3  # letters of what is looked for inside a word
_SYSTEMS = {"icd10cm": "ICD-10-CM", "snomed": "SNOMED CT"}
_VISITS = ("new", "healing", "late", "not-united")
_ALIKE, _BESIDE = 0.75, 0.1  # of 1: how alike a slip and a name are; how much less than the best
_CODE = 2  # signs, at the least, that may begin a code
_SAME, _BEGINS, _WORDS, _INSIDE = range(4)  # how well a name fits, the best first


class Diagnosis(NamedTuple):
    """A cause, with the side and flags of the code that named it, and that code in words.

    `is_open`: the code says that what it names has not healed.
    """

    cause: str
    side: str = ""
    flags: tuple[str, ...] = ()
    code: str = ""
    is_open: bool = False


class Choice(NamedTuple):
    """One line of the list under the field: what is put in, how it reads, what it stands for;
    `asks`: a code that does not say that it is of this part of the body."""

    value: str
    label: str
    detail: str = ""
    asks: bool = False


class Found(NamedTuple):
    """What fits a text: the first choices, how many more there are; `is_sure`: the first is the
    only cause that the text begins a name of."""

    choices: tuple[Choice, ...]
    more: int = 0
    is_sure: bool = False


class Visit(NamedTuple):
    """A code like another, of another visit: `kind` is an encounter of `Coded`."""

    kind: str
    code: str
    is_chosen: bool


class _Entry(NamedTuple):
    """What is looked through: a name in plain letters, its words, what is offered for it."""

    text: str
    words: tuple[str, ...]
    choice: Choice
    coded: Coded | None = None


class Diagnoses:
    """The causes and codes of a pack, to be found by what a person types."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._causes = {language: list(self._of_causes(language)) for language in pack.words}
        self._codes = {language: list(self._of_codes(language)) for language in pack.words}

    def find(self, text: str) -> Diagnosis | None:
        """The diagnosis in a text: a cause by id, name or synonym, or a code; None where there is
        none.

        Raises InputError for a code that does not fix the place, UsageError for a name that may
        mean several causes.
        """
        cause = id_of(self._pack, "causes", text)
        if cause in self._pack.structure.causes:
            return Diagnosis(cause)
        for system, name in _SYSTEMS.items():
            if codes.find(self._pack, text, system) is not None:
                coded = codes.select(self._pack, text, system=system)
                flags = flagcodes.flags_of(self._pack, text, system, side=coded.side)
                told = f"{name} {text.strip().upper()}: {coded.description}"
                return Diagnosis(coded.cause, coded.side, flags, told, coded.is_open)
        return None

    def known(self, text: str) -> Diagnosis | None:
        """The diagnosis in a text, or None for what does not lead to one."""
        try:
            return self.find(text)
        except (InputError, UsageError):
            return None

    def is_asking(self, text: str) -> bool:
        """Whether a text is a code that does not say that it is of this part of the body."""
        found = (codes.find(self._pack, text, system) for system in _SYSTEMS)
        return any(coded is not None and coded.asks for coded in found)

    def matches(self, text: str, language: str) -> Found:
        """What fits a text that is being typed, the best first; all causes for none.

        Codes that differ from a shorter one that fits by side and visit alone are left out: those
        are chosen beside it.
        """
        typed = plain(text)
        if not typed:
            return Found(tuple(dict.fromkeys(entry.choice for entry in self._causes[language]
                                             if entry.choice.label == entry.choice.value
                                             and not entry.choice.detail)))
        causes = self._fitting_causes(typed, language)
        ranked = [*((rank, 0, choice) for rank, choice in causes),
                  *((rank, 1 + choice.asks, choice)
                    for rank, choice in self._fitting_codes(typed, language))]
        choices = [choice for _, _, choice in sorted(ranked, key=lambda one: one[:2])]
        firm = [choice for rank, choice in causes if rank < _INSIDE]
        return Found(tuple(choices[:MOST_SHOWN]), max(0, len(choices) - MOST_SHOWN),
                     bool(choices) and firm == choices[:1])

    def near(self, text: str, language: str) -> tuple[str, ...]:
        """The causes that a text is near to: those that it begins a name of, else may misspell."""
        typed = plain(text)
        ids = {entry.choice.value: self._id(entry) for entry in self._causes[language]}
        fitting = self._fitting_causes(typed, language) if typed else []
        most = _SAME if any(rank == _SAME for rank, _ in fitting) else _WORDS
        found = [ids[choice.value] for rank, choice in fitting if rank <= most]
        if not found:
            by_text = {entry.text: self._id(entry) for entry in self._causes[language]}
            alike = {name: SequenceMatcher(None, typed, name).ratio() for name in by_text}
            least = max(_ALIKE, max(alike.values()) - _BESIDE)
            found = [by_text[name] for name in sorted(alike, key=lambda name: -alike[name])
                     if alike[name] >= least]
        return tuple(dict.fromkeys(found))[:3]

    def visits(self, text: str, side: str) -> tuple[Visit, ...]:
        """The codes that differ from one by the visit alone; of the side where it names none."""
        code = codes.plain(text)
        coded = codes.find(self._pack, code)
        if coded is None or coded.asks:
            return ()
        stem, side = (code[:-1] if coded.encounter else code), coded.side or side
        like = [(codes.plain(entry.choice.value), entry.coded)
                for entry in next(iter(self._codes.values())) if entry.coded]
        like = [(own, found) for own, found in like if own.startswith(stem) and found.encounter
                and found.side == side and found.cause == coded.cause]
        if len({own[:-1] for own, _ in like}) != 1:
            return ()
        first = {kind: next((own for own, found in like if found.encounter == kind), "")
                 for kind in _VISITS}
        return tuple(Visit(kind, own[:3] + "." + own[3:], kind == coded.encounter)
                     for kind, own in first.items() if own)

    # -- what there is ---------------------------------------------------------------------------

    def _of_causes(self, language: str) -> Iterator[_Entry]:
        """Every name of every cause: the one in this language is what is put in and shown."""
        words, synonyms = self._pack.words_in(language), self._pack.structure.synonyms.causes
        for cause in self._pack.structure.causes:
            name = words.causes[cause].name
            others = (said.causes[cause].name for said in self._pack.words.values())
            for text in dict.fromkeys((name, cause, *others, *synonyms.get(cause, ()))):
                is_own = plain(text) in (plain(name), plain(cause))
                yield _entry(text, Choice(name, name, "" if is_own else text))

    def _of_codes(self, language: str) -> Iterator[_Entry]:
        words = self._pack.words_in(language)
        for system in _SYSTEMS:
            for code, coded in codes.listed(self._pack, system):
                name = words.causes[coded.cause].name
                choice = Choice(code, coded.description, name, coded.asks)
                yield _entry(f"{coded.description} {name}", choice, coded)

    def _id(self, entry: _Entry) -> str:
        return id_of(self._pack, "causes", entry.choice.value)

    # -- what fits -------------------------------------------------------------------------------

    def _fitting_causes(self, typed: str, language: str) -> list[tuple[int, Choice]]:
        """The causes that a text fits, each by the name that it fits best."""
        best: dict[str, tuple[int, Choice]] = {}
        for entry in self._causes[language]:
            rank = _rank(entry, typed)
            if rank is not None and (entry.choice.value not in best
                                     or rank < best[entry.choice.value][0]):
                best[entry.choice.value] = rank, entry.choice
        return sorted(best.values(), key=lambda one: one[0])

    def _fitting_codes(self, typed: str, language: str) -> Iterator[tuple[int, Choice]]:
        start = codes.plain(typed.replace(" ", ""))
        found = [(rank, entry) for entry in self._codes[language]
                 if (rank := _code_rank(entry, start, typed)) is not None]
        shown = {codes.plain(entry.choice.value): entry.coded for _, entry in found}
        for rank, entry in found:
            if rank == _SAME or not _is_variant(codes.plain(entry.choice.value), entry.coded,
                                                shown):
                yield rank, entry.choice


def _entry(text: str, choice: Choice, coded: Coded | None = None) -> _Entry:
    bare = plain(text)
    return _Entry(bare, tuple(bare.split()), choice, coded)


def _rank(entry: _Entry, typed: str) -> int | None:
    """How well a text fits a name: as a whole, as its beginning, word by word, or inside it."""
    if entry.text == typed:
        return _SAME
    if entry.text.startswith(typed):
        return _BEGINS
    parts = typed.split()
    if all(any(word.startswith(part) for word in entry.words) for part in parts):
        return _WORDS
    is_inside = all(part in entry.text for part in parts)
    return _INSIDE if is_inside and min(map(len, parts)) >= LEAST_INSIDE else None


def _code_rank(entry: _Entry, start: str, typed: str) -> int | None:
    code = codes.plain(entry.choice.value)
    if code == start:
        return _SAME
    if len(start) >= _CODE and code.startswith(start):
        return _BEGINS
    rank = _rank(entry, typed) if len(typed) >= LEAST_INSIDE else None
    return rank if rank is None else max(rank, _WORDS)


def _is_variant(code: str, coded: Coded | None, shown: dict[str, Coded | None]) -> bool:
    """Whether a shorter code that is shown differs from one by its side and visit alone, or asks
    the same."""
    if coded is None or not (coded.side or coded.leaves_side or coded.encounter or coded.asks):
        return False
    heads = (shown.get(code[:length]) for length in range(_CODE, len(code)))
    return any(head is not None and (head.cause, head.asks) == (coded.cause, coded.asks)
               and not head.encounter and head.side in ("", coded.side) for head in heads)


def names(ids: Iterable[str], pack: Pack, language: str) -> str:
    """The names of causes, as they stand in a sentence."""
    return ", ".join(pack.words_in(language).causes[cause].name for cause in ids)
