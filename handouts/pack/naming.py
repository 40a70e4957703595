"""What people call a cause, a massage, a flag, a side or a language → its id.

An id is known as itself, by its name in every language of the pack and by its synonyms; case,
accents and signs don't count.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.pack.pack import Pack

# Words beside a cause that name no other one.
_FILLING = {"of", "the", "in", "de", "del", "la", "en", "unilateral", "primary", "unspecified"}
_FIELDS = {"causes": "cause", "massages": "massages", "flags": "flags", "sides": "side",
           "languages": "language"}
Kind = Literal["causes", "massages", "flags", "sides", "languages"]


def id_of(pack: "Pack", kind: Kind, text: str) -> str:
    """The id that a text means; the text itself, for others to refuse, where it means none.

    Raises UsageError for a text that may mean several; it names them.
    """
    if kind == "languages":
        return language_of(text, pack) or text
    known = _table(pack, kind).get(plain(text), ())
    if len(known) > 1:
        raise UsageError("this may mean more than one", where=kind.removesuffix("s"),
                         field=_FIELDS[kind],
                         cure=f"Write {' or '.join(known)}.")
    return known[0] if known else text


def language_of(tag: str, pack: "Pack") -> str:
    """The pack's language for a name, or a tag such as `es`, `es-MX`, `es_419`; else none."""
    known = pack.names.get("language")
    if known is None:
        said = pack.structure.synonyms
        known = pack.names["language"] = {
            _folded(name): (language,) for language in (*said.languages, *pack.languages)
            for name in (language, *said.languages.get(language, ()),
                         *said.abroad.get("languages", {}).get(language, ()))}
    folded = _folded(tag)
    # Behind the language: its region, its script, or its other names.
    found = known.get(folded) or known.get(re.split("[-_;(.]", folded)[0].strip(), ("",))
    return found[0] if found[0] in pack.languages else ""


def _folded(name: str) -> str:
    """A language's name without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.strip().casefold())
                   if not unicodedata.combining(char))


def cause_and_side(pack: "Pack", text: str) -> tuple[str, str]:
    """The cause that a text means, and the side that it names beside it, as in `gout, left`;
    both empty where it means no cause. Raises as `id_of` does."""
    found = id_of(pack, "causes", text)
    if found in pack.structure.causes:
        return found, ""
    rest, named = f" {plain(text)} ", set[str]()
    sides, places = _side_words(pack)
    for name, (side,) in sides.items():
        if name in rest:
            rest = rest.replace(name, " ")
            named.add(side)
    for left_out in (_FILLING, _FILLING | places.keys()):
        words = [word for word in rest.split() if word not in left_out]
        for short in (" ".join(words), _in_order(pack, words)):
            found = id_of(pack, "causes", short) if short else ""
            if found in pack.structure.causes:
                return found, named.pop() if len(named) == 1 else "both" if named else ""
    return "", ""


def _side_words(pack: "Pack") -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, object]]:
    """The names of sides that are one word, with blanks around them, the longest first; and the
    words of all of them, as of "right leg"."""
    if "side-words" not in pack.names:
        names = sorted(_entries(pack, "sides"), key=lambda entry: -len(entry[0]))
        pack.names["places"] = dict.fromkeys(
            (word for name, _ in names for word in plain(name).split()), ())
        pack.names["side-words"] = {f" {plain(name)} ": (side,) for name, side in names
                                    if " " not in name}
    return pack.names["side-words"], pack.names["places"]


def _in_order(pack: "Pack", words: list[str]) -> str:
    """The name of a cause that has these words in another order, or nothing."""
    by_words = pack.names.get("cause-words")
    if by_words is None:
        by_words = pack.names["cause-words"] = {
            " ".join(sorted(name.split())): (name,) for name in _table(pack, "causes")}
    return by_words.get(" ".join(sorted(words)), ("",))[0]


def is_listed(pack: Path, kind: Kind, text: str) -> bool:
    """Whether a text is an id by the synonyms of a pack's folder: told without reading the pack."""
    try:
        listed = (pack / "synonyms.toml").read_text(encoding="utf-8")
    except OSError:
        return False
    part = listed.partition(f"\n[{kind}]\n")[2].partition("\n[")[0]
    return re.search(rf"^{re.escape(text)} = ", part, re.MULTILINE) is not None


def ids_of(pack: "Pack", kind: Kind, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids that texts mean, each once; raises as `id_of` does."""
    return tuple(dict.fromkeys(id_of(pack, kind, text) for text in texts))


def names_of(pack: "Pack", kind: Kind) -> Iterable[str]:
    """All names of a kind, each as `plain` has it."""
    return _table(pack, kind).keys()


def plain(text: str) -> str:
    """Letters and digits alone, without accents and case; apostrophe and point part no word."""
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN).split())


class _Plain(dict[int, str]):
    """What a character comes to by its code, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        part_no_word = unicodedata.combining(char) or char in "'’`."
        found = self[code] = "" if part_no_word else char if char.isalnum() else " "
        return found


_PLAIN = _Plain()


def _table(pack: "Pack", kind: Kind) -> dict[str, tuple[str, ...]]:
    """The ids of each name, worked out once for a pack."""
    if kind in pack.names:
        return pack.names[kind]
    entries = tuple(_entries(pack, kind))
    table: defaultdict[str, list[str]] = defaultdict(list)
    for name, id_ in entries:
        if id_ not in table[plain(name)]:
            table[plain(name)].append(id_)
    for name, id_ in entries:
        if name == id_:  # an id means itself, whatever else has that name
            table[plain(name)] = [id_]
    return pack.names.setdefault(kind, {name: tuple(ids) for name, ids in table.items()})


def _entries(pack: "Pack", kind: Kind) -> Iterator[tuple[str, str]]:
    """Every name with the id that it may mean."""
    synonyms: dict[str, tuple[str, ...]] = getattr(pack.structure.synonyms, kind)
    for id_, names in (*synonyms.items(), *pack.structure.synonyms.abroad.get(kind, {}).items()):
        yield id_, id_
        yield from ((name, id_) for name in names)
    for words in pack.words.values():
        kinds: dict[str, Mapping[str, Any]] = {
            "causes": words.causes, "massages": words.massages.massages, "flags": words.flags}
        named = kinds.get(kind, {})
        yield from ((entry.name, id_) for id_, entry in named.items())
        yield from ((id_, id_) for id_ in named)
