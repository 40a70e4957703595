"""Every rule that a finished PDF is held against: its clause and its cure, in one table."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from handouts.errors import ExitCode, HandoutError
from handouts.paths import in_json, shown

Weight = Literal["fault", "advice"]


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a PDF; `page` counts from 1. Advice alone leaves the exit code at 0."""

    rule: str
    clause: str
    page: int | None
    problem: str
    cure: str
    weight: Weight = "fault"


@dataclass(frozen=True)
class Rule:
    """Where a rule comes from, and how a fault against it is mended."""

    clause: str
    cure: str
    weight: Weight = "fault"


_TREE = "Make the structure tree anew from the program that wrote the page."
_UA_CONTENT = "PDF/UA-1 7.1"
_PRINT = "clear print: "
_OWN = "our own rule: "
# What counts whatever a file says that it keeps: it can't be read, or not by everybody.
_ALWAYS = {"damaged", "too-big", "too-long", "no-pages", "content"}

RULES = {
    # The file.
    "damaged": Rule("ISO 32000-1 7.5", "Make the file anew; it was cut or changed on its way."),
    "too-big": Rule("check: limits", "Check a smaller part of the file; the rest was not read."),
    "too-long": Rule("check: limits", "Check a smaller part of the file, or make it anew."),
    "no-pages": Rule("ISO 32000-1 7.7.3", "Make the file anew; it holds no page."),
    "content": Rule("ISO 32000-1 7.8.2", "Make the page anew; its content can't be read."),
    "title": Rule("PDF/UA-1 7.1", "Give the document a title in Info and XMP."),
    "language": Rule(_OWN + "one language for all",
                     "Set /Lang of the catalogue, such as en or es-US."),
    "info-xmp": Rule(_OWN + "Info like XMP",
                     "Write the same title, dates and names into Info and XMP."),
    # Tags and their content.
    "scan": Rule(_UA_CONTENT,
                 "Run OCR, so that the text can be read aloud, searched and enlarged."),
    "untagged": Rule(_UA_CONTENT, "Write the file as tagged PDF."),
    "tree": Rule("ISO 32000-1 14.7.2", _TREE),
    "mcid-unclaimed": Rule(_UA_CONTENT, "Put it into an element, or mark it an artifact."),
    "mcid-absent": Rule("ISO 32000-1 14.7.4", "Point the element at content that is there."),
    "mcid-wrong": Rule("ISO 32000-1 14.7.4", "Give the element the MCID of its own content."),
    "mcid-shared": Rule("ISO 32000-1 14.7.4", "Let one element alone hold each MCID."),
    "mcid-repeated": Rule("ISO 32000-1 14.7.4.2", "Use each MCID once on its page."),
    "struct-parents": Rule("ISO 32000-1 14.7.4.4", "Give the page a StructParents of its own."),
    "parent-tree": Rule("ISO 32000-1 14.7.4.4", "Point the ParentTree entry at the element that "
                        "holds the content."),
    "link": Rule("PDF/UA-1 7.18.5", "Put the link into a Link element, and name that in the "
                 "ParentTree."),
    "untagged-paint": Rule(_UA_CONTENT, "Tag it, or mark it as an artifact."),
    "order": Rule(_OWN + "reading order", "Put the elements in the order in which a "
                  "person reads the page."),
    # What the tags say.
    "h1": Rule(_OWN + "one H1", "Use one H1, the document's title, before all other headings."),
    "heading-level": Rule("PDF/UA-1 7.4.2", "Step down one heading level at a time."),
    "heading-as-p": Rule(_OWN + "headings", "Tag it as a heading of its level."),
    "nesting": Rule("ISO 32000-1 14.8.4.3", "Put the element where the standard allows it."),
    "alt": Rule("PDF/UA-1 7.3", "Say in a sentence what the picture shows."),
    "alt-words": Rule(_OWN + "alternative texts", "Say in a sentence what the picture shows."),
    "alt-same": Rule(_OWN + "alternative texts",
                     "Say of each picture what it shows, or mark it an artifact."),
    # Text.
    "no-unicode": Rule("PDF/UA-1 7.21.7", "Give the font a ToUnicode map with all characters."),
    "replacement": Rule(_OWN + "characters", "Write the character that is meant, not U+FFFD."),
    "private": Rule("PDF/A-2 6.2.11.7.3", "Give ActualText to characters of private use."),
    "notdef": Rule("PDF/UA-1 7.21.8", "Use a font that has the character."),
    "to-unicode": Rule(_OWN + "characters", "Make ToUnicode say what the glyphs show."),
    "not-embedded": Rule("PDF/UA-1 7.21.4.1", "Embed the font."),
    # What the eye gets.
    "type-size": Rule(_PRINT + "type size", "Set all text in 12 points or more."),
    "contrast": Rule("WCAG 2.2, 1.4.3", "Use colours with a contrast of 4.5:1 or more."),
    "contrast-body": Rule("WCAG 2.2, 1.4.6", "Use 7:1 or more for running text.", "advice"),
    "line-length": Rule(_PRINT + "line length", "Keep lines to 75 characters; 60 to 70 is best."),
    "justified": Rule(_PRINT + "alignment", "Align running text left."),
    "centred": Rule(_PRINT + "alignment", "Align running text left."),
    "reading-grade": Rule(_OWN + "grade", "Use shorter sentences and plainer words: "
                          "grade 6 at most."),
    "disclaimer": Rule(_OWN + "disclaimer", "Print the short disclaimer at the foot of every "
                       "page; handouts make does."),
}


def fault(rule: str, page: int | None, problem: str) -> Finding:
    """The finding against a rule of the table."""
    at = RULES[rule]
    return Finding(rule, at.clause, page, problem, at.cure, at.weight)


def weighed(finding: Finding, kept: frozenset[str]) -> Finding:
    """A finding as it counts on a file of another program that is held to these standards: what
    none of their clauses asks is advice."""
    asked = finding.rule in _ALWAYS or any(finding.clause.startswith(name) for name in kept)
    return finding if asked else replace(finding, weight="advice")


def counted(number: int, one: str, many: str = "") -> str:
    """'1 block', '3 blocks'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@dataclass(frozen=True)
class Report:
    """The findings of one PDF, and what was not checked."""

    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...]
    pages: int

    @property
    def is_good(self) -> bool:
        """Nothing found but advice."""
        return all(finding.weight == "advice" for finding in self.findings)


@dataclass(frozen=True)
class Checked:
    """One file with its report, or with the error that kept it from being opened."""

    file: Path
    report: Report | None
    error: HandoutError | None = None

    @property
    def exit_code(self) -> ExitCode:
        """The exit code for this file alone."""
        if self.error is not None:
            return ExitCode(self.error.exit_code)
        good = self.report is not None and self.report.is_good
        return ExitCode.DONE if good else ExitCode.FINDINGS

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What was not checked, and why."""
        return self.report.unchecked if self.report else ()

    def lines(self) -> Iterator[str]:
        """A line for each finding, or one that says there is none."""
        if self.report is None:
            return
        if not self.report.findings:
            yield f"{shown(self.file)}: nothing found"
        for finding in self.report.findings:
            page = f" page {finding.page}:" if finding.page else ""
            advice = " advice:" if finding.weight == "advice" else ""
            yield (f"{shown(self.file)}:{page}{advice} {finding.problem}"
                   f" [{finding.rule}, {finding.clause}]. {finding.cure}")

    def as_dict(self) -> dict[str, Any]:
        """The same for a program; the keys are a promise."""
        error = self.error and {"problem": self.error.problem, "cure": self.error.cure}
        return {
            "file": in_json(self.file), "ok": self.exit_code == ExitCode.DONE,
            "pages": self.report.pages if self.report else None,
            "findings": [asdict(finding) for finding in (
                self.report.findings if self.report else ())],
            "unchecked": list(self.unchecked), "error": error}
