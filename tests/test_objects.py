"""PDF syntax: what is written can be read back."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.file import objects
from handouts.pdf.file.objects import Objects


@pytest.mark.parametrize(("value", "written"), [
    (0, b"0"), (-0.001, b"0"), (12, b"12"), (0.5, b"0.5"), (-3.456, b"-3.46"), (100, b"100")])
def test_a_number_is_written_short(value, written):
    assert objects.number(value) == written


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_string_reads_back_as_it_was(text):
    assert str(pikepdf.Object.parse(objects.text_string(text))) == text


@given(st.binary(max_size=200))
def test_compressed_data_never_end_in_an_end_of_line(data):
    packed = objects.deflated(data)

    assert packed[-1:] not in (b"\r", b"\n")
    assert zlib.decompress(packed).rstrip(b"\n") == data.rstrip(b"\n")


def test_a_dictionary_leaves_out_what_is_empty():
    written = objects.dictionary({"Type": b"/Page", "Annots": b"", "Count": b"3", "Kids": b"[]"})

    assert written == b"<</Type/Page/Count 3/Kids[]>>"


def test_objects_are_packed_with_those_apart_left_for_later():
    body = Objects()
    plain, later = body.add(b"<</A 1>>"), body.reserve()
    content = body.add(objects.stream(b"q Q"))

    head, table = objects.packed(body, [later])

    assert head.startswith(objects.HEADER)
    assert table[plain * 7] == 2
    assert table[later * 7] == 0
    place = int.from_bytes(table[content * 7 + 1:content * 7 + 5], "big")
    assert head[place:].startswith(b"%d 0 obj" % content)


def test_patched_tables_say_where_an_object_stands():
    table = bytearray(14)

    objects.patched(table, 1, 4711)

    assert table[7:] == objects.entry(1, 4711)


def test_a_stream_keeps_its_data_and_entries():
    file = pikepdf.new()
    written = objects.stream(b"0 0 m", {"Type": b"/XObject"})

    head, _, data = written.partition(b"\nstream\n")

    assert pikepdf.Object.parse(head).Type == "/XObject"
    assert zlib.decompress(data.removesuffix(b"\nendstream")) == b"0 0 m"
    file.save(BytesIO())
