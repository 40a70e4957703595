"""The addresses of handouts on a server: what is printed, and never a word about a patient.

    /handouts/gout.pdf?side=right&flag=anticoagulant&lang=es&paper=a4&format=large-print

Nobody who follows a link has examined them, so what they name is always the screened handout.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import parse_qsl, urlencode

from handouts.errors import InputError
from handouts.request.look import Edition, Format
from handouts.request.request import Request, Side

Form = Literal["pdf", "html"]
TYPES: dict[Form, str] = {"pdf": "application/pdf", "html": "text/html"}  # by form
INFOBUTTON = "/infobutton"  # where the responder answers

_PATH = re.compile(r"/handouts/(?P<cause>[a-z][a-z0-9-]{0,59})\.(?P<form>pdf|html)")
_VALUES = {
    "side": re.compile("left|right|both"),
    "flag": re.compile("[a-z][a-z0-9-]{0,59}"),
    "lang": re.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}"),
    "paper": re.compile("letter|a4"),
    "format": re.compile("large-print"),
    "edition": re.compile("sheet|standard|full"),
}
_FIELDS_AT_MOST = 40


@dataclass(frozen=True)
class Address:
    """What an address names; flags in the order given."""

    cause: str
    side: Side = ""
    flags: tuple[str, ...] = ()
    language: str = ""
    paper: str = ""
    format: Format = ""
    form: Form = "pdf"
    edition: Edition | Literal[""] = ""

    @property
    def request(self) -> Request:
        """The request for what is at this address."""
        return Request(self.cause, side=self.side, flags=self.flags, language=self.language,
                       paper=self.paper, format=self.format, edition=self.edition)


def written(address: Address) -> str:
    """The path and query of an address."""
    query = [("side", address.side), *(("flag", flag) for flag in address.flags),
             ("lang", address.language), ("paper", address.paper), ("format", address.format),
             ("edition", address.edition)]
    given = urlencode([(name, value) for name, value in query if value])
    return f"/handouts/{address.cause}.{address.form}" + (given and f"?{given}")


def read(target: str) -> Address:
    """The address that a path and query write; InputError for whatever is none.

    Whether there is such a cause, flag or language is for the pack to say.
    """
    path, _, query = target.partition("?")
    found = _PATH.fullmatch(path)
    if found is None:
        raise _refused("is not the address of a handout")
    values = _values(query)
    one = {name: given[0] for name, given in values.items() if name != "flag"}
    return Address(
        found["cause"], cast(Side, one.get("side", "")), tuple(values.get("flag", ())),
        one.get("lang", ""), one.get("paper", ""), cast(Format, one.get("format", "")),
        cast(Form, found["form"]), cast(Edition, one.get("edition", "")))


def _values(query: str) -> dict[str, list[str]]:
    """The values of a query by their name; each once but flags, which differ."""
    values: dict[str, list[str]] = {}
    for name, value in _pairs(query):
        if name not in _VALUES or not _VALUES[name].fullmatch(value):
            raise _refused("holds something that is not about a handout")
        if value in values.get(name, []) or (name in values and name != "flag"):
            raise _refused("says something twice")
        values.setdefault(name, []).append(value)
    return values


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query),
                         max_num_fields=_FIELDS_AT_MOST)
    except ValueError:
        raise _refused("can't be read") from None


def _refused(problem: str) -> InputError:
    return InputError(problem, where="address",
                      cure=f"An address looks like {written(Address('gout', 'left'))}.")
