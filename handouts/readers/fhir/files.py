"""FHIR files, folders and ZIPs → their resources, one at a time, each with its place.

A file is a JSON document (a Bundle, mostly, or a list), or NDJSON; which one is seen from its
content. Only one line, or one document that is not NDJSON, is in memory at a time.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from handouts.errors import InputError
from handouts.paths import in_json
from handouts.readers.fhir.bundles import listed, unbundled
from handouts.readers.fhir.folders import (
    ENDINGS,
    ENOUGH,
    NOT_FHIR,
    files_in,
    left_out,
    names_a_resource,
)
from handouts.readers.fhir.manifests import Manifest, manifest_in, sources_of
from handouts.readers.fhir.resources import (
    EXPORT,
    READ,
    UNREADABLE,
    BundlePage,
    Fault,
    Resource,
    ResourcePlace,
    decoded,
    head_of,
    plain_head,
    within_bounds,
)
from handouts.readers.fhir.sources import (
    ZIP,
    Counted,
    SourceFile,
    lines_of,
    names_in,
    of_path,
    zipped,
)

MOST_FAULTS = 10_000  # lines of one file that are no resource: then it is no export
LEFT_OUT = "left-out"  # the kind of what lies in a folder and is no FHIR, or is not read
_PART = re.compile(
    rf"([0-9]+[._-])?(?P<kind>{'|'.join(READ)})([._-]?[0-9]+)*\.(ndjson|jsonl)(\.gz)?")
_BOM = b"\xef\xbb\xbf"
Found = Resource | Fault | BundlePage


def resources(paths: Iterable[Path]) -> Iterator[Found]:
    """Every resource of the files, folders and ZIPs, in order; those of a Bundle know their
    siblings.

    A file that can't be used at all raises InputError if it was named, and is a Fault if it only
    lay in a folder or a ZIP. There only the parts of a bulk export are told by their names, all
    others by their number: an export may name a file after its patient.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder_resources(path)
        elif is_zip(path):
            yield from _zip_resources(path)
        elif (manifest := manifest_in(path)) is not None:
            yield from _named_by(manifest, path)
        else:
            yield from _file_resources(of_path(path))


def is_zip(path: Path) -> bool:
    """Whether a file is a ZIP that holds files which are FHIR by their names."""
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return False
    return any(name.lower().endswith(ENDINGS) for name in names_in(path))


# -- folders, ZIPs, exports with a manifest --------------------------------------------------------


def _folder_resources(folder: Path) -> Iterator[Found]:
    names: list[str] = []
    for number, file in enumerate(files_in(folder), 1):
        if manifest := manifest_in(file):
            yield from _missing(manifest, file, [one.name for one in files_in(file.parent)])
        names.append(file.name)
        yield from _lying_resources(of_path(file), _told(file.name, in_json(file), folder, number))
    rest = left_out(folder)
    yield from _left(rest.counts, folder, loses=rest.has_conditions)


def _zip_resources(path: Path) -> Iterator[Found]:
    with zipped(path) as members:
        counts: Counter[str] = Counter()
        for number, member in enumerate(members, 1):
            if member.name.lower().endswith(ENDINGS):
                told = _told(member.name, f"{in_json(path)}/{member.name}", path, number)
                yield from _lying_resources(member, told)
            else:
                is_fhir = names_a_resource(member.start(ENOUGH))
                counts["other-name" if is_fhir else NOT_FHIR] += 1
        yield from _left(counts, path, loses=True)


def _told(name: str, whole: str, within: Path, number: int) -> str:
    """How a file that lies somewhere is told."""
    return whole if _PART.fullmatch(name) else f"{in_json(within)}, file {number} by name"


def _left(counts: Counter[str], within: Path, *, loses: bool) -> Iterator[Found]:
    """What was not read there, by kind."""
    place, unread = ResourcePlace(in_json(within), 0), counts.total() - counts[NOT_FHIR]
    for kind, count in counts.items():
        for _ in range(count):
            yield Resource(place, LEFT_OUT, kind, b"")
    if unread:
        what = "folder" if within.is_dir() else "ZIP"
        told = f"1 file of the {what} was" if unread == 1 else f"{unread} files of the {what} were"
        yield Fault(place, InputError(
            f"{told} not read", where=str(within),
            cure="They may hold conditions: give them as .json or .ndjson, or take them out."),
            loses=loses)


def _named_by(manifest: Manifest, path: Path) -> Iterator[Found]:
    """The resources of the files that a manifest names and that lie beside it."""
    found = sources_of(manifest, path)
    if not found:
        raise InputError("lists the files of an export, and none of them lies beside it",
                         where=str(path), cure="Download them into its folder, or give the files.")
    yield from _missing(manifest, path, [file.name for file in found])
    for file in found:
        yield from _lying_resources(of_path(file), in_json(file) if _PART.fullmatch(file.name)
                                    else f"{in_json(path)}, a file of it")


def _missing(manifest: Manifest, path: Path, names: Iterable[str]) -> Iterator[Fault]:
    """What a manifest names that is not there."""
    missing = manifest.missing(names)
    if missing:
        told = ", ".join(sorted({kind if kind in READ else "another type" for kind in missing}))
        yield Fault(ResourcePlace(in_json(path), 1), InputError(
            f"names {len(missing)} file{'s' if len(missing) > 1 else ''} that "
            f"{'are' if len(missing) > 1 else 'is'} not there ({told})", where=str(path),
            cure="Download all files of the export."),
            loses=not {*missing}.isdisjoint(("Condition", "")))


def _lying_resources(source: SourceFile, shown: str) -> Iterator[Found]:
    """The resources of a file that lies in a folder or a ZIP, where it need not be FHIR at all."""
    place = ResourcePlace(shown, 1)
    try:
        is_fhir = names_a_resource(source.start(ENOUGH)) or bool(_PART.fullmatch(source.name))
    except (OSError, EOFError, zlib.error):
        is_fhir = True  # what is wrong with it is told below
    if not is_fhir:
        yield Resource(place, LEFT_OUT, NOT_FHIR, b"")
        return
    try:
        yield from _shown_as(shown, _file_resources(source))
    except InputError as error:
        yield Fault(place, InputError(error.problem, where=shown, cure=error.cure), _loses(source))


def _loses(source: SourceFile) -> bool:
    """Whether conditions may be lost with what can't be read of a file."""
    part = _PART.fullmatch(source.name)
    return part is None or part["kind"] == "Condition"


def _shown_as(shown: str, resources: Iterable[Found]) -> Iterator[Found]:
    """What was found, its file told in other words."""
    siblings: tuple[Resource, ...] = ()
    renamed: tuple[Resource, ...] = ()
    for found in resources:
        place = found.place._replace(file=shown)
        if not isinstance(found, Resource):
            yield found._replace(place=place)
            continue
        if found.bundle is not siblings:  # one tuple for all resources of a Bundle
            siblings = found.bundle
            renamed = tuple(one._replace(place=one.place._replace(file=shown)) for one in siblings)
        yield found._replace(place=place, bundle=renamed)


# -- one file --------------------------------------------------------------------------------------


def _file_resources(source: SourceFile) -> Iterator[Found]:
    faults = 0
    for found in _all_resources(source):
        faults += isinstance(found, Fault)
        if faults > MOST_FAULTS:
            raise InputError(f"has more than {MOST_FAULTS:,} parts that are no FHIR resource",
                             where=source.where, cure=EXPORT)
        yield found


def _all_resources(source: SourceFile) -> Iterator[Found]:
    with lines_of(source) as lines:
        for line, data in _documents(lines, source):
            found = _resource(ResourcePlace(source.shown, line), data)
            if (isinstance(found, Fault) and not isinstance(data, msgspec.Raw)
                    and not data.endswith(b"\n")):
                found = found._replace(loses=_loses(source))  # the file is cut off in this line
            if isinstance(found, Resource) and found.kind == "Bundle":
                yield from unbundled(found.place, found.data)
            else:
                yield found


def _resource(place: ResourcePlace, data: bytes | bytearray | msgspec.Raw) -> Resource | Fault:
    try:
        head = head_of(data)
    except UNREADABLE as error:
        return Fault(place, InputError(decoded(error), where="the line", field="Bundle",
                                       cure=EXPORT))
    if head.resourceType:
        return within_bounds(Resource(place, head.resourceType, head.id, data))
    return Fault(place, InputError("is not a FHIR resource", where="the line", field="Bundle",
                                   cure=EXPORT))


def _documents(file: Counted, source: SourceFile
               ) -> Iterator[tuple[int, bytes | bytearray | msgspec.Raw]]:
    """The JSON documents of a file, each with the line that it starts on."""
    first, line = b"", 0
    while not first.strip():
        first = file.line().removeprefix(_BOM)
        line += 1
        if not first:
            raise InputError("is empty", where=source.where, cure=EXPORT)
    second = file.line()
    opening = first.lstrip()[:1]
    is_split = source.is_ndjson and second.lstrip().startswith(b"{") and _is_whole(second)
    if opening not in (b"{", b"[") and not is_split:
        raise InputError("is not FHIR JSON", where=source.where, cure=EXPORT)
    if opening == b"[" and not is_split:
        yield from listed(line, bytes(file.rest(first, second)), source.where)
        return
    if not is_split and not _is_whole(first):
        yield line, _whole(file.rest(first, second), source)
        return
    yield line, first
    while second:
        line += 1
        if second.strip():
            yield line, second
        second = file.line()


def _whole(data: bytearray, source: SourceFile) -> bytearray:
    if not _is_whole(data):
        raise InputError("is not whole JSON", where=source.where, cure=EXPORT)
    return data


def _is_whole(data: bytes | bytearray) -> bool:
    try:
        plain_head(data)
    except msgspec.ValidationError:
        return True
    except UNREADABLE:
        return False
    return True
