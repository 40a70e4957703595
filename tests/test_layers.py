"""The picture of the layers: imports point down, and some libraries stay behind fences."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = """
cli
commands
web
batch          export      infobutton   waiting
make           check        ledger      protocols  summary
sheets
press          readers      index
poster
compose        pdf          html
context        markup       identity     rendering
choices
session
safety         codes        brand       panel       addresses
catalogue      logo       brandcolours request
raster
packcheck      adults     fingerprint  records
dates
pack           words      reading      readability outputs
lettering      files      inks     store
drawings       parts
errors         bugs        limits
paths      document     look        recent      locks       stopping
"""
ROWS = [line.split() for line in LAYERS.strip().splitlines()]
FENCES = {
    "click": {"cli", "commands"},
    "distributed": {"batch"},
    "jinja2": {"rendering", "web"},
    "page": {"check"},
    "pikepdf": {"check"},
    "reportlab": {"pdf"},
    "segno": {"pdf"},
    "svglib": {"pdf"},
    "uharfbuzz": {"lettering"},
    "pymupdf_fonts": {"lettering"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "bidi": set(),  # python-bidi: only the tests, as the judge of lettering.direction
}


def _modules():
    for path in [ROOT / "cli.py", *(ROOT / "handouts").rglob("*.py")]:
        inside = path.relative_to(ROOT).with_suffix("").parts
        name = inside[0] if inside[0] == "cli" else inside[1]
        if name != "__init__":
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "handouts":
                yield from (f"handouts.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _row(name):
    return next(at for at, row in enumerate(ROWS) if name in row)


def test_every_module_has_its_place_in_the_picture():
    assert {name for name, _ in _modules()} == {name for row in ROWS for name in row}


def test_a_module_imports_only_from_rows_below_its_own():
    wrong = [
        (name, target) for name, tree in _modules() for target in _imports(tree)
        if target.startswith("handouts.") and not target.startswith("handouts.__")
        and (inner := target.split(".")[1]) != name and _row(inner) <= _row(name)]

    assert wrong == []


def test_each_fenced_library_is_imported_only_behind_its_fence():
    wrong = [(name, target) for name, tree in _modules() for target in _imports(tree)
             if name not in FENCES.get(target.split(".")[0], {name})]

    assert wrong == []


def test_the_top_level_holds_what_the_owner_fixed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True,
                            check=True).stdout.split()
    shown = {path.split("/")[0] for path in listed if not path.startswith(".")}

    assert shown == {
        "handouts", "templates", "assets", "cli.py", "tests", "pyproject.toml", "README.md",
        "LICENSE", "CHANGELOG.md"}
