"""The check digit of SNOMED CT ids, by Verhoeff: the judge of the pack's tables."""

# Verhoeff's dihedral group D5 and its permutations.
_MULTIPLY = [[(a + b) % 5 if a < 5 and b < 5 else
              (a + b) % 5 + 5 if a < 5 else
              (a - b) % 5 + 5 if b < 5 else (a - b) % 5
              for b in range(10)] for a in range(10)]
_FIRST = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]


def _permutations() -> list[list[int]]:
    rows = [list(range(10))]
    for _ in range(7):
        rows.append([rows[-1][digit] for digit in _FIRST])
    return rows


_PERMUTE = _permutations()


def is_snomed_id(code: str) -> bool:
    """Whether a SNOMED CT id has the right form: 6 to 18 digits that pass the Verhoeff check."""
    if not (code.isascii() and code.isdecimal() and 6 <= len(code) <= 18):
        return False
    check = 0
    for at, digit in enumerate(reversed(code)):
        check = _MULTIPLY[check][_PERMUTE[at % 8][int(digit)]]
    return check == 0
