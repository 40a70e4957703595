"""What is wrong with a finished PDF: any PDF in, findings with clause, page and cure out.

`problems(pdf)` gives the findings, `check(pdf)` the same with what was not checked and why: both
work here, without bounds of time. `check_files` is for files of strangers, which may draw, unpack
or repeat without end: each is checked in a child process, within bounds.
Broken files are read as far as they go; one that can't be opened is an InputError.
"""

from handouts.check.findings import RULES, Checked, Finding, Report
from handouts.check.stages import check, check_files, problems

__all__ = ["RULES", "Checked", "Finding", "Report", "check", "check_files", "problems"]
