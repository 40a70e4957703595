"""What page 1 opens with: the message, what to do this week, pictures of what is going on."""

from collections.abc import Iterator, Sequence
from typing import Any

from handouts.pack.interface import PageWords
from handouts.pack.pack import Pack
from handouts.pack.words import Words
from handouts.rules.choices import Choices, dose_of
from handouts.rules.safety import Verdict

MOST = 3  # things to do

Plain = dict[str, Any]


def message(choices: Choices, pack: Pack, words: Words) -> Plain:
    """The cause's message, with the picture of the first massage, where massage is offered."""
    if choices.advice.waits or not choices.massages:
        return {}
    shown = pack.massage(choices.massages[0])
    return {"text": words.causes[choices.advice.cause].message,
            "picture": shown.near or shown.figure}


def things(choices: Choices, pack: Pack, words: Words) -> Plain:
    """Three things to do at most: the massage and the moves of the routine, then what helps."""
    if choices.advice.waits:
        return {}
    said = words.interface.pages
    items = [*_routine(choices, pack, said), *(
        {"title": words.helps[name].title, "line": words.helps[name].line,
         "label": said.plan if pack.structure.helps[name].plan else ""}
        for name in choices.advice.helps)][:MOST]
    title = said.things.replace("{COUNT}", str(len(items))) if len(items) > 1 else said.thing
    return {"title": title, "items": items}


def _routine(choices: Choices, pack: Pack, said: PageWords) -> Iterator[Plain]:
    """The massage and, where there are any, the moves."""
    if choices.session is None:
        return
    _, times = dose_of(pack.body.routine, choices, pack)
    advised = choices.advice.routine
    asks = advised is not None and advised.verdict is Verdict.IF  # a tick leads the steps (J1.3)
    often, once = ((said.massage_asked, said.massage_asked_once) if asks else
                   (said.massage_thing, said.massage_once))
    title = once if times == 1 else often.replace("{TIMES}", str(times))
    days = {"label": said.circle, "days": said.weekdays, "where": said.where}
    yield {"title": title, "target": "routine", "paper": said.hang, **days}
    if choices.session.moves:
        yield {"title": said.moves_thing, "target": "moves", **days}


def pair(choices: Choices, pack: Pack, words: Words) -> list[Plain]:
    """A healthy part of the body, and beside it what the cause changes: as the patient's own only
    where a clinician's state says that it was found there (J1.7). What has healed is never drawn
    as it was, and nothing as healed while massage must wait. Of a part that was replaced, which a
    flag tells, its pair is drawn as long as nothing waits."""
    advice, said = choices.advice, words.interface.pages
    theirs = getattr(said, f"yours_{choices.request.side}", said.yours)
    replaced = next((name for name in advice.flags if pack.flag(name).pair), "")
    if replaced and not advice.waits:
        return _sides((said.healthy, theirs), pack.flag(replaced).pair, words.flags[replaced].pair,
                      words)
    data, own = pack.cause(advice.cause), words.causes[advice.cause]
    state = data.states[advice.state] if advice.state is not None else None
    healed = (state is not None and state.cleared and bool(data.pair_cleared)
              and not advice.waits)
    found = healed or (state is not None and state.seen)
    names = (said.healthy, theirs if found else own.caption or own.pill or own.name)
    return _sides(names, data.pair_cleared if healed else data.pair,
                  own.pair_cleared if healed else own.pair, words)


def _sides(names: Sequence[str], figures: Sequence[str], labels: Sequence[str], words: Words
           ) -> list[Plain]:
    return [{"name": name, "figure": figure, "alt": words.figures.figures[figure].alt,
             "label": label} for name, figure, label in zip(names, figures, labels, strict=False)]
