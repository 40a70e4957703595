"""The package's public names: there, listed, and typed for whoever uses the library."""

import ast
from pathlib import Path

import pytest

import handouts

SOURCE = Path(handouts.__file__)


@pytest.mark.parametrize("name", [*handouts.__all__, "__version__"])
def test_every_public_name_is_there_and_listed(name):
    assert getattr(handouts, name)
    assert name in dir(handouts)


def test_a_type_checker_sees_every_public_name():
    [typed] = [node for node in ast.parse(SOURCE.read_text(encoding="utf-8")).body
               if isinstance(node, ast.If)]
    names = {alias.name for node in typed.body if isinstance(node, ast.ImportFrom)
             for alias in node.names}

    assert names == set(handouts.__all__)
    assert SOURCE.with_name("py.typed").is_file()
