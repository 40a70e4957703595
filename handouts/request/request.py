"""One handout asked for: what a person, a command line, a row or a web form asks.

Only what is about the patient is checked here, for it is checked at every print; `choices` holds
the rest against the rules.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from handouts import lettering
from handouts.errors import InputError, UnsafeError, UsageError
from handouts.pack.dates import DateWords, in_words
from handouts.request.look import Format, Skin

ADULT = 18  # years
_OLDEST = 120  # years
_FIRST_YEAR = 2000  # of a handout's date


def refuse_children(age: int | None) -> None:
    """Raises UnsafeError for an age in years under 18; None is not known."""
    if age is not None and age < ADULT:
        raise UnsafeError(f"these handouts are for adults of {ADULT} years and over",
                          where="date of birth",
                          cure="A child or teenager with pain needs a check first.")


_DOSE = (r"\s*(?P<id>[\w-]+)\s*=\s*(?P<minutes>[0-9]{1,4})\s*,"
         r"\s*(?P<times>[0-9]{1,4})\s*(/\s*week)?\s*")
Side = Literal["", "left", "right", "both"]
SIDES: tuple[str, ...] = get_args(Side)[1:]

NOTE_LIMIT = 600  # characters
FIELD_LIMIT = 80  # characters of any other panel field


@dataclass(frozen=True)
class Dose:
    """So many minutes, so many times a week."""

    minutes: int
    times: int


@dataclass(frozen=True)
class Patient:
    """The patient panel; whatever is left out is printed as a line to write on."""

    name: str = ""
    born: date | None = None
    id: str = ""
    given_by: str = ""
    given_on: date | None = None
    next_visit: str = ""
    cleared_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Request:
    """One handout asked for; `state` None asks for the screened variant.

    What is left empty is the pack's (language) or the brand's (paper, skin) to say.
    """

    cause: str
    state: str | None = None
    flags: tuple[str, ...] = ()
    massages: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    doses: Mapping[str, Dose] = field(default_factory=dict)
    side: Side = ""
    language: str = ""
    paper: str = ""
    format: Format = ""
    mono: bool = False
    skin: Skin | Literal[""] = ""
    patient: Patient = field(default_factory=Patient)

    def day(self, today: date) -> date:
        """The handout's date: the one asked for, else today."""
        return self.patient.given_on or today


def joined(saved: Request, asked: Request) -> Request:
    """Saved choices with what is asked beside them: what is asked wins, flags of both hold.

    `asked` has an empty cause where it names none; side, language, paper and the patient are its.
    """
    return replace(
        asked, cause=asked.cause or saved.cause, state=asked.state or saved.state,
        flags=tuple(dict.fromkeys((*saved.flags, *asked.flags))),
        massages=asked.massages or saved.massages, tips=asked.tips or saved.tips,
        doses={**saved.doses, **asked.doses},
        patient=replace(asked.patient, note=asked.patient.note or saved.patient.note))


# -- the patient panel -----------------------------------------------------------------------------


def _age(patient: Patient, on: date) -> int | None:
    if patient.born is None:
        return None
    born = patient.born
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def check_patient(patient: Patient, on: date) -> None:
    """Raises InputError for what can't be printed of a patient, UnsafeError under 18 years.

    `on` is the handout's date.
    """
    for item in fields(patient):
        value = getattr(patient, item.name)
        if isinstance(value, str):
            _check_text(item.name, value)
    for name in ("born", "cleared_on"):
        value = getattr(patient, name)
        if value is not None and value > on:
            raise InputError("lies after the handout's date", where=_option(name),
                             cure="Check the year, the month and the day.")
    age = _age(patient, on)
    if age is not None and age > _OLDEST:
        raise InputError(f"lies more than {_OLDEST} years back", where=_option("born"),
                         cure="Check the year, or leave it out.")
    refuse_children(age)


def check_given_on(patient: Patient, today: date) -> None:
    """InputError for a handout's date that can't be meant: before 2000, or over a year ahead.

    It decides, too, whether the patient is of age.
    """
    day = patient.given_on
    if day is not None and (day.year < _FIRST_YEAR or (day - today).days > 366):
        raise InputError("lies too far from today", where=_option("given_on"),
                         cure="Check the year, the month and the day.")


def _check_text(name: str, value: str) -> None:
    limit = NOTE_LIMIT if name == "note" else FIELD_LIMIT
    if len(value) > limit:
        raise InputError(f"{len(value)} characters, {limit} at most", where=_option(name),
                         cure="Shorten the text.")
    if name != "note" and any(char in value for char in "\n\r\t"):
        raise InputError("holds more than one line, or a tab", where=_option(name),
                         cure="Write it on one line.")
    lettering.check(value, where=_option(name))
    if value and not lettering.is_seen(value):
        raise InputError("holds nothing that would be seen on paper", where=_option(name),
                         cure="Type it again, or leave it out for a line to write on.")


def _option(name: str) -> str:
    return {"name": "patient", "born": "date of birth", "given_by": "clinician",
            "given_on": "date", "next_visit": "review"}.get(name, name.replace("_", "-"))


def parse_dose(text: str) -> tuple[str, Dose]:
    """`self-massage=20,2` as the massage's id and its Dose; UsageError shows the form."""
    found = re.fullmatch(_DOSE, text)
    if found is None:
        raise UsageError("the dose can't be read", where="dose",
                         cure="Write ID=MINUTES,TIMES/week, such as self-massage=20,2/week.")
    return found["id"], Dose(int(found["minutes"]), int(found["times"]))


if TYPE_CHECKING:
    pass

CLEARED_ON = "cleared on"  # stands only in the panel of a cleared state
NOTE = "note"


def panel_values(patient: "Patient", words: DateWords) -> dict[str, str]:
    """What the panel says of a patient, in its order; an empty value is a line to write on."""
    values = {
        "patient": _one_line(patient.name),
        "date of birth": in_words(patient.born, words),
        "id": _one_line(patient.id),
        "clinician": _one_line(patient.given_by),
        "date": in_words(patient.given_on, words),
        "review": _one_line(patient.next_visit),
    }
    if patient.cleared_on is not None:
        values[CLEARED_ON] = in_words(patient.cleared_on, words)
    values[NOTE] = _tidy(patient.note)
    return values


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(note: str) -> str:
    """A note with its own line breaks, without white space at the edges of its lines."""
    return "\n".join(" ".join(line.split()) for line in note.strip().splitlines())
