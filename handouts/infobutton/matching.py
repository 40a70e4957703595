"""A question's codes → the one handout that fits, by the rules for all of a patient's codes."""

from handouts.errors import InputError
from handouts.infobutton.question import Criterion, Question
from handouts.pack.catalogue import Catalogue, language_of
from handouts.request import codes, flagcodes, medicines
from handouts.request.addresses import Address
from handouts.request.flagcodes import Flagged
from handouts.request.request import Patient
from handouts.rules.cases import Case, RecordEntry, request_of


def matched(asked: Question, catalogue: Catalogue) -> Address | None:
    """What fits, or None: no code of the pack, a child, or something urgent that is not certain."""
    case = Case()
    for criterion in asked.criteria:
        case.add(_entry(criterion, catalogue))
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


def _entry(criterion: Criterion, catalogue: Catalogue) -> RecordEntry:
    """What a code says; one that does not fix the place selects nothing, but leaves a doubt."""
    code, system, name = criterion
    if medicines.known_system(system):
        found = medicines.taken(catalogue, [(system, code)], [name])
        return RecordEntry(flags=tuple(Flagged(each.medicine.flag, asks=bool(each.medicine.days))
                                       for each in found))
    short = flagcodes.known_system(system)
    flags = flagcodes.flagged(catalogue, code, short) if short else ()
    coded = codes.find(catalogue, code, system) if codes.known_system(system) else None
    if coded is None or coded.asks:
        return RecordEntry(doubted=coded.cause if coded else "", flags=flags)
    return RecordEntry(cause=coded.cause, side=coded.side, flags=flags)
