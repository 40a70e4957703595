import re
import subprocess
import sys
import unicodedata

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import InputError
from handouts.lettering import (
    BOLD,
    RECORDS,
    REGULAR,
    Text,
    check,
    face,
    face_names,
    lines,
    missing,
    operators,
    scripts_of,
)
from handouts.lettering.characters import GAPS, clusters
from handouts.lettering.direction import base_level, levels, line_levels, visual_order
from handouts.lettering.sfnt import feature
from handouts.lettering.subsets import glyphs_of, subset, to_unicode

BODY, SECOND = face_names(BOLD)
FONTS = {BODY: "F1", SECOND: "F2"}
NAMES = {
    "Zażółć Gęślą": set(),
    "Nguyễn Thị Ánh": {"Latin"},
    "Καλλιόπη": {"Greek"},
    "Жанна": {"Cyrillic"},
    "ნინო": {"Georgian"},
    "محمد علي": {"Arabic"},
    "דוד כהן": {"Hebrew"},
    "प्रिया": {"Devanagari"},
    "สมชาย ใจดี": {"Thai"},
    "Ana محمد 12": {"Arabic"},
    "Zaz\u0307o\u0301 Ruiz": set(),
    "Nguye\u0302\u0303n": {"Latin"},
}
RIGHT_TO_LEFT = {"محمد علي", "דוד כהן", "Ana محمد 12"}
LETTERS = (
    "abcXYZ ąłżé Ánh ễịợ \u0301\u0303 αβΩ жй 0123 ,.-()[] \t محمدعليلا ٣٤\u064e\u0651 דודכהן\u05b0"
    " कखप्रिया\u094d\u200d สมชายใจดี้ำ\u0e40 \u200f\n")
TEXTS = st.text(st.sampled_from(LETTERS), max_size=60).filter(lambda text: not missing(text))


def line(text):
    (found,) = lines(text, 1000, size=12, weight=BOLD)
    return found


def said(code):
    """The text that a strict reader takes from operators: ActualText, else what glyphs say."""
    result, font, inside = "", "", False
    means = {name: to_unicode(where, frozenset({"Latin", "Greek", "Cyrillic", "Georgian"}))
             for where, name in FONTS.items()}
    found = re.finditer(r"ActualText <FEFF(\w*)>|/(F\d) \S+ Tf|<([0-9A-F]+)>|(EMC)", code.decode())
    for actual, name, glyphs, end in (match.groups() for match in found):
        font = name or font
        if actual is not None:
            result, inside = result + bytes.fromhex(actual).decode("utf-16-be"), True
        elif glyphs and not inside:
            result += "".join(means[font][int(glyphs[at:at + 4], 16)]
                              for at in range(0, len(glyphs), 4))
        inside = inside and not end
    return result


# -- faces -----------------------------------------------------------------------------------------


def test_the_body_face_is_read_like_harfbuzz_reads_it():
    import uharfbuzz

    for name in (*face_names(REGULAR), *face_names(BOLD)):
        one = face(name)
        judge = uharfbuzz.Font(uharfbuzz.Face(one.program))
        assert [judge.get_nominal_glyph(ord(char)) for char in one.glyphs] == [*one.glyphs.values()]
        assert [judge.get_glyph_h_advance(glyph) for glyph in one.glyphs.values()] == [
            one.advances[glyph] for glyph in one.glyphs.values()]


def test_each_face_gives_each_character_a_glyph_of_its_own():
    for name in face_names(REGULAR):
        assert len(set(face(name).glyphs.values())) == len(face(name).glyphs)


def test_both_weights_have_the_same_characters():
    for regular, bold in zip(face_names(REGULAR), face_names(BOLD), strict=True):
        assert face(regular).glyphs.keys() == face(bold).glyphs.keys()


def test_the_second_face_has_all_characters_of_the_body_face():
    for weight in (REGULAR, BOLD):
        body, second = face_names(weight)
        assert face(body).glyphs.keys() <= face(second).glyphs.keys()


def test_plain_text_imports_no_library_for_shaping():
    code = ("import sys; from handouts.lettering import *; f = {face_names('Bold')[0]: 'F1'};"
            "[operators(x, 12, f) for x in lines('Zażółć\\nGęślą', 50, size=12)]; missing('a\\nb');"
            "print([name for name in ('uharfbuzz', 'bidi', 'fontTools', 'pymupdf_fonts',"
            " 'reportlab') if name in sys.modules])")

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


# -- words and direction ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", NAMES)
def test_scripts_are_those_the_second_face_serves(text):
    assert scripts_of(text) == NAMES[text]


def test_a_name_is_set_in_one_face_although_one_word_would_not_need_it():
    assert [(run.face, run.text) for run in line("Nguyễn Thị Ánh").runs] == [
        (SECOND, "Nguyễn Thị Ánh")]


def test_digits_and_signs_follow_the_word_before_them():
    assert [(run.face, run.text) for run in line("Ana 12, Жанна (34)").runs] == [
        (BODY, "Ana 12, "), (SECOND, "Жанна (34)")]


@given(st.text(st.sampled_from("abאבجم12٣٤ .,()[]-+$%/:\u05b0\u0651!\u200e\u200f"), max_size=20))
def test_direction_is_that_of_another_implementation(text):
    found = line_levels(text, levels(text), base_level(text))

    assert "".join(text[at] for at in visual_order(found)) == get_display(text)


def test_a_bracket_pair_goes_with_what_stands_around_it():
    assert levels("a (ב) 1") == [0, 0, 0, 1, 0, 0, 2]


def test_the_space_between_devanagari_words_is_their_own():
    (run,) = line("न न").runs

    assert run.glyphs[1].advance > face(SECOND).plain[" "].advance


# -- lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_one_line_that_says_what_was_typed(text):
    found = line(text)

    assert (found.text, found.after, found.rtl) == (text, "", text in RIGHT_TO_LEFT)
    assert said(operators(found, 12, FONTS)) == text
    assert "".join(run.text for run in sorted(found.runs, key=lambda run: run.start)) == text


def test_letters_join_and_stand_from_right_to_left():
    ids = {char: face(SECOND).glyphs[char] for char in "\ufeea\ufee0\ufecb"}  # final h, medial l
    (run,) = line("عله").runs

    assert [glyph.id for glyph in run.glyphs] == list(ids.values())


def test_a_line_in_mixed_directions_stands_as_its_reader_expects():
    assert [(run.text, run.rtl) for run in line("Ana محمد 12").runs] == [
        ("Ana ", False), ("12", False), ("محمد ", True)]


def test_an_accent_typed_as_a_mark_looks_like_the_letter_with_it():
    composed, typed = line("Nguyễn"), line(unicodedata.normalize("NFD", "Nguyễn"))

    assert typed.runs[0].glyphs == composed.runs[0].glyphs
    assert typed.runs[0].actual
    assert not composed.runs[0].actual


def test_an_accent_without_a_letter_of_its_own_goes_to_the_face_that_can_place_it():
    assert {run.face for run in line("Q\u0301uy x").runs} == {SECOND}


def test_lines_wrap_at_spaces_and_keep_the_ends_that_were_typed():
    found = lines("one two three\r\nfour", 45, size=12, first=30)

    assert [(one.text, one.after) for one in found] == [
        ("one ", ""), ("two ", ""), ("three", "\r\n"), ("four", "")]


def test_a_word_is_cut_only_where_no_line_can_hold_it():
    assert [one.text for one in lines("a Wolfeschlegelstein", 60, size=12)] == [
        "a ", "Wolfeschl", "egelstein"]
    assert [one.text for one in lines("Wolfe", 60, size=12, first=10)] == ["", "Wolfe"]


def broken_word_by_word(text, width, first):
    """Where plain text breaks, told slowly: by adding word to word."""
    advances = face(BODY).plain
    found, start, pen, room = [], 0, 0, first
    for match in re.finditer("( +)|[^ ]+", text):
        at, end = match.span()
        wide = sum(advances[char].advance for char in match[0])
        while not match[1] and pen + wide > room:
            stop = at
            if not pen and not room < wide <= width:
                stop = at + 1
                while sum(advances[char].advance for char in text[at:stop + 1]) <= room:
                    stop += 1
                if stop >= end:
                    break
            found.append(text[start:stop])
            start, pen, room = stop, 0, width
            wide, at = wide - sum(advances[char].advance for char in text[at:stop]), stop
        pen += wide
    return [*found, text[start:]]


@given(st.text(st.sampled_from("a bW i"), max_size=40), st.integers(1, 9000),
       st.integers(1, 9000))
def test_plain_text_breaks_as_it_does_word_by_word(text, width, first):
    scale = face(BODY).measures.units / 12

    assert [one.text for one in lines(text, width / scale, size=12, first=first / scale)] == (
        broken_word_by_word(text, width / scale * scale, first / scale * scale))


@given(TEXTS, st.floats(1, 300))
def test_lines_are_counted_without_setting_them(text, width):
    assert Text(text).count(width, size=12) == len(lines(text, width, size=12))


def test_the_only_gap_of_plain_text_is_a_space():
    assert set(GAPS) & face(BODY).plain.keys() == {" "}


def test_a_right_to_left_note_of_several_lines_stands_flush_right():
    found = lines("محمد علي محمد علي", 60, size=12, first=50)

    assert [round(one.left + one.width, 6) for one in found] == [50, 60, 60]
    assert line("محمد علي").left == 0


@given(TEXTS, st.floats(1, 300), st.floats(1, 300))
def test_nothing_is_lost_and_nothing_stands_out(text, width, first):
    found = lines(text, width, size=12, first=first, weight=BOLD)

    assert "".join(one.text + one.after for one in found) == text
    for at, one in enumerate(found):
        room = first if not at else width
        shown = one.text.strip(GAPS)
        assert one.width <= room + 1e-6 or len(clusters(shown)) <= 1
        runs = "".join(run.text for run in sorted(one.runs, key=lambda run: run.start))
        assert runs == (one.text.rstrip(GAPS) if one.flush else one.text)
        assert said(operators(one, 12, FONTS)) == (one.text if one.runs else "")


@given(TEXTS)
def test_each_glyph_shown_is_in_the_subset_and_says_something(text):
    scripts = scripts_of(text)
    for one in lines(text, 100, size=12, weight=BOLD):
        for run in one.runs:
            shown = {glyph.id for glyph in run.glyphs}
            assert 0 not in shown
            assert shown <= glyphs_of(run.face, scripts)
            assert shown <= to_unicode(run.face, scripts).keys()


# -- refusal ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "problem"), [
    ("李明", ("Chinese letters",)),
    ("김 ひな", ("Korean letters", "Japanese letters")),
    ("Ana 😀", ("signs and emoji",)),
    ("Ana\u202eanA", ("characters that turn the direction of writing",)),
    ("a\u200bb", ("unseen characters",)),
    ("a\u00adb", ("unseen characters",)),
    ("a\u200db", ("unseen characters",)),
    ("a\ufe0f", ("unseen characters",)),
    ("\ud800", ("halves of characters",)),
    ("\x00", ("control characters",)),
    ("\ue000", ("private characters",)),
    ("\u0378", ("undefined characters",)),
    ("a\u2028b", ("line separators",)),
])
def test_what_no_font_has_is_named_and_refused(text, problem):
    assert missing(text) == problem
    with pytest.raises(InputError) as caught:
        lines(text, 100, size=12)
    assert not set(text) & set(str(caught.value)) - set("ab An\n")


@pytest.mark.parametrize("text", [
    *NAMES, "می\u200cخواهم", "क\u094d\u200dष", "คน\u200bไทย", "ab\u200f אב", "1\u202f000",
    "\t\r\n"])
def test_what_letters_need_is_kept(text):
    assert missing(text) == ()


def test_a_refusal_names_the_field():
    with pytest.raises(InputError) as caught:
        check("李明", where="patient")

    assert str(caught.value) == (
        "patient: holds what can't be printed here: Chinese letters\n"
        "Type it again without them or in other letters, or leave it out and write it by hand.")


# -- operators and subsets -------------------------------------------------------------------------


def test_plain_text_is_one_string():
    assert operators(line("Ana"), 12, FONTS) == b"/F1 12 Tf <000F00360029> Tj"


def test_a_mark_is_placed_by_tj_and_text_rise():
    assert operators(line("شَّ"), 10, FONTS) == (
        b"/Span <</ActualText <FEFF0634064E0651>>> BDC /F2 10 Tf"
        b" [-695] TJ 1.2 Ts [<10E1> 695] TJ 0 Ts [<092A>] TJ EMC")


@given(TEXTS)
def test_the_pen_ends_where_the_line_is_wide(text):
    for one in lines(text, 1e6, size=10, weight=BOLD):
        pen, font = 0, BODY
        code = operators(one, 10, FONTS).decode()
        shown = re.sub(r"ActualText <\w*>", "", code)
        for name, array in re.findall(r"/(F\d) |\[(.*?)\] TJ|(?<=Tf )<(?:\w+)> Tj", shown):
            font = next((key for key, value in FONTS.items() if value == name), font)
            pen -= sum(map(int, re.findall(r"(?<![<\w])-?\d+(?![\w>])", array)))
        for name, glyphs in re.findall(r"/(F\d) |<(\w+)>", shown):
            font = next((key for key, value in FONTS.items() if value == name), font)
            pen += sum(face(font).advances[int(glyphs[at:at + 4], 16)]
                       for at in range(0, len(glyphs), 4))
        drawn = sum(glyph.advance for run in one.runs for glyph in run.glyphs)
        assert pen == drawn
        assert shown.count(" Ts") == 0 or shown.rstrip(" EMC").rindex("0 Ts") >= 0


def test_a_subset_is_the_same_for_every_name_in_its_script():
    assert subset(SECOND, frozenset({"Greek"})) == subset.__wrapped__(SECOND, frozenset({"Greek"}))
    assert len(subset(SECOND, frozenset({"Greek"}))) < len(face(SECOND).program) / 10


def test_glyphs_say_letters_never_private_characters():
    for name in (*face_names(REGULAR), *face_names(BOLD)):
        says = to_unicode(name, frozenset(
            {"Latin", "Greek", "Cyrillic", "Georgian", "Arabic", "Hebrew", "Devanagari", "Thai"}))
        assert all(text and not any(unicodedata.category(char) in ("Co", "Cs", "Cn", "Cc")
                                    for char in text) for text in says.values())
        assert 0 not in says


def test_a_ligature_says_all_its_letters():
    (run,) = line("لا").runs

    assert [to_unicode(SECOND, frozenset({"Arabic"}))[glyph.id] for glyph in run.glyphs] == ["لا"]


# -- zeros -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "struck"), [
    ("10 to 20 minutes, 0 to 3", ""), ("Nov 30, 2030", ""), ("Sheet 9GC7-BWG0.", "BWG0"),
    ("MRN-000123", "000"), ("A 10 B", ""), ("10,000", "")])
def test_a_zero_has_its_stroke_only_in_a_code(words, struck):
    for weight in (REGULAR, BOLD):
        body = face(face_names(weight)[0])
        shown = [body.encoded(words)[4 * at:4 * at + 4] for at in range(len(words))]

        plain, struck_out = body.hexes["0"], dict(feature(body.program, "zero"))[body.glyphs["0"]]
        slashed = f"{struck_out:04X}"
        assert [glyph for char, glyph in zip(words, shown, strict=True) if char == "0"] == (
            [slashed if struck else plain] * words.count("0"))
        assert plain != slashed
        assert to_unicode(body.name, frozenset())[struck_out] == "0"


def test_a_record_number_has_struck_zeros_and_extracts_as_typed():
    shown, = lines("100", 50, size=12, weight=RECORDS)
    bold, records = (face(face_names(weight)[0]) for weight in (BOLD, RECORDS))

    assert operators(shown, 12, {records.name: "F2"}).decode() == (
        f"/F2 12 Tf <{bold.hexes['1']}{records.hexes['0'] * 2}> Tj")
    assert records.hexes["0"] != bold.hexes["0"]
    assert records.advances == bold.advances
