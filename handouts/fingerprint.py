"""Digests of the files that a handout is made from, so that a stale plate is never found.

Hashing some hundred small files takes a few milliseconds; reading and checking them takes ten
times as long, which is what a plate that is found by its key saves.
"""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from handouts import paths
from handouts.errors import PackError

_LIBRARIES = ("reportlab", "uharfbuzz", "svglib", "jinja2", "babel", "segno",
              "fontpkg_atkinson_hyperlegible", "pymupdf_fonts")
_CODES = "codes"  # code tables choose a cause; they print nothing
_FILES_AT_MOST = 200  # files beside a brand file that are looked at for its logo


@cache
def program_fingerprint() -> str:
    """A digest of the program, its templates, packs and figures, and what it draws with."""
    package = Path(__file__).parent
    parts = [_folder(package, "*.py"), _folder(paths.data_folder("templates")),
             _folder(paths.data_folder("assets")), *map(_library, _LIBRARIES)]
    return _joined(parts)


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


def _folder(folder: Path, pattern: str = "*") -> bytes:
    digest = sha256()
    try:
        for path in sorted(folder.rglob(pattern)):
            inside = path.relative_to(folder).parts
            if path.is_file() and _CODES not in inside and "__pycache__" not in inside:
                data = path.read_bytes()
                digest.update(f"{'/'.join(inside)}\0{len(data)}\0".encode())
                digest.update(data)
    except OSError as error:
        raise _unreadable(folder, error) from error
    return digest.digest()


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
