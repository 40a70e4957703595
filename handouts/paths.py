"""Where templates/ and assets/ are: beside the package in a checkout, inside it when installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `templates` or `assets` that belongs to this copy of the program."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
