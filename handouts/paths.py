"""Where things are: templates/ and assets/, the brand to use, the user's cache, records, state."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


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
    from platformdirs import user_config_path

    config = user_config_path("handouts")
    own = (path for path in (config / "brand" / "brand.toml", config / "brand.toml"))
    return next((path for path in own if path.is_file()), default_brand_path())


def cache_folder() -> Path:
    """The user's folder for what can be made again: $HANDOUTS_CACHE, or the system's place."""
    if chosen := os.environ.get("HANDOUTS_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("handouts")


def records_folder() -> Path:
    """Where records of what was given are kept: $HANDOUTS_RECORDS, or the user's own place."""
    if chosen := os.environ.get("HANDOUTS_RECORDS"):
        return Path(chosen)
    return own_records_folder()


def own_records_folder() -> Path:
    """The user's own place for them."""
    from platformdirs import user_data_path

    return user_data_path("handouts") / "given"


def state_folder() -> Path:
    """The user's folder for what tells of programs that run."""
    from platformdirs import user_state_path

    return user_state_path("handouts")
