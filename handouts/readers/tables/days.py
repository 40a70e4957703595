"""The days that a cell of a table may mean: of each way in which they are written.

Most forms can't be misread. One of figures alone with the year last, such as 03/04/1958, is read in
the order that the table's own days show, or that was asked for; never by a guess.
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from handouts.errors import InputError

Order = Literal["", "mdy", "dmy"]
ORDERS: tuple[Order, ...] = ("mdy", "dmy")
HOW_TO_WRITE = "Write it with a year of four figures, such as 2026-11-25 or 25-Nov-2026."
_TIME = (r"(?:(?:T|\s+|:)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
         r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.I | re.A)
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2}(?:\.\d+)?)?(?:[+-]\d{4})?)?", re.A)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/. ])\s?(\d{{1,2}})\2\s?(\d{{4}}){_TIME}", re.I | re.A)
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?", re.A)  # of a spreadsheet: days since 1899-12-30
_SERIALS = range(2100, 80_000)  # 1905 to 2119, and no number that may be a year
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_WEEKDAY = re.compile("(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[eé]|jue|vie|s[aá]b|dom)"
                      r"[a-záé]*\.?,\s+", re.I)
_FILLING = {"de", "del", "of", "st", "nd", "rd", "th", "er"}
_AGE = re.compile(r"\s*\(\s*\d{1,3}\s*[^()]*\)$")  # as in 2/13/1950 (76 y.o.)
_SHORT = re.compile(rf"(\d{{1,2}})([/.])\s?(\d{{1,2}})\2\s?(\d{{2}}){_TIME}", re.I | re.A)
_MONTHS = {name: at + 1 for names in (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "january february march april may june july august september october november december",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
    "januar februar mrz april mai juni juli august sept okt nov dez",
    "jänner feber märz apr mai jun jul aug septiembre oktober november dezember",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janvier février mars avril mai juin juillet aout septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic")
    for at, name in enumerate(names.split())}


class Days(NamedTuple):
    """What a text means where the month stands first, and where the day does; None for no day."""

    mdy: date | None = None
    dmy: date | None = None

    @property
    def shows(self) -> Order:
        """The order that it must be in; empty where it may be either, or is none."""
        if bool(self.mdy) == bool(self.dmy):
            return ""
        return "mdy" if self.mdy else "dmy"

    @property
    def is_open(self) -> bool:
        """Whether the two orders mean different days."""
        return bool(self.mdy and self.dmy and self.mdy != self.dmy)


def born_in(text: str, today: date) -> Days:
    """The days of birth that a text may mean: as `days_in`, or with two figures of the year where
    it can be in one century alone, for in this one it lies after today."""
    found = _SHORT.fullmatch(_AGE.sub("", text.strip()))
    if found is None:
        return days_in(text)
    first, second, year = found[1], found[3], f"19{found[4]}"
    if int(found[4]) <= today.year % 100:
        return Days()
    return Days(_day(year, first, second), _day(year, second, first))


def days_in(text: str) -> Days:
    """The days that a text may mean; a time of day, or an age in brackets, is left out."""
    text = _AGE.sub("", text.strip())
    if found := _YEAR_FIRST.fullmatch(text):
        return _sure(found[1], found[3], found[4])
    if found := _FIGURES.fullmatch(text):
        return _sure(*found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = found[1], found[3], found[4]
        return Days(_day(year, first, second), _day(year, second, first))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _SERIALS:
        day = date(1899, 12, 30) + timedelta(days=int(found[1]))
        return Days(day, day)
    return _by_name(text)


def read_day(text: str, order: Order, *, where: str, field: str, today: date) -> date:
    """The day of a cell in a table of this order; InputError, which does not repeat it."""
    found = born_in(text, today) if field == "born" else days_in(text)
    day = found.dmy if order == "dmy" else found.mdy
    if found.is_open and not order:
        raise InputError("can be read two ways, by its order of day and month", where=where,
                         field=field, cure="Say which one the table has: --dates mdy or --dates "
                                           "dmy. Or write it as 2026-11-25.")
    if not order:
        day = found.mdy or found.dmy
    if day is None:
        raise InputError("is not a date", where=where, field=field, cure=HOW_TO_WRITE)
    return day


def example(text: str) -> str:
    """A day of our own, the third of April, in the form of an open one and in nothing else."""
    text = _AGE.sub("", text.strip())
    found = _YEAR_LAST.fullmatch(text) or _SHORT.fullmatch(text)
    sign, is_short = (found[2], len(found[1] + found[3]) < 4) if found else ("/", False)
    day, month = ("3", "4") if is_short else ("03", "04")
    return f"{month}{sign}{day}{sign}2026"


def _sure(year: str, month: str, day: str) -> Days:
    found = _day(year, month, day)
    return Days(found, found)


def _by_name(text: str) -> Days:
    """A day whose month has a name, in one of the languages of `_MONTHS`."""
    text = re.sub(rf"(?<=\d{{4}}){_TIME}$", "", text, flags=re.I | re.A)
    words = [word.casefold() for word in _WORDS.findall(_WEEKDAY.sub("", text))]
    words = [word for word in words if word not in _FILLING]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    figures = [word for word in words if word.isascii() and word.isdigit()]
    if len(words) != 3 or len(months) != 1 or len(figures) != 2:
        return Days()
    years = [word for word in figures if len(word) == 4]
    others = [word for word in figures if len(word) <= 2]
    return _sure(years[0], str(months[0]), others[0]) if years and others else Days()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # not in the calendar
        return None
