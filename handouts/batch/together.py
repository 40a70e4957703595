"""What a batch makes of all its rows together: a print run, and FHIR's references to the files."""

import json
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from handouts.batch.folder import alone
from handouts.batch.job import Job
from handouts.batch.printing import MadeFile, Setup, Task, press_for
from handouts.paths import relative
from handouts.pdf.file.imposition import PrintRun
from handouts.system.files import PartFile, whole_file

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
        self._fhir: PartFile | None = None

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
            self._fhir = self._open.enter_context(_begun(path))
        place = relative(self._setup.folder / task.name, path.absolute().parent)
        words = f"Handout on {self._about}: {task.request.cause.replace('-', ' ')}"
        told = document_reference(place, words, file, self._setup.day)
        self._fhir.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def document_reference(place: str, words: str, file: MadeFile, day: date) -> dict[str, Any]:
    """A FHIR R4 DocumentReference to a handout; the address is relative to the NDJSON file.

    Whose it is, is not told: a row does not carry a FHIR id.
    """
    return {
        "resourceType": "DocumentReference", "status": "current", "type": {"coding": [_TYPE]},
        "docStatus": "final" if file.signed else "preliminary", "description": words,
        "content": [{"attachment": {
            "contentType": "application/pdf", "language": file.language,
            "url": place, "size": file.size, "hash": file.sha1,
            "title": words, "creation": day.isoformat()}}]}


def _begun(path: Path) -> Any:
    return whole_file(path, private=True, follow=True)
