"""What the file says of itself: title, language, and Info like XMP."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from xml.etree import ElementTree

from handouts.check import access
from handouts.check.findings import Finding, fault
from handouts.check.painted import PaintedPdf
from handouts.check.standards import OURS, PROFILES

_LANGUAGE = re.compile(r"^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$")  # RFC 3066, 2.1
_MAX_XMP = 1 << 20
_DC, _PDF, _XMP, _RDF = (
    "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}",
    "{http://ns.adobe.com/xap/1.0/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}")
_UA, _A = "{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}"
_PAIRS = {"Title": _DC + "title", "Author": _DC + "creator", "Subject": _DC + "description",
          "Producer": _PDF + "Producer", "Creator": _XMP + "CreatorTool",
          "Keywords": _PDF + "Keywords"}
# How a packet begins that is not UTF-8 (XMP part 1, 7.1); the longer marks first.
_WIDE = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"<\0\0\0": "utf-32-le",
         b"\0\0\0<": "utf-32-be", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16",
         b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DATES = {"CreationDate": _XMP + "CreateDate", "ModDate": _XMP + "ModifyDate"}
_PDF_DATE = re.compile(r"^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?")


def problems(facts: PaintedPdf) -> list[Finding]:
    """What is wrong with title, language and metadata."""
    info, said = access.entry(facts.opened.pdf.trailer, "Info"), _said(facts)
    return [*_title(info, said), *_language(facts.language), *_differences(info, said)]


def _said(facts: PaintedPdf) -> dict[str, str] | None:
    data = access.stream_bytes(access.entry(facts.opened.root, "Metadata"), _MAX_XMP)
    return _properties(data) if data else None


class Promise(NamedTuple):
    """What a file is to be held to: whose it is, the standards, and the validator's profiles."""

    ours: bool
    kept: frozenset[str]
    profiles: tuple[str, ...]
    unchecked: tuple[str, ...] = ()


def promise(facts: PaintedPdf) -> Promise:
    """A handout keeps PDF/UA-1 and PDF/A-2a; any other file what it says, and one that says nothing
    PDF/UA-1, because a person must be able to read it."""
    said = _said(facts) or {}
    if said.get(_PAIRS["Producer"]) == "handouts":
        return Promise(True, frozenset(), OURS)
    ua, part, level = (said.get(name, "").strip() for name in (
        _UA + "part", _A + "part", _A + "conformance"))
    kept = {f"PDF/UA-{ua}"} if ua else set[str]()
    kept |= {f"PDF/A-{part}"} if part else set()
    names = [*(["ua1"] if ua == "1" or not kept else []), *([part + level.lower()] if part else [])]
    unknown = [name for name in names if name not in PROFILES]
    notes = [f"PDF/A-{name} was not checked: there is no validator of it here." for name in unknown]
    notes += [f"PDF/UA-{ua} was not checked: there is no validator of it here."] * (ua > "1")
    return Promise(False, frozenset(kept or {"PDF/UA-1"}),
                   tuple(name for name in names if name in PROFILES), tuple(notes))


def _title(info: Any, said: dict[str, str] | None) -> Iterator[Finding]:
    if not (access.text(access.entry(info, "Title")).strip()
            or (said or {}).get(_PAIRS["Title"], "").strip()):
        yield fault("title", None, "the document has no title")


def _language(language: str) -> Iterator[Finding]:
    """Of the document as a whole; whether all text has a language, the validator tells."""
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
    try:
        text = data.decode(next((name for start, name in _WIDE.items() if data.startswith(start)),
                                "utf-8-sig"))
        if "<!DOCTYPE" in text or "<!ENTITY" in text:  # XMP needs none, and entities can explode
            return None
        top = ElementTree.fromstring(text.strip("\ufeff\0"))
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
