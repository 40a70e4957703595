"""The page, asked over HTTP: who may, what is answered, and what a form leads to."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from helpers import TODAY, page_texts
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from web_helpers import ANA, HOME, JSON, PORT, client_of, fields, texts

from handouts.pack.pack import load_pack
from handouts.press.records import Records
from handouts.request.request import Dose, Patient, Request
from handouts.rules.choices import choose
from handouts.web import guard
from handouts.web.app import make_app
from handouts.web.checked import ask
from handouts.web.form import Form
from handouts.web.texts import all_words

pytestmark = pytest.mark.usefixtures("own_place")
MARKUP = '"><script>alert(1)</script>{{7071*7}}{% raw %}'
FIELDS = ("diagnosis", "was", "state", "side", "flags", "massages_by", "massages", "tips_by",
          "tips", "minutes.self-massage", "times.self-massage", "language", "paper", "format",
          "mono", "skin", "edition", "patient", "born", "record", "given_by", "given_on",
          "next_visit", "cleared_on", "note", "words", "switch", "token", "width", "way",
          "protocol", "protocol_name", "replace", "side_by", "earlier", "held", "held_tips", "fell",
          "whose", "fresh", "unheard-of")


@pytest.fixture
def preview(web):
    """What the page's script is told of a form."""

    def asked(**form):
        answer = web.post("/preview", data=form, headers=JSON)
        assert answer.status_code == 200
        return answer.json()

    return asked


@pytest.fixture
def problems(web):
    """The fields that are wrong with a form that is to be printed, each with its words."""

    def asked(**form):
        answer = web.post("/handout", data=form, headers=JSON)
        assert answer.status_code == 422
        return [(each["field"], f"{each['text']} {each['cure']}")
                for each in answer.json()["problems"]]

    return asked


# -- who may ask -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/many", "/static/page.css", "/static/brand.css", "/none"])
def test_every_answer_carries_what_keeps_it_here(web, path):
    headers = web.get(path).headers

    assert {name: headers.get(name) for name in guard.HEADERS} == guard.HEADERS


def test_a_pdf_can_be_framed_by_the_page_alone(web):
    answer = web.post("/handout", data=ANA)

    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; frame-ancestors 'self'")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", [
    "handouts.example", f"handouts.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}",
    f"127.0.0.1.handouts.example:{PORT}", "", f"[::1]:{PORT}"])
def test_another_name_of_the_server_is_refused(web, host):
    assert web.get("/", headers={"Host": host}).status_code == 421


def test_the_page_answers_by_both_of_its_names(web):
    assert web.get("/", headers={"Host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"}, {"Origin": f"http://localhost:{PORT}"}, {"Origin": "null"},
    {"Origin": HOME, "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {"Origin": HOME + ".evil.example"}])
@pytest.mark.parametrize("path", ["/", "/preview", "/handout", "/protocols", "/many", "/forget"])
def test_what_another_page_sends_is_refused(web, headers, path):
    assert web.post(path, data=ANA, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [
    {}, {"Origin": HOME}, {"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"}])
def test_what_the_page_sends_is_taken(web, headers):
    assert web.post("/preview", data=ANA, headers=headers).status_code == 200


@pytest.mark.parametrize("path", [
    "/static/../pyproject.toml", "/static/%2e%2e/%2e%2e/pyproject.toml",
    "/static/..%2fform.html.j2",
    "/static/", "/static/%2fetc%2fpasswd", "/static/page.css%00", "/pages/none/1",
    "/pages/../1", "/many/none", "/form.html.j2"])
def test_no_path_leads_out(web, path):
    assert web.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/preview", "/handout", "/find", "/protocols", "/forget"])
def test_what_takes_a_form_is_not_to_be_had_by_address(web, path):
    assert web.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/preview", "/handout", "/protocols", "/find", "/forget"])
def test_a_body_that_is_too_large_is_refused(web, path):
    body = urlencode({**ANA, "note": "x" * guard.FORM_LIMIT}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    assert web.post(path, content=body, headers=kind).status_code == 413
    assert web.post(path, content=iter([body]), headers=kind).status_code == 413  # no length told


def test_a_long_address_is_refused(web):
    assert web.get("/?words=" + "x" * guard.ADDRESS_LIMIT).status_code == 414


def test_a_body_that_never_comes_is_refused(site, monkeypatch):
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    sent = []

    async def ask():
        async def never():
            await asyncio.sleep(5)

        async def send(message):
            sent.append(message)

        headers = [(b"host", f"127.0.0.1:{PORT}".encode()),
                   (b"content-type", b"application/x-www-form-urlencoded")]
        await make_app(site, PORT)(
            {"type": "http", "method": "POST", "path": "/preview", "raw_path": b"/preview",
             "query_string": b"", "headers": headers, "root_path": "", "scheme": "http",
             "http_version": "1.1"}, never, send)

    asyncio.run(ask())

    assert sent[0]["status"] == 408


def test_a_refusal_is_told_in_the_readers_language(web):
    answer = web.get("/none", headers={"Accept-Language": "es-MX,es;q=0.9"})

    assert '<html lang="es">' in answer.text
    assert all_words()["es"]["refusals"]["404"][0] in answer.text


def test_a_bug_leaves_one_line_and_a_log_without_a_value(site, cache, monkeypatch, capsys):
    def broken(*_):
        raise ValueError("Ana Ruiz")

    monkeypatch.setattr(type(site.press), "handout", broken)
    with client_of(site, raise_server_exceptions=False) as web:
        answer = web.post("/preview", data=ANA, headers=JSON)
    err = capsys.readouterr().err

    assert (answer.status_code, answer.json()["problems"][0]["text"]) == (
        500, all_words()["en"]["refusals"]["500"][0])
    assert err.startswith("handouts: a bug, sorry: ValueError in test_web.py, line ")
    assert err.count("\n") == 1
    log = (cache / "bugs.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "Ana" not in err + answer.text + log


# -- the page --------------------------------------------------------------------------------------


def test_the_page_offers_every_cause_in_its_language(web, knee):
    for language, accepted in (("en", "fr, en;q=0.5"), ("es", "es-US")):
        page = web.get("/", headers={"Accept-Language": accepted}).text

        assert f'<html lang="{language}">' in page
        for cause in knee.words_in(language).causes.values():
            assert cause.name in texts(page)


def test_the_handouts_language_follows_that_of_the_page(web):
    assert 'name="language" value="es"' in web.get("/?words=es").text


def sent_back(page):
    """What the form of a page sends of the handout's language."""
    return {"language": re.search(r'<option value="(\w+)" selected>', page.split(
                'name="language"')[1])[1],
            "follows": re.search(r'name="follows" value="(\w*)"', page)[1]}


def test_the_handouts_language_follows_the_page_until_somebody_chooses_one(web):
    page = web.get("/?code=M10.062&words=en").text
    assert "As the page, until you choose another." in page
    for language in ("es", "en", "es"):  # there, back, and there again
        page = web.post("/", data={"diagnosis": "gout", "words": "en", "switch": language,
                                   **sent_back(page)}).text
        assert sent_back(page) == {"language": language, "follows": language}
    chosen = {"diagnosis": "gout", "language": "en", "follows": "es"}
    page = web.post("/", data={**chosen, "words": "es"}).text
    assert sent_back(page) == {"language": "en", "follows": ""}
    assert "hasta que elija otro" not in page
    for language in ("en", "es"):
        page = web.post("/", data={"diagnosis": "gout", "words": "es", "switch": language,
                                   **sent_back(page)}).text
        assert sent_back(page) == {"language": "en", "follows": ""}


@pytest.mark.parametrize("way", ["next", "reset"])
def test_the_next_patients_handout_follows_the_page_too(preview, way):
    form = preview(diagnosis="gout", language="es", follows="es", words="es", way=way)["form"]

    assert 'name="follows" value="es"' in form
    assert 'name="language" value="es"' in form or way == "reset"


def test_a_link_with_a_language_has_chosen_it(web):
    page = web.get("/?code=M10.062&words=en&lang=es").text

    assert sent_back(page) == {"language": "es", "follows": ""}


def test_without_a_script_what_is_to_be_fixed_stands_there_once(web):
    page = web.post("/handout", data={**ANA, "born": "soon"}).text

    assert len(re.findall(r"<h\d[^>]*>Fix before printing</h\d>", page)) == 1
    assert page.count('href="#f-born"') == 1


def test_a_page_in_the_other_language_keeps_what_was_typed(web):
    page = web.post("/", data={**ANA, "words": "en", "switch": "es"}).text

    assert '<html lang="es">' in page
    assert 'value="Ana Ruiz"' in fields(page)["f-patient"]


def test_nothing_is_fetched_from_elsewhere(web):
    for path in ("/", "/many", "/static/page.css", "/static/page.js", "/static/many.js"):
        assert "http://" not in web.get(path).text.replace("http://www.w3.org", "")
        assert "https://" not in web.get(path).text


def test_the_brand_is_that_of_the_practice(tmp_path):
    from handouts.web.site import open_site

    (tmp_path / "brand.toml").write_text(
        'name = "R & D <Clinic>"\n[colours]\nbrand = "#5A1A4A"\n', encoding="utf-8")
    with client_of(open_site(tmp_path / "brand.toml", keep=False)) as web:
        assert "R &amp; D &lt;Clinic&gt;" in web.get("/").text
        assert "--brand: #5A1A4A" in web.get("/static/brand.css").text
        assert web.get("/static/logo").status_code == 404


# -- the preview -----------------------------------------------------------------------------------


def test_a_cause_alone_leads_to_a_preview_that_is_ready(preview, web):
    answer = preview(diagnosis="osteoarthritis")
    picture = web.get(f"/pages/{_token(answer)}/4?width=640")

    assert (answer["ready"], answer["say"]) == (True, "Preview updated: 5 pages")
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["cache-control"] == "no-store"


def test_what_is_previewed_is_what_is_printed(web, site, preview):
    form = {**ANA, "state": "calm", "side": "left", "note": "Twice a day.\r\nThen rest."}
    printed = web.post("/handout", data=form).content
    asked = Request("osteoarthritis", state="calm", side="left", paper="letter", skin="mixed",
                    patient=Patient("Ana Ruiz", TODAY.replace(1960, 2, 29),
                                    note="Twice a day.\nThen rest."))

    assert site.previews.get(_token(preview(**form))).pdf == printed
    assert printed == site.press.handout(asked, TODAY).pdf


def _token(answer):
    return fields(answer["form"])["f-token"].split('value="')[1].rstrip('">')


@pytest.mark.parametrize("number", ["0", "6", "-1", "x", "1/2"])
def test_a_page_that_is_not_there_is_not_found(preview, web, number):
    token = _token(preview(diagnosis="osteoarthritis"))

    assert web.get(f"/pages/{token}/{number}").status_code == 404


@pytest.mark.parametrize("width", ["", "0", "99999", "-5", "x", "٣"])
def test_any_width_gets_a_picture(preview, web, width):
    token = _token(preview(diagnosis="osteoarthritis"))

    assert web.get(f"/pages/{token}/1", params={"width": width}).status_code == 200


def test_a_preview_is_forgotten_when_the_next_one_is_there(preview, web, site, monkeypatch):
    monkeypatch.setattr(site.previews, "_lingers", 0)
    first = _token(preview(diagnosis="gout"))
    second = _token(preview(diagnosis="gout", token=first))
    web.post("/forget", data={"token": second})

    assert web.get(f"/pages/{first}/1").status_code == 404
    assert web.get(f"/pages/{second}/1").status_code == 404


def test_no_value_of_the_patient_is_in_an_address_or_a_header(web):
    answer = web.post("/preview", data=ANA, headers=JSON)
    pdf = web.post("/handout", data={**ANA, "way": "download"})

    assert pdf.headers["content-disposition"] == 'attachment; filename="osteoarthritis.pdf"'
    for headers in (answer.headers, pdf.headers):
        assert "Ana" not in str(headers)
    assert "Ana" not in answer.json()["preview"]


def test_previews_asked_for_at_once_are_each_ones_own(web, site):
    def asked(number):
        answer = web.post("/preview", data={**ANA, "patient": f"Patient {number}"}, headers=JSON)
        token = _token(answer.json())
        assert web.get(f"/pages/{token}/1").status_code == 200
        return site.previews.get(token).pdf

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(asked, range(8)))

    assert all(f"Patient {number}" in page_texts(pdf)[0] for number, pdf in enumerate(made))


# -- choices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["osteoarthritis", "Osteoarthritis", "ARTROSIS", "m17.12",
                                   " M1712 ", "239873007"])
def test_a_diagnosis_is_a_cause_or_a_code(preview, typed):
    assert preview(diagnosis=typed)["ready"]


def test_a_code_brings_its_side_and_its_words(preview):
    answer = preview(diagnosis="M17.12")

    assert "checked" in fields(answer["form"])["f-side-left"]
    assert "ICD-10-CM M17.12: Unilateral primary osteoarthritis, left knee" in texts(answer["form"])


def test_a_side_against_the_code_is_told(problems):
    assert problems(diagnosis="M17.12", was="M17.12", side="right") == [
        ("side", "The code says: Left. Change the side or the code.")]


def test_a_side_chosen_by_hand_is_held_against_a_code_that_comes_after_it(problems):
    assert problems(diagnosis="M17.11", was="bursitis", side="left") == [
        ("side", "The code says: Right. Change the side or the code.")]


@pytest.mark.parametrize(("typed", "said"), [
    ("", "No cause is chosen. Choose one from the list, or type a diagnosis or a code."),
    ("Osteoarthrits", "We don't know this diagnosis. Did you mean: Osteoarthritis?"),
    ("Q99.9", "We don't know this diagnosis. "
              "Choose one from the list, or try another word or code."),
    ("396275006", "This code doesn't say that it is the knee. "
                  "If it is the knee, choose: Osteoarthritis.")])
def test_what_is_no_diagnosis_is_told(problems, typed, said):
    assert problems(diagnosis=typed) == [("diagnosis", said)]


def test_another_diagnosis_drops_the_choices_for_the_first(preview):
    answer = preview(diagnosis="tendonitis", was="osteoarthritis", state="calm", massages_by="own",
                     massages="professional", **{"minutes.professional": "5"}, side="left",
                     patient="Ana")
    shown = fields(answer["form"])

    assert answer["ready"]
    assert "checked" in shown["f-state-none"]
    assert "checked" in shown["f-massages_by-recommended"]
    assert "checked" in shown["f-side-left"]
    assert 'value="Ana"' in shown["f-patient"]


def test_a_forbidden_massage_is_locked_and_says_why(preview):
    form = preview(diagnosis="osteoarthritis", state="calm", flags="anticoagulant")["form"]

    assert "disabled" in fields(form)["f-massage-deep-tissue"]
    assert "disabled" not in fields(form)["f-massage-self-massage"]
    assert ("Not allowed: Osteoarthritis in this state does not allow it. Firm pressure or shaking "
            "can bruise or bleed on blood thinners.") in texts(form)


def test_a_forbidden_massage_is_never_printed(problems, preview, knee):
    form = {"diagnosis": "osteoarthritis", "massages_by": "own", "massages": "deep-tissue"}

    assert problems(**form) == [("massages", (
        "The safety rules don't allow Deep tissue massage. Osteoarthritis in this state does not "
        "allow it. Only after a clinician has examined the patient. Say above what you found."))]
    assert "Removed because the safety rules don't allow it: Deep tissue massage – " in texts(
        preview(**form)["preview"])


def test_a_flag_takes_a_choice_out_of_the_preview(preview):
    form = {"diagnosis": "osteoarthritis", "was": "osteoarthritis", "state": "calm",
            "massages_by": "own", "massages": ["self-massage", "massager"]}

    assert "Removed" not in texts(preview(**form)["preview"])
    answer = preview(**form, flags="anticoagulant")
    told = ("Removed because the safety rules don't allow it: Handheld massager – "
            "Firm pressure or shaking can bruise or bleed on blood thinners.")
    assert told in texts(answer["preview"])
    assert told in answer["say"]


def test_where_all_waits_no_massage_can_be_ticked(preview):
    answer = preview(diagnosis="gout", state="attack")
    ticks = [tag for name, tag in fields(answer["form"]).items()
             if name.startswith("f-massage-")]

    assert len(ticks) == 8
    assert all("disabled" in tag and "checked" not in tag for tag in ticks)
    assert "Massage must wait." in texts(answer["preview"])


def test_a_cleared_state_needs_its_day(problems, web):
    form = {"diagnosis": "ligament-tear", "state": "cleared"}
    made = web.post("/handout", data={**form, "cleared_on": "2026-11-20"}).content

    assert problems(**form)[0][0] == "cleared_on"
    assert "Nov 20, 2026" in page_texts(made)[0]


def test_a_day_of_clearing_is_left_out_where_none_is_wanted(web):
    answer = web.post("/handout", data={**ANA, "state": "calm", "cleared_on": "2026-11-20"})

    assert "Cleared" not in page_texts(answer.content)[0]


@pytest.mark.parametrize(("form", "field", "said"), [
    ({"born": "29.2.1960"}, "born", "“Date of birth” is not a date"),
    ({"born": "2026-02-30"}, "born", "“Date of birth” is not a date"),
    ({"born": "2030-01-01"}, "born", "lies after today"),
    ({"born": "2015-01-01"}, "born", "adults of 18 years"),
    ({"given_on": "2026"}, "given_on", "“Date of the handout” is not a date"),
    ({"given_on": "9999-12-31"}, "given_on", "a year or more from today"),
    ({"given_on": "0001-01-01"}, "given_on", "a year or more from today"),
    ({"given_on": "1999-11-25"}, "given_on", "a year or more from today"),
    ({"born": "0001-01-01"}, "born", "120 or older"),
    ({"born": "1850-01-01"}, "born", "120 or older"),
    ({"diagnosis": "fracture", "state": "cleared", "cleared_on": "0001-01-01"}, "cleared_on",
     "over a year ago"),
    ({"patient": "Ana\tRuiz"}, "patient", "on one line"),
    ({"note": "x\n" * 40}, "note", "Shorten the text by"),
    ({"patient": "x" * 81}, "patient", "1 letters too long. Write 80 characters at most"),
    ({"note": "x" * 890}, "note", "290 letters too long. Write 600 characters at most"),
    ({"patient": "陈伟"}, "patient", "Chinese"),
    ({"minutes.self-massage": "26", "times.self-massage": "1"}, "minutes.self-massage",
     "8 to 25 minutes, 1 to 2 times a week"),
    ({"minutes.self-massage": "3", "times.self-massage": "1"}, "minutes.self-massage", "8 to 25"),
    ({"minutes.self-massage": "9", "times.self-massage": "x"}, "times.self-massage", "1 to 2"),
    ({"minutes.self-massage": "5"}, "times.self-massage", "Fill in both"),
    ({"massages_by": "own"}, "massages", "No massage is ticked"),
    ({"tips_by": "own"}, "tips", "No tip is ticked"),
    ({"tips_by": "own", "tips": "antibiotics"}, "tips", "does not fit"),
    ({"state": "settled"}, "state", "none of the choices"),
    ({"side": "top"}, "side", "none of the choices"),
    ({"flags": "none"}, "flags", "none of the choices"),
    ({"paper": "a5"}, "paper", "none of the choices"),
    ({"skin": "green"}, "skin", "none of the choices"),
    ({"format": "tiny"}, "format", "none of the choices"),
    ({"edition": "long"}, "edition", "none of the choices"),
    ({"language": "fr"}, "language", "none of the choices")])
def test_what_is_wrong_is_told_at_its_field(problems, form, field, said):
    found = problems(**{"diagnosis": "osteoarthritis", **form})

    assert [name for name, _ in found] == [field]
    assert said in found[0][1]
    typed = [form[name].strip() for name in ("born", "patient", "note") if name in form]
    assert not any(value in found[0][1] for value in typed)


def test_what_is_wrong_is_told_in_spanish(problems):
    assert problems(diagnosis="gout", patient="陈伟", words="es") == [
        ("patient", " ".join(all_words()["es"]["problems"]["letters"]).format(field="Nombre"))]


def test_each_wrong_reason_in_spanish_is_the_one_in_english(problems):
    words = all_words()["es"]["problems"]

    for form, name, values in (
            ({"note": "x\n" * 40}, "no_lines", {"field": "Nota"}),
            ({"patient": "陈伟"}, "letters", {"field": "Nombre"}),
            ({"patient": "Ana\tRuiz"}, "one_line", {"field": "Nombre"}),
            ({"born": "2015-01-01"}, "adults", {}),
            ({"minutes.self-massage": "3", "times.self-massage": "1"}, "dose",
             {"field": "Automasaje", "least": 8, "minutes": 25, "times": 2})):
        told = problems(diagnosis="osteoarthritis", words="es", **form)
        assert [said for _, said in told] == [" ".join(words[name]).format(**values)]


def test_all_that_is_wrong_is_told_at_once(problems):
    told = problems(diagnosis="osteoarthritis", born="2015-01-01", patient="陈伟",
                    **{"minutes.self-massage": "99", "times.self-massage": "1"})

    assert [name for name, _ in told] == ["patient", "born", "minutes.self-massage"]


def test_without_a_script_a_wrong_form_comes_back_with_a_way_to_each_field(web):
    answer = web.post("/handout", data={**ANA, "born": "x", "given_on": "y"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    for name in ("born", "given_on"):
        assert f'href="#f-{name}"' in answer.text
        assert f'id="m-{name}"' in answer.text
        assert 'aria-invalid="true"' in fields(answer.text)[f"f-{name}"]


def test_every_choice_is_asked_for(site):
    form = Form(
        diagnosis="osteoarthritis", state="calm", side="both", flags=("numbness",),
        massages_by="own", massages=("self-massage",), tips_by="own", tips=("move",),
        minutes={"self-massage": "9"}, times={"self-massage": "1"}, language="es", paper="a4",
        format="large-print", mono="1", skin="dark", edition="full", patient="Ana",
        born="1960-02-29", record="A-1", given_by="Dr Lee", given_on="2026-11-24",
        next_visit="soon", note="Twice.")

    assert ask(form, site, all_words()["en"], strict=True).request == Request(
        "osteoarthritis", "calm", ("numbness",), ("self-massage",), ("move",),
        {"self-massage": Dose(9, 1)}, "both", "es", "a4", "large-print", True, "dark",
        Patient("Ana", date(1960, 2, 29), "A-1", "Dr Lee", date(2026, 11, 24), "soon",
                note="Twice."), edition="full")


def test_every_choice_of_print_reaches_the_pdf(web):
    asked = {**ANA, "state": "calm"}  # the leaf alone is for a knee that was examined
    plain = web.post("/handout", data=asked).content
    others = [web.post("/handout", data={**asked, name: value}).content for name, value in (
        ("paper", "a4"), ("format", "large-print"), ("mono", "1"), ("skin", "dark"),
        ("language", "es"), ("edition", "full"), ("edition", "sheet"))]

    assert all(data.startswith(b"%PDF") for data in others)
    assert len({plain, *others}) == 8


def test_a_dose_of_ones_own_is_printed(web):
    data = web.post("/handout", data={**ANA, "state": "calm", "minutes.self-massage": "21",
                                      "times.self-massage": "1"}).content

    assert "21 minutes, once a week" in " ".join(page_texts(data))


def test_what_was_given_is_kept_by_its_id_and_what_was_seen_is_not(site, tmp_path):
    with client_of(replace(site, records=Records(tmp_path / "given"))) as own:
        own.post("/preview", data=ANA, headers=JSON)
        assert not (tmp_path / "given").exists()
        own.post("/handout", data=ANA)
    kept = [path.read_text("utf-8") for path in (tmp_path / "given").iterdir()]

    assert len(kept) == 1
    assert json.loads(kept[0])["cause"] == "osteoarthritis"
    assert "Ana" not in kept[0]


# -- what was typed stays --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["patient", "record", "given_by", "next_visit"])
def test_a_field_shows_what_was_typed_and_prints_it_without_blanks_at_its_ends(web, preview, name):
    form = {"diagnosis": "osteoarthritis", name: " Ana  "}

    assert 'value=" Ana  "' in fields(preview(**form)["form"])[f"f-{name}"]
    assert web.post("/handout", data=form).content == web.post(
        "/handout", data={**form, name: "Ana"}).content


def test_a_note_shows_what_was_typed(preview):
    form = preview(diagnosis="gout", note="Stop.\r\n\r\nCall me \r\n")["form"]

    assert ">\nStop.\n\nCall me \n</textarea>" in form


@pytest.mark.parametrize("typed", ["tendin", "", "Q99.9", "396275006"])
def test_a_slip_in_the_cause_keeps_everything_else(preview, typed):
    ticked = {**ANA, "was": "osteoarthritis", "state": "calm", "side": "left",
              "flags": "anticoagulant", "massages_by": "own", "massages": "self-massage",
              "minutes.self-massage": "10", "times.self-massage": "2", "format": "large-print",
              "note": "Twice."}
    answer = preview(**{**ticked, "diagnosis": typed})
    shown = fields(answer["form"])
    before = fields(preview(**ticked)["form"])
    own = {"f-diagnosis", "f-token"}

    assert not answer["ready"]
    assert {name: tag for name, tag in shown.items() if name not in own} == {
        name: tag for name, tag in before.items() if name not in own}
    assert 'id="pick-gout"' in answer["form"]


def test_before_the_first_cause_all_that_came_stays(web):
    page = web.post("/", data={"diagnosis": "tendin", "patient": "Ana", "flags": ["dvt", "cancer"],
                               "minutes.self-massage": "9", "given_by": "Dr Lee"}).text

    for name, value in (("patient", "Ana"), ("flags", "dvt"), ("flags", "cancer"),
                        ("minutes.self-massage", "9"), ("given_by", "Dr Lee")):
        assert f'name="{name}" value="{value}"' in page


def test_the_last_pages_stay_while_something_is_wrong(preview, web):
    ready = preview(diagnosis="gout")
    wrong = preview(diagnosis="gout", was="gout", born="x", token=_token(ready))
    mended = preview(diagnosis="gout", was="gout", token=_token(wrong))

    assert _token(wrong) == _token(ready) != _token(mended)
    assert 'class="pages old"' in wrong["preview"]
    assert "They can't be printed." in texts(wrong["preview"])
    assert web.get(f"/pages/{_token(wrong)}/1").status_code == 200
    assert 'class="pages"' in mended["preview"]


def test_one_s_own_choice_stays_as_it_was_made_even_empty(preview):
    form = preview(diagnosis="osteoarthritis", was="osteoarthritis", state="calm",
                   massages_by="own", tips_by="own")["form"]

    assert not any("checked" in tag for name, tag in fields(form).items()
                   if name.startswith(("f-massage-", "f-tip-")))


@pytest.mark.parametrize("state", ["", "calm"])
def test_more_tips_than_the_page_holds_are_told_and_stay_ticked(preview, problems, knee, state):
    tips = list(knee.cause("osteoarthritis").tips)[:8]
    form = {"diagnosis": "osteoarthritis", "was": "osteoarthritis", "state": state,
            "tips_by": "own", "tips": tips}
    shown = fields(preview(**form)["form"])

    assert problems(**form) == [("tips", "The page holds 6 tips. Untick 2 of them.")]
    assert all("checked" in shown[f"f-tip-{tip}"] for tip in tips)


def test_what_must_wait_is_told_to_those_who_do_not_see_it(preview):
    said = preview(diagnosis="osteoarthritis", state="calm", flags="dvt")["say"]

    assert said == ("Massage must wait. The handout says why, and what to do now. "
                    "Preview updated: 2 pages")


def test_what_a_flag_leaves_out_is_told_with_its_reason(preview):
    answer = preview(diagnosis="osteoarthritis", state="calm", flags="anticoagulant")
    told = ("Removed because the safety rules don't allow it: Heated massager – Firm pressure or "
            "shaking can bruise or bleed on blood thinners.")

    assert told in answer["say"]
    assert told in texts(answer["preview"])


def test_what_is_wrong_is_said_as_well(preview):
    assert preview(diagnosis="tendonitis", born="x")["say"] == (
        "Not ready. Problems to fix: 1. “Date of birth” is not a date. "
        "Write year, month, and day, such as 2026-11-25.")


# -- the next patient ------------------------------------------------------------------------------

FULL = {**ANA, "was": "osteoarthritis", "state": "calm", "side": "left", "flags": "numbness",
        "massages_by": "own", "massages": "self-massage", "minutes.self-massage": "9",
        "times.self-massage": "1", "record": "A-1", "next_visit": "soon", "note": "Twice.",
        "given_by": "Dr Lee", "given_on": "2026-11-24", "language": "es", "paper": "a4",
        "format": "large-print", "mono": "1", "skin": "dark", "edition": "full"}
STAYS = {name: FULL[name] for name in (
    "given_by", "given_on", "language", "paper", "format", "mono", "skin", "edition")}


def test_the_next_patient_finds_clinician_day_and_paper_and_nothing_of_the_last(web):
    page = web.post("/", data={**FULL, "way": "next"}).text.partition('id="today"')[0]
    left = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page))

    assert left == {**STAYS, "words": "en", "was": "", "follows": "", "kept": "1",
                    "token": "", "width": "935",
                    "diagnosis": "", "massages_by": "recommended", "tips_by": "recommended"}
    assert "Ana Ruiz" not in page
    assert "Twice." not in page


def test_the_next_patient_may_have_a_cause_already(preview):
    answer = preview(**{**FULL, "diagnosis": "gout", "fresh": "1"})
    shown = fields(answer["form"])

    assert answer["ready"]
    assert 'value="gout"' in shown["f-diagnosis"]
    assert 'value="Dr Lee"' in shown["f-given_by"]
    assert 'value=""' in shown["f-patient"]
    assert "checked" in shown["f-state-none"]
    assert not any("checked" in tag for name, tag in shown.items() if name.startswith("f-flag-"))


# -- hostile values --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("path", ["/", "/preview", "/handout", "/find", "/protocols", "/forget"])
def test_markup_and_template_code_are_plain_text_everywhere(web, path, name):
    answer = web.post(path, data={**ANA, name: MARKUP})

    assert answer.status_code in (200, 204, 422)
    assert "<script>alert" not in answer.text.replace(json.dumps(MARKUP)[1:-1], "")
    assert "49497" not in texts(answer.text) or b"%PDF" in answer.content


def test_markup_is_printed_as_it_was_typed(web):
    data = web.post("/handout", data={**ANA, "patient": "<b>{{7*7}}</b>"}).content

    assert "<b>{{7*7}}</b>" in page_texts(data)[0]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(FIELDS), text=st.text(max_size=300),
       path=st.sampled_from(["/", "/preview", "/handout", "/find"]))
def test_any_text_in_any_field_is_answered(web, path, name, text):
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = web.post(path, data={**ANA, name: text}, headers=JSON)

    assert answer.status_code in (200, 422)


ANYTHING = st.text(max_size=90)
NUMBERS = st.integers(-3, 130).map(str) | st.sampled_from(["٣", "1e3", "007", "2.5", "²"])
DAYS = st.dates().map(str) | st.sampled_from(["2026-11-25", "2026-02-30", "0-0-0"])
LIKELY = {
    "was": st.just("osteoarthritis"), "state": st.sampled_from(["", "calm", "flare"]),
    "side": st.sampled_from(["left", "both"]), "format": st.just("large-print"),
    **dict.fromkeys(("massages_by", "tips_by"), st.just("own")),
    **dict.fromkeys(("born", "given_on", "cleared_on"), DAYS),
    **dict.fromkeys(("minutes.self-massage", "times.self-massage"), NUMBERS),
    **dict.fromkeys(("patient", "record", "given_by", "next_visit", "note"), ANYTHING),
    "way": st.sampled_from(["load", "examined", "next", "update", "download"]),
    "protocol": st.just("none"), "protocol_name": ANYTHING, "fresh": st.just("1"),
}


def many_of(kind):
    """Some, all, or unheard-of ones of a kind that the pack has."""
    known = sorted(getattr(load_pack().structure, kind))
    return st.lists(st.sampled_from(known), max_size=9) | st.just(known)


LISTS = {kind: many_of(kind) for kind in ("flags", "massages", "tips")}
FORMS = st.fixed_dictionaries({}, optional={**LIKELY, **LISTS}) | st.fixed_dictionaries(
    {}, optional={name: ANYTHING for name in FIELDS})


class RulesAlone:
    """A press that asks the rules as a real one does, and lays nothing out: that takes long."""

    def __init__(self, press, pack):
        self._made, self._pack = press.handout(Request("gout"), TODAY), pack
        self.templates = press.templates

    def handout(self, request, today):
        choose(request, self._pack, today=today)
        return self._made


@pytest.fixture
def quick(site):
    with client_of(replace(site, press=RulesAlone(site.press, site.pack))) as client:
        yield client


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@example(form={"tips_by": "own", "tips": [*load_pack().structure.tips]}, path="/preview")
@given(form=FORMS, path=st.sampled_from(["/", "/preview", "/handout", "/protocols"]))
def test_any_form_is_answered_with_a_page(quick, path, form):
    pairs = [(name, each) for name, value in {"diagnosis": "osteoarthritis", **form}.items()
             for each in ([value] if isinstance(value, str) else value)]
    body = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    answer = quick.post(path, content=body,
                        headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code in (200, 422)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300), kind=st.sampled_from([
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain",
    "multipart/form-data"]))
def test_any_bytes_are_answered(web, body, kind):
    answer = web.post("/preview", content=body, headers={**JSON, "Content-Type": kind})

    assert answer.status_code in (200, 400)


# -- saved choices ---------------------------------------------------------------------------------


def test_choices_are_saved_and_loaded_without_the_patient(web, preview, tmp_path):
    form = {**ANA, "state": "calm", "flags": "numbness", "massages_by": "own", "note": "For Ana.",
            "massages": "self-massage", "minutes.self-massage": "10", "times.self-massage": "2",
            "protocol_name": "OA, first visit"}
    saved = web.post("/protocols", data=form, headers=JSON)
    text = (tmp_path / "handouts" / "protocols" / "OA, first visit.toml").read_text("utf-8")
    loaded = fields(preview(way="examined", protocol="OA, first visit", patient="Max",
                            note="")["form"])

    assert saved.json()["problems"] == []
    assert saved.json()["say"].startswith("Saved as “OA, first visit”.")
    assert "Ana" not in text
    assert 'value="Osteoarthritis"' in loaded["f-diagnosis"]
    assert 'value="Max"' in loaded["f-patient"]
    assert 'value="10"' in loaded["f-minutes.self-massage"]
    for name in ("f-state-calm", "f-flag-numbness", "f-massages_by-own"):
        assert "checked" in loaded[name]


@pytest.mark.parametrize(("form", "said"), [
    ({"protocol_name": "***"}, "The name to save under is missing"),
    ({"protocol_name": ""}, "The name to save under is missing"),
    ({"protocol_name": "../../x", "diagnosis": "none"}, "don't know this"),
    ({"diagnosis": "fracture", "state": "cleared", "cleared_on": "2026-11-01"}, "never saved"),
    ({"massages_by": "own", "massages": "cross-friction"}, "don't allow")])
def test_what_can_t_be_saved_is_told(web, form, said):
    answer = web.post("/protocols", data={**ANA, "protocol_name": "mine", **form}, headers=JSON)

    assert answer.status_code == 422
    assert said in str(answer.json()["problems"])


def test_a_name_that_is_taken_is_kept_until_it_is_to_be_replaced(web):
    form = {**ANA, "protocol_name": "mine"}
    answers = [web.post("/protocols", data=data, headers=JSON).status_code for data in (
        form, form, {**form, "replace": "1"})]

    assert answers == [200, 422, 200]


def test_without_a_script_saving_tells_what_came_of_it(web):
    answer = web.post("/protocols", data={**ANA, "protocol_name": "mine"})

    assert (answer.status_code, "Saved as “mine”." in answer.text) == (200, True)


def test_the_first_name_saved_is_in_the_list_at_once_with_a_way_to_replace_it(web):
    answer = web.post("/protocols", data={**ANA, "protocol_name": "OA, first visit"}, headers=JSON)
    again = web.post("/protocols", data={**ANA, "protocol_name": "oa, First visit"}, headers=JSON)

    assert ">OA, first visit</option>" in answer.json()["form"]
    assert "f-replace" in fields(answer.json()["form"])
    assert "Nothing is saved yet" not in texts(answer.json()["form"])
    assert again.status_code == 422
    assert "Saved choices of that name are there already." in texts(again.json()["form"])
    assert 'value="oa, First visit"' in fields(again.json()["form"])["f-protocol_name"]


@pytest.mark.parametrize(("typed", "kept"), [
    ("OA, first visit", "OA, first visit"), ("Über – Gicht", "Über - Gicht"), ("日本", "日本"),
    ("a/b\\c:d", "a-b-c-d"), ("  Rodilla   (dos) ", "Rodilla (dos)"), ("../x", "x"),
    ("x" * 90, "x" * 40)])
def test_a_name_is_kept_as_it_was_typed_as_far_as_a_file_can(web, tmp_path, typed, kept):
    web.post("/protocols", data={**ANA, "protocol_name": typed})

    assert [path.stem for path in (tmp_path / "handouts" / "protocols").iterdir()] == [kept]


def test_a_name_that_some_system_keeps_for_itself_is_refused(web):
    answer = web.post("/protocols", data={**ANA, "protocol_name": "con"}, headers=JSON)

    assert answer.status_code == 422


def test_what_is_wrong_about_the_patient_does_not_keep_choices_from_being_saved(web):
    answer = web.post("/protocols", data={**ANA, "born": "2020-01-01", "protocol_name": "mine"})

    assert "Saved as “mine”." in texts(answer.text)


@pytest.fixture
def calm(web):
    """Choices that are saved: osteoarthritis, calm, numbness."""
    web.post("/protocols", data={"diagnosis": "osteoarthritis", "state": "calm",
                                 "flags": "numbness", "protocol_name": "calm"})


def test_saved_choices_add_their_flags_to_those_that_are_ticked(preview, calm):
    answer = preview(**{**ANA, "was": "osteoarthritis", "state": "calm", "flags": "dvt",
                        "way": "load", "protocol": "calm"})
    shown = fields(answer["form"])

    assert "checked" in shown["f-flag-dvt"]
    assert "checked" in shown["f-flag-numbness"]
    assert "Massage must wait." in texts(answer["preview"])
    assert "Still ticked from before: blood clot" in texts(answer["form"])
    assert "Still ticked from before: blood clot" in answer["say"]


def test_saved_choices_keep_a_more_cautious_state_that_was_found(preview, calm):
    answer = preview(diagnosis="osteoarthritis", was="osteoarthritis", state="flare",
                     way="load", protocol="calm")

    assert "checked" in fields(answer["form"])["f-state-flare"]
    assert "What you found stays: " in texts(answer["form"])


def test_saved_choices_alone_make_no_examined_knee(preview, calm):
    form = {"diagnosis": "osteoarthritis", "was": "osteoarthritis", "protocol": "calm"}
    loaded, examined = (preview(**form, way=way) for way in ("load", "examined"))

    assert "checked" in fields(loaded["form"])["f-state-none"]
    assert "It is for someone who was examined." in texts(loaded["form"])
    assert 'value="examined"' in loaded["form"]
    assert "checked" in fields(examined["form"])["f-state-calm"]


def test_saved_choices_that_wait_hold_at_once(web, preview):
    web.post("/protocols", data={"diagnosis": "gout", "state": "attack", "protocol_name": "hot"})
    answer = preview(diagnosis="gout", was="gout", state="between", way="load", protocol="hot")

    assert "checked" in fields(answer["form"])["f-state-attack"]
    assert "Massage must wait." in texts(answer["preview"])


def test_saved_choices_keep_the_code_that_was_typed(preview, calm):
    shown = fields(preview(diagnosis="M17.12", was="M17.12", side="left", way="load",
                           protocol="calm", note="Mine.")["form"])

    assert 'value="M17.12"' in shown["f-diagnosis"]
    assert "checked" in shown["f-side-left"]


def test_without_a_script_enter_saves_under_a_name_and_else_updates(web):
    named = web.post("/", data={**ANA, "way": "update", "protocol_name": "mine"})
    plain = web.post("/", data={**ANA, "way": "update"})

    assert "Saved as “mine”." in texts(named.text)
    assert plain.status_code == 200
    assert 'value="Ana Ruiz"' in fields(plain.text)["f-patient"]


def test_enter_presses_a_button_that_only_updates(web):
    page = web.post("/", data=ANA).text
    first = re.search(r"<button[^>]*>", page)[0]  # whichever form it is in: this is the page's

    assert 'form="ask"' in first
    assert 'value="update"' in first
