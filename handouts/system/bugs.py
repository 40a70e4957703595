"""A bug → one line for whoever met it, and its frames in a log for whoever mends it.

Neither holds text that may be a patient's: of an exception only its kind, of a frame only its file,
function and line. The log lies in the cache folder and can be read by its owner alone.
"""

import os
import stat
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from handouts.paths import cache_folder, shown

NAME = "bugs.log"
_MOST = 100_000  # bytes, then the log is begun anew
_FRAMES = 40  # of each exception, the innermost: a recursion has a thousand


def bug_line(error: BaseException) -> str:
    """A bug in one line: its kind, its place, and the log where its frames stand now, if it could
    be written."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "".join(f" in {shown(Path(frame.filename).name)}, line {frame.lineno}"
                    for frame in frames[-1:])
    log = _logged(error)
    cure = f"Please report this line and what stands in {shown(log)}." if log else (
        "Please report this line.")
    return (f"handouts: a bug, sorry: {type(error).__name__}{place}. "
            f"No half file was left. {cure}")


def _logged(error: BaseException) -> Path | None:
    """The log, with the frames of the error and of those behind it."""
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / NAME
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _append(path, "\n".join(_lines(error)).encode("utf-8", "backslashreplace") + b"\n\n")
        return path
    return None


def _append(path: Path, text: bytes) -> None:
    """Adds to a file of one's own; never through a link, never to what is no file."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags, 0o600)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise OSError("no file")
        if state.st_size + len(text) > _MOST:
            os.ftruncate(handle, 0)
        os.write(handle, text)
    finally:
        os.close(handle)


def _lines(error: BaseException) -> Iterator[str]:
    yield datetime.now(UTC).isoformat(timespec="seconds")
    seen: set[int] = set()
    behind: BaseException | None = error
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        yield type(behind).__name__
        for frame in traceback.extract_tb(behind.__traceback__)[-_FRAMES:]:
            file = "/".join(Path(frame.filename).parts[-3:])
            yield f"  {file}, {frame.name}, line {frame.lineno}"
        behind = behind.__cause__ or behind.__context__
