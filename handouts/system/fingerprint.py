"""Digests of the files that a handout is made from, so that a stale plate is never found.

Hashing some hundred small files takes a tenth of the time of reading and checking them, which is
what a plate that is found by its key saves. The program's own hundreds are not even read again
while their sizes, times and places on the disk stay as they were when their digest was kept.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from handouts import paths
from handouts.errors import PackError, reason

if TYPE_CHECKING:
    from handouts.system.store import Store

_LIBRARIES = ("reportlab", "uharfbuzz", "resvg_py", "tinycss2", "cssselect2", "jinja2", "segno",
              "pymupdf_fonts")
_LEFT_OUT = ("kit", "__pycache__")  # the kit drew the pictures, and prints nothing
_FILES_AT_MOST = 5000  # of a folder: the program's own are some 600
LARGEST = 1_000_000  # bytes of a template, a brand file or a logo that are read
_QUOTED = re.compile(rb"\"([^\"\n]+)\"|'([^'\n]+)'")
_SETTLED = 3_000_000_000  # nanoseconds: a clock that is coarse (FAT's) may hide a change for two s
_of_this_process: list[str] = []


def program_fingerprint(store: "Store | None" = None) -> str:
    """A digest of the program, its templates, packs and figures, and what it draws with.

    It is found once a process; with a store, the files are read only if they changed since.
    """
    if not _of_this_process:
        folders = {paths.PACKAGE: ".py", paths.data_folder("templates"): "",
                   paths.data_folder("assets"): ""}
        _of_this_process.append(_joined([
            _kept(folders, store).encode(), *map(_library, _LIBRARIES)]))
    return _of_this_process[0]


def _kept(folders: dict[Path, str], store: "Store | None") -> str:
    """The digest of the files in folders, kept for as long as none of them was touched."""
    stamp, newest = _stamp(folders)
    settled = store is not None and newest + _SETTLED < time_ns()
    if settled and store and (known := store.get(stamp)):
        return known.decode()
    digest = _joined([_folder(folder, ending) for folder, ending in folders.items()])
    if settled and store:
        store.put(stamp, digest.encode())
    return digest


def _stamp(folders: dict[Path, str]) -> tuple[str, int]:
    """A digest of the states of all files in folders, and when the last was touched, in ns."""
    states, newest = sha256(), 0
    for folder, ending in folders.items():
        for entry in _files(folder, ending):
            state = _state(entry)
            newest = max(newest, state.st_mtime_ns, state.st_ctime_ns)
            states.update(os.fsencode(entry.path) + _marks(state))
    return states.hexdigest(), newest


def folder_fingerprint(folder: Path) -> str:
    """A digest of all files in a folder of templates; PackError where one can't be read, or where
    they are too many to be templates."""
    return _folder(folder).hex()


def pack_fingerprint(folder: Path, store: "Store | None" = None) -> str:
    """Which pack a folder holds: a built-in one by its name, for its files are the program's; of
    another a digest of its files, its drawings among them."""
    if folder.parent == paths.packs_folder():
        return folder.name
    return _kept({folder: ""}, store)


def brand_fingerprint(file: Path) -> str:
    """A digest of a brand file, of each file in its folder that it names, and of its signatures.

    Nothing where they can't be read: whoever reads the brand for print tells why.
    """
    try:
        brand = file / "brand.toml" if file.is_dir() else file
        data = _bytes(brand)
        signed = brand.with_name("review.toml")
        return _joined([data, *(_bytes(path) for path in _named(data, brand.parent)),
                        *([_bytes(signed)] if signed.is_file() else [])])
    except OSError:
        return ""


def _named(data: bytes, folder: Path) -> list[Path]:
    """The files in a folder that a brand file may name as its logo, in their order there."""
    if b"\\" in data:
        texts = [_logo(data)]
    else:
        texts = [(first or second).decode("utf-8", "ignore")
                 for first, second in _QUOTED.findall(data)]
    inside = folder.resolve()
    found = (folder / text for text in dict.fromkeys(texts) if text)
    return [path for path in found if path.is_file() and path.resolve().is_relative_to(inside)]


def _logo(data: bytes) -> str:
    """The logo that a brand file names with escapes in its text."""
    import tomllib

    try:
        return str(tomllib.loads(data.decode("utf-8-sig")).get("logo", ""))
    except (ValueError, RecursionError):
        return ""


def _folder(folder: Path, ending: str = "") -> bytes:
    digest = sha256()
    for entry in _files(folder, ending):
        path = Path(entry)
        try:
            data = _bytes(path)
        except OSError as error:
            raise _unreadable(entry.path, error) from error
        inside = os.fsencode(path.relative_to(folder).as_posix())
        digest.update(inside + f"\0{len(data)}\0".encode() + data)
    return digest.digest()


def _bytes(path: Path) -> bytes:
    """What a file holds; of one too large for a template or a logo its state stands for it."""
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):  # a device has no end, and a pipe waits for its writer
        raise OSError(errno.EINVAL, "not a file", path)
    return path.read_bytes() if state.st_size <= LARGEST else _marks(state)


def _marks(state: os.stat_result) -> bytes:
    return f"\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0{state.st_ino}\0".encode()


def _files(folder: Path, ending: str) -> "list[os.DirEntry[str]]":
    """The files in a folder and its folders with this ending, in an order that stays."""
    found: list[os.DirEntry[str]] = []
    _gather(str(folder), ending, found, set())
    return found


def _gather(folder: str, ending: str, found: "list[os.DirEntry[str]]",
            seen: set[tuple[int, int]]) -> None:
    """Adds the files of a folder and its folders; a link that leads back is not followed."""
    try:
        state = os.stat(folder)  # noqa: PTH116 (hundreds of Paths take as long as the look itself)
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(folder, error) from error
    if (state.st_dev, state.st_ino) in seen:
        return
    seen.add((state.st_dev, state.st_ino))
    for entry in entries:
        if _is(entry.is_dir):
            if entry.name not in _LEFT_OUT and not entry.name.startswith("."):
                _gather(entry.path, ending, found, seen)
        elif entry.name.endswith(ending) and _is(entry.is_file):
            found.append(entry)
    if len(found) > _FILES_AT_MOST:
        raise PackError(f"holds more than {_FILES_AT_MOST} files", where=folder,
                        cure="Name a folder that holds templates alone.")


def _is(kind: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; a link that leads nowhere, or in a circle, is of none."""
    try:
        return kind()
    except OSError:
        return False


def _state(file: "Path | os.DirEntry[str]") -> os.stat_result:
    try:
        # What a folder says of its files on Windows is without their places on the disk.
        return Path(file).stat() if sys.platform == "win32" else file.stat()
    except OSError as error:
        raise _unreadable(os.fspath(file), error) from error


def _library(name: str) -> bytes:
    """Which release of a library is installed, without importing it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        return b""
    state = _state(Path(found.origin))
    return f"{found.origin}\0{state.st_size}\0{state.st_mtime_ns}".encode()


def _joined(parts: list[bytes]) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _unreadable(path: str, error: OSError) -> PackError:
    return PackError(f"can't be read ({reason(error)})", where=path,
                     cure="Mend its rights, or name another one.")
