"""Which words of a row are not understood, and what a person has read in their place.

A cell is mended word by word: what was understood stays, and a word that is replaced is still read
for what it warns of.
"""

from collections.abc import Callable, Container, Iterable
from functools import partial

from handouts.coding.named import said_by, sides_in
from handouts.errors import DoubtError, HandoutError, InputError, UsageError
from handouts.pack.naming import Kind, cause_and_side, id_of
from handouts.pack.pack import Pack
from handouts.readers.rows import Slip
from handouts.readers.tables import values
from handouts.readers.tables.beside import WordsBeside
from handouts.readers.tables.columns import FLAG, Header
from handouts.readers.tables.csvfile import Record
from handouts.readers.tables.table import Table
from handouts.request.request import Request

_LONGEST = 2000  # characters of a word that are read


def mended(record: Record, table: Table, pack: Pack) -> tuple[list[WordsBeside], Record]:
    """The words of a record that are replaced, and the record with what is read in their place."""
    given = table.mended.get(record.line, {})
    cells, replaced = [*record.cells], list[WordsBeside]()
    for at in sorted({place - 1 for place, _ in given}):
        field = _field_at(table.columns, at)
        if not field or at >= len(cells):
            continue
        words = values.words_of(values.cleaned(cells[at], field), field) or [""]
        for number, word in enumerate(words):
            new = given.get((at + 1, number + 1))
            if new is None:
                continue
            words[number] = _with_side(new, word, pack) if field == "cause" else new
            replaced.append(WordsBeside(word[:_LONGEST], replaced=True))
        cells[at] = "; ".join(filter(None, words))
    return replaced, record._replace(cells=cells)


def taken_out(line: int, table: Table) -> set[int]:
    """The places of the columns of flags in which a person has a word read as nothing: what it said
    may still be a warning."""
    return {place - 1 for (place, _), new in table.mended.get(line, {}).items()
            if not new and _field_at(table.columns, place - 1) == "flags"}


def _field_at(columns: Header, at: int) -> str:
    """What a column holds as a `Slip` has it, or nothing."""
    if at in columns.flags:
        return f"{FLAG}{columns.flags[at]}"
    return next((field for field in columns.places if at in columns.all_of(field)), "")


def _with_side(cause: str, word: str, pack: Pack) -> str:
    """A cause with the side that the word in its place names."""
    named = sides_in(pack, [word])
    return f"{cause}, {named.pop()}" if cause and len(named) == 1 else cause


# -- what is not understood ------------------------------------------------------------------------


def slips(record: Record, table: Table, pack: Pack, field: str,
          problem: HandoutError | None = None) -> tuple[Slip, ...]:
    """The words that are not understood in the columns of the `field` that stands against a row;
    none where another word settles nothing."""
    if record.problem or not field or isinstance(problem, DoubtError):
        return ()
    if field == "cause":
        return _cause_slip(record, table, pack)
    understood = partial(_UNDERSTOOD.get(field, _never), pack=pack)
    found = [slip for at in table.columns.all_of(field)
             for slip in _in_cell(record, table, at, field, understood)]
    if field == "flags":
        for at, flag in table.columns.flags.items():
            found += _in_cell(record, table, at, f"{FLAG}{flag}", _is_yes_or_no)
    return tuple(found)


def unknown_field(request: Request, pack: Pack) -> str:
    """The field of a row in which something stands that is none of the pack's, or nothing."""
    structure = pack.structure
    if request.cause not in structure.causes:
        return "cause"
    known: dict[str, tuple[Iterable[str], Container[str]]] = {
        "state": ((request.state or "",), ("", *structure.causes[request.cause].states)),
        "flags": (request.flags, structure.flags),
        "massages": (request.massages, structure.massages),
        "tips": (request.tips, structure.tips),
        "lang": ((request.language,), ("", *pack.languages))}
    return next((name for name, (given, ids) in known.items()
                 if any(each not in ids for each in given)), "")


def _in_cell(record: Record, table: Table, at: int, field: str,
             understood: Callable[[str], bool]) -> list[Slip]:
    words = values.words_of(values.cleaned("".join(record.cells[at:at + 1]), field), field)
    return [Slip(at + 1, table.told(at), field, number, len(words), values.masked(word))
            for number, word in enumerate(words, 1) if not understood(word)]


def _cause_slip(record: Record, table: Table, pack: Pack) -> tuple[Slip, ...]:
    """The word in whose place a cause is to be named: the first that says nothing, else the first;
    in a column that is empty the one that is missing."""
    places = table.columns.all_of("cause")
    for understood in (_is_condition, _never):
        for at in places:
            if found := _in_cell(record, table, at, "cause", partial(understood, pack=pack)):
                return (found[0],)
    return tuple(Slip(at + 1, table.told(at), "cause") for at in places[:1])


def _never(word: str, pack: Pack) -> bool:
    return False


def _is_condition(word: str, pack: Pack) -> bool:
    try:
        return bool(cause_and_side(pack, word)[0] or said_by(pack, [word]).flags)
    except UsageError:  # it may be more than one
        return False


def _is_tip(word: str, pack: Pack) -> bool:
    return values.as_id(word) in pack.structure.tips


def _is_flag(word: str, pack: Pack) -> bool:
    return _named(pack, "flags", word) in pack.structure.flags


def _is_massage(word: str, pack: Pack) -> bool:
    return _named(pack, "massages", word) in pack.structure.massages


def _named(pack: Pack, kind: Kind, word: str) -> str:
    """The id that a word of a row means, or nothing."""
    try:
        return id_of(pack, kind, values.as_id(word))
    except UsageError:  # it may be more than one
        return ""


def _is_yes_or_no(word: str) -> bool:
    try:
        values.is_yes(word, "")
    except InputError:
        return False
    return True


# Of a field that is not here, another word in place of all that its cell holds settles it.
_UNDERSTOOD = {"flags": _is_flag, "massages": _is_massage, "tips": _is_tip}
