"""A Bundle → what is read of it: of a history the newest versions, of a page what follows.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from handouts.errors import InputError
from handouts.readers.fhir.resources import (
    EXPORT,
    GLANCED_AT,
    READ,
    UNREADABLE,
    BundlePage,
    Fault,
    ImplicitRulesError,
    Json,
    Resource,
    ResourcePlace,
    check_names,
    decoded,
    head_of,
    within_bounds,
)

MOST_OBJECTS = 1_500_000  # of a Bundle: so many braces, for an entry may be as short as {}
_TOO_MANY = "holds too many parts to be read at once"
_BY_LINE = "Export as Bulk Data NDJSON, one resource a line."
DEEPEST = 4  # Bundles within Bundles
_NONE = msgspec.Raw(b"null")
_NUMBER = re.compile("[0-9]{1,18}")


class BundleEntry(msgspec.Struct, gc=False):
    """One entry of a Bundle."""

    fullUrl: str | None = None
    resource: msgspec.Raw = _NONE
    request: msgspec.Raw = _NONE


class BundleLink(msgspec.Struct):
    """Where the Bundle or another page of it is."""

    relation: str | None = None
    url: str | None = None


class Bundle(msgspec.Struct):
    """The part of a Bundle that holds resources."""

    type: str | None = None
    link: list[BundleLink | None] | None = None
    entry: list[BundleEntry] | None = None
    implicitRules: str | None = None


class _Meta(msgspec.Struct):
    versionId: str | None = None
    lastUpdated: str | None = None


class _Versioned(msgspec.Struct):
    resourceType: str = ""
    id: str = ""
    meta: _Meta | None = None


class _Request(msgspec.Struct):
    url: str | None = None


class _Version(NamedTuple):
    """A version of a resource in a history: whose, and what tells its age."""

    name: str
    number: int | None = None
    updated: float | None = None

    def is_newer(self, other: "_Version") -> bool:
        """Whether it is newer than one that stands before it; a history begins with the newest."""
        if self.number is not None and other.number is not None:
            return self.number > other.number
        if self.updated is not None and other.updated is not None:
            return self.updated > other.updated
        return False


_bundle = msgspec.json.Decoder(Bundle).decode
_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_versioned = msgspec.json.Decoder(_Versioned).decode
_request = msgspec.json.Decoder(_Request).decode


def unbundled(place: ResourcePlace, data: Json,
              deep: int = DEEPEST) -> Iterator[Resource | Fault | BundlePage]:
    """What is read of a Bundle; each resource knows the Bundle's Patients."""
    whole = bytes(data) if isinstance(data, msgspec.Raw) else data
    try:
        read = _read(whole)
    except InputError as problem:
        yield Fault(place, problem, loses=True)
        return
    yield from _pages(place, read)
    found: list[Resource] = []
    for where, entry in _placed(place, whole, read):
        one = _resource(where, entry)
        if isinstance(one, Fault):
            yield one
        elif one.kind == "Bundle" and deep:
            yield from unbundled(where, one.data, deep - 1)
        elif one.kind == "Bundle":
            yield Fault(where, InputError("lies too deep in other Bundles", where="Bundle",
                                          field="Bundle", cure=EXPORT), loses=True)
        elif one.kind in (*READ, *GLANCED_AT):
            found.append(one)
        elif one.kind:
            yield one._replace(data=b"")  # told, not read
    patients = tuple(one for one in found if one.kind == "Patient")
    yield from (one._replace(bundle=patients) for one in found)


def _read(whole: bytes | bytearray) -> Bundle:
    """A Bundle; InputError for one that can't be read."""
    if whole.count(b"{") > MOST_OBJECTS:
        raise InputError(_TOO_MANY, where="Bundle", field="Bundle", cure=_BY_LINE)
    try:
        read = _bundle(whole)
        entries = len(read.entry or ())
        # Those of the resources are looked for where these are read.
        if whole.count(b'"entry"') > 1 or any(
                whole.count(name) > entries for name in (b'"resource"', b'"fullUrl"')):
            check_names(whole)
        if read.implicitRules is not None:
            raise ImplicitRulesError
    except UNREADABLE as error:
        raise InputError(decoded(error), where="Bundle", field="Bundle", cure=EXPORT) from error
    return read


def _pages(place: ResourcePlace, read: Bundle) -> Iterator[BundlePage]:
    links = {link.relation: link.url or "" for link in read.link or [] if link}
    if links.get("self") or links.get("next"):
        yield BundlePage(place, links.get("self", ""), links.get("next", ""))


def listed(line: int, whole: bytes, where: str) -> Iterator[tuple[int, msgspec.Raw]]:
    """The documents of a JSON list that begins on a line, each with its own line; InputError."""
    if whole.count(b"{") > MOST_OBJECTS:
        raise InputError(_TOO_MANY, where=where, cure=_BY_LINE)
    try:
        documents = _list(whole)
    except UNREADABLE as error:
        raise InputError(decoded(error), where=where, cure=EXPORT) from error
    if not documents:
        raise InputError("is empty", where=where, cure=EXPORT)
    at = 0
    for document in documents:
        data = bytes(document)
        start = whole.find(data, at)
        line, at = line + whole.count(b"\n", at, start), start + len(data)
        yield line, document
        line += data.count(b"\n")


def missing_pages(pages: Sequence[BundlePage]) -> Iterator[tuple[ResourcePlace, InputError]]:
    """The pages that say of a next one which is not there."""
    addresses = {page.address for page in pages}
    for page in pages:
        if page.following and page.following not in addresses:
            yield page.place, InputError(
                "is a page of several, not the whole: the next one is not among the files",
                where="Bundle", field="Bundle",
                cure="Export all pages; a warning may stand on another.")


def _placed(place: ResourcePlace, whole: bytes | bytearray,
            read: Bundle) -> Iterator[tuple[ResourcePlace, BundleEntry]]:
    """The entries of a Bundle that hold a resource which counts, each with its line."""
    line, at = place.line, 0
    entries = read.entry or []
    old = _superseded(entries) if read.type == "history" else set()
    for number, entry in enumerate(entries):
        resource = bytes(entry.resource)
        if resource == bytes(_NONE):
            continue  # a request or a response only
        start = whole.find(resource, at)
        line, at = line + whole.count(b"\n", at, start), start + len(resource)
        if number not in old:
            yield ResourcePlace(place.file, line), entry
        line += resource.count(b"\n")


def _resource(place: ResourcePlace, entry: BundleEntry) -> Resource | Fault:
    try:
        head = head_of(entry.resource)
    except UNREADABLE as error:
        return Fault(place, InputError(decoded(error), where="entry", field="Bundle", cure=EXPORT))
    return within_bounds(Resource(place, head.resourceType, head.id, entry.resource,
                                  entry.fullUrl or ""))


def _superseded(entries: Sequence[BundleEntry]) -> set[int]:
    """The numbers of all entries of a history but the newest of each resource (FHIR R4, 3.1.0.9).

    That is one without a version where the resource was deleted last.
    """
    newest: dict[str, tuple[_Version, int]] = {}
    old: set[int] = set()
    for number, entry in enumerate(entries):
        version = _version(entry)
        if not version.name:
            continue
        known, at = newest.setdefault(version.name, (version, number))
        if version.is_newer(known):
            newest[version.name] = version, number
            old.add(at)
        elif at != number:
            old.add(number)
    return old


def _version(entry: BundleEntry) -> _Version:
    try:
        if bytes(entry.resource) == bytes(_NONE):  # it was deleted
            return _Version(entry.fullUrl or _request(entry.request).url or "")
        one = _versioned(entry.resource)
    except UNREADABLE:
        return _Version("")  # told when it is read
    name = entry.fullUrl or (f"{one.resourceType}/{one.id}" if one.id else "")
    meta = one.meta or _Meta()
    number = meta.versionId if _NUMBER.fullmatch(meta.versionId or "") else None
    return _Version(name, int(number) if number else None, _instant(meta.lastUpdated or ""))


def _instant(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
