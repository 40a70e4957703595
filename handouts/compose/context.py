"""What a template is given: plain dicts, lists and strings, and nothing that the Advice forbids."""

import re
from typing import Any

import msgspec

from handouts.brand.brand import Brand
from handouts.compose import leaf
from handouts.compose.doses import dose
from handouts.compose.opening import message, pair, things
from handouts.pack.catalogue import Catalogue
from handouts.pack.contract import place_id
from handouts.pack.structure import CauseData, LabelsData
from handouts.pack.words import CauseWords, PageWords, Words
from handouts.rules.choices import Choices, conditions
from handouts.rules.safety import Advice, Verdict

_SOURCES = re.compile(r"\[([a-z0-9-]+)\](?:\s*\[[a-z0-9-]+\])*")
_SOURCE = re.compile(r"\[([a-z0-9-]+)\]")

Plain = dict[str, Any]


def context(choices: Choices, catalogue: Catalogue, brand: Brand) -> Plain:
    """Everything that the templates may say about these choices."""
    words = catalogue.words_in(choices.language)
    advice = choices.advice
    cause = catalogue.cause(advice.cause)
    pages = {name: text.replace("{EMERGENCY}", brand.emergency)
             for name, text in msgspec.to_builtins(words.interface.pages).items()
             if isinstance(text, str)}
    return {
        "language": choices.language,
        "title": title(choices, catalogue, words),
        "words": pages,
        "side_name": pages.get(f"pill_{choices.request.side}", ""),
        "cause": _cause(words.causes[advice.cause], cleared=bool(
            not advice.screened and cause.states[advice.state].cleared)),
        "anatomy": _anatomy(cause, words.causes[advice.cause].part_label, catalogue.body.labels,
                            words),
        "message": message(choices, catalogue, words),
        "things": things(choices, catalogue, words),
        "pair": pair(choices, catalogue, words),
        "massages": [_massage(name, choices, catalogue) for name in choices.massages],
        "visit": list(words.massages.massages[catalogue.body.visit].expect)
        if catalogue.body.visit in choices.massages else [],
        "research": _research(cause.research, catalogue, words),
        "routine": leaf.routine(choices, catalogue),
        "diary": leaf.diary(choices, catalogue, pages),
        "tips": [_tip(name, choices, catalogue) for name in choices.tips],
        "questions": [_question(name, choices, catalogue) for name in choices.questions],
        "terms": [{"id": name, **msgspec.to_builtins(words.glossary[name])} for name in
                  choices.request.terms or cause.terms],
        "terms_asked": bool(choices.request.terms),
        "waits": [_wait(name, catalogue, words) for name in advice.waits],
        "urgency": advice.care.urgency,
        "alarm": any(catalogue.structure.waits[name].alarm for name in advice.waits),
        "do_now": [words.acts[name] for name in advice.care.acts],
        "cold": _cold(choices, catalogue),
        "flags": [_flag(name, advice, catalogue, words) for name in advice.flags],
        "brand": {"name": brand.name, "phone": brand.phone, "hours": brand.hours,
                  "phone_link": brand.phone_link, "web_link": brand.web_link,
                  "email_link": brand.email_link,
                  "web": brand.web, "qr": words.waiting.web.alt.replace("{WEB}", brand.web),
                  "web_title": words.waiting.web.title, "email": brand.email,
                  "address": list(brand.address)},
    }


def title(choices: Choices, catalogue: Catalogue, words: Words) -> str:
    """The handout's title: what it is for."""
    advice = choices.advice
    if advice.waits:
        return wait_title(advice.waits[0], catalogue, words)
    return side_title(choices.request.side, words.interface.pages)


def wait_title(wait: str, catalogue: Catalogue, words: Words) -> str:
    """The title of a handout that waits: in an emergency, what to do."""
    urgent = catalogue.structure.waits[wait].urgency == "now"
    return words.waits[wait].title if urgent else words.interface.pages.title_wait


def side_title(side: str, pages: PageWords) -> str:
    """The title of a handout that offers massage, for a side or for none."""
    by_side = {"left": pages.title_left, "right": pages.title_right, "both": pages.title_both}
    return by_side.get(side, pages.title)


def _cause(said: CauseWords, *, cleared: bool) -> Plain:
    what = said.cleared if cleared and said.cleared else said.what
    return {**msgspec.to_builtins(said), "what": list(what), "pill": said.pill or said.name}


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


def _cold(choices: Choices, catalogue: Catalogue) -> str:
    """Where a cold pack is first offered, "do" (what to do now) or "tips", or nowhere: how often a
    day stands there, for a clinician to write."""
    structure = catalogue.structure
    acts = (structure.acts[name] for name in choices.advice.care.acts)
    tips = (structure.tips[name] for name in choices.tips)
    return next((place for place, entries in (("do", acts), ("tips", tips))
                 if any("cold" in entry.offers for entry in entries)), "")


def _question(name: str, choices: Choices, catalogue: Catalogue) -> Plain:
    said = catalogue.words_in(choices.language).questions[name]
    return {"id": name, "question": said.question, "answer": said.answer}


# -- massages --------------------------------------------------------------------------------------


def _massage(name: str, choices: Choices, catalogue: Catalogue) -> Plain:
    words = catalogue.words_in(choices.language)
    data, said = catalogue.massage(name), words.massages.massages[name]
    ruling = choices.advice.rulings[name]
    pressure = data.pressure
    if choices.advice.screened or ruling.is_light(catalogue):
        pressure = catalogue.body.gentle.get(pressure, pressure)
    held = choices.session.parts if choices.session else ()
    cautions = [words.conditions[item] for item in (
        *conditions(name, ruling, catalogue),
        *(caution for part, caution in data.beside.items() if part in held))]
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
    return {"id": name, "icon": catalogue.tip(name).icon, "title": words.title,
            "text": sided or words.text}
