"""The name of a column → the flag that it is named after, or whether it may tell of one."""

import re

from handouts.coding.named import said_beside
from handouts.errors import UsageError
from handouts.pack.naming import id_of, names_of, plain
from handouts.pack.pack import Pack

CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
IN_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
# What stands before a flag in the name of a column of yes and no.
_ASKED = re.compile(r"(?:(?:is|are|on|has|had|takes|taking|currently|current|any|known)\s+)+", re.I)
# What stands behind it, and says no more than when.
_NOW = re.compile(r"(?:\s+(?:today|now|currently|at present|this (?:week|visit)|hoy|ahora"
                  r"|actualmente|esta semana))+\W*$", re.I)
_HISTORY = re.compile(r"\b(?:hx|h/o|hist)(?: of)?\s+", re.I)
# What says that a column is of risks, whichever they are.
_RISKS = re.compile(r"\b(?:risks?|red flags?|precautions?|contra-?indicat\w*|allerg\w+|riesgos?"
                    r"|banderas? rojas?|precauci[oó]n\w*|contraindicac\w+|al[eé]rgi\w+)\b", re.I)
_SHORTEST = 4  # letters of a first word by which a name of a flag is known


def flag_of(pack: Pack, name: str) -> str:
    """The flag that a column is named after, as in `On blood thinner? (Y/N)`, or nothing."""
    text = _plain_heading(name)
    bare = _ASKED.sub("", text.strip())
    for short in (text, bare, _NOW.sub("", bare)):
        try:
            found = id_of(pack, "flags", short)
        except UsageError:  # it may be more than one
            continue
        if found in pack.structure.flags:
            return found
    return ""


def warns(pack: Pack, name: str) -> bool:
    """Whether the name of a column tells of risks, or of a flag, a medicine or something urgent
    without being a flag's name: all words of one of its names stand in it, in any order."""
    text = _plain_heading(name)
    said = said_beside(pack, [text])
    words = {*plain(text).split()}
    return bool(said.flags or any(pack.cause(each).screened_wait for each in said.causes)
                or _RISKS.search(text)
                or any({*known.split()} <= words for known in names_of(pack, "flags")))


def is_likely(pack: Pack, name: str) -> bool:
    """Whether the name of a column begins as that of a flag does: `Anticoag tx`."""
    first = next(iter(plain(_ASKED.sub("", _plain_heading(name).strip())).split()), "")
    return len(first) >= _SHORTEST and any(
        known.startswith(first) for known in names_of(pack, "flags"))


def _plain_heading(name: str) -> str:
    """The words of a heading: `Hx DVT? (Y/N)` is history of DVT."""
    spaced = IN_BRACKETS.sub(" ", CAMEL.sub(" ", name)).replace("_", " ")
    return _HISTORY.sub("history of ", spaced)
