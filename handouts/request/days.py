"""The days of a request: today, how one is written, what may be concluded from two of them."""

import os
import re
from datetime import UTC, date, datetime, timedelta

from handouts.errors import InputError, UnsafeError

ADULT = 18  # years
EXAMINED_WITHIN = timedelta(days=30)  # that an examination is believed for
HOW_TO_WRITE = "Write it as YYYY-MM-DD, such as 2026-11-25."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # of all that ISO 8601 has, what no one misreads


def day_of(text: str) -> date | None:
    """The day that a text writes as YYYY-MM-DD, blanks at its ends apart; None for any other."""
    text = text.strip()
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:  # the form of a day, but not in the calendar
        return None


def read_day(text: str, *, where: str, field: str = "") -> date:
    """The day that a text writes; InputError, which does not repeat it, for any other."""
    day = day_of(text)
    if day is None:
        raise InputError("is not a date", where=where, field=field, cure=HOW_TO_WRITE)
    return day


def years_between(day: date, other: date) -> int:
    """The whole years between two days, whichever comes first."""
    first, last = sorted((day, other))
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def refuse_children(age: int | None) -> None:
    """Raises UnsafeError for an age in years under 18; None is not known."""
    if age is not None and age < ADULT:
        raise UnsafeError(f"these handouts are for adults of {ADULT} years and over",
                          where="date of birth", field="born",
                          cure="A child or teenager with pain needs a check first.")


def is_examined(on: date | None, request_day: date, today: date) -> bool:
    """Whether somebody was examined within 30 days of the handout's date; InputError for a day that
    is still to come."""
    if on is not None and on > today:
        raise InputError("lies in the future", where="examined-on", field="examined_on",
                         cure="Give the day of the examination.")
    return on is not None and max(request_day, today) - on <= EXAMINED_WITHIN


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError("is not a number of seconds", where="SOURCE_DATE_EPOCH",
                         cure="Unset it, or set it to seconds since 1970.") from error
