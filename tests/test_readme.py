"""The README keeps to the program, and the other way round."""

import re
from pathlib import Path

from helpers import all_commands

import cli
from handouts.errors import ExitCode

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def _block(marker):
    return re.search(rf"<!-- {marker} -->\s*```sh\n(.*?)```", README, re.S)[1].strip()


def test_the_two_marked_commands_are_one_line_each():
    assert _block("run").count("\n") == 0
    assert _block("test").count("\n") == 0
    assert "handouts make" in _block("run")
    assert "pytest" in _block("test")


def test_every_command_that_the_readme_names_exists():
    blocks = " ".join(re.findall(r"```sh\n(.*?)```", README, re.S))
    named = set(re.findall(r"(?:^|bin/| )handouts ([a-z]+)", blocks, re.M))

    assert named
    assert named <= set(cli.COMMANDS)


def test_every_command_is_named_in_the_readme():
    for name in cli.COMMANDS:
        assert f"handouts {name}" in README


def test_the_exit_codes_are_those_of_the_program():
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.M)}

    assert listed == {int(code) for code in ExitCode}


def test_every_long_option_that_the_readme_names_exists():
    options = {name for command in all_commands(cli.handouts).values()
               for parameter in command.params for name in parameter.opts}
    shown = set(re.findall(r"handouts (?:make|batch)[^\n#]*", README))
    named = {option for line in shown for option in re.findall(r"--[a-z-]+", line)}

    assert named <= options | {"--help"}


def test_the_tests_that_the_promises_of_security_name_are_there():
    tests = Path(__file__).parent
    text = (tests.parent / ".github" / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:tests/)?((?:sweep/)?test_\w+\.py)`", text))

    assert len(named) > 15
    assert [name for name in sorted(named) if not (tests / name).is_file()] == []
