"""A FHIR Condition → what it says: a cause, a side, flags, or why it is not used.

Only what is active and confirmed selects a cause. What is not sure (a code without a site, a
diagnosis not confirmed) selects nothing, but is remembered as a doubt; flags are taken from it, for
they only ever restrict.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from handouts.pack.catalogue import Catalogue
from handouts.readers.fhirparts import Concept, ConditionPart, side_of
from handouts.request import codes
from handouts.request.codes import Coded
from handouts.rules.cases import CodedCondition

_ACTIVE = {"active", "recurrence", "relapse"}
_INACTIVE = {"inactive", "remission", "resolved"}
_WRONG = {"refuted", "entered-in-error"}
# FHIR R4 and R5, STU3, and codes that stand without a system.
_STATUS = re.compile("(https?://(terminology[.])?hl7[.]org/(CodeSystem|fhir)/"
                     "condition-(clinical|ver-status|verification)([|].*)?)?")
_ODD_STATUS, _MODIFIED = "unknown-status", "modifier-extension"
_SNOMED = codes.SYSTEMS["snomed"][0]
SIDES = {(_SNOMED, code): side for code, side in {
    "7771000": "left", "24028007": "right", "51440002": "both"}.items()}  # laterality alone


class Conditions:
    """Reads Conditions by the codes of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sides = {**SIDES, **{(_SNOMED, code): side
                                   for code, side in catalogue.body.sites.items()}}
        self._look_up = lru_cache(maxsize=4096)(self._looked_up)

    def finding(self, part: ConditionPart) -> CodedCondition:
        """What a Condition says."""
        status = _status(part)
        if status in _WRONG or status == "inactive":
            return CodedCondition(unused=f"condition:{status}")
        given = part.code.codes() if part.code else []
        found = [self._look_up(system, code) for system, code in given]
        causes = sorted((coded for coded, _, _ in found if coded), key=self._rank)
        sure = [coded for coded in causes if not coded.asks]
        # Beside a code that fixes the place, one that does not has nothing to add.
        flags = tuple(dict.fromkeys(flag for coded, more, _ in found for flag in more
                                    if not (sure and coded and coded.asks)))
        site = self._site(part)
        if sure and not status:
            return _selected(sure[0], site, flags)
        doubted = causes[0].cause if causes else ""
        is_told = not flags or status in (_ODD_STATUS, _MODIFIED)
        return CodedCondition(
            side=next((side for _, _, side in found if side), site), doubted=doubted,
            flags=flags, unused=_kind(given, causes, sure, status) if is_told else "")

    def _looked_up(self, system: str, code: str) -> tuple[Coded | None, tuple[str, ...], str]:
        if not codes.known_system(system):
            return None, (), ""
        return (codes.find(self._catalogue, code, system),
                codes.flags_of(self._catalogue, code, system),
                codes.side_of(self._catalogue, code, system))

    def _site(self, part: ConditionPart) -> str:
        """The side that the body site names, or empty."""
        said = side_of(part.bodySite or [], part.extension or [], self._sides)
        return "both" if len(said) > 1 else next(iter(said), "")

    def _rank(self, coded: Coded) -> int:
        return self._catalogue.cause(coded.cause).rank


def _selected(coded: Coded, site: str, flags: tuple[str, ...]) -> CodedCondition:
    return CodedCondition(cause=coded.cause, side=coded.side or site,
                          clash=bool(coded.side and site and coded.side != site), flags=flags)


def _status(part: ConditionPart) -> str:
    """Why a Condition is not sure, or not so; empty for one that is active and confirmed.

    What is not understood is no reason to take a Condition for one that is over: only the codes of
    FHIR say that.
    """
    if part.modifierExtension:  # it may turn the meaning of all else round (FHIR R4, 2.4.1)
        return _MODIFIED
    verified, clinical = _words(part.verificationStatus), _words(part.clinicalStatus)
    wrong = _known_words(part.verificationStatus) & _WRONG
    if wrong:
        return sorted(wrong)[0] if "confirmed" not in verified else "unconfirmed"
    if clinical and not clinical & _ACTIVE:
        return "inactive" if _known_words(part.clinicalStatus) & _INACTIVE else _ODD_STATUS
    if verified and "confirmed" not in verified:
        return "unconfirmed"
    return "" if clinical else "no-status"


def _words(concept: Concept | None) -> set[str]:
    return {code.strip().casefold() for _, code in concept.codes()} if concept else set()


def _known_words(concept: Concept | None) -> set[str]:
    """The codes of FHIR's own systems, or of none."""
    return {code.strip().casefold() for system, code in concept.codes()
            if _STATUS.fullmatch(system.strip())} if concept else set()


def _kind(given: Iterable[tuple[str, str]], causes: list[Coded], sure: list[Coded],
          status: str) -> str:
    """Why a Condition that may well be so selects nothing."""
    systems = [system for system, _ in given]
    if sure or status in (_ODD_STATUS, _MODIFIED):
        return f"condition:{status}"
    if causes:
        return "code:ask"
    if any(codes.known_system(system) for system in systems):
        return "code:unknown"
    return "code:other-system" if systems else "condition:no-code"
