"""Rows of invented people for the tests of batches; no tests here."""

from collections.abc import Iterator

from handouts.errors import InputError
from handouts.readers import Row
from handouts.request.request import Patient, Request

CAUSES = ("infection", "bursitis")
WORDS = ("Zebra", "Quagga", "Okapi", "QX-")  # of patients alone: found elsewhere, they are a leak


def row(number: int, cause: str = "", patient: Patient | None = None, **asked) -> Row:
    """A row for an invented person, as a reader gives it."""
    patient = patient or Patient(f"Zebra Quagga {number}", id=f"QX-{number}", note="Okapi")
    request = Request(cause or CAUSES[number % len(CAUSES)], patient=patient, **asked)
    return Row(number, "rows.csv", number + 1, request)


def rows(count: int, **asked) -> Iterator[Row]:
    """So many rows, of two causes."""
    return (row(number, **asked) for number in range(1, count + 1))


def refused(number: int) -> Row:
    """A row that a reader could not use."""
    return Row(number, "rows.csv", number + 1, unused={"condition": 2},
               problem=InputError("is not a date", where="dob", cure="Write it as YYYY-MM-DD."))
