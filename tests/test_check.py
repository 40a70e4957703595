"""Every check finds its fault: one fault is planted at a time, and just that one is found.

The structural faults are planted in a sample made by hand and in a handout of the product;
HANDOUTS_CHECK_SAMPLE may name a further PDF without faults.
"""

import json
import os
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from helpers import TODAY, page_texts, tag_tree
from hostile import FLATE, image, packed, pdf, stream
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tagged_sample import BODY, cmap, draw, saved

import cli
from handouts import paths
from handouts.check import (
    RULES,
    check,
    check_files,
    cmaps,
    fontcodes,
    operators,
    problems,
    standards,
)
from handouts.check.access import open_pdf
from handouts.check.alternatives import junk
from handouts.check.glyphnames import glyph_text
from handouts.check.painted import read_facts
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.request.request import Patient, Request


@pytest.fixture(scope="session")
def small():
    """The sample made by hand."""
    return draw()


NAMED = os.environ.get("HANDOUTS_CHECK_SAMPLE")


@pytest.fixture(scope="session", params=["small", "product", *(["named"] if NAMED else [])])
def good(request, small, press):
    """A good tagged PDF: by hand, by the product, by name.

    The product's is one of two pages; all others are asked for faults below.
    """
    if request.param == "small":
        return small
    if request.param == "named":
        return Path(NAMED).read_bytes()
    return press.handout(Request("gout", "attack", side="left"), TODAY).pdf


def rules(data) -> list[str]:
    """The rules that a PDF breaks, the validator's left out."""
    return sorted({finding.rule for finding in problems(data)} - {"standard"})


def planted(data, change) -> bytes:
    """The PDF after a change."""
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


def elements(pdf, *kinds):
    """The structure elements of some kinds, in reading order."""
    todo = [pdf.Root.StructTreeRoot]
    while todo:
        node = todo.pop()
        if str(node.get("/S", ""))[1:] in kinds:
            yield node
        kids = node.get("/K")
        kids = list(kids) if isinstance(kids, Array) else [kids]
        todo += [kid for kid in reversed(kids)
                 if isinstance(kid, Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR")]


def is_claim(kid) -> bool:
    return isinstance(kid, int) or (isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR")


def kids_of(node) -> list:
    kids = node.get("/K")
    return list(kids) if isinstance(kids, Array) else [kids]


def plain(pdf):
    """The paragraphs that hold content and nothing else."""
    return [node for node in elements(pdf, "P") if all(map(is_claim, kids_of(node)))]


def set_mcid(node, mcid):
    kid = node.K[0] if isinstance(node.K, Array) else node.K
    if isinstance(kid, Dictionary):
        kid.MCID = mcid
    elif isinstance(node.K, Array):
        node.K[0] = mcid
    else:
        node.K = mcid


def drop(node):
    above = node.P
    kept = [kid for kid in kids_of(above)
            if not isinstance(kid, Dictionary) or kid.objgen != node.objgen]
    above.K = Array(kept)


def rows(pdf):
    """The ParentTree's rows by number."""
    flat = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {flat[at]: flat[at + 1] for at in range(0, len(flat), 2)}


def two_in_a_column(data):
    """The object numbers of two blocks of one parent, the first straight above the second."""
    facts = read_facts(open_pdf(data))
    boxes = {element: facts.box_of(element, 1) for element in facts.tree.elements
             if element.kind in ("P", "LBody", "LI", "Sect", "H2", "H3") and element.key}
    for one, two in ((a, b) for a in boxes for b in boxes if a is not b and a.parent is b.parent):
        if boxes[one] and boxes[two] and not one.elements and not two.elements:
            across = min(boxes[one].right, boxes[two].right) - max(boxes[one].left,
                                                                   boxes[two].left)
            if boxes[one].bottom > boxes[two].top and across > 30:
                return one.key, two.key
    raise AssertionError("no two blocks stand in a column")


# -- a good file -----------------------------------------------------------------------------------


def test_a_good_pdf_has_no_finding(good):
    report = check(good)

    assert (report.findings, report.unchecked, report.is_good) == ((), (), True)


STRUCTURE = load_pack().structure
STATES = [(cause, state) for cause, table in STRUCTURE.causes.items() for state in table.states]


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_every_handout_that_we_make_is_good(press, cause, state):
    cleared = date(2026, 11, 20) if STRUCTURE.causes[cause].states[state].cleared else None
    request = Request(cause, state=state, patient=Patient("Ana Ruiz", cleared_on=cleared))

    assert problems(press.handout(request, TODAY).pdf) == ()


def test_the_tag_tree_reads_like_the_page(small):
    assert tag_tree(small) == """\
Document lang=en-US title="Your knee"
  H1 "Looking after your knee"
  P "{body}"
  H2 "What to do"
  L
    LI Lbl "•" LBody "Breathe out."
    LI Lbl "•" LBody "Rub for ten minutes."
  Figure alt="The knee from the front"
  Figure alt="The thigh from the side"
  P "A column on the left of this page."
  P "A second column to be read after it."
  H2 "Day 2"
  P "Quiz: who can help? Call the X-ray clinic."
    Link "the X-ray clinic."
  Table
    TR
      TH "Day"
      TH "Minutes"
    TR
      TD "One"
      TD "5"
    TR
      TD "Two"
      TD "8"
  P "{body}"
""".replace("{body}", " ".join(BODY))


def test_a_form_that_holds_only_paths_is_passed_over_and_tells_the_same(press, monkeypatch):
    data = press.handout(Request("gout", "attack"), TODAY).pdf
    quick = read_facts(open_pdf(data)).pages
    monkeypatch.setattr(operators, "is_only_paths", lambda _: False)
    whole = read_facts(open_pdf(data)).pages

    def told(page):
        return ([(show.page, show.text, show.box) for show in page.shows],
                [(paint.box, paint.picture) for paint in page.paints], page.marks, page.broken)

    assert list(map(told, quick)) == list(map(told, whole))


@pytest.mark.parametrize("code", [
    b"", b"1 0 0 1 5 5 cm 0 0 9 9 re f", b"q .5 w 1 J []0 d [3 1.5] 0 d 1 2 m 3 -4.5 l S Q\n",
    b"0 0 m 1 1 2 2 3 3 c h B* n\r\n"])
def test_paths_their_inks_and_matrices_are_only_paths(code):
    assert operators.is_only_paths(code)


@pytest.mark.parametrize("code", [
    b"BT /F1 12 Tf (x) Tj ET", b"/A Do", b"/P BMC", b"EMC", b"BI ID x EI", b"/G gs", b"/S sh",
    b"(x)", b"1.2.3 w", b"--1 w", b"0 0 9 9 ref", b"<</A 1>>", b"1234567890 w", b"\xff"])
def test_what_may_say_more_is_read(code):
    assert not operators.is_only_paths(b"1 w " + code)


# -- faults in the structure, planted in every good file -------------------------------------------


def wrong_mcid(pdf):
    set_mcid(plain(pdf)[0], 9999)


def dropped_element(pdf):
    drop(plain(pdf)[0])


def shared_content(pdf):
    one, two = plain(pdf)[:2]
    two.K = Array([*kids_of(two), *kids_of(one)])


def absent_content(pdf):
    node = plain(pdf)[0]
    node.K = Array([*kids_of(node), Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=9999)])


def empty_parent_tree_entry(pdf):
    rows(pdf)[pdf.pages[0].StructParents][0] = None


def wrong_parent_tree_entry(pdf):
    row = rows(pdf)[pdf.pages[0].StructParents]
    row[0] = row[1]


def missing_struct_parents(pdf):
    del pdf.pages[0].obj.StructParents


def shared_struct_parents(pdf):
    pdf.pages[1].obj.StructParents = pdf.pages[0].StructParents


def unknown_struct_parents(pdf):
    pdf.pages[0].obj.StructParents = 7777


def page_of(node):
    """The object number of the page that an element's first content stands on."""
    kid = kids_of(node)[0]
    return (kid if isinstance(kid, Dictionary) and "/Pg" in kid else node).Pg.objgen


def headings_as_p(pdf):
    """Every heading on the last page that has one."""
    headings = list(elements(pdf, "H2", "H3", "H4"))
    for node in headings:
        if page_of(node) == page_of(headings[-1]):
            node.S = Name.P


def second_h1(pdf):
    next(elements(pdf, "H2")).S = Name.H1


def no_h1(pdf):
    for node in elements(pdf, "H1"):
        node.S = Name.H2


def skipped_level(pdf):
    list(elements(pdf, "H2"))[-1].S = Name.H5


def li_outside_l(pdf):
    next(elements(pdf, "L")).S = Name.Div


def lbl_outside_li(pdf):
    next(elements(pdf, "LI")).S = Name.L


def junk_alt(pdf):
    next(elements(pdf, "Figure")).Alt = String("image001.png")


def no_alt(pdf):
    del next(elements(pdf, "Figure"))["/Alt"]


def circular_tree(pdf):
    node = plain(pdf)[0]
    node.K = Array([*kids_of(node), node.P])


def wrong_parent(pdf):
    plain(pdf)[0].P = pdf.Root.StructTreeRoot


def untagged_paint(pdf):
    pdf.pages[0].contents_add(b"0 g 1 1 2 2 re f", prepend=False)


def info_title(pdf):
    pdf.trailer.Info.Title = String("Something else")


def info_date(pdf):
    pdf.trailer.Info.ModDate = String("D:20010101000000Z")


def no_xmp(pdf):
    del pdf.Root["/Metadata"]


def no_title(pdf):
    del pdf.trailer.Info["/Title"]
    data = pdf.Root.Metadata.read_bytes()
    start, end = data.index(b"<dc:title>"), data.index(b"</dc:title>")
    pdf.Root.Metadata.write(data[:start] + b"<dc:title>" + data[end:])


def no_language(pdf):
    del pdf.Root["/Lang"]


def odd_language(pdf):
    pdf.Root.Lang = String("American English")


def not_embedded(pdf):
    for node in pdf.objects:
        if isinstance(node, Dictionary) and "/FontFile2" in node:
            del node["/FontFile2"]


def swap(pdf, one, two):
    first, second = pdf.get_object(one), pdf.get_object(two)
    kids = kids_of(first.P)
    order = [kid.objgen if isinstance(kid, Dictionary) else None for kid in kids]
    at, other = order.index(one), order.index(two)
    kids[at], kids[other] = second, first
    first.P.K = Array(kids)


FAULTS = [
    (wrong_mcid, ["mcid-wrong"]),
    (dropped_element, ["mcid-unclaimed"]),
    (shared_content, ["mcid-shared"]),
    (absent_content, ["mcid-absent"]),
    (empty_parent_tree_entry, ["parent-tree"]),
    (wrong_parent_tree_entry, ["parent-tree"]),
    (missing_struct_parents, ["struct-parents"]),
    (shared_struct_parents, ["struct-parents"]),
    (unknown_struct_parents, ["struct-parents"]),
    (headings_as_p, ["heading-as-p"]),
    (second_h1, ["h1"]),
    (no_h1, ["h1"]),
    (skipped_level, ["heading-level"]),
    (li_outside_l, ["nesting"]),
    (lbl_outside_li, ["nesting"]),
    (junk_alt, ["alt-words"]),
    (no_alt, ["alt"]),
    (circular_tree, ["tree"]),
    (wrong_parent, ["tree"]),
    (untagged_paint, ["untagged-paint"]),
    (info_title, ["info-xmp"]),
    (info_date, ["info-xmp"]),
    (no_xmp, ["info-xmp"]),
    (no_title, ["title"]),
    (no_language, ["language"]),
    (odd_language, ["language"]),
    (not_embedded, ["not-embedded"]),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_fault_in_the_structure_is_found_and_nothing_else(good, fault, expected):
    assert rules(planted(good, fault)) == expected


def test_two_blocks_in_swapped_order_are_found(good):
    one, two = two_in_a_column(good)

    # Object numbers change when a file is saved, so the blocks are found again after that.
    assert rules(planted(good, lambda pdf: swap(pdf, one, two))) == ["order"]


def test_two_columns_in_swapped_order_are_found(small):
    def swapped(pdf):
        left, right = plain(pdf)[1:3]
        swap(pdf, left.objgen, right.objgen)

    assert rules(planted(small, swapped)) == ["order"]


def test_a_page_read_before_an_earlier_one_is_found(small):
    def swapped(pdf):
        swap(pdf, plain(pdf)[0].objgen, plain(pdf)[-1].objgen)

    assert rules(planted(small, swapped)) == ["order"]


def test_a_to_unicode_map_that_lies_is_found(good):
    """Two letters that no disclaimer holds are exchanged in every font's map."""
    foot = set("".join(page_texts(good)[0][-400:]))
    facts = read_facts(open_pdf(good))
    used = {code.text for page in facts.pages for show in page.shows for code in show.codes}
    one, two = sorted(letter for letter in used - foot - {" "} if len(letter) == 1
                      and letter.isalnum() and letter.isascii())[:2]

    def lie(pdf):
        for node in list(pdf.objects):
            if isinstance(node, Dictionary) and "/ToUnicode" in node:
                texts = cmaps.to_unicode(node.ToUnicode.read_bytes())
                turned = {one: two, two: one}
                node.ToUnicode = pdf.make_stream(cmap(
                    {code: turned.get(text, text) for code, text in texts.items()}))

    assert rules(planted(good, lie)) == ["to-unicode"]


def simple_font(lie) -> bytes:
    """A line set by ReportLab in a simple subset font, whose program names no character."""
    registerFont(TTFont("Plain", paths.data_folder("assets") / "fonts"
                        / "HyperlegiblePlainZero-Regular.ttf"))
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Plain", 14)
    canvas.drawString(60, 400, "Rest the knee")
    canvas.save()
    with pikepdf.open(buffer) as pdf:
        node = next(node for node in pdf.objects
                    if isinstance(node, Dictionary) and "/ToUnicode" in node)
        node.ToUnicode.write(lie(node.ToUnicode.read_bytes()))
        return saved(pdf)


def test_a_lie_about_a_font_without_unicode_map_is_told_by_its_outlines():
    def lie(table):
        assert b"<006B>" in table  # the letter k
        return table.replace(b"<006B>", b"<0071>")

    assert "to-unicode" not in rules(simple_font(lambda table: table))
    assert "to-unicode" in rules(simple_font(lie))


@pytest.mark.parametrize(("name", "text"), [
    ("a", "a"), ("eacute", "é"), ("Odieresis", "Ö"), ("seven", "7"), ("fi", "fi"), ("a.alt", "a"),
    ("uni00E9", "é"), ("u1F600", "😀"), ("uniD800", ""), ("g123", ""), (".notdef", ""),
    ("qcaron", ""),
])
def test_a_glyph_name_gives_its_text(name, text):
    assert glyph_text(name) == text


def test_one_text_for_two_pictures_is_found_and_for_one_picture_let_pass(small):
    def same(pdf):
        one, two = elements(pdf, "Figure")
        two.Alt = one.Alt

    def alike(pdf):
        same(pdf)
        objects = pdf.pages[0].Resources.XObject
        objects.Thigh = objects.Knee

    assert rules(planted(small, same)) == ["alt-same"]
    assert rules(planted(small, alike)) == []


def test_a_link_that_the_parent_tree_does_not_know_is_found(small):
    def loose(pdf):
        del pdf.pages[1].Annots[0]["/StructParent"]

    assert rules(planted(small, loose)) == ["link"]


def test_a_pdf_without_tags_is_said_to_be_so_once(small):
    def untagged(pdf):
        del pdf.Root["/StructTreeRoot"]

    assert rules(planted(small, untagged)) == ["untagged"]


# -- faults on the page, drawn into the sample -----------------------------------------------------


def on_page_2(**look):
    """A paragraph drawn in some look."""
    def change(sample):
        sample.block("P", look.pop("lines", "Not as it should be"), 60, 400, **look)
    return change


def stretched(sample):
    """A justified paragraph: every full line ends at one edge."""
    element, drawn = sample.element("P"), []
    for at, line in enumerate(BODY):
        words, width = line.split(), 380.0
        face, scale = sample.faces["F1"], 12 / 1000
        advances = face.tables[b"hmtx"]
        ems = {letter: int.from_bytes(advances[4 * face.unicode[ord(letter)]:][:2], "big") * scale
               for letter in line}
        gap = (width - sum(ems[letter] for letter in line if letter != " ")) / (len(words) - 1)
        gap, x = (gap if at < 3 else ems[" "]), 60.0
        for number, word in enumerate(words):
            more = " " if number < len(words) - 1 else ""
            drawn.append(sample.text(word + more, round(x, 3), 400 - 17 * at))
            x += sum(ems[letter] for letter in word) + gap
    sample.mark(element, " ".join(drawn))


def centred(sample):
    lines = ("Rest now.", "Put a cold pack in a towel.", "Walk a little way.")
    drawn = []
    for at, line in enumerate(lines):
        face = sample.faces["F1"]
        width = sum(int.from_bytes(face.tables[b"hmtx"][4 * face.unicode[ord(letter)]:][:2], "big")
                    for letter in line) * 12 / 1000
        drawn.append(sample.text(line, 300 - width / 2, 400 - 17 * at))
    sample.mark(sample.element("P"), " ".join(drawn))


def missing_glyph(sample):
    sample.mark(sample.element("P"), "BT /F1 12 Tf 60 400 Td <0000> Tj ET")


def private_glyph(text):
    """A character whose ToUnicode text is another one, of a glyph that the font does not name."""
    def change(sample):
        face = sample.faces["F1"]
        glyph = next(glyph for glyph in range(1, face.glyph_count)
                     if glyph not in face.characters)
        if text:
            sample.fonts["F1"].ToUnicode = sample.pdf.make_stream(cmap(
                {g: chr(min(letters)) for g, letters in face.characters.items() if g}
                | {glyph: text}))
        sample.mark(sample.element("P"), f"BT /F1 12 Tf 60 400 Td <{glyph:04X}> Tj ET")
    return change


def repeated_mcid(sample):
    sample.block("P", "Said once", 60, 400)
    sample.code.append(f"/P <</MCID {len(sample.row) - 1}>> BDC "
                       f"{sample.text('and once more', 120, 400)} EMC")


def hard_words(sample):
    sample.block("P", [
        "Physiotherapeutic rehabilitation necessitates comprehensive",
        "interdisciplinary collaboration considering individual biomechanical",
        "characteristics, cardiovascular comorbidities, pharmacological",
        "interactions and psychological determinants of musculoskeletal",
        "discomfort."] * 2, 60, 400)


DRAWN = [
    ("tiny type", on_page_2(size=8), ["type-size"]),
    ("type made tiny by a matrix", lambda s: s.mark(
        s.element("P"), "q 0.5 0 0 0.5 0 0 cm " + s.text("Not so", 120, 800) + " Q"),
     ["type-size"]),
    ("pale grey", on_page_2(more="0.6 g"), ["contrast"]),
    ("white on white", on_page_2(more="1 g"), ["contrast"]),
    ("dark on dark", lambda s: (s.artifact("0.1 0.2 0.4 rg 50 390 300 30 re f"),
                                s.block("P", "Not as it should be", 60, 400, more="0 g")),
     ["contrast"]),
    ("a middle grey in a paragraph", on_page_2(lines=BODY, more="0.42 g"), ["contrast-body"]),
    ("long lines", on_page_2(lines=[
        "The knee joint lets the leg bend and straighten as you walk, and it may hurt at times",
        "when you rest."]), ["line-length"]),
    ("justified", stretched, ["justified"]),
    ("centred", centred, ["centred"]),
    ("notdef", missing_glyph, ["no-unicode", "notdef"]),
    ("private use", private_glyph("\ue000"), ["private"]),
    ("replacement", private_glyph("\ufffd"), ["replacement"]),
    ("no text", private_glyph(""), ["no-unicode"]),
    ("an MCID used twice", repeated_mcid, ["mcid-repeated"]),
    ("hard words", hard_words, ["reading-grade"]),
    ("a stray EMC", lambda s: s.code.append("EMC"), ["content"]),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in DRAWN],
                         ids=[case[0] for case in DRAWN])
def test_a_fault_on_the_page_is_found_and_nothing_else(change, expected):
    assert rules(draw(change)) == expected


def test_private_characters_under_actual_text_are_let_pass():
    def change(sample):
        private_glyph("\ue000")(sample)
        sample.code[-1] = sample.code[-1].replace(
            "BT", "/Span <</ActualText (knee)>> BDC BT").replace("ET EMC", "ET EMC EMC")

    assert rules(draw(change)) == []


def test_a_page_without_the_disclaimer_is_found(small):
    def change(pdf):
        data = pdf.pages[1].Contents.read_bytes()
        pdf.pages[1].Contents = pdf.make_stream(data[:data.rindex(b"/Artifact")])

    assert [(finding.rule, finding.page) for finding in problems(planted(small, change))] == [
        ("disclaimer", 2)]


def test_every_rule_is_proved_by_a_test_here():
    proved = {rule for _, expected in FAULTS for rule in expected}
    proved |= {rule for *_, expected in DRAWN for rule in expected}
    proved |= {"order", "to-unicode", "untagged", "disclaimer", "alt-same", "link"}
    proved |= {"scan"}
    proved |= {"damaged", "too-big", "too-long", "no-pages"}  # test_check_hostile.py

    assert proved == set(RULES)


# -- alternative texts -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "", "  ", "image", "Image.", "figure 1", "Fig. 2", "picture of", "a photo", "IMG_1234",
    "dsc00012", "knee.png", "media/knee-1", "asdf", "xxxx", "aaa aaa", "n/a", "todo", "12", "...",
    "lorem ipsum", "untitled", "icon", "abab", "imagen", "graphic 12",
])
def test_an_alternative_text_that_says_nothing_is_junk(text):
    assert junk(text)


@pytest.mark.parametrize("text", [
    "Knee", "The knee from the front", "Two hands rub the thigh", "Image of a knee", "Pain scale",
    "Una mano frota la rodilla", "膝", "колено", "Ice on knee", "Figure of a person who sits",
])
def test_an_alternative_text_that_says_something_is_let_pass(text):
    assert junk(text) == ""


# -- the validator, and files ----------------------------------------------------------------------


def test_the_standards_are_asked_and_told_with_their_rule(small):
    def change(pdf):
        del pdf.pages[0].obj.Tabs
        del pdf.pages[1].obj.Tabs

    found = [finding for finding in problems(planted(small, change))]

    assert [(finding.rule, finding.clause, finding.page) for finding in found] == [
        ("standard", "PDF/UA-1 (PDFUA1-PAGE-TABS-001)", 2)]


def test_without_the_validator_the_rest_is_checked_and_that_is_said(small, monkeypatch):
    monkeypatch.setattr(standards, "is_installed", lambda: False)

    report = check(planted(small, no_language))

    assert [finding.rule for finding in report.findings] == ["language"]
    assert report.unchecked == (standards.MISSING, "The reading grade was not checked: there is a "
                                "measure for English and Spanish only.")


def test_a_finding_holds_no_word_of_the_page():
    def change(sample):
        sample.block("P", "Zebra Quagga", 60, 400, size=8, more="0.9 g")
        sample.element("Figure", Alt=String("Zebra.png"))

    text = repr(problems(draw(change)))

    assert "type-size" in text
    assert "Zebra" not in text
    assert "Quagga" not in text


def test_a_file_that_cannot_be_opened_keeps_no_other_from_being_checked(small, tmp_path, capsys):
    (tmp_path / "good.pdf").write_bytes(small)
    (tmp_path / "bad.pdf").write_bytes(planted(small, no_language))
    (tmp_path / "none.pdf").write_bytes(b"no PDF at all")
    names = ["gone.pdf", "none.pdf", "bad.pdf", "good.pdf"]

    results = list(check_files([tmp_path / name for name in names]))

    assert [int(result.exit_code) for result in results] == [3, 3, 1, 0]
    assert [type(result.error) for result in results[:2]] == [InputError, InputError]
    assert cli.run(["check", *(str(tmp_path / name) for name in names)]) == 3
    out, err = capsys.readouterr()
    assert [line.split(": ")[1] for line in out.splitlines() if "[standard" not in line] == [
        "advice", "nothing found"]
    assert "file 1: there is no such file\n" in err
    assert "none.pdf: is not a PDF, or too damaged to be read" in err


def test_advice_alone_ends_with_0(tmp_path, capsys):
    (tmp_path / "grey.pdf").write_bytes(draw(on_page_2(lines=BODY, more="0.42 g")))

    assert cli.run(["check", str(tmp_path / "grey.pdf")]) == 0
    assert "page 2: advice: 4 texts in paragraphs" in capsys.readouterr().out


def test_json_is_an_object_a_file_with_promised_keys(small, tmp_path, capsys):
    (tmp_path / "bad.pdf").write_bytes(planted(small, junk_alt))

    assert cli.run(["check", "--json", str(tmp_path / "bad.pdf"), str(tmp_path / "x.pdf")]) == 3
    bad, gone = map(json.loads, capsys.readouterr().out.splitlines())
    assert bad == {
        "file": str(tmp_path / "bad.pdf"), "ok": True, "pages": 2, "findings": [{
            "rule": "alt-words", "clause": "our own rule: alternative texts", "page": 1,
            "problem": "Figure 1 has a file name for its alternative text",
            "cure": "Say in a sentence what the picture shows.", "weight": "advice"}],
        "unchecked": [], "error": None}
    assert gone == {
        "file": str(tmp_path / "x.pdf"), "ok": False, "pages": None, "findings": [],
        "unchecked": [], "error": {"problem": "can't be read (no such file or directory)",
                                   "cure": "Name a PDF file that you may read."}}


def test_the_library_that_is_missing_is_told_with_its_cure(capsys, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("handouts.check")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pikepdf", None)

    assert cli.run(["check", "a.pdf"]) == 2
    assert capsys.readouterr().err == (
        "handouts: check: needs a library more, to read PDFs\npip install 'handouts[check]'\n")


# -- files of other programs -----------------------------------------------------------------------


def weights(data):
    """The weight of each finding, the validator's left out."""
    return {finding.rule: finding.weight for finding in problems(data)
            if finding.rule != "standard"}


@pytest.mark.parametrize(("change", "rule"), [
    (second_h1, "h1"), (no_h1, "h1"), (junk_alt, "alt-words"), (info_title, "info-xmp"),
    (no_language, "language")])
def test_a_rule_of_our_own_is_advice_on_other_peoples_files(small, press, change, rule):
    ours = press.handout(Request("gout", "attack", side="left"), TODAY).pdf

    assert weights(planted(small, change)) == {rule: "advice"}
    assert weights(planted(ours, change))[rule] == "fault"
    assert RULES[rule].clause.startswith("our own rule")


@pytest.mark.parametrize("change", [no_alt, skipped_level, untagged_paint])
def test_what_a_clause_asks_is_a_fault_on_every_file_that_says_it_keeps_it(small, change):
    assert set(weights(planted(small, change)).values()) == {"fault"}


def claims(**named):
    """A change that leaves nothing of what a file says that it is, but these."""
    def change(pdf):
        with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as said:
            for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
                if key in said:
                    del said[key]
            for key, value in named.items():
                said[key.replace("_", ":")] = value
    return change


def both(*changes):
    return lambda pdf: [change(pdf) for change in changes]


@pytest.mark.parametrize(("said", "weight", "checked"), [
    ({}, "fault", {"PDF/UA-1"}),
    ({"pdfuaid_part": "1"}, "fault", {"PDF/UA-1"}),
    ({"pdfaid_part": "2", "pdfaid_conformance": "B"}, "advice", set()),
    ({"pdfaid_part": "4"}, "advice", set())])
def test_a_file_is_held_to_what_it_says_and_to_pdf_ua_where_it_says_nothing(
    small, said, weight, checked
):
    report = check(planted(small, both(claims(**said), no_alt)))

    found = {finding.weight for finding in report.findings if finding.rule == "alt"}
    assert found == {weight}
    assert {finding.clause.split(" (")[0] for finding in report.findings
            if finding.rule == "standard"} <= checked
    assert report.unchecked == (("PDF/A-4 was not checked: there is no validator of it here.",)
                                if said.get("pdfaid_part") == "4" else ())


SCAN = image(100, 100, packed(bytes(10_000)), FLATE + b"/ColorSpace/DeviceGray")


def test_a_scanned_page_gets_the_one_finding_that_helps(tmp_path, capsys):
    (tmp_path / "scan.pdf").write_bytes(SCAN)

    assert cli.run(["check", str(tmp_path / "scan.pdf")]) == 1
    out, err = capsys.readouterr()
    assert out.partition("scan.pdf: ")[2] == (
        "the page is a picture without text [scan, PDF/UA-1 7.1]. "
        "Run OCR, so that the text can be read aloud, searched and enlarged.\n")
    assert "Nothing else was checked: there is no text." in err


def test_a_scanned_page_among_others_is_told_for_itself():
    with pikepdf.open(BytesIO(SCAN)) as scan, pikepdf.open(BytesIO(draw())) as sample:
        del sample.Root["/StructTreeRoot"]
        sample.pages.extend(scan.pages)
        mixed = saved(sample)

    found = [(finding.rule, finding.page) for finding in problems(mixed)
             if finding.rule != "standard"]
    assert found == [("untagged", None), ("scan", 3)]


def test_a_reference_stream_that_does_not_name_itself_is_no_damage():
    whole = pdf(stream(b""))
    at = [whole.index(b"%d 0 obj" % number) for number in range(1, 5)]
    table = b"".join(bytes((kind,)) + place.to_bytes(3, "big") + b"\0"
                     for kind, place in [(0, 0), *((1, place) for place in at)])
    body = whole[:whole.index(b"xref\n")]
    own = stream(table, b"/Type/XRef/W[1 3 1]/Size 6/Index[0 5]/Root 1 0 R")
    data = body + b"5 0 obj\n" + own + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)

    with pikepdf.open(BytesIO(data), suppress_warnings=True) as opened:
        assert len(opened.get_warnings()) == 1
    assert "damaged" not in weights(data)


def test_letters_of_the_four_asian_collections_need_no_map():
    letters = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"))
    about = Dictionary(CIDSystemInfo=letters)
    font = Dictionary(Subtype=Name.Type0, DescendantFonts=Array([about]))

    assert fontcodes.Font(font).is_of_known_letters
    letters.Ordering = String("Identity")
    about = Dictionary(CIDSystemInfo=letters)
    assert not fontcodes.Font(Dictionary(
        Subtype=Name.Type0, DescendantFonts=Array([about]))).is_of_known_letters
