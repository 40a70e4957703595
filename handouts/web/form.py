"""What a browser sends → a Form: plain text by name, nothing believed yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MOST_VALUES = 200  # of one name; no list of choices is as long
RECOMMENDED, OWN = "recommended", "own"
CODE = "code"
MASSAGES, TIPS = "massages", "tips"


@dataclass(frozen=True)
class Form:
    """The fields of the page as they were typed or ticked.

    What is about the patient stands as it was typed, blanks at its ends too, so that the page can
    show it again while someone is typing. `was` is the diagnosis that the other choices were made
    for; `massages_by` and `tips_by` tell who chose: `recommended` or `own`.

    `no_flags`: somebody who examined the patient says that no flag applies.

    What the page itself notes, so that what a person chose is told from what a code or a rule did:
    `side_by` is `code` for a side that nobody chose; `follows` is the handout's language as the
    page set it, and empty once somebody chose one; `earlier` are the flags that only a code said
    that stands there no more; `held` and `held_tips` are ticks of one's own that the rules forbid
    at present; `fell` names the lists that were one's own until nothing of them was left.
    """

    diagnosis: str = ""
    was: str = ""
    state: str = ""
    side: str = ""
    side_by: str = ""
    flags: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    no_flags: str = ""
    massages_by: str = RECOMMENDED
    massages: tuple[str, ...] = ()
    tips_by: str = RECOMMENDED
    tips: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    held_tips: tuple[str, ...] = ()
    fell: tuple[str, ...] = ()
    minutes: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    follows: str = ""
    paper: str = ""
    format: str = ""
    mono: str = ""
    skin: str = ""
    edition: str = ""
    patient: str = ""
    born: str = ""
    record: str = ""
    given_by: str = ""
    given_on: str = ""
    next_visit: str = ""
    cleared_on: str = ""
    note: str = ""

    def for_next(self, diagnosis: str = "") -> "Form":
        """A form for the next patient: clinician, day and how it is printed stay."""
        return Form(diagnosis=diagnosis, **{name: getattr(self, name) for name in _STAYS})

    @property
    def with_nothing_kept(self) -> "Form":
        """The form without what stays from one patient to the next."""
        return replace(self, **dict.fromkeys(_STAYS, ""))  # type: ignore[arg-type]

    def following(self, language: str) -> "Form":
        """The form in the language of the page, unless somebody chose another one by hand."""
        if self.follows and self.language == self.follows:
            return replace(self, language=language, follows=language)
        return replace(self, follows="")

    def for_many(self) -> "Form":
        """The form without what is about the patient."""
        return replace(self, patient="", born="", record="", given_by="", given_on="",
                       next_visit="", note="")

    def moved_up(self, what: str) -> "Form":
        """The form with one massage or tip a place earlier; `what` is `massages:self-massage`."""
        kind, _, name = what.partition(":")
        if kind not in (MASSAGES, TIPS) or name not in getattr(self, kind)[1:]:
            return self
        names = list(getattr(self, kind))
        at = names.index(name)
        names[at - 1:at + 1] = name, names[at - 1]
        moved: dict[str, Any] = {kind: tuple(names), f"{kind}_by": OWN}
        return replace(self, **moved)

    @property
    def is_about_someone(self) -> bool:
        """Whether something about a patient was typed."""
        return any(getattr(self, name).strip() for name in _PATIENT)

    def beside(self) -> list[tuple[str, str]]:
        """All fields but those that the page always has, as a browser sends them."""
        texts = [(name, getattr(self, name)) for name in _TEXTS if name not in _APART]
        lists = [(name, value) for name in _LISTS for value in getattr(self, name)]
        tables = [(f"{name}.{key}", value) for name in _TABLES
                  for key, value in getattr(self, name).items()]
        return [(name, value) for name, value in texts + lists + tables if value]


_APART = ("diagnosis", "was", "follows")  # each has its own field, whatever is chosen
_PATIENT = ("patient", "born", "record", "next_visit", "note")
_TYPED = ("patient", "record", "given_by", "next_visit", "note")  # free text of the panel
_STAYS = ("given_by", "given_on", "language", "follows", "paper", "format", "mono", "skin",
          "edition")
_TEXTS = ("diagnosis", "was", "state", "side", "side_by", "no_flags", "massages_by", "tips_by",
          "language", "follows", "paper", "format", "mono", "skin", "edition", "patient", "born",
          "record", "given_by", "given_on", "next_visit", "cleared_on", "note")
_LISTS = ("flags", "earlier", "massages", "tips", "questions", "held", "held_tips", "fell")
_TABLES = ("minutes", "times")  # fields such as `minutes.self-massage`


def read(pairs: Iterable[tuple[str, str]]) -> Form:
    """The form in the pairs of a request; names that it does not have are passed over."""
    texts: dict[str, str] = {}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    tables: dict[str, dict[str, str]] = {name: {} for name in _TABLES}
    for name, value in pairs:
        table, _, key = name.partition(".")
        if name in _TEXTS:
            texts[name] = _lines(value) if name in _TYPED else value.strip()
        elif name in _LISTS:
            lists[name].append(value)
        elif table in _TABLES and value.strip():
            tables[table][key] = value.strip()
    chosen = {name: tuple(dict.fromkeys(values))[:MOST_VALUES] for name, values in lists.items()}
    return Form(**texts, **chosen, minutes=tables["minutes"], times=tables["times"])  # type: ignore[arg-type]


def _lines(text: str) -> str:
    """Line ends as a note has them; a browser sends CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
