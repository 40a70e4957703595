"""The files of the veraPDF corpus that keep their standard: none may get a fault.

HANDOUTS_VERAPDF_CORPUS names a checkout of https://github.com/veraPDF/veraPDF-corpus.
"""

import os
from pathlib import Path

import pytest

from handouts.check import check_files

CORPUS = Path(os.environ.get("HANDOUTS_VERAPDF_CORPUS", "nowhere"))
FOLDERS = ("PDF_UA-1", "PDF_A-1a", "PDF_A-1b", "PDF_A-2a", "PDF_A-2b", "PDF_A-2u", "PDF_A-3b")
# PDF_UA-1, PDF_A-2a, -2b and -2u held 541 such files at commit 910b2ca of 4 June 2025.
# One has a form at the limits of PDF/A-1 (6.1.12): our reader leaves it out, and says so.
KNOWN = {"veraPDF test suite 6-1-12-t08-pass-c.pdf"}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(),
                                reason="HANDOUTS_VERAPDF_CORPUS names no folder")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_file_that_keeps_its_standard_gets_no_fault(folder: str) -> None:
    files = sorted((CORPUS / folder).rglob("*pass*.pdf"))
    found = {}
    for checked in check_files(files):
        report = checked.report
        faults = ["not opened"] if report is None else [
            f"{finding.rule}: {finding.problem}" for finding in report.findings
            if finding.weight == "fault"]
        if faults and checked.file.name not in KNOWN:
            found[checked.file.relative_to(CORPUS).as_posix()] = faults

    print(f"{folder}: {len(files)} files, {len(found)} with faults")
    assert found == {}
