"""What is wrong with a form, in words that lead to the field that mends it."""

from typing import NamedTuple

from handouts.errors import HandoutError, PackError, UnsafeError
from handouts.web.words import Words

# Where the library says that an error lies → the field of the page.
_FIELDS = {
    "patient": "patient", "date of birth": "born", "id": "record", "clinician": "given_by",
    "date": "given_on", "review": "next_visit", "cleared-on": "cleared_on", "note": "note",
    "code": "diagnosis",
}


class Problem(NamedTuple):
    """One problem: its field (empty: none), what is wrong, the cure, the language it is told in."""

    field: str
    text: str
    cure: str = ""
    language: str = ""


def own(field: str, name: str, words: Words, **values: object) -> Problem:
    """A problem that the page tells in its own words."""
    text, cure = words["problems"][name]
    return Problem(field, text.format(**values), cure.format(**values))


def told(error: HandoutError, words: Words) -> Problem:
    """A problem that the library found; what it says in English is marked as such."""
    field = _FIELDS.get(error.where, "")
    if error.where.startswith("dose of "):
        field = f"minutes.{error.where.removeprefix('dose of ')}"
    if isinstance(error, UnsafeError) and field == "born":
        return own(field, "adults", words)
    if isinstance(error, PackError):
        return own("", "broken", words)
    return Problem(field, _sentence(error.problem), _sentence(error.cure), "en")


def _sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
