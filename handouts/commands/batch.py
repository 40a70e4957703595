"""handouts batch: a handout for each row or patient."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import click

from handouts.batch import Job
from handouts.batch import run as run_batch
from handouts.commands import dryrun, misuse, options
from handouts.commands.streams import print_line, reporting, say
from handouts.pack.pack import load_pack
from handouts.paths import brand_path, shown
from handouts.pdf.file.imposition import SIDES
from handouts.readers import tables
from handouts.request.days import today
from handouts.system.files import is_stdout, write_whole

_ROWS = options.together(
    click.option("--map", "columns", multiple=True, metavar="COLUMN=FIELD",
                 help="What a column of another name, or at a place such as #3, holds; - for "
                      "nothing (repeat)."),
    click.option("--code-system", "systems", multiple=True, metavar="URI=SYSTEM",
                 help="What codes of another system in FHIR are to be read as, such as icd10cm; "
                      "'none' stands for codes without one (repeat)."),
    click.option("--dates", type=click.Choice(tables.ORDERS), default=None,
                 help="The order of dates such as 03/04/1958, where the table does not show it."),
    click.option("--encoding", default="", metavar="NAME",
                 help="The table's encoding, such as cp1250; found by itself for UTF-8, UTF-16 and "
                      "Windows' cp1252."),
    click.option("--sheet", default="", metavar="NAME|N",
                 help="The sheet of a workbook; default: the first one."),
    click.option("--mapping", type=options.NamedFile("--mapping"), metavar="FILE",
                 help="Keeps --map, --dates, --encoding and --sheet in FILE, without a patient's "
                      "value; once it is there, they are read from it."),
    click.option("--dry-run", is_flag=True,
                 help="Say how the rows are read, with values masked, and make nothing."),
    click.option("--lang", "language", default="", metavar="LANG",
                 type=options.PackId("languages"),
                 help="Language of rows that name none."),
    group="Rows")
_OUTPUT = options.together(
    click.option("-o", "--output", "folder", type=options.NamedFolder(), metavar="DIR",
                 help="The folder for the handouts; made if it is not there."),
    click.option("--name", "pattern", default="{number}-{cause}", metavar="PATTERN",
                 show_default=True, help="File names; {id} is the row's, for all to read."),
    click.option("--print-run", type=options.NamedFile("--print-run"), metavar="FILE",
                 help="All of them in one PDF for the printer, too, two-sided; for paper alone, "
                      "without tags for screen readers."),
    click.option("--sides", type=click.Choice(SIDES), default=None,
                 help="Of --print-run, for a printer without duplex: print odd, lay the stack back "
                      "in, then print even, which begins with the last sheet."),
    click.option("--fhir-out", type=options.NamedFile("--fhir-out"), metavar="FILE",
                 help="A FHIR DocumentReference for each as NDJSON, or, named .json, a transaction "
                      "Bundle with the PDFs themselves."),
    options.force,
    options.as_json("Say what was made, as JSON."),
    group="Files")
_LOOK = options.together(options.edition, options.paper, options.pack, options.brand,
                         options.templates,
                         group="How it looks")
_PROCESSES = options.together(
    click.option("--jobs", type=click.IntRange(min=1), metavar="N",
                 help="Processes at once; default: one a processor where rows are many."),
    click.option("--dask", default="", metavar="ADDRESS",
                 help="Print on a Dask cluster of your own: the same program, brand and DIR at the "
                      "same paths; it is sent the patients' values."),
    group="Processes")

_OPENEMR = "http://hl7.org/fhir/sid/icd-10"  # what OpenEMR calls the codes of the US

# Below the options, for whoever writes the table or reads the report.
_EPILOG = """\
A table (CSV or .xlsx, or a ZIP of them) names its columns, in any order and case, by these or the
names that record systems use:

\b
patient (or given_name, family_name), dob, id      who it is for
cause, or code (with code_system)                  what it is about
state, cleared_on, side                            what was found; which side
flags, massages, tips ("; " between)               what narrows it; what to print
protocol, examined_on                              saved choices; their state holds only for
                                                   30 days from an examination
edition, lang, format (large-print), paper         how it is printed
password                                           opens the PDF, which is no PDF/A then
clinician, date, review, note                      what else stands in the panel
stop, status, deceased, merged                     rows that ask for nothing any more
a flag's name, such as pregnant                    yes or no

Causes, flags, sides and languages by their everyday names; a code may have its text beside it, and
several codes may share a cell. A date has its year in four figures; of a birth two will do where
they can mean one century alone, as 14.03.58. Names of columns may be German, French, Italian or
Portuguese: beside them ICD-10 is not taken for the edition of the US. A table whose first line
names nothing is read by places: --map '#1=patient' --map '#2=cause'.

From a FHIR R4 export (Bundles, lists, NDJSON, a bulk export's manifest, a folder or ZIP of them;
DSTU2, STU3, R5 where they say it alike) each patient whose conditions ask for a handout gets one.
A patient without a birth date needs an age in the record. Codes, words, medicines, operations,
a pregnancy status, a temperature and alerts that name what forbids massage set a flag; what may be
urgent and is not sure keeps the handout back; words that nothing here knows only name the row
(not_read): look at it. A condition that
warns and whose patient is not there fails as a row of its
own; where nobody knows how many conditions can't be read, all rows of the export fail.

DIR/report.json says what came of each, by its number and without a
value of the patient:

\b
complete        false when the run was stopped before its last row
rows            how many were read: made, skipped and failed together
made, skipped   numbers of rows; skipped ones have their file, or ask for nothing
failed          each row, file, line, reason
unmapped        what stood beside the rows and was not used, by kind, with its count:
                codes not known by their system, kinds of FHIR resources that are not
                looked at, flags to ask for where a code does
                not say that it is this part
looked_at       conditions, medicines, procedures, observations and alerts read of those with a
                diagnosis of the pack
by_name         medicines and conditions that no code told, known by their name alone
code_systems    conditions of an export by the systems of their codes
read_as         how tables were read where they do not say it: encoding, order of dates, sheet
not_read        numbers of rows of which something could not be read for sure: words without a
                code, codes of a system that is not known, flags to ask for
review          how the review of each language's content stands
same_id         rows that share a patient's id; a warning
stale           files that belong to no row any more; they are never deleted

For a second run DIR keeps
.handouts-ledger.sqlite, with keyed digests in place of patients' values, and .handouts-lock,
which keeps two runs apart. A row without a date has the day that its run began.
--fhir-out names address, size, SHA-1 and language of each handout; the subject is for your
system to fill in. A transaction (.json) holds a Binary before each reference.
"""


@click.command("batch", cls=misuse.Command, epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, path_type=Path))
@_ROWS
@_OUTPUT
@_LOOK
@_PROCESSES
def command(files: Sequence[Path], **given: Any) -> None:
    """Make a handout for each row or patient of FILE.

    \b
    handouts batch clinic.csv -o out
    handouts batch clinic.csv -o out --print-run today.pdf
    handouts batch Patient.ndjson Condition.ndjson -o out --name "{number}-{id}"

    A bad row stops nothing. Run again, it goes on where it ended and makes what changed. Ends with
    1 if rows failed, or have something that could not be read and may be a warning.
    """
    if given["folder"] is None and not given["dry_run"]:
        raise misuse.Misuse("--output is missing.")
    if given["sides"] and given["print_run"] is None:
        raise misuse.Misuse("--sides is for a print run. Give --print-run, too.")
    pack = load_pack(folder=given["pack"])
    if given["language"]:
        pack.words_in(given["language"])  # refused once, and not for every row
    reading = _reading(given)
    given["systems"] = _pairs(given["systems"], "--code-system", "URI=SYSTEM",
                              f"--code-system {_OPENEMR}=icd10cm")
    if given["dry_run"]:
        raise click.exceptions.Exit(dryrun.tell(files, pack, reading, given))
    rows, job = dryrun.rows(files, pack, reading, given), _job(files, given)
    is_taken = any(path is not None and is_stdout(path) for path in (job.print_run, job.fhir_out))
    with _progress(files, as_json=given["as_json"]) as progress:
        report = run_batch(rows, job, today=today(), progress=progress)
    options.warn_of_review(report.review)
    for line in report.lines():
        say(line)
    options.warn_of_records(options.records())
    with reporting("The handouts and their report are"):
        (say if is_taken else print_line)(
            json.dumps(report.as_dict()) if given["as_json"] else shown(report.file))
    raise click.exceptions.Exit(report.exit_code)


def _reading(given: dict[str, Any]) -> tables.Reading:
    """How tables are to be read: what the options say, and what a mapping keeps; a new one is
    written."""
    columns = _pairs(given["columns"], "--map", "COLUMN=FIELD", "--map 'Full name=patient'")
    if len(columns) < len(given["columns"]):
        raise misuse.Misuse("--map gives one column twice. Keep one of the fields.")
    asked = tables.Reading(columns, given["dates"] or "", given["encoding"], given["sheet"])
    file: Path | None = given["mapping"]
    if file is None:
        return asked
    if file.exists():
        return asked.beside(tables.saved_reading(file))
    if asked == tables.Reading():
        raise misuse.Misuse("There is no such file for --mapping yet. Give --map, --dates, "
                            "--encoding or --sheet beside it, and it is written.")
    write_whole(file, tables.as_toml(asked), private=False)
    return asked


def _pairs(given: Sequence[str], option: str, form: str, example: str) -> dict[str, str]:
    """What an option says of each name."""
    pairs = [each.rpartition("=") for each in given]
    if not all(name and said for name, _, said in pairs):
        raise misuse.Misuse(f"Write {option} as {form}, such as {example}.")
    return {name.strip(): said.strip() for name, _, said in pairs}


def _job(files: Sequence[Path], given: dict[str, Any]) -> Job:
    """The Job that the options describe."""
    store, records = options.store(), options.records()
    return Job(
        folder=given["folder"], pack=given["pack"], brand=brand_path(given["brand"]),
        cache=store.folder if store else None, records=records.folder if records else None,
        templates=given["templates"], jobs=given["jobs"] or 0, name=given["pattern"],
        paper=given["paper"] or "", language=given["language"],
        edition=given["edition"] or "",
        print_run=given["print_run"], sides=given["sides"] or "",
        fhir_out=given["fhir_out"], dask=given["dask"],
        inputs=tuple(files), force=given["force"])


@contextmanager
def _progress(files: Sequence[Path], *, as_json: bool) -> Iterator[Callable[[int], None]]:
    """A bar on stderr with rate and time left, on a terminal alone; takes rows that are done."""
    hidden = as_json or sys.stderr is None or not sys.stderr.isatty()
    total, start, done = 0 if hidden else _lines(files), monotonic(), 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        bar.label = f"{done / max(monotonic() - start, .001):,.0f} a second"
        bar.update(rows)

    bar: Any = click.progressbar((_ for _ in ()), length=total or None, file=sys.stderr,
                                 hidden=hidden, show_pos=True, label="starting")
    with bar:
        yield advance


def _lines(files: Sequence[Path]) -> int:
    """About how many rows tables hold, by their lines; 0 where another kind of file is among
    them, whose rows only its reader can tell."""
    if any(file.suffix.lower() not in (".csv", ".tsv") for file in files):
        return 0
    lines = 0
    for path in files:
        with suppress(OSError), path.open("rb") as file:
            lines += sum(part.count(b"\n") for part in iter(partial(file.read, 1 << 20), b"")) - 1
    return max(lines, 0)
