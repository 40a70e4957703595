"""A FHIR Condition → what it says: a cause, a side, flags, or why it is not used.

Only what is active and confirmed selects a cause. What is not sure (a code without a site, a
diagnosis not confirmed) selects nothing, but is remembered as a doubt; flags are taken from it, for
they only ever restrict.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from handouts.coding import codes, flagcodes
from handouts.coding import named as named_conditions
from handouts.coding.codes import Coded
from handouts.coding.flagcodes import Context, Flagged
from handouts.coding.named import Around, Said
from handouts.pack.pack import Pack
from handouts.readers.fhir.elements import (
    BodySite,
    ConditionPart,
    Extension,
    Period,
    Quantity,
    Status,
    days_since,
    side_of,
)
from handouts.readers.fhir.systems import shown_system
from handouts.request.days import ADULT
from handouts.rules.cases import RecordEntry, most_cautious
from handouts.rules.laterality import one_side

_ACTIVE = {"active", "recurrence", "relapse"}
_INACTIVE = {"inactive", "remission", "resolved"}
_WRONG = {"refuted", "entered-in-error"}
# FHIR R4 and R5, STU3, and codes that stand without a system.
_STATUS = re.compile("(https?://(terminology[.])?hl7[.]org/(CodeSystem|fhir)/"
                     "condition-(clinical|ver-status|verification)([|].*)?)?")
_YEARS = {"a", "yr", "yrs", "year", "years"}
_ODD_STATUS, _MODIFIED = "unknown-status", "modifier-extension"
_LATERALITY = {"7771000": "left", "24028007": "right", "51440002": "both"}  # of SNOMED CT
_ENCOUNTER = "encounter-diagnosis"
TAKEN = "encounter diagnoses without a status, taken as active"
Given = Sequence[tuple[str, str]]  # systems and codes


class Sites:
    """Reads body sites by the sites of the pack, which are of its part."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._known = {**flagcodes.sites(pack), **pack.body.sites}
        self._sides = {**_LATERALITY, **self._known}

    def side(self, sites: Iterable[BodySite] | None, extensions: Iterable[Extension] | None) -> str:
        """The side that they name, or empty."""
        said = side_of(sites or [], extensions or [], self._sides) - {""}
        return "both" if len(said) > 1 else next(iter(said), "")

    def of_entry(self, named: Sequence[str], sites: Sequence[BodySite],
                 extensions: Iterable[Extension] | None) -> set[str]:
        """The sides that its coded sites, its words and those of its sites name."""
        # Two sites, a left one and a right one, are of both.
        places = " ".join(chain.from_iterable(site.names() for site in sites))
        return {self.side(sites, extensions),
                *named_conditions.sides_in(self._pack, [*named, places])}

    def at_part(self, sites: Iterable[BodySite] | None) -> bool | None:
        """Whether one is of the part; None where none has a code."""
        given = [code for site in sites or [] for system, code in site.codes()
                 if codes.known_system(system) == "snomed" and code not in _LATERALITY]
        return any(code in self._known for code in given) if given else None


class Conditions:
    """Reads Conditions by the codes of one pack; `today` tells what is of late."""

    def __init__(self, pack: Pack, today: date) -> None:
        self._pack, self._today = pack, today
        self._sites = Sites(pack)
        self._look_up = lru_cache(maxsize=4096)(self._looked_up)

    def entry(self, part: ConditionPart) -> RecordEntry:
        """What a Condition says."""
        status = _status(part)
        if status in _WRONG:
            return RecordEntry(unused=(f"condition:{status}",))
        given = part.code.codes() if part.code else []
        causes = sorted(filter(None, (self._look_up(*each) for each in given)), key=self._rank)
        sure = [coded for coded in causes if not coded.asks]
        # Beside a code that fixes the place, one that does not has nothing to add.
        speaking = [each for each in given
                    if not (sure and (coded := self._look_up(*each)) and coded.asks)]
        context, said = self._context(part), self._sides(part)
        site, _ = one_side(said)
        flags = flags_of(speaking, context, site, self._pack)
        if not causes:
            return self._by_words(part, status, context, flags)
        side, clash = one_side({*said, *(coded.side for coded in sure)})
        if status == "inactive":
            return self._over(part, flags, sure)
        more = self._beside(part, causes, context)
        flags = (*flags, *(each._replace(side=side) if self._pack.flag(each.flag).sided else each
                           for each in more.flags if each.flag not in {one.flag for one in flags}))
        if sure and not status:
            return RecordEntry(cause=sure[0].cause, side=side, clash=clash, flags=flags,
                               doubted=most_cautious(self._pack, more.causes),
                               adult=_is_of_age(part))
        doubted = most_cautious(self._pack, {*(each.cause for each in causes[:1]), *more.causes})
        is_told = not flags or status in (_ODD_STATUS, _MODIFIED)
        return RecordEntry(doubted=doubted, flags=flags,
                           unused=_kinds(given, causes, sure, status) if is_told else (),
                           adult=_is_of_age(part))

    def _by_words(self, part: ConditionPart, status: str, context: Context,
                  coded: Sequence[Flagged]) -> RecordEntry:
        """What a Condition says whose codes stand for no cause: by these, and by its words, else
        by what its codes look like."""
        given, named = (part.code.codes(), part.code.names()) if part.code else ([], [])
        said, (site, _) = self._said(part, context, coded), one_side(self._sides(part))
        known = {each.flag for each in (*coded, *said.flags)}
        is_read = bool(coded) or any(_is_whole(*each) for each in given)
        looks = [] if is_read else [flagcodes.unread(self._pack, *each) for each in given]
        more = (each for each in said.flags if each.flag not in {one.flag for one in coded})
        flags = (*coded, *dict.fromkeys(
            each._replace(side=site if self._pack.flag(each.flag).sided else "")
            for each in (*more, *(one for flags, _ in looks for one in flags
                                  if one.flag not in known))))
        if status == "inactive":
            return self._over(part, flags, [])
        doubts = filter(None, (*said.causes, *(cause for _, cause in looks)))
        is_told = bool(coded or (named and known)) and status not in (_ODD_STATUS, _MODIFIED)
        return RecordEntry(
            doubted=most_cautious(self._pack, doubts), flags=flags, adult=_is_of_age(part),
            unused=() if is_told else _kinds(given, [], [], status),
            by_name=tuple(each.flag for each in said.flags if not each.asks))

    def _said(self, part: ConditionPart, context: Context, coded: Sequence[Flagged]) -> Said:
        """What the words of a Condition tell beside codes that stand for no cause."""
        given, named = (part.code.codes(), part.code.names()) if part.code else ([], [])
        whole = next((code for system, code in given if _is_whole(system, code)), "")
        around = self._around(part, context)
        if whole:
            return named_conditions.said_with(self._pack, whole, named, around)
        if coded:  # by another system, whose own name for it says no more
            return Said()
        return named_conditions.said_by(self._pack, named, around)

    def _beside(self, part: ConditionPart, causes: Iterable[Coded], context: Context) -> Said:
        """What the words of a Condition say more than its codes, which stand for causes."""
        named = part.code.names() if part.code else []
        known = [name for each in causes for name in (each.description,
                                                      each.cause.replace("-", " "))]
        return named_conditions.said_beside(self._pack, named, known, self._around(part, context))

    def _around(self, part: ConditionPart, context: Context) -> Around:
        """What stands around its words."""
        places = tuple(name for each in part.bodySite or [] for name in each.names())
        return Around(places, context.at_part, self._today)

    def _over(self, part: ConditionPart, flags: Iterable[Flagged],
              sure: Sequence[Coded]) -> RecordEntry:
        """What is left of a Condition that is over: of one that ended of late, more."""
        period = part.abatementPeriod or Period()
        ended = days_since(part.abatementDateTime or period.end or period.start, self._today)
        over = named_conditions.over(self._pack)
        of_late = ended is not None and 0 <= ended <= over.days
        left = [name for flag, _, asks, _ in flags if not asks
                for name in (self._pack.flag(flag).past, flag if of_late
                             and flag in over.flags else "") if name]
        doubted = most_cautious(self._pack, {each.cause for each in sure if of_late})
        return RecordEntry(flags=tuple(map(Flagged, dict.fromkeys(left))), doubted=doubted,
                           unused=() if left else ("condition:inactive",))

    def _sides(self, part: ConditionPart) -> set[str]:
        """The sides that its sites and words name."""
        named = part.code.names() if part.code else []
        return self._sites.of_entry(named, part.bodySite or [], part.extension)

    def _context(self, part: ConditionPart) -> Context:
        begun = part.onsetDateTime or (part.onsetPeriod and part.onsetPeriod.start)
        told = part.recordedDate or part.assertedDate or part.dateRecorded
        return Context(days_since(begun or told, self._today), self._sites.at_part(part.bodySite))

    def _looked_up(self, system: str, code: str) -> Coded | None:
        if not codes.known_system(system):
            return None
        return codes.find(self._pack, code, system)

    def _rank(self, coded: Coded) -> int:
        return self._pack.cause(coded.cause).rank


def flags_of(given: Given, context: Context, site: str,
             pack: Pack) -> tuple[Flagged, ...]:
    """The flags of codes; of one side that of the code and the site, both where they differ."""
    found = chain.from_iterable(
        flagcodes.flagged(pack, code, short, context) for system, code in given
        if (short := flagcodes.known_system(system)))
    return tuple(dict.fromkeys(
        each._replace(side=one_side((each.side, site))[0])
        if pack.flag(each.flag).sided else each
        for each in found))


def _is_whole(system: str, code: str) -> bool:
    """Whether it is a code of the classification whose families are held against all of it."""
    return codes.known_system(system) == "icd10cm" and codes.fits(code, "icd10cm")


def _is_of_age(part: ConditionPart) -> bool:
    """Whether it says that it began at an age of 18 years or more."""
    age = part.onsetAge or Quantity()
    return age.value is not None and age.value >= ADULT and (age.code or age.unit or "") in _YEARS


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
    return "" if clinical or taken_as_active(part) else "no-status"


def taken_as_active(part: ConditionPart) -> bool:
    """Whether a diagnosis of an encounter has no status and no end: such are active, for some
    record systems never write one."""
    listed = part.category if isinstance(part.category, list) else [part.category]
    words = {word.strip().casefold().replace(" ", "-") for each in listed if each
             for word in ([each] if isinstance(each, str) else
                          (*(code for _, code in each.codes()), *each.names()))}
    ended = (part.abatementDateTime, part.abatementPeriod, part.abatementAge, part.abatementRange,
             part.abatementString, part.abatementBoolean)
    return _ENCOUNTER in words and not (_words(part.clinicalStatus) or any(ended))


def _words(status: Status | None) -> set[str]:
    """The codes of a status; a plain one is FHIR's own."""
    said = [("", status)] if isinstance(status, str) else status.codes() if status else []
    return {code.strip().casefold() for _, code in said if code.strip()}


def _known_words(status: Status | None) -> set[str]:
    """The codes of FHIR's own systems, or of none."""
    if status is None or isinstance(status, str):
        return _words(status)
    return {code.strip().casefold() for system, code in status.codes()
            if _STATUS.fullmatch(system.strip())}


def _kinds(given: Given, causes: list[Coded], sure: list[Coded], status: str) -> tuple[str, ...]:
    """Why a Condition that may well be so selects nothing."""
    if sure or status in (_ODD_STATUS, _MODIFIED):
        return (f"condition:{status}",)
    if causes:
        return ("code:ask",)
    known = [short for system, _ in given if (short := codes.known_system(system))]
    if known:
        return (f"code:unknown:{known[0]}",)
    others = dict.fromkeys(shown_system(system) for system, _ in given)
    return tuple(f"code:other-system:{name}" for name in others) or ("condition:no-code",)
