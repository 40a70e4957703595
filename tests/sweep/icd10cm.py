"""The table of ICD-10-CM codes, made from the pack's families and the whole classification.

A family is a code with all that stands below it; a code belongs to the nearest family above it. A
header (a code with others below) stands for a cause only if all codes below it, whatever joint they
name, do; one of the joints or of injuries of which only some do asks, by the most cautious of them.
"""

import warnings
from collections.abc import Iterator

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it reads its data in an old way
    import simple_icd_10_cm as icd

FIELDS = ("cause", "code", "side", "encounter", "ask", "description")
ENCOUNTERS = {**dict.fromkeys("ABC", "new"), **dict.fromkeys("KMN", "not-united"),
              **dict.fromkeys("DEFGHJPQR", "healing"), "S": "late"}
ASKING = ("M", "S")  # the chapters of joints and injuries; A54 alone tells of no joint
SIDES = ("right", "left", "bilateral", "unspecified")
Row = dict[str, str]


def table(families: list[Row], ranks: dict[str, int]) -> list[Row]:
    """The rows by cause, then code; `ranks` of the causes, 1 the most cautious."""
    by_family = {row["family"]: row for row in families}
    leaves = {code: _leaf(code, by_family) for family in by_family for code in _leaves(family)}
    headers = {header for code in leaves for header in icd.get_ancestors(code)
               if icd.is_category_or_subcategory(header)}
    rows = [*leaves.values(), *(_header(code, leaves, ranks) for code in headers)]
    rows = [row for row in rows if not row["ask"] or row["code"] in leaves
            or row["code"].startswith(ASKING)]
    return sorted(rows, key=lambda row: (row["cause"], row["code"]))


def _leaves(code: str) -> Iterator[str]:
    return (below for below in (code, *icd.get_descendants(code)) if icd.is_leaf(below))


def _leaf(code: str, families: dict[str, Row]) -> Row:
    family = next(families[above] for above in (code, *icd.get_ancestors(code))
                  if above in families)
    return _row(family["cause"], code, _side(code), _encounter(code), family["ask"])


def _header(code: str, leaves: dict[str, Row], ranks: dict[str, int]) -> Row:
    below = [leaves.get(leaf) for leaf in _leaves(code)]
    known = [row for row in below if row]
    causes = {row["cause"] for row in known}
    whole = len(known) == len(below)
    fixed = whole and len(causes) == 1 and not any(row["ask"] for row in known)
    sides = {row["side"] for row in known}
    side = sides.pop() if whole and len(sides) == 1 else ""
    return _row(min(causes, key=lambda cause: ranks[cause]), code, side, "",
                "" if fixed else "ask")


def _row(cause: str, code: str, side: str, encounter: str, ask: str) -> Row:
    return dict(zip(FIELDS, (cause, code, side, encounter, ask,
                             icd.get_description(code).strip()), strict=True))


def _side(code: str) -> str:
    """The side that the official text names; a tab in it ends what is said of the code itself."""
    words = icd.get_description(code).lower().replace(",", " ").split()
    return next((side for side in SIDES if side in words), "none")


def _encounter(code: str) -> str:
    """What the seventh character tells, for codes of injuries and fractures."""
    last = code.replace(".", "")[6:]
    return ENCOUNTERS.get(last, "")
