"""What the columns of cause and code say together → one cause, its side, and the flags of codes.

Of several codes the most cautious cause is asked for, as of several conditions of a record.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from handouts.coding import codes, flagcodes
from handouts.coding.named import Around, Said, said_by
from handouts.errors import InputError, UsageError, unknown
from handouts.pack.naming import cause_and_side
from handouts.pack.pack import Pack
from handouts.readers.tables import values
from handouts.readers.tables.beside import CellDiagnosis, WordsBeside, at_odds, beside, words_beside
from handouts.request.request import Patient, Request
from handouts.rules.cases import (
    Case,
    RecordEntry,
    most_cautious,
    refuse_doubted_flags,
    request_of,
)

_Codes = Sequence[tuple[str, str]]  # each with its system


class RowSays(NamedTuple):
    """What else a row says that its codes are held against; `day` is the one from which "2 weeks
    ago" is counted."""

    side: str = ""
    state: str | None = None
    day: date | None = None


def diagnosis(found: Mapping[str, str], pack: Pack, saved: Request, row: RowSays) -> CellDiagnosis:
    """What cause and code say together, or else the saved cause; InputError where they differ."""
    text, day = found.get("cause", ""), row.day
    cause, named_side = cause_and_side(pack, text) if text else ("", "")
    side = _one(row.side, named_side)
    given, words = _codes(found, pack, "" if cause else text)
    if not (cause or given):
        if text:
            return _of_texts(text, pack, side, day)
        if not saved.cause:
            raise InputError("the row says neither cause nor code", where="cause", field="cause",
                             cure="Name one of them, or a protocol.")
        return CellDiagnosis(saved.cause, side)
    if not given:
        return CellDiagnosis(cause, side)
    row = row._replace(side=side)
    asked = (_of_one(*given[0], cause, pack, row) if len(given) == 1
             else _of_many(given, cause, pack, row))
    return beside(asked, words, pack, day)


def _of_texts(text: str, pack: Pack, side: str, day: date | None) -> CellDiagnosis:
    """What several conditions in one cell say, by their names; UsageError where none is a cause."""
    case = Case()
    parts = list(filter(None, map(str.strip, re.split(r"[;|\r\n]", text))))
    for part in parts:
        cause, named = cause_and_side(pack, part)
        said = Said() if cause else said_by(pack, [part], Around(day=day))
        unread = () if cause or said.flags else ("condition:no-code",)
        case.add(RecordEntry(cause, _one(side, named), doubted=most_cautious(pack, said.causes),
                             flags=said.flags, unused=unread))
    if not case.causes:
        raise _no_cause(text, pack)
    request, others = request_of(case, pack, Patient(), "", where="cause")
    return CellDiagnosis(request.cause, side or request.side, request.flags,
                 {**Counter(case.unused), **others})


def _no_cause(text: str, pack: Pack) -> UsageError:
    """That there is no such cause, with near ones."""
    error = unknown("cause", "-".join(text.casefold().split()), pack.structure.causes)
    error.field = "cause"
    return error


def _one(side: str, named: str) -> str:
    if side and named and side != named:
        raise InputError("cause and side name different sides", where="side", field="side",
                         cure="Mend the one that is wrong.")
    return side or named


def _codes(found: Mapping[str, str], pack: Pack, text: str) -> tuple[_Codes, list[WordsBeside]]:
    """The codes of a row with their systems, and the words beside them, those of a cause which is
    none of the pack's among them."""
    cell, in_text = found.get("code", ""), values.codes_in(text)
    coded = values.codes_in(cell)
    own_codes = coded.codes or (((cell, ""),) if cell else ())
    given = tuple(dict.fromkeys((*own_codes, *in_text.codes)))
    system = _system(found.get("code_system", ""))
    if any(values.is_older(code) for code in (cell, *re.split(r"[\s;,|]+", cell))):
        raise _older("ICD-9-CM", "code")
    if (found.get("abroad") and not system and any(
            not own and _by_form(code) == "icd10cm" for code, own in given)):
        raise InputError("may be of another edition of ICD-10 than that of the US", where="code",
                         field="code", cure="Name the cause. Where its codes are of ICD-10-CM, say "
                                            "so in a column code_system: icd10cm.")
    known = {code: codes.find(pack, code, own or system or _by_form(code)) for code, own in given}
    words = words_beside("\n".join((cell if coded.codes else "", text)), known)
    return [(code, own or system or _by_form(code)) for code, own in given], words


def _older(name: str, where: str) -> InputError:
    return InputError(f"codes of {name} are not read", where=where, field=where,
                      cure="Give the code of ICD-10-CM or SNOMED CT, or name the cause.")


def _system(name: str) -> str:
    if not name:
        return ""
    if older := codes.older_system(name):
        raise _older(older, "code_system")
    if values.plain_system(name) == "icd10":
        raise UsageError("ICD10 alone may be the edition of the WHO, where codes mean other things",
                         where="code_system", field="code_system",
                         cure="Write icd10cm where it is the US edition; for a whole column, leave "
                              "it out: --map 'COLUMN=-'.")
    return codes.system_name(values.system_of(name))


def _by_form(code: str) -> str:
    """The system that a code without one is of."""
    is_snomed = codes.fits(code, "snomed") and not codes.fits(code, "icd10cm")
    return "snomed" if is_snomed else "icd10cm"


def _of_one(code: str, system: str, cause: str, pack: Pack, row: RowSays) -> CellDiagnosis:
    if not cause:
        coded = codes.select(pack, code, system=system, side=row.side, state=row.state)
        return _coded(pack, coded.cause, row.side or coded.side, code, system)
    found = codes.find(pack, code, system)
    if found is None:
        told = _coded(pack, cause, row.side, code, system)
        known = flagcodes.flagged(pack, code, system)
        return told if known else told._replace(unused={f"code:unknown:{system}": 1})
    if found.cause != cause:
        raise at_odds()
    codes.check_side(found, row.side)
    codes.check_state(pack, found, row.state)
    return _coded(pack, cause, row.side or found.side, code, system)


def _coded(pack: Pack, cause: str, side: str, code: str, system: str) -> CellDiagnosis:
    """A cause with the flags that a code sets for this side, and those that it asks for."""
    doubted = [each for each in flagcodes.flagged(pack, code, system) if each.asks]
    refuse_doubted_flags(pack, [each.flag for each in doubted],
                         [each.flag for each in doubted if each.holds], where="code")
    asked = {f"to-ask:{each.flag}": 1 for each in doubted}
    return CellDiagnosis(cause, side, flagcodes.flags_of(pack, code, system, side=side), asked)


def _of_many(given: _Codes, cause: str, pack: Pack, row: RowSays) -> CellDiagnosis:
    """What several codes say, as the conditions of one patient."""
    case = Case()
    for code, system in given:
        case.add(_entry(code, system, pack, row))
    if cause and case.causes and cause not in case.causes:
        raise at_odds()
    if cause:
        case.causes = {cause: case.causes.get(cause, [RecordEntry(cause, row.side)])}
    if not case.causes:
        codes.select(pack, given[0][0], system=given[0][1], side=row.side, state=row.state)
        raise InputError("the codes fix no cause", where="code", field="code",
                         cure="Name the cause beside them.")
    request, others = request_of(case, pack, Patient(), "", where="code")
    return CellDiagnosis(request.cause, row.side or request.side, request.flags,
                 {**Counter(case.unused), **others})


def _entry(code: str, system: str, pack: Pack, row: RowSays) -> RecordEntry:
    found = codes.find(pack, code, system)
    flags = flagcodes.flagged(pack, code, system)
    if found is None or found.asks:
        unused = () if flags else (f"code:unknown:{system}",) if found is None else ("code:ask",)
        return RecordEntry(doubted=found.cause if found else "", flags=flags, unused=unused)
    codes.check_side(found, row.side)
    codes.check_state(pack, found, row.state)
    return RecordEntry(found.cause, found.side or row.side, flags=flags)
