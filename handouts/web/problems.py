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
_PANEL = {"patient", "record", "given_by", "next_visit", "note"}
_MISSING = {"no_cause", "needs_clearing", "half_dose"}  # not wrong, only not there yet


class Problem(NamedTuple):
    """One problem: its field (empty: none), what is wrong, the cure, the language it is told in.

    Of what is only `missing` a field tells nothing until someone wants to print.
    """

    field: str
    text: str
    cure: str = ""
    language: str = ""
    missing: bool = False


def own(field: str, name: str, words: Words, **values: object) -> Problem:
    """A problem that the page tells in its own words."""
    text, cure = words["problems"][name]
    return Problem(field, text.format(**values), cure.format(**values), missing=name in _MISSING)


def told(error: HandoutError, words: Words) -> Problem:
    """A problem that the library found; what it says in English is marked as such."""
    field = next(filter(None, map(_FIELDS.get, error.where.split(" and "))), "")
    if error.where.startswith("dose of "):
        field = f"minutes.{error.where.removeprefix('dose of ')}"
    if isinstance(error, UnsafeError) and field == "born":
        return own(field, "adults", words)
    if isinstance(error, PackError):
        return own("", "no_room" if error.where == "layout" else "broken", words)
    if field in _PANEL and words["language"] != "en":  # all else was seen to before it was laid out
        return own(field, "no_lines", words)
    return Problem(field, sentence(error.problem), sentence(error.cure), "en")


def letters(field: str, error: HandoutError, words: Words) -> Problem:
    """That a text can't be printed; the library names its script, in English alone."""
    if words["language"] != "en":
        return own(field, "letters", words)
    return Problem(field, sentence(error.problem), sentence(error.cure), "en")


def sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
