"""The pictures: flat paths only, as wide as the style sheet says, each drawable and described."""

import re
from xml.etree import ElementTree

import pytest
from hostile import LOGOS

from handouts import paths
from handouts.brand.brand import read_brand
from handouts.drawings import svg
from handouts.errors import PackError
from handouts.pack import contract
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.pdf.figures import figures, proof, vectors
from handouts.rules.safety import decide
from handouts.system import limits
from handouts.system.store import Recent, Store

FOLDER = paths.data_folder("assets") / "figures"
PICTURES = sorted(FOLDER.glob("*.svg"))
ICONS = sorted((FOLDER / "icons").glob("*.svg"))
SIGNS = sorted([*(FOLDER / "signs").glob("*.svg"), *(FOLDER / "warnings").glob("*.svg")])
ELEMENTS = {"svg", "title", "desc", "g", "path", "rect", "circle"}
FORBIDDEN = re.compile(r"opacity|filter|mask|marker|gradient|pattern|<text|class=|clip-path|url\(")


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_600_units_wide_and_small(path):
    source = path.read_text(encoding="utf-8")

    assert ElementTree.fromstring(source).get("viewBox").split()[2] == "600"
    assert len(source) <= 20_000


@pytest.mark.parametrize("path", [*PICTURES, *SIGNS, *ICONS], ids=lambda path: path.stem)
def test_a_drawing_is_flat_paths_with_lines_that_a_printer_holds(path):
    source = path.read_text(encoding="utf-8")
    widths = [float(width) for width in re.findall(r'stroke-width="([^"]+)"', source)]

    assert {element.tag.split("}")[1] for element in ElementTree.fromstring(source).iter()} <= (
        ELEMENTS)
    assert not FORBIDDEN.search(source)
    assert min(widths) >= 1.6


@pytest.mark.parametrize("path", [*PICTURES, *SIGNS, *ICONS], ids=lambda path: path.stem)
def test_a_picture_draws_something(path):
    drawn = figures.art(str(path.relative_to(FOLDER).with_suffix("")))

    assert drawn.drawing.operators
    assert vectors.is_only_shapes(drawn.drawing)
    assert drawn.width > 0


def sources():
    """Every SVG that comes with the program, by the name of its compiled drawing."""
    found = {str(path.relative_to(FOLDER).with_suffix("")): path.read_bytes()
             for path in [*PICTURES, *SIGNS, *ICONS]}
    return {**found, "logo": read_brand(default_brand_path()).logo.data}


def test_the_compiled_drawings_are_those_of_their_svgs(request):
    folder = figures.compiled_file("x").parent
    wanted = {}
    for name, source in sources().items():
        drawing = vectors.compile_svg(source, name)
        wanted[name] = figures.digest(source) + b"\n" + vectors.packed(drawing)
        if request.config.getoption("--update-refs"):
            figures.compiled_file(name).parent.mkdir(parents=True, exist_ok=True)
            figures.compiled_file(name).write_bytes(wanted[name])

    assert {str(path.relative_to(folder).with_suffix("")): path.read_bytes()
            for path in folder.rglob("*.vectors")} == wanted


def test_a_compiled_drawing_of_another_svg_is_not_used():
    other = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'

    assert figures.from_svg(other, "logo").drawing == vectors.compile_svg(
        other, "logo", proof.UNITS)


def test_every_picture_and_icon_that_a_handout_may_show_exists():
    structure = load_pack("knee").structure
    icons = {entry.icon for table in (structure.tips, structure.acts) for entry in table.values()}
    warnings = {entry.picture for table in (structure.signs, structure.flags)
                for entry in table.values()} - {""}

    assert contract.figure_names(structure) <= {path.stem for path in PICTURES}
    assert icons <= {path.stem for path in ICONS}
    assert warnings <= svg.warning_names()


ONE_MEANING = [{"locks", "locked"}, {"fever", "fever-again"}, {"worse", "more-pain"},
               {"lump-cut", "open-skin"}, {"wound-today", "wound"},
               {"unsteady", "gives-way"}, {"varicose-veins", "visible-veins"}]


def test_no_pictogram_serves_two_signs_that_mean_different_things():
    structure, uses = load_pack("knee").structure, {}
    for name, entry in [*structure.signs.items(), *structure.flags.items()]:
        if entry.picture:
            uses.setdefault(entry.picture, set()).add(name)

    for picture, names in uses.items():
        assert len(names) == 1 or any(names <= same for same in ONE_MEANING), (picture, names)


@pytest.mark.parametrize("cause", load_pack("knee").structure.causes)
def test_no_handout_shows_one_pictogram_for_two_signs(cause):
    knee = load_pack("knee")
    for state in (None, *knee.cause(cause).states):
        for flags in ((), *((flag,) for flag in knee.structure.flags)):
            signs = decide(knee, cause, state, flags=flags).care.signs
            shown = [knee.structure.signs[name].picture for name in signs]
            assert len(set(filter(None, shown))) == len(list(filter(None, shown)))


def test_every_flag_with_a_warning_on_the_page_has_a_pictogram():
    structure = load_pack("knee").structure

    assert {name for name, flag in structure.flags.items()
            if not flag.picture and not (flag.wait or flag.screened_wait)} == set()


def test_every_cause_has_a_knee_of_its_own_with_the_anchors_of_its_labels():
    causes = load_pack("knee").structure.causes
    plain = svg.anchors("anatomy")

    assert {name for name, cause in causes.items() if cause.figure == "anatomy"} == {"knee-pain"}
    for cause in causes.values():
        assert set(svg.anchors(cause.figure)) == set(plain)


def test_every_massage_has_a_picture_of_its_own():
    massages = load_pack("knee").structure.massages

    assert len({massage.figure for massage in massages.values()}) == len(massages)


class Canvas:
    """Keeps where forms are placed, and whether mirrored."""

    def __init__(self):
        self.now, self.kept, self.placed = (1.0, 0.0), [], {}

    def saveState(self):
        self.kept.append(self.now)

    def restoreState(self):
        self.now = self.kept.pop()

    def translate(self, x, _):
        self.now = (self.now[0], self.now[1] + self.now[0] * x)

    def scale(self, x, _):
        self.now = (self.now[0] * x, self.now[1])

    def beginPath(self):
        return self

    def rect(self, *_):
        pass

    def clipPath(self, *_, **__):
        pass

    def form(self, name, _):
        self.placed[name] = self.now


def test_a_clock_moves_with_a_mirrored_picture_but_is_not_mirrored():
    plain, mirror = Canvas(), Canvas()
    for canvas in (plain, mirror):
        picture = figures.Picture(figures.art("step1"), 100, mirror=canvas is mirror)
        picture.canv = canvas
        picture.draw()

    assert mirror.placed["step1"][0] < 0 < plain.placed["step1"][0]
    assert mirror.placed["signs-clock"][0] == plain.placed["signs-clock"][0] > 0
    clock = figures.art("step1").signs[0].width * 100
    assert (mirror.placed["signs-clock"][1] + clock / 2 == pytest.approx(
        100 - plain.placed["signs-clock"][1] - clock / 2))


@pytest.mark.parametrize("name", ["step2", "zones"])
def test_of_a_picture_of_two_halves_each_is_mirrored_in_its_own_place(name):
    drawn, canvas = figures.art(name), Canvas()
    picture = figures.Picture(drawn, drawn.width, mirror=True)
    picture.canv = canvas
    picture.draw()

    found = re.findall(rb"q (\S+) 0 (\S+) \d+ re W n -1 0 0 1 (\S+) 0 cm",
                       picture.art.drawing.operators)
    strips = [tuple(map(float, numbers)) for numbers in found]
    assert canvas.placed[f"{name}-turned"] == (1, 0)  # nothing is mirrored as a whole
    assert [low + wide for low, wide, _ in strips] == pytest.approx(
        [end * drawn.width for end in (*drawn.halves, 1)])
    for low, wide, shift in strips:  # what was at a half's left is at its right
        assert shift == pytest.approx(2 * low + wide)


def test_a_sign_stays_in_its_half():
    sign, = figures.art("step2").signs
    halved = figures.art("step2").halves

    assert sign.x < halved[0] / 2 < svg.turned(sign.x, halved) < halved[0]


def test_signs_lie_inside_their_pictures():
    for path in PICTURES:
        drawn = figures.art(path.stem)
        for sign in drawn.signs:
            high = sign.width / 2 * drawn.width / drawn.height
            assert sign.width / 2 <= sign.x <= 1 - sign.width / 2
            assert high <= sign.y <= 1 - high


def test_a_missing_picture_is_named():
    with pytest.raises(PackError, match="there is no figure 'unicorn'"):
        figures.art("unicorn")


@pytest.mark.parametrize(("paint", "seen"), [
    ('fill="#fff"', False), ('fill="#fffefa" stroke="#f8f8f8"', False), ('fill="#e0e0e0"', True),
    ('fill="#fff" stroke="#0b5563"', True)])
def test_a_logo_that_is_not_seen_on_white_paper_is_refused(paint, seen):
    logo = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
            f'<path d="M1 1h7v7z" {paint}/></svg>').encode()

    if seen:
        assert figures.from_svg(logo, "logo").drawing.operators
    else:
        with pytest.raises(PackError, match="blank on white paper"):
            figures.from_svg(logo, "logo")


DOT = '<circle cx="4" cy="4" r="3"/>'


@pytest.mark.parametrize(("box", "inside"), [
    ("0 0 9 9", '<circle cx="90" cy="4" r="3"/>'), ("0 0 9 9", f'<g opacity="0">{DOT}</g>'),
    ("0 0 9 9", f'<g transform="scale(0)">{DOT}</g>'),
    ("0 0 9 9", '<path d="M1 1h7v7z" fill-opacity=".01"/>'),
    ("0 0 .01 4000", '<path d="M0 0h.01v4000H0z"/>'),
    ("0 0 9 9", '<path d="M1 1h7v7z"/><path d="M0 0h9v9H0z" fill="#fff"/>'),
    ("0 0 9 9", '<linearGradient id="g"><stop stop-color="#fff"/><stop offset="1" '
                'stop-color="#fefefe"/></linearGradient><path d="M1 1h7v7z" fill="url(#g)"/>')])
def test_a_logo_is_judged_by_the_ink_that_it_leaves(box, inside):
    logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'.encode()

    with pytest.raises(PackError, match="blank on white paper"):
        figures.from_svg(logo, "logo")


def test_a_logo_that_is_drawn_without_end_is_refused(monkeypatch):
    with limits.Child(seconds=0.5) as child:
        monkeypatch.setattr(limits, "shared", lambda: child)
        with pytest.raises(PackError, match="takes too long to draw"):
            figures.from_svg(LOGOS["clips in clips.svg"](0), "logo")


def test_a_logo_that_the_store_knows_is_neither_compiled_nor_drawn(tmp_path, monkeypatch):
    logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 8">{DOT}</svg>'.encode()
    store = Store(tmp_path)
    first = figures.from_svg(logo, "logo", store)
    monkeypatch.setattr(limits, "shared", None)
    monkeypatch.setattr(figures, "_logos", Recent(8))

    assert figures.from_svg(logo, "logo", store) == first


def test_the_built_in_logo_starts_no_process(monkeypatch):
    monkeypatch.setattr(limits, "shared", None)
    monkeypatch.setattr(figures, "_logos", Recent(8))
    built_in = read_brand(default_brand_path()).logo

    assert figures.from_svg(built_in.data, "logo").width
