"""The sheet that a reviewer signs: the rules on a page, then each statement beside what backs it.

As a Document, which becomes a tagged PDF, and as CSV.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from handouts import document as doc
from handouts.brand.reviews import Reviews
from handouts.compose.posters import footer
from handouts.pack.claims import Backed, Claims
from handouts.pack.content import statements
from handouts.pack.structure import Source
from handouts.pack.words import Words
from handouts.review import rules
from handouts.review.appearances import Places, places, told
from handouts.review.rules import Row
from handouts.review.signing import Difference

COLUMNS = ("id", "text", "english", "strength", "sources", "line", "prints", "agree", "change",
           "comment")
BOX = "[   ]"
LONG = 300  # letters that a column still holds


class ReviewSheet(NamedTuple):
    """What a sheet is of: a language, some causes or all, and what was found of them."""

    reviews: Reviews
    language: str
    causes: tuple[str, ...]
    backed: tuple[Backed, ...]
    places: Places


def sheet(reviews: Reviews, language: str, causes: Sequence[str] = ()) -> ReviewSheet:
    """The statements of a language with what backs them and where they print; of some causes, those
    alone that their handouts say."""
    chosen = tuple(causes) or tuple(reviews.pack.structure.causes)
    found = places(reviews, language, chosen)
    backed = tuple(one for one in Claims(reviews.pack).of(language)
                   if not causes or found.get(one.name))
    return ReviewSheet(reviews, language, chosen, backed, found)


def as_csv(made: ReviewSheet) -> bytes:
    """A line for each statement, with columns to fill in."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    english = _english(made)
    for one in made.backed:
        claim = one.claim
        writer.writerow((
            one.name, one.text, english.get(one.name, ""), claim.strength if claim else "",
            " ".join(claim.sources) if claim else "", claim.line if claim else "",
            "; ".join(map(str, made.places.get(one.name, ()))), "", "", ""))
    return text.getvalue().encode("utf-8-sig")


def as_document(made: ReviewSheet) -> doc.Document:
    """The whole sheet."""
    pack = made.reviews.pack
    words = pack.words_in(pack.languages[0])
    claims = Claims(pack).file
    method = (*_cards("How it was made", claims.method),
              *_cards("What is weak in it", claims.limits))
    return document(made.reviews, f"Review: {_about(made)}", (
        _page("cover", "For the reviewer", (*_cover(made), *method)),
        _page("rules", "The rules", (*rules.matrix(pack, words, made.causes),
                                     *rules.flags(pack, words),
                                     *rules.doses(pack, words))),
        _page("statements", "Statements", _statements(made)),
        _page("figures", "Pictures and what they show", _pictures(made)),
        _page("sources", "Sources", _sources(pack.structure.sources)),
        _page("signature", "Signature", _signature())))


def changes(reviews: Reviews, title: str, found: Sequence[Difference]) -> doc.Document:
    """What changed since a signature, old beside new."""
    rows: list[Row] = [
        (one.name, one.old or "–", one.new or "taken out", BOX, BOX) for one in found]
    tables = rules.table("Changed", "loop", ("Text", "Signed", "Now", "Agree", "Change"), rows,
                         (5, 5, 5, 2, 2))
    lead = _cards("What this is", (f"{len(found)} texts are not as they were signed.",))
    return document(reviews, title, (_page("changes", title, (*lead, *tables)),
                                     _page("signature", "Signature", _signature())))


def document(reviews: Reviews, title: str, pages: tuple[doc.Page, ...]) -> doc.Document:
    """Pages of a reviewer's sheet as a document, in the pack's first language."""
    pack, brand = reviews.pack, reviews.brand
    language = pack.languages[0]
    return doc.Document(
        title=title, language=language, side="", letterhead=doc.Letterhead(brand.name, ()),
        pages=tuple(page for page in pages if page.blocks),
        footer=footer(pack.words_in(language), brand))


def _page(name: str, title: str, blocks: Iterable[doc.Block]) -> doc.Page:
    return doc.Page(name, title, "", tuple(blocks), flowing=True)


def _about(made: ReviewSheet) -> str:
    """What the sheet is of, in a few words."""
    words = made.reviews.pack.words_in(made.reviews.pack.languages[0])
    every = len(made.causes) == len(made.reviews.pack.structure.causes)
    of = "all causes" if every else ", ".join(words.causes[name].name for name in made.causes)
    return f"{words.interface.languages[made.language]}, {of}"


def _cover(made: ReviewSheet) -> Iterator[doc.Block]:
    info = made.reviews.pack.info
    yield from _cards("What this is", (
            f"Content version {info.version} of {info.date}, {made.reviews.digest(made.language)}: "
            f"{_about(made)}. A signature holds for these eight letters and for nothing else.",
            "First come the rules: what each cause and flag allows. Then each statement that a "
            "patient can read stands beside its sources, their strength, the line of the clinical "
            "sheet, and handouts that say it; the table beside this file names all of them.",
            "Tick Agree or Change, and write what should change beside it. "
            "'handouts review sign' records your name, role, registration and the day."))


def _cards(title: str, lines: Sequence[str]) -> Iterator[doc.Block]:
    yield doc.Card("plain", title, "info", tuple(doc.Paragraph((doc.Run(line),)) for line in lines))


def _by_file(backed: Sequence[Backed]) -> Iterator[tuple[str, list[Backed]]]:
    grouped = defaultdict[str, list[Backed]](list)
    for one in backed:
        grouped[one.name.partition(".")[0]].append(one)
    grouped.pop("figures", None)  # they stand beside their pictures
    yield from grouped.items()


def _statements(made: ReviewSheet) -> Iterator[doc.Block]:
    """The statements of each file in a table; a long one stands by itself, on the whole width."""
    english = _english(made)
    heads = ("Statement", *(["English"] if english else []), "Backed by, and where it prints",
             "Agree", "Change")
    shares = (16, 16, 14, 4, 5) if english else (24, 20, 4, 5)
    for file, backed in _by_file(made.backed):
        yield from rules.table(file.replace("_", " ").capitalize(), "book", heads,
                               (_row(made, one, english) for one in backed
                                if len(one.text) <= LONG), shares)
        for one in backed:
            if len(one.text) > LONG:
                yield _alone(made, one, english)


def _alone(made: ReviewSheet, one: Backed, english: dict[str, str]) -> doc.Block:
    said, *others = _row(made, one, english)
    lines = [said, *others[:-2], f"Agree {BOX}   Change {BOX}"]
    return doc.Card("plain", one.name, "book", tuple(
        doc.Paragraph((doc.Run(line),) if isinstance(line, str) else line) for line in lines))


def _row(made: ReviewSheet, one: Backed, english: dict[str, str]) -> Row:
    lang = made.language if english else ""
    said = (doc.Run(_unmarked(one.text), lang=lang),)
    beside = [_unmarked(english.get(one.name, ""))] if english else []
    where = told(made.reviews, made.places.get(one.name, ()))
    return (said, *beside, f"{_backing(one)} {where}", BOX, BOX)


def _backing(one: Backed) -> str:
    """Strength, sources and the line of the clinical sheet."""
    if one.claim is None:
        return "Nothing yet"
    sources = f": {', '.join(one.claim.sources)}" if one.claim.sources else ""
    line = one.claim.line.partition(" (")[0]  # what is said of a line stands in the sheet itself
    return f"{one.claim.strength.capitalize()}{sources}. Sheet {line}."


def _pictures(made: ReviewSheet) -> Iterator[doc.Block]:
    """Each picture beside what it shows for those who can't see it."""
    english = _english(made)
    for one in made.backed:
        file, name, *_ = one.name.split(".")
        if file != "figures":
            continue
        facts = [doc.Fact("English", (doc.Run(english[one.name]),))] if english else []
        facts += [doc.Fact("Agree", (doc.Run(BOX),)), doc.Fact("Change", (doc.Run(BOX),))]
        yield doc.Massage(name, "Picture", doc.Figure(name, one.text),
                          (doc.Fact("Shows", (doc.Run(
                              one.text, lang=made.language if english else ""),)), *facts), ())


def _sources(sources: dict[str, Source]) -> Iterator[doc.Block]:
    rows = [(name, _cited(one)) for name, one in sources.items()]
    yield from rules.table("Sources", "book", ("Id", "Work"), rows, (3, 6))


def _cited(one: Source) -> str:
    """A source as it is found in a library."""
    place = ":".join(filter(None, [one.volume, one.pages]))
    parts = (one.authors, one.title, f"{one.journal} {one.year}{f';{place}' if place else ''}",
             f"doi:{one.doi}" if one.doi else one.url,
             f"Checked {one.checked}" if one.checked else "Not yet checked")
    return ". ".join(filter(None, parts)) + "."


def _signature() -> Iterator[doc.Block]:
    yield from _cards("What you sign", (
        "I have read what stands on this sheet. It may be given to patients, but for what I marked "
        "to be changed.",))
    yield doc.Listing("plain", "Signature", "pen", "", ("Of the reviewer", "In capitals"), tuple(
        (label, "") for label in ("Name", "Role", "Registration", "Interests", "Causes",
                                  "Holds until", "Date", "Signature")), (2, 7))


def _english(made: ReviewSheet) -> dict[str, str]:
    """The texts in the pack's first language, where the sheet is of another."""
    first = made.reviews.pack.languages[0]
    if made.language == first:
        return {}
    return dict(statements(_words(made, first)))


def _words(made: ReviewSheet, language: str) -> Words:
    return made.reviews.pack.words_in(language)


def _unmarked(text: str) -> str:
    return text.replace("**", "")
