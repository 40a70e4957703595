"""What is wrong with a table or with a row of it, and what of it was not used, in the page's words.

The library's own messages speak to whoever types commands. Here the place of an error decides what
is said: the column, and how it is to be written, which the page's help tells as well.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from handouts.errors import DoubtError, HandoutError, NoRoomError, PackError, UnsafeError
from handouts.readers.rows import Aside, Row, Slip, is_not_read
from handouts.readers.tables.columns import FLAG, column_of
from handouts.readers.tables.mending import unknown_field
from handouts.readers.tables.names import NAMES
from handouts.request.look import EDITIONS, PAPERS
from handouts.request.request import FIELD_LIMIT, NOTE_LIMIT, SIDES, Request
from handouts.rules.safety import decide
from handouts.web import problems as reasons
from handouts.web.checked import FORMATS
from handouts.web.problems import own
from handouts.web.site import Site
from handouts.web.texts import Words


class Menu(NamedTuple):
    """What may stand in place of a word, with its words; the name of its field, and its label."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]


class Mendable(NamedTuple):
    """Why a row could not be made, for which menus name what may stand there, and these."""

    short: str
    menus: Sequence[Menu]


# The part of a file that an error is about → what is said of it.
_PARTS = {"row": "shape", "subject": "subject", "Condition": "condition", "Patient": "patient",
          "Bundle": "entry", "codes": "codes", "words": "words",
          "kinds": "kinds"}
# How a file of another kind begins, and what is said of it. A ZIP is what its entries are called.
_BEGINNINGS = (
    (b"%PDF-", "pdf"), (b"\xd0\xcf\x11\xe0", "workbook"), (b"{\\rtf", "document"),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"II*\0", "picture"), (b"MM\0*", "picture"), (b"<!doctype html", "web_page"),
    (b"<html", "web_page"), (b"7z\xbc\xaf", "packed"), (b"Rar!", "packed"),
    (b"BZh", "packed"), (b"\xfd7zXZ", "packed"), (b"\x28\xb5\x2f\xfd", "packed"))
_ZIP = b"PK\x03\x04"
_ZIPPED = ((b"xl/", "workbook"), (b"opendocument.spreadsheet", "workbook"), (b"word/", "document"),
           (b"opendocument.text", "document"))
_ROWS_SHOWN = 20
_LISTS = ("flags", "massages", "tips")  # of which a cell holds several
# What a menu sends beside what may stand in a word's place: nothing in it, or the row left out.
NONE, LEFT_OUT = "-", "!"
_EXPORTS = {".json", ".ndjson", ".jsonl"}


# What of a table is wrong as a whole → what is said of it.
_WHOLE = {"columns": "columns", "dates": "dates", "encoding": "not_text", "patient": "ids",
          "sheet": "sheet", "workbook": "workbook"}


def of_table(error: HandoutError, data: bytes, suffix: str) -> str:
    """The name of the problem of a file that is refused."""
    kind = _kind_of(data.removeprefix(b"\xef\xbb\xbf").strip())
    is_read = kind in ("", "workbook") or (kind == "packed" and data.startswith(_ZIP))
    if not is_read:
        return kind  # whatever the reader of tables made of it
    return _WHOLE.get(error.field) or of_file(data, suffix)


def of_files(error: HandoutError, files: Sequence[tuple[bytes, str]]) -> str:
    """The name of the problem of files that are refused: of the first one that is no table and no
    export whatever is asked, if there is one."""
    if len(files) > 1:
        kinds = [_kind_of(data) for data, _ in files if not data.startswith(_ZIP)]
        if kind := next(filter(None, kinds), ""):
            return kind
    return of_table(error, *files[0])


def of_file(data: bytes, suffix: str) -> str:
    """The name of the problem of a file that can't be read as a table or an export."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text.strip(b",;|"):
        return "empty_table"
    kind = _kind_of(text)
    if kind:
        return kind
    if suffix in _EXPORTS or text[:1] in (b"{", b"[", b"<"):
        return "export"
    try:
        data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        return "not_text"
    return "not_text" if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff") else "columns"


def _kind_of(data: bytes) -> str:
    """The name of what a file is instead of a table or an export, or nothing."""
    if data.startswith(_ZIP):
        return next((kind for sign, kind in _ZIPPED if sign in data), "packed")
    start = data[:20].lower()
    return next((kind for sign, kind in _BEGINNINGS if start.startswith(sign.lower())), "")


def of_row(error: HandoutError, request: Request | None, row: Row, site: Site,
           words: Words) -> str:
    """Why a row could not be made: a sentence or two, without a value of the patient."""
    if isinstance(error, PackError):
        problem = own("", "no_room" if isinstance(error, NoRoomError) else "broken", words)
        return f"{problem.text} {problem.cure}"
    if isinstance(error, UnsafeError) and error.field == "born":
        problem = own("", "adults", words)
        return f"{problem.text} {problem.cure}"
    if isinstance(error, UnsafeError) and request is not None and error.field != "doses":
        return _forbidden(request, site, words)
    said: Mapping[str, str] = words["rows"]
    if isinstance(error, DoubtError):
        return said["condition"]
    if error.field in _PARTS:
        return said[_PARTS[error.field]]
    column = column_of(error.field) or (unknown_field(request, site.pack) if request else "")
    if not column:
        return said["other" if request is not None else "name"]
    return f"{_not_used(row, column, words)} {_how(column, site, words, request)}"


def _not_used(row: Row, column: str, words: Words) -> str:
    """That a column can't be used, or what in it is not understood where the rest of it stays."""
    said: Mapping[str, str] = words["rows"]
    beside = [slip for slip in row.slips if slip.words > 1]  # other words of the cell
    names = dict.fromkeys(slip.column for slip in beside or row.slips) or (
        row.named.get(column, column),)
    shapes = dict.fromkeys(slip.shape for slip in beside)
    return said["unclear" if shapes else "column"].format(name=", ".join(names),
                                                        shapes=", ".join(shapes))


def mendable(row: Row, request: Request | None, site: Site, words: Words) -> Mendable | None:
    """What may stand in place of the words of a row that are not understood; None where that is no
    list."""
    said: Mapping[str, str] = words["many"]
    menus = []
    for slip in row.slips:
        if choices := _menu(slip, site, words, request):
            label = said["instead_word" if slip.words > 1 else "instead_cell" if slip.shape
                         else "instead_missing"].format(**slip._asdict())
            menus.append(Menu(f"mended.{row.line}.{slip.place}.{slip.word}", label,
                              [*choices, (LEFT_OUT, said["leave_row"])]))
    return Mendable(_not_used(row, "", words), menus) if menus else None


def _menu(slip: Slip, site: Site, words: Words, request: Request | None) -> list[tuple[str, str]]:
    """What may stand in place of a word, with its words, where that is a list."""
    said, many = site.pack.words_in(site.language(words)), words["many"]
    if slip.field.startswith(FLAG):
        flag = said.flags[slip.field.removeprefix(FLAG)].name
        return [("yes", many["flag_yes"].format(flag=flag)),
                ("no", many["flag_no"].format(flag=flag))]
    names: dict[str, Mapping[str, str]] = {
        "cause": {name: each.name for name, each in said.causes.items()},
        "flags": {name: each.name for name, each in said.flags.items()},
        "massages": {name: each.name for name, each in said.massages.massages.items()},
        "tips": {name: each.title for name, each in said.tips.items()},
        "side": words["sides"], "lang": words["languages"], "paper": words["papers"],
        "edition": words["editions"], "format": words["formats"]}
    if slip.field == "state" and request is not None and request.cause in said.causes:
        names["state"] = said.causes[request.cause].states
    known = names.get(slip.field, {})
    found = [(name, reasons.capital(known[name]))
             for name in _choices(slip.field, site, request) if name in known]
    # Last: it takes a word away that may be a warning.
    none = [] if slip.field == "cause" else [(NONE, many[
        "none_of_these" if slip.field in _LISTS else "empty"])]
    return found and found + none


def of_unused(unused: Mapping[str, int], words: Words) -> list[str]:
    """What stood beside the rows and was not used, by kind and count; columns by their place."""
    said: Mapping[str, str] = words["unused"]
    counts: Counter[str] = Counter()
    told = []
    for kind, count in sorted(unused.items()):
        not_read = is_not_read(kind)
        kind, _, name = kind.partition(":")
        if kind == "column":
            told.append(said["column"].format(name=name))
        else:
            kind = f"unread-{kind}" if not_read else kind
            other = "unread-other" if kind.startswith("unread-") else "other"
            counts[kind if kind in said else other] += count
    return told + [said[kind].format(count=count) for kind, count in counts.items()]


def of_look(aside: Aside, alike: Iterable[Sequence[int]], words: Words,
            lines: Sequence[str] = ()) -> list[str]:
    """What someone has to look at before anything is handed out: how the table was read, with the
    `lines` that show it, and rows by their numbers."""
    said: Mapping[str, str] = words["look"]
    told = []
    for kind, count in sorted(aside.read_as.items()):
        name, _, found = kind.partition(":")
        told.append(said[name].format(found=said.get(found, found), count=count,
                                      lines=" ⏎ ".join(lines)))
    unread = aside.not_read
    if unread:
        told.append(said["unread" if len(unread) == 1 else "unread_many"].format(
            rows=_listed(unread, {row: said["columns"].format(names=", ".join(names))
                                  for row, names in aside.look_in.items()})))
    return told + [said["alike"].format(rows=_listed(rows)) for rows in alike]


def of_made(aside: Aside, names: Mapping[int, str], words: Words) -> list[str]:
    """The handouts that are made, by their `names` of files, and have to be looked at first: row,
    columns, file."""
    said, short = words["look"]["columns"], words["many"]["row"]
    return [" – ".join((
        f"{short} {row}",
        *(said.format(names=", ".join(found)) for found in (aside.look_in.get(row),) if found),
        names[row])) for row in aside.not_read if row in names]


def _listed(rows: Sequence[int], beside: Mapping[int, str] = MappingProxyType({})) -> str:
    told = [f"{row} ({beside[row]})" if row in beside else str(row) for row in rows[:_ROWS_SHOWN]]
    return ", ".join(told) + (", …" if len(rows) > _ROWS_SHOWN else "")


def columns(site: Site, words: Words) -> list[tuple[str, str]]:
    """Every column that a table may have, and how it is to be written."""
    return [(name, _how(name, site, words, None)) for name in NAMES]


def _how(column: str, site: Site, words: Words, request: Request | None) -> str:
    text: str = words["columns"][column]
    limit = NOTE_LIMIT if column == "note" else FIELD_LIMIT
    said = site.pack.words_in(site.language(words)).body
    return text.format(choices=", ".join(_choices(column, site, request)), limit=limit,
                       place=said.place, code=said.code)


def _choices(column: str, site: Site, request: Request | None) -> list[str]:
    """What may stand in a column, where that is a list; the states are those of the row's cause."""
    structure = site.pack.structure
    if column == "state":
        causes = structure.causes
        if request is not None and request.cause in causes:
            return list(causes[request.cause].states)
        return [f"{cause} ({', '.join(data.states)})" for cause, data in causes.items()]
    lists: dict[str, Iterable[str]] = {
        "cause": structure.causes, "flags": structure.flags,
        "massages": structure.massages, "tips": structure.tips,
        "side": SIDES, "paper": PAPERS, "lang": site.pack.languages,
        "format": filter(None, FORMATS), "edition": EDITIONS}
    return list(lists.get(column, ()))


def _forbidden(request: Request, site: Site, words: Words) -> str:
    """What of a row's own choice the rules forbid, and why."""
    advice = decide(site.pack, request.cause, request.state, flags=request.flags)
    said = site.pack.words_in(site.language(words))
    for name in (*request.massages, *request.doses):
        if not advice.rulings[name].allowed:
            why = " ".join(reasons.of(advice.rulings[name], said, words))
            problem = own("", "forbidden", words, what=said.massages.massages[name].name, why=why)
            return f"{problem.text} {problem.cure}"
    for name in request.tips:
        if name not in advice.tips:
            problem = own("", "no_fit", words, what=said.tips[name].title)
            return f"{problem.text} {problem.cure}"
    return str(words["rows"]["other"])
