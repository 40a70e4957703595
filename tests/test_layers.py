"""The picture of the house: which room may import from which, and which libraries stay where.

A room is a folder of `handouts`, or a module beside them. A row holds a room and all that it
imports; those stand in rows above its own.
"""

import ast
import subprocess
from collections import Counter, defaultdict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = """
paths:
errors:       paths
document:
system:       paths errors
lettering:    paths errors
drawings:     paths errors
pack:         paths errors system drawings
coding:       errors pack
request:      paths errors system lettering pack
rules:        errors pack coding request
brand:        paths errors system lettering drawings pack request
compose:      paths errors document drawings pack request rules brand
pdf.file:     paths errors lettering
pdf.figures:  errors system request brand drawings pdf.file
pdf.layout:   document request pdf.file
pdf.blocks:   document lettering drawings pdf.file pdf.figures pdf.layout
pdf.pages:    errors document system lettering request brand pdf.file pdf.figures pdf.layout pdf.blocks
pdf.poster:   errors document request brand pdf.file pdf.figures pdf.layout pdf.blocks pdf.pages
html:         document request brand drawings
press:        paths errors document system pack request rules brand compose pdf.file pdf.figures pdf.pages pdf.poster html
check:        paths errors system pack brand
review:       errors document system pack request rules brand compose
readers:      paths errors pack coding request rules
batch:        paths errors system pack request brand pdf.file press readers
waiting:      system request brand compose press
export:       errors system pack coding request compose press
infobutton:   errors pack coding request rules brand compose
web:          paths errors system lettering pack coding request rules brand pdf.file html press readers batch waiting infobutton
commands:     paths errors document system pack coding request rules brand compose pdf.file pdf.figures press check review readers batch waiting export infobutton web
cli:          errors system commands
"""  # noqa: E501
ROOMS = {room: set(others.split()) for room, _, others in
         (row.partition(":") for row in HOUSE.strip().splitlines())}
FENCES = {
    "click": {"cli", "commands"},
    "distributed": {"batch"},
    "filelock": {"batch"},
    "jinja2": {"compose", "web"},
    "openpyxl": {"readers"},
    "page": {"check"},
    "pikepdf": {"check", "press"},
    "pymupdf_fonts": {"lettering"},
    "reportlab": {"pdf"},
    "segno": {"pdf"},
    "starlette": {"web"},
    "uharfbuzz": {"lettering"},
    "uvicorn": {"web"},
    "cssselect2": {"pdf"},
    "resvg_py": {"pdf"},
    "tinycss2": {"pdf"},
    "bidi": set(),  # python-bidi: only the tests, as the judge of lettering.direction
}


@cache
def _modules():
    """The syntax tree of every module by its dotted name."""
    found = {}
    for path in [ROOT / "cli.py", *(ROOT / "handouts").rglob("*.py")]:
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@cache
def _imports():
    """All that each module imports, at its head and within its functions."""
    return {name: set(_imported(tree)) for name, tree in _modules().items()}


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in _modules() else node.module


def _room(module):
    """The room that a module is in; none for the package's own face."""
    parts = module.split(".")[module.startswith("handouts"):]
    return next((name for end in (2, 1) if (name := ".".join(parts[:end])) in ROOMS), None)


@cache
def _used():
    """The rooms that each room imports from."""
    used = defaultdict(set)
    for name, targets in _imports().items():
        for target in targets & _modules().keys():
            used[_room(name)].add(_room(target))
    return {room: others - {room} for room, others in used.items()}


def test_every_module_is_in_a_room_of_the_house():
    loose = {name for name in _modules() if _room(name) is None}

    assert loose == {"handouts", "handouts.pdf"}


def test_each_room_imports_what_its_row_says_and_nothing_else():
    assert {room: _used().get(room, set()) for room in ROOMS} == ROOMS


def test_each_row_names_rooms_above_it_alone():
    names = list(ROOMS)

    assert [room for at, room in enumerate(names) if ROOMS[room] - set(names[:at])] == []


def test_no_module_imports_itself_by_a_way_around():
    TopologicalSorter({name: targets & _modules().keys() - {name}
                       for name, targets in _imports().items()}).prepare()


def test_each_fenced_library_is_imported_only_behind_its_fence():
    wrong = [(name, target) for name, targets in _imports().items() for target in targets
             if (room := (_room(name) or name).split(".")[0])
             not in FENCES.get(target.split(".")[0], {room})]

    assert wrong == []


def test_one_class_name_stands_for_one_thing():
    names = Counter(node.name for tree in _modules().values() for node in tree.body
                    if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))

    assert [name for name, count in names.items() if count > 1] == []


def _errors(tree):
    """What a module calls its errors: names that are caught or annotated as one, and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name
        elif isinstance(node, ast.arg) and node.annotation is not None and (
                "Error" in ast.unparse(node.annotation)):
            yield node.arg
    yield from ("problem", "error")


def test_nobody_tells_errors_apart_by_words_for_people():
    """A place is only ever told; what is done about an error depends on its class or `field`."""
    asked = []
    for name, tree in _modules().items():
        places = [node for node in ast.walk(tree)
                  if isinstance(node, ast.Attribute) and node.attr == "where"]
        if not places or name == "handouts.errors":
            continue
        errors = set(_errors(tree))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
        asked += [(name, node.lineno) for node in places if id(node) not in told
                  and ast.unparse(node.value).split(".")[-1] in errors]

    assert asked == []


def test_the_top_level_holds_what_the_owner_fixed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True,
                            check=True).stdout.split()
    shown = {path.split("/")[0] for path in listed if not path.startswith(".")}

    assert shown == {
        "handouts", "templates", "assets", "cli.py", "tests", "pyproject.toml", "README.md",
        "LICENSE", "CHANGELOG.md"}
