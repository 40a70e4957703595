"""FHIR R4 files → rows: a handout for each patient with a diagnosis of the pack, the most cautious.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from handouts.errors import HandoutError, InputError
from handouts.pack.pack import Pack
from handouts.paths import in_json
from handouts.readers.fhir.gathering import Export
from handouts.readers.fhir.owners import Person
from handouts.readers.fhir.people import panel_of, passed_over, spoken
from handouts.readers.fhir.systems import CodeSystems
from handouts.readers.rows import Row
from handouts.rules.cases import request_of


def read(paths: Sequence[Path], pack: Pack, numbers: Iterator[int], *,
         today: date, systems: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The rows of FHIR files and folders, read as one set; `today` tells who is under age,
    `systems` what code systems of their own are to be read as.

    What can't be read comes first, then the patients in the order of the files, then conditions
    without a patient, then all that was passed over. InputError for a file that can't be used,
    before the first row of a patient. The first of a patient, else the last of all, tells the code
    systems that the conditions have.
    """
    named = CodeSystems(systems)
    export = Export(paths, pack, today, named)
    is_told = is_of_any = False
    for place, problem in chain(export.find_selected(), export.gather()):
        is_told = True
        yield Row(next(numbers), *place, problem=problem)
    for person in export.selected():
        row = _row(person, export, pack, next(numbers), today)
        yield row if is_of_any else replace(row, systems=dict(named.seen))
        is_of_any = True
    for place in export.without_patient.values():
        is_told = True
        problem = InputError("the patient of this condition is not in the files", where="subject",
                             field="subject", cure="Export Patient and Condition together.")
        yield Row(next(numbers), *place, problem=problem)
    if not (export.has_patients or is_told):
        problem = InputError("there is no patient in the files", where="Patient", field="Patient",
                             cure="Export Patient and Condition together.")
        yield Row(next(numbers), in_json(paths[0]), 0, problem=problem)
    is_read = is_of_any or is_told or not export.has_patients
    of_nothing = None if is_read else _of_nothing(export)
    if export.rest or of_nothing:
        yield Row(next(numbers), in_json(paths[0]), 0, problem=of_nothing,
                  unused=dict(export.rest), systems={} if is_of_any else dict(named.seen))


def _of_nothing(export: Export) -> InputError | None:
    """The problem of an export with conditions that ask for nothing."""
    if export.coded:
        return InputError(
            f"nothing was made of {export.coded} conditions with codes" if export.coded > 1 else
            "nothing was made of the one condition with a code", where="Condition", field="codes",
            cure="See below what was not used; --code-system URI=icd10cm says what a system is.")
    if export.worded:
        return InputError(
            f"{export.worded} conditions are told in words alone" if export.worded > 1 else
            "the one condition is told in words alone", where="Condition", field="words",
            cure="Words are not read as a diagnosis. Export the conditions with their codes "
                 "(ICD-10-CM or SNOMED CT).")
    return None


def _row(person: Person, export: Export, pack: Pack, number: int,
         today: date) -> Row:
    case = export.case_of(person)
    reason = passed_over(person.part)
    if reason:
        return Row(number, *person.place, unused={f"patient:{reason}": 1})
    language, first = spoken(person.part, pack)
    unused = case.unused + Counter({} if first else {"language": 1})
    row = Row(number, *person.place, looked_at=dict(case.looked_at), by_name=dict(case.by_name))
    try:
        export.check(person)
        panel = panel_of(person.part, today, adult=case.adult)
        request, others = request_of(case, pack, panel, language)
    except HandoutError as problem:
        return replace(row, problem=problem, unused=dict(unused))
    return replace(row, request=request, unused=dict(unused + others))
