"""PDF/UA-1 and PDF/A, by the library page-validation if it is installed (extra `check`)."""

import re
from collections.abc import Iterable
from importlib.util import find_spec

from handouts.check.findings import Finding

PROFILES = {"ua1": "PDF/UA-1"} | {
    level: f"PDF/A-{level}" for level in ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")}
OURS = ("ua1", "2a")  # what every handout keeps
MISSING = ("PDF/UA-1 and PDF/A-2a were not checked: pip install 'handouts[check]' brings the "
           "validator.")
_CURE = "See the clause, or make the file with handouts make."
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_PAGE = re.compile(r"\bpage (\d+)\b")
_MOST = 50  # findings of one standard


def is_installed() -> bool:
    """Whether the validator is there."""
    return find_spec("page") is not None


def problems(data: bytes, profiles: Iterable[str] = OURS) -> list[Finding]:
    """What the validator finds, for the standards of a handout or those asked for."""
    if not is_installed():
        return []
    import page

    findings: list[Finding] = []
    for profile in profiles:
        standard = PROFILES[profile]
        try:
            report = page.validate_pdf_bytes(data, profile=profile)
        except page.PageError:
            findings.append(Finding("standard", standard, None, "the validator can't read the file",
                                    "Make the file anew."))
            continue
        told = {(failure.rule_id, _safe(failure.message)) for failure in report.failures}
        findings += [Finding("standard", f"{standard} ({rule})", _page(message), message, _CURE)
                     for rule, message in sorted(told)[:_MOST]]
    return findings


def _safe(message: str) -> str:
    """The message without the quoted words, which may be a patient's."""
    return _QUOTED.sub("…", message)


def _page(message: str) -> int | None:
    match = _PAGE.search(message)
    return int(match[1]) if match else None
