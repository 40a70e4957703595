"""Other people's PDFs, broken and hostile ones: findings or an InputError, never a traceback."""

import random
import zlib
from io import BytesIO

import pikepdf
import pytest
from helpers import TODAY
from hostile import PDFS
from pikepdf import Array, Dictionary, Name, String
from tagged_sample import draw, saved

from handouts.check import (
    RULES,
    access,
    check,
    check_files,
    contrast,
    problems,
    stages,
    streams,
)
from handouts.check.access import stream_bytes
from handouts.errors import InputError
from handouts.request.request import Request
from handouts.system.limits import Child

ROUNDS = 20


@pytest.fixture(scope="module", params=["small", "product"])
def good(request, press):
    if request.param == "small":
        return draw()
    return press.handout(Request("gout", "attack", side="left"), TODAY).pdf


def rules(data):
    """The rules broken, all of them known ones, or what keeps the file from being opened."""
    try:
        found = {finding.rule for finding in problems(data)}
    except InputError as error:
        return {error.problem}
    assert found <= {*RULES, "standard"}
    return found


def planted(data, change):
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


# -- damage at random, the same in every run -------------------------------------------------------


def test_cut_files_are_told(good):
    chance = random.Random(1)
    for _ in range(ROUNDS):
        assert rules(good[:chance.randrange(len(good) - 40)])


def test_flipped_bytes_end_in_no_traceback(good):
    chance = random.Random(2)
    for _ in range(ROUNDS):
        flipped = bytearray(good)
        for _ in range(chance.choice((1, 10, 300))):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        rules(bytes(flipped))


WRONG = (
    lambda pdf: None, lambda pdf: -1, lambda pdf: 10**12, lambda pdf: 1.5, lambda pdf: True,
    lambda pdf: Name("/X"), lambda pdf: String("x"), lambda pdf: String(b"\xfe\xff\xd8\x00"),
    lambda pdf: Array(), lambda pdf: Array([Array([1])]), lambda pdf: Dictionary(),
    lambda pdf: pdf.Root, lambda pdf: pdf.pages[0].obj, lambda pdf: pdf.make_stream(b"junk"))


def spoil(pdf, chance):
    """Puts a wrong thing in the place of a right one."""
    holder = pdf.get_object((chance.randrange(1, len(pdf.objects)), 0))
    if not isinstance(holder, (Dictionary, Array, pikepdf.Stream)):
        return
    if isinstance(holder, Array):
        if len(holder):
            holder[chance.randrange(len(holder))] = chance.choice(WRONG)(pdf)
        return
    keys = sorted(set(holder.keys()) - {"/Length"})
    if not keys:
        return
    key, thing = chance.choice(keys), chance.choice(WRONG)(pdf)
    if thing is None:
        del holder[key]
    else:
        holder[key] = thing


def test_missing_keys_and_wrong_types_end_in_no_traceback(good):
    chance = random.Random(3)

    def change(pdf):
        for _ in range(chance.choice((1, 3, 9))):
            spoil(pdf, chance)

    for _ in range(ROUNDS):
        try:
            data = planted(good, change)
        except (pikepdf.PdfError, RuntimeError):  # too spoilt to be written
            continue
        rules(data)


# -- files that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"\0" * 5000, b"%PDF-1.7\n" * 500])
def test_what_is_no_pdf_is_an_input_error(data):
    with pytest.raises(InputError, match="not a PDF"):
        check(data)


def test_a_locked_pdf_is_an_input_error():
    def locked(**words):
        with pikepdf.open(BytesIO(draw())) as pdf:
            buffer = BytesIO()
            pdf.save(buffer, encryption=pikepdf.Encryption(**words))
            return buffer.getvalue()

    with pytest.raises(InputError, match="locked with a password"):
        check(locked(owner="a", user="b"))
    assert "standard" in rules(locked(owner="a", user=""))  # PDF/A forbids encryption


def test_a_damaged_file_that_can_be_read_is_said_to_be_damaged():
    data = draw()
    assert "damaged" in rules(data.replace(b"startxref", b"startxxxx"))


def test_a_file_without_pages_is_told():
    with pikepdf.new() as pdf:
        assert "no-pages" in rules(saved(pdf))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    (tmp_path / "huge.pdf").write_bytes(b"%PDF-1.7" * 100)
    monkeypatch.setattr(access, "MAX_FILE", 100)

    with pytest.raises(InputError, match="is over"):
        check(tmp_path / "huge.pdf")


# -- loops and floods ------------------------------------------------------------------------------


def test_more_pages_than_are_read_are_told(monkeypatch):
    monkeypatch.setattr(access, "MAX_PAGES", 1)
    found = [finding for finding in problems(draw()) if finding.rule == "too-big"]
    assert [finding.problem for finding in found] == ["only the first 1 of 2 pages were read"]


def test_content_beyond_the_bounds_is_told_and_ends(monkeypatch):
    monkeypatch.setattr(streams, "MAX_STEPS", 100)
    assert "too-big" in rules(draw())


def test_an_element_that_holds_itself_and_a_parent_tree_in_a_loop_end():
    def change(pdf):
        root = pdf.Root.StructTreeRoot
        root.K[0].K.append(root.K[0])
        root.K.append(root)
        tree = root.ParentTree
        tree.Kids = Array([tree, Dictionary(Kids=Array([tree]))])

    assert "tree" in rules(planted(draw(), change))


def test_a_tree_of_ten_thousand_levels_ends():
    def change(pdf):
        above = pdf.Root.StructTreeRoot.K[0]
        for _ in range(10_000):
            below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=above))
            above.K = Array([*above.K, below]) if "/K" in above else Array([below])
            above = below

    assert "tree" in rules(planted(draw(), change))


def test_forms_that_paint_themselves_and_each_other_end(monkeypatch):
    monkeypatch.setattr(streams, "MAX_STEPS", 100_000)
    def change(pdf):
        forms = [pdf.make_stream(b"/A Do /B Do /A Do /B Do", Type=Name.XObject, Subtype=Name.Form,
                                 BBox=Array([0, 0, 9, 9])) for _ in range(24)]
        for at, form in enumerate(forms):
            form.Resources = Dictionary(XObject=Dictionary(
                A=forms[(at + 1) % 24], B=forms[(at + 2) % 24]))
        pdf.pages[0].Resources.XObject.Loop = forms[0]
        pdf.pages[0].contents_add(b"/Artifact BMC /Loop Do EMC")

    assert rules(planted(draw(), change)) & {"too-big", "content"}


def test_a_stream_that_unpacks_to_more_than_the_bound_is_not_unpacked():
    with pikepdf.new() as pdf:
        bomb = pdf.make_stream(b"")
        bomb.write(zlib.compress(b" " * 40_000_000, 9), filter=Name.FlateDecode)
        assert stream_bytes(bomb) is None
        pdf.add_blank_page()
        pdf.pages[0].Contents = bomb
        assert "content" in rules(saved(pdf))


@pytest.mark.parametrize("code", [
    b"BT /F1 0 Tf (x) Tj ET", b"0 0 0 0 0 0 cm BT /F1 12 Tf (x) Tj ET", b"R", b"\xff\xfe", b"BI ID",
    b"1 0 0 1 1e30 1e30 cm 0 0 1 1 re f", b"<</MCID -1>> BDC", b"/P <</MCID 1.5>> BDC (x) Tj",
    b"/P /Missing BDC EMC EMC EMC", b"[[[[(x)]]]] TJ", b"q " * 9000, b"Q Q Q", b"/F1 Tf () Tj",
    b"/Knee Do " * 50, b"(unended", b"]", b">> >>", b"/DeviceN cs 1 2 3 scn (x) Tj", b'1 2 "',
])
def test_odd_content_ends_in_no_traceback(code):
    def change(pdf):
        pdf.pages[0].contents_add(b"\n" + code)

    rules(planted(draw(), change))


# -- the bounds of the command ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def bounded():
    """Checks files of these bytes, each within little time and memory → what is told of each."""
    def told(folder, *files, **bounds):
        names = []
        for at, data in enumerate(files):
            names.append(folder / f"{at}.pdf")
            names[-1].write_bytes(data)
        return list(check_files(names, Child(**bounds)))

    return told


def test_a_file_that_takes_too_long_to_read_is_refused_and_the_next_is_checked(bounded, tmp_path):
    slow, good = bounded(tmp_path, PDFS["a map of all codes"](1 << 30), draw(), seconds=2.5)

    assert slow.exit_code == 3
    assert slow.error.problem == (
        "takes too long to check, or too much memory (more than 2.5 seconds or 448 MB of memory)")
    assert slow.error.cure == "Check a smaller part of it, or make the file anew."
    assert good.report.is_good


def test_what_was_found_before_the_time_was_out_is_told(bounded, tmp_path):
    [result] = bounded(tmp_path, PDFS["a shading that goes on"](1 << 30), seconds=2.5)
    told = {finding.rule: finding.problem for finding in result.report.findings}

    assert result.exit_code == 1
    assert told["untagged"]
    assert told["too-long"].endswith("to check; not checked: contrast, PDF/UA-1 and PDF/A-2a")


def test_a_file_that_takes_too_much_memory_is_told(bounded, tmp_path):
    [result] = bounded(tmp_path, PDFS["saved states"](1 << 27), memory=150 << 20)

    assert result.exit_code in (1, 3)
    assert "150 MB" in (result.error or result.report.findings[-1]).problem


@pytest.mark.parametrize("name", [
    "a form that draws itself twice", "two forms that draw each other", "content deflated twice"])
def test_what_has_no_end_is_not_drawn(name, monkeypatch):
    monkeypatch.setattr(contrast, "_picture", None)

    assert "content" in rules(PDFS[name](20 << 20))


def test_streams_of_more_operators_than_fit_are_not_parsed(monkeypatch):
    monkeypatch.setattr(streams, "MAX_TOKENS", 100)

    assert "too-big" in rules(PDFS["saved states"](1 << 16))


def test_a_page_of_the_same_streams_is_told_like_the_first(monkeypatch):
    def twice(pdf):
        pdf.pages[0].contents_add(b" 0 0 9 9 re f")
        for _ in range(3):
            pdf.pages.append(pdf.pages[0])
            pdf.pages[-1].StructParents = 9

    found = [finding for finding in problems(planted(draw(), twice))
             if finding.rule == "untagged-paint"]

    assert [finding.page for finding in found] == [1, 3, 4, 5]
    assert len({finding.problem for finding in found}) == 1


def test_a_picture_drawn_again_is_read_once_and_still_counted_outside_tags():
    def change(pdf):
        form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form,
                               BBox=Array([0, 0, 9, 9]))
        pdf.pages[0].Resources.XObject.Twice = form
        pdf.pages[0].contents_add(b"/Artifact BMC /Twice Do EMC /Twice Do")

    [found] = [finding for finding in problems(planted(draw(), change))
               if finding.rule == "untagged-paint"]
    assert found.problem == "0 strings and 1 path or picture outside tags and artifacts"


def test_a_long_file_without_tags_is_not_held_against_the_standard_for_tags(monkeypatch):
    monkeypatch.setattr(stages, "LONG", 1)
    report = check(planted(draw(), lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")))

    assert "PDF/UA-1 was not checked where over 1 pages have no tags." in report.unchecked
    assert {finding.rule for finding in report.findings} >= {"untagged", "standard"}
    assert not any(finding.clause.startswith("PDF/UA-1 (") for finding in report.findings)
