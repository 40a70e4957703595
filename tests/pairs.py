"""A sample of all combinations in which every two values meet; no tests here."""

from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import Any

Row = tuple[Any, ...]


def pairwise(*factors: Sequence[Any], fits: Callable[..., bool] = lambda *_: True) -> list[Row]:
    """Rows of a value from each factor in which every two values meet that can.

    `fits` says whether a combination can be. The rows are the same in every run.
    """
    rows = [row for row in product(*factors) if fits(*row)]
    missing = {pair for row in rows for pair in _pairs(row)}
    sample = []
    for most in range(len(factors) * (len(factors) - 1) // 2, 0, -1):
        for row in rows:  # those first that bring the most new pairs
            new = missing.intersection(_pairs(row))
            if len(new) >= most:
                sample.append(row)
                missing -= new
    return sample


def _pairs(row: Row) -> list[tuple[Any, ...]]:
    return list(combinations(enumerate(row), 2))
