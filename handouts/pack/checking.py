"""What must hold between a pack's files: every id has its entry and its words, nothing is too long,
no phrase that the evidence forbids."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handouts.pack import contract, signatures
from handouts.pack.consistency import rule_problems, wholes, word_problems
from handouts.pack.contract import unknown_ids
from handouts.pack.dates import date_words, in_words
from handouts.pack.signatures import ReviewFile
from handouts.pack.statements import table_problems
from handouts.pack.structure import Info, StateData, Structure
from handouts.pack.texts import forbidden, over_budget, texts, unknown_sources
from handouts.pack.words import Words

_MONTHS = 12
_FRAMES = 2  # of an exercise
_DAYS = (date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 2), date(2027, 1, 2))  # all different
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def structure_problems(structure: Structure, figures: Path | None) -> list[str]:
    """What is wrong between the language-free files, a line each."""
    return [*_info_problems(structure.pack), *_cause_problems(structure),
            *signature_problems(structure.review, structure, "review.toml"),
            *_flag_problems(structure), *_check_problems(structure), *_care_problems(structure),
            *_synonym_problems(structure), *rule_problems(structure),
            *contract.body_problems(structure), *contract.drawing_problems(structure, figures)]


def problems(structure: Structure, words: Words, language: str) -> list[str]:
    """What is wrong between the structure and the words of one language, a line each."""
    said = list(texts(words))
    return [
        *word_problems(structure, words, {slot for slot, _ in said}, language),
        *contract.fixed_problems(structure, words, dict(said), language),
        *_missing_words(structure, words, language),
        *over_budget(structure.pack, said, language),
        *forbidden(structure.pack, said, language),
        *unknown_sources(structure, said, language),
        *_date_problems(words, language),
        *_language_names(structure.pack, words, language),
        *table_problems(structure, {slot for slot, _ in said}, language),
    ]


def _info_problems(info: Info) -> Iterator[str]:
    if not _ID.fullmatch(info.id):
        yield "pack.toml: id: write it in small letters, digits and hyphens"
    if Path(info.figures).is_absolute() or ".." in Path(info.figures).parts:
        yield "pack.toml: figures: name a folder inside the pack"
    if not info.languages:
        yield "pack.toml: languages: name at least one"
    for language in info.languages:
        if not info.banned.get(language):
            yield f"pack.toml: banned.{language}: name what no text in this language may claim"


def signature_problems(file: ReviewFile, structure: Structure, where: str) -> Iterator[str]:
    """What is wrong with signatures under this pack, a line each."""
    info = structure.pack
    yield from signatures.problems(file, where)
    for at, one in enumerate(file.signatures, 1):
        place = f"{where}: signature {at}"
        yield from unknown_ids([one.language], info.languages, f"{place}: language")
        yield from unknown_ids(one.causes, structure.causes, f"{place}: causes")
        if not signatures.is_licensed(one.role, info.roles):
            yield (f"{place}: role: let it be one of pack.toml's roles, or "
                   f"'{signatures.REGISTERED}' and the title of another country")
        if one.version == info.version and one.on < info.date:
            yield f"{place}: on: the content is of {info.date}, and nobody reviewed it before"


def _cause_problems(structure: Structure) -> Iterator[str]:
    for name, cause in structure.causes.items():
        where = f"causes.toml: {name}"
        lists: dict[str, Iterable[str]] = {
            "recommend": structure.massages, "tips": structure.tips, "helps": structure.helps,
            "signs": structure.signs, "do": structure.acts, "questions": structure.questions,
            "waiting_questions": structure.questions, "kinds": structure.causes}
        for field, known in lists.items():
            yield from unknown_ids(getattr(cause, field), known, f"{where}.{field}")
        for kind in cause.kinds:
            if kind in structure.causes and structure.causes[kind].kinds:
                yield f"{where}.kinds: '{kind}' is of several kinds itself; name those"
        yield from unknown_ids([cause.calm], cause.states, f"{where}.calm")
        yield from unknown_ids(filter(None, [cause.screened_wait]), structure.waits,
                               f"{where}.screened_wait")
        for state_name, state in cause.states.items():
            yield from _state_problems(structure, f"{where}.states.{state_name}", cause.kinds,
                                       state)


def _state_problems(structure: Structure, where: str, kinds: tuple[str, ...],
                    state: StateData) -> Iterator[str]:
    if state.wait:
        yield from unknown_ids([state.wait], structure.waits, f"{where}.wait")
    elif kinds:
        yield from unknown_ids(kinds, state.of, f"{where}.of")
    else:
        yield from contract.unruled(state.massages, structure.massages, f"{where}.massages",
                                    "yes, if or no")
    for kind, inner in state.of.items():
        known = structure.causes[kind].states if kind in structure.causes else ()
        yield from unknown_ids([inner], known, f"{where}.of.{kind}")


def _flag_problems(structure: Structure) -> Iterator[str]:
    for name, flag in structure.flags.items():
        where = f"flags.toml: {name}"
        yield from unknown_ids(filter(None, [flag.wait, flag.screened_wait]), structure.waits,
                            f"{where}.wait")
        yield from contract.flag_problems(structure, name, flag)


def _synonym_problems(structure: Structure) -> Iterator[str]:
    said = structure.synonyms
    languages = structure.pack.languages or said.languages  # that there are none is told once
    for kind, known in (("causes", structure.causes), ("massages", structure.massages),
                        ("flags", structure.flags), ("languages", languages)):
        for where, named in ((kind, getattr(said, kind)),
                             (f"abroad.{kind}", said.abroad.get(kind, {}))):
            yield from unknown_ids(named, known, f"synonyms.toml: {where}")
    kinds = ("causes", "massages", "flags", "sides", "languages")
    yield from unknown_ids(said.abroad, kinds, "synonyms.toml: abroad")


def _check_problems(structure: Structure) -> Iterator[str]:
    asked = {flag for check in structure.checks.values() for flag in check.flags}
    asked |= {flag for sign in structure.signs.values() for flag in (*sign.flags, *sign.asks)}
    for name in sorted(structure.flags.keys() - asked):
        yield f"checks.toml, signs.toml: no line asks for the flag '{name}'"
    yield from unknown_ids(asked, structure.flags, "checks.toml, signs.toml")


def _care_problems(structure: Structure) -> Iterator[str]:
    for name, wait in structure.waits.items():
        where = f"waits.toml: {name}"
        yield from unknown_ids(wait.do, structure.acts, f"{where}.do")
        yield from unknown_ids(wait.worse, structure.flags, f"{where}.worse")
        yield from unknown_ids(wait.worse.values(), structure.waits, f"{where}.worse")
        yield from unknown_ids((*wait.signs, *wait.without), structure.signs, where)
        yield from unknown_ids(wait.log, structure.log, f"{where}.log")
    for name, act in structure.acts.items():
        where = f"acts.toml: {name}"
        yield from unknown_ids(act.signs, structure.signs, f"{where}.signs")
        yield from unknown_ids(act.tips, structure.tips, f"{where}.tips")
        yield from unknown_ids(act.drawn_with, structure.acts, f"{where}.drawn_with")
        yield from unknown_ids(act.not_with, structure.acts, f"{where}.not_with")
    for name, question in structure.questions.items():
        where = f"questions.toml: {name}"
        yield from unknown_ids(filter(None, [question.massage]), structure.massages, where)
        yield from unknown_ids(question.causes, structure.causes, f"{where}.causes")
    yield from _full_edition_problems(structure)


def _full_edition_problems(structure: Structure) -> Iterator[str]:
    """What is wrong with the cards and exercises of the full edition, a line each."""
    for name, topic in structure.topics.items():
        where = f"topics.toml: {name}"
        yield from unknown_ids(filter(None, [topic.massage]), structure.massages, where)
        yield from unknown_ids(topic.causes, structure.causes, f"{where}.causes")
    for name, exercise in structure.exercises.items():
        where = f"exercises.toml: {name}"
        yield from unknown_ids(exercise.causes, structure.causes, f"{where}.causes")
        if not 1 <= len(exercise.figures) <= _FRAMES:
            yield f"{where}.figures: name its picture, or those of its start and its end"
    for name, flag in structure.flags.items():
        yield from unknown_ids(flag.exercises, structure.exercises, f"flags.toml: {name}.exercises")


def _missing_words(structure: Structure, words: Words, language: str) -> Iterator[str]:
    causes = structure.causes.values()
    needed: list[tuple[str, Iterable[str], Mapping[str, Any]]] = [
        ("causes", structure.causes, words.causes),
        ("waits", structure.waits, words.waits),
        ("flags", structure.flags, words.flags),
        ("signs", structure.signs, words.signs),
        ("acts", structure.acts, words.acts),
        ("log", structure.log, words.log),
        ("routine.rail.checks", {one.id for one in structure.routine.reminders},
         words.routine.rail.checks),
        ("check_first.items", structure.checks, words.check_first.items),
        ("check_first.row", structure.checks, words.check_first.row),
        ("check_first.groups", {check.group for check in structure.checks.values()},
         words.check_first.groups),
        ("conditions", contract.condition_ids(structure) | contract.place_ids(structure),
         words.conditions),
        ("massages", structure.massages, words.massages.massages),
        ("massages.pressure", {m.pressure for m in structure.massages.values()}.union(
            structure.body.gentle.values()), words.massages.pressure),
        ("massages.who", {m.who for m in structure.massages.values()}, words.massages.who),
        ("figures.parts", contract.label_names(structure), words.figures.parts),
        ("routine.cells", {cell.id for cell in structure.routine.cells}, words.routine.cells),
        ("waiting.poster.checks", wholes(structure.checks), words.waiting.poster.checks),
        ("waiting.poster.cells", contract.poster_cells(structure), words.waiting.poster.cells),
        ("waiting.poster.moves", structure.routine.moves, words.waiting.poster.moves),
        ("routine.moves", structure.routine.moves, words.routine.moves),
        ("tips", structure.tips, words.tips),
        ("helps", structure.helps, words.helps),
        ("questions", structure.questions, words.questions),
        ("topics", structure.topics, words.topics),
        ("exercises", structure.exercises, words.exercises),
        ("glossary", {t for cause in causes for t in cause.terms}, words.glossary),
        ("research", {cause.research for cause in causes}, words.research.notes),
        ("figures", contract.figure_names(structure), words.figures.figures),
    ]
    for file, ids, table in needed:
        for name in sorted(set(ids) - set(table)):
            yield f"{language}/{file}: no words for '{name}'"
    for name, cause in structure.causes.items():
        if name in words.causes:
            yield from unknown_ids(cause.states, words.causes[name].states,
                                f"{language}/causes: {name}.states")
    yield from _wait_words(structure, words, language)
    for name, flag in structure.flags.items():
        said = words.flags.get(name)
        if said and not flag.wait and not (said.warning and said.why):
            yield f"{language}/flags: {name}: say its warning and why"


def _wait_words(structure: Structure, words: Words, language: str) -> Iterator[str]:
    """What the words of waits and of their log lack, for what the structure says of them."""
    for name, wait in structure.waits.items():
        said = words.waits.get(name)
        if said and wait.offers and not said.plain:
            yield f"{language}/waits: {name}: say it plain, too: a flag may forbid what it offers"
        if said and wait.bar and not said.call:
            yield f"{language}/waits: {name}: say when to call the emergency number"
    for name, row in structure.log.items():
        if row.boxes and name in words.log and words.log[name].circle:
            yield f"{language}/log: {name}: it has boxes to tick; name no words to circle"


def _date_problems(words: Words, language: str) -> Iterator[str]:
    """A date that can't be written, or that is written like another."""
    said, where = words.interface.dates, f"{language}/interface.dates"
    if len(said.months) != _MONTHS or not all(map(str.strip, said.months)):
        yield f"{where}.months: name the twelve months"
        return
    try:
        written = {in_words(day, date_words(words)) for day in _DAYS}
    except (LookupError, ValueError, AttributeError):
        written = set()
    if len(written) < len(_DAYS):
        yield f"{where}.pattern: say {{day}}, {{month}} or {{number}}, and {{year}}, each once"


def _language_names(info: Info, words: Words, language: str) -> Iterator[str]:
    for name in sorted(set(info.languages) - set(words.interface.languages)):
        yield f"{language}/interface.languages: no name for '{name}'"
