"""What a PDF says of itself: XMP, the Info dictionary, the output intent.

The dates are the only part that differs from one print of a plate to the next, so XMP and Info
are made with a placeholder and split at it. Nothing here knows the patient.
"""

from datetime import date
from functools import cache

from handouts import paths
from handouts.pdf.file.objects import Objects, array, dictionary, reference, stream, text_string

PRODUCER = "handouts"
PLACEHOLDER = date(1111, 11, 11)

# ISO 19005-2, 6.6.2.3: a schema that XMP does not know, such as PDF/UA's, is declared in place.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def xmp(title: str, language: str, day: date) -> bytes:
    """The XMP packet of a handout made on a day; it is written uncompressed."""
    from html import escape  # it takes 2 ms to import, and no print needs it

    return _XMP.format(title=escape(title, quote=False), language=escape(language, quote=False),
                       producer=PRODUCER, date=xmp_date(day).decode()).encode()


def xmp_date(day: date) -> bytes:
    """The start of a day, as XMP writes it."""
    return f"{day:%Y-%m-%d}T00:00:00Z".encode()


def info(title: str, day: date) -> bytes:
    """The Info dictionary: the same facts as the XMP (ISO 19005-2, 6.6.3), and no others."""
    made = b"(%b)" % info_date(day)
    return dictionary({"Title": text_string(title), "Producer": text_string(PRODUCER),
                       "CreationDate": made, "ModDate": made})


def info_date(day: date) -> bytes:
    """The start of a day, as the Info dictionary writes it."""
    return f"D:{day:%Y%m%d}000000Z".encode()


def output_intent(objects: Objects) -> bytes:
    """The colours' meaning: sRGB (ISO 19005-2, 6.2.3)."""
    profile = objects.add(stream(_profile(), {"N": b"3"}))
    return array([dictionary({
        "Type": b"/OutputIntent", "S": b"/GTS_PDFA1",
        "OutputConditionIdentifier": text_string("sRGB"), "Info": text_string("sRGB"),
        "DestOutputProfile": reference(profile)})])


@cache
def _profile() -> bytes:
    return (paths.data_folder("assets") / "colour" / "srgb.icc").read_bytes()


# -- a print run -----------------------------------------------------------------------------------

RUN_TITLE = "handouts: print run"
RUN_SUBJECT = "For a printer, and not tagged: each handout as a file of its own is."

_RUN_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def run_xmp(day: date) -> bytes:
    """The XMP packet of a print run made on a day: it claims no standard and says why."""
    return _RUN_XMP.format(title=RUN_TITLE, subject=RUN_SUBJECT, producer=PRODUCER,
                           date=xmp_date(day).decode()).encode()


def run_info(day: date) -> bytes:
    """The Info dictionary of a print run: the same facts as its XMP."""
    made = b"(%b)" % info_date(day)
    return dictionary({
        "Title": text_string(RUN_TITLE), "Subject": text_string(RUN_SUBJECT),
        "Producer": text_string(PRODUCER), "CreationDate": made, "ModDate": made})
