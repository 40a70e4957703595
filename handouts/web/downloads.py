"""A batch that is ready → its ZIP or its print run, printed while it is sent."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from handouts.pack.signatures import worst
from handouts.pdf.file.imposition import PrintRun
from handouts.web.batches import Batch, Ready
from handouts.web.site import Site

KINDS = {"zip": ("application/zip", "handouts.zip"), "run": ("application/pdf", "handouts.pdf")}
_ENOUGH = 1 << 16  # bytes that are handed on together
_UNIX = 3  # the same bytes on every system


def printed(job: Batch, site: Site) -> Iterator[bytes]:
    """The result in parts; each handout is noted as given when it is printed."""
    ready = list(job.ready)  # the batch may be forgotten meanwhile
    return _run(ready, site) if job.order.kind == "run" else _zip(ready, _report(job), site)


def _report(job: Batch) -> str:
    """What came of each row by its number, under the names of `handouts batch`."""
    return json.dumps({
        "complete": True, "rows": job.count, **job.aside.as_dict(), "review": _review(job),
        "made": [each.number for each in job.ready], "skipped": job.skipped,
        "failed": [failure._asdict() for failure in job.failed],
        "not_read": list(job.aside.not_read), "same_id": job.alike}, indent=1, ensure_ascii=False)


def _review(job: Batch) -> dict[str, str]:
    """How the content of each language stands, by its worst cause."""
    told = [each.prepared.plate.facts for each in job.ready]
    return {language: worst(facts["review"]["state"] for facts in told
                            if facts["language"] == language)
            for language in sorted({facts["language"] for facts in told})}


def _zip(ready: list[Ready], report: str, site: Site) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as packed:  # PDFs are packed already
        for each in ready:
            packed.writestr(_entry(each.name, site.day), each.pdf)
            site.note(each.prepared.plate)
            yield sink.taken()
        packed.writestr(_entry("report.json", site.day), report)
    yield sink.taken()


def _run(ready: list[Ready], site: Site) -> Iterator[bytes]:
    sink = _Sink()
    with PrintRun(sink, site.day) as run:
        for each in ready:
            run.add(each.prepared.plate, each.prepared.lines, number=each.number)
            site.note(each.prepared.plate)
            if sink.waiting > _ENOUGH:
                yield sink.taken()
    yield sink.taken()


def _entry(name: str, day: date) -> ZipInfo:
    entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system, entry.external_attr = _UNIX, 0o600 << 16
    return entry


class _Sink:
    """A file whose bytes are handed on between two entries of a ZIP.

    Within an entry it can be sought in: so sizes stand before the entry's bytes, where every
    reader of ZIPs finds them.
    """

    def __init__(self) -> None:
        self._bytes, self._given = BytesIO(), 0

    @property
    def waiting(self) -> int:
        """How many bytes can be taken."""
        return self._bytes.tell()

    def taken(self) -> bytes:
        """The bytes since the last time."""
        data = self._bytes.getvalue()
        self._bytes, self._given = BytesIO(), self._given + len(data)
        return data

    def write(self, data: bytes, /) -> int:
        """Takes bytes."""
        return self._bytes.write(data)

    def tell(self) -> int:
        """The place in the whole file."""
        return self._given + self._bytes.tell()

    def seek(self, place: int, /) -> int:
        """Goes to a place that was not handed on yet."""
        self._bytes.seek(place - self._given)
        return place

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""
