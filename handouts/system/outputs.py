"""What a run will write, held against what it reads and what lies there, before its first byte."""

import re
import stat
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from handouts.errors import UsageError, reason
from handouts.system.files import landing

Named = tuple[str, Path]  # what a file is to the run, in words for people, and where it is

# How each kind of file begins that this program writes.
REPORT = re.compile(rb'\{\n "complete": (true|false),\n')
REFERENCES = re.compile(
    rb'\{"resourceType": "DocumentReference", "status": "current", "type": \{"coding": \[\{'
    rb'"system": "http://loinc\.org", "code": "34895-3",'
    rb'|\{"resourceType": "Bundle", "type": "transaction", "entry": \[\n'
    rb'\{"fullUrl": "urn:uuid:[0-9a-f-]{36}", "resource": \{"resourceType": "Binary", '
    rb'"contentType": "application/pdf",')
INDEX = re.compile(rb"file,system,code,description,language,title,pages,cause,side,flags"
                   rb"(,content,review)?\n")
REVIEW = re.compile(rb"\xef\xbb\xbfid,text,english,strength,sources,line,prints,")
PAGE = re.compile(rb'<!DOCTYPE html>\n<html[^>]*>[^>]*<head[^>]*>\s*<meta charset="utf-8">\s*'
                  rb'<meta name="generator" content="handouts">')
MAIL = re.compile(rb"X-Mailer: handouts\r\n")
PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n.{0,200}tEXtSoftware\0handouts", re.DOTALL)
# A PDF says it in its XMP, which is never compressed, wherever that stands.
HANDOUT = re.compile(rb"<pdf:Producer>handouts</pdf:Producer>\n<pdfaid:part>"
                     rb"|%%EOF\n%handouts locked\n")
RUN = re.compile(rb"<pdf:Producer>handouts</pdf:Producer>\n</rdf:Description>")
_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_START, _PIECE, _LONGEST = 4096, 1 << 20, 100  # bytes


def hold_apart(writes: Iterable[Named], reads: Iterable[Named]) -> None:
    """UsageError names two that are one file where at least one of them is to be written."""
    known = {_key(path): what for what, path in reads}
    for what, path in writes:
        key = _key(path)
        if key in known:
            raise UsageError(f"{what} and {known[key]} are one file", where=str(path),
                             cure="Give one of them another name; nothing was changed.")
        known[key] = what


def keep_strangers(paths: Iterable[Path], kind: re.Pattern[bytes], *, force: bool,
                   follow: bool = False) -> None:
    """UsageError for a file that is there and is not of the kind that would replace it, unless
    that is forced; with `follow` of `whole_file` a link is what it leads to, else a stranger."""
    for path in () if force else paths:
        if _is_file(path) and (why := _unreadable(path)):
            raise UsageError(f"is there already, and can't be read ({why})", where=str(path),
                             cure="Mend its rights, choose another name, or give --force to "
                                  "replace it.")
        is_other = (path.is_symlink() or _is_special(path)) and not follow
        if is_other or (_is_file(path) and not is_ours(path, kind)):
            raise UsageError("is there already, and is no such file of this program's",
                             where=str(path),
                             cure="Choose another name, or give --force to replace it.")


def _unreadable(path: Path) -> str:
    """Why a file can't be read, or nothing."""
    try:
        path.open("rb").close()
    except OSError as error:
        return reason(error)
    return ""


def is_ours(path: Path, *kinds: re.Pattern[bytes]) -> bool:
    """Whether this program made a file, one of some kinds, by what stands in it; an empty one is
    everybody's."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            if not start.startswith(_PDF):
                return not start or any(kind.match(start) for kind in kinds)
            while start:
                if any(kind.search(start) for kind in kinds):
                    return True
                more = file.read(_PIECE)
                start = more and start[-_LONGEST:] + more
    except OSError:
        pass
    return False


def brand_files(brand: Path) -> Iterator[Named]:
    """A brand's file and its logo's, as far as they can be read."""
    import tomllib  # takes its time, and most runs replace no file

    file = brand / "brand.toml" if brand.is_dir() else brand
    yield "the brand", file
    try:
        logo = tomllib.loads(file.read_text("utf-8-sig")).get("logo")
        if isinstance(logo, str) and logo.strip():
            yield "the logo", file.parent / logo.strip()
    except (OSError, ValueError, RecursionError):
        return  # whoever reads the brand for print tells why


def template_files(folder: Path | None) -> Iterator[Named]:
    """The templates in a folder."""
    if folder is not None:
        yield from (("a template", path) for path in folder.rglob("*") if path.is_file())


def _is_file(path: Path) -> bool:
    """Whether a file would be lost if another one took its name."""
    target = landing(path)
    try:
        return target is not None and stat.S_ISREG(_real(target).lstat().st_mode)
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Whether a pipe, a socket or a device has the name."""
    try:
        kind = path.lstat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(kind) or stat.S_ISDIR(kind) or stat.S_ISLNK(kind))


def _key(path: Path) -> Hashable:
    """What a file is known by, whatever its names; one that is not there yet by its folder and its
    name, for which case does not count: on some systems it doesn't."""
    names = list[str]()
    for known in (path, (real := _real(path)), *real.parents):
        try:
            state = known.stat()
        except OSError:
            names += [known.name] if known is not path else []
            continue
        if stat.S_ISCHR(state.st_mode):
            return object()  # what takes all and keeps nothing, as /dev/null, may be named twice
        return state.st_dev, state.st_ino, *(normalize("NFC", name).casefold()
                                             for name in reversed(names))
    return str(real)


def _real(path: Path) -> Path:
    """Where a path will lead when the folders in it are made that are not there yet."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a circle of links: it is told when it is to be written
        return path.absolute()
