"""What a template is given: plain dicts, lists and strings, and nothing that the Advice forbids."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from handouts.brand.brand import Brand
from handouts.pack.catalogue import Catalogue
from handouts.pack.contract import place_id
from handouts.pack.structure import CauseData, LabelsData
from handouts.pack.words import CauseWords, DoseWords, PageWords, Words
from handouts.rules.choices import Choices, conditions, dose_of
from handouts.rules.safety import Advice, Verdict
from handouts.rules.session import Minutes, Session, SessionStep

QUESTIONS_SHOWN = 2
_SOURCES = re.compile(r"\[([a-z0-9-]+)\](?:\s*\[[a-z0-9-]+\])*")
_SOURCE = re.compile(r"\[([a-z0-9-]+)\]")

Plain = dict[str, Any]


def context(choices: Choices, catalogue: Catalogue, brand: Brand) -> Plain:
    """Everything that the templates may say about these choices."""
    words = catalogue.words_in(choices.language)
    advice = choices.advice
    cause = catalogue.cause(advice.cause)
    pages = {name: text.replace("{EMERGENCY}", brand.emergency)
             for name, text in msgspec.to_builtins(words.interface.pages).items()}
    return {
        "language": choices.language,
        "title": title(choices, words),
        "words": pages,
        "side_name": pages.get(f"pill_{choices.request.side}", ""),
        "cause": _cause(words.causes[advice.cause]),
        "anatomy": _anatomy(cause, words.causes[advice.cause].part_label, catalogue.body.labels,
                            words),
        "helps": [{"icon": catalogue.structure.helps[name].icon, "text": words.helps[name].text}
                  for name in advice.helps],
        "massages": [_massage(name, choices, catalogue) for name in choices.massages],
        "visit": list(words.massages.massages[catalogue.body.visit].expect)
        if catalogue.body.visit in choices.massages else [],
        "research": _research(cause.research, catalogue, words),
        "routine": _routine(choices, catalogue),
        "tips": [_tip(name, choices, catalogue) for name in choices.tips],
        "questions": [msgspec.to_builtins(words.questions[name]) for name in (
            cause.waiting_questions if advice.waits else cause.questions)[:QUESTIONS_SHOWN]],
        "terms": [msgspec.to_builtins(words.glossary[name]) for name in cause.terms],
        "waits": [_wait(name, catalogue, words) for name in advice.waits],
        "do_now": _do_now(choices, catalogue),
        "flags": [_flag(name, advice, catalogue, words) for name in advice.flags],
        "brand": {"name": brand.name, "phone": brand.phone, "hours": brand.hours,
                  "phone_link": brand.phone_link, "web_link": brand.web_link,
                  "email_link": brand.email_link,
                  "web": brand.web, "qr": words.waiting.web.alt.replace("{WEB}", brand.web),
                  "web_title": words.waiting.web.title, "email": brand.email,
                  "address": list(brand.address)},
    }


def title(choices: Choices, words: Words) -> str:
    """The handout's title: what it is for."""
    pages = words.interface.pages
    if choices.advice.waits:
        return pages.title_wait
    return side_title(choices.request.side, pages)


def side_title(side: str, pages: PageWords) -> str:
    """The title of a handout that offers massage, for a side or for none."""
    by_side = {"left": pages.title_left, "right": pages.title_right, "both": pages.title_both}
    return by_side.get(side, pages.title)


def _cause(said: CauseWords) -> Plain:
    return {**msgspec.to_builtins(said), "pill": said.pill or said.name}


def _anatomy(cause: CauseData, part_label: str, labels: LabelsData, words: Words) -> Plain:
    """The cause's own drawing and its labels, the part that the cause changes in bold."""
    anchor, shown = labels.beside(cause.part)
    parts = words.figures.parts
    return {
        "figure": cause.figure,
        "alt": words.figures.figures[cause.figure].alt,
        "labels": [{"anchor": name, "strong": name == anchor,
                    "text": part_label if name == anchor else parts[name]} for name in shown],
    }


def _flag(name: str, advice: Advice, catalogue: Catalogue, words: Words) -> Plain:
    """A flag's words; `asks` when no wait tells of it, but it needs a yes first."""
    data = catalogue.flag(name)
    wait = data.wait or (data.screened_wait if advice.screened else "")
    return {"warning": words.flags[name].warning, "why": words.flags[name].why,
            "asks": wait in ("", catalogue.body.ask_first)}


def _wait(name: str, catalogue: Catalogue, words: Words) -> Plain:
    return {**msgspec.to_builtins(words.waits[name]),
            "urgency": catalogue.structure.waits[name].urgency}


def _do_now(choices: Choices, catalogue: Catalogue) -> list[str]:
    """What to do while massage waits, by the most urgent reason; cold only where it is safe."""
    if not choices.advice.waits:
        return []
    wait = catalogue.words_in(choices.language).waits[choices.advice.waits[0]]
    cold_ok = not any(catalogue.body.cold in catalogue.flag(name).no_tips
                      for name in choices.advice.flags)
    return [*wait.do, *([wait.cold] if wait.cold and cold_ok else [])]


# -- massages --------------------------------------------------------------------------------------


def _massage(name: str, choices: Choices, catalogue: Catalogue) -> Plain:
    words = catalogue.words_in(choices.language)
    data, said = catalogue.massage(name), words.massages.massages[name]
    ruling = choices.advice.rulings[name]
    pressure = data.pressure
    if choices.advice.screened or ruling.is_light(catalogue):
        pressure = catalogue.body.gentle.get(pressure, pressure)
    cautions = [words.conditions[item] for item in conditions(name, ruling, catalogue)]
    cautions.insert(int(ruling.verdict is Verdict.IF), _where(name, choices, catalogue))
    return {
        "id": name, "name": said.name, "about": said.about, "who": words.massages.who[data.who],
        "figure": data.figure, "alt": words.figures.figures[data.figure].alt,
        "dose": dose(name, choices, catalogue), "pressure": words.massages.pressure[pressure],
        "only_if": ruling.verdict is Verdict.IF,
        "cautions": _joined([caution for caution in cautions if caution],
                            apart=ruling.verdict is Verdict.IF),
    }


def _where(name: str, choices: Choices, catalogue: Catalogue) -> str:
    """Where it may touch, in words, when the rules leave less than the massage's own regions."""
    ruling, data = choices.advice.rulings[name], catalogue.massage(name)
    words = catalogue.words_in(choices.language).conditions
    if ruling.on == frozenset(data.regions) and not data.says_where:
        return ""
    return words[place_id(ruling.on, catalogue.body)]


def _joined(cautions: list[str], *, apart: bool) -> list[str]:
    """Cautions run together; a first one that says "only if" stands apart."""
    lines = list(dict.fromkeys(cautions))
    if not lines:
        return []
    return [lines[0], " ".join(lines[1:])] if apart and lines[1:] else [" ".join(lines)]


def dose(name: str, choices: Choices, catalogue: Catalogue, language: str = "") -> str:
    """How long and how often, in words: the clinician's dose, else the usual or gentle one."""
    said = catalogue.words_in(language or choices.language).interface.dose
    minutes, times = dose_of(name, choices, catalogue)
    parts = [_length(minutes, said), _times(times, said)]
    if weeks := catalogue.massage(name).weeks:
        first, last = weeks[0], weeks[-1]
        pattern = said.weeks if first == last else said.weeks_range
        parts.append(pattern.format(weeks=last, low=first, high=last))
    return ", ".join(parts)


def _length(minutes: Minutes, said: DoseWords, *, short: bool = False) -> str:
    """So many minutes in words; `short` where a line has little room."""
    low, high = minutes
    if low < high:
        return (said.short_range if short else said.minutes_range).format(low=low, high=high)
    if short:
        return said.short.format(low=low)
    return {1: said.minute, 60: said.hour}.get(low, said.minutes.format(low=low))


def _times(times: int, said: DoseWords) -> str:
    return {1: said.once, 7: said.daily}.get(times, said.times.format(times=times))


# -- research, tips --------------------------------------------------------------------------------


def _research(name: str, catalogue: Catalogue, words: Words) -> Plain:
    """The note with its sources numbered in the order in which it cites them."""
    note = words.research.notes[name]
    sources = list(dict.fromkeys(_SOURCE.findall(note.found + note.limits)))
    numbers = {key: at for at, key in enumerate(sources, 1)}

    def numbered(text: str) -> str:
        return _SOURCES.sub(lambda match: "[" + ", ".join(
            str(numbers[key]) for key in _SOURCE.findall(match[0])) + "]", text)

    return {
        "title": words.research.title,
        "found_title": note.found_title, "found": numbered(note.found),
        "limits_title": note.limits_title, "limits": numbered(note.limits),
        "sources": [catalogue.structure.sources[key].cite for key in sources],
    }


def _tip(name: str, choices: Choices, catalogue: Catalogue) -> Plain:
    words = catalogue.words_in(choices.language).tips[name]
    sided = {"left": words.text_left, "right": words.text_right}.get(choices.request.side, "")
    return {"icon": catalogue.tip(name).icon, "title": words.title, "text": sided or words.text}


# -- the routine -----------------------------------------------------------------------------------


def _routine(choices: Choices, catalogue: Catalogue) -> Plain | None:
    """The steps of the session, or None."""
    session = choices.session
    if session is None:
        return None
    words = catalogue.words_in(choices.language)
    parts = choices.advice.routine.parts if choices.advice.routine else {}
    *steps, finish = (_cell(step, session, words, parts) for step in session.steps)
    return {
        "title": words.routine.title,
        "strip": _strip(choices, catalogue),
        "steps": steps,
        "finish": finish,
        "moves": [_move(name, catalogue, words) for name in session.moves],
        "medium": session.medium,
    }


def _cell(step: SessionStep, session: Session, words: Words, parts: Mapping[str, Verdict]) -> Plain:
    """A step in words; of one that needs a clinician's yes the condition comes first."""
    cell, said, lengths = step.cell, words.routine.cells[step.cell.id], words.interface.dose
    filled = {"{minutes}": _length(step.minutes, lengths),
              "{min}": _length(step.minutes, lengths, short=True),
              "{seconds}": str(step.seconds), "{rest}": _length(session.rest, lengths)}
    effort, text = said.effort, said.short if said.short and step.is_short else said.text
    for field, value in filled.items():
        effort, text = effort.replace(field, value), text.replace(field, value)
    alt = words.figures.figures[cell.figure].alt if cell.figure else ""
    if parts.get(cell.part) is Verdict.IF:
        text = Markup("<b>{}</b> {}").format(words.routine.only_if, text)
    return {"id": cell.id, "number": cell.step, "title": said.title, "effort": effort,
            "text": text, "figure": cell.figure, "alt": alt, "minutes": filled["{minutes}"]}


def _move(name: str, catalogue: Catalogue, words: Words) -> Plain:
    figure = catalogue.structure.routine.moves[name].figure
    said = words.routine.moves[name]
    return {"id": name, "title": said.title, "text": said.text, "figure": figure,
            "alt": words.figures.figures[figure].alt}


def _strip(choices: Choices, catalogue: Catalogue) -> list[Plain]:
    length, times, *_ = dose(catalogue.body.routine, choices, catalogue).split(", ")
    when = catalogue.words_in(choices.language).routine.when
    return [{"icon": "clock", "text": length}, {"icon": "loop", "text": times},
            {"icon": "tick", "text": when}]
