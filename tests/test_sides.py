"""Which side a picture shows: what its SVG tells, against the people drawn in it and their marks.

The drawing kit keeps where heads, hips, legs and hands of a picture's people are (`poses.json`):
across, down and how near, in the picture's units. Nothing there names a side, or the leg that is
treated: that leg is the nearest one, and where head, hips and belly are says which it is. That the
places are those of this very SVG is told by its digest, by its marks and by its colours.
"""

import json
import re
from hashlib import sha256
from itertools import pairwise
from math import dist
from xml.etree import ElementTree

import pypdfium2
import pytest

from handouts import paths
from handouts.drawings import svg as drawings
from handouts.pack.pack import load_pack
from handouts.pdf.figures import figures

FOLDER = paths.data_folder("assets") / "figures"
POSES = json.loads((FOLDER / "kit" / "poses.json").read_text(encoding="utf-8"))
PICTURES = sorted(path.stem for path in FOLDER.glob("*.svg"))
KNEES = [name for name in PICTURES if name.startswith("anatomy")]
SIDED = [name for name in POSES if drawings.drawn_side(name) != "none"]
TREATED = [name for name in SIDED if name != "zones"]  # that one shows a leg from both sides
BY_THERAPIST = [name for name in TREATED if len(POSES[name]["people"]) == 2]
ARROWLESS = ("step1", "raise-cold", "heelslide-start", "quadset-start", "step5-start")
RED, BONE, CORE = "#B3261E", "#F4EAD2", "#111111"
THERAPIST = {"#C4926C", "#AD7C57"}
AROUND = {"#EAF2F5", "#CFDDE3", "#F4F6F7", "#DEE4E8", "#9FB8C4"}  # panel, floor, seat, table
CLEAR = 20  # units: circles are so far above the middle of the kneecap, all of them
LIMB = 40  # half of a leg, in units: legs cross on paper, and an arrow ends at the skin


# -- where things are ------------------------------------------------------------------------------


def minus(one, other):
    return [a - b for a, b in zip(one, other, strict=True)]


def dot(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


def to_the_left(person):
    """The direction of a person's left: up × front (the picture's second axis points down)."""
    up, front = (minus(person[at], person["pelvis"]) for at in ("head", "belly"))
    (ux, uy, uz), (fx, fy, fz) = ((x, -y, z) for x, y, z in (up, front))
    return [uy * fz - uz * fy, -(uz * fx - ux * fz), ux * fy - uy * fx]


def far(place, line):
    """How far a place is from a line through places."""
    found = []
    for start, end in pairwise(line):
        along, away = minus(end, start), minus(place, start)
        share = max(0, min(1, dot(along, away) / (dot(along, along) or 1)))
        found.append(dist(place, [a + share * b for a, b in zip(start, along, strict=True)]))
    return min(found)


def flat(line):
    """Places as they are on paper."""
    return [place[:2] for place in line]


def treated(person):
    """The leg that is nearest to the viewer at the knee, and the other one."""
    return sorted(person["legs"], key=lambda leg: -leg[1][2])


def points(data):
    """The ends of the parts of path data (M, L, C absolute or not)."""
    at, found = [0.0, 0.0], []
    for command, text in re.findall(r"([MLCHVZmlchvz])([^MLCHVZmlchvz]*)", data):
        numbers = [float(part) for part in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        step = {"m": 2, "l": 2, "c": 6}.get(command.lower(), 0)
        for start in range(0, len(numbers) if step else 0, step or 1):
            end = numbers[start + step - 2:start + step]
            at = end if command.isupper() else [a + b for a, b in zip(at, end, strict=True)]
            found.append(at)
    return found


def elements(name):
    """The elements of a picture: name, element, and how far their group is moved."""
    root = ElementTree.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    return list(_within(root, (0.0, 0.0)))


def _within(element, moved):
    shift = re.match(r"translate\((\S+) (\S+)\)$", element.get("transform", ""))
    if shift:
        moved = (moved[0] + float(shift[1]), moved[1] + float(shift[2]))
    yield element.tag.rpartition("}")[2], element, moved
    for child in element:
        yield from _within(child, moved)


def at(place, moved):
    return [one + by for one, by in zip(place, moved, strict=True)]


def arrows(name):
    """The tips of the heads of a picture's red arrows."""
    return [at(points(head)[0], moved) for tag, element, moved in elements(name)
            if tag == "path" and element.get("stroke") == element.get("fill") == RED
            for head in re.findall("M[^M]+", element.get("d"))]


def shafts(name):
    """Places along the shafts of a picture's red arrows."""
    return [at(place, moved) for tag, element, moved in elements(name)
            if tag == "path" and element.get("stroke") == RED and element.get("fill") == "none"
            for place in points(element.get("d"))]


def crosses(name):
    """The middles of the signs that say: not here. Each is a red octagon with a white edge."""
    return [at([sum(along) / 8 for along in zip(*points(element.get("d")), strict=True)], moved)
            for tag, element, moved in elements(name)
            if tag == "path" and element.get("fill") == RED and element.get("stroke") == "#FFFFFF"]


@pytest.fixture(scope="module")
def painted():
    """The colours that a picture has round a place: painted(name, place)."""
    kept = {}

    def seen(name, place):
        if name not in kept:
            drawing = figures.art(name).drawing
            page = (b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page"
                    b"/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources %b>>endobj\n"
                    b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
                    b"trailer<</Root 1 0 R>>\n%%%%EOF\n") % (
                drawing.width, drawing.height, drawing.resources, len(drawing.operators),
                drawing.operators)
            kept[name] = pypdfium2.PdfDocument(page)[0].render(
                scale=600 / drawing.width).to_pil().convert("RGB")
        x, y = place[:2]
        patch = kept[name].crop((x - 4, y - 4, x + 5, y + 5))
        return {f"#{bytes(colour).hex().upper()}" for _, colour in patch.getcolors()}

    return seen


# -- what a picture tells, and what it shows -------------------------------------------------------


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_tells_its_side_and_has_its_people_s_places_or_is_a_knee(name):
    assert drawings.drawn_side(name) in ("left", "right", "none")
    # Of both legs neither is the one that is treated.
    assert (name in POSES) is (name not in (*KNEES, "zones-both"))


@pytest.mark.parametrize("name", POSES)
def test_the_places_are_those_of_the_picture_as_it_is(name):
    drawn = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").encode()

    assert POSES[name]["svg"] == sha256(drawn).hexdigest()


@pytest.mark.parametrize("name", TREATED)
def test_the_nearest_leg_is_the_one_of_the_side_that_the_picture_tells(name):
    person = POSES[name]["people"][0]
    leg, other = treated(person)
    left = dot(minus(leg[0], other[0]), to_the_left(person)) > 0

    assert drawings.drawn_side(name) == ("left" if left else "right")


@pytest.mark.parametrize("name", [name for name in TREATED if name not in BY_THERAPIST])
def test_arrows_and_crosses_are_on_the_nearest_leg_and_none_is_on_the_other_one(name):
    person = POSES[name]["people"][0]
    lines = dict(zip(("leg", "other"), map(flat, treated(person)), strict=True))
    lines["trunk"] = flat([person["head"], person["pelvis"]])
    on = [min(lines, key=lambda part: far(mark, lines[part]) + LIMB * (part == "other"))
          for mark in [*crosses(name), *arrows(name)]]

    assert "other" not in on
    assert "leg" in on or name in ARROWLESS


@pytest.mark.parametrize("name", BY_THERAPIST)
def test_a_therapist_s_hands_are_on_the_nearest_leg(name, painted):
    patient, therapist = POSES[name]["people"]
    leg, other = treated(patient)

    assert len(therapist["hands"]) == 2
    for palm, finger in therapist["hands"]:
        assert far(palm, leg) < far(palm, other) / 2
        assert far(finger, leg) < far(finger, other) / 2
        assert painted(name, palm) & THERAPIST


@pytest.mark.parametrize("name", BY_THERAPIST)
def test_an_arrow_is_at_the_hand_that_moves(name):
    hands = map(flat, POSES[name]["people"][1]["hands"])
    drawn = [*arrows(name), *shafts(name)]

    assert min(far(place, hand) for hand in hands for place in drawn) < 45  # 3 mm on a card


@pytest.mark.parametrize("name", POSES)
def test_no_arm_or_hand_is_bent_beyond_what_looks_right(name):
    """The kit's own limits (person.py): the arm's reach, the wrist's bend, the forearm's twist."""
    for person in POSES[name]["people"]:
        for reach, wrist, twist in person["strains"]:
            assert reach < .95
            assert wrist < 75
            assert abs(twist) < 80


@pytest.mark.parametrize("name", TREATED)
def test_a_person_is_where_the_places_say(name, painted):
    leg, _ = treated(POSES[name]["people"][0])

    assert not painted(name, leg[1]) <= AROUND


def test_the_leg_of_the_zones_is_a_left_one_from_the_front_and_from_the_back():
    assert drawings.drawn_side("zones") == "left"
    for person in POSES["zones"]["people"]:
        (_, knee, _), = person["legs"]
        middle, bump = sorted((sign for sign in crosses("zones") if dist(sign, knee[:2]) < 150),
                              key=lambda sign: abs(sign[0] - knee[0]))

        assert (bump[0] - middle[0]) * to_the_left(person)[0] > 0  # the bump is on the outer side


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_views_are_named_in_the_order_of_the_halves_on_both_sides(side):
    """The words name the front first: the half that has it is the first, and stays it."""
    turn = drawings.turned if drawings.mirrored("zones", side) else lambda across, _: across
    knees = [(turn(person["legs"][0][1][0] / 600, drawings.halves("zones")),
              person["belly"][2] > person["pelvis"][2]) for person in POSES["zones"]["people"]]

    assert [is_front for _, is_front in sorted(knees)] == [True, False]
    for language in load_pack("knee").words.values():
        assert len(language.routine.rail.views) == 2
    assert [view.name for view in load_pack("knee").words["en"].routine.rail.views] == [
        "Front", "Back"]


@pytest.mark.parametrize("name", ["step3b", "knee-friction"])
def test_circles_are_above_the_middle_of_the_kneecap(name):
    """As the words say, and the sheet (J5.17): the joint line is below it."""
    hip, knee, _ = flat(treated(POSES[name]["people"][0])[0])
    kneecap = crosses(name)[0]
    thigh = minus(knee, hip)
    length = dist(knee, hip)

    drawn = [*arrows(name), *(at(place, moved) for tag, element, moved in elements(name)
                              if element.get("stroke") == CORE
                              for place in points(element.get("d")))]
    assert len(drawn) > 5
    for place in drawn:
        assert dot(minus(place, kneecap), thigh) / length < -CLEAR


@pytest.mark.parametrize("name", KNEES)
def test_a_knee_s_outer_side_is_where_its_side_has_it(name):
    """From the front by its outer and inner ligament; from the inner side, by what is behind."""
    places = as_drawn(name)
    if name.endswith(("tendon", "bursa")):
        assert places["kneecap"][0] < places["thigh-bone"][0]  # the front is at the left
        left = outer_side_is_nearer(name, places)
    else:
        left = places["outer-ligament"][0] > places["ligament"][0]

    assert drawings.drawn_side(name) == ("left" if left else "right")


def as_drawn(name):
    """The anchors in the units of the paths: before the group is moved and made larger."""
    root, group = (next(element for tag, element, _ in elements(name) if tag == wanted)
                   for wanted in ("svg", "g"))
    high = float(root.get("viewBox").split()[3])
    left, top, scale = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
    return {part: ((x * 600 - left) / scale, (y * high - top) / scale)
            for part, (x, y) in drawings.anchors(name).items()}


def outer_side_is_nearer(name, places):
    """Whether the fibula, on the outer side, is painted over the shin bone."""
    bones = [points(element.get("d")) for tag, element, _ in elements(name)
             if tag == "path" and element.get("stroke") == "#24384A"
             and element.get("fill") in (BONE, "#DEE4E8", "none")]

    def painted_as(part):
        x, y = places[part]
        return max(order for order, bone in enumerate(bones)
                   if min(p[0] for p in bone) < x < max(p[0] for p in bone)
                   and min(p[1] for p in bone) < y < max(p[1] for p in bone))

    return painted_as("fibula") > painted_as("shin-bone")
