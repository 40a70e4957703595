"""The words of the page itself, a TOML file a language; what a handout says is in the pack."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from handouts import paths
from handouts.errors import PackError
from handouts.pack.reading import read_toml

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([0-9.]{1,5}))?\s*")
FALLBACK = "en"
Words = Mapping[str, Any]


@cache
def all_words() -> dict[str, Words]:
    """The words of every language that the page speaks, the first one first."""
    problems: list[str] = []
    files = sorted((paths.data_folder("templates") / "web" / "words").glob("*.toml"))
    read = {file.stem: read_toml(file, problems) for file in files}
    if problems or FALLBACK not in read:
        raise PackError("the words of the page can't be read", where="templates/web/words",
                        problems=problems)
    return {name: table for name, table in read.items() if table is not None}


def language_of(asked: str, accepted: str) -> str:
    """The page's language: the one asked for, else the best of an Accept-Language header."""
    known = all_words()
    if asked in known:
        return asked
    wanted = [_TAG.fullmatch(part) for part in accepted[:200].split(",")]
    ranked = sorted((found for found in wanted if found), key=_weight, reverse=True)
    names = (found[1].lower() for found in ranked)
    return next((name for name in names if name in known), FALLBACK)


def _weight(found: re.Match[str]) -> float:
    try:
        return float(found[2] or 1)
    except ValueError:
        return 0.0
