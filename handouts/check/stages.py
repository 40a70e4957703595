"""A PDF → what each way of looking at it finds, as soon as it is known; many files, within bounds.

What takes long comes last: whoever has to stop early has all the rest.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from handouts.check import (
    access,
    alternatives,
    clearprint,
    contrast,
    declared,
    letters,
    marked,
    order,
    standards,
    tagging,
)
from handouts.check.findings import Checked, Finding, Report, fault, weighed
from handouts.check.painted import PaintedPdf, read_facts
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.system.limits import Child, PastBounds

READING, DRAWING, STANDARDS = "tags and text", "contrast", "PDF/UA-1 and PDF/A-2a"
LONG = 100  # pages
IN_ORDER = (READING, DRAWING, STANDARDS)


class PartialReport(NamedTuple):
    """What one way of looking at a PDF found, and what it left out; of the first, the pages."""

    about: str
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()
    pages: int = 0


def problems(source: bytes | Path) -> tuple[Finding, ...]:
    """All that is wrong with a PDF; InputError if it can't be opened."""
    return check(source).findings


def check(source: bytes | Path, pack: Path | None = None) -> Report:
    """The findings of a PDF of a pack (a folder; without one, the default pack) and what was not
    checked; InputError if it can't be opened."""
    findings, unchecked, pages = list[Finding](), list[str](), 0
    for part in parts(source, pack):
        findings += part.findings
        unchecked += part.unchecked
        pages = pages or part.pages
    return Report(tuple(findings), tuple(unchecked), pages)


def check_files(files: Iterable[Path], child: Child | None = None,
                pack: Path | None = None) -> Iterator[Checked]:
    """Each file with its report; one that can't be opened or checked within the bounds of `child`
    keeps no other from being checked."""
    with closing(child or Child()) as bounded:
        for file in files:
            try:
                yield Checked(file, _within_bounds(file, bounded, pack))
            except InputError as error:
                yield Checked(file, None, InputError(error.problem, where=str(file),
                                                     cure=error.cure))


def _within_bounds(file: Path, child: Child, pack: Path | None) -> Report:
    """The report of a file; what took too long is a finding if the first part is known."""
    findings, unchecked, done = list[Finding](), list[str](), []
    try:
        for part in child.each(parts, file, pack):
            findings += part.findings
            unchecked += part.unchecked
            done.append(part)
    except PastBounds as error:
        bounds = f"more than {child.seconds:g} seconds or {child.memory >> 20} MB of memory"
        if not done:
            raise InputError(f"takes too long to check, or too much memory ({bounds})",
                             cure="Check a smaller part of it, or make the file anew."
                             ) from error
        left = ", ".join(IN_ORDER[len(done):])
        findings.append(fault("too-long", None, f"it takes {bounds} to check; not checked: {left}"))
    return Report(tuple(findings), tuple(unchecked), done[0].pages)


def parts(source: bytes | Path, pack: Path | None = None) -> Iterator[PartialReport]:
    """The parts in order, the disclaimer as a pack has it; InputError for what can't be opened."""
    data = source if isinstance(source, bytes) else access.read(source)
    opened = access.open_pdf(data)
    try:
        facts = read_facts(opened)
        held = declared.promise(facts)
        for part in _parts(facts, held, pack):
            yield part if held.ours else part._replace(findings=tuple(
                weighed(finding, held.kept) for finding in part.findings))
    finally:
        opened.pdf.close()


def _parts(facts: PaintedPdf, held: declared.Promise,
           pack: Path | None) -> Iterator[PartialReport]:
    pages = facts.opened.page_count
    scanned = tagging.scans(facts)
    if scanned and len(scanned) == pages:
        what = "the page is" if pages == 1 else f"all {pages} pages are"
        yield PartialReport(READING, (fault("scan", None, f"{what} a picture without text"),), (
            "Nothing else was checked: there is no text.",), pages)
        return
    found = [*_file(facts), *_structure(facts), *_print(facts), *_words(facts, pack)]
    found = [finding for finding in found if finding.page not in scanned] + [
        fault("scan", page, "the page is a picture without text") for page in sorted(scanned)]
    yield PartialReport(READING, tuple(found), tuple(_unchecked(facts, held)), pages)
    yield PartialReport(DRAWING, tuple(contrast.problems(facts)))
    profiles = [profile for profile in held.profiles
                if profile != "ua1" or not _is_long_and_untagged(facts)]
    yield PartialReport(STANDARDS, tuple(standards.problems(facts.opened.data, profiles)))


def _is_long_and_untagged(facts: PaintedPdf) -> bool:
    """A print run, for instance: what has no tags is no PDF/UA-1, which is told already."""
    return facts.tree is None and facts.opened.page_count > LONG


def _file(facts: PaintedPdf) -> list[Finding]:
    return [*declared.problems(facts), *tagging.marking_problems(facts)]


def _structure(facts: PaintedPdf) -> list[Finding]:
    return [*marked.problems(facts), *order.problems(facts), *tagging.problems(facts),
            *tagging.nesting_problems(facts), *alternatives.problems(facts)]


def _print(facts: PaintedPdf) -> list[Finding]:
    return [*letters.problems(facts), *clearprint.problems(facts)]


def _words(facts: PaintedPdf, pack: Path | None) -> list[Finding]:
    return [*clearprint.grade_problems(facts),
            *clearprint.disclaimer_problems(facts, load_pack(folder=pack))]


def _unchecked(facts: PaintedPdf, held: declared.Promise) -> list[str]:
    notes = list(held.unchecked)
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
