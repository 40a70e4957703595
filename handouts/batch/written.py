"""What lies in a batch's folder: whether a batch wrote it as it is, by keyed digests."""

import stat
from hashlib import sha256
from pathlib import Path

from handouts.system.outputs import HANDOUT

_LARGEST = 1 << 26  # bytes: far more than any handout has


def read(path: Path) -> bytes | None:
    """What a file holds, if it is none that is larger than any handout, link, pipe or device; None
    where it can't be read."""
    try:
        state = path.lstat()
        is_one = stat.S_ISREG(state.st_mode) and state.st_size <= _LARGEST
        return path.read_bytes() if is_one else None
    except OSError:
        return None


def is_own(data: bytes | None, key: bytes, digest: bytes | None, *, is_planned: bool) -> bool:
    """Whether a batch wrote what a file holds: by the digest of what it last wrote, or, where a run
    was killed before it could say so, because it is a handout."""
    return data is not None and (file_digest(key, data) == digest
                                 or (is_planned and bool(HANDOUT.search(data))))


def file_digest(key: bytes, data: bytes) -> bytes:
    """The keyed digest of a file's bytes: without the key, no guess at a name can be tried."""
    return sha256(key + data).digest()[:16]
