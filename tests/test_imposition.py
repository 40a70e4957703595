"""The print run: many handouts in one PDF, for paper."""

import hashlib
import re
import tracemalloc
from collections import Counter
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from itertools import count

import pikepdf
import pypdfium2
import pytest
from helpers import NAMES, page_texts
from pikepdf import Name

from handouts.errors import InputError, OutputError
from handouts.pdf.file.imposition import PrintRun
from handouts.pdf.file.plate import printed as printed_on
from handouts.pdf.file.plate import set_values
from handouts.request.request import Patient
from handouts.system.files import whole_file

DAY = date(2026, 11, 25)
KINDS = {  # name → cause, what is asked for besides, pages
    "two": ("infection", {}, 2),
    "five": ("overuse", {"state": "settled", "patient": Patient("Ana Ruiz", note="Twice a day.")},
             5),
    "four": ("osteoarthritis", {"state": "calm", "patient": Patient("Bo")}, 4),
    "a4": ("bursitis", {"paper": "a4", "patient": Patient("Καλλιόπη")}, 2),
    "large": ("osteoarthritis", {"format": "large-print", "patient": Patient("Zoë Zebra")}, 13),
}
MIXED = ("five", "two", "four", "five", "a4", "large", "four")


class Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data):
        """Drops bytes."""


@pytest.fixture(scope="module")
def kept():
    """What several tests need and none changes."""
    return {}


@pytest.fixture
def kind(typeset, kept):
    """A handout by the name of its kind: kind("two") → its plate and values."""

    def made(name):
        if name not in kept:
            kept[name] = typeset(KINDS[name][0], **KINDS[name][1])
        return kept[name]

    return made


def run_of(*handouts, numbers=None, sides="") -> bytes:
    """The run of some handouts, each a plate and its values."""
    file = BytesIO()
    with PrintRun(file, DAY, sides) as run:
        for number, (plate, values) in zip(numbers or count(1), handouts, strict=False):
            run.add(plate, set_values(plate, values), number=number)
    return file.getvalue()


@pytest.fixture
def mixed(kind, kept):
    """A run of handouts of two, four and five pages, on Letter and on A4."""
    if "mixed" not in kept:
        kept["mixed"] = run_of(*map(kind, MIXED))
    return kept["mixed"]


@pytest.fixture
def opened():
    """Opens a PDF for a test: opened(data)."""
    files = []

    def made(data):
        files.append(pikepdf.open(BytesIO(data)))
        return files[-1]

    yield made
    for file in files:
        file.close()


def pixels(data: bytes) -> list[str]:
    """A digest of each page's picture."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [hashlib.sha256(page.render(scale=.7).to_pil().tobytes()).hexdigest()
                for page in document]
    finally:
        document.close()


def starts(file: pikepdf.Pdf) -> list[int]:
    """The page, from 1, that each bookmark leads to."""
    pages = {page.objgen: at for at, page in enumerate(file.pages, 1)}
    with file.open_outline() as outline:
        return [pages[item.destination[0].objgen] for item in outline.root]


# -- pages -----------------------------------------------------------------------------------------


def test_each_handout_starts_on_an_odd_page_after_a_blank_one_if_need_be(mixed, opened):
    file = opened(mixed)

    blank = [at for at, text in enumerate(page_texts(mixed), 1) if not text]

    assert len(file.pages) == 6 + 2 + 4 + 6 + 2 + 14 + 4
    assert starts(file) == [1, 7, 9, 13, 19, 21, 35]
    assert blank == [6, 18, 34]


@pytest.mark.parametrize("many", [7, 50])  # more pages than a leaf of the tree holds
def test_a_printer_without_duplex_prints_one_side_and_then_the_other(kind, opened, many):
    handouts = [kind(name) for name in (MIXED * 22)[:many]]
    whole, odd, even = (page_texts(run_of(*handouts, sides=sides)) for sides in ("", "odd", "even"))

    assert odd == whole[::2]
    assert even == whole[1::2][::-1]  # the last sheet lies on top of what has come out
    assert opened(run_of(*handouts, sides="even")).Root.ViewerPreferences.Duplex == "/Simplex"


def test_a_blank_page_has_the_size_of_its_handout(typeset, opened):
    plate, values = typeset("osteoarthritis", "a4", **KINDS["large"][1])

    last = opened(run_of((plate, values))).pages[-1]

    assert [float(side) for side in last.MediaBox] == [0, 0, 595.28, 841.89]
    assert "/Contents" not in last
    assert dict(last.Resources) == {}


def test_pages_look_as_those_of_each_handout_as_a_file_of_its_own(mixed, kind):
    alone = [pixels(printed_on(*kind(name), DAY)) for name in MIXED]

    together = pixels(mixed)

    placed = [pages + together[5:6] * (len(pages) % 2) for pages in alone]
    assert together == [page for pages in placed for page in pages]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_other_scripts_look_and_read_as_alone(typeset, name):
    plate, values = typeset("infection", patient=Patient(name))
    alone = printed_on(plate, values, DAY)

    data = run_of((plate, values))

    assert (pixels(data), page_texts(data)) == (pixels(alone), page_texts(alone))


def test_every_name_is_on_the_first_page_of_its_handout(kind, opened):
    plate, values = kind("four")
    names = [f"Ana {letter}" for letter in "BCDEFGHIJ"]

    data = run_of(*((plate, {**values, "patient": name}) for name in names))

    texts = page_texts(data)
    found = [texts[page - 1] for page in starts(opened(data))]
    assert [name in text for name, text in zip(names, found, strict=True)] == [True] * 9


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("patients", [1, 2, 50])
def test_the_file_is_sound(kind, opened, patients):
    handouts = [kind("five"), kind("two")]

    file = opened(run_of(*(handouts[at % 2] for at in range(patients))))

    assert file.check_pdf_syntax() == []
    assert len(file.pages) == patients // 2 * 8 + patients % 2 * 6


def test_the_page_tree_is_balanced_and_counts_its_pages(kind, monkeypatch, opened):
    monkeypatch.setattr("handouts.pdf.file.navigation.KIDS", (0, 3, 5))

    file = opened(run_of(*[kind("two")] * 20))

    def shape(node):
        if node.Type == Name.Page:
            return 1
        assert all(kid.Parent.objgen == node.objgen for kid in node.Kids)
        kids = [shape(kid) for kid in node.Kids]
        assert node.Count == sum(kid if isinstance(kid, int) else kid[0] for kid in kids)
        return node.Count, kids

    assert shape(file.Root.Pages) == (40, [
        (15, [(5, [1] * 5)] * 3), (15, [(5, [1] * 5)] * 3), (10, [(5, [1] * 5)] * 2)])


def test_what_handouts_share_is_stored_once(mixed, opened):
    streams = Counter(
        found.read_raw_bytes() for found in opened(mixed).objects
        if isinstance(found, pikepdf.Stream)
        and found.get("/Type") not in (Name.ObjStm, Name.XRef))

    again = sorted(times for times in streams.values() if times > 1)

    assert again == [2, 2]  # the panels of the two patients of "five", and of "four"


def test_what_is_no_stream_lies_packed_in_one(mixed):
    bodies = re.findall(rb"\n\d+ 0 obj\n?(.*?)endobj", mixed, re.DOTALL)

    assert bodies
    assert all(b"stream" in body for body in bodies)


def test_fonts_of_different_plates_are_the_same_objects(kind, opened):
    file = opened(run_of(kind("two"), kind("four")))

    fonts = [page.Resources.Font.F1.objgen for page in (file.pages[0], file.pages[2])]

    assert fonts[0] == fonts[1]


def test_a_patient_takes_less_than_a_kilobyte(kind):
    plate, values = kind("four")

    few, many = (len(run_of(*[(plate, values)] * patients)) for patients in (100, 300))

    assert few < len(plate.head) + 100 * 1000
    assert (many - few) / 200 < 600


def test_the_same_handouts_give_the_same_bytes(mixed, kind):
    assert run_of(*map(kind, MIXED)) == mixed


def test_memory_does_not_grow_with_the_patients(kind):
    plate, values = kind("five")
    lines = set_values(plate, values)
    with PrintRun(Nowhere(), DAY) as run:
        run.add(plate, lines, number=1)
        tracemalloc.start()
        sizes = []
        for number in range(1, 4001):
            run.add(plate, lines, number=number)
            if number % 2000 == 0:
                sizes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()

    # 12 bytes a patient of the cross-reference table, and how far the open parts happen to be
    assert sizes[1] - sizes[0] < 2000 * 50


# -- what it says ----------------------------------------------------------------------------------


def test_bookmarks_are_the_numbers_that_the_caller_gave(kind, opened):
    file = opened(run_of(*[kind("two")] * 3, numbers=(2, 3, 117)))

    with file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["2", "3", "117"]
    assert file.Root.Outlines.Count == 3
    assert starts(file) == [1, 3, 5]


def test_bookmarks_are_tied_to_their_neighbours(kind, opened):
    root = opened(run_of(*[kind("two")] * 200)).Root.Outlines
    forth, at = [], root.First
    while at is not None:
        assert at.Parent.objgen == root.objgen
        forth.append((at.get("/Prev", root).objgen, at.objgen))
        at = at.get("/Next")

    assert [int(str(number)) for number in (root.First.Title, root.Last.Title)] == [1, 200]
    assert len(forth) == root.Count == 200
    assert [before for before, _ in forth[1:]] == [own for _, own in forth[:-1]]


def test_it_says_that_it_is_for_paper_and_claims_no_standard(mixed, opened):
    file = opened(mixed)
    catalog, page = file.Root, file.pages[0]

    assert sorted(catalog.keys()) == [
        "/Metadata", "/Outlines", "/Pages", "/Type", "/ViewerPreferences"]
    assert catalog.ViewerPreferences == {
        "/DisplayDocTitle": True, "/Duplex": Name.DuplexFlipLongEdge, "/PickTrayByPDFSize": True}
    assert sorted(page.keys()) == ["/Contents", "/MediaBox", "/Parent", "/Resources", "/Type"]
    assert dict(file.docinfo) == {
        "/Title": "handouts: print run", "/Producer": "handouts",
        "/Subject": "For a printer, and not tagged: each handout as a file of its own is.",
        "/CreationDate": "D:20261125000000Z", "/ModDate": "D:20261125000000Z"}


def test_its_xmp_says_the_same(mixed, opened):
    with opened(mixed).open_metadata() as found:
        said = dict(found)

    assert {name.rpartition("}")[2]: value for name, value in said.items()} == {
        "format": "application/pdf", "title": "handouts: print run",
        "description": "For a printer, and not tagged: each handout as a file of its own is.",
        "CreateDate": "2026-11-25T00:00:00Z", "ModifyDate": "2026-11-25T00:00:00Z",
        "Producer": "handouts"}


def test_no_name_stands_outside_a_panel(kind, opened):
    plate, values = kind("four")
    file = opened(run_of((plate, values), (plate, {**values, "patient": "Zoe Quinn"})))
    panels = {page.Contents[1].objgen for page in file.pages if len(page.Contents) > 1}

    rest = b"".join(found.read_bytes() if isinstance(found, pikepdf.Stream)
                    else found.unparse(resolved=True) for found in file.objects
                    if found.objgen not in panels)

    assert len(panels) == 2
    assert re.search(rb"Quinn|Ruiz|Twice", rest) is None


# -- what goes wrong -------------------------------------------------------------------------------


@contextmanager
def print_run(path, day):
    """A run into a file, as a batch writes one."""
    with whole_file(path, private=True) as file, PrintRun(file, day) as run:
        yield run


def test_a_run_into_a_file_is_its_owners_and_whole(kind, tmp_path):
    path = tmp_path / "run.pdf"
    plate, values = kind("two")

    with print_run(path, DAY) as run:
        run.add(plate, set_values(plate, values), number=1)
        unfinished = path.exists()

    assert not unfinished
    assert path.read_bytes() == run_of(kind("two"))
    assert (path.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [path])


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_an_interrupted_run_leaves_the_old_file_and_no_other(kind, tmp_path, failure):
    path = tmp_path / "run.pdf"
    path.write_bytes(b"old")
    plate, values = kind("two")

    def stopped():
        with print_run(path, DAY) as run:
            run.add(plate, set_values(plate, values), number=1)
            raise failure

    with pytest.raises(failure):
        stopped()

    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_a_run_without_handouts_is_refused_and_leaves_no_file(tmp_path):
    with pytest.raises(InputError, match="print run: holds no handout"), \
            print_run(tmp_path / "run.pdf", DAY):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told_before_work_starts(tmp_path):
    with pytest.raises(OutputError, match="no such file or directory"), \
            print_run(tmp_path / "none" / "run.pdf", DAY):
        pytest.fail("there is no file to write into")
