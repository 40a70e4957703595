"""One run at a time for a file beside a batch's folder: two would each take the other's place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from unicodedata import normalize

from handouts import locks, parts
from handouts.errors import OutputError
from handouts.files import landing, told


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other runs from a file until the block ends, by an empty file that this one holds.

    Raises OutputError if another run is at it, or if nothing can be written there.
    """
    target = landing(path)
    if target is None:  # a pipe or a device takes what comes
        yield
        return
    parts.clear(target.parent)
    mark = _mark(target.name)
    with told(path):
        own, file = parts.begun(target.parent, mark)
    try:
        # Ours is there first, and then others are looked for: of two that begin at once, not both
        # can miss the other.
        if any(other.name.startswith(f".handout-{mark}") and other != own
               and not locks.delete_abandoned(other)
               for other in parts.lying_in(target.parent, parts.HELD)):
            raise OutputError("another run is at work on it", where=str(path),
                              cure="Wait for it to end, or give the file another name.")
        yield
    finally:
        file.close()
        with suppress(OSError):
            own.unlink()


def _mark(name: str) -> str:
    """What a file's name is known by; names that differ in case alone are one on some systems."""
    folded = normalize("NFC", name).casefold()
    return blake2b(os.fsencode(folded), digest_size=4).hexdigest() + "-"
