"""The guides keep to the program: what they name is there."""

import importlib
import re
import textwrap
from pathlib import Path

import pytest

from handouts.compose import markup
from handouts.compose.markup.tags import ATTRIBUTES

ROOT = Path(__file__).parent.parent
GUIDES = [ROOT / "README.md", *sorted((ROOT / ".github").glob("*.md")),
          ROOT / "templates" / "README.md", *sorted((ROOT / "assets").rglob("README.md")),
          ROOT / "assets" / "packs" / "knee" / "CLINICAL.md"]
DOTTED = re.compile(r"\bhandouts(?:\.[A-Za-z_]\w*)+")
MODULES = sorted((ROOT / "handouts").rglob("*.py"))


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
    assert set(re.findall(r"<(\w+)", shown)) == set(ATTRIBUTES)


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
