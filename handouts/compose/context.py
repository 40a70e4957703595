"""What a template is given: plain dicts, lists and strings, and nothing that the Advice forbids."""

import re
from typing import Any

import msgspec

from handouts.brand.brand import Brand
from handouts.compose import leaf
from handouts.compose.doses import dose
from handouts.compose.opening import message, pair, things
from handouts.pack.contract import place_id
from handouts.pack.dates import date_words, unbroken
from handouts.pack.interface import PageWords
from handouts.pack.pack import Pack
from handouts.pack.structure import CauseData, LabelsData
from handouts.pack.words import CauseWords, Words
from handouts.rules.choices import Choices, conditions
from handouts.rules.safety import Advice, Verdict

_SOURCES = re.compile(r"\[([a-z0-9-]+)\](?:\s*\[[a-z0-9-]+\])*")
_SOURCE = re.compile(r"\[([a-z0-9-]+)\]")

READY_SHOWN = 8  # lines of what must be so before massage starts
Plain = dict[str, Any]


def context(choices: Choices, pack: Pack, brand: Brand) -> Plain:
    """Everything that the templates may say about these choices."""
    words = pack.words_in(choices.language)
    advice = choices.advice
    cause = pack.cause(advice.cause)
    pages = {name: text.replace("{EMERGENCY}", brand.emergency)
             for name, text in msgspec.to_builtins(words.interface.pages).items()
             if isinstance(text, str)}
    return {
        "language": choices.language,
        "title": title(choices, pack, words),
        "words": pages,
        "side_name": pages.get(f"pill_{choices.request.side}", ""),
        "cause": _cause(words.causes[advice.cause], waits=bool(advice.waits), cleared=(
            advice.state is not None and cause.states[advice.state].cleared)),
        "anatomy": _anatomy(cause, words.causes[advice.cause].part_label, pack.body.labels,
                            words),
        "message": message(choices, pack, words),
        "things": things(choices, pack, words),
        "pair": pair(choices, pack, words),
        "massages": [] if choices.leaf_alone else [
            _massage(name, choices, pack) for name in choices.massages],
        "leaf_alone": choices.leaf_alone,
        "edition": choices.edition,
        "lead": (pages["lead_one"], pages["lead_two"], pages["lead_more"])[
            min(len(choices.massages), 3) - 1],
        "more": pages["more"].replace("{PLACE}", _place(choices.request.side,
                                                        words.interface.pages)),
        "tonight": pages["tonight"].replace("{COUNT}", str(len(choices.tips))),
        "topics": {page: [_topic(name, words) for name in choices.topics
                          if pack.structure.topics[name].page == page]
                   for page in ("visit", "day", "move")},
        "exercises": [_exercise(name, pack, words) for name in choices.exercises],
        "research": _research(cause.research, advice, pack, words),
        "routine": leaf.routine(choices, pack),
        "diary": leaf.diary(choices, pack, pages),
        "tips": [_tip(name, choices, pack) for name in choices.tips],
        "questions": [_question(name, choices, pack) for name in choices.questions],
        "terms": [_term(name, words) for name in choices.request.terms or cause.terms],
        "questions_asked": bool(choices.request.questions),
        "terms_asked": bool(choices.request.terms),
        "waits": [_wait(name, choices, pack) for name in advice.waits],
        "ready": _ready(choices, words),
        "later": words.waits[advice.care.later].later if advice.waits else "",
        "plan": _plan(choices, pack),
        "log": _log(choices, pack),
        "scale": words.interface.pages.scale if any(
            pack.structure.log[name].scaled for name in advice.care.log) else "",
        "urgency": advice.care.urgency,
        "alarm": any(pack.structure.waits[name].alarm for name in advice.waits),
        "bar": _has_bar(choices, pack),
        "cold": _cold(choices, pack),
        "flags": [_flag(name, advice, pack, words) for name in advice.flags],
        "brand": {"name": brand.name, "phone": brand.phone, "hours": brand.hours,
                  "phone_link": brand.phone_link, "web_link": brand.web_link,
                  "email_link": brand.email_link,
                  "web": brand.web, "qr": words.waiting.web.alt.replace("{WEB}", brand.web),
                  "web_title": words.waiting.web.title, "email": brand.email,
                  "address": list(brand.address)},
    }


def title(choices: Choices, pack: Pack, words: Words) -> str:
    """The handout's title: what it is for."""
    advice = choices.advice
    if advice.waits:
        return wait_title(advice.waits[0], words, plain=advice.care.plain)
    return side_title(choices.request.side, words.interface.pages)


def wait_title(wait: str, words: Words, *, plain: bool) -> str:
    """The title of a handout that waits: what to do; `plain` where a flag forbids a part of it."""
    said = words.waits[wait]
    return said.plain if plain else said.headline


def side_title(side: str, pages: PageWords) -> str:
    """The title of a handout that offers massage, for a side or for none."""
    by_side = {"left": pages.title_left, "right": pages.title_right, "both": pages.title_both}
    return by_side.get(side, pages.title)


def _cause(said: CauseWords, *, waits: bool, cleared: bool) -> Plain:
    """The cause in words; beside a reason to wait nothing calms and nothing counts as healed."""
    what = (waits and said.waiting) or (cleared and not waits and said.cleared) or said.what
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


def _flag(name: str, advice: Advice, pack: Pack, words: Words) -> Plain:
    """A flag's words; `asks` when no wait tells of it, but it needs a yes first."""
    data = pack.flag(name)
    wait = data.wait or (data.screened_wait if advice.screened else "")
    return {"warning": words.flags[name].warning, "why": words.flags[name].why,
            "asks": wait in ("", pack.body.ask_first)}


def _place(side: str, pages: PageWords) -> str:
    """The part of the body in running text: your left one, or no side."""
    places = {"left": pages.place_left, "right": pages.place_right, "both": pages.place_both}
    return places.get(side, pages.place)


def _wait(name: str, choices: Choices, pack: Pack) -> Plain:
    words = pack.words_in(choices.language)
    said, place = words.waits[name], _place(choices.request.side, words.interface.pages)
    return {**msgspec.to_builtins(said), "found": said.found.replace("{PLACE}", place),
            "headline": wait_title(name, words, plain=choices.advice.care.plain),
            "alarm": pack.structure.waits[name].alarm, "whole": pack.structure.waits[name].whole}


def _ready(choices: Choices, words: Words) -> list[str]:
    """What must be so before massage starts, for every reason to wait; in an emergency for that
    alone. What a card has no room for stands with its reason on page 1."""
    waits = choices.advice.waits
    held = waits[:1] if choices.advice.care.urgency == "now" else waits
    lines = dict.fromkeys(line for name in held for line in words.waits[name].ready)
    return list(lines)[:READY_SHOWN]


def _has_bar(choices: Choices, pack: Pack) -> bool:
    """Whether the handout opens with the bar of an emergency."""
    waits = choices.advice.waits
    return bool(waits) and pack.structure.waits[waits[0]].bar


def _plan(choices: Choices, pack: Pack) -> Plain:
    """What to do while massage waits, and the first picture that shows some of it: none in an
    emergency, whose actions come before any that is done lying down."""
    words, found = pack.words_in(choices.language), choices.advice.care.acts
    data = {name: pack.structure.acts[name] for name in found}
    emergency = _has_bar(choices, pack)
    drawn = [act.figure for act in data.values()
             if not emergency and act.figure and set(act.drawn_with).issubset(found)]
    return {
        "acts": [{"id": name, "icon": act.icon, **msgspec.to_builtins(words.acts[name]),
                  "blank": words.interface.pages.cold_times if "cold" in act.offers else "",
                  "calls": act.calls} for name, act in data.items()],
        "figure": {"figure": drawn[0], "alt": words.figures.figures[drawn[0]].alt}
        if drawn else None}


def _log(choices: Choices, pack: Pack) -> list[Plain]:
    words = pack.words_in(choices.language)
    return [{"id": name, "boxes": pack.structure.log[name].boxes,
             "compared": pack.structure.log[name].compared,
             **msgspec.to_builtins(words.log[name])} for name in choices.advice.care.log]


def _cold(choices: Choices, pack: Pack) -> str:
    """Where a cold pack is first offered, "do" (what to do now) or "tips", or nowhere: how often a
    day stands there, for a clinician to write."""
    structure = pack.structure
    acts = (structure.acts[name] for name in choices.advice.care.acts)
    tips = (structure.tips[name] for name in choices.tips)
    return next((place for place, entries in (("do", acts), ("tips", tips))
                 if any("cold" in entry.offers for entry in entries)), "")


def _question(name: str, choices: Choices, pack: Pack) -> Plain:
    said = pack.words_in(choices.language).questions[name]
    return {"id": name, "question": said.question, "answer": said.answer}


# -- massages --------------------------------------------------------------------------------------


def _massage(name: str, choices: Choices, pack: Pack) -> Plain:
    words = pack.words_in(choices.language)
    data, said = pack.massage(name), words.massages.massages[name]
    ruling = choices.advice.rulings[name]
    pressure, about = data.pressure, said.about
    if choices.advice.screened or ruling.is_light(pack):
        pressure = pack.body.gentle.get(pressure, pressure)
        about = said.about_light or about
    held = choices.session.parts if choices.session else ()
    cautions = [words.conditions[item] for item in (
        *conditions(name, ruling, pack),
        *(caution for part, caution in data.beside.items() if part in held))]
    cautions.insert(int(ruling.verdict is Verdict.IF), _where(name, choices, pack))
    return {
        "id": name, "name": said.name, "about": about, "who": words.massages.who[data.who],
        "figure": data.figure, "alt": words.figures.figures[data.figure].alt,
        "dose": dose(name, choices, pack), "pressure": words.massages.pressure[pressure],
        "box": words.interface.panel.box if ruling.verdict is Verdict.IF else "",
        "cautions": _joined([caution for caution in cautions if caution],
                            apart=ruling.verdict is Verdict.IF),
    }


def _where(name: str, choices: Choices, pack: Pack) -> str:
    """Where it may touch, in words, when the rules leave less than the massage's own regions."""
    ruling, data = choices.advice.rulings[name], pack.massage(name)
    words = pack.words_in(choices.language).conditions
    if ruling.on == frozenset(data.regions) and not data.says_where:
        return ""
    return words[place_id(ruling.on, pack.body)]


def _joined(cautions: list[str], *, apart: bool) -> list[str]:
    """Cautions run together; a first one that says "only if" stands apart."""
    lines = list(dict.fromkeys(cautions))
    if not lines:
        return []
    return [lines[0], " ".join(lines[1:])] if apart and lines[1:] else [" ".join(lines)]


# -- research, tips --------------------------------------------------------------------------------


def _research(name: str, advice: Advice, pack: Pack, words: Words) -> Plain:
    """The note in brief, and in full with its sources, numbered in the order in which it cites
    them."""
    findings = [said for key, said in words.research.notes[name].findings.items()
                if key not in advice.care.unsaid]
    cited = list(dict.fromkeys(_SOURCE.findall(" ".join(one.full for one in findings))))
    sources = [pack.structure.sources[key] for key in cited]
    numbers = {key: at for at, key in enumerate(cited, 1)}
    days = {one.checked: [str(at) for at, other in enumerate(sources, 1)
                          if other.checked == one.checked] for one in sources if one.checked}

    def numbered(text: str) -> str:
        return _SOURCES.sub(lambda match: "[" + ", ".join(
            str(numbers[key]) for key in _SOURCE.findall(match[0])) + "]", text)

    return {
        "title": words.research.title, "title_full": words.research.title_full,
        "brief": [(one.title, one.brief) for one in findings if one.brief],
        "full": [(one.title, numbered(one.full)) for one in findings],
        "sources": sources, "sources_title": words.interface.pages.sources,
        "checked": [words.interface.pages.checked.replace(
            "{DATE}", unbroken(day, date_words(words))).replace("{SOURCES}", ", ".join(numbers))
            for day, numbers in sorted(days.items())],
    }


def _term(name: str, words: Words) -> Plain:
    said = words.glossary[name]
    return {"id": name, "term": said.term, "meaning": said.meaning}


def _topic(name: str, words: Words) -> Plain:
    return {"id": name, "title": words.topics[name].title}


def _exercise(name: str, pack: Pack, words: Words) -> Plain:
    figures = pack.structure.exercises[name].figures
    return {"id": name, "words": words.exercises[name], "figures": [
        {"figure": figure, "alt": words.figures.figures[figure].alt} for figure in figures]}


def _tip(name: str, choices: Choices, pack: Pack) -> Plain:
    words = pack.words_in(choices.language).tips[name]
    sided = {"left": words.text_left, "right": words.text_right}.get(choices.request.side, "")
    return {"id": name, "icon": pack.tip(name).icon, "title": words.title,
            "text": sided or words.text}
