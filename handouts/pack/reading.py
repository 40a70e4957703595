"""TOML files read into typed structs, with every problem of a file told, not just the first.

msgspec stops at the first fault of a value; here each field is converted by itself, so that a
translator or a practice sees the whole list at once: file, field, what is wrong.
"""

import re
import stat
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec

from handouts.errors import reason
from handouts.paths import shown

T = TypeVar("T")
LARGEST = 1 << 20  # bytes: more than anybody writes by hand
_KEPT = (date, datetime, time)  # TOML's own types, which msgspec would turn into text
_KINDS = {str: "text, in quotes", int: "a whole number", bool: "true or false",
          date: "a date such as 2026-11-23", tuple: "a list"}


def read_toml(path: Path, problems: list[str]) -> dict[str, Any] | None:
    """The tables of a TOML file; None, with a line in `problems`, if it can't be read."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a device has no end, and a pipe waits for its writer
            problem = "is not a file"
        elif state.st_size > LARGEST:
            problem = f"is over {LARGEST >> 20} MB"
        else:
            return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = "the file is missing"
    except (ValueError, RecursionError) as error:
        problem = toml_fault(error)
    except OSError as error:
        problem = f"can't be read ({reason(error)})"
    problems.append(f"{shown(path.parent.name)}/{shown(path.name)}: {problem}")
    return None


def toml_fault(error: ValueError | RecursionError) -> str:
    """Why a text is no TOML, and where."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8 text; save it as UTF-8"
    if isinstance(error, RecursionError):
        return "too deeply nested; write it flatter"
    found = re.search(r"\(at (line \d+, column \d+|end of document)\)$", str(error))
    place = f", at {found[1].replace('end of document', 'its end')}" if found else ""
    return f"not written as TOML is{place}; mend that place"


def convert(data: object, shape: type[T], where: str, problems: list[str]) -> T | None:
    """`data` as a `shape`, or None after telling each of its problems in `problems`."""
    if (made := _faultless(data, shape)) is not None:
        return made
    before = len(problems)
    ready = _prepared(data, shape, where, problems)
    if len(problems) > before:
        return None
    try:
        return msgspec.convert(ready, shape, strict=True)
    except msgspec.ValidationError:
        problems.append(f"{where}: must be {kind_in_words(shape)}")
        return None


def _faultless(data: object, shape: type[T]) -> T | None:
    """`data` as a `shape` where nothing is wrong with it, which takes a tenth of the time."""
    try:
        made = msgspec.convert(data, shape, strict=True)
    except msgspec.ValidationError:
        return None
    read = msgspec.to_builtins(made, builtin_types=_KEPT)
    return made if _is_all_in(data, read) else None  # msgspec passes unknown fields over


def _is_all_in(data: object, read: Any) -> bool:
    """Whether each field of `data` was read."""
    if isinstance(data, Mapping):
        return all(key in read and _is_all_in(value, read[key]) for key, value in data.items())
    return not isinstance(data, list) or all(map(_is_all_in, data, read))


def _prepared(data: object, shape: Any, where: str, problems: list[str]) -> object:
    """`data` with its nested structs converted, so that the last step only joins them."""
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return _fields(data, shape, where, problems)
    if get_origin(shape) is dict and isinstance(data, Mapping):
        inner = get_args(shape)[1]
        return {key: _value(value, inner, f"{where}.{key}", problems)
                for key, value in data.items()}
    if get_origin(shape) is tuple and isinstance(data, list):
        inner = get_args(shape)[0]
        return [_value(value, inner, f"{where}[{at}]", problems) for at, value in enumerate(data)]
    return data


def _value(data: object, shape: Any, where: str, problems: list[str]) -> object:
    made = convert(data, shape, where, problems)
    return data if made is None else msgspec.to_builtins(made, builtin_types=_KEPT)


def _fields(data: object, shape: type[msgspec.Struct], where: str, problems: list[str]) -> object:
    if not isinstance(data, Mapping):
        problems.append(f"{where}: a table is expected")
        return data
    known = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    for key in sorted(data.keys() - known.keys()):
        near = get_close_matches(key, known, n=1)
        cure = f"; did you mean '{near[0]}'?" if near else f"; known: {', '.join(sorted(known))}"
        problems.append(f"{where}.{key}: unknown field{cure}")
    for name, field in known.items():
        if field.required and name not in data:
            problems.append(f"{where}.{name}: missing")
    return {key: _value(value, known[key].type, f"{where}.{key}", problems)
            for key, value in data.items() if key in known}


def kind_in_words(shape: Any) -> str:
    """What a value must be, as the author of a file knows it."""
    kind, inside = get_origin(shape) or shape, get_args(shape)
    if kind is UnionType:
        return kind_in_words(inside[0])
    if kind is Annotated:
        return str(inside[1].description)
    if kind is Literal:
        return "one of " + ", ".join(f"'{choice}'" for choice in inside)
    if kind is tuple and inside[-1] is not ...:
        return f"a list of {len(inside)}, each {kind_in_words(inside[0])}"
    return _KINDS.get(kind, "a table")
