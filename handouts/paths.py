"""Where things are: templates/ and assets/, the brand to use, the user's cache and records."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent
_LINUX = {"config": ".config", "cache": ".cache", "data": ".local/share"}


def data_folder(name: str) -> Path:
    """The folder `templates` or `assets` that belongs to this copy of the program."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def default_brand_path() -> Path:
    """The brand file of the built-in brand."""
    return data_folder("assets") / "brands" / "default" / "brand.toml"


def brand_path(option: Path | None) -> Path:
    """The brand to use: the option, $HANDOUTS_BRAND, the user's own, or the built-in one."""
    if chosen := option or os.environ.get("HANDOUTS_BRAND"):
        return Path(chosen)
    config = own_folder("config")
    own = (path for path in (config / "brand" / "brand.toml", config / "brand.toml"))
    return next((path for path in own if path.is_file()), default_brand_path())


def cache_folder() -> Path:
    """The user's folder for what can be made again: $HANDOUTS_CACHE, or the system's place."""
    if chosen := os.environ.get("HANDOUTS_CACHE"):
        return Path(chosen)
    return own_folder("cache")


def records_folder() -> Path:
    """Where records of what was given are kept: $HANDOUTS_RECORDS, or the user's own place."""
    if chosen := os.environ.get("HANDOUTS_RECORDS"):
        return Path(chosen)
    return own_folder("data") / "given"


def own_folder(kind: str) -> Path:
    """The user's folder of a kind: config, cache or data."""
    home = os.environ.get("HOME") or "~"
    own = os.environ.get(f"XDG_{kind.upper()}_HOME") or f"{home}/{_LINUX[kind]}"
    if sys.platform == "linux" and own.startswith("/"):  # as platformdirs, without its 10 ms
        return Path(own) / "handouts"
    import platformdirs

    folder: Path = getattr(platformdirs, f"user_{kind}_path")("handouts")
    return folder
