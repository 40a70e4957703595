"""Long notes in large print: 600 characters hold on page 1, whoever is ill with what."""

from dataclasses import replace
from datetime import date

import pytest
from helpers import TODAY, glyph_sizes, page_texts, standards
from hypothesis import given, settings
from hypothesis import strategies as st
from layout import layout_faults
from pairs import pairwise

from cli import run
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.pdf.file import room
from handouts.pdf.file.plate import Room
from handouts.press.press import Press
from handouts.request.request import Patient, Request
from handouts.system.store import Store

KNEE = load_pack("knee")
NOTES = {
    "en": "Warm your knee for ten minutes, then do the five steps while you sit in a firm chair. "
          "Press lightly near the kneecap this week, for it is still tender.\n"
          "Walk on flat ground for fifteen minutes after lunch every day, and rest your leg on a "
          "pillow in the evening. If your knee swells or feels hot, leave the massage and call us "
          "before you start again.\n"
          "Bring your diary to the next visit, so that we can look at it together. Your daughter "
          "may help you with the steps that are hard to reach. Take your usual tablets as before, "
          "with some food. Leave the stairs to others for now, and keep the brace on.",
    "es": "Caliente la rodilla durante diez minutos y haga los cinco pasos en una silla firme. "
          "Esta semana presione poco cerca de la rótula, porque todavía le duele.\n"
          "Camine quince minutos por terreno plano después de comer y descanse la pierna en una "
          "almohada por la noche. Si la rodilla se hincha o se calienta, deje el masaje y "
          "llámenos antes de empezar otra vez.\n"
          "Traiga su diario a la próxima cita para verlo juntos. Su hija puede ayudarle con los "
          "pasos que le cuesten. Siga con sus pastillas de siempre, con algo de comida. Por ahora "
          "deje las escaleras para otros y no se quite la rodillera en todo el día.",
}
FULL = Patient("Ana Ruiz Fernández", date(1948, 9, 28), "A-104-2231", "Dra. Elena Marín",
               date(2026, 11, 25), "15 Dec, 10:30")
PRACTICE = {"name": "Riverside Physiotherapy and Sports Medicine", "phone": "(217) 555-0142",
            "address": ("12 River Street, Suite 300", "Springfield, Illinois 62704")}
COMBINATIONS = [("rheumatoid-arthritis", "calm", ""), ("gout", "attack", ""),
                ("ligament-tear", "cleared", "left"), ("fracture", "cleared", "both"),
                ("tendonitis", None, "left")]


def _note(language):
    return NOTES[language].ljust(600, ".")


def _patient(state, patient, language):
    cleared = date(2026, 9, 20) if state == "cleared" else None
    # The line of a draft takes one of page 1, which a cleared handout needs for its day.
    note = _note(language)[:550] if cleared else _note(language)
    return replace(patient, cleared_on=cleared, note=note)


ALL = (COMBINATIONS, [Patient(), FULL], [("letter", "es"), ("a4", "es"), ("letter", "en")])


@pytest.mark.parametrize(("combination", "patient", "look"), pairwise(*ALL))
def test_six_hundred_characters_hold_under_an_address(printed, combination, patient, look):
    """Every two of cause, patient and look meet; tests/sweep/test_documents.py takes all."""
    hold_under_an_address(printed, combination, patient, look)


def hold_under_an_address(printed, combination, patient, look):
    (cause, state, side), (paper, language) = combination, look
    data = printed(cause, paper, PRACTICE, state=state, side=side, language=language,
                   patient=_patient(state, patient, language), format="large-print")
    first, *others = page_texts(data)

    assert len(_note(language)) == 600
    assert " ".join(_patient(state, patient, language).note.split()) in first
    ticked = KNEE.words_in(language).interface.panel.checked
    assert any(ticked in page for page in others) is (state is not None)  # else readers tick
    assert not any("15 Dec" in page for page in others)
    assert min(glyph_sizes(data)) >= 18
    assert layout_faults(data) == []


def test_a_long_note_keeps_the_standards(printed):
    data = printed("fracture", state="cleared", format="large-print",
                   patient=_patient("cleared", FULL, "en"))

    assert standards(data) == []


@pytest.mark.parametrize(("note", "cure"), [
    ("Twice a day.\n" * 46, "Shorten the text by 27 lines."),
    ("Twice a day.\n" * 21, "Shorten the text by 2 lines."),
    ("Twice a day.\n" * 20, "Shorten the text by a line.")])
def test_what_page_1_cannot_hold_is_refused_with_a_measure(printed, note, cure):
    with pytest.raises(InputError) as caught:
        printed("osteoarthritis", patient=replace(FULL, note=note), format="large-print")

    assert str(caught.value) == f"note: takes more lines than page 1 holds\n{cure}"


# -- plates ----------------------------------------------------------------------------------------


def _asked(note, **others):
    return Request("gout", format="large-print", patient=replace(FULL, note=note, **others))


def test_notes_of_as_many_lines_share_a_plate(press):
    one, other, longer = (press.prepare(_asked(_note("en")[:length]), TODAY).plate
                          for length in (500, 503, 600))

    assert one is other
    assert longer is not one


LENGTHS = given(length=st.integers(1, 600), language=st.sampled_from(["en", "es"]))


@settings(max_examples=15)
@LENGTHS
def test_notes_of_every_length_are_printed_whole(press, length, language):
    """A few lengths; tests/sweep/test_prints.py takes hundreds."""
    print_whole(press, length, language)


def print_whole(press, length, language):
    asked = _asked(_note(language)[:length].strip() or "x")
    shown = page_texts(press.handout(asked, TODAY).pdf)[0]

    assert " ".join(asked.patient.note.split()) in shown


@pytest.mark.parametrize("note", [_note("en"), "محمد علي " * 40, "A\n" * 9 + "B"])
def test_who_made_the_plate_does_not_show(press, note):
    press.handout(_asked(note, name="Zoë O'Connor"), TODAY)

    assert press.handout(_asked(note), TODAY).pdf == Press(default_brand_path()).handout(
        _asked(note), TODAY).pdf


def test_a_plate_for_a_long_note_is_found_on_disk(tmp_path, layouts):
    made = Press(default_brand_path(), store=Store(tmp_path)).handout(_asked(_note("en")), TODAY)
    needed = len(layouts)
    found = Press(default_brand_path(), store=Store(tmp_path)).handout(_asked(_note("en")), TODAY)

    assert found == made
    assert len(layouts) == needed > 0


PLACES = {"name": (Room(200), Room(120), Room(300)), "id": (Room(100), Room(150)),
          "note": (Room(100),)}


@pytest.mark.parametrize(("name", "number", "shape"), [
    ("Ana", "7", (("name", 0, 1), ("id", 0, 1), ("note", 0, 2))),
    ("Ana", "A-104-2231-7", (("name", 1, 1), ("id", 1, 1), ("note", 0, 2))),
    ("Ana Maria Ruiz Fernández", "7", (("name", 2, 1), ("id", 1, 1), ("note", 0, 2)))])
def test_values_move_together_when_one_is_too_long_for_its_place(name, number, shape):
    values = {"name": name, "id": number, "note": "Rest, and walk."}

    assert room.placed(values, room.Rooms(18, PLACES))[0] == shape
    assert room.crowded(values, room.Rooms(18, PLACES)) == any(at for _, at, _ in shape)


# -- the command line ------------------------------------------------------------------------------


def test_a_batch_prints_long_notes_in_large_print(tmp_path):
    table = tmp_path / "day.csv"
    note = " ".join(_note("en").split())
    table.write_text("patient,cause,format,note\n"
                     f'Ana,gout,large-print,"{note}"\nBen,gout,large-print,Rest\n')

    assert run(["batch", str(table), "-o", str(tmp_path / "out")]) == 0
    long, short = (page_texts(path.read_bytes())[0]
                   for path in sorted((tmp_path / "out").glob("*.pdf")))
    assert note in long
    assert "Rest" in short
