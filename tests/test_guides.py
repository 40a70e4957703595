"""The guides keep to the program: what they name is there."""

import ast
import importlib
import io
import re
import textwrap
import tokenize
from pathlib import Path

import pytest

from handouts.compose import markup
from handouts.compose.markup.tags import ATTRIBUTES
from handouts.pdf.file import tagtree

ROOT = Path(__file__).parent.parent
GUIDES = [ROOT / "README.md", *sorted((ROOT / ".github").glob("*.md")),
          ROOT / "templates" / "README.md", *sorted((ROOT / "assets").rglob("README.md")),
          ROOT / "assets" / "packs" / "knee" / "CLINICAL.md"]
DOTTED = re.compile(r"\bhandouts(?:\.[A-Za-z_]\w*)+")
QUOTED = re.compile(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*?\))?`")
MODULES = sorted((ROOT / "handouts").rglob("*.py"))
STEMS = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}


def _found(dotted):
    """Whether a dotted name can be imported, as a module or as what a module holds."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            if not hasattr(value, name):
                return False
            value = getattr(value, name)
        return True
    return False


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_dotted_name_in_a_guide_can_be_imported(guide):
    named = set(DOTTED.findall(guide.read_text(encoding="utf-8")))

    assert [name for name in sorted(named) if not _found(name)] == []


def _said(module):
    """The docstrings and comments of a module."""
    source = module.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def _is_there(dotted, module):
    """Whether a name, written from its own folder or one around it, can be imported."""
    parts = [*module.relative_to(ROOT).with_suffix("").parts]
    return any(_found(".".join([*parts[:end], dotted])) for end in range(len(parts)))


@pytest.mark.parametrize("module", [*MODULES, ROOT / "cli.py"],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_every_dotted_name_of_the_program_in_a_docstring_or_comment_can_be_imported(module):
    said = "\n".join(_said(module))
    named = {*DOTTED.findall(said),
             *(name for name in QUOTED.findall(said) if name.split(".")[0] in STEMS)}

    assert [name for name in sorted(named) if not _is_there(name, module)] == []


def test_the_table_of_clauses_names_what_there_is():
    rows = re.findall(r"^    (?:UA|A-2) .*`", tagtree.__doc__, re.M)
    named = {name for row in rows for name in QUOTED.findall(row)}

    assert len(rows) > 15
    assert [name for name in sorted(named) if not _found(f"handouts.{name}")] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_guide_is_there(guide):
    text = guide.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:handouts|tests|templates|assets|\.ci|\.github)/[\w./-]+)`", text))
    linked = set(re.findall(r"\]\(([\w./-]+)\)", text))

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
    assert [path for path in sorted(linked) if not (guide.parent / path).exists()] == []


def test_the_guide_to_templates_shows_the_tags_that_there_are():
    text = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```\n(<handout>.*?)\n```", text, re.S)[1]

    assert textwrap.indent(shown, "    ") in markup.__doc__
    assert set(re.findall(r"<([\w-]+)", shown)) == set(ATTRIBUTES)


def test_the_hashes_are_those_of_the_versions_that_are_locked():
    lines = (ROOT / ".ci" / "hashes.txt").read_text(encoding="utf-8").splitlines()
    hashed = {line.split()[0] for line in lines if line[:1].isalnum()}
    locked = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8").split()

    assert hashed == {re.sub("[-_.]+", "-", name.lower()) + version for name, version in
                      (re.fullmatch(r"([^=]+)(==.+)", line).groups() for line in locked)}
    assert all("--hash=sha256:" in line or line[:1].isalnum() for line in lines)


def test_every_template_is_in_its_guide():
    text = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in sorted((ROOT / "templates").glob("*.j2"))
            if f"`{path.name}`" not in text] == []


def test_every_folder_of_the_house_is_in_the_guide_to_it():
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(ROOT).parts[1] for path in MODULES
               if path.parent != ROOT / "handouts"}

    assert [name for name in sorted(folders)
            if not re.search(rf"`(handouts/)?{name}/`", text)] == []
