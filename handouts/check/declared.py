"""What the file says of itself: title, language, and Info like XMP."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from handouts.check import access
from handouts.check.facts import PaintedPdf
from handouts.check.findings import Finding, fault

_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")
_MAX_XMP = 1 << 20
_DC, _PDF, _XMP, _RDF = (
    "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}",
    "{http://ns.adobe.com/xap/1.0/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}")
_PAIRS = {"Title": _DC + "title", "Author": _DC + "creator", "Subject": _DC + "description",
          "Producer": _PDF + "Producer", "Creator": _XMP + "CreatorTool",
          "Keywords": _PDF + "Keywords"}
_DATES = {"CreationDate": _XMP + "CreateDate", "ModDate": _XMP + "ModifyDate"}
_PDF_DATE = re.compile(r"^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?")


def problems(facts: PaintedPdf) -> list[Finding]:
    """What is wrong with title, language and metadata."""
    info = access.entry(facts.opened.pdf.trailer, "Info")
    data = access.stream_bytes(access.entry(facts.opened.root, "Metadata"), _MAX_XMP)
    said = _properties(data) if data else None
    return [*_title(info, said), *_language(facts.language), *_differences(info, said)]


def _title(info: Any, said: dict[str, str] | None) -> Iterator[Finding]:
    if not (access.text(access.entry(info, "Title")).strip()
            or (said or {}).get(_PAIRS["Title"], "").strip()):
        yield fault("title", None, "the document has no title")


def _language(language: str) -> Iterator[Finding]:
    if not language:
        yield fault("language", None, "the document does not say its language")
    elif not _LANGUAGE.match(language):
        yield fault("language", None, "the document's language is not a language tag")


def _differences(info: Any, said: dict[str, str] | None) -> Iterator[Finding]:
    if said is None:
        yield fault("info-xmp", None, "there is no XMP metadata that can be read")
        return
    for key, name in _PAIRS.items():
        one = access.text(access.entry(info, key)).strip()
        if one and one != said.get(name, "").strip():
            yield fault("info-xmp", None, f"Info and XMP do not agree on {key}")
    for key, name in _DATES.items():
        written = access.text(access.entry(info, key))
        if written and _pdf_date(written) != _iso_date(said.get(name, "")):
            yield fault("info-xmp", None, f"Info and XMP do not agree on {key}")


def _properties(data: bytes) -> dict[str, str] | None:
    """Each property of an XMP packet as text; None if it can't be read."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # XMP needs none, and entities can explode
        return None
    try:
        top = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    said: dict[str, str] = {}
    for description in top.iter(_RDF + "Description"):
        said.update(description.attrib)
        for node in description:
            items = [item.text or "" for item in node.iter(_RDF + "li")]
            said[node.tag] = ", ".join(items) if items else node.text or ""
    return said


def _pdf_date(written: str) -> datetime | None:
    match = _PDF_DATE.match(written)
    if match is None:
        return None
    year, month, day, hour, minute, second, sign, east, rest = match.groups()
    zone = f"{sign}{east}:{rest or '00'}" if sign else "+00:00"
    return _iso_date(f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:"
                     f"{second or '00'}{zone}")


def _iso_date(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
