"""The leaf for the fridge as it is printed: on two sides, its pictures large enough, nothing split,
nothing missing, and what it says of weeks and pages true."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from helpers import TODAY, page_texts, tag_tree
from layout import _shapes, layout_faults

from handouts import document as doc
from handouts.pack.pack import load_pack
from handouts.request.request import Dose, Patient
from handouts.rules.safety import decide

KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states) if decide(KNEE, cause, state).routine]
LOOKS = {"letter": {"language": "en"}, "a4": {"language": "es", "paper": "a4"},
         "spanish": {"language": "es", "side": "both"},
         "black": {"language": "en", "mono": True, "side": "right"},
         "large": {"language": "en", "format": "large-print"},
         "large-spanish": {"language": "es", "format": "large-print", "paper": "a4"}}
NORMAL = [name for name in LOOKS if not name.startswith("large")]
WIDE = 48 * 72 / 25.4  # points: the least width of a picture, or of a pair side by side
HIGH = 40.0  # points: a form that is lower is a sign
APART = 6.0
FULL = .55  # of a page: one with less on it is half empty


def asked(cause, state, look):
    """A request for a state in a look."""
    states = KNEE.cause(cause).states
    cleared = TODAY if state and states[state].cleared else None
    return {"state": state, "patient": Patient(cleared_on=cleared), "side": "left", **LOOKS[look]}


def sides(document, data):
    """The numbers, from 0, of the pages that hold the front of the leaf, and its back."""
    titles = [page.title for page in document.pages if page.id in ("routine", "moves")]
    texts = page_texts(data)
    return [[at for at, text in enumerate(texts) if plain(title) in plain(text)]
            for title in titles]


def plain(text):
    return " ".join(text.split())


def pictures(data, page):
    """The boxes of the pictures of a page, those that stand side by side as one."""
    boxes = sorted(box for box in _shapes(pypdfium2.PdfDocument(data)[page])[1]
                   if box[3] - box[1] > HIGH)
    found = []
    for box in boxes:
        pair = next((one for one in found if abs(one[1] - box[1]) < 1 and abs(one[3] - box[3]) < 1
                     and -1 < box[0] - one[2] < APART), None)
        if pair:
            found[found.index(pair)] = (*pair[:2], box[2], pair[3])
        else:
            found.append(box)
    return found


@pytest.mark.parametrize("look", NORMAL)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_the_leaf_has_two_sides_with_large_pictures_and_no_fault(document, printed, cause, state,
                                                                 look):
    request = asked(cause, state, look)
    made, data = document(cause, **request), printed(cause, **request)
    (front,), (back,) = sides(made, data)

    assert back == front + 1
    assert [fault for fault in layout_faults(data)
            if fault.startswith((f"page {front + 1}:", f"page {back + 1}:"))] == []
    shown = [pictures(data, side) for side in (front, back)]
    steps, moves = of(made, doc.Routine).steps, of(made, doc.Finish).moves
    assert len(shown[0]) == len(steps) + 1  # and where not to press
    assert len(shown[1]) >= len(moves)
    assert min(box[2] - box[0] for boxes in shown for box in boxes) >= WIDE


ALONE = [(cause, state) for cause, state in STATES if state]  # somebody was examined


@pytest.mark.parametrize("look", ["letter", "a4", "spanish", "black"])
@pytest.mark.parametrize(("cause", "state"), ALONE)
def test_the_leaf_by_itself_is_one_sheet_of_paper_with_large_pictures_and_what_to_get_ready(
        printed, cause, state, look):
    request = {**asked(cause, state, look), "edition": "sheet"}
    data = printed(cause, **request)
    front, back = map(plain, page_texts(data))  # no further side
    words = KNEE.words_in(request["language"]).routine.rail

    boxes = [box for side in (0, 1) for box in pictures(data, side)
             if box[2] - box[0] > box[3] - box[1]]  # a seated person's frame is higher than wide
    assert min(box[2] - box[0] for box in boxes) >= WIDE - .1
    assert all(plain(sign) in back for sign in (words.guide.title, words.emergency.format(
        EMERGENCY="911")))
    if request["language"] == "en":
        assert all(plain(row.go) in back for row in (words.guide.rows[0], words.guide.rows[-1]))
        assert tag_tree(data).count("Table") == 1
    if not KNEE.cause(cause).states[state].cleared and look == "letter":
        assert words.ready_title in front


def of(document, kind):
    """The one block of a kind."""
    [found] = [block for page in document.pages for block in page.blocks
               if isinstance(block, kind)]
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_step_is_parted_from_its_heading_and_no_page_is_half_empty(document, printed, cause,
                                                                      state, look):
    request = asked(cause, state, look)
    made, data = document(cause, **request), printed(cause, **request)
    texts = [plain(text) for text in page_texts(data)]

    for step in of(made, doc.Routine).steps:
        whole = plain(f"{step.mark} {step.title} {step.effort} "
                      f"{''.join(run.text for run in step.body)} {step.feel} {step.never}")
        assert sum(whole in text for text in texts) == 1, whole
    for move in of(made, doc.Finish).moves:
        words = [f"{move.title} {move.count}",
                 f"{''.join(run.text for run in move.body)} {move.feel} {move.never}"]
        assert [at for at, text in enumerate(texts) if all(plain(one) in text for one in words)]
    if look in NORMAL:
        assert min(filled(data, page) for side in sides(made, data) for page in side) >= FULL


def filled(data, page):
    """How much of a page's height is used above its footer."""
    opened = pypdfium2.PdfDocument(data)[page]
    words, height = opened.get_textpage(), opened.get_height()
    lows = [words.get_rect(at)[1] for at in range(words.count_rects())]
    footer = 26 + 3 * 15 + 8
    return 1 - (min(low for low in lows if low > footer) - footer) / (height - footer - 28)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_the_diary_is_as_long_as_the_trial_and_says_so(document, printed, cause, state, look):
    """J5.2: 8 weeks, 6 for a knee that nobody has examined or explained; one number on a handout.
    """
    request = asked(cause, state, look)
    made, text = document(cause, **request), plain(" ".join(page_texts(printed(cause, **request))))
    weeks = 6 if state is None or KNEE.cause(cause).unexplained else 8

    diary = of(made, doc.Diary)
    assert diary.weeks == weeks
    assert re.findall(r"\b([0-9]+) (?:weeks|semanas)", diary.end) == [str(weeks)]
    numbers = text.split(plain(diary.week_word))[1:]
    assert [int(number) for part in numbers
            for number in re.match(r"(?: [0-9]+)+", part)[0].split()] == [*range(1, weeks + 1)]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_the_page_that_it_sends_back_to_has_the_stop_box(document, printed, cause, state, look):
    request = asked(cause, state, look)
    texts = page_texts(printed(cause, **request))
    words = KNEE.words_in(request["language"])
    rail = words.routine.rail
    one, two, more = (re.escape(said.replace("\u00a0", " ")).replace(re.escape("{PAGE}"), "([0-9])")
                 .replace(re.escape("{LAST}"), "[0-9]")
                 for said in (rail.check_end, rail.check_two, rail.check_ends))
    [page] = {found[1] or found[2] or found[3] for text in texts
              if (found := re.search(f"{one}|{two}|{more}", plain(text)))}
    said = words.check_first.today_lead if state is None else words.safety.stop.massage_title
    assert plain(said) in plain(texts[int(page) - 1])


@pytest.mark.parametrize(("flag", "step", "figure"), [
    ("anticoagulant", "4", "flat-hand"), ("numbness", "1", "swing"),
    ("fragile-bones", "4", "flat-hand")])
def test_a_step_that_a_flag_rules_out_is_replaced_in_its_place(document, flag, step, figure):
    made = of(document("osteoarthritis", state="calm", flags=(flag,)), doc.Routine)

    assert {one.mark: one.figure.name for one in made.steps}[step] == figure
    assert [one.mark[0] for one in made.steps] == sorted(one.mark[0] for one in made.steps)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_views_of_where_not_to_press_are_named_under_the_picture_as_it_stands(
        printed, side):
    """Each half of the drawing is mirrored by itself: the front view stands first on both sides."""
    data = printed("osteoarthritis", state="calm", side=side)
    page = next(text for text in pypdfium2.PdfDocument(data)
                if "Behind knee" in text.get_textpage().get_text_bounded())
    words = page.get_textpage()
    front, back = (words.search(name, match_case=True) for name in ("Front", "Behind knee"))
    lefts = [words.get_charbox(found.get_next()[0])[0] for found in (front, back)]

    assert lefts[0] < lefts[1]


@pytest.mark.parametrize(("cause", "state", "name"), [
    ("bursitis", "cleared", "not-bursa"), ("overuse", "settled", "not-tendon"),
    ("overuse", "settled", "not-bursa"), ("gout", "between", "not-lumps"),
    ("tendonitis", "settled", "not-tendon"), ("osteoarthritis", "calm", "not-joint-line")])
def test_where_not_to_touch_says_the_own_places_of_the_cause(printed, cause, state, name):
    texts = map(plain, page_texts(printed(cause, state=state, side="left")))
    words = KNEE.words_in("en")
    [page] = [text for text in texts if words.routine.rail.check_title in text]

    assert words.conditions[name] in page.split(words.routine.rail.off_title)[1]


def test_of_both_knees_one_comes_after_the_other(printed):
    texts = page_texts(printed("osteoarthritis", state="calm", side="both"))

    assert sum("Do one knee, then the other. It takes 40 to 50 minutes for both." in plain(text)
               for text in texts) == 1
    assert [number for number, text in enumerate(texts, 1)
            if "20 to 25 minutes each knee" in plain(text)] == [2, 3]


@pytest.mark.parametrize(("cause", "state"), [("osteoarthritis", "calm"), ("gout", "attack")])
@pytest.mark.parametrize("practice", [{}, {"name": "Riverside", "phone": "555-0142"}])
def test_a_phone_stands_there_or_a_line_to_write_one_on(printed, cause, state, practice):
    text = plain(" ".join(page_texts(printed(cause, "letter", practice, state=state))))

    assert practice.get("phone", "Questions? Call us:") in text


def test_a_box_that_a_clinician_ticks_is_told_as_empty(printed):
    data = printed("osteoarthritis", state="calm", side="left")

    assert tag_tree(data).count('Form alt="Empty box to tick"') == 1
    assert b"/O/PrintField/Role/cb/checked/off" in whole(data)


def whole(data):
    """A PDF with its streams unpacked."""
    with pikepdf.open(BytesIO(data)) as pdf:
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue().replace(b" ", b"")


def test_the_boxes_of_a_week_are_as_many_as_a_clinician_asks_for(document):
    usual, fewer = (document("osteoarthritis", state="calm", doses=doses)
                    for doses in ({}, {"self-massage": Dose(20, 1)}))

    assert [of(made, doc.Diary).boxes for made in (usual, fewer)] == [2, 1]
