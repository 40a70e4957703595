"""What is wrong with a finished PDF: any PDF in, findings with clause, page and cure out.

`problems(pdf)` gives the findings, `check(pdf)` the same with what was not checked and why: both
work here, without bounds of time. `check_files` is for files of strangers, which may draw, unpack
or repeat without end: each is checked in a child process, within bounds.
Broken files are read as far as they go; one that can't be opened is an InputError.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from handouts.check.findings import RULES, Checked, Finding, Report, fault
from handouts.errors import InputError
from handouts.system.limits import Child, PastBounds

__all__ = ["RULES", "Checked", "Finding", "Report", "check", "check_files", "problems"]


def problems(source: bytes | Path) -> tuple[Finding, ...]:
    """All that is wrong with a PDF; InputError if it can't be opened."""
    return check(source).findings


def check(source: bytes | Path, pack: Path | None = None) -> Report:
    """The findings of a PDF of a pack (a folder; without one, the default pack) and what was not
    checked; InputError if it can't be opened."""
    from handouts.check.stages import parts

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
    from handouts.check.stages import IN_ORDER, parts

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
