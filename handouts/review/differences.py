"""What of a content changed since somebody signed it."""

from typing import NamedTuple

from handouts.pack.content import Content


class Difference(NamedTuple):
    """One text of a content, as it was signed and as it is; nothing where it was not, or is not."""

    name: str
    old: str
    new: str


def differences(signed: Content, now: Content) -> list[Difference]:
    """What changed, in the order of what is now; last what is there no more."""
    changed = [Difference(name, _shown(signed, name), _shown(now, name)) for name in now
               if name not in signed or signed[name] != now[name]]
    return [*changed, *(Difference(name, _shown(signed, name), "")
                        for name in signed if name not in now)]


def _shown(said: Content, name: str) -> str:
    """What a content says; of a line of a table, which is its own name, that it is there."""
    return said.get(name, "") or ("there" if name in said else "")
