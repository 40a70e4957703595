"""The e-mail of a handout: what mail programs keep of it, and that no patient is in it."""

import email
import re
from email.policy import default
from pathlib import Path

import html5lib
import pytest

import cli
from handouts import document as doc
from handouts.html import mail
from handouts.request.look import Look
from handouts.request.request import Patient

PATIENT = Patient(name="Zoe Quill", id="QX-7701", note="Mind the stairs")
STYLED = {"p", "li", "h1", "h2", "h3", "h4", "td", "th"}
KEPT = {"html", "head", "meta", "title", "body", "table", "tbody", "thead", "tr", "td", "th", "p",
        "div", "span", "strong", "b", "a", "ul", "ol", "li", "img", "h1", "h2", "h3", "h4", "h5"}


def sent(document, brand, look=None, pictures=lambda name, mirror: name.encode()):
    data = mail.message(document, brand, look or Look(), pictures)
    return data, email.message_from_bytes(data, policy=default)


def body(message):
    text = message.get_body(("html",)).get_content()
    return text, html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)


CASES = [("osteoarthritis", {"state": "calm", "side": "right", "edition": "full"}),
         ("osteoarthritis", {"language": "es"}), ("infection", {}), ("gout", {"state": "attack"}),
         ("knee-pain", {"edition": "sheet", "state": "unknown"})]


@pytest.mark.parametrize(("cause", "asked"), CASES, ids=lambda case: str(case)[:24])
def test_a_message_holds_what_mail_programs_keep_and_nothing_of_the_patient(
        document, brand, cause, asked):
    made = document(cause, patient=PATIENT, **asked)
    data, message = sent(made, brand)
    text, tree = body(message)

    assert len(text.encode()) < mail.LIMIT
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= KEPT
    assert not re.search(r"class=|<style|<script|url\(|var\(", text)
    assert all(element.get("style") for element in tree.iter() if element.tag in STYLED
               and element.get("align") is None)
    whole = " ".join((text, message.get_body(("plain",)).get_content(), message["subject"]))
    assert not any(value in whole for value in ("Quill", "7701", "stairs"))
    assert b"Quill" not in data


def test_every_picture_is_a_part_of_the_message_with_its_words(document, brand):
    made = document("osteoarthritis", state="calm", side="right")
    _, message = sent(made, brand)
    _, tree = body(message)
    shown = {image.get("src").removeprefix("cid:"): image.get("alt") for image in tree.iter("img")}
    parts = {part["content-id"].strip("<>"): part for part in message.walk() if part["content-id"]}

    assert parts.keys() == shown.keys() > {"step1", "zones"}
    assert all(shown.values())
    assert {part.get_content_type() for part in parts.values()} == {"image/png"}


def test_a_picture_is_mirrored_as_on_the_page(document, brand):
    asked = {}

    def drawn(name, mirror):
        asked[name] = mirror
        return b""

    sent(document("osteoarthritis", state="calm", side="right"), brand, pictures=drawn)

    assert asked["step1"] is True


def test_the_plain_text_has_all_words(document, brand):
    made = document("osteoarthritis", state="calm")
    _, message = sent(made, brand)
    lines = message.get_body(("plain",)).get_content().splitlines()

    routine, = (block for one in made.pages for block in one.blocks
                if isinstance(block, doc.Routine))
    for step in routine.steps:
        assert any(step.title in line for line in lines)
        assert step.never in "\n".join(lines)
    assert made.footer.disclaimer in " ".join(lines)
    assert "- Your knee is hot, red, or very swollen." in lines


def test_an_emergency_opens_the_message(document, brand):
    made = document("infection")
    alarm, = (block for block in made.pages[0].blocks if isinstance(block, doc.Alarm))
    _, message = sent(made, brand)
    text, _ = body(message)
    lines = message.get_body(("plain",)).get_content().splitlines()

    assert next(filter(None, lines)) == alarm.title == message["subject"]
    assert text.index(alarm.title + "</h1>") < text.index(brand.name)
    assert 'href="tel:911"' in text
    assert re.search(r'color:#FFFFFF">' + alarm.title, text)  # on the red bar


def test_the_subject_is_the_title_without_the_diagnosis(document, brand):
    _, message = sent(document("osteoarthritis", state="calm", side="left"), brand)

    assert message["subject"] == "Massage for your left knee"
    assert message["to"] is message["from"] is None
    assert message["x-unsent"] == "1"


def test_the_same_handout_is_the_same_file(document, brand):
    made = document("osteoarthritis", state="calm")

    assert sent(made, brand)[0] == sent(made, brand)[0]


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "cache"))

    def ran(*words):
        code = cli.run(["make", *words])
        return (int(code), *capsys.readouterr())

    return ran


def test_make_writes_the_message_beside_the_pdf_and_again(run):
    words = ("gout", "--state", "attack", "--patient", "Zoe Quill", "--email")
    code, out, _ = run(*words)
    first = Path("gout.eml").read_bytes()

    assert (code, out.splitlines()) == (0, ["gout.pdf", "gout.eml"])
    assert b"Quill" not in first
    assert b"image/png" in first
    assert run(*words)[0] == 0  # our own file is replaced
    assert Path("gout.eml").read_bytes() == first


def test_a_message_of_another_program_is_kept(run):
    Path("gout.eml").write_bytes(b"From: somebody\r\n\r\nHello")

    code, _, told = run("gout", "--email")
    assert code == 2
    assert "gout.eml" in told
    assert Path("gout.eml").read_bytes().endswith(b"Hello")


@pytest.mark.parametrize("words", [("-o", "-"), ("-o", "x.eml")])
def test_a_message_needs_a_file_of_its_own(run, words):
    assert run("gout", "--email", *words)[0] == 2


def test_json_names_the_message(run):
    _, out, _ = run("gout", "--email", "--json")

    assert '"email": "gout.eml"' in out
