"""The routine for the wall as a Document: one page, in the few words that a wall has room for.

Nobody knows who reads it, so it is the screened routine, and the Check first list
leads. Everything on it is put in by code; no template can leave anything out.
"""

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.claims import refuse_claims
from handouts.brand.reviews import Reviews
from handouts.compose.context import Plain, context
from handouts.compose.contradictions import check
from handouts.compose.identity import stamped
from handouts.compose.mandatory import zones
from handouts.compose.reviewed import review_state
from handouts.compose.stock import runs_of
from handouts.pack.interface import PosterWords
from handouts.pack.pack import Pack
from handouts.pack.words import Words
from handouts.request.request import Request
from handouts.rules.choices import Choices, choose, trial_weeks

FACTS = 2  # how long, how often
FINE = 3  # of 10


@dataclass(frozen=True)
class Poster:
    """A poster's document, and the choices that it shows."""

    document: doc.Document
    choices: Choices


def poster(request: Request, pack: Pack, brand: Brand, *, today: date) -> Poster | None:
    """The poster of a cause; None where the rules leave no routine to somebody nobody has seen.

    Only cause, language and side of the request count.
    """
    refuse_claims(brand, pack)
    choices = choose(Request(request.cause, language=request.language, side=request.side),
                     pack, today=today)
    said = context(choices, pack, brand)
    if not said["routine"]:
        return None
    words = pack.words_in(choices.language)
    title = said["title"]
    blocks = (_strip(choices, said, words), _check_first(choices, words),
              _routine(said, pack, words, brand), _finish(said, words),
              *web_code(words, brand),
              doc.FinePrint((_after(choices, pack, words),
                             review_state(Reviews(pack, brand, today), choices.language,
                                          request.cause))))
    document = doc.Document(
        title=f"{title}: {words.causes[request.cause].name}", language=choices.language,
        side=request.side, figures=pack.figures,
        letterhead=doc.Letterhead(brand.name, ()),
        pages=(doc.Page("poster", title, "", blocks, closed=True),), footer=footer(words, brand))
    check(document, choices.advice, pack, choices.language)
    return Poster(stamped(document, pack.known_as), choices)


def _check_first(choices: Choices, words: Words) -> doc.Block:
    """The list, in lines short enough for the wall; the cause's own lead it, and what asks for
    care today stands beside it, in the reminder."""
    said = words.waiting.poster
    own = words.causes[choices.advice.cause].check
    listed = (said.checks[name] for name in choices.advice.care.asks)
    return doc.CheckFirst(words.check_first.title, said.lead, (*own, *filter(None, listed)))


def _after(choices: Choices, pack: Pack, words: Words) -> doc.Runs:
    """What to mind after a massage, and whom the poster is for."""
    weeks = str(trial_weeks(choices, pack))
    line = words.waiting.poster.after.replace("{WEEKS}", weeks)
    return (doc.Run(f"{line} {words.safety.stop.adults}"),)


def _strip(choices: Choices, said: Plain, words: Words) -> doc.Block:
    """What it is for, how long and how often."""
    name = words.causes[choices.advice.cause].name
    facts = [("user", words.waiting.poster.cause.replace("{CAUSE}", name)),
             *((fact["icon"], fact["text"]) for fact in said["routine"]["strip"][:FACTS])]
    return doc.Strip(tuple(doc.Tip(*fact) for fact in facts))


def _routine(said: Plain, pack: Pack, words: Words, brand: Brand) -> doc.Block:
    """The steps that a handout of the cause shows, and the rules beside them."""
    return doc.Routine(
        tuple(doc.Step(step["mark"], step["title"], "",
                       doc.Figure(step["figure"], step["alt"]), _line(step, words.waiting.poster))
              for step in said["routine"]["steps"]), _rules(pack, words, brand))


def _finish(said: Plain, words: Words) -> doc.Block:
    """The last step with its moves."""
    last, short = said["routine"]["finish"], words.waiting.poster
    return doc.Finish(_line(last, short),
                      tuple(_move(move, short) for move in said["routine"]["moves"]),
                      mark=last["mark"], title=last["title"])


def _rules(pack: Pack, words: Words, brand: Brand) -> doc.WallRules:
    """The rules of a handout: the agreed sentences as they are, the others in few words."""
    short, full = words.waiting.poster, words.safety.fixed.get(pack.body.in_full, "")
    rail, off = words.routine.rail, zones(words, pack.body)
    ticks = tuple(filter(None, (short.care, full)))
    return doc.WallRules(
        doc.Reminder(rail.check_title, rail.check_rule, ticks),
        doc.Scale(short.hard_title, (runs_of(short.hard),), FINE, short.fine, short.over),
        replace(off, sentences=(off.sentences[0], runs_of(short.off))),
        doc.StopRules(short.stop_title, short.stop,
                      rail.emergency.replace("{EMERGENCY}", brand.emergency)))


def _line(step: Plain, short: PosterWords) -> doc.Runs:
    return runs_of(short.cells[step["id"]].replace("{minutes}", step["minutes"]))


def _move(move: Plain, short: PosterWords) -> doc.Move:
    shown = doc.Frame("", doc.Figure(move["figure"], move["alt"]))
    return doc.Move(move["title"], "", (shown,), runs_of(short.moves[move["id"]]))


def web_code(words: Words, brand: Brand) -> tuple[doc.Block, ...]:
    """The QR code of the practice's page, if it has one."""
    if not brand.web:
        return ()
    said = words.waiting.web
    return (doc.QrCode(brand.web_link, said.alt.replace("{WEB}", brand.web), said.title,
                       brand.web),)


def footer(words: Words, brand: Brand) -> doc.Footer:
    """The short disclaimer and the practice."""
    lines = tuple(line for line in (brand.name, brand.phone) if line)
    short = words.safety.disclaimer.short.replace("{EMERGENCY}", brand.emergency)
    return doc.Footer(short, lines, words.interface.pages.page)
