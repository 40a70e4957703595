"""A small tagged PDF made by hand: what `handouts check` finds nothing wrong with; no tests here.

It is written with pikepdf alone, so that the checks are tried on pages that no layer of the
product has drawn: Type0 fonts with retained glyph ids, figures as forms, a list, a table, a link.
"""

import zlib
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from handouts import paths
from handouts.check.fontfiles import Sfnt

DISCLAIMER = (
    "This is based on research and shared knowledge. It does not replace",
    "medical advice. Always ask a health professional first, to find the",
    "cause and plan your care. Emergency: 911.")
BODY = (
    "Your knee joint lets the leg bend and straighten. Rest with the leg",
    "raised if the knee swells. Put a cold pack in a towel on the knee. Do",
    "this for up to ten minutes. Then walk a little and drink some water.",
    "Ask for help if it hurts.")
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Your knee</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>by hand</pdf:Producer><xmp:CreateDate>2026-11-25T12:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2026-11-25T12:00:00Z</xmp:ModifyDate>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of PDF/UA</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def flate(data: bytes) -> bytes:
    """Packed bytes that do not end in a line break, which validators would not count."""
    packed = zlib.compress(data)
    while packed[-1] in b"\r\n":
        data += b"\n"
        packed = zlib.compress(data)
    return packed


@dataclass
class Sample:
    """The PDF as it grows: pages, fonts and the structure tree."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    faces: dict[str, Sfnt] = field(default_factory=dict)
    fonts: dict[str, pikepdf.Object] = field(default_factory=dict)
    code: list[str] = field(default_factory=list)
    row: list[pikepdf.Object] = field(default_factory=list)
    rows: list[list[pikepdf.Object]] = field(default_factory=list)
    annots: list[tuple[pikepdf.Object, pikepdf.Object]] = field(default_factory=list)

    def __post_init__(self):
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.document = self.element("Document", self.root)
        for name, style in (("F1", "Regular"), ("F2", "Bold")):
            self._font(name, style)

    def _font(self, name, style):
        data = (paths.data_folder("assets") / "fonts"
                / f"HyperlegiblePlainZero-{style}.ttf").read_bytes()
        face = self.faces[name] = Sfnt(data)
        advances, count = face.tables[b"hmtx"], int.from_bytes(face.tables[b"hhea"][34:36], "big")
        widths = Array([int.from_bytes(advances[4 * min(g, count - 1):][:2], "big")
                        for g in range(face.glyph_count)])
        program = self.pdf.make_stream(data, Length1=len(data))
        called = Name(f"/AAAAAA+HyperlegiblePlainZero-{style}")
        descriptor = self.pdf.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=called, Flags=4, FontBBox=Array([-300, -300, 1200,
            1000]), ItalicAngle=0, Ascent=950, Descent=-290, CapHeight=668, StemV=80,
            FontFile2=program))
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=called, FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"),
                                     Supplement=0), W=Array([0, widths]),
            CIDToGIDMap=Name.Identity)
        self.fonts[name] = self.pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=called, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([self.pdf.make_indirect(inner)]),
            ToUnicode=self.pdf.make_stream(cmap({g: chr(min(letters)) for g, letters in
                                                 face.characters.items() if g}))))

    # -- structure

    def element(self, kind, parent=None, **entries):
        made = self.pdf.make_indirect(Dictionary(
            Type=Name.StructElem, S=Name(f"/{kind}"), K=Array(), **entries))
        self.adopt(made, self.document if parent is None else parent)
        return made

    def adopt(self, made, parent):
        made.P = parent
        parent.K.append(made)

    def mark(self, element, drawn):
        """Content of an element; on the page that is being drawn."""
        mcid = len(self.row)
        self.row.append(element)
        element.K.append(Dictionary(Type=Name.MCR, Pg=self.page, MCID=mcid))
        self.code.append(f"{element.S} <</MCID {mcid}>> BDC {drawn} EMC")

    def artifact(self, drawn):
        self.code.append(f"/Artifact BMC {drawn} EMC")

    # -- content

    def text(self, line, x, y, *, font="F1", size=12, more=""):
        glyphs = "".join(f"{self.faces[font].unicode[ord(letter)]:04X}" for letter in line)
        return f"BT {more} /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{glyphs}> Tj ET"

    def lines(self, lines, x, y, **look):
        return " ".join(self.text(line, x, y - 17 * at, **look) for at, line in enumerate(lines))

    def block(self, kind, lines, x, y, parent=None, **look):
        element = self.element(kind, parent)
        self.mark(element, self.lines([lines] if isinstance(lines, str) else lines, x, y, **look))
        return element

    def figure(self, alt, name, x, y):
        element = self.element("Figure", Alt=String(alt), A=Dictionary(
            O=Name.Layout, BBox=Array([x, y, x + 60, y + 60])))
        self.mark(element, f"q 1 0 0 1 {x} {y} cm /{name} Do Q")

    def form(self, code):
        return self.pdf.make_stream(code.encode(), Type=Name.XObject, Subtype=Name.Form,
                                    BBox=Array([0, 0, 60, 60]), Resources=Dictionary())

    def link(self, element, words, x, y):
        made = self.element("Link", element)
        self.mark(made, self.text(words, x, y))
        note = self.pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([x, y - 3, x + 80, y + 12]), F=4,
            Border=Array([0, 0, 0]), Contents=String("Where to call"),
            A=Dictionary(Type=Name.Action, S=Name.URI, URI=String("https://example.org"))))
        made.K.append(Dictionary(Type=Name.OBJR, Pg=self.page, Obj=note))
        self.page.Annots = self.pdf.make_indirect(Array([note]))
        self.annots.append((note, made))

    # -- pages

    def begin(self):
        self.pdf.add_blank_page(page_size=(612, 792))
        self.page = self.pdf.pages[-1].obj
        self.code, self.row = [], []

    def end(self, *, disclaimer=DISCLAIMER):
        self.artifact(self.lines(disclaimer, 60, 70))
        self.page.Contents = self.pdf.make_stream("\n".join(self.code).encode())
        self.page.StructParents = len(self.rows)
        self.page.Tabs = Name.S
        self.page.Resources = Dictionary(
            Font=Dictionary(self.fonts and {f"/{k}": v for k, v in self.fonts.items()}),
            XObject=Dictionary(Knee=self.knee, Thigh=self.thigh))
        self.rows.append(self.row)

    def finish(self) -> bytes:
        pdf, root = self.pdf, self.root
        numbers = Array()
        for at, row in enumerate(self.rows):
            numbers.extend([at, pdf.make_indirect(Array(row))])
        for at, (note, made) in enumerate(self.annots, len(self.rows)):
            note.StructParent = at
            numbers.extend([at, made])
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(self.rows) + len(self.annots)
        colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        pdf.Root.update(Dictionary(
            StructTreeRoot=root, MarkInfo=Dictionary(Marked=True), Lang=String("en-US"),
            ViewerPreferences=Dictionary(DisplayDocTitle=True),
            Metadata=pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML),
            OutputIntents=Array([Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFA1, Info=String("sRGB"),
                OutputConditionIdentifier=String("sRGB"),
                DestOutputProfile=pdf.make_stream(colours, N=3))])))
        pdf.trailer.Info = pdf.make_indirect(Dictionary(
            Title=String("Your knee"), Producer=String("by hand"),
            CreationDate=String("D:20261125120000Z"), ModDate=String("D:20261125120000Z")))
        return saved(pdf)


def cmap(texts: dict[int, str]) -> bytes:
    """A ToUnicode CMap for codes of two bytes."""
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for code, text in sorted(texts.items())]
    blocks = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
                       for part in (rows[at:at + 100] for at in range(0, len(rows), 100)))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry "
        "(Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType "
        f"2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n{blocks}\nendcmap CMapName "
        "currentdict /CMap defineresource pop end end").encode()


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF, its streams as they are."""
    buffer = BytesIO()
    pdf.save(buffer, compress_streams=False, deterministic_id=True, min_version="1.7",
             stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return buffer.getvalue()


def draw(change=lambda sample: None) -> bytes:
    """The sample; `change` may add to its second page before that is finished."""
    made = Sample()
    made.knee = made.form("0.1 0.3 0.5 rg 5 5 50 50 re f")
    made.thigh = made.form("0.5 0.3 0.1 rg 5 5 20 50 re f")
    made.begin()
    made.artifact("0.1 0.2 0.4 rg 0 750 612 42 re f")
    made.block("H1", "Looking after your knee", 60, 710, font="F2", size=22)
    made.block("P", BODY, 60, 680, more="0 g")
    made.block("H2", "What to do", 60, 600, font="F2", size=16)
    items = made.element("L", A=Dictionary(O=Name.List, ListNumbering=Name.Disc))
    for at, words in enumerate(("Breathe out.", "Rub for ten minutes.")):
        item = made.element("LI", items)
        made.block("Lbl", "•", 60, 570 - 20 * at, item)
        made.block("LBody", words, 74, 570 - 20 * at, item)
    made.figure("The knee from the front", "Knee", 60, 460)
    made.figure("The thigh from the side", "Thigh", 160, 460)
    made.block("P", ["A column on the left", "of this page."], 60, 420)
    made.block("P", ["A second column to", "be read after it."], 320, 430)
    made.end()
    made.begin()
    made.block("H2", "Day 2", 60, 710, font="F2", size=16)
    words = made.block("P", "Quiz: who can help? Call", 60, 680)
    made.link(words, "the X-ray clinic.", 210, 680)
    table = made.element("Table")
    for at, row in enumerate((("Day", "Minutes"), ("One", "5"), ("Two", "8"))):
        line = made.element("TR", table)
        for column, cell in enumerate(row):
            made.block("TD" if at else "TH", cell, 60 + 100 * column, 640 - 20 * at, line,
                       font="F1" if at else "F2")
            if not at:
                line.K[-1].A = Dictionary(O=Name.Table, Scope=Name.Column)
    made.block("P", BODY, 60, 560)
    change(made)
    made.end()
    return made.finish()
