"""The patient's panel: the one place where a handout speaks of its patient, as values by field."""

from typing import TYPE_CHECKING

from handouts.dates import DateWords, in_words

if TYPE_CHECKING:
    from handouts.request import Patient

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
