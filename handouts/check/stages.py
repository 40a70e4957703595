"""A PDF → what each way of looking at it finds, as soon as it is known.

What takes long comes last: whoever has to stop early has all the rest.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from handouts.check import (
    access,
    alternatives,
    claims,
    clearprint,
    contrast,
    declared,
    letters,
    order,
    standards,
    tagging,
)
from handouts.check.facts import PaintedPdf, read_facts
from handouts.check.findings import Finding
from handouts.pack.catalogue import load_catalogue

READING, DRAWING, STANDARDS = "tags and text", "contrast", "PDF/UA-1 and PDF/A-2a"
LONG = 100  # pages
IN_ORDER = (READING, DRAWING, STANDARDS)


class PartialReport(NamedTuple):
    """What one way of looking at a PDF found, and what it left out; of the first, the pages."""

    about: str
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()
    pages: int = 0


def parts(source: bytes | Path, pack: Path | None = None) -> Iterator[PartialReport]:
    """The parts in order, the disclaimer as a pack has it; InputError for what can't be opened."""
    data = source if isinstance(source, bytes) else access.read(source)
    opened = access.open_pdf(data)
    try:
        facts = read_facts(opened)
        found = [*_file(facts), *_structure(facts), *_print(facts), *_words(facts, pack)]
        yield PartialReport(READING, tuple(found), tuple(_unchecked(facts)), opened.page_count)
        yield PartialReport(DRAWING, tuple(contrast.problems(facts)))
        profiles = ("2a",) if _is_long_and_untagged(facts) else tuple(standards.PROFILES)
        yield PartialReport(STANDARDS, tuple(standards.problems(data, profiles)))
    finally:
        opened.pdf.close()


def _is_long_and_untagged(facts: PaintedPdf) -> bool:
    """A print run, for instance: what has no tags is no PDF/UA-1, which is told already."""
    return facts.tree is None and facts.opened.page_count > LONG


def _file(facts: PaintedPdf) -> list[Finding]:
    return [*declared.problems(facts), *tagging.marking_problems(facts)]


def _structure(facts: PaintedPdf) -> list[Finding]:
    return [*claims.problems(facts), *order.problems(facts), *tagging.problems(facts),
            *tagging.nesting_problems(facts), *alternatives.problems(facts)]


def _print(facts: PaintedPdf) -> list[Finding]:
    return [*letters.problems(facts), *clearprint.problems(facts)]


def _words(facts: PaintedPdf, pack: Path | None) -> list[Finding]:
    return [*clearprint.grade_problems(facts),
            *clearprint.disclaimer_problems(facts, load_catalogue(folder=pack))]


def _unchecked(facts: PaintedPdf) -> list[str]:
    notes = []
    if not standards.is_installed():
        notes.append(standards.MISSING)
    elif _is_long_and_untagged(facts):
        notes.append(f"PDF/UA-1 was not checked where over {LONG} pages have no tags.")
    if not clearprint.is_measured(facts):
        notes.append("The reading grade was not checked: there is a measure for English and "
                     "Spanish only.")
    if len(facts.pages) > contrast.MAX_PAGES:
        notes.append(f"Contrast was checked on the first {contrast.MAX_PAGES} pages only.")
    return notes
