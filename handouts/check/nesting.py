"""Elements that may only stand in certain others (ISO 32000-1, 14.8.4)."""

from handouts.check.facts import Facts
from handouts.check.rules import Finding, found

_INSIDE = {
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "Note", "FENote", "TOCI", "BibEntry", "Reference", "Caption", "Formula", "Form"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
_ONLY = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}


def problems(facts: Facts) -> list[Finding]:
    """Elements of lists and tables that stand where they may not."""
    findings = []
    for element in facts.tree.elements if facts.tree else ():
        above = element.parent.kind if element.parent else ""
        if element.kind in _INSIDE and above not in _INSIDE[element.kind]:
            findings.append(found("nesting", element.first_page,
                                  f"{element.label} stands in {above or 'the root'}"))
        elif above in _ONLY and element.kind not in _ONLY[above]:
            findings.append(found("nesting", element.first_page,
                                  f"{above} holds {element.label}"))
    return findings
