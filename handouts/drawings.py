"""The drawings of assets/figures: their SVG, where their named parts lie, which knee they show.

A left knee is drawn as the picture is; for the right one the picture is mirrored.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from handouts import paths
from handouts.errors import PackError

PANEL = "#EAF2F5"  # the fill behind every picture
BLACK = "#000000"  # what icons are drawn in, to be replaced by the colour of their block
RIGHT_KNEE = "anatomy"  # how its pictures' names begin; all others show the left leg


def drawing_source(name: str) -> bytes:
    """The SVG of the drawing of this name; PackError where there is none."""
    path = _folder() / f"{name}.svg"
    if not path.is_file():
        raise PackError(f"there is no figure '{name}'", where=path.name,
                        cure="Add the SVG, or name another figure.")
    return path.read_bytes()


@cache
def anchors(name: str) -> dict[str, tuple[float, float]]:
    """Where the named parts of a figure lie, as fractions of its width and height from the top."""
    path = _folder() / f"{name}.anchors.json"
    return {key: (float(x), float(y)) for key, (x, y) in _json(path).items()}


def mirrored(name: str, side: str) -> bool:
    """Whether a picture must be mirrored to show this side."""
    drawn = "right" if name.startswith(RIGHT_KNEE) else "left"
    return side in ("left", "right") and side != drawn


@cache
def signs(name: str) -> dict[str, tuple[float, float, float]]:
    """The drawings that stand on a picture and are never mirrored, as a clock: the middle and the
    width of each, as fractions of the picture's."""
    path = _folder() / f"{name}.signs.json"
    return {f"signs/{sign}": (float(x), float(y), float(width)) for sign, (x, y, width)
            in _json(path).items()} if path.is_file() else {}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _folder() -> Path:
    return paths.data_folder("assets") / "figures"
