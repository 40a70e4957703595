"""What was typed as a diagnosis → a cause and what else a code says; and what it may mean."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from handouts.errors import InputError
from handouts.pack.naming import id_of
from handouts.pack.pack import Pack
from handouts.request import codes, flagcodes

MOST_SHOWN = 12
_SYSTEMS = {"icd10cm": "ICD-10-CM", "snomed": "SNOMED CT"}


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
    """One line of the list under the field: what is put in, how it reads, what it stands for."""

    value: str
    label: str
    detail: str = ""


class Diagnoses:
    """The causes and codes of a pack, to be found by what a person types."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._causes = {language: list(self._of_causes(language)) for language in pack.words}
        self._codes = {language: list(self._of_codes(language)) for language in pack.words}

    def find(self, text: str) -> Diagnosis | None:
        """The diagnosis in a text: a cause by id or name, or a code; None where there is none.

        Raises InputError for a code that does not fix the place.
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
        except InputError:
            return None

    def matches(self, text: str, language: str) -> tuple[Choice, ...]:
        """What fits a text that is being typed: causes first, then codes; all causes for none."""
        parts = _plain(text).split()
        found = _holding(self._causes[language], parts)
        if parts:
            start = _code("".join(parts))
            coded = self._codes[language]
            found += [choice for _, choice in coded if _code(choice.value).startswith(start)]
            found += _holding(coded, parts)
        return tuple(dict.fromkeys(found))[:MOST_SHOWN]

    def near(self, text: str, language: str) -> str:
        """The names of causes that a text is near to."""
        names = {_plain(choice.label): choice.label for _, choice in self._causes[language]}
        return ", ".join(names[name] for name in get_close_matches(_plain(text), names, 3, 0.7))

    def _of_causes(self, language: str) -> Iterator[tuple[str, Choice]]:
        words = self._pack.words_in(language)
        for cause in self._pack.structure.causes:
            name = words.causes[cause].name
            yield _plain(f"{name} {cause}"), Choice(name, name)

    def _of_codes(self, language: str) -> Iterator[tuple[str, Choice]]:
        words = self._pack.words_in(language)
        for system in _SYSTEMS:
            for code, coded in codes.mapped(self._pack, system):
                name = words.causes[coded.cause].name
                choice = Choice(code, coded.description, name)
                yield _plain(f"{code} {coded.description} {name}"), choice


def _holding(entries: list[tuple[str, Choice]], parts: list[str]) -> list[Choice]:
    return [choice for text, choice in entries if all(part in text for part in parts)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _code(text: str) -> str:
    return text.lower().replace(".", "")
