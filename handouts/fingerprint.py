"""Digests of the files that a handout is made from, so that a stale plate is never found.

Hashing some hundred small files takes a tenth of the time of reading and checking them, which is
what a plate that is found by its key saves. The program's own hundreds are not even read again
while their sizes, times and places on the disk stay as they were when their digest was kept.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from handouts import paths
from handouts.errors import PackError

if TYPE_CHECKING:
    from handouts.store import Store

_LIBRARIES = ("reportlab", "uharfbuzz", "svglib", "jinja2", "segno",
              "fontpkg_atkinson_hyperlegible", "pymupdf_fonts")
# Code tables choose a cause; the kit drew the pictures: neither prints anything.
_LEFT_OUT = ("codes", "kit", "__pycache__")
_FILES_AT_MOST = 200  # files beside a brand file that are looked at for its logo
_SETTLED = 3_000_000_000  # nanoseconds: a clock that is coarse (FAT's) may hide a change for two s
_of_this_process: list[str] = []


def program_fingerprint(store: "Store | None" = None) -> str:
    """A digest of the program, its templates, packs and figures, and what it draws with.

    It is found once a process; with a store, the files are read only if they changed since.
    """
    if not _of_this_process:
        folders = {Path(__file__).parent: ".py", paths.data_folder("templates"): "",
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
            state = entry.stat()
            newest = max(newest, state.st_mtime_ns, state.st_ctime_ns)
            states.update(f"{entry.path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0"
                          f"{state.st_ino}\0".encode())
    return states.hexdigest(), newest


def folder_fingerprint(folder: Path) -> str:
    """A digest of all files in a folder; PackError where one can't be read."""
    return _folder(folder).hex()


def brand_fingerprint(file: Path) -> str:
    """A digest of a brand file and of each file beside it that it names.

    Nothing where they can't be read: whoever reads the brand for print tells why.
    """
    try:
        brand = file / "brand.toml" if file.is_dir() else file
        data = brand.read_bytes()
        beside = sorted(brand.parent.iterdir())[:_FILES_AT_MOST]
        named = [path for path in beside if path.is_file() and path != brand
                 and (path.name.encode() in data or b"\\" in data)]
        return _joined([data, *(path.read_bytes() for path in named)])
    except OSError:
        return ""


def _folder(folder: Path, ending: str = "") -> bytes:
    digest = sha256()
    for entry in _files(folder, ending):
        path = Path(entry)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _unreadable(folder, error) from error
        inside = path.relative_to(folder).as_posix()
        digest.update(f"{inside}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.digest()


def _files(folder: str | Path, ending: str) -> "Iterator[os.DirEntry[str]]":
    """The files in a folder and its folders with this ending, in an order that stays."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise _unreadable(Path(folder), error) from error
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _LEFT_OUT:
                yield from _files(entry.path, ending)
        elif entry.is_file() and entry.name.endswith(ending):
            yield entry


def _library(name: str) -> bytes:
    """Which release of a library is installed, without importing it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        return b""
    state = Path(found.origin).stat()
    return f"{found.origin}\0{state.st_size}\0{state.st_mtime_ns}".encode()


def _joined(parts: list[bytes]) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _unreadable(path: Path, error: OSError) -> PackError:
    reason = (error.strerror or "unknown error").lower()
    return PackError(f"can't be read ({reason})", where=str(path),
                     cure="Mend its rights, or name another one.")
