"""The folder that OpenEMR serves: a handout for each mapped code and language, and an index.

OpenEMR looks for `{codetype}_{code}_{language}.pdf`, all lower-case, codetype `icd10` (in the US
the clinical modification) or `snomed`, language `en` or `es`. Nobody has examined the knee that a
code stands for, so every handout is the screened one, with blanks to write in. Codes that share
cause, side and flags share one file.
"""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from handouts import codes
from handouts.catalogue import Catalogue
from handouts.errors import OutputError
from handouts.files import pdfs_in, write_whole
from handouts.press import Press
from handouts.request import Request

CODE_TYPES = {"icd10cm": "icd10", "snomed": "snomed"}
LANGUAGES = ("en", "es")  # those that OpenEMR asks for
INDEX = "index.csv"
COLUMNS = ("file", "system", "code", "language", "cause", "side", "flags", "description")


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


@dataclass(frozen=True)
class Exported:
    """What an export wrote: its files, how many different handouts, and what lay there before."""

    files: tuple[Served, ...]
    handouts: int
    stale: tuple[str, ...]


def openemr(folder: Path, press: Press, catalogue: Catalogue, today: date, *,
            languages: Iterable[str] = ()) -> Exported:
    """Fills a folder for OpenEMR; files of an earlier export that are stale now are only told.

    Raises OutputError, and as `Press.handout` does.
    """
    chosen = [name for name in languages or catalogue.languages if name in LANGUAGES]
    files = tuple(_served(catalogue, chosen))
    before = pdfs_in(folder)
    written: dict[tuple[str, str, tuple[str, ...], str], Path] = {}
    for served in files:
        variant = (served.cause, served.side, served.flags, served.language)
        target = folder / served.file
        if variant in written:
            _share(written[variant], target)
            continue
        request = Request(served.cause, flags=served.flags, language=served.language,
                          side=served.side)  # type: ignore[arg-type]
        write_whole(target, press.handout(request, today).pdf, private=False)
        written[variant] = target
    write_whole(folder / INDEX, _index(files), private=False)
    stale = before - {served.file for served in files}
    return Exported(files, len(written), tuple(sorted(stale)))


def _served(catalogue: Catalogue, languages: Iterable[str]) -> Iterator[Served]:
    """Every file that the folder holds, by language, system and code."""
    for language in languages:
        catalogue.words_in(language)
        for system, kind in CODE_TYPES.items():
            for code, coded in codes.mapped(catalogue, system):
                yield Served(f"{kind}_{code.lower()}_{language}.pdf", system, code, language,
                             coded.cause, coded.side, codes.flags_of(catalogue, code, system),
                             coded.description)


def _share(source: Path, target: Path) -> None:
    """Gives a file a second name: a hard link, or a copy where there are none."""
    part = target.with_suffix(".part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        try:
            os.link(source, part)
        except OSError:
            shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise OutputError(f"can't be written ({reason})", where=str(target),
                          cure="Choose another folder, or mend its rights or space.") from error


def _index(files: Iterable[Served]) -> bytes:
    """The index as CSV, with a line for each file."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (served.file, served.system, served.code, served.language, served.cause, served.side,
         " ".join(served.flags), served.description) for served in files)
    return text.getvalue().encode()
