"""What a template is given for the leaf for the fridge: the steps, the moves, the diary."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from handouts.compose.doses import length, time, times, total
from handouts.pack.pack import Pack
from handouts.pack.routine import CellWords
from handouts.pack.words import Words
from handouts.rules.choices import Choices, dose_of, trial_weeks
from handouts.rules.safety import Verdict
from handouts.rules.session import SessionStep

Plain = dict[str, Any]


def routine(choices: Choices, pack: Pack) -> Plain | None:
    """The steps of the session, or None."""
    session = choices.session
    if session is None:
        return None
    words = pack.words_in(choices.language)
    parts = choices.advice.routine.parts if choices.advice.routine else {}
    on = choices.advice.rulings[pack.body.routine].on
    *steps, finish = (_cell(step, choices, words, parts, on) for step in session.steps)
    finish["mark"] = str(finish["number"])
    ready = words.routine.cells[steps[0]["id"]].ready if steps else ""
    return {
        "title": words.routine.title,
        "back": words.routine.back.replace("{STEP}", finish["mark"]),
        "strip": _strip(choices, pack),
        "back_strip": [{"icon": "clock", "text": finish["effort"]},
                       {"icon": "calendar", "text": words.routine.often}],
        "ready": _ready(ready, choices, pack, words),
        "steps": _marked(steps),
        "finish": {**finish, "text": f"**{words.routine.rest_title}** {finish['text']}"},
        "moves": [_move(name, pack, words) for name in session.moves],
    }


def _ready(ready: str, choices: Choices, pack: Pack, words: Words) -> str:
    """What to get ready, and of two sides that one comes after the other, and how long both take
    (J5.20)."""
    both = (f"**{words.routine.both} {total(choices, pack)}**" if choices.request.side == "both"
            else "")
    title = f"**{words.routine.rail.ready_title}** {ready}" if ready else ""
    return f"{title} {both}".strip()


def _marked(steps: list[Plain]) -> list[Plain]:
    """The steps with their marks: 3, or 3a and 3b where a step has several cells."""
    cells, seen = Counter(step["number"] for step in steps), Counter[int]()
    for step in steps:
        number = step["number"]
        letter = chr(ord("a") + seen[number]) if cells[number] > 1 else ""
        step["mark"] = f"{number}{letter}"
        seen[number] += 1
    return steps


def _said(step: SessionStep, said: CellWords, on: Collection[str]) -> str:
    """What to do in a step: all of it, where the rules leave all that it touches to one's own
    hands (`on`)."""
    if said.narrow and not set(step.cell.touches).issubset(on):
        return said.narrow
    return said.short if said.short and step.is_short else said.text


def _cell(step: SessionStep, choices: Choices, words: Words,
          parts: Mapping[str, Verdict], on: Collection[str]) -> Plain:
    """A step in words; of one that needs a clinician's yes the condition comes first."""
    cell, said, lengths = step.cell, words.routine.cells[step.cell.id], words.interface.dose
    rest = choices.session.rest if choices.session else (0, 0)
    filled = {"{minutes}": length(step.minutes, lengths),
              "{min}": length(step.minutes, lengths, short=True),
              "{seconds}": str(step.seconds), "{rest}": length(rest, lengths)}
    effort, text = said.effort, _said(step, said, on)
    for field, value in filled.items():
        effort, text = effort.replace(field, value), text.replace(field, value)
    skipped = said.not_with if cell.not_with in choices.massages else ""
    alt = words.figures.figures[cell.figure].alt if cell.figure else ""
    agreed = parts.get(cell.part) is Verdict.IF
    if agreed:
        text = f"**{words.routine.only_if}** {text}"
    return {"id": cell.id, "number": cell.step, "title": said.title, "effort": effort,
            "text": text, "feel": said.feel, "never": f"{said.never} {skipped}".strip(),
            "figure": cell.figure, "alt": alt, "minutes": filled["{minutes}"],
            "box": words.interface.panel.box if agreed else ""}


def _move(name: str, pack: Pack, words: Words) -> Plain:
    """A move: its one picture, its frames, its words."""
    data, figures = pack.structure.routine.moves[name], words.figures.figures
    said = words.routine.moves[name]
    captions = (words.routine.start, words.routine.end) if len(data.frames) > 1 else ("",)
    frames = [{"caption": caption, "figure": figure, "alt": figures[figure].alt}
              for caption, figure in zip(captions, data.frames or (data.figure,), strict=False)]
    return {"id": name, "title": said.title, "count": said.count, "text": said.text,
            "feel": said.feel, "never": said.never, "figure": data.figure,
            "alt": figures[data.figure].alt, "frames": frames}


def _strip(choices: Choices, pack: Pack) -> list[Plain]:
    """How long, for each side where there are two, how often, for how many weeks."""
    own, said = pack.body.routine, pack.words_in(choices.language).routine
    when = said.when.replace("{WEEKS}", str(trial_weeks(choices, pack)))
    return [{"icon": "clock", "text": time(own, choices, pack)},
            {"icon": "calendar", "text": times(own, choices, pack)},
            {"icon": "loop", "text": when}]


def diary(choices: Choices, pack: Pack, pages: Mapping[str, str]) -> Plain | None:
    """A grid of the weeks of the trial, None where nothing is tried; a box for each massage of a
    week, as many as a clinician may ask for (J5.2: one number of weeks on a handout)."""
    if choices.advice.waits:
        return None
    words, weeks = pack.words_in(choices.language), trial_weeks(choices, pack)
    own = pack.body.routine
    times = dose_of(own, choices, pack)[1] if own in choices.massages else max(
        (dose_of(name, choices, pack)[1] for name in choices.massages), default=1)
    moves = [pages["moves_row"]] if choices.session and choices.session.moves else []
    return {"title": pages["diary"], "weeks": weeks, "week_word": pages["week"],
            "ticked": pages["massage_row"], "boxes": times,
            "written": (*moves, pages["pain_row"]),
            "end": words.safety.after.trial.replace("{WEEKS}", str(weeks))}


