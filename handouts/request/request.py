"""One handout asked for: what a person, a command line, a row or a web form asks.

Only what is about the patient is checked here, for it is checked at every print; `choices` holds
the rest against the rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from handouts import lettering
from handouts.errors import InputError, UsageError
from handouts.pack.dates import DateWords, in_words
from handouts.pack.phrases import claimed
from handouts.request.days import ADULT, refuse_children, years_between
from handouts.request.look import Edition, Format, Skin

_DOSE = (r"\s*(?P<id>[\w-]+)\s*=\s*(?P<minutes>[0-9]{1,4})\s*,"
         r"\s*(?P<times>[0-9]{1,4})\s*(/\s*week)?\s*")
Side = Literal["", "left", "right", "both"]
SIDES: tuple[str, ...] = get_args(Side)[1:]

NOTE_LIMIT = 600  # characters
FIELD_LIMIT = 80  # characters of any other panel field
OLDEST = 120  # years of age
GIVEN_WITHIN = 1  # year from today that a handout's date may lie
CLEARED_WITHIN = 1  # year that a clearing holds; clinical sheet, J5.22
CHILD = "child"
_WRONG_DAYS = {
    "later": "lies after today or the handout's date", "far": "is a year or more from today",
    "too-old": f"is {OLDEST} years or more ago", "before-birth": "lies before the birth",
    "expired": "is over a year old",
}
# The label in the panel of each field of Patient, where it has another name; options are like them.
_LABELS = {"name": "patient", "born": "date of birth", "given_by": "clinician",
           "given_on": "date", "next_visit": "review"}
_FIELDS = {label: name for name, label in _LABELS.items()}
CLEARED_ON = "cleared on"  # stands only in the panel of a cleared state
NOTE = "note"


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

    What is left empty is the pack's (language) or the brand's (paper, skin, edition) to say.
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
    questions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    edition: Edition | Literal[""] = ""

    def day(self, today: date) -> date:
        """The handout's date: the one asked for, else today."""
        return self.patient.given_on or today


class Joined(NamedTuple):
    """A request of saved choices and what is asked beside them; `lost` is why the saved state does
    not hold, or nothing."""

    request: Request
    lost: Literal["", "other-cause", "not-examined"]


def joined(saved: Request, asked: Request, *, examined: bool = False) -> Joined:
    """Saved choices with what is asked beside them: what is asked wins, flags of both hold.

    `asked` has an empty cause where it names none; its side and patient stand. Black ink and large
    print hold where either asks for them.
    A saved state is of its own cause, and of somebody who was `examined`: else it falls away, and
    with it what was chosen for that state.
    """
    lost = "" if asked.state or not saved.state else _lost(saved, asked, examined)
    if lost:
        saved = replace(saved, state=None, massages=(), tips=(), doses={})
    return Joined(_merged(saved, asked), lost)


def _lost(saved: Request, asked: Request,
          examined: bool) -> Literal["", "other-cause", "not-examined"]:
    if asked.cause not in ("", saved.cause):
        return "other-cause"
    return "" if examined else "not-examined"


def _merged(saved: Request, asked: Request) -> Request:
    return replace(
        asked, cause=asked.cause or saved.cause, state=asked.state or saved.state,
        flags=tuple(dict.fromkeys((*saved.flags, *asked.flags))),
        massages=asked.massages or saved.massages, tips=asked.tips or saved.tips,
        doses={**saved.doses, **asked.doses}, edition=asked.edition or saved.edition,
        language=asked.language or saved.language, format=asked.format or saved.format,
        paper=asked.paper or saved.paper, mono=asked.mono or saved.mono,
        skin=asked.skin or saved.skin,
        patient=replace(asked.patient, note=asked.patient.note or saved.patient.note))


# -- the patient panel -----------------------------------------------------------------------------


def check_patient(patient: Patient, today: date) -> None:
    """Raises InputError for what can't be printed of a patient, UnsafeError under 18 years."""
    for item in fields(patient):
        value = getattr(patient, item.name)
        if isinstance(value, str):
            _check_text(item.name, value)
    check_days(patient, today)


def refuse_claims(patient: Patient, phrases: Iterable[str]) -> None:
    """InputError for a note that holds one of a pack's phrases that claim more than is known."""
    phrase = claimed(patient.note, phrases)
    if phrase:
        raise InputError(f"says '{phrase}', which claims more than is known", where=_option("note"),
                         field="note", cure="Say it in other words: a handout promises nothing.")


# -- its days --------------------------------------------------------------------------------------


def check_days(patient: Patient, today: date) -> None:
    """InputError for a day that can't be so, UnsafeError under 18 years."""
    for name, kind in wrong_days(patient, today):
        if kind == CHILD:
            refuse_children(0)
        raise InputError(_WRONG_DAYS[kind], where=_option(name), field=name,
                         cure="Check the year, the month and the day.")


def wrong_days(patient: Patient, today: date) -> Iterator[tuple[str, str]]:
    """Each day of a patient that can't be so, and why: held against today and the handout's date.
    """
    given = patient.given_on
    if given is not None and years_between(given, today) >= GIVEN_WITHIN:
        yield "given_on", "far"
        given = None  # the other days are held against today alone
    first, last = sorted((given or today, today))
    wrong = {"born": _wrong_birth(patient.born, first, last),
             "cleared_on": _wrong_clearing(patient, first, last)}
    yield from ((name, kind) for name, kind in wrong.items() if kind)


def _wrong_birth(born: date | None, first: date, last: date) -> str:
    if born is None:
        return ""
    if born > first:
        return "later"
    if years_between(born, last) >= OLDEST:
        return "too-old"
    return CHILD if years_between(born, first) < ADULT else ""


def _wrong_clearing(patient: Patient, first: date, last: date) -> str:
    day = patient.cleared_on
    if day is None:
        return ""
    if day > first:
        return "later"
    if patient.born is not None and day < patient.born:
        return "before-birth"
    return "expired" if years_between(day + timedelta(days=1), last) >= CLEARED_WITHIN else ""


def _check_text(name: str, value: str) -> None:
    limit = NOTE_LIMIT if name == "note" else FIELD_LIMIT
    if len(value) > limit:
        raise InputError(f"{len(value)} characters, {limit} at most", where=_option(name),
                         field=name, cure="Shorten the text.")
    if name != "note" and any(char in value for char in "\n\r\t"):
        raise InputError("holds more than one line, or a tab", where=_option(name),
                         field=name, cure="Write it on one line.")
    lettering.check(value, where=_option(name), field=name)
    if value and not lettering.is_seen(value):
        raise InputError("holds nothing that would be seen on paper", where=_option(name),
                         field=name, cure="Type it again, or leave it out for a line to write on.")


def _option(name: str) -> str:
    return _LABELS.get(name, name.replace("_", "-"))


def panel_field(label: str) -> str:
    """The field of Patient that a value of `panel_values` is."""
    return _FIELDS.get(label, label.replace(" ", "_"))


def parse_doses(texts: Iterable[str]) -> dict[str, Dose]:
    """The doses of several massages; UsageError for a second one of the same."""
    doses: dict[str, Dose] = {}
    for text in texts:
        massage, dose = parse_dose(text)
        if massage in doses:
            raise UsageError("two doses are given for one massage", where="dose", cure="Keep one.",
                             field="doses", item=massage)
        doses[massage] = dose
    return doses


def parse_dose(text: str) -> tuple[str, Dose]:
    """`self-massage=20,2` as the massage's id and its Dose; UsageError shows the form."""
    found = re.fullmatch(_DOSE, text)
    if found is None:
        raise UsageError("the dose can't be read", where="dose", field="doses",
                         cure="Write ID=MINUTES,TIMES/week, such as self-massage=20,2/week.")
    return found["id"], Dose(int(found["minutes"]), int(found["times"]))


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
