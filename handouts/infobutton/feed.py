"""A question's codes → the one handout that fits, by the rules for all codes of a patient, and what
the answer says of it before it takes a form: a feed with an entry for that handout.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid5

from handouts.brand.reviews import Reviews
from handouts.coding import codes, flagcodes, medicines, named
from handouts.coding.codes import Coded
from handouts.coding.flagcodes import Flagged
from handouts.compose.context import title
from handouts.errors import InputError, UsageError
from handouts.infobutton.question import Criterion, Question, is_echoed
from handouts.pack.naming import id_of, language_of
from handouts.pack.pack import Pack
from handouts.request import addresses
from handouts.request.addresses import Address
from handouts.request.request import Patient
from handouts.rules.cases import Case, RecordEntry, most_cautious, request_of
from handouts.rules.choices import Choices, choose
from handouts.rules.laterality import one_side

# What SNOMED CT ends its full names with.
_TAG = re.compile(r"\s*\((disorder|finding|situation|morphologic abnormality|event)\)$", re.I)
# The name space of all ids: they stay the same for as long as the program does.
_IDS = UUID("5f0c6b5e-4d0f-4a38-9a43-2f6d2c1b7a10")


def matched(asked: Question, pack: Pack) -> Address | None:
    """What fits, or None: no code of the pack, a child, or something urgent that is not certain."""
    case, entries = Case(), [_said_by(criterion, pack) for criterion in asked.criteria]
    for entry in entries:
        case.add(entry)
    if asked.child or not case.causes or _is_half_read(asked, entries, pack):
        return None
    try:
        request, _ = request_of(case, pack, Patient(), language(asked, pack))
    except InputError:
        return None
    return Address(request.cause, request.side, request.flags, request.language)


def unplaced(asked: Question, pack: Pack) -> tuple[str, ...]:
    """The codes of a question that a clinician may lead to a handout: one of them does not say that
    it is of this part of the body. None where it may be about a child, or is a patient's own."""
    coded = [(each.code, codes.find(pack, each.code, each.system)) for each in asked.criteria
             if each.code and codes.known_system(each.system)
             and codes.fits(each.code, codes.system_name(each.system))]
    if asked.child or asked.is_patients or not any(found and found.asks for _, found in coded):
        return ()
    return tuple(code for code, _ in coded)


def language(asked: Question, pack: Pack) -> str:
    """The pack's language for those asked for: the best that it has, else its default."""
    return next(filter(None, (language_of(tag, pack) for tag in asked.languages)),
                pack.languages[0])


def _said_by(criterion: Criterion, pack: Pack) -> RecordEntry:
    """What a code says, or where nobody can read it, its name; what does not fix the place selects
    nothing, but leaves a doubt."""
    code, system, name = criterion
    if not code:
        return named_entry(pack, name)
    if medicines.known_system(system):
        found = medicines.taken(pack, [(system, code)], [name])
        return RecordEntry(flags=tuple(Flagged(each.medicine.flag, asks=bool(each.medicine.days))
                                       for each in found))
    if cause := codes.older(pack, system, code):
        return RecordEntry(cause=cause)
    short = flagcodes.known_system(system)
    if not short or not codes.fits(code, short):
        flags, cause = flagcodes.unread(pack, system, code)
        by_name = named_entry(pack, name)
        if by_name.cause and not flags:
            return by_name
        return RecordEntry(doubted=cause or by_name.doubted, flags=(*flags, *by_name.flags))
    flags = flagcodes.flagged(pack, code, short)
    coded = codes.find(pack, code, system) if codes.known_system(system) else None
    if coded is None:
        return _by_words(short, code, name, flags, pack)
    return _with_words(coded, name, flags, pack)


def _by_words(system: str, code: str, name: str, flags: Sequence[Flagged],
              pack: Pack) -> RecordEntry:
    """What a code and its name say that stands for no cause, as of a condition of a record."""
    plain = _TAG.sub("", name).strip()
    said = (named.said_with(pack, code, [plain]) if system == "icd10cm" else
            named.Said() if flags else named.said_by(pack, [plain]))
    return RecordEntry(doubted=most_cautious(pack, said.causes),
                       flags=tuple(dict.fromkeys((*flags, *said.flags))))


def _with_words(coded: Coded, name: str, flags: Sequence[Flagged], pack: Pack) -> RecordEntry:
    """What a code says that stands for a cause, and its name beside it; nothing is selected where
    that is of another side, or of a cause that is more cautious."""
    plain = _TAG.sub("", name).strip()
    known = (coded.description, coded.cause.replace("-", " "))
    said = named.said_beside(pack, [plain], known)
    flags = tuple(dict.fromkeys((*flags, *said.flags)))
    doubted = most_cautious(pack, {coded.cause, *said.causes})
    side, clash = one_side({coded.side, *named.sides_in(pack, [plain])})
    if coded.asks or clash or doubted != coded.cause:
        return RecordEntry(doubted=doubted, flags=flags)
    return RecordEntry(cause=coded.cause, side=side, flags=flags)


def named_entry(pack: Pack, name: str) -> RecordEntry:
    """What a name says: a code of a known system that is called so, or a cause by a name that tells
    its place; else what its words warn of."""
    plain = _TAG.sub("", name).strip()
    said = named.said_by(pack, [plain])
    coded = codes.called(pack, plain)
    cause = _cause_called(pack, plain)
    if coded is None and cause in pack.structure.causes:
        coded = Coded(cause)
    doubt = next(iter(said.causes), "")
    if coded is None or coded.asks or (doubt and doubt != coded.cause):
        return RecordEntry(doubted=doubt or (coded.cause if coded else ""), flags=said.flags)
    sides = named.sides_in(pack, [plain])
    return RecordEntry(cause=coded.cause, side=coded.side or next(iter(sides), ""),
                       flags=said.flags)


def _cause_called(pack: Pack, name: str) -> str:
    """The cause that has a name which tells its place; else empty."""
    try:
        return id_of(pack, "causes", name) if named.is_of_part(pack, name) else ""
    except UsageError:  # it may be several
        return ""


def _unread(asked: Question, pack: Pack) -> tuple[str, ...]:
    """The systems whose codes were not read, as they were given; "another" for one that does not
    look like a system and so may be free text about a patient."""
    return tuple(dict.fromkeys(
        each.system if is_echoed("mainSearchCriteria.v.cs", each.system) else "another"
        for each in asked.criteria
        if each.code and not _is_known(each, pack)))


def _is_known(each: Criterion, pack: Pack) -> bool:
    short = flagcodes.known_system(each.system)
    return bool((short and codes.fits(each.code, short)) or medicines.known_system(each.system)
                or codes.older(pack, each.system, each.code))


def _is_half_read(asked: Question, entries: Sequence[RecordEntry], pack: Pack) -> bool:
    """Whether a code of an older system selects, and one beside it says nothing that is known: of
    such systems the warnings are not."""
    selects = [codes.older(pack, each.system, each.code) for each in asked.criteria]
    return any(selects) and not all(
        entry.cause or entry.flags or entry.doubted or _is_known(each, pack)
        for each, entry in zip(asked.criteria, entries, strict=True))


@dataclass(frozen=True)
class FeedLink:
    """Where a handout is, in one of its forms."""

    href: str
    type: str
    title: str
    language: str


@dataclass(frozen=True)
class FeedEntry:
    """A handout that fits; `categories` tell the content and how its review stands."""

    id: str
    title: str
    updated: str
    summary: str
    categories: tuple[tuple[str, str], ...]
    links: tuple[FeedLink, ...]


@dataclass(frozen=True)
class Feed:
    """An answer; `categories` are the question's parameters, `itself` is its own address."""

    id: str
    title: str
    subtitle: str
    language: str
    updated: str
    author: str
    author_uri: str
    base: str
    itself: str
    categories: tuple[tuple[str, str], ...]
    entries: tuple[FeedEntry, ...]


def feed(asked: Question, found: Address | None, reviews: Reviews, base: str) -> Feed:
    """The feed that answers a question; `base` stands before each link."""
    pack, brand = reviews.pack, reviews.brand
    tongue = language(asked, pack)
    query = urlencode(asked.echoed)
    return Feed(
        id=_id("feed", query), title=brand.name, language=tongue,
        subtitle=pack.words_in(tongue).interface.pages.title,
        updated=_updated(reviews, tongue),
        author=brand.name, author_uri=brand.web_link, base=base,
        itself=f"{base}{addresses.INFOBUTTON}?{query}" if base else "",
        categories=(*asked.echoed, *(("not-read", system) for system in _unread(asked, pack))),
        entries=(entry_for(found, reviews, base),) if found else ())


def entry_for(found: Address, reviews: Reviews, base: str) -> FeedEntry:
    """What is told of the handout at an address; `base` stands before its links."""
    pack = reviews.pack
    words = pack.words_in(found.language)
    choices = choose(found.request, pack, today=pack.info.date)
    said = f"{title(choices, pack, words)}: {words.causes[found.cause].name}"
    links = tuple(FeedLink(base + addresses.written(replace(found, form=form)), kind, said,
                           found.language) for form, kind in addresses.TYPES.items())
    return FeedEntry(
        id=_id(pack.info.id, addresses.written(found)), title=said,
        updated=_updated(reviews, found.language), summary=_summary(choices, pack),
        categories=(("content", reviews.digest(found.language)),
                    ("review", reviews.standing(found.language, found.cause).state)),
        links=links)


def _summary(choices: Choices, pack: Pack) -> str:
    """Why massage must wait, or what the cause is."""
    words, advice = pack.words_in(choices.language), choices.advice
    if advice.waits:
        wait = words.waits[advice.waits[0]]
        return f"{wait.order} {wait.why}"
    return " ".join(words.causes[advice.cause].what).replace("**", "")


def _updated(reviews: Reviews, tongue: str) -> str:
    """When the words last changed: the content, or the line that tells how it stands."""
    days = [reviews.pack.info.date,
            *(day + timedelta(days=1) for day in reviews.turns(tongue))]
    last = max((day for day in days if day <= reviews.day), default=days[0])
    return f"{last.isoformat()}T00:00:00Z"


def _id(kind: str, name: str) -> str:
    return uuid5(_IDS, f"{kind} {name}").urn
