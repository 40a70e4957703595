"""The printed pages: what a reader holds in the hand."""

from datetime import date

import pytest
from helpers import document_text, glyph_sizes, page_texts, tag_tree
from promises import CAUSES, KNEE, broken_promises, sample

from handouts import document as doc
from handouts.brand import reviews
from handouts.errors import InputError
from handouts.pdf.blocks.builders import build
from handouts.pdf.layout import text
from handouts.pdf.layout.theme import NORMAL, Style, palette
from handouts.request.look import Look
from handouts.request.request import Patient
from handouts.rules.safety import decide

STATES = [(cause, state) for cause in CAUSES for state in (None, *CAUSES[cause].states)]
CHOSEN = [*sample(None), *sample(*KNEE.structure.flags)]
SAMPLE = Patient("Sample Patient", given_by="Sample Clinician")


def test_the_sample_handout_keeps_its_promises(printed):
    data = printed("osteoarthritis", side="left", patient=SAMPLE)
    pages = page_texts(data)

    assert len(pages) == 5
    assert " ".join(pages).count("Sample Patient") == 1
    assert all("It does not replace medical advice." in page for page in pages)
    assert all(f"Page {number} of 5" in page for number, page in enumerate(pages, 1))
    for step in ("Warm up", "Oil or lotion", "Long strokes", "Flat hand", "Keep off"):
        assert step in pages[2]  # the leaf for the fridge: its front, then its back
    for step in ("Step 5: leg moves and rest", "How much may it hurt?", "Stop for today.",
                 "Fill in each week"):
        assert step in pages[3]
    assert min(glyph_sizes(data)) >= 12


def about(pages, said):
    """The page that says what a handout is, in whatever words: there is one, and it says so once.
    """
    openings = {text[:60] for text in (said.disclaimer.long, said.disclaimer.brief,
                                       said.disclaimer.waiting)}
    [page] = [page for page in pages if any(text in page for text in openings)]
    assert sum(page.count(text) for text in openings) == 1
    return page


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_whom_it_is_for_and_the_disclaimer_stand_once(printed, cause, state):
    pages = page_texts(printed(cause, state=state))
    words = KNEE.words_in("en")
    said = words.safety
    told = about(pages, said)

    assert " ".join(pages).count(said.stop.adults) == 1
    assert said.stop.adults in told
    if decide(KNEE, cause, state).waits:
        assert told == pages[-1]
    else:  # behind the massages or what has no room beside them, or on the back of the leaf
        said, guide = words.interface.pages, words.routine.rail.guide
        assert any(title in told for title in (
            said.massages, said.more.replace("{PLACE}", said.place), guide.title))


@pytest.mark.parametrize(("cause", "state", "layout", "opening"), [
    ("tendonitis", "flare", "", "waiting"), ("osteoarthritis", "calm", "", "brief"),
    ("tendonitis", None, "", "long"), ("fracture", "cleared", "large-print", "long"),
    ("osteoarthritis", "calm", "large-print", "brief")])
def test_the_disclaimer_is_long_where_there_is_room(printed, cause, state, layout, opening):
    pages = page_texts(printed(cause, state=state, format=layout))
    said = KNEE.words_in("en").safety

    assert getattr(said.disclaimer, opening)[:60] in about(pages, said)


@pytest.mark.parametrize(("cause", "state", "more"), [
    ("osteoarthritis", "calm", {}), ("osteoarthritis", "calm", {"format": "large-print"}),
    ("ligament-tear", "cleared", {"edition": "sheet"}), ("gout", "attack", {"language": "es"})])
def test_the_letters_of_a_content_decide_no_page(printed, monkeypatch, cause, state, more):
    patient = Patient(cleared_on=date(2026, 11, 1) if state == "cleared" else None)
    counts = {}
    for letters in ("JJJJ-JJJJ", "KTRM-PWZB", "MWMW-WMWM", "WWWW-WWWW"):
        monkeypatch.setattr(reviews, "content_digest", lambda *_, told=letters: told)
        pages = page_texts(printed(cause, state=state, patient=patient, **more))
        assert letters in " ".join(pages)
        counts[letters] = len(pages)

    assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("cause", CAUSES)
def test_every_handout_of_the_sample_keeps_its_promises(document, printed, cause):
    """Every two of cause, state, flag, paper, language and side meet in one; all combinations of
    them are in tests/sweep/test_documents.py."""
    broken = {}
    for _, state, flag, paper, language, side in [row for row in CHOSEN if row[0] == cause]:
        asked = {"state": state, "flags": (flag,) if flag else (), "language": language,
                 "side": side}
        found = broken_promises(printed(cause, paper, **asked), document(cause, **asked),
                                with_flags=bool(flag))
        if found:
            broken[state, flag, paper, language] = found

    assert broken == {}


@pytest.mark.parametrize("language", KNEE.languages)
def test_a_handout_that_waits_has_two_pages_and_others_lead_with_what_helps(document, language):
    titles = KNEE.words_in(language).interface.pages
    for cause, state in STATES:
        made = document(cause, state=state, language=language)
        first = document_text(made.pages[0])
        waits = bool(decide(KNEE, cause, state).waits)

        # A bone or a ligament that has healed has no routine, so no leaf for the fridge.
        assert len(made.pages) == (2 if waits or cause in ("fracture", "injury") else 4)
        assert waits or not state or titles.things.replace("{COUNT}", "3") in first


FOUR_FLAGS = ("anticoagulant", "numbness", "fragile-bones", "knee-replacement")


@pytest.mark.parametrize(("cause", "state", "paper", "last"), [
    ("gout", "attack", "letter", "do_now"), ("gout", "attack", "a4", "do_now"),
    ("osteoarthritis", "calm", "letter", "care"), ("osteoarthritis", "calm", "a4", "care")])
def test_many_flags_leave_no_hole_on_page_1(printed, cause, state, paper, last):
    pages = page_texts(printed(cause, paper, state=state, flags=FOUR_FLAGS))
    title = getattr(KNEE.words_in("en").interface.pages, last)

    assert len(pages) == 2 or state == "calm"
    assert title in " ".join(pages[0].split())


@pytest.mark.parametrize(("flags", "kept"), [(FOUR_FLAGS, 4), (FOUR_FLAGS[:1], 3)])
def test_the_last_reasons_to_wait_leave_a_full_page_1_first(document, printed, flags, kept):
    asked = {"state": "attack", "flags": flags}
    made = document("gout", **asked)
    [order] = [block for block in made.pages[0].blocks if isinstance(block, doc.NotNow)]
    pages = [" ".join(page.split()) for page in page_texts(printed("gout", **asked))]

    said = ["".join(run.text for run in reason) for reason in order.reasons]
    assert [text in pages[0] for text in said] == [at < kept for at in range(len(said))]
    assert all(text in pages[1] for text in said[kept:])


def test_a_spanish_handout_is_spanish_through_and_through(printed):
    patient = Patient("Ana Ruiz", born=date(1950, 2, 3), given_on=date(2026, 11, 25))
    data = printed("osteoarthritis", side="left", language="es", patient=patient)
    pages = page_texts(data)

    assert "25 nov 2026" in pages[0]
    assert "3 feb 1950" in pages[0]
    assert all(f"Página {number} de {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "Ningún profesional de salud ha revisado aún este texto." in about(
        pages, KNEE.words_in("es").safety)
    assert tag_tree(data).splitlines()[0] == (
        'Document lang=es title="Masaje: rodilla izquierda: Artrosis"')


def test_markup_in_a_name_is_printed_literally(printed):
    shown = " ".join(page_texts(printed("gout", patient=Patient('<b>A & "Ü"</b> {{7*7}}'))))

    assert shown.count('<b>A & "Ü"</b> {{7*7}}') == 1


@pytest.mark.parametrize("note", ["", "Do the moves twice a day. " * 23, "A line\n" * 10])
def test_notes_of_every_length_fit_the_panel(printed, note):
    shown, *others = page_texts(printed("osteoarthritis", state="calm",
                                        patient=Patient("Ana", note=note[:600])))

    assert "We read this list together." in " ".join((shown, *others))
    assert "Call 911 now." in shown
    assert shown.replace(" ", "").count(note[:600].replace(" ", "").replace("\n", "")) >= 1


def test_a_note_too_tall_for_its_page_is_refused_without_repeating_it(printed):
    with pytest.raises(InputError) as caught:
        printed("osteoarthritis", state="calm", format="large-print",
                patient=Patient("Ana", note="W" * 600))

    assert str(caught.value) == (
        "note: takes more lines than page 1 holds\nShorten the text by 2 lines.")


def test_a_note_shortened_as_told_fits(printed):
    def with_note(letters):
        return printed("osteoarthritis", state="calm", format="large-print",
                       patient=Patient("Ana", note="W" * letters))

    a_line = 32  # letters: what the panel has room for
    with pytest.raises(InputError, match="Shorten the text by a line"):
        with_note(600 - a_line)
    assert page_texts(with_note(600 - 2 * a_line))[0].count("W") == 600 - 2 * a_line


def test_all_flags_at_once_still_make_a_handout(printed):
    first = page_texts(
        printed("osteoarthritis", state="calm", flags=tuple(KNEE.structure.flags)))[0]

    assert KNEE.words_in("en").waits["clot"].order in first
    assert "Hard to breathe or chest pain? Call 911" in first


def test_a_long_name_takes_a_second_line(printed):
    name = "Maria de los Angeles Hernandez-Villanueva y Gutierrez de la Concha"

    assert name in page_texts(printed("gout", patient=Patient(name)))[0]


def test_a_character_that_no_font_has_is_refused_by_field_and_script(printed):
    with pytest.raises(InputError) as caught:
        printed("gout", patient=Patient("陈伟"))

    assert str(caught.value) == (
        "patient: holds what can't be printed here: Chinese letters\n"
        "Type it again without them or in other letters, or leave it out and write it by hand.")


def test_the_same_request_gives_the_same_bytes(printed):
    asked = {"side": "left", "patient": Patient("Ana", given_on=date(2026, 11, 25))}

    assert printed("osteoarthritis", **asked) == printed("osteoarthritis", **asked)


def test_five_massages_go_on_to_another_page_and_keep_their_cards(printed):
    chosen = ("self-massage", "professional", "massager", "heated-massager", "knee-friction")
    pages = page_texts(printed("osteoarthritis", state="calm", massages=chosen))

    assert sum("Your massage choices" in page for page in pages) == 2
    # Three beside each other; what has no room goes behind the leaf.
    assert [page.count("How:") for page in pages] == [0, 3, 0, 0, 2]


def test_metadata_names_the_handout_and_not_the_patient(printed):
    data = printed("gout", state="between", patient=Patient("Zebra Quagga"))
    import pypdfium2
    document = pypdfium2.PdfDocument(data)
    found = document.get_metadata_dict()
    document.close()

    assert found["Title"] == "Massage for your knee: Gout"
    assert not any("Zebra" in value for value in found.values())


# -- the set of a paragraph ------------------------------------------------------------------------


def _last_line(words, width):
    flowable = text.paragraph(words, NORMAL.body)
    size = flowable.wrap(width)
    assert size[0] == width
    lines = [line[1] for line in flowable.blPara.lines]
    return " ".join(lines[-1]), len(lines)


def test_a_last_line_takes_a_word_from_the_line_above_instead_of_standing_alone():
    words = ("Palms above the kneecap, then long and slow strokes up the thigh, "
             "and so 10 to 15 times.")

    assert _last_line(words, 226) == ("15 times.", 3)


def test_the_second_of_two_lines_has_three_words_where_the_first_can_spare_them():
    words = "Palms above the kneecap, stroke up the thigh."

    assert _last_line(words, 220) == ("up the thigh.", 2)


def test_a_lone_last_word_stays_where_mending_it_would_take_another_line():
    assert _last_line("Thighs thighs", 50) == ("thighs", 2)


def test_no_word_is_split_to_mend_a_last_line():
    assert _last_line("Worst pain", 40) == ("pain", 2)


def test_four_tips_stand_two_by_two():
    style = Style(Look(), palette("#0B5563", "#E4F1F2", "#6FA9AF"), "left")
    tips = doc.Tips(tuple(doc.Tip("walk", f"Tip {at}") for at in range(4)))

    [stack] = build(tips, style)

    assert [len(row.cells) for row in stack.children] == [2, 2]
