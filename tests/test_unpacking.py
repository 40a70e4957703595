"""What `objects` packs can be taken apart again."""

from collections import Counter
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.file import objects, unpacking
from handouts.pdf.file.plate import printed
from handouts.request.request import Patient


def test_a_plate_is_taken_apart_into_the_objects_that_a_reader_finds(typeset):
    plate, values = typeset("gout", patient=Patient("Ana (Ruiz)"))

    found = unpacking.objects_of(plate)

    with pikepdf.open(BytesIO(printed(plate, values, date(2026, 11, 25)))) as file:
        for target, body in found.items():
            read = file.get_object(target, 0)
            if objects.is_stream(body):
                assert read.read_raw_bytes() == body.partition(b"\nstream\n")[2][:-10]
            else:
                written = read.unparse(resolved=True)
                assert {f"/{name}" for name in unpacking.entries(body)} == set(read.keys())
                assert Counter(unpacking.references(body)) == Counter(
                    unpacking.references(written))
        variable = plate.variable
        assert set(found) == set(range(1, len(file.objects) + 1)) - {
            variable.panel, variable.xmp, variable.info, variable.table, variable.table - 1}


def test_the_entries_of_a_dictionary_are_read_whole():
    body = (b"<</Type/Page/Kids[1 0 R[2 0 R]]/Title(a \\) /B 3)/D<</E<</F 1>>>>/N null/Hex<FEFF>"
            b"/Last 12 0 R>>")

    assert unpacking.entries(body) == {
        "Type": b"/Page", "Kids": b"[1 0 R[2 0 R]]", "Title": b"(a \\) /B 3)",
        "D": b"<</E<</F 1>>>>", "N": b"null", "Hex": b"<FEFF>", "Last": b"12 0 R"}


def test_the_entries_of_a_stream_end_before_its_data():
    assert unpacking.entries(objects.stream(b"/A 1 0 R", {"Type": b"/XObject"}, compressed=False)
                             ) == {"Type": b"/XObject", "Length": b"8"}


@pytest.mark.parametrize(("body", "numbers"), [
    (b"[1 0 R 20 0 R]", [1, 20]),
    (b"[0 0 300 0 R 0 0 RG]", [300]),
    (b"<</A 1 0 R/B2 0/C[2 0 R]>>", [1, 2]),
    (b"<</T(see 5 0 R, \\(6 0 R\\) and \\\\)/A 7 0 R>>", [7]),
    (b"<</R5 0/S/N6 0 R1/Box[1.5 0 0 -2 0 0]>>", []),
])
def test_references_are_found_and_what_only_looks_like_one_is_not(body, numbers):
    assert unpacking.references(body) == numbers


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary())
def test_neither_texts_nor_data_are_renumbered(text, data):
    texts = {"A": objects.text_string(text + " 1 0 R"), "B": b"1 0 R"}
    body = objects.stream(data + b"[1 0 R]", texts, compressed=False)

    renumbered = unpacking.renumbered(body, lambda target: target + 41)

    assert renumbered == objects.stream(data + b"[1 0 R]", {**texts, "B": b"42 0 R"},
                                        compressed=False)
