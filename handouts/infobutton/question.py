"""A question's parameters, checked: codes, language, form of the answer; all else is not looked at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handouts.request.days import ADULT

PARAMETERS_AT_MOST = 200
LENGTH_AT_MOST = 300  # characters of a value that is read
# The types that may be asked for, and the form of the feed in each; the first one where none is.
CONTENT_TYPES: dict[str, Literal["atom", "medline", "page"]] = {
    "application/atom+xml": "atom", "text/xml": "atom", "application/xml": "atom",
    "application/json": "medline", "text/html": "page",
}
_SCRIPTS = {"application/javascript", "text/javascript", "application/x-javascript"}

_AGE, _AGE_UNIT = "age.v.v", "age.v.u"
_AGE_GROUP, _AGE_GROUP_NAME = "ageGroup.v.c", "ageGroup.v.dn"
_AGE_PARAMETERS = (_AGE, _AGE_UNIT, _AGE_GROUP, _AGE_GROUP_NAME)
_OLDEST = 130  # years; more are months or days without their unit
_AGE_NUMBER = re.compile("[0-9]{1,6}([.][0-9]{1,6})?")
# How many make a year: UCUM's units, and words for them.
_YEARS = {unit: count for units, count in (
    (("", "a", "a_j", "a_g", "a_t", "y", "yr", "yrs", "year", "years"), 1.0),
    (("mo", "mo_j", "mo_g", "m", "month", "months"), 12.0),
    (("wk", "w", "week", "weeks"), 52.2), (("d", "day", "days"), 365.25),
    (("h", "hour", "hours"), 8766.0), (("min", "minutes"), 525_960.0), (("s",), 31_557_600.0),
) for unit in units}
# MeSH: who is 19 and over.
_ADULTS = {"D000328": "adult", "D055815": "young adult", "D008875": "middle aged",
           "D000368": "aged", "D000369": "aged, 80 and over"}
_CHILD = re.compile("infant|newborn|child|adolesc|teen|pediatr|paediatr|minor|bab(y|ies)")
_CODE = "mainSearchCriteria.v.c"
_NAME = "mainSearchCriteria.v.dn"
_FORM = "knowledgeResponseType"
_MEDIA_TYPE = re.compile("(?<=[a-z]) (?=xml|json)", re.IGNORECASE)
_WEIGHT = re.compile("q *= *(0([.][0-9]{0,3})?|1([.]0{0,3})?)")
_LISTED_AT_MOST = 50
_LANGUAGES = ("informationRecipient.languageCode.c", "performer.languageCode.c")
_CRITERION = re.compile(r"mainSearchCriteria\.v\.(?P<part>cs?|dn)(?P<number>[0-9]{0,9})", re.I)
# What is read besides age and codes. What may be about a patient is not: gender, place,
# organisation, names, and the free text of .ot.
_READ = {*_LANGUAGES, _FORM, "informationRecipient", "performer", "executionMode",
           *(f"{name}.{part}" for name in ("taskContext.c", "subTopic.v")
             for part in ("c", "cs", "dn"))}
# What the answer repeats: codes, by how they look. Free text, where a code belongs too, may name a
# patient.
_SYSTEM = "(urn:oid:)?[0-9]+([.][0-9]+)+|https?://[A-Za-z0-9./_-]+"
_ECHOED = tuple((re.compile(names), re.compile(values)) for names, values in (
    ("(mainSearchCriteria|subTopic)[.]v[.]c[0-9]*",
     "(?=.*[0-9])[A-Za-z0-9]{1,18}([.][A-Za-z0-9]{1,6})?"),
    ("(mainSearchCriteria|subTopic)[.]v[.]cs[0-9]*|taskContext[.]c[.]cs", _SYSTEM),
    ("taskContext[.]c[.]c", "[A-Z]{3,16}"),
    ("[A-Za-z]+[.]languageCode[.]c",
     "([a-z]{2,3}|[A-Z]{2})([-_](Hans|Hant|Latn))?([-_]([A-Za-z]{2}|[0-9]{3}))?"),
    ("informationRecipient|performer", "PAT|PROV|PAYOR"), ("executionMode", "[DPT]"),
    (_FORM, "[a-z]+/[a-z+]+(; *charset=[A-Za-z0-9-]+)?")))
_NAMES = {name.casefold(): name for name in (*_READ, *_AGE_PARAMETERS)}
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
    """What is asked: codes with their systems, languages, the best first, the type of the answer.

    `child` tells that it may be about someone under age, `is_patients` that a patient asks,
    `echoed` what the answer repeats.
    """

    criteria: tuple[Criterion, ...]
    languages: tuple[str, ...]
    content_type: str
    child: bool
    is_patients: bool
    echoed: tuple[tuple[str, str], ...]


class Accepted(NamedTuple):
    """What an HTTP client says that it takes: its headers Accept and Accept-Language. They hold
    where the question itself says nothing."""

    types: str = ""
    languages: str = ""


NOTHING_SAID = Accepted()


def question(pairs: Iterable[tuple[str, str]], accepted: Accepted = NOTHING_SAID) -> Question:
    """The question that parameters ask; Refused with 400 or 415 where they ask none."""
    given = _once(pairs)
    if _FORM in given:  # a plus that was not encoded
        given[_FORM] = _MEDIA_TYPE.sub("+", given[_FORM])
    read = {name: value for name, value in given.items()
            if value and (name in _READ or _CRITERION.fullmatch(name))}
    for name, value in read.items():
        _check_text(name, value)
    return Question(
        criteria=_criteria(read), content_type=_content_type(given, accepted.types),
        languages=next(((read[name],) for name in _LANGUAGES if name in read),
                       ranked(accepted.languages)),
        child=not is_adult(given), is_patients=read.get("informationRecipient") == "PAT",
        echoed=tuple(pair for pair in read.items() if is_echoed(*pair)))


def is_echoed(name: str, value: str) -> bool:
    """Whether a parameter holds a code, by how it looks."""
    return any(names.fullmatch(name) and values.fullmatch(value) for names, values in _ECHOED)


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
    return name if name in _READ or _CRITERION.fullmatch(name) else "a parameter"


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
        code, system = f"{_CODE}{number}", f"{_CODE}s{number}"
        if code not in given and f"{_NAME}{number}" not in given:
            raise Refused(400, f"{code} is missing")
        if code in given and system not in given:
            raise Refused(400, f"{system} is missing")
    return tuple(Criterion(given.get(f"{_CODE}{number}", ""), given.get(f"{_CODE}s{number}", ""),
                           given.get(f"{_NAME}{number}", "")) for number in numbers)


def _content_type(given: Mapping[str, str], accepted: str) -> str:
    """The type of the answer: the one asked for, else the best accepted one that there is, else
    Atom; parameters such as a charset are not looked at."""
    asked = given.get(_FORM, "").partition(";")[0].strip().lower()
    if asked in _SCRIPTS or given.get("callback"):
        raise Refused(415, "JSONP is not answered, for it runs what another server sends; ask with "
                      f"{_FORM}=application/json: CORS lets a page of any origin read it")
    if not asked:
        return next((kind for kind in ranked(accepted) if kind in CONTENT_TYPES),
                    next(iter(CONTENT_TYPES)))
    if asked not in CONTENT_TYPES:
        raise Refused(415, f"{_FORM} must be one of {', '.join(CONTENT_TYPES)}")
    return asked


def ranked(header: str) -> tuple[str, ...]:
    """What a header such as Accept lists, the best first, without what it refuses (RFC 9110, 12.4).
    """
    weighed = []
    for part in header.split(",")[:_LISTED_AT_MOST]:
        name, _, rest = part.strip().lower().partition(";")
        found = _WEIGHT.search(rest)
        weight = float(found[1]) if found else 1.0
        if name and weight:
            weighed.append((weight, name.strip()))
    return tuple(name for _, name in sorted(weighed, key=lambda each: -each[0]))


# -- the age ---------------------------------------------------------------------------------------


def is_adult(given: Mapping[str, str]) -> bool:
    """Whether all that a question says of an age is an adult's; so is one that says nothing."""
    return _is_of_age(given) and _is_adult_group(given)


def _is_of_age(given: Mapping[str, str]) -> bool:
    number, units = given.get(_AGE, ""), _YEARS.get(given.get(_AGE_UNIT, "").casefold())
    if not number:
        return True
    if units is None or not _AGE_NUMBER.fullmatch(number):
        return False
    return ADULT <= float(number) / units <= _OLDEST


def _is_adult_group(given: Mapping[str, str]) -> bool:
    """By its code, else by its name; one of a child says so beside any other."""
    code, name = given.get(_AGE_GROUP, "").upper(), given.get(_AGE_GROUP_NAME, "").casefold()
    if code and code not in _ADULTS:
        return False
    return not name or name in _ADULTS.values() or bool(code and not _CHILD.search(name))
