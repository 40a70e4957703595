"""Where things are: templates/ and assets/, the brand to use, the user's cache, records, state; and
how a path is told.
"""

import os
import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent  # the folder of all modules
_LINUX = {"config": ".config", "cache": ".cache", "data": ".local/share", "state": ".local/state"}
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def data_folder(name: str) -> Path:
    """The folder `templates` or `assets` that belongs to this copy of the program."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def default_brand_path() -> Path:
    """The brand file of the built-in brand."""
    return data_folder("assets") / "brands" / "default" / "brand.toml"


def packs_folder() -> Path:
    """Where the built-in packs are."""
    return data_folder("assets") / "packs"


def default_pack() -> str:
    """The id of the pack that is used where none is named."""
    return (packs_folder() / "DEFAULT").read_text(encoding="utf-8").strip()


def pack_path(option: str | None) -> Path:
    """The folder of a pack: the built-in one of a name, else a folder; without an option the
    default pack."""
    name = option or default_pack()
    is_name = Path(name).name == name and (packs_folder() / name).is_dir()
    return packs_folder() / name if is_name else Path(name)


def brand_path(option: Path | None) -> Path:
    """The brand to use: the option, $HANDOUTS_BRAND, the user's own, or the built-in one."""
    if chosen := option or os.environ.get("HANDOUTS_BRAND"):
        return Path(chosen)
    config = own_folder("config")
    own = (config / "brand" / "brand.toml", config / "brand.toml") if config else ()
    return next((path for path in own if path.is_file()), default_brand_path())


# -- the user's own folders: None where the system names no home for them --------------------------


def cache_folder() -> Path | None:
    """The user's folder for what can be made again: $HANDOUTS_CACHE, or the system's place."""
    if chosen := os.environ.get("HANDOUTS_CACHE"):
        return Path(chosen)
    return own_folder("cache")


def records_folder() -> Path | None:
    """Where records of what was given are kept: $HANDOUTS_RECORDS, or the user's own place."""
    if chosen := os.environ.get("HANDOUTS_RECORDS"):
        return Path(chosen)
    return own_records_folder()


def own_records_folder() -> Path | None:
    """The user's own place for them, or None."""
    own = own_folder("data")
    return own and own / "given"


def own_folder(kind: str) -> Path | None:
    """The user's folder of a kind: config, cache, data or state; None where there is no home for it
    to be in, as in a container that runs as a number: an empty or relative $HOME would put it into
    / or into whatever folder one is in."""
    own = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    is_named = os.path.isabs(own)  # noqa: PTH117 ("" is no Path)
    if not (is_named or _has_home()):
        return None
    if sys.platform == "linux":  # as platformdirs, without its 10 ms
        return (Path(own) if is_named else Path.home() / _LINUX[kind]) / "handouts"
    import platformdirs

    folder: Path = getattr(platformdirs, f"user_{kind}_path")("handouts")
    return folder


def _has_home() -> bool:
    if sys.platform == "win32":
        return True
    home = os.environ.get("HOME")
    if home is None:
        import pwd

        try:
            home = pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:
            return False
    return os.path.isabs(home)  # noqa: PTH117


# -- how a path is told ----------------------------------------------------------------------------


def shown(path: str | os.PathLike[str]) -> str:
    r"""A path as text that every stream and JSON can hold, on one line: bytes that are no UTF-8,
    control characters and those that turn the direction of writing stand in it as `\xfc`."""
    text = os.fspath(path)
    if text.isascii() and text.isprintable():
        return text
    try:
        whole = text.encode("utf-8", "surrogateescape")  # as Python holds the bytes of a name
    except UnicodeEncodeError:
        whole = text.encode("utf-8", "surrogatepass")  # Windows takes halves of characters
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(),
                       whole.decode("utf-8", "backslashreplace"))


def in_json(path: str | os.PathLike[str]) -> str:
    """A path for JSON, which escapes what can't stand in a line: as it is; where bytes are no
    UTF-8, as it is `shown`, for no text can hold them."""
    text = os.fspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return shown(text)
    return text


def relative(path: Path, folder: Path) -> str:
    """A path as seen from a folder, as the reference of a URL that keeps each of its bytes; an
    absolute file: address where there is no way, as between two drives of Windows."""
    from urllib.parse import quote

    try:
        way = Path(os.path.relpath(path, folder))
    except ValueError:
        return path.absolute().as_uri()
    return quote(way.as_posix(), errors="surrogatepass" if os.name == "nt" else "surrogateescape")
