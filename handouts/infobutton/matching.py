"""A question's codes → the one handout that fits, by the rules for all of a patient's codes."""

from handouts.errors import InputError
from handouts.infobutton.question import Question
from handouts.pack.catalogue import Catalogue, language_of
from handouts.request import codes
from handouts.request.addresses import Address
from handouts.request.request import Patient
from handouts.rules.cases import Case, CodedCondition, request_of


def matched(asked: Question, catalogue: Catalogue) -> Address | None:
    """What fits, or None: no code of the pack, a child, or something urgent that is not certain."""
    case = Case()
    for code, system in asked.criteria:
        case.add(_finding(code, system, catalogue))
    if asked.child or not case.causes:
        return None
    try:
        request, _ = request_of(case, catalogue, Patient(), language(asked, catalogue))
    except InputError:
        return None
    return Address(request.cause, request.side, request.flags, request.language)


def language(asked: Question, catalogue: Catalogue) -> str:
    """The pack's language for the one asked for: itself, else its first part, else the default."""
    return language_of(asked.language, catalogue) or catalogue.languages[0]


def _finding(code: str, system: str, catalogue: Catalogue) -> CodedCondition:
    """What a code says; one that does not fix the place selects nothing, but leaves a doubt."""
    if not codes.known_system(system):
        return CodedCondition()
    flags = codes.flags_of(catalogue, code, system)
    coded = codes.find(catalogue, code, system)
    side = codes.side_of(catalogue, code, system)
    if coded is None or coded.asks:
        return CodedCondition(side=side, doubted=coded.cause if coded else "", flags=flags)
    return CodedCondition(cause=coded.cause, side=side, flags=flags)
