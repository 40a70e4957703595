"""The content of a language: all that decides what its handouts say and show, text by text, and the
eight letters that stand for it.

It holds the words of the language, the rules, the codes, the drawings and the templates, those of a
practice among them. A review names these letters and holds for nothing else. How a page is set, and
the practice's name and colours, are not in it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from handouts import paths
from handouts.errors import PackError, reason
from handouts.pack.pack import Pack
from handouts.pack.texts import texts
from handouts.pack.words import Words

# No vowels, so that no word comes out; none that is taken for another. With a digit it is an id.
LETTERS = "BCDFGHJKMNPQRSTVWXZ"
LENGTH = 8
_NOT_SAID = {"pack": ("budgets",)}  # what of the rules decides nothing
# Whose texts stand under one name more in memory than in their file.
_GATHERED = {"massages.massages": "massages", "research.notes": "research",
             "figures.figures": "figures"}

Content = Mapping[str, str]  # what it is, such as "words/tips.move.text" → what it says


def content(pack: Pack, language: str, templates: Path | None = None) -> Content:
    """All of it; `templates` is a folder of one's own. PackError where a file can't be read."""
    return {**_words(pack.words_in(language)), **_rules(pack), **_codes(pack.folder),
            **_drawings(pack.figures or paths.data_folder("assets") / "figures"),
            **_templates(paths.data_folder("templates")),
            **(_templates(templates) if templates else {})}


def content_digest(pack: Pack, language: str, templates: Path | None = None) -> str:
    """The letters of that content, kept with the pack as far as it is all its own."""
    if templates is not None:
        return digest_of(content(pack, language, templates))
    if language not in pack.digests:
        pack.digests[language] = digest_of(content(pack, language))
    return pack.digests[language]


def digest_of(said: Content) -> str:
    """The letters that stand for a content, such as KTRM-PWZB."""
    told = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    number, signs = int.from_bytes(sha256(told.encode(errors="surrogateescape")).digest()[:8]), ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        signs += LETTERS[at]
    return f"{signs[:4]}-{signs[4:]}"


def statements(words: Words) -> Iterator[tuple[str, str]]:
    """Every text of a language by its path in the words' files, such as "tips.move.text"."""
    for slot, text in texts(words):
        file, _, rest = slot.partition(".")
        twice = f"{file}.{rest.partition('.')[0]}"
        yield (slot.replace(twice, _GATHERED[twice], 1) if twice in _GATHERED else slot), text


def _words(words: Words) -> dict[str, str]:
    return {f"words/{name}": text for name, text in statements(words)}


def _rules(pack: Pack) -> dict[str, str]:
    tables = msgspec.to_builtins(pack.structure)
    del tables["review"]
    for name, fields in _NOT_SAID.items():
        for field in fields:
            tables[name].pop(field, None)
    return dict(_leaves(tables, "rules"))


def _leaves(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every value of nested tables with its place; a list of plain values is one."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, f"{place}{'.' if '/' in place else '/'}{key}")
    elif isinstance(data, list) and any(isinstance(value, Mapping) for value in data):
        for at, value in enumerate(data):
            yield from _leaves(value, f"{place}[{at}]")
    else:
        yield place, ", ".join(map(str, data)) if isinstance(data, list) else str(data)


def _codes(folder: Path) -> dict[str, str]:
    """The lines of the code tables, which decide who gets what: each by itself, for its order in
    the table decides nothing."""
    return {f"codes/{path.name}: {line}": "" for path in _files(folder / "codes", ".csv")
            for line in _text(path).splitlines()}


@cache
def _drawings(folder: Path) -> dict[str, str]:
    """The pictures by their names; what is compiled from them is them."""
    return {f"drawings/{path.relative_to(folder).as_posix()}": sha256(_bytes(path)).hexdigest()[:16]
            for path in _files(folder, ".svg", ".json") if "kit" not in path.parts}


def _templates(folder: Path) -> dict[str, str]:
    """The templates of a handout by their names; those of the page in the browser print nothing,
    and of one's own any file may be one."""
    built_in = folder == paths.data_folder("templates")
    names = {path.relative_to(folder).as_posix(): path for path in (
        folder.glob("*.j2") if built_in else _files(folder, ""))}
    return {f"templates/{name}": _text_or_digest(names[name]) for name in sorted(names)}


def _files(folder: Path, *endings: str) -> list[Path]:
    return sorted(path for path in folder.rglob("*")
                  if path.name.endswith(endings) and path.is_file())


def _text_or_digest(path: Path) -> str:
    data = _bytes(path)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return sha256(data).hexdigest()


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as error:
        raise PackError("is not UTF-8 text", where=path.name, cure="Save it as UTF-8.") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"can't be read ({reason(error)})", where=str(path),
                        cure="Mend its rights.") from error
