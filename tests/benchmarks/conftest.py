"""The table that benchmarks fill."""

import os
import platform
from pathlib import Path

import pytest
from measuring import processor

GUIDE = Path(__file__).parents[2] / ".github" / "CONTRIBUTING.md"
HEAD = ["| what | measured | ratio | promise |", "|---|---:|---:|---:|"]


@pytest.fixture(scope="session")
def table(request):
    """The rows of the table, printed and, with --update-refs, written when all are measured.

    A row that this run does not measure stays as it was.
    """
    rows = {}
    yield rows
    text = GUIDE.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- benchmarks -->\n")
    before, _, tail = rest.partition("<!-- end -->\n")
    kept = {line.split(" | ")[0].removeprefix("| "): line for line in before.splitlines()
            if line.startswith("| ") and line not in HEAD}
    measured = {what: f"| {what} | {' | '.join(cells)} |" for what, cells in rows.items()}
    lines = [*HEAD, *(kept | measured).values(), "",
             f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
             f"{platform.system()}; four pages, Letter."]
    print("\n" + "\n".join(lines))
    if request.config.getoption("--update-refs"):
        told = "\n".join(lines)
        GUIDE.write_text(f"{head}<!-- benchmarks -->\n{told}\n<!-- end -->\n{tail}",
                          encoding="utf-8")
