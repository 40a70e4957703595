"""A PDF written as its objects come."""

import zlib
from io import BytesIO

import pikepdf
import pytest

from handouts.pdf.file import objects, streamed
from handouts.pdf.file.streamed import Streamed, XrefTable


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Parts and object streams so short that small files have several."""
    monkeypatch.setattr(streamed, "PART", 4)
    monkeypatch.setattr(streamed, "PACKED", 3)


def rows(table: XrefTable) -> list[tuple[int, int, int]]:
    data = zlib.decompress(table.deflated())
    return [(row[0], int.from_bytes(row[1:6], "big"), int.from_bytes(row[6:], "big"))
            for row in (data[at:at + 8] for at in range(0, len(data), 8))]


@pytest.mark.parametrize("backwards", [False, True])
def test_entries_may_be_set_in_any_order_and_late(backwards):
    table = XrefTable()
    numbers = [table.reserve() for _ in range(30)]
    for target in reversed(numbers) if backwards else numbers:
        table.put(target, 1 + target % 2, target * 1000, target)

    found = rows(table)

    assert numbers == list(range(1, 31))
    assert found == [(0, 0, 65535), *((1 + n % 2, n * 1000, n) for n in numbers)]


def test_a_place_may_lie_beyond_four_gigabytes():
    table = XrefTable()
    table.put(table.reserve(), 1, 2 ** 39)

    assert rows(table)[1] == (1, 2 ** 39, 0)


def test_a_file_of_many_objects_reads_back():
    file = BytesIO()
    out = Streamed(file)
    root, info, pages = (out.reserve() for _ in range(3))
    kids = []
    for at in range(20):
        content = out.stream(objects.stream(b"%d 0 m" % at))
        kids.append(out.reserve())
        out.pack(kids[-1], objects.dictionary({
            "Type": b"/Page", "Parent": objects.reference(pages), "MediaBox": b"[0 0 9 9]",
            "Resources": b"<<>>", "Contents": objects.reference(content)}))
        out.rest()
    out.pack(pages, objects.dictionary({
        "Type": b"/Pages", "Kids": objects.array(map(objects.reference, kids)), "Count": b"20"}))
    out.pack(root, b"<</Type/Catalog/Pages %d 0 R>>" % pages)
    out.pack(info, b"<</Producer(x)>>")
    out.close(root, info)

    with pikepdf.open(BytesIO(file.getvalue())) as read:
        assert read.check_pdf_syntax() == []
        assert [page.Contents.read_bytes() for page in read.pages] == [
            b"%d 0 m" % at for at in range(20)]
        assert str(read.docinfo.Producer) == "x"
