"""The drawings of assets/figures: their SVG, where their named parts lie, which knee they show.

A left knee is drawn as the picture is; for the right one the picture is mirrored.
"""

import json
from functools import cache
from pathlib import Path

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
    told = json.loads((_folder() / f"{name}.anchors.json").read_text(encoding="utf-8"))
    return {key: (float(x), float(y)) for key, (x, y) in told.items()}


def mirrored(name: str, side: str) -> bool:
    """Whether a picture must be mirrored to show this side."""
    drawn = "right" if name.startswith(RIGHT_KNEE) else "left"
    return side in ("left", "right") and side != drawn


def _folder() -> Path:
    return paths.data_folder("assets") / "figures"
