"""The families of codes that set a flag, against the official classification.

The table was copied from the clinical sheet (J3) by hand, never from the pack. `pytest tests/sweep
--update-refs` writes the codes drawn from it anew, which tests/test_flag_families.py holds.
"""

import csv
from pathlib import Path

import pytest
from icd10cm import icd

from handouts.coding import codes, flagcodes
from handouts.pack.pack import load_pack

KNEE = load_pack("knee")
DRAWN = Path(__file__).parent.parent / "refs" / "flag_codes.csv"
EACH = 10  # codes drawn from a family

# `..` from one to the other; a family without what stands behind a minus.
FAMILIES = """
anticoagulant    Z79.01 Z79.02 D65..D67 D68.0..D68.4 D68.8 D68.9 D69.3..D69.6 D75.82 M36.2
anticoagulant    R79.1 T45.51+AD T45.52+AD
dvt              I80.0..I80.3 I82.4 I82.81 I26
clot-risk        I82.5 Z86.718 Z86.711 D68.5 D68.6 I82.211 I82.221 I82.291 I82.891 I82.91 I87.0
clot-risk        I27.82 Z86.72
numbness         G57 G60..G63 E08.40..E08.42 E08.49 E09.40..E09.42 E09.49 E10.40..E10.42 E10.49
numbness         E11.40..E11.42 E11.49 E13.40..E13.42 E13.49 M05.5 G81..G83 I69.34..I69.36 G35 R20
numbness         G90.52 S74 S84 S94 M14.66 M89.05 M89.06 M89.07 I69.04..I69.06 I69.14..I69.16
numbness         I69.24..I69.26 I69.84..I69.86 I69.94..I69.96
poor-circulation I70.2..I70.7 I73.9 E08.51 E08.52 E09.51 E09.52 E10.51 E10.52 E11.51 E11.52 E13.51
poor-circulation E13.52 I73.01 I73.1 I74.3 I74.5 I75.02
varicose-veins   I83.0..I83.2 I83.8 I87.2 I87.3
visible-veins    I83.9
pregnant         O09..O9A Z33.1 Z34 Z3A Z39 Z32.01 Z33.3
fragile-bones    M80 M81 Z79.52 Q78.0 M83
knee-replacement Z96.65
recent-surgery   Z47.1 Z47.32 Z47.33 T84.53 T84.54 T84.012 T84.013 T84.022 T84.023 T84.032 T84.033
recent-surgery   T84.052 T84.053 T84.062 T84.063 T84.092 T84.093
recent-surgery   T84.114 T84.115 T84.116 T84.117 T84.124 T84.125 T84.126 T84.127 T84.194 T84.195
recent-surgery   T84.196 T84.197
open-skin        L97 L89.5 L89.6 S71+AD S81+AD S91+AD T24+AD T25+AD S70.3+A S80.2+A S80.8+A S90.5+A
open-skin        S90.8+A S70.1+A S80.1+A T33.6+AD T33.7+AD T33.8+AD T34.6+AD T34.7+AD T34.8+AD
recent-injury    S70.1+A S80.1+A S76.0+A S76.2+A S76.3+A S76.8+A S76.9+A S77+A S79.8+A S79.9+A
recent-injury    S80.9+A S86+A S87.0+A S87.8+A S89.8+A
skin-infection   L02.61 L03.03 L03.04 L02.415 L02.416 L03.115 L03.116 L03.125 L03.126
cancer           C40.2 C49.2 C79.51 C79.52 C81..C86 C88 C90..C95 D16.2 M12.26 R22.4
cancer           C40.3 C43.7 C44.7 C47.2 C4A.7 C76.5 D03.7
cannot-say-stop  F01..F03 F05 G30 G31.0 G31.83 R41.82 R40 F10.2-F10.21 F11.2-F11.21 F12.2-F12.21
cannot-say-stop  F13.2-F13.21 F14.2-F14.21 F15.2-F15.21 F16.2-F16.21 F18.2-F18.21 F19.2-F19.21
fever            R50
effusion         M25.46
gout-in-knee     M1A.06+1 M1A.16+1 M1A.26+1 M1A.36+1 M1A.46+1
gout-in-record   M1A.00+1 M1A.09+1 M1A.10+1 M1A.19+1 M1A.20+1 M1A.29+1 M1A.30+1 M1A.39+1 M1A.40+1
gout-in-record   M1A.49+1 M1A.9+1
"""
# What has no flag of these families, however near it stands.
ELSEWHERE = "A00 E11.3 F17 F10.1 G56 I82.6 I82.7 I82.A J45 L03.113 L03.114 L89.1 M17 S41 T20 Z96.64"
ELSEWHERE += " D16.0 M12.21 R22.1 G90.51 T33.5 Z32.00 I73.00 L98.41"


def leaves(code):
    return [below for below in (code, *icd.get_descendants(code)) if icd.is_leaf(below)]


def family(text):
    """The leaves of a family as the table writes it."""
    whole, _, visits = text.partition("+")
    plain, _, without = whole.partition("-")
    first, _, last = plain.partition("..")
    found = leaves(first)
    if last:
        around = icd.get_children(icd.get_parent(first))
        if last not in around:  # of several blocks of a chapter
            around = [code for code in icd.get_all_codes(True) if icd.is_category(code)]
        found = [leaf for code in around if first <= code <= last for leaf in leaves(code)]
    return [leaf for leaf in found if not (without and leaf.startswith(without))
            and (not visits or leaf.replace(".", "")[6] in visits)]


def drawn():
    """Ten codes of each family, evenly over its leaves."""
    for line in FAMILIES.strip().splitlines():
        flag, *families = line.split()
        for each in map(family, families):
            last = max(min(EACH, len(each)) - 1, 1)
            yield from ((flag, each[at * (len(each) - 1) // last])
                        for at in range(min(EACH, len(each))))


def flags(code):
    return {each.flag for each in flagcodes.flagged(KNEE, code, "icd10cm") if not each.asks}


def test_the_codes_drawn_are_those_that_the_other_tests_hold(request):
    rows = sorted(set(drawn()))
    if request.config.getoption("--update-refs"):
        with DRAWN.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("flag", "code"), *rows])
    with DRAWN.open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == rows


@pytest.mark.parametrize("line", FAMILIES.strip().splitlines())
def test_every_leaf_of_a_family_sets_its_flag(line):
    flag, *families = line.split()

    missed = [leaf for each in map(family, families) for leaf in each if flag not in flags(leaf)]
    assert missed == []


def test_every_header_above_a_family_holds_or_sets_or_asks_for_the_cause():
    """A code cut short says nothing for sure: beside a knee nobody may take it for nothing."""
    exceptions = {"E08", "E09", "E10", "E11", "E13"}  # diabetes alone
    families = [leaf for line in FAMILIES.strip().splitlines()
                for each in map(family, line.split()[1:]) for leaf in each]
    headers = {above for leaf in families for above in icd.get_ancestors(leaf)
               if icd.is_category_or_subcategory(above)} - exceptions

    missed = [header for header in sorted(headers) if not codes.find(KNEE, header)
              and not flagcodes.flagged(KNEE, header, "icd10cm")]
    assert len(headers) > 500
    assert missed == []


def test_no_other_code_of_the_classification_sets_a_flag():
    """Beyond the families, only those of J2: gout, and knees that give way."""
    listed = {(line.split()[0], leaf) for line in FAMILIES.strip().splitlines()
              for each in map(family, line.split()[1:]) for leaf in each}
    own = {"gout-in-knee", "gout-in-record", "gives-way"}
    wrong = [(flag, code) for code in icd.get_all_codes(True) if icd.is_leaf(code)
             for flag in flags(code) - own if (flag, code) not in listed]

    assert wrong == []


def test_a_side_is_that_of_the_official_text():
    wrong = []
    for code in (code for code in icd.get_all_codes(True) if icd.is_leaf(code)):
        words = icd.get_description(code).lower().replace(",", " ").split()
        sides = {side for side in ("right", "left", "bilateral") if side in words}
        for each in flagcodes.flagged(KNEE, code, "icd10cm"):
            if each.side and {codes.SIDES[side] for side in sides} != {each.side}:
                wrong.append((each.flag, code, each.side))

    assert wrong == []


def test_what_is_said_of_one_knee_has_a_side_wherever_the_text_names_one():
    """A clot, weak bones and the like are of the whole patient, whichever leg a code names; what
    is only asked for keeps a handout back for whichever knee."""
    local = {name for name, flag in KNEE.structure.flags.items() if flag.sided}
    toes = ("S91.1", "S91.2")  # the characters of toes name the toe as well
    wrong = [(each.flag, code) for code in icd.get_all_codes(True) if icd.is_leaf(code)
             for each in flagcodes.flagged(KNEE, code, "icd10cm")
             if each.flag in local and not (each.side or each.asks) and not code.startswith(toes)
             and {"right", "left", "bilateral"} & set(
                 icd.get_description(code).lower().replace(",", " ").split())]

    assert wrong == []


@pytest.mark.parametrize("near", ELSEWHERE.split())
def test_what_is_near_sets_none_of_them(near):
    assert {flag for leaf in leaves(near) for flag in flags(leaf)} == set()
