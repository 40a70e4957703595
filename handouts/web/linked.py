"""What a record system's link says of a problem list → a form with the most cautious cause chosen.

`/?code=M17.12,Z79.01` is of somebody's whole list: one code chooses the cause, the others tick what
they warn of, as several codes in a cell of a table do.
"""

import re
from collections.abc import Iterable, Mapping

from handouts.errors import HandoutError
from handouts.readers.tables.beside import CellDiagnosis
from handouts.readers.tables.diagnosis import RowSays, diagnosis
from handouts.request.request import Request
from handouts.web import tablewords
from handouts.web.form import CODE, Form
from handouts.web.site import Site
from handouts.web.texts import Words

_MOST = 100  # codes of a link
_BETWEEN = re.compile(r"[,;|\s]+")


def form_of(codes: Iterable[str], site: Site) -> tuple[Form, Mapping[str, int]]:
    """The form that codes or a name lead to, and what of them was not used by its kind.

    What no code can be told of stands in the field as it came, for a person to see.
    """
    text = "; ".join(code.strip() for code in codes if code.strip())
    parts = [part for part in _BETWEEN.split(text) if part][:_MOST]
    if len(parts) < 2 or site.diagnoses.known(text) is not None:
        return Form(diagnosis=text), {}
    try:
        asked = diagnosis({"code": "; ".join(parts)}, site.pack, Request(""), RowSays())
    except HandoutError:
        return Form(diagnosis=text), {}
    return _filled(asked, parts, site), asked.unused


def _filled(asked: CellDiagnosis, parts: Iterable[str], site: Site) -> Form:
    """A form that the first code of the cause fills, or its name where several say its side."""
    known = {part: site.diagnoses.known(part) for part in parts}
    own = next((part for part, found in known.items() if found is not None
                and (found.cause, found.side or asked.side) == (asked.cause, asked.side)), "")
    found = known.get(own)
    fixed = found.flags if found is not None else ()
    beside = tuple(flag for flag in asked.flags if flag not in fixed)
    return Form(diagnosis=own or asked.cause, side=asked.side, side_by=CODE if own else "",
                flags=beside, earlier=beside)


def told(unused: Mapping[str, int], words: Words) -> str:
    """What of a link's codes was not used, or nothing."""
    lines = tablewords.of_unused(unused, words)
    return f"{words['many']['unused']} {'; '.join(lines)}." if lines else ""
