"""The clinical sheet beside the knee pack: what names a line of it finds one, its tables say what
the data do, and its sources are the pack's.

The tables are written by hand: a rule that changes in the data alone is told here.
"""

import csv
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from handouts.pack.claims import Claims
from handouts.pack.pack import load_pack
from handouts.review.hazards import read_hazards
from handouts.rules.safety import Verdict, decide

ROOT = Path(__file__).parent.parent
PLACE = "assets/packs/knee/CLINICAL.md"
SHEET = (ROOT / PLACE).read_text(encoding="utf-8")
KNEE = load_pack("knee")
RULES = KNEE.structure
MASSAGES = {"SM": "self-massage", "PM": "professional", "BM": "massager", "BH": "heated-massager",
            "XF": "cross-friction", "DT": "deep-tissue", "TP": "trigger-point",
            "KF": "knee-friction"}
PARTS = ("heat", "circles", "thumb")
SYSTEMS = {"icd10cm": "", "cpt": "CPT", "icd10pcs": "ICD-10-PCS"}
ASKED = {"ask": "only asked", "site": "site of the leg", "no": "never"}


# -- the sheet, read -------------------------------------------------------------------------------


def tables():
    """Kind of rule → its tables, each a list of rows by the names of its columns."""
    found, kind, head = defaultdict(list), "", []
    for line in SHEET.splitlines():
        if line.startswith("#"):
            mark = re.search(r"\(`(\w+):`\)", line)
            kind = mark[1] if mark else ""
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line[:1] == "|" else []
        if not cells:
            head = []
        elif not head:
            head = cells
            found[kind].append([])
        elif set(cells[0]) != {"-"}:
            found[kind][-1].append(dict(zip(head, cells, strict=True)))
    return found


TABLES = tables()


def rows(kind, *columns):
    """The rows of that kind that have these columns, by their ids."""
    return {next(iter(row.values())).strip("`"): row for table in TABLES[kind] for row in table
            if set(columns) <= set(row)}


def plain(kind, column):
    return {name: row[column] for name, row in rows(kind, column).items()}


def listed(cell):
    return cell.split(", ") if cell else []


NAMED = re.compile(r"#+ ([A-K]\d?)\b.*|- \*\*(.+?)\*\*.*|\| (A\d \d+b?) \|.*")
NAMES = [next(filter(None, found.groups()))
         for found in map(NAMED.fullmatch, SHEET.splitlines()) if found]
IDS = {*NAMES, *(f"J6 {note}" for note in rows("note"))}


def ids_of(line):
    """The ids that a claim's line gives, the ones between two of them too; a note behind a colon
    or in brackets is no id."""
    for part in re.sub(r"(:| \().*", "", line).split(", "):
        name, _, rest = part.replace("rules ", "rule ").partition(" ")
        if " to " in rest:
            first, last = map(int, rest.split(" to "))
            yield from (f"{name} {number}" for number in range(first, last + 1))
        else:
            yield from (f"{name} {one}".strip() for one in rest.split(" and "))


# -- what names a line of it -----------------------------------------------------------------------


def test_every_id_stands_once():
    assert [name for name in IDS if NAMES.count(name) > 1] == []
    assert len(NAMES) > 150


@pytest.mark.parametrize("line", sorted({claim.line for claim in Claims(KNEE).file.claims}))
def test_every_line_of_a_claim_is_in_the_sheet(line):
    assert set(ids_of(line)) <= IDS


@pytest.mark.parametrize(("line", "ids"), [
    ("rules 3 to 5, B0", ["rule 3", "rule 4", "rule 5", "B0"]),
    ("A3 24b and 26, J5.7", ["A3 24b", "A3 26", "J5.7"]),
    ("D (the set of steps was not tested)", ["D"]),
    ("D: what each picture must show", ["D"]),
    ("B2 gout", ["B2 gout"]),
])
def test_a_line_is_read_as_the_ids_that_it_gives(line, ids):
    assert list(ids_of(line)) == ids


def test_what_the_sheet_and_the_program_say_of_a_line_is_there():
    """Ids inside the sheet, and those that comments of rules, program and tests give."""
    said = re.findall(r"\b(?:rule \d+|J\d(?:\.\d+)?|A\d \d+b?|B[02] [a-z][a-z-]+|C\d|G\d)\b", SHEET)
    files = [*(ROOT / "handouts").rglob("*.py"), *(ROOT / "assets/packs").rglob("*.toml"),
             *(ROOT / "tests").glob("*.py")]
    comments = [comment for file in files if file != Path(__file__)
                for comment in re.findall(r"\b(?:clinical sheet, ?\(?[A-J]\d?|J\d(?:\.\d+)?)\b",
                                          file.read_text(encoding="utf-8"))]
    lost = {one.split("sheet, ")[-1] for one in (*said, *comments)} - IDS

    assert len(said) > 100
    assert len(comments) > 5
    assert lost == set()


STATES = {f"{cause}.{state or 'screened'}": (cause, state)
          for cause, data in RULES.causes.items() for state in (*data.states, None)}
FLAG_FILES = {system: list(csv.DictReader(
    (KNEE.folder / f"codes/{system}_flags.csv").read_text(encoding="utf-8").splitlines()))
    for system in SYSTEMS}
FAMILIES = list(csv.DictReader(
    (KNEE.folder / "codes/icd10cm_families.csv").read_text(encoding="utf-8").splitlines()))
MEDICINES = tomllib.loads((KNEE.folder / "codes/medicines.toml").read_text(encoding="utf-8"))

RULE_IDS = {
    "flag": set(RULES.flags),
    "wait": set(RULES.waits),
    "state": set(STATES),
    "condition": set(KNEE.words_in("en").conditions),
    "sign": set(RULES.signs),
    "dose": set(RULES.massages),
    "cell": {cell.id for cell in RULES.routine.cells},
    "move": set(RULES.routine.moves),
    "family": {row["cause"] for row in FAMILIES},
    "code": {row["flag"] for file in FLAG_FILES.values() for row in file},
    "medicine": {each["flag"] for each in MEDICINES["medicines"]},
    "note": set(KNEE.words_in("en").research.notes),
    "hazard": {hazard.id for hazard in read_hazards(KNEE.folder)},
}


@pytest.mark.parametrize(("kind", "ids"), RULE_IDS.items())
def test_every_rule_has_its_row_and_no_row_is_of_a_rule_that_went(kind, ids):
    assert set(rows(kind)) == ids


def test_each_pair_that_never_stands_together_has_its_line():
    said = {(row["one"].strip("`"), row["beside"].strip("`")): row["by"]
            for [table] in [TABLES["never"]] for row in table}

    assert set(said) == {(pair.one, pair.beside) for pair in RULES.incompatible.never}
    assert set(said.values()) <= IDS
    for kind in RULES.incompatible.one_only:
        assert f"`{kind}`" in SHEET


def test_every_hazard_rests_on_lines_that_are_there():
    for row in rows("hazard").values():
        assert set(listed(row["lines"])) <= IDS, row


def test_the_sources_of_the_sheet_are_those_of_the_pack():
    assert set(re.findall(r"\[([a-z][a-z0-9-]*)\]", SHEET)) == set(RULES.sources)


# -- what its tables say ---------------------------------------------------------------------------


def ruling(told):
    """A cell of the matrix → verdict, places, conditions."""
    verdict, _, conditions = told.partition(": ")
    verdict, _, places = verdict.partition(" ")
    return Verdict[verdict.upper()], set(filter(None, places.split("+"))), set(listed(conditions))


@pytest.mark.parametrize("state", STATES)
def test_the_matrix_says_what_the_rules_do(state):
    advice = decide(KNEE, *STATES[state])
    row = rows("state", *MASSAGES).get(state)

    assert plain("state", "waits for").get(state, "") == " ".join(advice.waits)
    assert (row is None) is bool(advice.waits)
    for code, massage in MASSAGES.items() if row else ():
        verdict, places, conditions = ruling(row[code])
        ruled = advice.rulings[massage]
        assert verdict is ruled.verdict, code
        if verdict:
            assert conditions == set(ruled.conditions) - {KNEE.body.agreed}, code
            assert (places or set(KNEE.massage(massage).regions)) == ruled.on, code


def test_the_routine_of_each_state_is_what_the_rules_leave():
    routines = {name: decide(KNEE, *state).routine for name, state in STATES.items()}
    said = rows("state", "moves")

    assert set(said) == {name for name, routine in routines.items() if routine}
    for name, row in said.items():
        parts = {part: Verdict[row[part].upper()] for part in PARTS if row[part] != "no"}
        assert parts == routines[name].parts, name
        assert tuple(listed(row["moves"])) == routines[name].moves, name


@pytest.mark.parametrize("name", RULES.flags)
def test_each_flag_does_what_its_row_says(name):
    flag = RULES.flags[name]
    row = (rows("flag", "waits for") | rows("flag", "SM"))[name]

    assert row["of"] == ("knee" if flag.sided else "patient")
    assert row.get("waits for", "") == flag.wait
    if not flag.wait:
        for code, massage in MASSAGES.items():
            left = "yes" if massage in flag.yes else "if" if massage in flag.ask else "no"
            assert row[code] == left, code
        assert {part: row[part] for part in PARTS} == {
            part: flag.parts.get(part, "no") for part in PARTS}
        left_out = [move for move, verdict in flag.moves.items() if verdict == "no"]
        assert (listed(row["carries"]), listed(row["keeps off"]), listed(row["forbids"])) == (
            list(flag.conditions), list(flag.keep_off), [*flag.forbids, *left_out])
        assert row["unseen"] == flag.screened_wait


def test_who_asks_for_a_flag_is_told_beside_its_reason():
    [asked] = [table for table in TABLES[""] if "asked by" in table[0]]
    said = {row["flag"].strip("`"): set(re.findall(r"`(.+?)`", row["asked by"])) for row in asked}

    assert said == {flag: {name for name, check in RULES.checks.items() if flag in check.flags}
                    | {name for name, sign in RULES.signs.items()
                       if flag in (*sign.flags, *sign.asks)} for flag in RULES.flags}


def test_signs_and_waits_are_as_urgent_as_the_data_say():
    assert plain("sign", "order") == {name: sign.order for name, sign in RULES.signs.items()}
    assert plain("sign", "where") == {
        name: "every" if sign.everywhere else "some" for name, sign in RULES.signs.items()}
    assert list(plain("wait", "how soon").items()) == [
        (name, wait.urgency)
        for name, wait in sorted(RULES.waits.items(), key=lambda item: item[1].first)]


def spread(least, most):
    return str(least) if least == most else f"{least} to {most}"


def test_doses_are_those_of_the_data():
    assert rows("dose") == {name: {
        "massage": f"`{name}`", "who": massage.who, "where": ", ".join(massage.regions),
        "pressure": massage.pressure, "minutes": spread(*massage.minutes),
        "unseen": spread(*massage.gentle_minutes), "a week": str(massage.times),
        "most": f"{massage.cap_minutes} × {massage.cap_times}",
        "trial": "yes" if massage.tried else "", "always carries": ", ".join(massage.standing),
    } for name, massage in RULES.massages.items()}


def test_the_cells_of_the_routine_are_timed_and_placed_as_in_the_data():
    for cell in RULES.routine.cells:
        row = rows("cell")[cell.id]
        stands = cell.part or " ".join((*cell.needs, *(f"no {part}" for part in cell.unless)))
        assert (row["step"], row["minutes"], row["least"], row["stands where"]) == (
            str(cell.step), spread(*cell.minutes), str(cell.least), stands or "always")
        if cell.most_seconds:
            assert f"{cell.spots} spots of up to {cell.most_seconds} seconds" in row["rule"]
    weeks, unseen = RULES.routine.weeks, RULES.routine.weeks_unseen
    assert f"`weeks`, {weeks}, or `weeks_unseen`, {unseen} (" in SHEET


# -- codes -----------------------------------------------------------------------------------------


def codes(text):
    """M23.6/8 → M23.6, M23.8: what follows a stroke replaces the end."""
    for token in text.split():
        first, *ends = token.split("/")
        yield from (first, *(first[:-len(end)] + end for end in ends))


def test_the_families_of_causes_are_those_of_the_table():
    for cause, row in rows("family").items():
        for column, ask in (("selects", ""), ("only asks", "ask")):
            found = list(codes(row[column]))
            assert sorted(found) == sorted(one["family"] for one in FAMILIES if (
                one["cause"], one["ask"]) == (cause, ask)), (cause, column)


def groups(flag):
    """What the code tables say of a flag: how it is set → the families."""
    found = defaultdict(set)
    for system, name in SYSTEMS.items():
        for row in FLAG_FILES[system]:
            if row["flag"] == flag:
                days = row["days"] and f"{row['days']} days"
                how = (name, ASKED.get(row["ask"]), row["visits"] and f"visit {row['visits']}",
                       re.sub(r"\? days", " days or no date", days))
                found[", ".join(filter(None, how))].add(row["code_or_prefix"])
    return found


@pytest.mark.parametrize("flag", sorted(RULE_IDS["code"]))
def test_the_families_of_a_flag_are_those_of_the_tables(flag):
    said = {}
    for group in rows("code")[flag]["codes"].split("; "):
        how, _, families = group.rpartition(": ")
        said[how] = set(codes(families))

    assert said == groups(flag)


def test_the_cause_that_leads_is_the_one_of_the_data():
    ranked = sorted(RULES.causes, key=lambda cause: RULES.causes[cause].rank)
    assert f"(`rank`): {', '.join(ranked)}." in SHEET


def test_the_medicines_of_a_flag_are_those_of_the_table():
    for flag, row in rows("medicine").items():
        each = [one for one in MEDICINES["medicines"] if one["flag"] == flag]
        assert listed(row["medicines"]) == [one["name"] for one in each]
        assert {str(one.get("days", "")) for one in each} == {row["days"]}


# -- where it is -----------------------------------------------------------------------------------


def test_the_sheet_is_in_the_checkout_and_not_in_the_wheel():
    packed = {Path(file.path).relative_to(ROOT).as_posix()
              for file in WheelBuilder(str(ROOT)).recurse_included_files()}

    assert "assets/packs/knee/flags.toml" in packed
    assert PLACE not in packed
