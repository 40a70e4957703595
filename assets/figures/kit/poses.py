"""Where the people of a picture are in it, as drawn: by this the tests judge which side it shows.

A place is x and y of the picture in its units, from the upper left, and how near it is to the
viewer. It is the middle of some skin, so it is where the picture has it; nothing says which leg is
the left one, or the one that the picture is about.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
from person import LEG

KEPT = Path(__file__).parent / "poses.json"
HAND = {"L": 10, "R": 20}  # as in `Body.part`


def people(stage):
    """Those whose skin is on a stage, the stage's own first: head, pelvis, belly, legs, hands."""
    return tuple(_places(stage, mesh) for mesh in stage.meshes if mesh["person"])


def _places(stage, mesh):
    person, body = mesh["person"], mesh["person"].body
    rest, part = body.rest, body.part
    joint = {bone: body.head[bone][1] for bone in ("upperleg01.L", "lowerleg01.L", "foot.L")}

    def place(which):
        x, y, far = stage.pixels(person.points[which]).mean(0)
        at = [round(float(value) * stage.unit) for value in (x, y, -far * stage.detail)]
        return [at[0] + round(stage.left), *at[1:]]

    def limb(parts, low):
        return np.isin(part, parts) & (np.abs(rest[:, 1] - low) < 3)

    def shown(which):
        return (mesh["cut"][which] > 0).any()

    hips = (part == 1) & (np.abs(rest[:, 1] - joint["upperleg01.L"]) < 6)
    legs = [[limb(LEG[side], low) for low in joint.values()] for side in "LR"]
    hands = [[part == hand, (part == hand + 2) & (np.linalg.norm(
        rest - body.tail[f"finger2-3.{side}"], axis=1) < 1.5)] for side, hand in HAND.items()]
    return {
        "head": place(rest[:, 1] > rest[:, 1].max() - 20), "pelvis": place(hips),
        "belly": place(hips & (rest[:, 2] > np.quantile(rest[hips, 2], 0.85))),
        # hip, knee and ankle of the legs whose knee is bare; palm and forefinger of the hands
        "legs": sorted([place(at) for at in leg] for leg in legs if shown(leg[1])),
        "hands": sorted([place(at) for at in hand] for hand in hands if shown(hand[0])),
        # how far an arm reaches, a wrist bends, a forearm twists, of the hands that are seen
        "strains": [person.strains[side] for side, hand in zip("LR", hands, strict=True)
                    if shown(hand[0]) and side in person.strains]}


def keep(drawn):
    """Puts people of drawn pictures, by name, beside those of the others."""
    kept = read() | {name: {"svg": sha256(drawing.svg.encode()).hexdigest(),
                            "people": drawing.people}
                     for name, drawing in drawn.items() if drawing.people}
    lines = ",\n".join(f'"{name}": {{"svg": "{entry["svg"]}", "people": [\n  ' + ",\n  ".join(
        json.dumps(person) for person in entry["people"]) + "]}"
        for name, entry in sorted(kept.items()))
    KEPT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def read():
    """The poses that are kept, by the picture's name."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
