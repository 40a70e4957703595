"""What is wrong with a form, in words that lead to the field that mends it."""

from typing import NamedTuple

from handouts.errors import HandoutError, PackError, UnsafeError
from handouts.pack.words import Words
from handouts.rules.safety import Ruling
from handouts.web.texts import Words as PageWords

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


def own(field: str, name: str, words: PageWords, **values: object) -> Problem:
    """A problem that the page tells in its own words."""
    text, cure = words["problems"][name]
    return Problem(field, text.format(**values), cure.format(**values), missing=name in _MISSING)


def problem_of(error: HandoutError, words: PageWords) -> Problem:
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


def letters(field: str, error: HandoutError, words: PageWords) -> Problem:
    """That a text can't be printed; the library names its script, in English alone."""
    if words["language"] != "en":
        return own(field, "letters", words)
    return Problem(field, sentence(error.problem), sentence(error.cure), "en")


def sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def of(ruling: Ruling, said: Words, words: PageWords) -> list[str]:
    """A sentence for each rule; where everything waits, what it waits for is told alone."""
    waits = [rule for rule in ruling.reasons if rule.startswith("wait:")]
    return [_sentence(_one(rule, said, words)) for rule in waits or ruling.reasons]


def _one(rule: str, said: Words, words: PageWords) -> str:
    kind, _, name = rule.partition(":")
    if kind == "flag":
        return said.flags[name].reason
    if kind == "wait":
        return said.waits[name].title
    if kind == "screened":
        return str(words["massages"]["screened"])
    cause, _, state = name.partition(".")
    pattern: str = words["massages"]["matrix"]
    return pattern.format(cause=said.causes[cause].name, state=said.causes[cause].states[state])


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return capital(text) if text[-1:] in ".?!" else f"{capital(text)}."
