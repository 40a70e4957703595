"""The guide to packs: its lists of files and fields are those of the program."""

import re
from pathlib import Path
from typing import get_args, get_origin

import msgspec
import pytest

from handouts.pack import care, claims, fulledition, routine, signatures, structure, words
from handouts.pack.reading import kind_in_words
from handouts.review import hazards

GUIDE = (Path(__file__).parent.parent / "assets" / "packs" / "README.md").read_text(
    encoding="utf-8")
TABLES = {name: table for file in (
    structure, care, routine, fulledition, signatures, claims, hazards)
          for name, table in vars(file).items()
          if isinstance(table, type) and issubclass(table, msgspec.Struct)
          and not name.endswith(("Words", "Row", "TopicPart"))
          and table not in (msgspec.Struct, structure.Structure)}
ROW = re.compile(r"\| `(.+)` \| (.+?) \| (.+) \|")


def is_struct(shape):
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


def rows_after(mark):
    """The rows of the table under a mark of the guide, without its head."""
    table = GUIDE.partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0]
    return table.splitlines()[2:]


def tables_of_words(shape, path):
    """Each table of a language's files and what it holds."""
    if is_struct(shape):
        fields = msgspec.structs.fields(shape)
        yield path, ", ".join(f"`{field.encode_name}`" for field in fields)
        for field in fields:
            yield from tables_of_words(field.type, f"{path}.{field.encode_name}")
    elif get_origin(shape) is dict:
        inner = get_args(shape)[1]
        deeper = is_struct(inner) or get_origin(inner) is dict
        yield from (tables_of_words(inner, f"{path}.ID") if deeper
                    else [(path, "a text for each id")])


@pytest.mark.parametrize("name", TABLES)
def test_every_field_of_a_pack_is_in_its_guide_with_what_it_is_and_means(name):
    found = [ROW.fullmatch(row) for row in rows_after(f"fields {name}")]

    assert all(found)
    assert [(row[1], row[2]) for row in found] == [
        (field.encode_name,
         kind_in_words(field.type) + ("" if field.required else "; may be left out"))
        for field in msgspec.structs.fields(TABLES[name])]


def test_the_guide_lists_every_table_of_a_language_and_its_keys():
    shown = [f"| `{path}` | {holds} |" for file in msgspec.structs.fields(words.Words)
             for path, holds in tables_of_words(file.type, file.name)]

    assert rows_after("words") == shown


def test_the_guide_names_every_file_of_a_pack():
    named = re.search(r"## The files\n\n```\n(.*?)```", GUIDE, re.S)[1]

    assert [field.name for field in msgspec.structs.fields(structure.Structure)
            if f"{field.name}.toml" not in named] == []
