"""What no template may leave out, and code puts in: the patient panel, the lists to tick, the Stop
box, the rules beside the routine, the disclaimers, how the content was made.
"""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from handouts import document as doc
from handouts.brand.reviews import Reviews
from handouts.compose.asking import opened, pictured, received, running
from handouts.compose.context import Plain
from handouts.compose.reviewed import review_state
from handouts.compose.stock import runs_of
from handouts.compose.waits import alarm, with_order
from handouts.pack.dates import date_words, unbroken
from handouts.pack.pack import Pack
from handouts.pack.structure import BodyData
from handouts.pack.words import Words
from handouts.request.request import CLEARED_ON, NOTE, panel_values
from handouts.rules.care import column_of
from handouts.rules.choices import Choices, trial_weeks
from handouts.rules.safety import Verdict

_OFFERS = "massages"  # the page that offers massage
_PLACE = doc.FinePrint(())  # a place for the disclaimer, as a template leaves it
Blocks = tuple[doc.Block, ...]


class Safety:
    """The blocks that are put in by code."""

    def __init__(self, choices: Choices, said: Plain, reviews: Reviews,
                 pack: Pack) -> None:
        self.choices, self.said, self.reviews = choices, said, reviews
        self.words = pack.words_in(choices.language)
        self.pack, self.brand = pack, reviews.brand
        self.emergency = self.brand.emergency
        self.dates = date_words(self.words)

    def completed(self, pages: Iterable[doc.Page], *, ready: str) -> tuple[doc.Page, ...]:
        """The pages with their safety blocks; `ready` is what to get ready for the routine."""
        done = [replace(page, blocks=tuple(self._ruled(block, ready) for block in page.blocks))
                for page in pages]
        opening, ahead, behind = self._opening(done[0])
        if self.choices.leaf_alone:
            done[0] = replace(done[0], blocks=opening)
            done[-1] = replace(done[-1], blocks=(*done[-1].blocks, *behind, self._stop_box()))
            return self._disclaimed(self._told(done))
        if len(done) > 1:
            done[1] = received(replace(done[1], blocks=(*ahead, *done[1].blocks)), behind)
        else:
            opening = (*opening, *ahead, *behind)
        done[0] = replace(done[0], blocks=(*opening, self._stop_box()))
        return self._disclaimed(self._told(done))

    def _opening(self, page: doc.Page) -> tuple[Blocks, Blocks, Blocks]:
        """What page 1 opens with, and what of a template's goes on: before the second page's own
        blocks, and after them."""
        hero, warned, advice = self._hero(page), self._warnings(), self.choices.advice
        if advice.waits:
            return (*alarm(self.said, self.emergency), hero, *with_order(self.said, page.blocks)
                    ), (), ()
        if self.choices.leaf_alone:
            return (hero, *page.blocks), (), warned
        if advice.screened:
            later = tuple(block for block in page.blocks if not isinstance(block, doc.Message))
            return (hero, self._unexamined(), *warned), later, ()
        own, behind = opened(page.blocks, warned)
        return (hero, *own), (), behind

    def _disclaimed(self, pages: list[doc.Page]) -> tuple[doc.Page, ...]:
        """The pages with the disclaimer where a template leaves room for it, else at the end."""
        places = [at for at, page in enumerate(pages) if _PLACE in page.blocks]
        at = places[0] if places else len(pages) - 1
        blocks = tuple(block for block in pages[at].blocks if block != _PLACE)
        pages[at] = replace(pages[at], blocks=(*blocks, self._fine_print(beside=bool(places))))
        return tuple(replace(page, blocks=tuple(block for block in page.blocks if block != _PLACE))
                     for page in pages)

    def made(self) -> doc.Made:
        """How the content was made, how its review stands, and whom to ask."""
        said, reviews = self.words.safety.review, self.reviews
        state = review_state(reviews, self.choices.language, self.choices.advice.cause)
        ask = (said.unclear.replace("{PHONE}", self.brand.phone),) if self.brand.phone else ()
        return doc.Made(said.made_title, (
            doc.Run(f"{' '.join(map(self._dated, said.made))} "), *state,
            *(doc.Run(f" {line}") for line in ask)))

    def _dated(self, text: str) -> str:
        info = self.pack.info
        return self._filled(text).replace("{REVIEW_DATE}", self._date(info.date)).replace(
            "{NEXT_REVIEW}", self._date(info.next_review))

    def footer(self) -> doc.Footer:
        """The foot of every page."""
        lines = tuple(line for line in (self.brand.name, self.brand.phone) if line)
        return doc.Footer(self._filled(self.words.safety.disclaimer.short), lines,
                          self.words.interface.pages.page)

    def _filled(self, text: str) -> str:
        return text.replace("{EMERGENCY}", self.emergency)

    def _date(self, day: date | None) -> str:
        return unbroken(day, self.dates)

    def _hero(self, page: doc.Page) -> doc.Block:
        said = self.words.interface.panel
        labels = {"patient": said.name, "date of birth": said.born, "id": said.id,
                  "clinician": said.given_by, "date": said.date, "review": said.next_visit,
                  CLEARED_ON: said.cleared_on, NOTE: said.note}
        *fields, note = (doc.Field(name, labels[name], value) for name, value in
                         panel_values(self.choices.request.patient, self.dates).items())
        panel = doc.Panel(tuple(fields), note)
        if self.said["bar"]:  # it says the title, and what, but not where
            pill = " · ".join(filter(None, (page.pill, self.said["side_name"])))
            return doc.Hero("", pill, panel)
        return doc.Hero(page.title, page.pill, panel)

    def _unexamined(self) -> doc.Unexamined:
        """The two lists that open the screened variant."""
        said = self.words.check_first
        target = "routine" if self.choices.session else ""
        go = said.go if target else said.go_else or said.go
        *_, trial = after_lines(self.words, str(trial_weeks(self.choices, self.pack)))
        return doc.Unexamined(
            runs_of(said.opening), self._column("x", said.today, "today"), said.today_lead,
            said.ever, said.lead, self._asks(), runs_of(go), target,
            f"{said.go_where} {trial}" if target else "")

    def _asks(self) -> tuple[str, ...]:
        """What needs a yes from us before any massage."""
        advice, items = self.choices.advice, self.words.check_first.items
        kinds = (advice.cause, *self.pack.cause(advice.cause).kinds) if advice.screened else ()
        own = dict.fromkeys(line for kind in kinds for line in self.words.causes[kind].check)
        return (*own, *(items[name] for name in advice.care.asks))

    def _warnings(self) -> tuple[doc.Block, ...]:
        advice = self.choices.advice
        if not advice.flags or advice.waits:
            return ()
        pages = self.words.interface.pages
        warned = [(self.words.flags[name].warning, pictured(self.pack.flag(name).picture))
                  for name in advice.flags if self.words.flags[name].warning]
        return (doc.Warnings(pages.care, tuple(words for words, _ in warned), pages.care_text,
                             tuple(picture for _, picture in warned)),)

    def _stop_box(self) -> doc.StopBox:
        said, advice = self.words.safety.stop, self.choices.advice
        today = ("bang", said.today_title) if advice.waits else ("x", said.massage_title)
        heads = {"today": (*today, said.when_today), "us": ("phone", said.us_title, said.when_us),
                 "now": ("phone", said.now_title, said.when_now)}
        if advice.screened and not advice.waits:
            del heads["today"]  # it opens the handout
        columns = tuple(self._column(badge, title, order, when)
                        for order, (badge, title, when) in heads.items())
        ask, tick = self._asking(), self.words.interface.panel.checked
        return doc.StopBox(tuple(column for column in columns if column.items), ask,
                           "" if ask or not advice.waits else tick, said.where)

    def _column(self, badge: str, title: str, order: str, when: str = "") -> doc.StopColumn:
        """The signs of one order, under it; the one that is told whole last."""
        signs, whole = self.pack.structure.signs, self.pack.body.in_full
        care = self.choices.advice.care
        names = [name for name in care.signs
                 if column_of(signs[name].order, care.urgency) == order]
        brand, us = self.brand, order == "us"
        number = (doc.Run(brand.phone, strong=True, link=brand.phone_link),)
        return doc.StopColumn(badge, self._filled(title), tuple(
            doc.StopSign((doc.Run(self._sign(name)),), pictured(signs[name].picture))
            for name in sorted(names, key=whole.__eq__)),
            number if us and brand.phone else (),
            self.words.interface.pages.phone if us and not brand.phone else "", self._filled(when))

    def _sign(self, name: str) -> str:
        """A sign in words; the one that is told whole in the agreed ones."""
        whole = name == self.pack.body.in_full
        return self.words.safety.fixed[name] if whole else self.words.signs[name]

    def _asking(self) -> doc.AskFirst | None:
        """What needs a yes from us, where no list to tick opens the handout."""
        advice, said = self.choices.advice, self.words.check_first
        if advice.screened or advice.waits or not (items := self._asks()):
            return None
        return doc.AskFirst(said.ask_title, items, running(
            advice.care.asks, self.pack.structure.checks, said),
            self.words.interface.panel.checked)

    def _told(self, pages: list[doc.Page]) -> list[doc.Page]:
        """The pages with what every handout that offers massage says of the time after one, unless
        the guide and the diary of the leaf say it: after a diary, else at the end."""
        kinds = {type(block): at for at, page in enumerate(pages) for block in page.blocks}
        lines = self._after(guided=doc.Finish in kinds,
                            dated=doc.Diary in kinds or self.choices.leaf_alone)
        if lines:
            offers = next((at for at, page in enumerate(pages) if page.id == _OFFERS), -1)
            at = kinds.get(doc.Diary, offers)
            page = pages[at]
            told = doc.Warnings(self.words.safety.after.title, lines)
            end = next((place for place, block in enumerate(page.blocks, 1)
                        if isinstance(block, doc.Diary)), len(page.blocks))
            pages[at] = replace(page, blocks=(*page.blocks[:end], told, *page.blocks[end:]))
        return pages

    def _after(self, *, guided: bool, dated: bool) -> tuple[str, ...]:
        """What is still to be said of the time after a massage."""
        if self.choices.advice.waits:
            return ()
        sore, worse, trial = after_lines(self.words, str(trial_weeks(self.choices, self.pack)))
        two = self.choices.request.side == "both" and self.choices.session is None
        routine = self.words.routine
        both = (f"{routine.both} {routine.for_each}",) if two else ()
        return (*both, *(() if guided else (sore, worse)),
                *(() if dated else (trial,)))

    def _ruled(self, block: doc.Block, ready: str) -> doc.Block:
        """A routine with the rules that stand beside its steps and its moves."""
        if isinstance(block, doc.Finish):
            said = guide(self.words, self.emergency)
            return replace(block, guide=self._on_leaf(said) if self.choices.leaf_alone else said)
        if not isinstance(block, doc.Routine):
            return block
        rail = self.words.routine.rail
        return replace(block, rules=doc.RoutineRules(
            doc.Reminder(rail.check_title, rail.check_rule, self._ticks(), rail.check_end,
                         rail.check_two, rail.check_ends, rail.check_unpaged),
            runs_of(ready),
            replace(zones(self.words, self.pack.body, self.choices.request.side),
                    own=tuple((doc.Run(line),) for line in self._spared()))))

    def _spared(self) -> tuple[str, ...]:
        """Where the massage of the routine leaves this patient alone, in words."""
        body = self.pack.body
        asked = self.choices.advice.rulings[body.routine].conditions
        return tuple(self.words.conditions[name] for name in body.spares if name in asked)

    def _on_leaf(self, said: doc.Guide) -> doc.Guide:
        """The guide of the leaf alone, which has no diary to say when the trial ends; and the same
        as running text: what to mind during a massage and after."""
        after = after_lines(self.words, str(trial_weeks(self.choices, self.pack)))
        _, go, ease, stop = said.rows[0]
        when = f"{said.heads[-1].rstrip('.')}: {stop[:1].lower()}{stop[1:]}"  # not an order to all
        return replace(said, also=f"{said.also} {after[-1]}",
                       told=" ".join((go, ease, when, said.also, *after)))

    def _ticks(self) -> tuple[str, ...]:
        """What to check each time, but for what a flag says itself."""
        advised, rail = self.choices.advice.routine, self.words.routine.rail
        asks = advised is not None and advised.verdict is Verdict.IF
        found = self.choices.advice.flags
        return (*([rail.agreed] if asks else ()),
                *(rail.checks[one.id] for one in self.pack.structure.routine.reminders
                  if not set(found).intersection(one.flags)))

    def _fine_print(self, *, beside: bool) -> doc.FinePrint:
        """The disclaimer, with the practice's page beside it where a template has a place for both.
        """
        said, web = self.words.safety, self.words.waiting.web
        waits = self.said["waits"] and said.disclaimer.waiting
        long, brief = map(self._dated, (said.disclaimer.long, waits or said.disclaimer.brief))
        more = (doc.QrCode(self.brand.web_link, web.alt.replace("{WEB}", self.brand.web),
                           web.title, self.brand.web),) if beside and self.brand.web else ()
        state = review_state(self.reviews, self.choices.language, self.choices.advice.cause)
        title = doc.Run(said.disclaimer.long_title, strong=True)
        told = () if self.choices.leaf_alone else ((title, doc.Run(f" {brief}")),)
        return doc.FinePrint(((title, doc.Run(f" {long}")), state), (*told, state),
                             (doc.Run(said.stop.adults, strong=True),), more)


def after_lines(words: Words, weeks: str) -> tuple[str, ...]:
    """What is fine after a massage, when to stop and call, and when the trial ends."""
    said = words.safety.after
    return (said.sore, said.worse, said.trial.replace("{WEEKS}", weeks))


def zones(words: Words, body: BodyData, side: str = "") -> doc.Zones:
    """Where not to press, with the drawing of it: of both sides where both are massaged."""
    keep_off = body.keep_off_both if side == "both" and body.keep_off_both else body.keep_off
    rail, figure = words.routine.rail, doc.Figure(keep_off, words.figures.figures[keep_off].alt)
    return doc.Zones(rail.off_title, figure, tuple((doc.Run(line),) for line in rail.off),
                     tuple((view.name, view.places) for view in rail.views))


def guide(words: Words, emergency: str) -> doc.Guide:
    """How much it may hurt, during and after (J5.19, J5.3)."""
    said = words.routine.rail.guide
    return doc.Guide(said.title, said.lead, (said.go, said.ease, said.stop),
                     tuple((row.when, row.go, row.ease, row.stop) for row in said.rows), said.also,
                     words.routine.rail.emergency.replace("{EMERGENCY}", emergency))
