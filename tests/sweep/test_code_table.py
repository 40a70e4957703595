"""The table of ICD-10-CM codes against the official classification (pip install simple-icd-10-cm).

`pytest tests/sweep --update-refs` writes the table anew from icd10cm_families.csv.
"""

import csv
from collections import Counter

import icd10cm
import pytest
from icd10cm import icd

from handouts.pack.pack import load_pack

KNEE = load_pack("knee")
FOLDER = KNEE.folder / "codes"


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made():
    ranks = {name: cause.rank for name, cause in KNEE.structure.causes.items()}
    return icd10cm.table(rows("icd10cm_families"), ranks)


def test_the_table_is_what_the_families_make_of_the_classification(made, request):
    if request.config.getoption("--update-refs"):
        with (FOLDER / "icd10cm.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, icd10cm.FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(made)
    assert rows("icd10cm") == made


def test_each_family_is_a_code_of_the_classification_and_stands_once():
    families = [row["family"] for row in rows("icd10cm_families")]
    assert [code for code, count in Counter(families).items() if count > 1] == []
    assert [code for code in families if not icd.is_valid_item(code)] == []


def test_each_code_or_family_that_sets_a_flag_is_one_of_the_classification():
    names = {row["code_or_prefix"].rstrip("-"): row["description"] for row in rows("icd10cm_flags")}
    of_a_chapter = {"O", "O0"}
    withdrawn = {"T79.3", "T84.04"}  # from the classification, not from problem lists
    wrong = [code for code, description in names.items()
             if code not in of_a_chapter | withdrawn and (
        not icd.is_valid_item(code)
        or icd.get_description(code).split("\t")[0].strip() != description)]

    assert wrong == []


def test_a_header_of_the_table_speaks_for_all_codes_below_it(made):
    fixed = {row["code"]: row for row in made if not row["ask"]}
    for code, row in fixed.items():
        below = [fixed.get(leaf) for leaf in icd.get_descendants(code) if icd.is_leaf(leaf)]
        assert {leaf and leaf["cause"] for leaf in below} <= {row["cause"]}, code
        assert row["side"] in ("", *{leaf["side"] for leaf in below if leaf}, "none") or not below
