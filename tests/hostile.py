"""Files that would take a machine's time or memory, made when they are needed; no tests here.

Each maker gives the bytes of one file. `big` is the size of what it repeats or unpacks to: the
sweep asks for the worst, the quick tests for as little as passes the bounds that they set.
"""

import gzip
import json
import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from logos import svg

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%b>>>>"
FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
FLATE = b"/Filter/FlateDecode"
TWICE = b"/Filter[/FlateDecode/FlateDecode]"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def packed(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def pdf(content: bytes, *more: bytes, resources: bytes = b"", root: bytes = b"",
        page: bytes = PAGE, pages: bytes = b"/Kids[3 0 R]/Count 1") -> bytes:
    """A PDF of one page; `more` are its objects from number 5 on."""
    bodies = (b"<</Type/Catalog/Pages 2 0 R%b>>" % root, b"<</Type/Pages%b>>" % pages,
              page % resources, content, *more)
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n" \
        b"startxref\n%d\n%%%%EOF" % (len(bodies) + 1, table, len(bodies) + 1, len(out))


def form(code: bytes, names: bytes = b"", entries: bytes = b"") -> bytes:
    return stream(code, b"/Type/XObject/Subtype/Form/BBox[0 0 600 700]/Resources<</XObject<<%b>>"
                  b">>%b" % (names, entries))


def text(code: bytes) -> bytes:
    return pdf(stream(code), resources=FONT)


def image(width: int, height: int, data: bytes, entries: bytes) -> bytes:
    picture = stream(data, b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8%b"
                     % (width, height, entries))
    return pdf(stream(b"q 500 0 0 500 0 0 cm /I Do Q"), picture, resources=b"/XObject<</I 5 0 R>>")


def forms_by_ten(deep: int) -> bytes:
    """Each form draws the next one ten times."""
    last = form(b"0 0 9 9 re f " * 10)
    inner = [form(b"/N Do " * 10, b"/N %d 0 R" % (6 + at)) for at in range(deep)]
    return pdf(stream(b"/N Do " * 10), *inner, last, resources=b"/XObject<</N 5 0 R>>")


def tiling(size: float) -> bytes:
    """A large area filled with a tiny pattern."""
    tile = stream(b"0 0 %f %f re f" % (size, size), b"/Type/Pattern/PatternType 1/PaintType 1"
                  b"/TilingType 1/BBox[0 0 %f %f]/XStep %f/YStep %f/Resources<<>>" % (
                      size, size, size, size))
    return pdf(stream(b"/Pattern cs /P scn 0 0 612 792 re f " * 200), tile,
               resources=b"/Pattern<</P 5 0 R>>")


def patterns_in_patterns(deep: int) -> bytes:
    tiles = [stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/Type/Pattern/PatternType 1/PaintType 1"
                    b"/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P %d 0 R>>"
                    b">>" % (6 + at % deep)) for at in range(deep)]
    return pdf(stream(b"/Pattern cs /P scn 0 0 612 792 re f"), *tiles, stream(b""),
               resources=b"/Pattern<</P 5 0 R>>")


def shading(domain: int) -> bytes:
    """A shading by a PostScript function that goes on and on."""
    code = b"{" + b"dup mul sin " * domain + b"}"
    function = stream(code, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    return pdf(stream(b"/S sh " * 50), b"<</ShadingType 1/ColorSpace/DeviceRGB/Function 6 0 R"
               b"/Matrix[612 0 0 792 0 0]>>", function, resources=b"/Shading<</S 5 0 R>>")


def soft_masks(deep: int) -> bytes:
    """Transparency groups whose masks are groups with masks."""
    bodies = []
    for at in range(deep):
        group, state = 5 + 2 * at, 6 + 2 * at
        after = group + 2 if at + 1 < deep else group
        code = b"/G gs 0 0 600 700 re f " * 4
        bodies += [stream(code, b"/Type/XObject/Subtype/Form/BBox[0 0 600 700]/Group<</S"
                          b"/Transparency>>/Resources<</ExtGState<</G %d 0 R>>>>" % state),
                   b"<</SMask<</S/Luminosity/G %d 0 R>>>>" % after]
    return pdf(stream(b"/X Do"), *bodies, resources=b"/XObject<</X 5 0 R>>")


def type3(deep: int) -> bytes:
    """Letters that are drawn with letters of the same font."""
    font = (b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<"
            b"/a 6 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]"
            b"/Resources<</Font<</F 5 0 R>>>>>>")
    return pdf(stream(b"BT /F 12 Tf (a) Tj ET"), font,
               stream(b"9 0 d0 BT /F 1 Tf (%b) Tj ET" % (b"a" * deep)),
               resources=b"/Font<</F 5 0 R>>")


def cmap(ranges: int) -> bytes:
    """A ToUnicode map that names all codes again and again."""
    body = b"begincmap " + b"beginbfrange <0000> <ffff> <0000> endbfrange " * ranges
    font = (b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type"
            b"/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<<>>/W[%b]>>]/ToUnicode 6 0 R>>"
            % (b"0 65535 500 " * ranges))
    return pdf(stream(b"BT /F 12 Tf <0001> Tj ET"), font, stream(packed(body), FLATE),
               resources=b"/Font<</F 5 0 R>>")


def tree(kids: int, entries: bytes) -> bytes:
    """A structure tree whose elements all hold the same elements."""
    rows = [b"<</Type/StructElem/S/Sect/P 5 0 R/K[%b]>>" % (b"%d 0 R " % (7 + at) * 2)
            for at in range(kids)]
    return pdf(stream(b""), b"<</Type/StructTreeRoot/K 6 0 R%b>>" % entries, *rows,
               b"<</Type/StructElem/S/P/P 5 0 R>>", root=b"/StructTreeRoot 5 0 R"
               b"/MarkInfo<</Marked true>>/Lang(en)")


def flat_tree(count: int) -> bytes:
    kids = b"<</Type/StructElem/S/P/P 5 0 R/K 0/Pg 3 0 R>>" * count
    return pdf(stream(b"/P <</MCID 0>> BDC EMC"), b"<</Type/StructTreeRoot/K[%b]>>" % kids,
               root=b"/StructTreeRoot 5 0 R/MarkInfo<</Marked true>>")


def xmp(data: bytes, filters: bytes) -> bytes:
    return pdf(stream(b""), stream(data, b"/Type/Metadata/Subtype/XML" + filters),
               root=b"/Metadata 5 0 R")


def outlines(count: int) -> bytes:
    items = [b"<</Title(a)/Parent 5 0 R/Next %d 0 R/First 6 0 R>>" % (6 + (at + 1) % count)
             for at in range(count)]
    return pdf(stream(b""), b"<</First 6 0 R/Last 6 0 R/Count %d>>" % count, *items,
               root=b"/Outlines 5 0 R")


def many_pages(count: int) -> bytes:
    return pdf(stream(b"0 0 9 9 re f " * 400),
               pages=b"/Kids[%b]/Count %d" % (b"3 0 R " * count, count))


def objects(count: int) -> bytes:
    """An object stream of as many empty objects."""
    heads = b" ".join(b"%d 0" % (10 + at) for at in range(count)) + b"\n"
    return pdf(stream(b""), stream(packed(heads + b"null"), FLATE + b"/Type/ObjStm/N %d/First %d"
                                   % (count, len(heads))))


PDFS: dict[str, Callable[[int], bytes]] = {
    "a form that draws itself twice": lambda big: pdf(
        stream(b"/X Do"), form(b"/X Do /X Do", b"/X 5 0 R"), resources=b"/XObject<</X 5 0 R>>"),
    "two forms that draw each other": lambda big: pdf(
        stream(b"/X Do"), form(b"/X Do /X Do", b"/X 6 0 R"), form(b"/X Do /X Do", b"/X 5 0 R"),
        resources=b"/XObject<</X 5 0 R>>"),
    "ten forms, each drawn ten times": lambda big: forms_by_ten(9),
    "forms in forms, 200 deep": lambda big: forms_by_ten(200),
    "content deflated once": lambda big: pdf(stream(packed(b" " * big), FLATE)),
    "content deflated twice": lambda big: pdf(stream(packed(b" " * big, 2), TWICE)),
    "content of operators deflated twice": lambda big: pdf(
        stream(packed(b"0 0 9 9 re f\n" * (big // 13), 2), TWICE)),
    "metadata deflated once": lambda big: xmp(packed(b" " * big), FLATE),
    "metadata deflated twice": lambda big: xmp(packed(b" " * big, 2), TWICE),
    "metadata nested without end": lambda big: xmp(b"<a>" * (big // 300), b""),
    "nested marks": lambda big: text(b"/P <</MCID 0>> BDC " * (big // 2000)),
    "saved states": lambda big: pdf(stream(b"q " * (big // 400) + b"Q " * (big // 400))),
    "nested arrays": lambda big: pdf(stream(b"[" * (big // 400) + b"]" * (big // 400) + b"TJ")),
    "curves": lambda big: pdf(stream(packed(
        b"0 0 m " + b"9 900 900 9 5 700 c " * (big // 400) + b" 300 w S"), FLATE)),
    "dashes of a thousandth of a point": lambda big: pdf(
        stream(b"[.001] 0 d 1 w " + b"0 0 m 600 700 l S " * 500)),
    "strings": lambda big: text(
        b"BT /F 1 Tf " + b"(%b) Tj " % (b"aaaaaaaaa" * 2000) * (big // 600_000) + b"ET"),
    "a tiny pattern": lambda big: tiling(.01),
    "patterns of patterns": lambda big: patterns_in_patterns(40),
    "a shading that goes on": lambda big: shading(big // 10_000),
    "masks of masks": lambda big: soft_masks(40),
    "letters of letters": lambda big: type3(200),
    "a map of all codes": lambda big: cmap(big // 100_000),
    "a tree of two to the fortieth": lambda big: tree(40, b""),
    "a parent tree in a loop": lambda big: tree(2, b"/ParentTree<</Kids[5 0 R 5 0 R]>>"),
    "a flat tree": lambda big: flat_tree(big // 2000),
    "bookmarks in a loop": lambda big: outlines(500),
    "one page a hundred thousand times": lambda big: many_pages(big // 4000),
    "a picture of 900 million pixels": lambda big: image(
        30_000, 30_000, packed(bytes(big)), FLATE + b"/ColorSpace/DeviceGray"),
    "a picture deflated twice": lambda big: image(
        9000, 9000, packed(bytes(big), 2), TWICE + b"/ColorSpace/DeviceRGB"),
    "a picture of run lengths": lambda big: image(
        9000, 9000, b"\x81\x00" * (big // 400), b"/Filter/RunLengthDecode/ColorSpace/DeviceRGB"),
    "an object stream of nothing": lambda big: objects(big // 400),
    "a page as high as the sky": lambda big: pdf(
        stream(b"0 0 1e6 1e9 re f"), page=PAGE.replace(b"612 792", b"1e9 1e9")),
}


# -- exports ---------------------------------------------------------------------------------------

PATIENT, CONDITION = b'{"resourceType":"Patient","id":"1"}', b'{"resourceType":"Condition"}'


def gz(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def bundle(entries: bytes) -> bytes:
    return b'{"resourceType":"Bundle","entry":[' + entries + b'{}]}'


def condition(**parts: object) -> bytes:
    return json.dumps({"resourceType": "Condition", "subject": {"reference": "Patient/1"},
                       **parts}).encode()


def knee(number: int, width: int = 0) -> bytes:
    """A Patient with a knee, in two lines."""
    return (b'{"resourceType":"Patient","id":"%0*d"}\n{"resourceType":"Condition","subject":'
            b'{"reference":"Patient/%0*d"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/'
            b'icd-10-cm","code":"M17.12"}]}}\n' % (width, number, width, number))


def entries_of(part: bytes, big: int) -> bytes:
    return bundle((b'{"resource":%b},' % part) * (big // (len(part) + 14)))


EXPORTS: dict[str, Callable[[int], bytes]] = {
    "line ends.ndjson.gz": lambda big: gz(b"\n" * big),
    "line ends.ndjson": lambda big: b"\n" * (big // 20),
    "blanks.json.gz": lambda big: gz(b" " * big),
    "blanks.ndjson.gz": lambda big: gz(b" " * (big // 2) + b"\n" + PATIENT + b" " * (big // 2)),
    "empty entries.json.gz": lambda big: gz(bundle(b"{}," * (big // 3))),
    "empty entries.json": lambda big: bundle(b"{}," * (big // 61)),
    "empty objects.ndjson": lambda big: b"{}\n" * (big // 60),
    "one letter a line.ndjson": lambda big: PATIENT + b"\n" + b"x\n" * (big // 60),
    "patients of one line.ndjson": lambda big: (PATIENT + b"\n") * (big // 20 // 36),
    "conditions of nobody.ndjson": lambda big: (CONDITION + b"   \n") * (big // 20 // 32),
    "patients of one line.ndjson.gz": lambda big: gz((PATIENT + b"\n") * (big // 36)),
    "patients without end.json.gz": lambda big: gz(entries_of(PATIENT, big)),
    "patients without end.json": lambda big: entries_of(PATIENT, big // 21),
    "a condition of codings.ndjson": lambda big: condition(
        code={"coding": [{}] * (big // 90)}) + b"\n" + PATIENT,
    "a condition with much inside.ndjson": lambda big: condition(
        contained=[{"a": {}}] * (big // 250)) + b"\n" + PATIENT,
    "given names.ndjson": lambda big: condition(code={"coding": [{
        "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M17.12"}]}) + b"\n" + json.dumps(
            {"resourceType": "Patient", "id": "1", "name": [
                {"given": ["ab"] * (big // 130)}]}).encode(),
    "bundles in bundles.json": lambda big: bundle(
        b'{"resource":' * 400 + bundle(b"") + b"}" * 400 + b","),
    "nested without end.json": lambda big: b'{"a":' * (big // 100),
    "a string without end.json.gz": lambda big: gz(b'{"a":"' + b"x" * big),
    "two files in one.json.gz": lambda big: gz(b"{") + gz(b" " * (big // 2)) * 2,
}


# -- logos -----------------------------------------------------------------------------------------


def png(width: int, height: int, data: bytes, *, colour: int = 2, more: bytes = b"",
        interlaced: int = 0) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(
            ">L", zlib.crc32(kind + body))

    head = struct.pack(">LLBBBBB", width, height, 8, colour, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data)
            + chunk(b"IEND", b""))


def jpeg(scans: int, side: int = 4000) -> bytes:
    """A progressive JPEG whose scans each go over the whole picture without a word."""
    blocks = (side // 8) ** 2
    quantities = b"\xff\xdb\x00\x43\x00" + b"\x01" * 64
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", side, side) + b"\x01\x01\x11\x00"
    codes = b"".join(b"\xff\xc4\x00\x14" + table + b"\x01" + bytes(15) + value
                     for table, value in ((b"\x00", b"\x00"), (b"\x10", b"\xe0")))
    first = b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00" + bytes(blocks // 8 + 1)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00" + bytes(blocks // 16384 * 2 + 2)
    return b"\xff\xd8" + quantities + frame + codes + first + scan * scans + b"\xff\xd9"


SHAPE = '<path d="M1 1h9v9z"/>'
LOGOS: dict[str, Callable[[int], bytes]] = {
    "copies of many shapes.svg": lambda big: svg(
        f'<g id="a">{SHAPE * 1500}</g>' + '<use href="#a"/>' * 50),
    "comments that never end.svg": lambda big: svg(f"<style>{'/*' * 40_000}</style>{SHAPE}"),
    "comments.svg": lambda big: svg(f"<style>{'/**/' * 20_000}</style>{SHAPE}"),
    "a style without rules.svg": lambda big: svg(f"<style>{'a' * 90_000}</style>{SHAPE}"),
    "rules for all.svg": lambda big: svg(f"<style>{'*{x:y}' * 8000}</style>{SHAPE * 2000}"),
    "classes.svg": lambda big: svg(
        f"<style>{'.a{x:y}' * 6000}</style>"
        + f'<path class="{"a " * 300}" d="M1 1h9v9z"/>' * 80),
    "dashes.svg": lambda big: svg(
        '<path d="M0 0' + "L40 40L0 0" * 4000 + '" stroke="#000" stroke-dasharray=".0001"/>'),
    "curves.svg": lambda big: svg('<path d="M0 0' + "C9 0 9 40 0 40" * 6500 + '"/>'),
    "arcs.svg": lambda big: svg('<path d="M0 0' + "A9 9 0 1 1 9 9" * 6500 + '"/>'),
    "zigzag even-odd.svg": lambda big: svg(
        '<path fill-rule="evenodd" d="M0 0' + "L40 1L0 39L1 0L39 40" * 4500 + '"/>'),
    "gradients.svg": lambda big: svg(
        "".join(f'<linearGradient id="g{at}">{"<stop/>" * 90}</linearGradient>'
                for at in range(99))
        + "".join(f'<path fill="url(#g{at})" d="M1 1h9v9z"/>' for at in range(99))),
    "clips in clips.svg": lambda big: svg(
        '<clipPath id="c"><path d="M0 0h40v40z"/></clipPath>'
        + '<g clip-path="url(#c)">' * 45 + SHAPE * 3500 + "</g>" * 45),
    "attributes.svg": lambda big: svg(
        "<g " + " ".join(f'a{at}="1"' for at in range(70_000)) + f">{SHAPE}</g>"),
    "groups.svg": lambda big: svg("<g/>" * 240_000 + SHAPE),
    "a number without end.svg": lambda big: svg(f'<path d="M1 1h{"9" * 900_000}v9z"/>'),
    "transforms.svg": lambda big: svg(
        f'<g transform="{"rotate(1) " * 9000}">{SHAPE}</g>'),
    "copies of copies.svg": lambda big: svg("".join(
        f'<g id="g{at}">{f"""<use href="#g{at + 1}"/>""" * 7}</g>' for at in range(40))
        + f'<g id="g40">{SHAPE}</g>'),
    "entities.svg": lambda big: b'<!DOCTYPE svg [<!ENTITY a "' + b"9" * 200 + b'">]>' + svg(
        f'<path d="M0 0h{"&a;" * 200_000}"/>'),
    "blurs.svg": lambda big: svg("".join(
        f'<filter id="f{at}" x="-9" y="-9" width="20" height="20"><feGaussianBlur '
        f'stdDeviation="{at + 9}"/></filter><g filter="url(#f{at})">{SHAPE}</g>'
        for at in range(900))),
    "noise.svg": lambda big: svg(
        '<filter id="f"><feTurbulence baseFrequency=".9" numOctaves="9999999"/></filter>'
        f'<g filter="url(#f)">{SHAPE}</g>'),
    "patterns in patterns.svg": lambda big: svg("".join(
        f'<pattern id="p{at}" width=".001" height=".001"><path d="M0 0h9v9z" '
        f'fill="url(#p{at + 1})"/></pattern>' for at in range(40))
        + '<path d="M0 0h40v40z" fill="url(#p0)"/>'),
    "masks of masks.svg": lambda big: svg("".join(
        f'<mask id="m{at}" mask="url(#m{at + 1})"><path d="M0 0h40v40z" fill="#fff"/></mask>'
        for at in range(3000)) + f'<g mask="url(#m0)">{SHAPE}</g>'),
    "selectors.svg": lambda big: svg(
        f"<style>{'g g g g > path:not(:first-child) ~ path{x:y}' * 9000}</style>"
        + "<g>" * 45 + SHAPE * 9000 + "</g>" * 45),
    "a page of forms.pdf": lambda big: forms_by_ten(9),
    "a page of masks.pdf": lambda big: soft_masks(40),
    "a page as high as the sky.pdf": PDFS["a page as high as the sky"],
    "a page with a dot.pdf": lambda big: pdf(stream(b"100 100 .001 .001 re f")),
    "a picture of nothing.png": lambda big: png(4000, 4000, packed(bytes(4000 * 12_001))),
    "a picture interlaced.png": lambda big: png(
        4000, 4000, packed(bytes(4000 * 16_010)), colour=6, interlaced=1),
    "a text that unpacks.png": lambda big: png(
        9, 9, packed(bytes(9 * 28)), more=(lambda body: struct.pack(">L", len(body)) + b"zTXt"
                                           + body + struct.pack(">L", zlib.crc32(b"zTXt" + body)))(
            b"a\0\0" + packed(bytes(big)))),
    "scans.jpg": lambda big: jpeg(min(big // 4000, 22_000)),
}


# -- measured --------------------------------------------------------------------------------------


class Spent:
    """What a command took: its exit code, seconds of processor time and by the clock, the most
    memory of it and its children together in MB, and what it said."""

    def __init__(self, command: list[str], **settings: str) -> None:
        start = time.monotonic()
        before = os.times()
        self.memory = 0.0
        with TemporaryFile("w+", encoding="utf-8") as said:  # a pipe would be full at 64 KB
            process = subprocess.Popen([sys.executable, "-m", "cli", *command], stdout=said,
                                       stderr=subprocess.STDOUT, env=os.environ | settings)
            while process.poll() is None:
                self.memory = max(self.memory, _resident(process.pid))
                time.sleep(0.02)
            said.seek(0)
            self.said = said.read()
        after = os.times()
        self.code = process.returncode
        self.clock = time.monotonic() - start
        self.seconds = (after.children_user - before.children_user
                        + after.children_system - before.children_system)


def _resident(pid: int) -> float:
    """The memory of a process and its children in MB, on Linux; else 0."""
    total, todo = 0.0, [pid]
    while todo:
        folder = Path(f"/proc/{todo.pop()}")
        try:
            total += int((folder / "statm").read_text().split()[1]) * 4 / 1024
            for task in (folder / "task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except (OSError, ValueError, IndexError):
            continue  # it has ended meanwhile
    return total
