"""The Unicode bidirectional algorithm (UAX #9) for one paragraph without explicit embeddings.

Embeddings, overrides and isolates are refused before (see `refusal`), so what is left is one level
run. Written here because python-bidi's public calls give only reordered text, no levels: lines
need the levels of the paragraph they were cut from. The tests hold this against python-bidi.
"""

from collections.abc import Callable, Sequence
from unicodedata import bidirectional

_STRONG = {"L": "L", "R": "R", "AN": "R", "EN": "R"}  # numbers count as R around neutrals (N1)
_PAIRS = {"(": ")", "[": "]", "{": "}", "⁽": "⁾", "₍": "₎"}
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
_UNSEEN = ("BN", "")
_BLANK = ("WS", "S", "B", "BN")
_BRACKETS_AT_MOST = 63  # BD16


def base_level(text: str) -> int:
    """1 where the first strong character is read from the right, else 0 (P2, P3)."""
    for char in text:
        kind = bidirectional(char)
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def levels(text: str) -> list[int]:
    """The level of each character of a paragraph: odd ones are read from the right."""
    if _FROM_THE_RIGHT.isdisjoint(map(bidirectional, text)):
        return [0] * len(text)
    base = base_level(text)
    edge = "LR"[base]
    kept = [at for at, char in enumerate(text) if bidirectional(char) not in _UNSEEN]
    chars = [text[at] for at in kept]
    kinds = _weak([bidirectional(char) for char in chars], edge)
    _pair_brackets(chars, kinds, edge)
    _settle_neutrals(kinds, edge)
    found = dict(zip(kept, (_level(kind, base) for kind in kinds), strict=True))
    result: list[int] = []
    for at in range(len(text)):  # what is never seen goes with what stands before it
        result.append(found.get(at, result[-1] if result else base))
    return result


def line_levels(text: str, paragraph: Sequence[int], base: int) -> list[int]:
    """The levels of a line's characters: blanks at its end and before tabs are at base (L1)."""
    result = list(paragraph)
    trailing = True
    for at in range(len(text) - 1, -1, -1):
        kind = bidirectional(text[at])
        trailing = kind in ("S", "B") or (trailing and kind in _BLANK)
        if trailing:
            result[at] = base
    return result


def visual_order(found: Sequence[int]) -> list[int]:
    """The places of a line's pieces from left to right, given their levels (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], edge: str) -> list[str]:
    """W1 to W7: marks, numbers, and the signs around numbers."""
    _follow(kinds, edge, lambda kind, before: before if kind == "NSM" else kind)
    _after_strong(kinds, edge, {("EN", "AL"): "AN"})
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        kind, sides = kinds[at], (kinds[at - 1], kinds[at + 1])
        if sides == ("EN", "EN") and kind in ("ES", "CS"):
            kinds[at] = "EN"
        elif sides == ("AN", "AN") and kind == "CS":
            kinds[at] = "AN"
    for _ in range(2):  # once for the signs after a number, once for those before
        _follow(kinds, edge, lambda kind, before: "EN" if (kind, before) == ("ET", "EN") else kind)
        kinds.reverse()
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    _after_strong(kinds, edge, {("EN", "L"): "L"})
    return kinds


def _follow(kinds: list[str], edge: str, rule: Callable[[str, str], str]) -> None:
    before = edge
    for at, kind in enumerate(kinds):
        kinds[at] = before = rule(kind, before)


def _after_strong(kinds: list[str], edge: str, changes: dict[tuple[str, str], str]) -> None:
    strong = edge
    for at, kind in enumerate(kinds):
        kinds[at] = changes.get((kind, strong), kind)
        if kind in ("L", "R", "AL"):
            strong = kind


def _pair_brackets(chars: list[str], kinds: list[str], edge: str) -> None:
    """N0: both brackets of a pair go one way, by what they enclose, else by what stands before."""
    marks = [bidirectional(char) == "NSM" for char in chars]
    for first, last in _bracket_pairs(chars, kinds):
        inside = {_STRONG.get(kind) for kind in kinds[first + 1:last]} - {None}
        if not inside:
            continue
        before = next((_STRONG[kind] for kind in reversed(kinds[:first]) if kind in _STRONG), edge)
        way = before if edge not in inside else edge
        for at in (first, last):
            kinds[at] = way
            while (at := at + 1) < len(kinds) and marks[at]:
                kinds[at] = way


def _bracket_pairs(chars: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if kinds[at] != "ON":
            continue
        if char in _PAIRS:
            if len(waiting) == _BRACKETS_AT_MOST:
                break
            waiting.append((_PAIRS[char], at))
        else:
            depth = next((deep for deep in range(len(waiting) - 1, -1, -1)
                          if waiting[deep][0] == char), None)
            if depth is not None:
                found.append((waiting[depth][1], at))
                del waiting[depth:]
    return sorted(found)


def _settle_neutrals(kinds: list[str], edge: str) -> None:
    """N1, N2: neutrals between two of one direction take it, others that of the paragraph."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] not in _STRONG:
            end += 1
        before = _STRONG[kinds[start - 1]] if start else edge
        after = _STRONG[kinds[end]] if end < len(kinds) else edge
        kinds[start:end] = [before if before == after else edge] * (end - start)
        start = end + 1
