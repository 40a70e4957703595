"""FHIR R4 files and folders → rows, each a handout asked for by a patient's record."""

from handouts.readers.fhir.files import is_zip
from handouts.readers.fhir.patients import read

__all__ = ["is_zip", "read"]
