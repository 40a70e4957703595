"""A question's parameters, checked: codes, language, form of the answer; all else is not looked at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handouts.infobutton import ages

PARAMETERS_AT_MOST = 200
LENGTH_AT_MOST = 300  # characters of a value that is used or echoed
# The types that may be asked for, and the form of the feed in each; the first one where none is.
CONTENT_TYPES: dict[str, Literal["atom", "medline"]] = {
    "application/atom+xml": "atom", "text/xml": "atom", "application/xml": "atom",
    "application/json": "medline",
}

_CODE = "mainSearchCriteria.v.c"
_FORM = "knowledgeResponseType"
_LANGUAGES = ("informationRecipient.languageCode.c", "performer.languageCode.c")
_CRITERION = re.compile(r"mainSearchCriteria\.v\.(?P<part>cs?|dn)(?P<number>[0-9]{0,9})", re.I)
# What the answer repeats besides the codes. Never what may be about a patient: age, gender, place,
# organisation, names, and the free text of .ot.
_ECHOED = {*_LANGUAGES, _FORM, "informationRecipient", "performer", "executionMode",
           *(f"{name}.{part}" for name in ("taskContext.c", "subTopic.v")
             for part in ("c", "cs", "dn"))}
_NAMES = {name.casefold(): name for name in (*_ECHOED, *ages.PARAMETERS)}
_TEXT = re.compile("[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")  # fits XML


class Refused(Exception):
    """A question that gets no feed: the HTTP status, and a message without a value from it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Criterion(NamedTuple):
    """A code, its system, and what it is called there or nothing."""

    code: str
    system: str
    name: str


@dataclass(frozen=True)
class Question:
    """What is asked: codes with their systems, a language tag, the type of the answer.

    `child` tells that it may be about someone under age, `echoed` what the answer repeats.
    """

    criteria: tuple[Criterion, ...]
    language: str
    content_type: str
    child: bool
    echoed: tuple[tuple[str, str], ...]


def question(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question that parameters ask; Refused with 400 or 415 where they ask none."""
    given = _once(pairs)
    echoed = {name: value for name, value in given.items()
              if value and (name in _ECHOED or _CRITERION.fullmatch(name))}
    for name, value in echoed.items():
        _check_text(name, value)
    return Question(
        criteria=_criteria(echoed), content_type=_content_type(echoed.get(_FORM, "")),
        language=next((echoed[name] for name in _LANGUAGES if name in echoed), ""),
        child=not ages.is_adult(given), echoed=tuple(echoed.items()))


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters by their name, without blanks around their values."""
    given: dict[str, str] = {}
    for named, value in pairs:
        name = _plain_name(named)
        if name in given:
            raise Refused(400, f"{_safe_name(name)} is given twice; "
                          f"number the further ones: {_CODE}1")
        given[name] = value.strip()
        if len(given) > PARAMETERS_AT_MOST:
            raise Refused(400, f"there are more than {PARAMETERS_AT_MOST} parameters")
    return given


def _plain_name(name: str) -> str:
    """A parameter's name as the standard writes it: in its case, a number without leading zeros."""
    name = name.strip()
    found = _CRITERION.fullmatch(name)
    if found is None:
        return _NAMES.get(name.casefold(), name)
    number = str(int(found["number"])) if found["number"] else ""
    return f"mainSearchCriteria.v.{found['part'].lower()}{number}"


def _safe_name(name: str) -> str:
    """A parameter's name if it is one of the standard's, for any other may hold anything."""
    return name if name in _ECHOED or _CRITERION.fullmatch(name) else "a parameter"


def _check_text(name: str, value: str) -> None:
    if len(value) > LENGTH_AT_MOST:
        raise Refused(400, f"{name} is longer than {LENGTH_AT_MOST} characters")
    if not _TEXT.fullmatch(value):
        raise Refused(400, f"{name} holds a control character")


def _criteria(given: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Each code with its system: the first without a number, further ones numbered."""
    numbers = dict.fromkeys(["", *(found["number"] for name in given
                                   if (found := _CRITERION.fullmatch(name)))])
    for number in numbers:
        for name in (f"{_CODE}{number}", f"{_CODE}s{number}"):
            if name not in given:
                raise Refused(400, f"{name} is missing")
    return tuple(Criterion(given[f"{_CODE}{number}"], given[f"{_CODE}s{number}"],
                           given.get(f"mainSearchCriteria.v.dn{number}", ""))
                 for number in numbers)


def _content_type(asked: str) -> str:
    """The type of the answer: Atom by default; parameters such as a charset are not looked at."""
    plain = asked.partition(";")[0].strip().lower() or next(iter(CONTENT_TYPES))
    if plain not in CONTENT_TYPES:
        raise Refused(415, f"{_FORM} must be one of {', '.join(CONTENT_TYPES)}")
    return plain
