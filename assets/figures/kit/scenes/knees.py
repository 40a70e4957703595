"""Drawn knees: their layers as pictures, with labels' anchors, or in pairs, healthy and yours.

What no label names is in one grey; what the cause changes is red, black at its core.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from marks import arc
from palette import ARROW, CORE, LINE, WHITE
from picture import SCENES, Drawing
from svg import curve_data, document, haloed, stroked

FOLDER = Path(__file__).parent.parent.parent
HEIGHT = 700
MUTED, MUTED_DARK = "#DEE4E8", "#B9CBD3"
PAIR = ("skin", "fibula", "spurs", "femur", "femur-cartilage", "tibia", "tibia-cartilage", "pouch")


@dataclass
class View:
    """A knee seen from a side: its layers, anchors, and the part that fills the picture: where it
    begins and how much larger it is drawn."""

    layers: Callable
    anchors: dict
    left: float = 0
    top: float = 0
    scale: float = 1
    height: int = HEIGHT
    cap: bool = False  # the kneecap in front of it, dashed


def add_variant(name, title, change, view, named):
    """Registers a knee, what the cause changes in it, and the layers that labels name."""
    SCENES[name] = lambda: _draw(name, title, change, (view, None, named))


def add_pair(name, title, changes, view, more=()):
    """Registers the joint alone, healthy, and as the cause makes it: no muscle, the kneecap dashed,
    bones and cover, and the layers of the part that changes. Without such, healthy is the same for
    all."""
    healthy = f"anatomy-healthy-{name}" if more else "anatomy-healthy"
    shown = (*PAIR, *more)
    for file, change in zip((healthy, f"anatomy-yours-{name}"), changes, strict=True):
        told = title if change else "A healthy knee"
        SCENES[file] = partial(_draw, file, told, change, (view, shown, shown))


def _draw(name, title, change, shown):
    view, drawn, named = shown
    knee = view.layers()
    plain = dict(knee)
    moved = change(knee) if change else {}
    parts = [layer if part in named else _muted(layer) for part, layer in knee.items()
             if drawn is None or part in drawn]
    if drawn:
        # of what the pair leaves out, what the cause laid on it
        parts += [layer.removeprefix(plain[part]) for part, layer in knee.items()
                  if part not in drawn and layer != plain[part]]
        parts.append(_dashed_cap() if view.cap else "")
    anchors = {part: [round((x - view.left) * view.scale / 600, 3),
                      round((y - view.top) * view.scale / view.height, 3)]
               for part, (x, y) in {**view.anchors, **(moved or {})}.items()}
    lines = ",\n".join(f'  "{part}": {json.dumps(at)}' for part, at in anchors.items())
    (FOLDER / f"{name}.anchors.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    place = (f"translate({-view.left * view.scale:.0f} {-view.top * view.scale:.0f}) "
             f"scale({view.scale:.3f})")
    return Drawing(document(view.height, title, "A right knee.",
                            [f'<g transform="{place}">', *parts, "</g>"], side="right"))


def _muted(layer):
    """A layer in the one grey of what no label names."""
    fills = {colour: MUTED for colour in re.findall(r'fill="(#\w+)"', layer)}
    lines = {colour: MUTED_DARK for colour in re.findall(r'stroke="(#\w+)"', layer)
             if colour not in (LINE, ARROW, CORE, WHITE)}
    for old, new in (fills | lines).items():
        layer = layer.replace(old, new)
    return layer


def _dashed_cap():
    """Where the kneecap lies in front."""
    ring = arc((301, 258), (66, 66), 0, 360, count=121)
    return haloed("".join(curve_data(ring[at:at + 5], 0.3) for at in range(0, 120, 8)), 3.4)


def sore(data, width=5):
    """What a cause changed: red, black at its core, on white."""
    return (stroked(data, width + 7, WHITE) + stroked(data, width, ARROW)
            + stroked(data, width * 0.4, CORE))
