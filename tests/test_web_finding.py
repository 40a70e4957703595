"""A cause as clinicians type it: what is found, in which order, and what is asked back."""

import pytest
from web_helpers import JSON, fields, texts

pytestmark = pytest.mark.usefixtures("own_place")


@pytest.fixture
def found(web):
    """What the page's script is told of a text: values, how many more, whether it is sure."""

    def asked(text, language="en"):
        return web.post("/find", data={"diagnosis": text, "words": language}).json()

    return asked


@pytest.fixture
def values(found):
    """What is offered to be put in."""
    return lambda text, language="en": [each["value"] for each in found(text, language)["choices"]]


@pytest.fixture
def preview(web):
    """What becomes of a form."""
    return lambda **form: web.post("/preview", data=form, headers=JSON).json()


def test_nothing_typed_offers_every_cause_once(values, site):
    assert len(values("")) == len(site.pack.structure.causes)


@pytest.mark.parametrize(("typed", "cause"), [
    ("RA", "Rheumatoid arthritis"), ("ACL", "Ligament tear"), ("acl tear", "Ligament tear"),
    ("MCL", "Ligament tear"), ("runner's knee", "Knee overuse"), ("runners kn", "Knee overuse"),
    ("PFPS", "Knee overuse"), ("gonarthrosis", "Osteoarthritis"), ("artrosis", "Osteoarthritis"),
    ("gota", "Gout"), ("quiste popliteo", "Knee pain"), ("fx", "Fracture (broken bone)"),
    ("OSTEO", "Osteoarthritis"), ("kneecap broken", "Fracture (broken bone)")])
def test_a_cause_is_found_by_what_people_call_it_in_either_language(values, typed, cause):
    assert values(typed)[0] == cause


def test_the_name_that_was_typed_stands_beside_the_cause(found):
    assert found("ACL")["choices"][0] == {
        "value": "Ligament tear", "label": "Ligament tear", "detail": "ACL", "asks": False}
    assert found("osteoarth")["choices"][0]["detail"] == ""


def test_the_beginning_of_a_word_goes_before_its_inside(values):
    assert "Fracture (broken bone)" not in values("RA")  # f-ra-cture
    assert values("pain")[0] in ("Tendon pain", "Knee pain")


def test_codes_are_found_with_or_without_dots_and_by_those_above_them(values):
    assert values("m17.12")[0] == values("M1712")[0] == "M17.12"
    assert values("M17")[:2] == ["M17", "M17.1"]
    assert "M17.12" in values("primary left knee osteoarthritis")


def test_codes_that_differ_by_side_and_visit_alone_are_one_line(values):
    assert values("S83.5") == ["S83.5", "S83.50", "S83.51", "S83.52"]
    assert values("S83.511") == ["S83.511"]
    assert values("S83.511D") == ["S83.511D"]


def test_what_is_left_out_of_a_long_list_is_counted(found):
    answer = found("sprain")

    assert len(answer["choices"]) == 12
    assert answer["more"] > 0
    assert found("zzz") == {"choices": [], "more": 0, "sure": False}


@pytest.mark.parametrize(("typed", "is_sure"), [
    ("osteo", True), ("RA", True), ("tear", False), ("knee", False), ("M17", False), ("", False)])
def test_only_a_text_that_begins_one_cause_alone_is_sure(found, typed, is_sure):
    assert found(typed)["sure"] is is_sure


def test_a_code_that_does_not_say_the_knee_asks_in_the_list_and_on_the_page(found, preview):
    listed = found("M06.9")["choices"][0]
    answer = preview(diagnosis="M06.9")

    assert (listed["asks"], listed["detail"]) == (
        True, "Is it the knee? Then: Rheumatoid arthritis")
    assert ">Yes, it is the knee: Rheumatoid arthritis</button>" in answer["form"]
    assert 'value="Rheumatoid arthritis" data-pick' in answer["form"]


@pytest.mark.parametrize(("typed", "offered"), [
    ("tear", ["Ligament tear", "Meniscus tear"]), ("osteo", ["Osteoarthritis"]),
    ("menisk", ["Meniscus tear"]), ("ostearthritis", ["Osteoarthritis"])])
def test_what_may_be_meant_is_offered_as_a_button(preview, typed, offered):
    form = preview(diagnosis=typed)["form"]
    buttons = form.partition('id="offered"')[2].partition("</div>")[0]

    assert [buttons.count(f'value="{name}"') for name in offered] == [1] * len(offered)
    assert buttons.count("<button") == len(offered)


def test_a_name_of_two_causes_is_no_bug(web):
    answer = web.post("/preview", data={"diagnosis": "tear"}, headers=JSON)

    assert answer.status_code == 200
    assert "What was typed may mean more than one cause." in answer.json()["say"]


def test_the_visit_of_a_code_is_chosen_beside_it(preview):
    form = preview(diagnosis="S83.51", side="left")["form"]
    chosen = preview(diagnosis="S83.512D", was="S83.51", side="left")["form"]

    assert 'value="S83.512A" data-pick aria-pressed="false">Being treated now' in form
    assert 'value="S83.512D" data-pick aria-pressed="true">Later visit' in chosen
    assert "checked" in fields(chosen)["f-side-left"]
    assert "Which visit is it?" not in texts(preview(diagnosis="M17.12")["form"])


# -- a link in a record system ---------------------------------------------------------------------


def test_a_link_opens_the_form_with_the_cause_side_and_language(web):
    page = web.get("/?code=M17.12&lang=es&words=en").text

    assert 'value="M17.12"' in fields(page)["f-diagnosis"]
    assert "checked" in fields(page)["f-side-left"]
    assert '<option value="es" selected>' in page
    assert '<html lang="en">' in page
    assert "Page 1 of" in page


@pytest.mark.parametrize(("address", "told"), [
    ("/?code=M06.9", "Yes, it is the knee: Rheumatoid arthritis"),
    ("/?code=%3Cscript%3E", "We don't know this diagnosis."), ("/?code=gout", "Page 1 of"),
    ("/?code=&lang=es", "Choose a cause to see the handout."),
    ("/?code=M17.12&lang=xx", "Standard, English"), ("/?lang=Spanish&code=gout", "Spanish"),
    ("/?code=" + "x" * 500, "We don't know this diagnosis.")])
def test_a_link_that_is_not_sure_asks(web, address, told):
    page = web.get(address)

    assert page.status_code == 200
    assert told in texts(page.text) or told in page.text
    assert "<script>alert" not in page.text


def test_a_link_says_nothing_about_a_patient(web):
    page = web.get("/?code=M17.12&patient=Ana&born=1960-02-29&state=calm&flags=dvt").text
    form = fields(page)

    assert "Ana" not in page
    assert "checked" in form["f-state-none"]
    assert "checked" not in form["f-flag-dvt"]


# -- a link with a whole problem list --------------------------------------------------------------


@pytest.mark.parametrize("query", ["code=Z79.01,M17.12,I10", "code=Z79.01;M17.12;I10",
                                   "code=Z79.01&code=M17.12&code=I10"])
def test_a_link_with_several_codes_chooses_the_cause_and_ticks_what_the_others_warn_of(web, query):
    page = web.get(f"/?{query}&words=en").text
    form = fields(page)

    assert 'value="M17.12"' in form["f-diagnosis"]
    assert "checked" in form["f-flag-anticoagulant"]
    assert "disabled" not in form["f-flag-anticoagulant"]
    assert "checked" in form["f-side-left"]
    assert "codes that ask for no handout: 1" in texts(page)


def test_the_most_cautious_cause_of_a_link_is_chosen(web):
    form = fields(web.get("/?code=M17.12,M00.062").text)

    assert 'value="M00.062"' in form["f-diagnosis"]


def test_the_sides_of_a_links_codes_are_joined(web):
    form = fields(web.get("/?code=M17.11,M17.12").text)

    assert 'value="osteoarthritis"' in form["f-diagnosis"]
    assert "checked" in form["f-side-both"]


def test_what_a_link_says_and_nobody_can_read_is_told_until_the_next_patient(web):
    page = web.get("/?code=M17.12,XYZ&words=en").text
    told = fields(page)["k-linked"].split('value="')[1].split('"')[0]
    kept = web.post("/preview", data={"diagnosis": "M17.12", "linked": told}, headers=JSON).json()
    after = web.post("/preview", data={"diagnosis": "M17.12", "linked": told, "way": "next"},
                     headers=JSON).json()

    assert "could not be read" in told
    assert told in kept["preview"]
    assert told not in after["preview"]


def test_a_link_with_codes_of_no_cause_shows_them(web):
    page = web.get("/?code=Z79.01,I10&words=en").text

    assert 'value="Z79.01,I10"' in fields(page)["f-diagnosis"]
    assert "We don't know this diagnosis." in texts(page)
