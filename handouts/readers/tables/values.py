"""A cell's text → what it says: nothing, yes or no, an id, codes with the text beside them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from handouts.coding import codes
from handouts.errors import InputError
from handouts.readers.tables.days import days_in

_NAMES = ("patient", "given_name", "family_name")
# What stands for nothing. Null, None and Na are names of people, too.
_NOTHING = {"n/a", "#n/a", "n.a.", "-", "--", "---", "—", "–", "(blank)", "[blank]", "not recorded",
            "not applicable", "not available", "not provided", "0000-00-00", "0000-00-00 00:00:00"}
_NOTHING_SAID = _NOTHING | {"na", "none", "null", "nil", "nan", "?", "(none)", "(null)", "\\n",
                            "ninguno", "ninguna", "keine", "kein", "k.a.", "aucun", "aucune",
                            "nessuno", "nessuna", "nenhum", "nenhuma"}
_OPEN = {"unspecified", "not specified", "unknown", "unk", "undetermined", "unassigned", "declined",
         "declined to specify", "declined to answer", "prefer not to say", "patient declined",
         "asked but unknown", "no especificado", "desconocido", "unbekannt", "inconnu", "inconnue",
         "sconosciuto", "desconhecido"}
_OPEN_FIELDS = ("side", "lang")
YES = {"y", "yes", "true", "t", "1", "x", "✓", "✔", "positive", "pos", "s", "sí", "si", "verdadero",
       "ja", "oui", "sim", "sì", "vero", "vrai", "wahr"}
NO = {"n", "no", "false", "f", "0", "negative", "neg", "falso", "nein", "non",
      "não", "nao", "faux", "falsch", ""}
# Of allergies and the like: that there are none.
_NONE_KNOWN = {"nkda", "nka", "no known allergies", "no known drug allergies", "none known",
               "denies", "negative", "sin alergias", "no conocidas", "niega"}
_CLOSED = {"resolved", "inactive", "closed", "remission", "in remission", "refuted", "deleted",
           "entered in error", "entered-in-error", "cancelled", "canceled", "ruled out", "archived",
           "discharged", "ended", "resuelto", "resuelta", "inactivo", "inactiva", "cerrado",
           "cerrada", "inaktiv", "geheilt", "abgeschlossen", "résolu", "résolue", "guéri", "guérie",
           "inactif", "risolto", "guarito", "inattivo", "resolvido", "inativo"} | NO - {""}
_DEAD = {"deceased", "dead", "died", "expired", "fallecido", "fallecida", "exitus", "verstorben",
         "décédé", "décédée", "deceduto", "deceduta", "falecido", "falecida", "óbito"}
_MERGED = {"merged", "duplicate"}
_QUOTED = re.compile('="(.*)"', re.S)  # by which an export keeps a spreadsheet from changing it
_UUID = re.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_NUMBER = re.compile(r"[A-Za-z]{0,5}[-_#]?\d[\d-]{2,}", re.A)
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.I | re.A)
_TOTAL = re.compile(r"(?:grand |sub)?-?(?:total|count|records?|rows?|patients?|page|printed|"
                    r"report|end of|generated|filters?|average|sum|run date|summe|gesamt|anzahl|"
                    r"seite|totale|totaux|nombre de|número de|pagina|página)\b"
                    r"|\d+ (?:patients?|records?|rows?|results?|entries|patienten|pacientes|"
                    r"pazienti|registros)$", re.I)

_COUNT = re.compile("[0-9]{0,5}")  # no code is so short


def cleaned(cell: str, field: str) -> str:
    """A cell without the blanks around it, and empty where it says that there is nothing; a name of
    nothing but odd blanks is no empty name."""
    text = cell.strip()
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1].replace('""', '"').strip()
    if len(text) > 2 and text[0] == text[-1] == "'":
        text = text[1:-1].strip()
    if not text and field in _NAMES:
        return cell.strip(" \t\r\n")
    plain = " ".join(text.casefold().replace("_", " ").split())
    known = _NOTHING if field in (*_NAMES, "note") else _NOTHING_SAID
    return "" if plain in known or (field in _OPEN_FIELDS and plain in _OPEN) else text


def masked(text: str) -> str:
    """The shape of a value: X for capitals, x for other letters, 9 for figures."""
    return "".join("9" if char.isdigit() else "X" if char.isupper() else "x" if char.isalpha()
                   else char if char in " ,-./" else "·" for char in text)[:40]


_PARTING = re.compile(r"[;,|\r\n]")
_PARTED = {**dict.fromkeys(("flags", "massages", "tips"), _PARTING),
           "cause": re.compile(r"[;|\r\n]")}  # a comma parts a cause from its side


def words_of(cell: str, field: str) -> list[str]:
    """The words of a cell as its field parts them: all of it as one where it holds one thing."""
    sign = _PARTED.get(field)
    found = [word.strip() for word in sign.split(cell)] if sign else [cell]
    return [word for word in found if word]


def as_id(text: str) -> str:
    """An id of the pack, however it is written: `Some cause` is some-cause."""
    return "-".join(text.casefold().replace("_", " ").split())


def is_number(name: str) -> bool:
    """Whether a patient's name looks like the number or id of a record."""
    return bool(_UUID.fullmatch(name) or _NUMBER.fullmatch(name)
                or (any(map(str.isdigit, name)) and not any(map(str.isalpha, name))))


def is_code(text: str) -> bool:
    """Whether a text has the form of a diagnosis code, and holds nothing else."""
    return bool(_LEFT.fullmatch(text))


def is_older(text: str) -> bool:
    """Whether a text has the form of a code of ICD-9-CM, which no other system has."""
    return bool(_OLDER.fullmatch(text.strip()))


def is_yes(text: str, column: str) -> bool:
    """Whether a cell says yes; InputError where it says neither yes nor no."""
    plain = text.strip().casefold()
    if plain in YES or re.match(r"(?:yes|sí|si|ja|oui|sim|sì)\b", plain):  # Yes, since May
        return True
    if plain in NO | _NOTHING_SAID:
        return False
    raise InputError("says neither yes nor no, and has the name of a flag",
                     where=f"column {column}", field="flags",
                     cure=f"Write yes or no, or leave the column out: --map '{column}=-'.")


def says_something(text: str) -> bool:
    """Whether a cell says more than no, or nothing."""
    return cleaned(text, "flags").casefold().rstrip(".") not in NO | _NONE_KNOWN


def says_yes(text: str) -> bool:
    """Whether a cell is a yes, and no more."""
    return text.strip().casefold() in YES


def passed_over(values: Mapping[str, str], today: date | None) -> str:
    """Why a row asks for nothing: its patient has died or has another record now, or its condition
    is over; else empty."""
    status = " ".join(values.get("status", "").casefold().split())
    if _holds(values.get("deceased", ""), today) or status in _DEAD:
        return "patient:deceased"
    if values.get("merged", "").casefold() not in NO or status in _MERGED:
        return "patient:merged"
    if _holds(values.get("stop", ""), today) or status in _CLOSED:
        return "condition:inactive"
    return ""


def _holds(text: str, today: date | None) -> bool:
    """Whether something has come to its end: anything but no, or a day that is still to come."""
    if text.casefold() in NO:
        return False
    found = [day for day in days_in(text) if day]
    return not (found and today and min(found) > today)


def is_foot(cells: Sequence[str], asking: Iterable[int]) -> bool:
    """Whether a line of stripped cells is a total or the foot of a page: nothing but a count stands
    in it where others say what is asked for."""
    first = next((cell for cell in cells if cell), "")
    if not _TOTAL.match(first):
        return False
    return bool(_COUNT.fullmatch("".join("".join(cells[at:at + 1]) for at in asking)))


def check_whole(text: str, field: str) -> None:
    """Raises InputError for a number that a spreadsheet has cut, as 2.39873E+08."""
    if _CUT.fullmatch(text):
        raise InputError("is a number that a spreadsheet has cut", where=field, field=field,
                         cure="Give that column the format Text before the table is filled, and "
                              "export it again.")


class CodedText(NamedTuple):
    """The codes of a cell, each with the system that it names, and the text beside them."""

    codes: tuple[tuple[str, str], ...]
    text: str


# A code at the start of a part of a cell, in brackets, or behind the name of its system.
_SYSTEM = r"(?:(?P<system>icd[-_ ]?10(?:[-_ ]?cm)?|snomed(?:[-_ ]?ct)?(?:[-_ ]?us)?)[\s:|#-]*)?"
_CODE = re.compile(
    rf"(?:(?<=^)|(?<=[;|,/\n(\['\"])|(?<=[;|,/]\s)|(?<=\s(?=icd|snomed))){_SYSTEM}"
    r"(?P<code>[a-z]\d[0-9a-z](?:\.?[0-9a-z]{1,4})?|\d{6,18})(?![\w.])", re.I | re.A)
# The same anywhere in the text beside a code, and a code whose letter stands apart.
_LEFT = re.compile(r"(?<![\w.])(?:[a-tv-z]\d[0-9a-z](?:\.?[0-9a-z]{1,4})?|\d{6,18})(?![\w.])",
                   re.I | re.A)
_TORN = re.compile(r"(?<![\w.])[a-tv-z]\s\d[0-9a-z]\.?[0-9a-z]{1,4}(?![\w.])", re.I | re.A)
_OLDER = re.compile(r"(?:icd[-_ ]?9(?:[-_ ]?cm)?[\s:|#-]*)?\d{3}\.\d{1,2}|icd[-_ ]?9\b.*",
                    re.I | re.A)
_BETWEEN = re.compile(r"^[\s;:|,/()\[\]–—-]+|[\s;:|,/()\[\]–—-]+$")


@lru_cache(maxsize=1024)  # a table says the same of many
def codes_in(cell: str) -> CodedText:
    """The codes that a cell holds, and the text that is left; none in a text alone.

    Whatever parts them, no code behind the first is taken for text: it may say not to massage.
    Raises InputError for what looks like one that is torn.
    """
    cell = "".join(char for char in normalize("NFKC", cell) if category(char) != "Cf")
    # Where a code has its system before it, as OpenEMR writes it, ICD10 is the US edition.
    found = [(each["code"], _PREFIXED.get(plain_system(each["system"] or ""), ""))
             for each in _CODE.finditer(cell)]
    rest = [_BETWEEN.sub("", part) for part in _CODE.sub("\n", cell).split("\n")]
    if found:
        if any(_TORN.search(part) for part in rest):
            raise InputError("holds a code with a blank in it", where="code", field="code",
                             cure="Write each code in one piece, and ; between two.")
        found += [(code, "") for part in rest for code in _LEFT.findall(part)]
        rest = [_BETWEEN.sub("", _LEFT.sub("", part)) for part in rest]
    return CodedText(tuple(dict.fromkeys(found)), "; ".join(part for part in rest if part))


def system_of(name: str) -> str:
    """The short name of a code system, by the usual ways to write it; else the text as it is."""
    return _SYSTEMS.get(plain_system(name)) or codes.known_system(name) or name


def plain_system(name: str) -> str:
    """Letters and digits of a system's name alone."""
    return re.sub(r"[\W_]+", "", name.casefold())


# ICD-10 alone may be the WHO's, which is another system: it stands here for none.
_SYSTEMS = {**dict.fromkeys(("icd10cm", "icd10cmus", "icd10clinicalmodification", "i10cm"),
                            "icd10cm"),
            **dict.fromkeys(("snomed", "snomedct", "snomedctus", "sct", "snomedctinternational"),
                            "snomed")}

_PREFIXED = {**_SYSTEMS, "icd10": "icd10cm"}
