"""The HTML page of a document: all that it says and nothing else, well-formed, closed in itself."""

import re
from base64 import b64encode
from datetime import date
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from itertools import pairwise

import html5lib
import pytest
from helpers import TODAY, texts
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from handouts import document as doc
from handouts.brand.colours import complete_colours, contrast
from handouts.brand.logo import Logo
from handouts.drawings.svg import PANEL, halves, mirrored, signs
from handouts.errors import UnsafeError
from handouts.html import mail, writing
from handouts.html import page as html
from handouts.html.page import style
from handouts.paths import data_folder, default_brand_path
from handouts.pdf.figures.figures import dressed
from handouts.pdf.layout.theme import palette
from handouts.press.press import Press
from handouts.press.records import Records
from handouts.request.look import SKINS, Look
from handouts.request.request import Patient, Request

PATIENT = Patient("Ana Ruiz", given_on=TODAY, note="Twice a day.\nThen rest.")
KINDS = {
    "calm": ("osteoarthritis", {"state": "calm", "side": "left", "patient": PATIENT}),
    "right": ("osteoarthritis", {"state": "calm", "side": "right", "flags": ("anticoagulant",)}),
    "screened": ("osteoarthritis", {}),
    "waits": ("gout", {"state": "attack"}),
    "infection": ("infection", {"side": "both"}),
    "cleared": ("bursitis", {"state": "cleared", "side": "left"}),
    "spanish": ("tendonitis", {"state": "settled", "side": "right", "language": "es"}),
}
ICONS = {path.stem for path in (data_folder("assets") / "figures" / "icons").glob("*.svg")}
LOOK = Look()
SVG = "{http://www.w3.org/2000/svg}"


def parsed(page):
    """The elements of a page; html5lib is strict and raises what a validator would tell."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def strings(element):
    """The text of an element, a string for each stretch between tags."""
    return [part.strip() for part in element.itertext() if part.strip()]


def joined(words):
    """Text without white space: what stands in which element does not matter."""
    return re.sub(r"\s", "", "".join(words))


@pytest.fixture(params=KINDS)
def composed(request, document):
    cause, asked = KINDS[request.param]
    return document(cause, **asked)


@pytest.fixture
def page(composed, brand):
    return parsed(html.page(composed, brand, LOOK))


def by_page(document):
    """What a document says with the number of a page in it."""
    reminders = [block.rules.reminder for page in document.pages for block in page.blocks
                 if isinstance(block, doc.Routine)]
    boxes = [block for page in document.pages for block in page.blocks
             if isinstance(block, doc.StopBox)]
    return {text for one in reminders for text in (one.end, one.two, one.ends)} | {
        page.more for page in document.pages} | {box.where for box in boxes} | {
        column.when for box in boxes for column in box.columns}


# -- what it says ----------------------------------------------------------------------------------


def _nodes(node):
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif isinstance(node, Struct):
        yield node
        for name in node.__struct_fields__:
            yield from _nodes(getattr(node, name))


def test_a_page_says_all_that_the_document_says(composed, page):
    said = joined(page.itertext())
    drawn = {element.get("aria-label") for element in page.iter()}

    brief = {text for one in composed.pages for block in one.blocks
             if isinstance(block, doc.FinePrint)
             for text in texts(block.brief)}  # for paper that has no room for the long one
    nodes = [block for page in composed.pages for block in _nodes(page.blocks)]
    paged = {text for node in nodes if isinstance(node, doc.Thing | doc.Unexamined)
             for text in (node.where, getattr(node, "paper", ""))}  # what names a page of paper
    paged |= {extra.title for page in composed.pages for extra in page.extras
              if isinstance(extra, doc.Card)}  # lines to write on, where a sheet has room
    paged |= {text for node in nodes if isinstance(node, doc.AskFirst)
              for text in texts(node.text)}  # the same as its items
    paged |= by_page(composed)
    left_out = {text for text in texts(composed) if joined(text) not in said} - brief - paged
    assert left_out - drawn - ICONS - {composed.footer.page, composed.side} == set()
    assert strings(page.find(".//h1")) == [composed.pages[0].title]


def test_a_page_says_nothing_that_the_document_does_not_say(composed, page):
    ends = (end.replace("{PAGE}", "1") for end in by_page(composed))
    document = joined([*texts(composed), *ends])
    numbers = {str(number) for number in range(20)}

    said = [text for part in page.find("body") if part.tag != f"{SVG}svg" for text in strings(part)]
    assert {text for text in said if joined(text) not in document} - numbers == set()


def test_the_short_disclaimer_begins_and_ends_a_page_and_the_long_one_stands_once(composed, page):
    short = composed.footer.disclaimer
    assert joined(strings(page.find("body/header"))[-1]) == joined(short)
    assert joined(strings(page.find("body/footer"))[0]) == joined(short)
    assert joined(page.itertext()).count(joined(short)) == 2
    [long] = [block for one in composed.pages for block in one.blocks
              if isinstance(block, doc.FinePrint)]
    [fine] = page.findall(".//div[@class='fine']")
    assert joined(texts(long.paragraphs)) in joined(fine.itertext())


def test_the_disclaimer_comes_last_as_in_print(composed, page):
    *_, last = page.find("body/main")
    assert last.get("class") == "fine"


def test_an_extra_is_said_once(document, brand):
    composed = document("osteoarthritis", state="flare")
    extra = composed.pages[-1].extras[0]

    assert html.page(composed, brand, LOOK).decode().count(f"<span>{extra.title}</span>") == 1


# -- how it is built -------------------------------------------------------------------------------


def test_headings_start_with_one_h1_and_skip_no_level(page):
    levels = [int(element.tag[1]) for element in page.iter()
              if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag)]

    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_page_names_its_language_its_title_and_its_landmarks(composed, page):
    assert page.get("lang") == composed.language
    assert page.findtext("head/title") == composed.title
    assert [part.tag for part in page.find("body") if part.tag != f"{SVG}svg"] == [
        "header", "main", "footer"]


def test_pictures_have_their_alt_text_and_all_else_is_hidden(composed, page):
    alts = [figure.alt for figure in _figures(composed)]
    drawn = list(page.iter(f"{SVG}svg"))

    shown = [svg for svg in drawn if svg.get("role") == "img"]
    assert sorted(svg.get("aria-label") for svg in shown) == sorted(alts)
    assert all(svg.get("aria-hidden") == "true" for svg in drawn if svg not in shown)


def _figures(node):
    if isinstance(node, doc.Figure):
        yield node
    elif isinstance(node, doc.Page):
        yield from _figures((node.blocks, node.extras))
    elif isinstance(node, tuple):
        for item in node:
            yield from _figures(item)
    elif hasattr(node, "__struct_fields__"):
        for name in node.__struct_fields__:
            yield from _figures(getattr(node, name))


def test_drawings_are_written_once_and_mirrored_as_in_the_pdf(composed, page):
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))

    shown = [use for svg in page.iter(f"{SVG}svg") if svg.get("role") == "img"
             for use in svg.iter(f"{SVG}use")]
    assert {use.get("href")[1:] for use in page.iter(f"{SVG}use")} == set(ids) - {"stop"}
    for use in shown:
        name = use.get("href").removeprefix("#drawing-")
        assert ("transform" in use.attrib) is (
            not name.startswith("signs-") and mirrored(name, composed.side))


@pytest.mark.parametrize("side", ["left", "right"])
def test_each_half_of_a_picture_is_mirrored_in_its_own_place(document, brand, side):
    page = parsed(html.page(document("osteoarthritis", side=side), brand, LOOK))
    cut = [svg for svg in page.iter(f"{SVG}svg") for use in svg
           if use.get("href") == "#drawing-zones" and svg.get("role") is None]

    if side == "left":
        assert not cut
    else:
        ends = [float(svg.get("x")) + float(svg.get("width")) for svg in cut]
        assert ends == pytest.approx([600 * end for end in (*halves("zones"), 1)])
        for svg in cut:
            low, _, wide, _ = map(float, svg.get("viewBox").split())
            assert svg[0].get("transform") == f"matrix(-1 0 0 1 {2 * low + wide:g} 0)"


@pytest.mark.parametrize(("side", "left"), [("left", 1), ("right", -1)])
def test_a_sign_moves_with_its_picture_but_is_not_mirrored(document, brand, side, left):
    page = parsed(html.page(document("osteoarthritis", side=side), brand, LOOK))
    clock, = (use for use in page.iter(f"{SVG}use") if use.get("href") == "#drawing-signs-clock")
    picture = next(svg for svg in page.iter(f"{SVG}svg") if clock in list(svg))
    middle = float(clock.get("x")) + float(clock.get("width")) / 2

    placed, = signs("step1")
    width = float(picture.get("viewBox").split()[2])
    assert middle == pytest.approx(placed.x * width if left == 1 else (1 - placed.x) * width)
    assert float(clock.get("width")) == pytest.approx(placed.width * width)


@pytest.mark.parametrize("skin", SKINS)
def test_people_have_the_skin_that_they_have_in_the_pdf(document, brand, skin):
    page = parsed(html.page(document("osteoarthritis", state="calm"), brand, Look(skin=skin)))

    for symbol in page.iter(f"{SVG}symbol"):
        name = symbol.get("id").removeprefix("drawing-")
        if not name.startswith(("icons-", "signs-", "warnings-")):
            used = {value for part in symbol.iter() for value in part.attrib.values()
                    if re.fullmatch("#[0-9A-F]{6}", value)}
            assert used == dressed(name, Look(skin=skin)).colours - {PANEL}


def test_the_diary_is_a_table_with_scopes(document, brand):
    page = parsed(html.page(document("osteoarthritis"), brand, LOOK))
    table = page.find(".//table[@class='diary']")

    assert {th.get("scope") for th in table.iterfind("thead/tr/th")} == {"col"}
    assert [row.find("th").get("scope") for row in table.iterfind("tbody/tr")] == ["row"] * 3
    assert {len(row) for row in table.iter("tr")} == {7}  # nobody has examined the knee: 6 weeks


def test_the_guide_is_a_table_told_by_words_and_signs(document, brand):
    page = parsed(html.page(document("osteoarthritis"), brand, LOOK))
    table = page.find(".//table[@class='guide']")

    assert [th.get("scope") for th in table.iterfind("thead/tr/th")] == ["col"] * 3
    assert [th.find(f".//{SVG}svg").get("class") for th in table.iterfind("thead/tr/th")] == [
        "badge"] * 3
    assert [row.find("th").get("scope") for row in table.iterfind("tbody/tr")] == ["row"] * 3
    assert {len(row) for row in table.iter("tr")} == {4}


@pytest.mark.parametrize("state", [None, "calm"])
def test_what_is_not_true_leads_to_when_massage_must_not_be(document, brand, state):
    page = parsed(html.page(document("osteoarthritis", state=state), brand, LOOK))
    [link] = page.iterfind(".//a[@href='#stop']")
    [box] = page.iterfind(".//*[@id='stop']")

    assert "Do not massage." in "".join(link.itertext())
    assert ("No massage." if state else "Do not massage.") in "".join(box.itertext())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("edition", ["sheet", "standard", "full"])
@pytest.mark.parametrize(("cause", "state"), [
    ("osteoarthritis", "calm"), ("knee-pain", None), ("injury", "cleared"), ("gout", "attack"),
    ("infection", None)])
def test_nothing_on_a_page_without_pages_sends_to_a_page(document, brand, cause, state, edition,
                                                         language):
    made = document(cause, state=state, edition=edition, language=language)
    sent = message_from_bytes(mail.message(made, brand, LOOK, lambda name, mirror: b""),
                              policy=default)
    said = ["".join(parsed(html.page(made, brand, LOOK)).find(".//body").itertext()),
            sent.get_body(("plain",)).get_content()]

    assert [re.findall(r"(?i)\b(?:page|página)s?\s\d.*", text) for text in said] == [[], []]


def test_a_picture_of_a_step_or_a_move_stands_before_what_to_do(document, brand):
    page = parsed(html.page(document("osteoarthritis"), brand, LOOK))
    cells = [section for section in page.iter("section") if section.get("class") in (
        "step", "move")]

    assert len(cells) == 5 + 3
    for cell in cells:
        parts = [part.get("class") or part.tag for part in cell]
        picture = next(at for at, name in enumerate(parts) if name.startswith(("figure", "frames")))
        assert picture < parts.index("p")


def test_labels_are_numbered_down_each_side_of_their_picture(document, brand):
    labels = tuple(doc.Label(name, name) for name in (
        "thigh-muscle", "kneecap", "thigh-bone", "cartilage", "meniscus", "shin-bone"))
    figure = doc.LabelledFigure(doc.Figure("anatomy-osteoarthritis", "A knee"), labels)
    made = document("osteoarthritis", side="left")
    first = replace(made.pages[0], blocks=(doc.Card("know", "What", "info", (figure,)),))
    page = parsed(html.page(replace(made, pages=(first,)), brand, LOOK))
    labelled = page.find(".//div[@class='labelled']")
    numbers = [mark.findtext(f"{SVG}text") for mark in labelled.iter(f"{SVG}g")]

    assert numbers == ["1", "2", "3", "4", "5", "6"]
    assert len(labelled.findall("ol/li")) == 6


# -- closed in itself ------------------------------------------------------------------------------


def test_a_page_asks_for_nothing_and_runs_nothing(page):
    for element in page.iter():
        assert element.tag not in ("script", "link", "iframe", "form", "object")
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            if name == "src":
                assert value.startswith("data:image/")
            elif name == "href":
                assert value.startswith(("#", "https:", "tel:", "mailto:"))
    assert "url(" not in page.findtext("head/style")
    assert "@import" not in page.findtext("head/style")


def test_the_policy_allows_the_pages_own_style_and_no_other(page, brand):
    digest = b64encode(sha256(page.findtext("head/style").encode()).digest()).decode()
    meta = {item.get("http-equiv"): item.get("content") for item in page.iterfind("head/meta")}

    assert meta["Content-Security-Policy"] == html.policy(brand)
    assert html.policy(brand).split("; ")[:2] == ["default-src 'none'",
                                                  f"style-src 'sha256-{digest}'"]


@pytest.mark.parametrize(("kind", "form"), [("svg", "svg+xml"), ("raster", "png")])
def test_a_logo_is_a_picture_of_its_own(document, brand, kind, form):
    logo = replace(brand, logo=Logo(kind, b"bytes", 200, 100))
    image = parsed(html.page(document("gout", brand=logo), logo, LOOK)).find(".//img")

    assert dict(image.attrib) == {"src": f"data:image/{form};base64,Ynl0ZXM=", "alt": "",
                                  "width": "96", "height": "48"}


# -- values are text -------------------------------------------------------------------------------

NASTY = ["<b>x</b>", "<script>alert(1)</script>", "</dd></dl>", "&amp;", "&lt", "<!--", "{{ 7*7 }}"]
LETTERS = (st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
                   min_size=1)
           | st.text("<>&;/!-='\"ab ", min_size=1) | st.sampled_from(NASTY))


@pytest.fixture(scope="module")
def plain(knee, brand):
    """A small document with a panel, whose values a test replaces."""
    fields = tuple(doc.Field(name, name) for name in ("patient", "id", "clinician", "review"))
    hero = doc.Hero("Title", "", doc.Panel(fields, doc.Field("note", "note")))
    return doc.Document("Title", "en", "", doc.Letterhead("Practice", ()),
                        (doc.Page("about", "Title", "", (hero,)),), doc.Footer("Short", (), ""))


@given(values=st.lists(LETTERS, min_size=5, max_size=5))
def test_a_patients_values_are_text_and_never_markup(plain, brand, values):
    hero = plain.pages[0].blocks[0]
    *fields, note = (replace(field, value=value) for field, value in
                     zip((*hero.panel.fields, hero.panel.note), values, strict=True))
    filled = replace(hero, panel=replace(hero.panel, fields=tuple(fields), note=note))
    page = parsed(html.page(replace(plain, pages=(replace(plain.pages[0], blocks=(filled,)),)),
                            brand, LOOK))

    assert [dd.text for dd in page.iter("dd")] == values
    assert [len(dd) for dd in page.iter("dd")] == [0] * 5


@given(text=LETTERS, link=st.sampled_from(["", 'https://a.example/"><b>']))
def test_runs_are_text_in_their_voice(text, link):
    run = doc.Run(text, strong=True, lang='e"s', link=link)
    found = html5lib.parseFragment(str(writing.text((run,))), namespaceHTMLElements=False)

    tags = ["a", "strong", "span"] if link else ["strong", "span"]
    assert [element.tag for element in found.iter()][1:] == tags
    assert "".join(found.itertext()) == text
    assert found.find(".//span").get("lang") == 'e"s'


# -- looks -----------------------------------------------------------------------------------------


def _variables(block):
    return dict(re.findall(r"--([\w-]+): *(#[0-9a-fA-F]{3,6})", block))


def _whole(colour):
    return "#" + "".join(digit * 2 for digit in colour[1:]) if len(colour) == 4 else colour


def _looks(colours):
    """The colours on a light and on a dark screen."""
    sheet = style(colours)
    roots = [_variables(block) for block in re.findall(r":root *{([^}]*)}", sheet)]
    brand, brand_dark, light, dark, _ = ({name: _whole(value) for name, value in root.items()}
                                         for root in roots)
    return {**light, **brand}, {**light, **dark, **brand_dark}


def test_the_kinds_have_the_colours_of_the_pdf(brand):
    light, _ = _looks(brand.colours)
    wanted = palette(*map(str, ("#000000", "#ffffff", "#000000")))

    for kind in ("know", "do", "care"):
        shades = wanted.kind(kind)
        assert [light[kind], light[f"{kind}-tint"], light[f"{kind}-outline"]] == [
            f"#{shade.hexval()[2:]}" for shade in (shades.ink, shades.tint, shades.outline)]
    assert light["stop"] == f"#{wanted.kind('stop').ink.hexval()[2:]}"


@given(colour=st.integers(0, 0xFFFFFF))
def test_every_ink_can_be_read_on_every_screen(colour):
    problems = []
    colours = complete_colours({"brand": f"#{colour:06X}"}, problems)
    if problems:
        return
    for look in _looks(colours):
        for kind in ("know", "do", "care"):
            assert contrast(look[kind], look[f"{kind}-tint"]) >= 7
            assert contrast(look["text"], look[f"{kind}-tint"]) >= 7
        for ink in ("text", "mute", "stop", "do", "brand"):
            assert contrast(look[ink], look["ground"]) >= 7
        assert contrast(look["text"], look["brand-tint"]) >= 7
        assert contrast(look["brand"], look["brand-tint"]) >= 4.5


def test_the_style_sheet_is_shipped_with_the_program():
    assert (data_folder("templates").parent / "handouts" / "html" / "page.css").is_file()


# -- from a request --------------------------------------------------------------------------------


def test_a_press_composes_the_page_of_a_request(press):
    request = Request("gout", "between", patient=PATIENT)
    page = press.page(request, date(2026, 6, 1))

    assert page == press.page(request, TODAY)
    assert "Ana Ruiz" in page.decode()
    assert "Nov 25, 2026" in page.decode()


def test_a_page_is_kept_on_record_like_a_pdf(tmp_path):
    own = Press(default_brand_path(), records=Records(tmp_path))
    own.page(Request("gout", "between", patient=PATIENT), TODAY)
    facts = own.handout(Request("gout", "between"), TODAY).facts

    assert Records(tmp_path).of(facts["id"])["state"] == "between"
    assert len(list(tmp_path.iterdir())) == 1


def test_large_print_starts_large(press):
    large = parsed(press.page(Request("gout", format="large-print"), TODAY))

    assert large.get("class") == "large"
    assert parsed(press.page(Request("gout"), TODAY)).get("class") is None


def test_a_page_keeps_to_the_rules(press):
    with pytest.raises(UnsafeError):
        press.page(Request("gout", "attack", massages=("self-massage",)), TODAY)
    with pytest.raises(UnsafeError):
        press.page(Request("gout", patient=Patient(born=date(2012, 1, 1))), TODAY)
