"""A stage as a flat picture: two tones a material, a dark contour, thin inner lines."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from palette import LINE, MATERIALS, NAIL, PANEL, SAME_OUTLINE, SHADES, WHITE
from poses import people
from scipy import ndimage
from svg import curve_data, disc, document, filled, ribbon_data, stroked
from tracing import box, lines, rings, tapered

CORNER = 25  # of the panel
FILL_TOLERANCE = 1.0  # units; a contour of 4 lies on it
SHADE_TOLERANCE = 1.3
SCENES = {}
FOLDER = Path(__file__).parent.parent
SIDE = {"L": "left", "R": "right", "": "none"}
WORN = ("shorts", "shirt", "hair", "shoe", "skin", "hand", "skin2")  # what a ghost is behind


class Drawing(NamedTuple):
    """A drawn picture: its SVG, and where the people in it are."""

    svg: str
    people: tuple = ()


@dataclass
class Look:
    """How a picture is drawn: what differs between a close-up and a full figure."""

    contour: float = 4.0
    inner: float = 2.6
    jump: float = 0.45  # cm of depth that make an inner line
    speck: int = 500  # pixels
    nails: bool = True
    unshaded: tuple = ("floor",)
    tolerance: float = 0.55  # units of a line
    least: int = 32  # pixels of the shortest line
    digits: int = 1  # decimals of a line; without, inner lines do not taper either: fewer bytes
    hand: float = 5.4  # round hands: they lie on a leg


CLOSE = Look()
FULL = Look(3.6, 2.4, 1.2, hand=4.4)


def scene(draw):
    """Registers a function that returns a drawing under its name, `_` as `-`."""
    SCENES[draw.__name__.strip("_").replace("_", "-")] = draw
    return draw


def mask_data(mask, stage, blur=2.5, least=60, tolerance=FILL_TOLERANCE):
    """Path data of the outlines of a mask."""
    return "".join(curve_data(ring * stage.unit, tolerance, closed=True, digits=0)
                   for ring in rings(mask, blur, least))


def picture(stage, words, over="", *, look=CLOSE, decals=()):
    """The drawing of a stage: `words` are title and description, `over` lies on top, decals are
    masks with colours that lie on the skin, under the lines."""
    panel = (f'<rect x="0" y="0" width="600" height="{stage.height * stage.unit:.0f}" '
             f'rx="{CORNER}" ry="{CORNER}" fill="{PANEL}"/>')
    body = _drawn(stage, _panel(stage), look, decals)
    svg = document(stage.height * stage.unit, *words, [panel, *body, over],
                   side=SIDE[stage.leg])
    return Drawing(svg, people(stage))


def frames(one, two, words, *, both=False, gap=14):
    """Two pictures side by side in one, each a stage, what lies on it, a look, and decals; the
    people are those of the second, or of both."""
    wide = (600 - gap) / 2
    body, shown = [], ()
    for at, (stage, over, look, decals) in enumerate((one, two)):
        stage.unit, stage.left = wide / stage.width, at * (wide + gap)
        high = stage.height * stage.unit
        body += [f'<g transform="translate({stage.left:.0f} 0)">',
                 f'<rect x="0" y="0" width="{wide:.0f}" height="{high:.0f}" rx="{CORNER}" '
                 f'ry="{CORNER}" fill="{PANEL}"/>',
                 *_drawn(stage, _panel(stage), look, decals), over(stage), "</g>"]
        shown = (*(shown if both else ()), *people(stage))
    middle = f"M300 {CORNER / 2:.0f}V{high - CORNER / 2:.0f}"
    body.append(stroked(middle, 2.4))  # parts them where panels have no tint
    return Drawing(document(high, *words, body, side=SIDE[stage.leg],
                            halves=(wide, wide + gap)), shown)


def leg_alone(stage, look, decals):
    """What a stage shows, without a panel of its own."""
    return _drawn(stage, np.ones((stage.height, stage.width), bool), look, decals)


def inset(stage, at, radius, over="", *, look=CLOSE):
    """A round picture in a picture; `over` has its origin at its upper left."""
    stage.unit = 2 * radius / stage.width
    y, x = np.mgrid[0:stage.height, 0:stage.width]
    frame = np.hypot(x - stage.width / 2, y - stage.height / 2) < stage.width / 2
    body = "".join(_drawn(stage, frame, look, ()))
    return (disc(at, radius + 5, WHITE) + disc(at, radius, PANEL)
            + f'<g transform="translate({at[0] - radius:.0f} {at[1] - radius:.0f})">'
            + f"{body}{over}</g>"
            + disc(at, radius, "none", LINE, look.contour))


def _drawn(stage, frame, look, decals):
    """Fills, decals and lines of a stage inside a frame."""
    stage.without_specks(look.speck)
    stage.material[~frame] = 0
    for at, material in enumerate(MATERIALS):
        if at and (stage.material == at).any():
            yield from _tones(stage, material, stage.material == at, frame, look)
    for mask, colour in decals:
        yield filled(mask_data(mask & frame, stage, 1.5, 30, 0.5), colour)
    if look.nails:
        yield _nails(stage)
    yield from _lines(stage, frame, look)


def _panel(stage):
    """The pixels inside the rounded panel."""
    y, x = np.mgrid[0:stage.height, 0:stage.width]
    radius = CORNER / stage.unit
    dx = np.maximum(np.maximum(radius - x, x - (stage.width - 1 - radius)), 0)
    dy = np.maximum(np.maximum(radius - y, y - (stage.height - 1 - radius)), 0)
    return dx * dx + dy * dy <= radius * radius


def _tones(stage, material, mine, frame, look):
    """The base tone, grown under its lines so that no gap shows, and the shade."""
    base, dark = SHADES[material]
    _, part = box(mine, 45)  # the smoothing below reaches so far
    mine, frame, shade = mine[part], frame[part], (stage.lit[part] < 0.12) | stage.shadow[part]
    grown = ndimage.binary_dilation(mine, iterations=2)
    yield filled(mask_data(_back(grown & frame, part, stage), stage, 2.5, 120,
                           max(FILL_TOLERANCE, look.tolerance)), base)
    if material in look.unshaded:
        return
    share = (ndimage.gaussian_filter((shade & mine).astype(float), 9)
             / np.maximum(ndimage.gaussian_filter(mine.astype(float), 9), 1e-6))
    smooth = ndimage.binary_opening(share > 0.5, iterations=6) & grown
    yield filled(mask_data(_back(smooth & frame, part, stage), stage, 4, 900,
                           max(SHADE_TOLERANCE, look.tolerance)), dark)


def _back(part_mask, part, stage):
    """A mask of a part of the stage as one of the whole."""
    whole = np.zeros((stage.height, stage.width), bool)
    whole[part] = part_mask
    return whole


def _nails(stage):
    """Finger nails of the stage's person."""
    person = stage.person
    colours = NAIL.get(person.skin)
    data = ""
    for side, hand in (("L", 10), ("R", 20)):
        for finger in range(1, 6):
            mask = (stage.part == hand + finger) & stage.is_body
            if mask.sum() < 60:
                continue
            nail = np.zeros(mask.shape, bool)
            nail[mask] = _on_nail(person, f"finger{finger}-3.{side}", stage.rest[mask])
            if nail.sum() >= 40:
                data += mask_data(nail, stage, 1.6, 30, 0.5)
    return stroked(data, 1.6, colours[1], colours[0]) if data and colours else ""


def _on_nail(person, bone, rest):
    """Which points at rest are on the nail of a finger's last bone."""
    head, tip = person.body.head[bone], person.body.tail[bone]
    along = (tip - head) / np.linalg.norm(tip - head)
    across = person.flex_axis(bone)
    back = -np.cross(across, along)
    wide = {"1": (0.62, 0.52), "5": (0.5, 0.32)}.get(bone[6], (0.5, 0.38))
    u, v, out = (rest - tip) @ along, (rest - tip) @ across, (rest - head) @ back
    return (np.abs((u + wide[0] * 1.12) / wide[0]) ** 2.6 + np.abs(v / wide[1]) ** 2.6 < 1) & (
        out > 0.12)


# -- lines -----------------------------------------------------------------------------------------


def _edges(stage, frame, look, near):
    """Between pixels and their neighbours: edges of the contour, of hands in it, inner ones."""
    one, two = near

    def differs(values):
        return values[one] != values[two]

    outline = np.array([MATERIALS.index(SAME_OUTLINE.get(name, name)) for name in MATERIALS])
    inside = frame[one] & frame[two]
    contour = (outline[stage.material[one]] != outline[stage.material[two]]) & inside
    same = ~differs(stage.material) & (stage.material[one] > 0)
    hands = np.where((stage.part >= 10) & (stage.part < 16), 1,
                     np.where((stage.part >= 20) & (stage.part < 26), 2, 0))
    limb = np.where((stage.part >= 10) & (stage.part < 30), stage.part // 10, 0)
    own_arm = (limb[one] == limb[two]) & (limb[one] > 0)
    creased = np.isin(stage.mesh[one], [at for at, mesh in enumerate(stage.meshes)
                                        if mesh["crease"]])
    jump = (np.abs(stage.depth[one] - stage.depth[two]) > look.jump) & ~creased
    inner = differs(stage.mesh) | jump | (differs(hands) & ~own_arm)
    for low in (10, 20, 40, 50):
        digit = np.where((stage.part > low) & (stage.part < low + 6), stage.part, 0)
        inner |= (digit[one] > 0) & (digit[two] > 0) & differs(digit)
    fold = np.sum(stage.facing[one] * stage.facing[two], -1) < 0.8
    crease = fold & creased & ~differs(stage.mesh)
    grip = contour & ((hands[one] > 0) | (hands[two] > 0)) & (look.hand > 0)
    return contour & ~grip, grip, ((inner & same) | crease) & inside & ~contour


def _lines(stage, frame, look):
    rows, columns = slice(None, -1), slice(1, None)
    contour_below, grip_below, inner_below = _edges(stage, frame, look, ((rows,), (columns,)))
    contour_beside, grip_beside, inner_beside = _edges(
        stage, frame, look, ((slice(None), rows), (slice(None), columns)))
    ribbons, plain = "", ""
    for points, closed, free in lines(inner_below, inner_beside, look.least):
        points = points[::4] if len(points) > 12 else points
        points = points * stage.unit
        if any(free) and not closed and look.digits:
            ribbons += ribbon_data(tapered(points, look.inner / 2, free, 40 * stage.unit))
        else:
            plain += curve_data(points, look.tolerance, closed=closed, digits=look.digits)
    yield filled(ribbons, LINE).replace(' fill-rule="evenodd"', "")
    yield stroked(plain, look.inner)
    yield stroked(_outline(stage, look, contour_below, contour_beside), look.contour)
    yield stroked(_outline(stage, look, grip_below, grip_beside), look.hand)


def _outline(stage, look, below, beside):
    """Path data of a contour's edges."""
    data = ""
    for points, closed, _ in lines(below, beside, look.least):
        points = np.vstack([points[::3], points[-1:]]) if len(points) > 12 else points
        data += curve_data(points * stage.unit, look.tolerance, closed=closed, digits=look.digits)
    return data


def ghost(stage, start, look=CLOSE):
    """The dashed outline of a start position (another stage with the same camera), where it
    isn't hidden by the position in the picture."""
    shown = ndimage.gaussian_filter((start.mesh >= 0).astype(float), 3) > 0.5
    worn = [MATERIALS.index(name) for name in WORN]
    nearer = stage.depth < ndimage.minimum_filter(start.depth, 15) - 1
    hidden = ndimage.binary_dilation(np.isin(stage.material, worn) & nearer, iterations=8)
    data, step, dash = "", 26, 15
    for ring in rings(shown, 1, 3000):
        lengths = np.r_[0, np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))]
        even = np.arange(0, lengths[-1], 1.0)
        ring = np.c_[np.interp(even, lengths, ring[:, 0]), np.interp(even, lengths, ring[:, 1])]
        x = np.clip(ring[:, 0].round().astype(int), 0, stage.width - 1)
        y = np.clip(ring[:, 1].round().astype(int), 0, stage.height - 1)
        inside = (np.minimum(x, stage.width - 1 - x) > 12) & (
            np.minimum(y, stage.height - 1 - y) > 12)
        clear = ~hidden[y, x] & inside
        size, gap = step / stage.unit, dash / stage.unit
        for at in np.arange(0, len(ring) - gap, size):
            part = slice(int(at), int(at + gap))
            if clear[part].all():
                data += curve_data(ring[part][::4] * stage.unit, 0.5)
    return stroked(data, look.inner)


def signs(name, stage, **places):
    """Keeps where signs lie on a picture (middle and width, in units): they are not mirrored."""
    height = stage.height * stage.unit
    lines = ",\n".join(
        f'  "{sign.replace("_", "-")}": [{x / 600:.3f}, {y / height:.3f}, {width / 600:.3f}]'
        for sign, (x, y, width) in places.items())
    (FOLDER / f"{name}.signs.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def write(name, drawing):
    """Keeps a picture."""
    (FOLDER / name).parent.mkdir(exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(drawing.svg, encoding="utf-8")
