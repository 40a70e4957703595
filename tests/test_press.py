"""The press: each handout is laid out once, and what is printed never depends on who came first."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from helpers import NAMES, TODAY, page_texts, standards, tag_tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts import lettering
from handouts.errors import InputError, PackError, UnsafeError
from handouts.paths import default_brand_path
from handouts.pdf.file import plate as platefile
from handouts.press.press import Press, choices_key
from handouts.request.request import Dose, Patient, Request
from handouts.system.store import Store

ANA = Patient("Ana Ruiz", date(1960, 2, 29), "A-1", "Dr Lee", TODAY, "in 4 weeks", note="Twice.")
LONG = Patient("Maximilian Bartholomew Featherstonehaugh-Montgomery",
               note="Do the moves twice a day. " * 20)


def gout(patient=ANA, **asked):
    return Request("gout", patient=patient, **asked)


def test_patients_whose_values_take_the_same_room_share_a_plate(layouts):
    own = Press(default_brand_path())
    first = own.handout(gout(), TODAY)
    second = own.handout(gout(Patient("Max Moor", date(1951, 4, 3), "B-2", "Dr Wu", TODAY,
                                      "soon", note="Once.")), TODAY)

    assert len(layouts) == 1
    assert first.facts == second.facts
    assert "Max Moor" in page_texts(second.pdf)[0]
    assert "Ana" not in page_texts(second.pdf)[0]


@pytest.mark.parametrize("other", [
    gout(LONG), gout(Patient("Жанна")), gout(Patient()), gout(side="left"), gout(paper="a4"),
    gout(flags=("anticoagulant",)), gout(state="between"), gout(tips=("drink-water",)),
    gout(state="between", doses={"self-massage": Dose(10, 1)})])
def test_another_choice_shape_or_script_is_another_plate(layouts, other):
    own = Press(default_brand_path())
    own.handout(gout(), TODAY)
    own.handout(other, TODAY)

    assert len(layouts) == 2


@pytest.mark.parametrize("patient", [ANA, LONG, Patient(), Patient("محمد علي", note="A\nB\nC\nD")])
def test_what_is_printed_does_not_depend_on_who_made_the_plate(press, tmp_path, patient):
    alone = Press(default_brand_path()).handout(gout(patient), TODAY)
    store = Store(tmp_path)
    for other in (ANA, Patient("Zoë O'Connor"), LONG):
        Press(default_brand_path(), store=store).handout(gout(other), TODAY)
    kept = Press(default_brand_path(), store=store).handout(gout(patient), TODAY)

    assert kept.pdf == alone.pdf == press.handout(gout(patient), TODAY).pdf
    assert (kept.pages, kept.facts) == (alone.pages, alone.facts)


def test_a_kept_plate_is_found_without_a_layout(layouts, tmp_path):
    store = Store(tmp_path)
    Press(default_brand_path(), store=store).handout(gout(), TODAY)
    Press(default_brand_path(), store=store).handout(gout(), TODAY)

    assert len(layouts) == 1


def test_no_value_of_the_patient_is_kept(tmp_path):
    patient = Patient("Zebra Quagga", date(1907, 2, 28), "QX-77", "Dr Okapi", TODAY, "Tapir",
                      note="Pangolin")
    Press(default_brand_path(), store=Store(tmp_path)).handout(gout(patient), TODAY)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for word in ("Zebra", "Quagga", "QX-77", "Okapi", "Tapir", "Pangolin", "1907"):
        assert word.encode() not in kept
        assert word.encode().hex().upper().encode() not in kept


def test_the_review_date_of_the_content_leads_to_another_plate(layouts, knee):
    own = Press(default_brand_path())
    before = own.handout(gout(Patient()), knee.info.next_review)
    after = own.handout(gout(Patient()), date(2040, 1, 1))

    assert len(layouts) == 2
    assert before.pdf != after.pdf


def test_a_changed_brand_or_template_leads_to_another_plate(tmp_path, layouts):
    brand, templates = tmp_path / "brand.toml", tmp_path / "templates"
    brand.write_text('name = "Riverside"\n', encoding="utf-8")
    templates.mkdir()
    store = Store(tmp_path / "kept")
    for change in (lambda: None, lambda: brand.write_text('name = "Brookside"\n'),
                   lambda: (templates / "tips.html.j2").write_text("")):
        change()
        Press(brand, templates=templates, store=store).handout(gout(), TODAY)

    assert len(layouts) == 3


def test_every_print_is_checked_though_its_plate_is_at_hand(press):
    press.handout(gout(), TODAY)

    with pytest.raises(UnsafeError, match="adults"):
        press.handout(gout(Patient(born=date(2015, 1, 1))), TODAY)
    with pytest.raises(InputError, match="Chinese"):
        press.handout(gout(Patient("陈伟")), TODAY)
    with pytest.raises(InputError, match="lies after"):
        press.handout(gout(Patient(born=date(2030, 1, 1))), TODAY)


def test_an_unsafe_choice_never_leaves_a_plate(tmp_path):
    own = Press(default_brand_path(), store=Store(tmp_path))

    for _ in range(2):
        with pytest.raises(UnsafeError):
            own.handout(gout(state="attack", massages=("deep-tissue",)), TODAY)
    assert [path for path in tmp_path.iterdir() if b"%PDF" in path.read_bytes()] == []


def test_a_brand_that_is_not_there_is_told_as_such(tmp_path):
    with pytest.raises(PackError, match="there is no such file"):
        Press(tmp_path / "none.toml").handout(gout(), TODAY)


def test_a_plate_reads_back_as_it_was_kept(typeset):
    plate, _ = typeset("gout", patient=Patient("محمد علي", note="Twice.\nThen rest."))

    assert platefile.unpacked(platefile.packed(plate)) == plate


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[]\n", b"null\n", b'{"sizes":[1,1]}\nxx'])
def test_what_is_no_plate_is_refused(data):
    with pytest.raises(ValueError, match=r"plate|Expecting|JSON"):
        platefile.unpacked(data)


@pytest.mark.parametrize("harm", ["delete", "truncate", "garbage", "read-only"])
def test_a_harmed_cache_costs_time_and_never_a_right_byte(tmp_path, harm):
    folder = tmp_path / "kept"
    wanted = Press(default_brand_path(), store=Store(folder)).handout(gout(), TODAY).pdf
    for path in folder.iterdir():
        data = path.read_bytes()
        path.unlink() if harm == "delete" else path.write_bytes({
            "truncate": data[:len(data) // 2], "garbage": os.urandom(len(data)),
            "read-only": data}[harm])
    folder.chmod(0o500 if harm == "read-only" else 0o700)
    again = Press(default_brand_path(), store=Store(folder)).handout(gout(), TODAY).pdf
    folder.chmod(0o700)

    assert again == wanted


def test_threads_that_share_a_press_lay_out_each_plate_once(layouts):
    own = Press(default_brand_path())
    alone = {side: Press(default_brand_path()).handout(gout(side=side), TODAY).pdf
             for side in ("left", "right")}
    layouts.clear()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda side: (side, own.handout(gout(side=side), TODAY).pdf),
                             ["left", "right"] * 20))

    assert len(layouts) == 2
    assert all(pdf == alone[side] for side, pdf in made)


def test_three_processes_at_once_print_the_same_bytes(tmp_path):
    script = ("import sys, hashlib; from datetime import date; from pathlib import Path\n"
              "from handouts import Patient, Press, Request, brand_path\n"
              "from handouts.system.store import Store\n"
              "press = Press(Path(sys.argv[1]), store=Store(Path(sys.argv[2])))\n"
              "request = Request('gout', patient=Patient('Ana Ruiz'))\n"
              "print(hashlib.sha256(press.handout(request, date(2026, 11, 25)).pdf).hexdigest())")
    command = [sys.executable, "-c", script, str(default_brand_path()), str(tmp_path / "kept")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    assert len({run.communicate()[0] for run in runs}) == 1
    assert {run.returncode for run in runs} == {0}


# -- the key of a plate ----------------------------------------------------------------------------

CHANGED = {  # another value of a field's type; what is nested is changed field by field
    "str": ["other"], "NoneType": ["other"], "bool": [True], "int": [99], "tuple": [("other",)]}
ASKED = Request("gout", doses={"self-massage": Dose(10, 1)}, patient=ANA)


def changed(value):
    """Each value that differs from this one in one place."""
    if is_dataclass(value):
        for item in fields(value):
            for other in changed(getattr(value, item.name)):
                yield replace(value, **{item.name: other})
    elif isinstance(value, dict):
        yield {}
        yield {f"{name}-2": inner for name, inner in value.items()}
        for name, inner in value.items():
            for other in changed(inner):
                yield {**value, name: other}
    else:
        yield from CHANGED[type(value).__name__]


@pytest.mark.parametrize("name", [item.name for item in fields(Request) if item.name != "patient"])
def test_whatever_is_asked_for_is_in_the_key_of_its_plate(name):
    others = [replace(ASKED, **{name: other}) for other in changed(getattr(ASKED, name))]

    assert others
    for other in others:
        assert choices_key(other) != choices_key(ASKED)


def test_no_value_of_the_patient_is_in_the_key_of_a_plate():
    other = Patient("Max", date(1951, 4, 3), "B-2", "Dr Wu", date(2026, 1, 1), "soon",
                    date(2026, 1, 2), "Once.")
    cleared = replace(ASKED, patient=replace(ANA, cleared_on=TODAY))

    assert all(getattr(other, item.name) != getattr(ANA, item.name) for item in fields(Patient))
    assert choices_key(replace(ASKED, patient=other)) == choices_key(cleared)
    assert choices_key(cleared) != choices_key(ASKED)  # the panel has one field more


def test_whoever_was_printed_before_a_cleared_patient_gets_no_day_of_clearing(press):
    asked = Request("ligament-tear", "cleared", patient=Patient("Ana", cleared_on=TODAY))
    press.handout(asked, TODAY)

    with pytest.raises(InputError, match="needs the day"):
        press.handout(replace(asked, patient=Patient("Max")), TODAY)


# -- promises hold for whatever is printed ---------------------------------------------------------

PLAIN = sorted(lettering.face(lettering.face_names(lettering.BOLD)[0]).plain.keys() - {"\u00ad"})
TEXT = st.text(st.sampled_from(PLAIN), max_size=60).map(
    lambda text: text if lettering.is_seen(text) else "")
NAME = st.one_of(TEXT, st.sampled_from(NAMES))
DAYS = st.dates(date(1920, 1, 1), date(2008, 11, 25))
PATIENTS = st.builds(
    Patient, name=NAME, born=st.one_of(st.none(), DAYS), id=st.text("ABC-0123456789", max_size=12),
    given_by=NAME, given_on=st.just(TODAY), next_visit=NAME,
    note=st.lists(TEXT, max_size=4).map(lambda lines: "\n".join(filter(None, lines))))
CHOICES = st.sampled_from([
    {"cause": "osteoarthritis", "state": "calm"}, {"cause": "gout"}, {"cause": "infection"},
    {"cause": "osteoarthritis", "paper": "a4"},
    {"cause": "infection", "format": "large-print", "mono": True}])


PRINTS = given(patient=PATIENTS, choices=CHOICES,
               side=st.sampled_from(["", "left", "right", "both"]))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@PRINTS
def test_a_printed_plate_keeps_every_promise(press, patient, choices, side):
    """A few patients; tests/sweep/test_prints.py takes hundreds."""
    keep_every_promise(press, patient, choices, side)


def keep_every_promise(press, patient, choices, side):
    ready = press.prepare(Request(side=side, patient=patient, **choices), TODAY)
    data = ready.handout().pdf
    told = "".join(tag_tree(data).split())
    # pdfium takes a hyphen at the end of a line for a soft one, and gives U+FFFE
    shown = "".join(page_texts(data)[0].replace("\ufffe", "-").split())
    is_plain = set("".join(ready.values.values())) <= {*PLAIN, "\n"}

    assert standards(data) == []
    for value in ready.values.values():
        for line in value.splitlines():
            words = "".join(line.split())
            assert words in told
            # Beside right-to-left text pdfium sorts what it found anew.
            assert words in shown or not is_plain
