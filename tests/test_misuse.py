"""Nothing that is typed comes back, in whatever form and place it is typed."""

from collections.abc import Iterator

import click
import pytest
from helpers import all_commands

import cli

MARK = "Quaggazebra"
# What each command needs beside the value under test; all of it is right.
BASE = {
    "make": ["gout", "-o", "x.pdf"], "serve": ["--no-open"], "batch": ["clinic.csv", "-o", "out"],
    "set": ["-o", "out"], "list": ["causes"], "check": ["none.pdf"], "brand new": ["mine"],
    "brand check": ["mine"], "export openemr": ["out"], "show": ["7K3F-9Q2M"],
    "infobutton": ["mainSearchCriteria.v.c=M17.11"], "protocol new": ["mine", "gout"],
    "protocol show": ["mine"]}
# A file that is written is the result, and its name is told.
RESULTS = {"output", "folder", "print_run", "fhir_out"}
COMMANDS = {" ".join(words): command for words, command in all_commands(cli.handouts).items()}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "clinic.csv").write_text("cause\ngout\n", encoding="utf-8")


@pytest.fixture
def told(capsys):
    """Runs a command line: its exit code, and all that it wrote."""

    def ran(*arguments):
        code = cli.run(arguments)
        return int(code), "".join(capsys.readouterr())

    return ran


def forms(name: str, mark: str) -> Iterator[list[str]]:
    """Command lines with a mark in each place where one can be typed."""
    words, base = name.split(), BASE.get(name, [])
    for param in COMMANDS[name].params:
        if param.name in RESULTS:
            continue
        if isinstance(param, click.Argument):
            kept = base[:1] if name == "protocol new" else []  # the name of the file it writes
            yield [*words, *kept, mark, *base[len(kept) + 1:]]
            yield [*words, *(kept or base[1:]), "--", mark]
            continue
        for option in param.opts:
            yield [*words, *base, f"{option}={mark}"]
            yield [*words, *base, option, mark]
            yield [*words, *base, f"{option[:-1]}={mark}"]
            yield [*words, *base, f"{option}{mark}"]
    for typed in (f"--{mark}", f"-{mark}", f"-x{mark}", f"-h{mark}", f"--{mark}=1", mark):
        yield [*words, *base, typed]
        yield [*words[:-1], typed, *base]
    yield [*words, *base, "--", mark]


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_typed_comes_back_in_any_form_of_any_option(told, name):
    for arguments in forms(name, MARK):
        code, said = told(*arguments)

        if "--json" in arguments and name == "check":  # says of each file given what is wrong
            said = "".join(line for line in said.splitlines() if not line.startswith("{"))
        assert MARK not in said, arguments
        assert code in (0, 1, 2, 3, 4), arguments


@pytest.mark.parametrize("name", COMMANDS)
def test_bytes_that_are_no_text_are_no_bug_in_any_option(told, name):
    for arguments in forms(name, "Qu\udcfcgga"):
        code, said = told(*arguments)

        said.encode()
        assert code in (0, 1, 2, 3, 4), arguments


@pytest.mark.parametrize(("typed", "said"), [
    ("make gout --side=Ana", "--side: choose left or right or both."),
    ("make gout --sid=Ana", "There is no such option. Did you mean --side or --id or --skin?"),
    ("make gout --mono=Ana", "--mono takes no value."),
    ("make gout --side", "--side needs a value."),
    ("serve --port Ana", "--port: write a whole number from 0 to 65535."),
    ("batch clinic.csv -o out --jobs 0", "--jobs: write a whole number from 1 on."),
    ("batch none.csv -o out", "FILE: there is no such file, or you may not read it."),
    ("batch clinic.csv", "--output is missing."),
    ("batch -o out", "FILE is missing."),
    ("make gout --templates none", "--templates: there is no such folder, or you may not read it."),
    ("infobutton x --base-url Ana", "--base-url: write an address such as https://sheets.example."),
    ("brand chekc", "There is no such command. Did you mean check?"),
    ("cache Ana", "There is no such command. Known: clear, info."),
])
def test_what_is_wrong_is_told_by_the_option_s_name_with_the_right_form(told, typed, said):
    code, message = told(*typed.split())

    command = typed.split()[0]
    assert code == 2
    assert message == f"handouts: {said}\nSee: handouts {command} --help\n"


def _valued(kind) -> list:
    return [pytest.param(name, param, id=f"{name} {param.name}")
            for name, command in COMMANDS.items() for param in getattr(command, "params", ())
            if isinstance(param, kind)]


@pytest.mark.parametrize(("name", "option"), _valued(click.Option))
def test_an_option_that_takes_one_value_is_given_once(told, tmp_path, name, option):
    if option.is_flag or option.multiple or option.count:
        return
    before = {*tmp_path.iterdir()}
    code, said = told(*name.split(), *BASE.get(name, []), *[f"{option.opts[-1]}=1"] * 2)

    assert (code, "stands there twice" in said) == (2, True)
    assert {*tmp_path.iterdir()} == before


# What means the same as leaving it out.
MAY_BE_EMPTY = {"patient", "record", "clinician", "review", "note", "language", "dask", "state",
                "host"}


@pytest.mark.parametrize(("name", "param"), _valued(click.Parameter))
def test_an_empty_value_is_refused_where_leaving_it_out_means_something_else(
        told, tmp_path, name, param):
    if getattr(param, "is_flag", False) or getattr(param, "multiple", False):
        return
    is_option = isinstance(param, click.Option)
    if param.name in MAY_BE_EMPTY and (name, param.name) != ("make", "state"):
        assert is_option
        return
    before = {*tmp_path.iterdir()}
    base = [word for word in BASE.get(name, []) if word not in ("-o", "out", "x.pdf")]
    values = [*base, f"{param.opts[-1]}="] if is_option else [
        "", *base[1:]] if param is COMMANDS[name].params[0] or len(base) < 2 else [base[0], ""]
    code, said = told(*name.split(), *values)

    assert code in (2, 3), said
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize("words", [
    "set -o -", "export openemr -", "brand new -", "batch clinic.csv -o -",
    "batch clinic.csv -o out --print-run -", "batch clinic.csv -o out --fhir-out -"])
def test_what_can_t_go_to_stdout_says_so_and_makes_no_file_of_that_name(told, tmp_path, words):
    before = {*tmp_path.iterdir()}
    code, said = told(*words.split())

    assert (code, "and - is stdout" in said) == (2, True)
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize("words", ["make gout -o x.pdf", "protocol new mine gout"])
def test_two_doses_of_one_massage_are_refused(told, words):
    code, said = told(*words.split(), *("--dose", "self-massage=5,2") * 2)

    assert (code, "two doses are given for one massage" in said) == (2, True)


def test_two_fields_for_one_column_are_refused(told):
    code, said = told("batch", "clinic.csv", "-o", "out", "--map", "A=patient", "--map", "A=id")

    assert (code, "--map gives one column twice" in said) == (2, True)
