"""What a batch makes of all its rows together: a print run, and FHIR's references to the files, as
NDJSON beside them or as a transaction that holds them.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from handouts.batch.folder import alone
from handouts.batch.job import Job
from handouts.batch.printing import MadeFile, Setup, Task, press_for
from handouts.paths import relative
from handouts.pdf.file.imposition import PrintRun
from handouts.system.files import PartFile, as_output_error, whole_file

# The name space of the ids in a transaction: they stay the same for as long as a file does.
_IDS = UUID("3f1d9f52-0a75-4b0c-9e0a-6f2c1e0f7c11")
_PDF = "application/pdf"
_TYPE = {"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}


class Together:
    """The files beside the handouts, whole when the block ends, or not there at all.

    Each is begun with the first row that it holds. Raises OutputError.
    """

    def __init__(self, setup: Setup, about: str, job: Job) -> None:
        self._setup, self._about, self._sides = setup, about, job.sides
        self._run_path, self._fhir_path = job.print_run, job.fhir_out
        self._open = ExitStack()
        self._run: PrintRun | None = None
        self._fhir: _References | None = None

    def __enter__(self) -> "Together":
        with ExitStack() as held:
            for path in (self._run_path, self._fhir_path):
                if path is not None:
                    held.enter_context(alone(path))
            self._open = held.pop_all()
        return self

    def __exit__(self, *failure: Any) -> None:
        self._open.__exit__(*failure)

    def add(self, task: Task, file: MadeFile) -> None:
        """Adds a row whose file is there."""
        if self._run_path is not None:
            self._print(self._run_path, task)
        if self._fhir_path is not None:
            self._describe(self._fhir_path, task, file)

    def _print(self, path: Path, task: Task) -> None:
        if self._run is None:
            file = self._open.enter_context(_begun(path))
            self._run = self._open.enter_context(
                PrintRun(file, self._setup.day, self._sides))
        ready = press_for(self._setup).prepare(task.request, self._setup.day)
        self._run.add(ready.plate, ready.lines, number=task.number)

    def _describe(self, path: Path, task: Task, file: MadeFile) -> None:
        if self._fhir is None:
            is_whole = path.suffix.lower() == ".json"
            begun = _transaction(path) if is_whole else _listed(path)
            self._fhir = self._open.enter_context(begun)
        words = f"Handout on {self._about}: {task.request.cause.replace('-', ' ')}"
        self._fhir.add(task, self._setup, path, words, file)


class _References(NamedTuple):
    """The file of references that is being written."""

    file: PartFile
    ids: set[str] | None = None  # of a transaction, those that are in it

    def add(self, task: Task, setup: Setup, path: Path, words: str, file: MadeFile) -> None:
        """Tells of one more handout; a transaction holds it as a Binary."""
        made, day = setup.folder / task.name, setup.day
        if self.ids is None:
            place = relative(made, path.absolute().parent)
            self.file.write(_json(document_reference(place, words, file, day)) + b"\n")
            return
        with as_output_error(made):
            whole = b64encode(made.read_bytes()).decode()
        name = f"{task.number} {file.digest.hex()}"
        ids = [f"urn:uuid:{uuid5(_IDS, f'{kind} {name}')}" for kind in ("Binary", "Reference")]
        for id_, resource in zip(ids, (
                {"resourceType": "Binary", "contentType": _PDF, "data": whole},
                document_reference(ids[0], words, file, day)), strict=True):
            self.file.write((b",\n" if self.ids else b"\n") + _json({
                "fullUrl": id_, "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]}}))
            self.ids.add(id_)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@contextmanager
def _listed(path: Path) -> Iterator[_References]:
    """References, one a line."""
    with _begun(path) as file:
        yield _References(file)


@contextmanager
def _transaction(path: Path) -> Iterator[_References]:
    """A Bundle of type transaction, with a Binary before each reference."""
    with _begun(path) as file:
        file.write(b'{"resourceType": "Bundle", "type": "transaction", "entry": [')
        yield _References(file, set())
        file.write(b"\n]}\n")


def document_reference(place: str, words: str, file: MadeFile, day: date) -> dict[str, Any]:
    """A FHIR R4 DocumentReference to a handout; its address is relative to the NDJSON file, or that
    of a Binary in a transaction.

    Whose it is, is not told: a row does not carry a FHIR id.
    """
    return {
        "resourceType": "DocumentReference", "status": "current", "type": {"coding": [_TYPE]},
        "docStatus": "final" if file.signed else "preliminary", "description": words,
        "content": [{"attachment": {
            "contentType": _PDF, "language": file.language,
            "url": place, "size": file.size, "hash": file.sha1,
            "title": words, "creation": day.isoformat()}}]}


def _begun(path: Path) -> AbstractContextManager[PartFile]:
    return whole_file(path, private=True, follow=True)
