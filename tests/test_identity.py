"""A handout's id: the same words, the same id; other words, another; never about the patient."""

import re
from datetime import date

import pytest
from helpers import page_texts
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.identity import ALPHABET, identity, tidied
from handouts.errors import UsageError
from handouts.request.request import Dose, Patient

ANA = Patient("Ana Ruiz", date(1950, 2, 3), "R-7", "Dr Ode", date(2026, 11, 25), "May", note="Go")


@pytest.fixture
def own(document):
    """The id of a request: own(cause, …)."""

    def told(cause="osteoarthritis", **asked):
        return document(cause, **asked).id

    return told


def test_an_id_is_eight_letters_and_digits_that_are_not_mistaken_for_others(own):
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", own())
    assert not set("ILOU") & set(ALPHABET)


def test_the_patient_is_not_in_it_and_nor_is_the_look(own):
    assert own(patient=ANA) == own(patient=Patient(), paper="a4") == own(mono=True, skin="dark")


@pytest.mark.parametrize("asked", [
    {"language": "es"}, {"side": "left"}, {"state": "calm"}, {"flags": ("pregnant",)},
    {"tips": ("shoes",)}, {"massages": ("self-massage",)},
    {"doses": {"self-massage": Dose(15, 2)}}])
def test_another_wording_has_another_id(own, asked):
    assert own(**asked) != own()


def test_another_content_version_has_another_id(document):
    made = document("gout")

    assert identity(made, "1.0") != identity(made, "1.1")


def test_a_new_field_that_says_nothing_changes_no_id(document):
    made = replace(document("gout"), id="")
    head = replace(made.letterhead, notice=())
    bare, other = (replace(made, letterhead=own) for own in (head, replace(head, name="")))

    assert identity(bare, "1") != identity(other, "1")
    assert identity(bare, "1") == identity(replace(bare, letterhead=doc.Letterhead(
        head.name, head.lines)), "1")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("practice", [{}, {"name": "Riverside Family Practice",
                                           "phone": "(555) 010-0142"}])
def test_the_fine_print_tells_it_once(printed, language, paper, practice):
    pages = page_texts(printed("gout", paper, practice, language=language))
    [own] = re.findall(r"\b\w{4}-\w{4}\b(?=\.)", pages[-1])

    assert own in pages[-1].rpartition("911.")[0]
    assert sum(page.count(own) for page in pages) == 1
    assert all(word in pages[0] for word in practice.values())


@given(st.text(ALPHABET, min_size=8, max_size=8), st.data())
def test_an_id_is_found_however_it_was_typed(text, data):
    typed = "".join(data.draw(st.sampled_from({
        "0": "0Oo", "1": "1IiLl"}.get(sign, sign + sign.lower()))) for sign in text)
    at = data.draw(st.integers(0, 8))

    assert tidied(f" {typed[:at]}-{typed[at:]} ") == f"{text[:4]}-{text[4:]}"


@pytest.mark.parametrize("text", ["", "AAAA-AAA", "AAAA-AAAAA", "AAAA-AAAU", "Ana Ruiz",
                                  "７AAA-AAAA"])
def test_what_can_be_no_id_is_refused_without_repeating_it(text):
    with pytest.raises(UsageError) as caught:
        tidied(text)
    assert not text or text not in str(caught.value)
