"""The folder that OpenEMR serves: a handout for each mapped code and language, and an index.

OpenEMR looks for `{codetype}_{code}_{language}.pdf`, all lower-case, codetype `icd10` (in the US
the clinical modification), `snomed` or, for what it took in by CCDA or FHIR, `snomed-ct`, language
`en` or `es`. Other systems may have names of another pattern. Nobody has examined whom a code
stands for, so every handout is the screened one, with blanks to write in. Codes that share cause,
side and flags share one file.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path

from handouts.coding import codes, flagcodes
from handouts.compose.context import side_title, wait_title
from handouts.errors import UsageError
from handouts.pack.pack import Pack
from handouts.press.press import Press
from handouts.request.request import Request
from handouts.system import outputs
from handouts.system.files import link_whole, pdfs_in, write_whole
from handouts.system.outputs import HANDOUT, keep_strangers

CODE_TYPES = {"icd10cm": ("icd10",), "snomed": ("snomed", "snomed-ct")}
LANGUAGES = ("en", "es")  # those that OpenEMR asks for
INDEX = "index.csv"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,119}")
COLUMNS = ("file", "system", "code", "description", "language", "title", "pages", "cause", "side",
           "flags", "content", "review")


@dataclass(frozen=True)
class Served:
    """One file of the folder: its name, the code and language that it answers, what it shows."""

    file: str
    system: str
    code: str
    language: str
    cause: str
    side: str
    flags: tuple[str, ...]
    description: str

    @property
    def variant(self) -> "Variant":
        """What it has in common with all codes that share its handout."""
        return self.cause, self.side, self.flags, self.language


Variant = tuple[str, str, tuple[str, ...], str]


@dataclass(frozen=True)
class _Written:
    """The first file of a variant, and what the index tells of it."""

    path: Path
    title: str
    pages: int
    content: str
    review: str


@dataclass(frozen=True)
class Exported:
    """What an export wrote: its files, how many different handouts, and what lay there before."""

    files: tuple[Served, ...]
    handouts: int
    stale: tuple[str, ...]


def openemr(folder: Path, press: Press, today: date, *,  # noqa: PLR0913
            languages: Iterable[str] = (), pattern: str = "",
            force: bool = False) -> Exported:
    """Fills a folder for OpenEMR, or with a `pattern` of names for another system, in all languages
    of the pack; files of an earlier export that are stale now are only told.

    Raises OutputError, UsageError for an unknown language, for a pattern that gives two files one
    name and, unless forced, for a file of one of these names that this program did not make, and as
    `Press.handout` does.
    """
    pack = press.pack
    for name in languages:
        pack.words_in(name)
    chosen = [name for name in languages or pack.languages if pattern or name in LANGUAGES]
    files = tuple(_named(pack, chosen, pattern) if pattern else _served(pack, chosen))
    keep_strangers(_apart(folder / served.file for served in files), HANDOUT, force=force)
    keep_strangers([folder / INDEX], outputs.INDEX, force=force)
    before = pdfs_in(folder)
    written: dict[Variant, _Written] = {}
    for served in files:
        target = folder / served.file
        if served.variant in written:
            link_whole(written[served.variant].path, target)
            continue
        request = Request(served.cause, flags=served.flags, language=served.language,
                          side=served.side)  # type: ignore[arg-type]
        handout = press.handout(request, today)
        write_whole(target, handout.pdf, private=False)
        title = _title(served, pack, handout.facts["waits"])
        written[served.variant] = _Written(target, title, handout.pages, handout.facts["content"],
                                           handout.facts["review"]["state"])
    write_whole(folder / INDEX, _index(files, written), private=False)
    stale = before - {served.file for served in files}
    return Exported(files, len(written), tuple(sorted(stale)))


def _title(served: Served, pack: Pack, waits: Sequence[str]) -> str:
    words = pack.words_in(served.language)
    if waits:
        return wait_title(waits[0], words, plain=False)
    return side_title(served.side, words.interface.pages)


def _served(pack: Pack, languages: Iterable[str]) -> Iterator[Served]:
    """Every file that OpenEMR's folder holds, by language, system and code."""
    for served in _coded(pack, languages):
        for kind in CODE_TYPES[served.system]:
            yield replace(served, file=f"{kind}_{served.code.lower()}_{served.language}.pdf")


def _named(pack: Pack, languages: Iterable[str], pattern: str) -> Iterator[Served]:
    """The same by names of a pattern; UsageError for one that gives two files one name."""
    known: set[str] = set()
    for served in _coded(pack, languages):
        name = _filled(pattern, served)
        if name.casefold() in known:
            raise UsageError("gives two files one name", where="--name",
                             cure="Use {system}, {code} and {lang} in it.")
        known.add(name.casefold())
        yield replace(served, file=name)


def _filled(pattern: str, served: Served) -> str:
    """A name of a pattern; UsageError for one that is none."""
    try:
        name = pattern.format(system=served.system, code=served.code, lang=served.language)
    except (LookupError, ValueError, AttributeError):
        name = ""
    plain = name.removesuffix(".pdf")
    if not _NAME.fullmatch(plain):
        raise UsageError("is no pattern for file names", where="--name",
                         cure="Write it as in '{system}_{code}_{lang}.pdf'.")
    return f"{plain}.pdf"


def _coded(pack: Pack, languages: Iterable[str]) -> Iterator[Served]:
    """Every code with what it stands for, by language and system; its file's name left out."""
    for language in languages:
        pack.words_in(language)
        for system in CODE_TYPES:
            for code, coded in codes.mapped(pack, system):
                yield Served("", system, code, language, coded.cause, coded.side,
                             flagcodes.flags_of(pack, code, system, side=coded.side),
                             coded.description)


def _apart(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, but one alone of those that are one file: an export's files share a few."""
    seen = set[tuple[int, int]]()
    for path in paths:
        try:
            state = path.lstat()
        except OSError:
            continue  # not there
        if (state.st_dev, state.st_ino) not in seen:
            seen.add((state.st_dev, state.st_ino))
            yield path


def _index(files: Iterable[Served], written: Mapping[Variant, _Written]) -> bytes:
    """The index as CSV, with a line for each file."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for served in files:
        made = written[served.variant]
        writer.writerow((served.file, served.system, served.code, served.description,
                         served.language, made.title, made.pages, served.cause, served.side,
                         " ".join(served.flags), made.content, made.review))
    return text.getvalue().encode()
