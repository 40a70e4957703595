"""What is wrong with a finished PDF: any PDF in, findings with clause, page and cure out.

`problems(pdf)` gives the findings, `check(pdf)` the same with what was not checked and why.
Broken files are read as far as they go; one that can't be opened is an InputError.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.catalogue import load_catalogue
from handouts.check import (
    alternatives,
    claims,
    contrast,
    headings,
    letters,
    marking,
    metadata,
    nesting,
    opening,
    order,
    print_rules,
    standards,
    wording,
)
from handouts.check.facts import Facts, read_facts
from handouts.check.results import Checked, Report
from handouts.check.rules import RULES, Finding
from handouts.errors import InputError

__all__ = ["RULES", "Checked", "Finding", "Report", "check", "check_files", "problems"]


def problems(source: bytes | Path) -> tuple[Finding, ...]:
    """All that is wrong with a PDF; InputError if it can't be opened."""
    return check(source).findings


def check(source: bytes | Path) -> Report:
    """The findings of a PDF and what was not checked; InputError if it can't be opened."""
    data = source if isinstance(source, bytes) else opening.read(source)
    opened = opening.open_pdf(data)
    try:
        facts = read_facts(opened)
        found = [*_file(facts), *_structure(facts), *_print(facts), *_words(facts)]
        return Report(tuple(found), tuple(_unchecked(facts)), opened.page_count)
    finally:
        opened.pdf.close()


def check_files(files: Iterable[Path]) -> Iterator[Checked]:
    """Each file with its report; one that can't be opened keeps no other from being checked."""
    for file in files:
        try:
            yield Checked(file, check(file))
        except InputError as error:
            yield Checked(file, None, InputError(error.problem, where=str(file), cure=error.cure))


def _file(facts: Facts) -> list[Finding]:
    return [*standards.problems(facts.opened.data), *metadata.problems(facts),
            *marking.problems(facts)]


def _structure(facts: Facts) -> list[Finding]:
    return [*claims.problems(facts), *order.problems(facts), *headings.problems(facts),
            *nesting.problems(facts), *alternatives.problems(facts)]


def _print(facts: Facts) -> list[Finding]:
    return [*letters.problems(facts), *print_rules.problems(facts), *contrast.problems(facts)]


def _words(facts: Facts) -> list[Finding]:
    return [*wording.grade_problems(facts),
            *wording.disclaimer_problems(facts, load_catalogue())]


def _unchecked(facts: Facts) -> list[str]:
    notes = []
    if not standards.is_installed():
        notes.append(standards.MISSING)
    if not wording.is_measured(facts):
        notes.append("The reading grade was not checked: there is a measure for English and "
                     "Spanish only.")
    if len(facts.pages) > contrast.MAX_PAGES:
        notes.append(f"Contrast was checked on the first {contrast.MAX_PAGES} pages only.")
    return notes
