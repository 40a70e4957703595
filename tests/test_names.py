"""Names in other scripts: printed right, and found in the text or in what the text says it is."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from helpers import NAMES, page_texts, standards
from PIL import Image, ImageChops

from handouts.errors import InputError
from handouts.pdf.file.plate import Plate, PlateMismatch
from handouts.pdf.file.plate import printed as printed_on
from handouts.request.request import Patient

PICTURE = Path(__file__).parent / "refs" / "names.png"
SCALE = 2  # pixels a point
FIELD = (-4, 17, 140, -8)  # around the start of the name: left, up, right, down in points


def said(data: bytes) -> str:
    """What the ActualTexts of the panel say, in order."""
    with pikepdf.open(BytesIO(data)) as document:
        panel = document.pages[0].Contents[1].read_bytes()
    return "".join(bytes.fromhex(found.decode()).decode("utf-16")
                   for found in re.findall(rb"/ActualText <(\w+)>", panel))


def field(plate: Plate, values: dict[str, str]) -> Image.Image:
    """The printed name, cut out of its page."""
    document = pypdfium2.PdfDocument(printed_on(plate, values, date(2026, 11, 25)))
    picture = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    slot = next(slot for slot in plate.slots if slot.field == "patient")
    left, base = round(SCALE * slot.left), picture.height - round(SCALE * slot.base)
    return picture.crop((left + SCALE * FIELD[0], base - SCALE * FIELD[1],
                         left + SCALE * FIELD[2], base - SCALE * FIELD[3]))


def test_names_look_as_they_did_when_compared_with_a_browser(typeset, request):
    fields = [field(*typeset("gout", "a4", patient=Patient(name))) for name in NAMES]
    sheet = Image.new("L", (fields[0].width, sum(each.height for each in fields)))
    for at, each in enumerate(fields):
        sheet.paste(each, (0, at * each.height))
    if request.config.getoption("--update-refs"):
        sheet.save(PICTURE, optimize=True)

    with Image.open(PICTURE) as wanted:
        difference = ImageChops.difference(sheet, wanted.convert("L"))

    assert difference.point(lambda level: 255 * (level > 96)).getbbox() is None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_the_text_or_in_what_it_says(printed, name):
    data = printed("gout", patient=Patient(name))

    assert name in page_texts(data)[0] or name in said(data)
    assert standards(data) == []


@pytest.mark.parametrize(("name", "other"), [
    ("Καλλιόπη", "Ζωή"), ("Жанна", "Юрий"), ("محمد علي", "زينب"), ("प्रिया", "अमित")])
def test_a_plate_holds_a_whole_script_and_never_a_name(typeset, name, other):
    first, _ = typeset("gout", patient=Patient(name))
    second, _ = typeset("gout", patient=Patient(other))

    assert first == second


@pytest.mark.parametrize("value", ["Жанна", "Ana Ruiz " * 5, ""])
def test_another_script_or_number_of_lines_needs_another_plate(typeset, value):
    plate, values = typeset("gout", patient=Patient("Ana Ruiz"))

    with pytest.raises(PlateMismatch):
        printed_on(plate, {**values, "patient": value}, date(2026, 11, 25))


@pytest.mark.parametrize(("name", "found"), [
    ("陈伟", "Chinese letters"),
    ("Ana \u202egnuh", "characters that turn the direction of writing"),
    ("Ana 😀", "signs and emoji"), ("A\u200bna", "unseen characters"),
])
def test_what_no_font_has_is_refused_by_field_and_script(printed, name, found):
    with pytest.raises(InputError) as caught:
        printed("gout", patient=Patient(name))

    assert str(caught.value).startswith(f"patient: holds what can't be printed here: {found}")


def test_the_letterhead_may_hold_greek_and_not_arabic(printed):
    text = page_texts(printed("gout", practice={"name": "Ιατρείο Νίκης"}))[0]
    with pytest.raises(InputError) as caught:
        printed("gout", practice={"name": "عيادة"})

    assert "Ιατρείο Νίκης" in text
    assert str(caught.value).startswith("letterhead: holds a script that only the patient's panel")
