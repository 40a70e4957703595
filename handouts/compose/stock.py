"""What the rules leave of a handout, as document nodes by tag and id: all that a template may name.
"""

from typing import Any

from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.context import Plain
from handouts.compose.markup.nodes import Stock
from handouts.compose.rendering import STRONG
from handouts.pack.fulledition import TopicData, TopicWords
from handouts.pack.structure import Source, Structure
from handouts.pack.words import Words

NAMED = 2  # authors of a source, at most


def stock_of(said: Plain, words: Words, structure: Structure) -> Stock:
    """The nodes of what the templates are given."""
    routine = said["routine"] or {}
    step, move = (_bare_step, _bare_move) if said["leaf_alone"] else (_step, _move)
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
        "act": {one["id"]: _act(one, said) for one in said["plan"]["acts"]},
        "plan": {"figure": _figure(said["plan"]["figure"]) if said["plan"]["figure"] else None},
        "log": {one["id"]: doc.LogRow(one["label"], tuple(one["circle"]), one["boxes"])
                for one in said["log"]},
        "research": {"brief": _brief(said["research"]), "full": _full(said["research"]),
                     "sources": _sources(said["research"])},
        "topic": {one["id"]: topic(words.topics[one["id"]], structure.topics[one["id"]])
                  for page in said["topics"].values() for one in page},
        "exercise": {one["id"]: _exercise(one, said["words"]) for one in said["exercises"]},
    }
    if routine:
        stock |= {
            "step": {one["id"]: step(one) for one in routine["steps"]},
            "move": {one["id"]: move(one) for one in routine["moves"]},
            "finish": {"finish": _finish(routine["finish"])},
            "strip": {"routine": _strip(routine["strip"]), "finish": _strip(routine["back_strip"])},
        }
    if said["diary"]:
        stock["diary"] = {"diary": doc.Diary(**said["diary"])}
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
        one["name"], one["who"], _figure(one),
        (doc.Fact(words["when"], runs_of(one["dose"])),
         doc.Fact(words["how"], runs_of(f"{one['about']} {one['pressure']}"))),
        tuple(runs_of(caution) for caution in one["cautions"]), one["box"])


def _brief(note: Plain) -> doc.Research:
    return doc.Research(note["title"], tuple((title, runs_of(text))
                                             for title, text in note["brief"]))


def _full(note: Plain) -> doc.Research:
    """The note in full, under a title that the page has."""
    return doc.Research("", tuple((title, runs_of(text)) for title, text in note["full"]))


def _sources(note: Plain) -> doc.Sources:
    return doc.Sources(note["sources_title"], tuple(map(cited, note["sources"])),
                       tuple(note["checked"]))


def cited(one: Source) -> doc.Cited:
    """A source as the full edition names it: all that is needed to find it."""
    volume = ":".join(filter(None, [one.volume, one.pages]))
    link = f"https://doi.org/{one.doi}" if one.doi else one.url
    return doc.Cited(f"{_authors(one.authors)}. {one.year}.",
                     f"{one.title}. {' '.join(filter(None, [one.journal, volume]))}.",
                     link.removeprefix("https://").removeprefix("www.").rstrip("/"), link)


def _authors(names: str) -> str:
    """Who wrote it: of more than two, the first."""
    several = names.split(", ")
    return f"{several[0]}, et al" if len(several) > NAMED else names.rstrip(".")


def topic(said: TopicWords, data: TopicData) -> doc.Card:
    """A card of the full edition."""
    body: list[doc.Block] = []
    if said.parts:
        body.append(doc.Columns(tuple((doc.Part(part.title, (_bullets(part.lines),)),)
                                      for part in said.parts), (1,) * len(said.parts)))
    if said.trade:
        trade = said.trade
        body.append(doc.Trade(trade.give, trade.of, trade.brings, trade.get, trade.less))
    body += [_bullets(said.lines)] if said.lines else []
    body += [doc.Ticks(tuple(map(runs_of, said.ticks)))] if said.ticks else []
    body += [doc.Paragraph(runs_of(said.text))] if said.text else []
    body += [doc.Line(label) for label in said.blanks]
    return doc.Card(data.kind, said.title, data.badge, tuple(body))


def _bullets(lines: tuple[str, ...]) -> doc.Bullets:
    return doc.Bullets(tuple(map(runs_of, lines)))


def _exercise(one: Plain, words: Plain) -> doc.Exercise:
    said, figures = one["words"], tuple(map(_figure, one["figures"]))
    captions = (words["start"], words["end"]) if len(figures) > 1 else ()
    return doc.Exercise(said.title, figures, captions, runs_of(said.text), said.feel, said.care,
                        said.stop, said.blank)


def _step(one: Plain) -> doc.Step:
    return doc.Step(one["mark"], one["title"], one["effort"], _figure(one), runs_of(one["text"]),
                    one["feel"], one["never"], one["box"])


def _move(one: Plain) -> doc.Move:
    frames = tuple(doc.Frame(frame["caption"], _figure(frame)) for frame in one["frames"])
    return doc.Move(one["title"], one["count"], frames, runs_of(one["text"]), one["feel"],
                    one["never"])


def _bare_step(one: Plain) -> doc.Step:
    """A step of the leaf alone, which has no room for how it should feel."""
    return replace(_step(one), feel="")


def _bare_move(one: Plain) -> doc.Move:
    """A move of the leaf alone: where it ends."""
    whole = _move(one)
    return replace(whole, feel="", frames=(replace(whole.frames[-1], caption=""),))


def _finish(one: Plain) -> doc.Finish:
    return doc.Finish(runs_of(one["text"]), ())


def _act(one: Plain, said: Plain) -> doc.Action:
    """What to do; one that tells to call us has our number, or a line to write it on."""
    brand = said["brand"]
    number = (doc.Run(f" {brand['phone']}", strong=True, link=brand["phone_link"]),)
    asked = one["calls"] and not brand["phone"]
    return doc.Action(
        one["icon"], one["title"],
        (*runs_of(one["text"]), *(number if one["calls"] and brand["phone"] else ())),
        said["words"]["phone"] if asked else one["blank"])


def _strip(facts: list[Plain]) -> doc.Strip:
    return doc.Strip(tuple(doc.Tip(fact["icon"], fact["text"]) for fact in facts))


def _call(said: Plain) -> doc.Call:
    """Whom to call, with when somebody answers; while massage waits, where else help is: beside an
    emergency its number, and no other day."""
    brand, words, closed = said["brand"], said["words"], ""
    if said["waits"]:
        closed = words["emergency"] if said["alarm"] else (
            words["closed"] if brand["phone"] else words["nowhere"])
    return doc.Call(words["call_us"], doc.Run(brand["phone"], strong=True,
                                              link=brand["phone_link"]), brand["hours"], closed)


def _figure(one: Plain) -> doc.Figure:
    return doc.Figure(one["figure"], one["alt"])
