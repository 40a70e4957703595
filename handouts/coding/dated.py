"""The days that words tell, as "11/20/2026", "2 weeks ago", "hace 3 días" → how many days ago.

A day of figures alone may be read in two ways; both count, for what is of late only ever restricts.
"""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {name: at + 1 for names in ("jan feb mar apr may jun jul aug sep oct nov dec",
                                      "ene feb mar abr may jun jul ago set oct nov dic")
           for at, name in enumerate(names.split())}
_NUMBERS = {name: at + 1 for names in ("one two three four five six seven eight nine ten",
                                       "una dos tres cuatro cinco seis siete ocho nueve diez")
            for at, name in enumerate(names.split())} | {"a": 1, "an": 1, "un": 1}
_UNITS = {"d": 1, "w": 7, "s": 7, "m": 30}  # by their first letter: semana
_NAMED = {"today": 0, "hoy": 0, "this morning": 0, "yesterday": 1, "ayer": 1, "this week": 3,
          "last week": 7, "la semana pasada": 7, "last month": 30, "el mes pasado": 30}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([a-z]{3})[a-z]*[. ]+(?:(\d{1,2})(?:st|nd|rd|th)?,? +)?(\d{4})\b",
                          re.I)
_DAY_FIRST = re.compile(r"\b(\d{1,2})[- ](?:de +)?([a-z]{3})[a-z]*[-. ]+(?:de +)?(\d{4})\b", re.I)
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(days?|weeks?|wks?|months?|mos?|d[ií]as?|semanas?|mes|meses)"
_AGO = re.compile(rf"\b{_NUMBER}[ -]*{_UNIT} +(?:ago|post|s/p|status post|after|out)\b"
                  rf"|\bhace +{_NUMBER} +{_UNIT}\b", re.I)
_AFTER = re.compile(r"\bPOD ?#?(\d{1,3})\b", re.I)  # postoperative day
_SAID = re.compile(rf"\b({'|'.join(_NAMED)})\b", re.I)


def days_ago(text: str, today: date) -> list[int]:
    """How many days ago each day of a text was; less than 0 for one to come."""
    told = [(today - day).days for day in _days(text)]
    for found in _AGO.finditer(text):
        number, unit = filter(None, found.groups())
        count = int(number) if number.isdecimal() else _NUMBERS[number.casefold()]
        told.append(count * _UNITS[unit[0].casefold()])
    told += [int(found[1]) for found in _AFTER.finditer(text)]
    return told + [_NAMED[found[1].casefold()] for found in _SAID.finditer(text)]


def _days(text: str) -> Iterator[date]:
    for year, first, second in _YEAR_FIRST.findall(text):
        yield from _day(year, first, second)
    for first, second, year in _YEAR_LAST.findall(text):
        yield from _day(year, first, second)
        yield from _day(year, second, first)
    for month, day, year in _MONTH_FIRST.findall(text):
        yield from _day(year, _MONTHS.get(month.casefold(), 0), day or 28)
    for day, month, year in _DAY_FIRST.findall(text):
        yield from _day(year, _MONTHS.get(month.casefold(), 0), day)


def _day(year: str, month: str | int, day: str | int) -> Iterator[date]:
    """The day, if there is one; two figures of a year are of this century."""
    try:
        yield date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return
