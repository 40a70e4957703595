"""What is wrong with a form, in words that lead to the field that mends it."""

from typing import NamedTuple

from handouts.errors import HandoutError, NoRoomError, PackError, UnsafeError
from handouts.pack.words import Words
from handouts.rules.safety import Reason, Ruling
from handouts.web.texts import Words as PageWords

# The field of a request or a patient → the field of the page.
_FIELDS = {
    "name": "patient", "born": "born", "id": "record", "given_by": "given_by",
    "given_on": "given_on", "next_visit": "next_visit", "cleared_on": "cleared_on",
    "note": "note", "code": "diagnosis",
}
# The field of the page → where its name stands among the page's words.
_NAMES = {
    "diagnosis": ("cause", "title"), "state": ("state", "title"), "side": ("fields", "side"),
    "flags": ("flags", "title"), "cleared_on": ("state", "cleared_on"),
    "massages": ("massages", "title"), "massages_by": ("massages", "title"),
    "tips": ("tips", "title"), "tips_by": ("tips", "title"), "questions": ("questions", "title"),
    "language": ("print", "handout_language"), "protocol": ("saved", "load"),
    "protocol_name": ("saved", "name"), "new": ("shelf", "new"), "table": ("many", "file"),
    "kind": ("many", "kind"),
    **{name: ("patient", name) for name in (
        "patient", "born", "record", "given_by", "given_on", "next_visit", "note")},
    **{name: ("print", name) for name in ("edition", "paper", "format", "mono", "skin")},
}
_PANEL = {"patient", "record", "given_by", "next_visit", "note"}
_MISSING = {"no_cause", "needs_clearing", "half_dose"}  # not wrong, only not there yet


class Problem(NamedTuple):
    """One problem: its field (empty: none), what is wrong, the cure, the language it is told in.

    Of what is only `missing` a field tells nothing until someone wants to print. `offers` are the
    ids of causes that may be meant.
    """

    field: str
    text: str
    cure: str = ""
    language: str = ""
    missing: bool = False
    offers: tuple[str, ...] = ()


def own(field: str, name: str, words: PageWords, /, **values: object) -> Problem:
    """A problem that the page tells in its own words; `field` among the values is what the field is
    called, where that is not the page's name of it."""
    text, cure = words["problems"][name]
    values.setdefault("field", name_of(field, words))
    return Problem(field, text.format(**values), cure.format(**values), missing=name in _MISSING)


def name_of(field: str, words: PageWords) -> str:
    """What the page calls one of its fields, or nothing."""
    table, key = _NAMES.get(field, ("", ""))
    return str(words[table][key]) if table else ""


def problem_of(error: HandoutError, words: PageWords) -> Problem:
    """A problem that the library found; what it says in English is marked as such."""
    field = _FIELDS.get(error.field, "")
    if error.field == "doses":
        field = f"minutes.{error.item}"
    if isinstance(error, UnsafeError) and field == "born":
        return own(field, "adults", words)
    if isinstance(error, PackError):
        return own("", "no_room" if isinstance(error, NoRoomError) else "broken", words)
    if field in _PANEL and words["language"] != "en":  # all else was seen to before it was laid out
        return own(field, "no_lines", words)
    return _in_english(field, error, words)


def letters(field: str, error: HandoutError, words: PageWords) -> Problem:
    """That a text can't be printed; the library names its script, in English alone."""
    if words["language"] != "en":
        return own(field, "letters", words)
    return _in_english(field, error, words)


def _in_english(field: str, error: HandoutError, words: PageWords) -> Problem:
    """What the library says, behind the name of the field."""
    name = name_of(field, words)
    text = f"“{name}” {error.problem}" if name else error.problem
    return Problem(field, sentence(text), sentence(error.cure), "en")


def sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def of(ruling: Ruling, said: Words, words: PageWords, *, flags_alone: bool = False) -> list[str]:
    """A sentence for each rule, or for the flags alone; where everything waits, what it waits for
    is told alone."""
    waits = [reason for reason in ruling.reasons if reason.kind == "wait"]
    return [closed(_one(reason, said, words)) for reason in waits or ruling.reasons
            if reason.kind == "flag" or not flags_alone]


def _one(reason: Reason, said: Words, words: PageWords) -> str:
    match reason.kind:
        case "flag":
            return said.flags[reason.name].reason
        case "wait":
            return said.waits[reason.name].title
        case "screened":
            return str(words["massages"]["screened"])
        case "state":
            cause = said.causes[reason.cause]
            pattern: str = words["massages"]["matrix"]
            return pattern.format(cause=cause.name, state=cause.states[reason.name])


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """Words of the pack as a sentence."""
    return capital(text) if text[-1:] in ".?!" else f"{capital(text)}."
