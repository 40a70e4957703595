"""Rows → the names of their files: a pattern filled, made safe, never outside the folder."""

import re
import unicodedata
from collections.abc import Iterable
from string import Formatter

from handouts.errors import InputError, UsageError
from handouts.request.request import Request
from handouts.system.files import DEVICE, folded

DEFAULT = "{number}-{cause}"
FIELDS = ("number", "cause", "id")
_LONGEST = 200  # bytes: far enough under 255, the common limit, also where it is copied to
_ANY = "00000"  # a number, where it stands for each
_UNSAFE = re.compile(r"[^\w.-]+")


class Names:
    """Names of one pattern; UsageError for a pattern that can't tell rows apart."""

    def __init__(self, pattern: str = DEFAULT) -> None:
        fields = _fields(pattern)
        if not {"number", "id"} & set(fields):
            raise UsageError("would give many rows the same name", where="--name",
                             cure="Use {number} or {id} in it.")
        self._pattern = pattern
        self.are_plain = "id" not in fields  # made of nothing that is a patient's
        self._reserved: dict[str, str] = {}

    def could_be(self, name: str, causes: Iterable[str]) -> bool:
        """Whether a row's file may have a name, as far as that can be known before its id is."""
        if not self.are_plain:
            return False
        filled = (_safe(self._pattern.format(number=_ANY, cause=cause)) for cause in causes)
        return any(re.fullmatch(re.escape(f"{each}.pdf").replace(_ANY, "[0-9]{5,}"), name,
                                re.IGNORECASE) for each in filled)

    def reserve(self, name: str, what: str) -> None:
        """Keeps a name from the rows: what has it is not a row's."""
        self._reserved[folded(name)] = what

    def name(self, number: int, request: Request) -> str:
        """The name of a row's file; InputError where its id is needed and empty."""
        if not self.are_plain and not _safe(request.patient.id):
            raise InputError("is empty, and the file's name is made from it", where="id",
                             cure="Give the row an id, or leave {id} out of --name.")
        filled = self._pattern.format(number=f"{number:05}", cause=request.cause,
                                      id=_safe(request.patient.id))
        name = _safe(filled)
        if DEVICE.match(name):
            name = f"_{name}"
        if len(name.encode()) > _LONGEST:
            raise InputError("makes a file name that is too long", where="id",
                             cure="Shorten the id, or use {number} in --name.")
        if what := self._reserved.get(folded(f"{name}.pdf")):
            raise InputError(f"its file would have the name of another: {what}", where="id",
                             cure="Lay that one outside the folder, or use {number} in --name.")
        return f"{name}.pdf"


def _fields(pattern: str) -> list[str]:
    """The fields of a pattern; UsageError for one that there is not, or that is written wrong."""
    try:
        parts = [part[1:] for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        parts = [("", "", None)]
    if any(name not in FIELDS or form or change for name, form, change in parts):
        raise UsageError("is no pattern for file names", where="--name",
                         cure="Write it with {number}, {cause} or {id}, such as '{number}-{id}'.")
    return [str(name) for name, _, _ in parts]


def _safe(text: str) -> str:
    """Letters, digits, dots and hyphens; never a path, a hidden name or an ending of spaces."""
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-.")
