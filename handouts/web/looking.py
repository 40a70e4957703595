"""How a table is read: what a person chose for it, what is seen of it so, and what is remembered
for the next one with the same columns.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from handouts.errors import HandoutError, UsageError
from handouts.readers import tables
from handouts.readers.inputs import is_table
from handouts.readers.tables import Inspected, Reading, SeenColumn, inspect_table
from handouts.readers.tables.columns import OTHER_CODE, UNUSED
from handouts.readers.tables.names import ALL_COUNT
from handouts.readers.tables.reading import Mended
from handouts.system.files import write_whole
from handouts.web import tablewords
from handouts.web.batches import Order, telling_lines
from handouts.web.problems import Problem, capital, own
from handouts.web.site import Site
from handouts.web.texts import Words

# Code pages that tables come in, where they are not in Unicode.
ENCODINGS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp850", "mac_roman")
_COLUMN, _MENDED = "column.", "mended."
_WORD = re.compile(r"\d{1,7}\.\d{1,4}\.\d{1,3}", re.A)  # line, column, word
_FLAG = "flag:"
_SHOWN = 3  # rows
_MOST_KEPT = 20  # readings that are tried for a table
_LONGEST = 100  # characters of a sheet's name, or of what is read in place of a cell


class TwiceError(UsageError):
    """Two columns are said to hold the same."""


def reading_of(fields: Iterable[tuple[str, str]]) -> Reading:
    """The reading that a form asks for; UsageError for what is no choice."""
    given: dict[str, str] = {}
    columns: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    for name, value in fields:
        place = name.removeprefix(_COLUMN)
        if name in ("dates", "encoding", "sheet"):
            given[name] = value[:_LONGEST]
        elif name != place and value:
            columns[f"#{place}"] = value
        elif name.startswith(_MENDED):
            words.append((name.removeprefix(_MENDED), value[:_LONGEST]))
    if given.get("encoding", "") not in ("", *ENCODINGS):
        raise UsageError("is none of the encodings", where="encoding")
    held = [field for field in columns.values() if field not in (UNUSED, *ALL_COUNT)]
    if len({*held}) < len(held):
        raise TwiceError("two columns are given to one field")
    return Reading(columns, cast(Any, given.get("dates", "")), given.get("encoding", ""),
                   given.get("sheet", ""), *_mended(words))


def _mended(words: Iterable[tuple[str, str]]) -> tuple[Mended, frozenset[int]]:
    """What is read in place of words, by their places, and the lines that are left out."""
    mended: dict[int, dict[tuple[int, int], str]] = {}
    left_out = set[int]()
    for place, value in words:
        if not _WORD.fullmatch(place):
            raise UsageError("there is no such word", where="mended")
        line, column, word = map(int, place.split("."))
        if value == tablewords.LEFT_OUT:
            left_out.add(line)
        mended.setdefault(line, {})[column, word] = "" if value == tablewords.NONE else value
    return mended, frozenset(left_out)


def blank() -> dict[str, Any]:
    """What is seen before a file is chosen."""
    return {"columns": [], "sheets": [], "problem": None, "dates": "", "encoding": "",
            "encodings": ENCODINGS, "can_remember": False, "remembered": False, "lines": ()}


def seen(order: Order, site: Site, words: Words) -> dict[str, Any]:
    """What is seen of the one table of an order, as its reading, or the one that is remembered for
    such columns, has it read; `blank` for anything else. Raises InputError for what is no table."""
    paths = order.paths
    if len(paths) != 1 or not is_table(paths[0]):
        return blank()
    reading, is_kept = order.reading, False
    found = inspect_table(paths[0], site.pack, reading)
    if not _is_chosen(reading) and (kept := _remembered(paths[0], site)):
        (reading, found), is_kept = kept, True
    problem = None
    if found.problem is not None:
        sent = order.files[0]
        problem = own("table", tablewords.of_table(found.problem, sent.data, sent.suffix), words)
    else:
        problem = dropped(order._replace(reading=reading), site, words)
    notes = [name.partition(":")[2] for name in found.notes if name.startswith("encoding:")]
    code = reading.encoding or (notes[0] if notes else "")
    return {**blank(), "columns": [
                _column(each, reading, site, words) | {"cells": [
                    row[at] if at < len(row) else "" for row in found.rows[:_SHOWN]]}
                for at, each in enumerate(found.columns)],
            "sheets": [(name, name == found.sheet) for name in found.sheets], "problem": problem,
            "dates": reading.dates, "encoding": reading.encoding, "found": code,
            "lines": telling_lines(order.files[0].data, code) if code else (),
            "can_remember": _is_chosen(reading) and bool(_place_of(found, site)),
            "remembered": is_kept}


def dropped(order: Order, site: Site, words: Words) -> Problem | None:
    """That a column which is read by itself would not be read any more, for another one was chosen
    for what it holds: a warning may stand in it. None where no column is lost."""
    paths = order.paths
    if not order.reading.columns or len(paths) != 1 or not is_table(paths[0]):
        return None
    by_itself = inspect_table(paths[0], site.pack, replace(order.reading, columns={})).columns
    now = inspect_table(paths[0], site.pack, order.reading).columns
    for old, new in zip(by_itself, now, strict=False):
        if old.field not in ("", UNUSED, OTHER_CODE) and not new.field:
            name = old.name or words["many"]["column"].format(place=old.place)
            return own("table", "dropped", words, column=name, what=_held(old.field, site, words))
    return None


def _held(field: str, site: Site, words: Words) -> str:
    """What a column holds, in words; nothing of one that is not known."""
    flag = field.removeprefix(_FLAG)
    if flag != field:
        return capital(site.pack.words_in(site.language(words)).flags[flag].name)
    return str(words["fields"].get(field, ""))


def _column(column: SeenColumn, reading: Reading, site: Site, words: Words) -> dict[str, Any]:
    """One column: what it is called, what it holds and may hold."""
    said: Mapping[str, str] = words["fields"]
    chosen = reading.columns.get(column.key, "")
    held = (words["many"]["as_found"] if chosen
            else _held(column.field, site, words) or words["many"]["unknown"])
    likely = [*column.candidates, *(name for name in said if name not in column.candidates)]
    return {"place": column.place, "name": column.name, "is_known": bool(column.field),
            "options": [("", held, not chosen), (UNUSED, words["many"]["leave"], chosen == UNUSED),
                        *((name, said[name], chosen == name) for name in likely)]}


# -- remembered: choices by the names of columns, never a value ------------------------------------


def _is_chosen(reading: Reading) -> bool:
    return bool(reading.columns or reading.dates or reading.encoding or reading.sheet)


def _place_of(found: Inspected, site: Site) -> Path | None:
    """Where the reading of such columns is kept, by a digest of their names; None where one of them
    may be a value."""
    names = [column.name for column in found.columns]
    if site.mappings is None or not names or not all(names):
        return None
    return site.mappings / f"{hashlib.sha256(chr(0).join(names).encode()).hexdigest()[:24]}.toml"


def _remembered(path: Path, site: Site) -> tuple[Reading, Inspected] | None:
    """The reading that was kept for a table of such columns, and what is seen by it.

    Each is tried: only by it can names that nobody knows be told from somebody's values.
    """
    kept = site.mappings.glob("*.toml") if site.mappings else ()
    with suppress(OSError):
        for place in sorted(kept, key=lambda each: -each.stat().st_mtime)[:_MOST_KEPT]:
            with suppress(HandoutError):
                reading = tables.saved_reading(place)
                found = inspect_table(path, site.pack, reading)
                if _place_of(found, site) == place:
                    return reading, found
    return None


def remember(order: Order, site: Site, *, forget: bool = False) -> None:
    """Keeps the reading of an order for tables of the same columns, or drops it."""
    with suppress(OSError, HandoutError):  # a handout never waits for it
        path = _place_of(inspect_table(order.paths[0], site.pack, order.reading), site)
        if forget:
            if path is not None:
                path.unlink(missing_ok=True)
        elif path is not None and _is_chosen(order.reading):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, tables.as_toml(order.reading), private=True)


def refused(error: HandoutError, words: Words) -> Problem:
    """A choice that can't be."""
    return own("table", "twice" if isinstance(error, TwiceError) else "unknown_choice", words,
               field=words["many"]["seen"])
