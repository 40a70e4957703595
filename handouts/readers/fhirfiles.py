"""FHIR files and folders → their resources, one at a time, each with its place.

A file is a JSON document (a Bundle, mostly) or NDJSON, packed with gzip or not; which one is seen
from its content. Only one line, or one document that is not NDJSON, is in memory at a time, and
what a file unpacks to is held against its size on disk (`fhirbytes`).
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from handouts.errors import InputError, reason
from handouts.paths import shown
from handouts.readers.fhirbytes import Counted, opened

MOST_OBJECTS = 1_500_000  # of a Bundle: so many braces, for an entry may be as short as {}
MOST_FAULTS = 10_000  # lines of one file that are no resource: then it is no export
MOST_OF_ONE = 4 << 20  # bytes of a Patient or Condition; a thousand times what one has
NOT_FHIR = "not-fhir"  # the kind of a file beside an export, such as the list of its files
_PART = re.compile(r"(Patient|Condition)([._-]?[0-9]+)*\.(ndjson|jsonl)(\.gz)?")
_ENOUGH = 1 << 16  # bytes in which a file of resources names the first one's type
DEEPEST = 4  # Bundles within Bundles
_BOM = b"\xef\xbb\xbf"
_ENDINGS = (".json", ".ndjson", ".json.gz", ".ndjson.gz", ".jsonl", ".jsonl.gz")
_ELEMENT = re.compile(r"`\$\.([\w.\[\]]+)`$")  # how msgspec ends a message: `$.name[0].family`
_READ = ("Patient", "Condition")
_NONE = msgspec.Raw(b"null")
_EXPORT = "Give FHIR R4 as JSON: a Bundle, or Bulk Data NDJSON."


class ResourcePlace(NamedTuple):
    """Where a resource stands."""

    file: str
    line: int


class Resource(NamedTuple):
    """A resource: its type, its JSON, its address in a Bundle, the Bundle that it belongs to."""

    place: ResourcePlace
    kind: str
    id: str
    data: bytes | bytearray | msgspec.Raw
    url: str = ""
    bundle: tuple["Resource", ...] = ()


class Fault(NamedTuple):
    """What can't be read as a resource."""

    place: ResourcePlace
    problem: InputError


class Head(msgspec.Struct):
    """The part that says what a resource is."""

    resourceType: str = ""
    id: str = ""


class BundleEntry(msgspec.Struct, gc=False):
    """One entry of a Bundle."""

    fullUrl: str | None = None
    resource: msgspec.Raw = _NONE


class Bundle(msgspec.Struct):
    """The part of a Bundle that holds resources."""

    entry: list[BundleEntry] | None = None


_head = msgspec.json.Decoder(Head).decode
_bundle = msgspec.json.Decoder(Bundle).decode


def resources(paths: Iterable[Path]) -> Iterator[Resource | Fault]:
    """Every resource of the files and folders, in order; those of a Bundle know their siblings.

    A file that can't be used at all raises InputError if it was named, and is a Fault if it only
    lay in a folder. There only the parts of a bulk export are told by their names, all others by
    their number: an export may name a file after its patient.
    """
    for path in paths:
        if path.is_dir():
            for number, file in enumerate(files_in(path), 1):
                is_part = _PART.fullmatch(file.name)
                yield from _lying_resources(
                    file, shown(file) if is_part else f"{shown(path)}, file {number} by name")
        else:
            yield from _file_resources(path)


def files_in(folder: Path) -> list[Path]:
    """The FHIR files of a folder and its folders, by name."""
    return sorted(path for path in folder.rglob("*")
                  if path.name.lower().endswith(_ENDINGS) and not path.name.startswith(".")
                  and path.is_file())


def decoded(error: Exception) -> str:
    """What is wrong with JSON, and where in it: elements of FHIR, never a value."""
    if isinstance(error, msgspec.ValidationError):
        place = _ELEMENT.search(str(error))
        return f"is not as FHIR R4 has it{f', in {place[1]}' if place else ''}"
    return "is not whole JSON"


def _lying_resources(path: Path, shown: str) -> Iterator[Resource | Fault]:
    """The resources of a file that lies in a folder, where it need not be FHIR at all."""
    place = ResourcePlace(shown, 1)
    try:
        with opened(path) as file:
            is_fhir = b'"resourceType"' in file.read(_ENOUGH)
    except (OSError, EOFError, zlib.error):
        is_fhir = True  # what is wrong with it is told below
    if not is_fhir:
        yield Resource(place, NOT_FHIR, "", b"")
        return
    try:
        yield from _shown_as(shown, _file_resources(path))
    except InputError as error:
        yield Fault(place, InputError(error.problem, where=shown, cure=error.cure))


def _shown_as(shown: str, resources: Iterable[Resource | Fault]) -> Iterator[Resource | Fault]:
    """What was found, its file told in other words."""
    siblings: tuple[Resource, ...] = ()
    renamed: tuple[Resource, ...] = ()
    for found in resources:
        place = found.place._replace(file=shown)
        if isinstance(found, Fault):
            yield found._replace(place=place)
            continue
        if found.bundle is not siblings:  # one tuple for all resources of a Bundle
            siblings = found.bundle
            renamed = tuple(one._replace(place=one.place._replace(file=shown)) for one in siblings)
        yield found._replace(place=place, bundle=renamed)


def _file_resources(path: Path) -> Iterator[Resource | Fault]:
    faults = 0
    for found in _all_resources(path):
        faults += isinstance(found, Fault)
        if faults > MOST_FAULTS:
            raise InputError(f"has more than {MOST_FAULTS:,} parts that are no FHIR resource",
                             where=str(path), cure=_EXPORT)
        yield found


def _all_resources(path: Path) -> Iterator[Resource | Fault]:
    for line, data in _documents(path):
        place = ResourcePlace(shown(path), line)
        try:
            head = _head(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Fault(place, InputError(decoded(error), where="the line", cure=_EXPORT))
            continue
        if head.resourceType == "Bundle":
            yield from _unbundled(place, data, DEEPEST)
        elif head.resourceType:
            yield _within_bounds(Resource(place, head.resourceType, head.id, data))
        else:
            yield Fault(place, InputError("is not a FHIR resource", where="the line",
                                          cure=_EXPORT))


def _within_bounds(found: Resource) -> Resource | Fault:
    """A resource, unless it is one to be read that is far too long for its kind."""
    if found.kind in _READ and len(memoryview(found.data)) > MOST_OF_ONE:
        return Fault(found.place, InputError(
            f"is longer than {MOST_OF_ONE >> 20} MB", where=found.kind,
            cure="Export it without documents and pictures inside."))
    return found


def _unbundled(place: ResourcePlace, data: bytes | bytearray | msgspec.Raw,
               deep: int) -> Iterator[Resource | Fault]:
    """The Patients and Conditions of a Bundle; each Condition knows the Bundle's Patients."""
    found: list[Resource] = []
    whole = bytes(data) if isinstance(data, msgspec.Raw) else data
    for where, entry in _entries(place, whole):
        if isinstance(entry, InputError):
            yield Fault(where, entry)
            continue
        try:
            head = _head(entry.resource)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Fault(where, InputError(decoded(error), where="entry", cure=_EXPORT))
            continue
        if head.resourceType == "Bundle" and deep:
            yield from _unbundled(where, entry.resource, deep - 1)
        elif head.resourceType in _READ:
            one = _within_bounds(Resource(where, head.resourceType, head.id, entry.resource,
                                          entry.fullUrl or ""))
            if isinstance(one, Fault):
                yield one
            else:
                found.append(one)
    patients = tuple(one for one in found if one.kind == "Patient")
    yield from (one._replace(bundle=patients) for one in found)


def _entries(place: ResourcePlace,
             whole: bytes | bytearray) -> Iterator[tuple[ResourcePlace, BundleEntry | InputError]]:
    """The entries of a Bundle that hold a resource, each with its line."""
    if whole.count(b"{") > MOST_OBJECTS:
        yield place, InputError("holds too many parts to be read at once", where="Bundle",
                                cure="Export as Bulk Data NDJSON, one resource a line.")
        return
    try:
        entries = _bundle(whole).entry or []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield place, InputError(decoded(error), where="Bundle", cure=_EXPORT)
        return
    line, at = place.line, 0
    for entry in entries:
        resource = bytes(entry.resource)
        if resource == bytes(_NONE):
            continue  # a request or a response only
        start = whole.find(resource, at)
        line, at = line + whole.count(b"\n", at, start), start + len(resource)
        yield ResourcePlace(place.file, line), entry
        line += resource.count(b"\n")


# -- bytes -----------------------------------------------------------------------------------------


def _documents(path: Path) -> Iterator[tuple[int, bytes | bytearray]]:
    """The JSON documents of a file, each with the line that it starts on."""
    try:
        with opened(path) as file:
            yield from _split(Counted(file, path), path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError("is a broken gzip file", where=str(path), cure="Copy it again.") from error
    except OSError as error:
        raise InputError(f"can't be read ({reason(error)})", where=str(path),
                         cure="Check the name and who may read it.") from error


def _split(file: Counted, path: Path) -> Iterator[tuple[int, bytes | bytearray]]:
    first, line = b"", 0
    while not first.strip():
        first = file.line().removeprefix(_BOM)
        line += 1
        if not first:
            raise InputError("is empty", where=str(path), cure=_EXPORT)
    second = file.line()
    is_split = _is_ndjson(path) and _is_whole(second)
    if not first.lstrip().startswith(b"{") and not is_split:
        raise InputError("is not FHIR JSON", where=str(path), cure=_EXPORT)
    if not is_split and not _is_whole(first):
        yield line, _whole(file.rest(first, second), path)
        return
    yield line, first
    while second:
        line += 1
        if second.strip():
            yield line, second
        second = file.line()


def _whole(data: bytearray, path: Path) -> bytearray:
    if not _is_whole(data):
        raise InputError("is not whole JSON", where=str(path), cure=_EXPORT)
    return data


def _is_whole(data: bytes | bytearray) -> bool:
    try:
        _head(data)
    except msgspec.ValidationError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _is_ndjson(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl"))
