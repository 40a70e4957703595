"""PDFs that open with a password: still tagged, still PDF/UA-1, and the password nowhere."""

import json
from io import BytesIO

import click
import page
import pikepdf
import pytest

import cli
from handouts import batch
from handouts.commands import make
from handouts.paths import default_brand_path
from handouts.press import locked
from handouts.readers import read
from handouts.request.request import Patient, Request

WORD = "correct horse"


@pytest.fixture
def made(press):
    from helpers import TODAY

    asked = Request("gout", "attack", patient=Patient("Ana Ruiz", given_on=TODAY))
    return press.handout(asked, TODAY).pdf


def opened(data, password=WORD):
    return pikepdf.open(BytesIO(data), password=password)


def test_a_locked_handout_is_aes_256_that_a_screen_reader_may_read(made):
    data = locked.locked(made, WORD)

    with opened(data) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert {what for what, is_allowed in pdf.allow._asdict().items() if is_allowed} == {
            "accessibility", "extract", "print_lowres", "print_highres"}
        assert int(pdf.trailer.Encrypt.P) & 1 << 9  # ISO 14289-1, 7.16
        plain = BytesIO()
        pdf.save(plain)
    assert page.validate_pdf_bytes(plain.getvalue(), profile="ua1").failures == []
    assert b"<pdfaid:part>" not in plain.getvalue()
    for text in (b"Ana Ruiz", b"Gout", b"gout", WORD.encode()):
        assert text not in data


@pytest.mark.parametrize("password", ["", "wrong", WORD.upper()])
def test_no_other_password_opens_it(made, password):
    with pytest.raises(pikepdf.PasswordError):
        opened(locked.locked(made, WORD), password)


def test_its_bytes_differ_each_time(made):
    assert locked.locked(made, WORD) != locked.locked(made, WORD)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "word").write_text(f"{WORD}\nnot this line\n")
    return tmp_path


def test_make_locks_with_the_word_of_a_file_and_replaces_its_like(folder, capsys):
    for _ in range(2):
        assert cli.run(["make", "gout", "--password-file", "word", "-o", "a.pdf", "--json"]) == 0
        out, err = capsys.readouterr()

    assert locked.TOLD in err
    assert WORD not in out + err
    with opened((folder / "a.pdf").read_bytes()) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_make_asks_for_the_word_twice_where_it_can_be_seen_by_nobody(folder, monkeypatch):
    asked = {}
    monkeypatch.setattr(make, "has_terminal", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda text, **how: asked.update(how) or WORD)

    assert cli.run(["make", "gout", "--encrypt", "-o", "a.pdf"]) == 0
    assert asked == {"hide_input": True, "confirmation_prompt": True, "err": True}
    opened((folder / "a.pdf").read_bytes()).close()


@pytest.mark.parametrize(("options", "code", "told"), [
    (["--encrypt"], 2, "--encrypt asks for the password on a terminal; elsewhere give"),
    (["--password-file", "word", "--html"], 2, "A password locks the PDF alone"),
    (["--password-file", "word", "--png"], 2, "A password locks the PDF alone"),
    (["--password-file", "short"], 3, "password: a password has 8 characters at least"),
    (["--password-file", "gone"], 3, "--password-file: can't be read (no such file")])
def test_what_can_not_be_locked_is_not_made(folder, capsys, options, code, told):
    (folder / "short").write_text("s3cret\n")

    assert cli.run(["make", "gout", "-o", "a.pdf", *options]) == code
    said = "".join(capsys.readouterr())
    assert told in said
    assert "s3cret" not in said
    assert not (folder / "a.pdf").exists()


def test_the_library_that_is_missing_is_told_with_its_cure(folder, capsys, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pikepdf", None)

    assert cli.run(["make", "gout", "-o", "a.pdf", "--password-file", "word"]) == 2
    assert "pip install 'handouts[secure]'" in capsys.readouterr().err


def test_a_column_locks_the_rows_that_have_a_word(folder):
    table = folder / "day.csv"
    table.write_text(f"cause,password\ngout,{WORD}\ngout,\nknee-pain,s3cret\n")
    job = batch.Job(folder / "out", default_brand_path(), cache=folder / "cache", jobs=1)

    for _ in range(2):
        from helpers import TODAY

        from handouts.pack.pack import load_pack

        batch.run(read([table], load_pack(), today=TODAY), job, today=TODAY)

    report = json.loads((job.folder / "report.json").read_text())
    first, second = sorted(job.folder.glob("*.pdf"))
    opened(first.read_bytes()).close()
    pikepdf.open(second).close()
    assert (report["made"], report["skipped"]) == ([1], [2])
    assert [failure["row"] for failure in report["failed"]] == [3]
    for path in filter(lambda path: path.is_file(), folder.rglob("*")):
        if path not in (table, folder / "word"):
            assert WORD.encode() not in path.read_bytes()
            assert b"s3cret" not in path.read_bytes()
