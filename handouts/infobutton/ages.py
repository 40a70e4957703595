"""The age in a question → whether it is an adult's; what can't be read as one is none."""

import re
from collections.abc import Mapping

from handouts.request.days import ADULT

_VALUE, _UNIT = "age.v.v", "age.v.u"
_GROUP, _GROUP_NAME = "ageGroup.v.c", "ageGroup.v.dn"
PARAMETERS = (_VALUE, _UNIT, _GROUP, _GROUP_NAME)
_OLDEST = 130  # years; more are months or days without their unit
_NUMBER = re.compile("[0-9]{1,6}([.][0-9]{1,6})?")
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


def is_adult(given: Mapping[str, str]) -> bool:
    """Whether all that a question says of an age is an adult's; so is one that says nothing."""
    return _is_of_age(given) and _is_adult_group(given)


def _is_of_age(given: Mapping[str, str]) -> bool:
    number, units = given.get(_VALUE, ""), _YEARS.get(given.get(_UNIT, "").casefold())
    if not number:
        return True
    if units is None or not _NUMBER.fullmatch(number):
        return False
    return ADULT <= float(number) / units <= _OLDEST


def _is_adult_group(given: Mapping[str, str]) -> bool:
    """By its code, else by its name; one of a child says so beside any other."""
    code, name = given.get(_GROUP, "").upper(), given.get(_GROUP_NAME, "").casefold()
    if code and code not in _ADULTS:
        return False
    return not name or name in _ADULTS.values() or bool(code and not _CHILD.search(name))
