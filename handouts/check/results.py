"""Files → their findings as lines for people and as objects for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handouts.check.rules import Finding
from handouts.errors import ExitCode, HandoutError
from handouts.paths import shown


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
            "file": shown(self.file), "ok": self.exit_code == ExitCode.DONE,
            "pages": self.report.pages if self.report else None,
            "findings": [asdict(finding) for finding in (
                self.report.findings if self.report else ())],
            "unchecked": list(self.unchecked), "error": error}
