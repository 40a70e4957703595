"""What the rules leave of a handout, as document nodes by tag and id: all that a template may name.
"""

from typing import Any

from handouts import document as doc
from handouts.compose.context import Plain
from handouts.compose.markup.nodes import Stock
from handouts.compose.rendering import STRONG


def stock_of(said: Plain) -> Stock:
    """The nodes of what the templates are given."""
    routine = said["routine"] or {}
    stock: dict[str, dict[str, Any]] = {
        "massage": {one["id"]: _massage(one, said["words"]) for one in said["massages"]},
        "message": _message(said["message"]),
        "things": {"": _things(said["things"])} if said["things"] else {},
        "pair": {"": doc.Pair(tuple(
            doc.Side(one["name"], _figure(one), one["label"]) for one in said["pair"]))},
        "tip": {one["id"]: doc.Tip(one["icon"], one["title"], one["text"])
                for one in said["tips"]},
        "question": {one["id"]: (one["question"], runs_of(one["answer"]))
                     for one in said["questions"]},
        "term": {one["id"]: (one["term"], one["meaning"]) for one in said["terms"]},
    }
    if routine:
        stock |= {
            "step": {one["id"]: _step(one) for one in routine["steps"]},
            "move": {one["id"]: _move(one) for one in routine["moves"]},
            "finish": {"finish": _finish(routine["finish"])},
            "strip": {"routine": _strip(routine["strip"]), "finish": _strip(routine["back_strip"])},
        }
    if said["diary"]:
        stock["diary"] = {"diary": doc.Diary(**said["diary"])}
    if said["brand"]["phone"]:
        stock["call"] = {"call": _call(said)}
    return stock


def runs_of(text: str) -> doc.Runs:
    """Text with `**strong**` as runs."""
    parts = STRONG.split(text)
    return tuple(doc.Run(part, strong=bool(at % 2)) for at, part in enumerate(parts) if part)


def _message(one: Plain) -> dict[str, doc.Message]:
    return {"": doc.Message(**one)} if one else {}


def _things(one: Plain) -> doc.Things:
    return doc.Things(one["title"], tuple(doc.Thing(**item) for item in one["items"]))


def _massage(one: Plain, words: Plain) -> doc.Massage:
    return doc.Massage(
        one["name"], one["who"], _figure(one), runs_of(one["about"]),
        (doc.Fact(words["when"], runs_of(one["dose"])),
         doc.Fact(words["how_hard"], runs_of(one["pressure"]))),
        tuple(runs_of(caution) for caution in one["cautions"]))


def _step(one: Plain) -> doc.Step:
    return doc.Step(one["mark"], one["title"], one["effort"], _figure(one), runs_of(one["text"]),
                    one["feel"], one["never"])


def _move(one: Plain) -> doc.Move:
    frames = tuple(doc.Frame(frame["caption"], _figure(frame)) for frame in one["frames"])
    return doc.Move(one["title"], one["count"], frames, runs_of(one["text"]), one["feel"],
                    one["never"])


def _finish(one: Plain) -> doc.Finish:
    return doc.Finish(runs_of(one["text"]), ())


def _strip(facts: list[Plain]) -> doc.Strip:
    return doc.Strip(tuple(doc.Tip(fact["icon"], fact["text"]) for fact in facts))


def _call(said: Plain) -> doc.Call:
    """Whom to call, with when somebody answers."""
    brand = said["brand"]
    return doc.Call(said["words"]["call_us"], doc.Run(brand["phone"], strong=True,
                                                      link=brand["phone_link"]), brand["hours"])


def _figure(one: Plain) -> doc.Figure:
    return doc.Figure(one["figure"], one["alt"])
