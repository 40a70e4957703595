"""What a batch is asked to do, and which files it will read and write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.batch import names, report
from handouts.batch.folder import LOCK
from handouts.batch.ledgerbase import NAMES as LEDGER_NAMES
from handouts.errors import UsageError
from handouts.pdf.file.imposition import Sides
from handouts.readers.fhir.folders import files_in
from handouts.request import protocols
from handouts.request.look import Edition
from handouts.system import outputs
from handouts.system.outputs import Named


@dataclass(frozen=True)
class Job:
    """Where a batch goes and what all of its rows share.

    `pack` is a folder, without one the default pack; `jobs` 0 is a process for each processor where
    the rows are many; `paper`, `language` and `edition` are for rows that name none; `cache` keeps
    plates for later runs, `records` what was given; `dask` is the address of a cluster that prints
    instead.
    `sides` are those of the print run, for a printer without duplex.
    `inputs` are what the rows are read from, which is never written to; with `force` files that no
    batch made are replaced.
    """

    folder: Path
    brand: Path
    pack: Path | None = None
    templates: Path | None = None
    cache: Path | None = None
    records: Path | None = None
    jobs: int = 0
    name: str = names.DEFAULT
    paper: str = ""
    language: str = ""
    edition: Edition | Literal[""] = ""
    print_run: Path | None = None
    sides: Sides = ""
    fhir_out: Path | None = None
    dask: str = ""
    inputs: tuple[Path, ...] = ()
    force: bool = False


def hold_apart(job: Job, naming: names.Names, causes: Iterable[str]) -> None:
    """UsageError where something that a batch writes is at the same time something else of it, or
    would take the place of what no batch made.

    What lies in the folder under a name that depends on a row is met when the row is.
    """
    beside = [*_beside(job)]
    reads = [*_reads(job)]
    outputs.hold_apart([*_own(job.folder), *beside], reads)
    inside = [(what, path.name) for what, path in (*beside, *reads) if _is_in(path, job.folder)]
    for what, name in inside:
        if naming.could_be(name, causes):
            raise UsageError(f"{what} has a name that a row's handout may have", where=name,
                             cure="Give it another name, or lay it outside the folder.")
        naming.reserve(name, what)
    outputs.keep_strangers([job.folder / report.NAME], outputs.REPORT, force=job.force)
    for path, kind in ((job.print_run, outputs.RUN), (job.fhir_out, outputs.REFERENCES)):
        if path is not None:
            outputs.keep_strangers([path], kind, force=job.force, follow=True)


def _own(folder: Path) -> Iterator[Named]:
    yield "the batch's report", folder / report.NAME
    yield "the batch's lock", folder / LOCK
    yield from (("the batch's ledger", folder / name) for name in LEDGER_NAMES)


def _beside(job: Job) -> Iterator[Named]:
    if job.print_run is not None:
        yield "--print-run", job.print_run
    if job.fhir_out is not None:
        yield "--fhir-out", job.fhir_out


def _reads(job: Job) -> Iterator[Named]:
    for path in job.inputs:
        if path.is_dir():
            # A report or references of an earlier run may lie among them, and are replaced.
            yield from ((f"a file of the folder {path}", file) for file in files_in(path)
                        if not outputs.is_ours(file, outputs.REPORT, outputs.REFERENCES))
        else:
            yield f"the input {path}", path
    yield from outputs.brand_files(job.brand)
    yield from outputs.template_files(job.templates)
    for files in protocols.filed(protocols.folders(job.brand)).values():
        yield from (("a protocol", file) for file in files)


def _is_in(path: Path, folder: Path) -> bool:
    try:
        return path.parent.samefile(folder)
    except OSError:  # one of them is not there yet
        return path.parent.resolve() == folder.resolve()
