"""Is all that is painted either tagged or an artifact, and could the pages be read at all?"""

from handouts.check.facts import Facts
from handouts.check.rules import Finding, counted, found


def problems(facts: Facts) -> list[Finding]:
    """Pages that paint outside marked content, and what could not be read."""
    findings = []
    if facts.opened.mended:
        findings.append(found("damaged", None, "the file is damaged and was mended for reading"))
    if not facts.pages:
        findings.append(found("no-pages", None, "the file has no page"))
    if facts.opened.page_count > len(facts.pages):
        findings.append(found("too-big", None, f"only the first {len(facts.pages)} of "
                              f"{facts.opened.page_count} pages were read"))
    for page in facts.pages:
        if page.broken:
            findings.append(found("content", page.number, "part of the content can't be read"))
        if page.cut:
            findings.append(found("too-big", page.number, "the content goes on beyond what is "
                                  "read"))
    if facts.tree is None:
        return [*findings, found("untagged", None, "there is no structure tree")]
    return [*findings, *facts.tree.findings, *_bare(facts)]


def _bare(facts: Facts) -> list[Finding]:
    findings = []
    for page in facts.pages:
        strings = sum(1 for show in page.shows if not show.mark.tagged)
        paints = sum(1 for paint in page.paints if not paint.mark.tagged)
        if strings or paints:
            findings.append(found(
                "untagged-paint", page.number, f"{counted(strings, 'string')} and "
                f"{counted(paints, 'path or picture', 'paths or pictures')} outside tags and "
                "artifacts"))
    return findings
