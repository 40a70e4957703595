"""(Choices, Catalogue, Brand) → Document.

The templates write what the Advice allows; then code puts in what no template may leave out: the
patient panel, the Check first list, the Stop box, the rules beside the routine, the disclaimers.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.reviews import Reviews
from handouts.compose import markup
from handouts.compose.context import Plain, context, title
from handouts.compose.contradictions import check
from handouts.compose.holding import hold_to
from handouts.compose.identity import stamped
from handouts.compose.letterheads import letterhead
from handouts.compose.markup.nodes import Stock
from handouts.compose.rendering import written
from handouts.compose.reviewed import notice, review_state
from handouts.compose.stock import runs_of, stock_of
from handouts.compose.terms import used_terms
from handouts.errors import PackError
from handouts.pack.catalogue import Catalogue
from handouts.pack.dates import date_words, unbroken
from handouts.pack.words import Words
from handouts.request.request import CLEARED_ON, NOTE, panel_values
from handouts.rules.choices import Choices, trial_weeks
from handouts.rules.safety import Verdict

_OFFERS = "massages"  # the page that offers massage
_PLACE = doc.FinePrint(())  # a place for the disclaimer, as a template leaves it


def compose(choices: Choices, catalogue: Catalogue, brand: Brand, *, today: date,
            templates: Path | None = None) -> doc.Document:
    """The whole handout as plain data; `templates` is a folder whose files win over the built-in.

    Raises PackError when a template is wrong.
    """
    words = catalogue.words_in(choices.language)
    said = context(choices, catalogue, brand)
    safe = _Safety(choices, said, Reviews(catalogue, brand, today, templates))
    get_ready = said["routine"]["ready"] if said["routine"] else ""
    stock, pages = _written(said, safe, templates)
    if choices.edition == "full" and not choices.request.terms:
        # The words that the other pages use, and no others, are explained.
        said["terms"] = used_terms(safe.completed(pages, ready=get_ready), words)
        stock, pages = _written(said, safe, templates)
    made = doc.Document(
        title=f"{title(choices, catalogue, words)}: {words.causes[choices.advice.cause].name}",
        language=choices.language, side=choices.request.side, figures=catalogue.figures,
        letterhead=letterhead(brand, notice(
            safe.reviews, choices.language, choices.advice.cause)),
        pages=safe.completed(pages, ready=get_ready),
        footer=safe.footer(),
    )
    hold_to(made, stock, catalogue.info.banned[choices.language])
    check(made, choices.advice, catalogue, choices.language)
    return stamped(made, catalogue.known_as)


def _written(said: Plain, safe: "_Safety", templates: Path | None
             ) -> tuple[Stock, tuple[doc.Page, ...]]:
    """What the templates write of these values, and all that they may name."""
    stock = {**stock_of(said, safe.words, safe.catalogue.structure),
             "made": {"made": safe.made()}}
    pages = written(said, templates, lambda text: markup.read(text, stock))
    if not pages:
        raise PackError("the template writes no page", where="handout.html.j2",
                        cure="Write at least one <page>.")
    return stock, pages


# -- what no template may leave out ----------------------------------------------------------------


class _Safety:
    """The blocks that are put in by code."""

    def __init__(self, choices: Choices, said: Plain, reviews: Reviews) -> None:
        self.choices, self.said, self.reviews = choices, said, reviews
        self.words = reviews.catalogue.words_in(choices.language)
        self.catalogue, self.brand = reviews.catalogue, reviews.brand
        self.emergency = self.brand.emergency
        self.dates = date_words(self.words)

    def completed(self, pages: Iterable[doc.Page], *, ready: str) -> tuple[doc.Page, ...]:
        """The pages with their safety blocks; `ready` is what to get ready for the routine."""
        done = [replace(page, blocks=tuple(self._ruled(block, ready) for block in page.blocks))
                for page in pages]
        first = done[0]
        opening = (*self._alarm(), self._hero(first), *self._check_first(), *self._warnings())
        done[0] = replace(first, blocks=(*opening, *self._not_now(first.blocks), *self._asking(),
                                         self._stop_box()))
        return self._disclaimed(self._told(done))

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
        info = self.catalogue.info
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
        title = "" if self.said["bar"] else page.title  # the bar says it
        return doc.Hero(title, page.pill, doc.Panel(tuple(fields), note))

    def _alarm(self) -> tuple[doc.Block, ...]:
        """What an emergency opens with."""
        if not self.said["bar"]:
            return ()
        wait = self.said["waits"][0]
        return (doc.Alarm(wait["headline"], runs_of(wait["found"]), runs_of(wait["call"]),
                          self.emergency),)

    def _not_now(self, blocks: Sequence[doc.Block]) -> tuple[doc.Block, ...]:
        """The blocks of page 1 after what must not be done while massage waits; in an emergency it
        stands beside what to do now."""
        if not self.said["waits"]:
            return tuple(blocks)
        order = self._order()
        if not self.said["bar"]:
            return (order, *blocks)
        return tuple(doc.Columns(((block,), (order,)), (1, 1)) if isinstance(block, doc.Plan)
                     else block for block in blocks)

    def _order(self) -> doc.NotNow:
        """What must not be done, and each reason."""
        first, *others = self.said["waits"]
        lead = [] if self.said["bar"] or not first["found"] else [first["found"]]
        asking = [flag["why"] for flag in self.said["flags"] if flag["asks"]]
        others = [other["found"] or f"{other['title']}." for other in others]
        # Beside an emergency nothing else is a reason to wait.
        more = () if self.choices.advice.care.urgency == "now" else (*others, *asking)
        return doc.NotNow(first["order"], tuple(map(runs_of, (
            " ".join((*lead, first["why"])), *more))))

    def _check_first(self) -> tuple[doc.Block, ...]:
        """The list that opens the screened variant."""
        if not self.choices.advice.screened or self.choices.advice.waits:
            return ()
        said = self.words.check_first
        return (doc.CheckFirst(said.title, said.lead, self._asks()),)

    def _asks(self) -> tuple[str, ...]:
        """What needs a yes from us before any massage."""
        own = self.words.causes[self.choices.advice.cause].check if self.choices.advice.screened \
            else ()
        items = self.words.check_first.items
        return (*own, *(items[name] for name in self.choices.advice.care.asks))

    def _warnings(self) -> tuple[doc.Block, ...]:
        advice = self.choices.advice
        if not advice.flags or advice.waits:
            return ()
        warned = tuple(self.words.flags[name].warning for name in advice.flags)
        return (doc.Warnings(self.words.interface.pages.care, tuple(filter(None, warned))),)

    def _stop_box(self) -> doc.StopBox:
        said, advice = self.words.safety.stop, self.choices.advice
        today = ("bang", said.today_title) if advice.waits else ("x", said.massage_title)
        heads = {"today": today, "us": ("phone", said.us_title), "now": ("phone", said.now_title)}
        columns = tuple(self._column(badge, title, order)
                        for order, (badge, title) in heads.items())
        return doc.StopBox(tuple(column for column in columns if column.items), self._notes(),
                           self.words.interface.panel.checked)

    def _column(self, badge: str, title: str, order: str) -> doc.StopColumn:
        """The signs of one order, under it."""
        signs = self.catalogue.structure.signs
        return doc.StopColumn(badge, self._filled(title), tuple(
            (doc.Run(self.words.signs[name]),) for name in self.choices.advice.care.signs
            if signs[name].order == order and name != self.catalogue.body.in_full))

    def _notes(self) -> tuple[doc.Runs, ...]:
        """The sign that is told whole, in the agreed words."""
        whole = self.catalogue.body.in_full
        told = whole in self.choices.advice.care.signs
        return ((doc.Run(self.words.safety.fixed[whole], strong=True),),) if told else ()

    def _asking(self) -> tuple[doc.Block, ...]:
        """What needs a yes from us, where no Check first list opens the handout."""
        if self.choices.advice.screened or not (items := self._asks()):
            return ()
        return (doc.Warnings(self.words.check_first.lead, items),)

    def _told(self, pages: list[doc.Page]) -> list[doc.Page]:
        """The pages with what every handout that offers massage says of the time after one, unless
        the guide and the diary of the leaf say it: after a diary, else at the end."""
        kinds = {type(block): at for at, page in enumerate(pages) for block in page.blocks}
        lines = self._after(guided=doc.Finish in kinds, dated=doc.Diary in kinds)
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
        sore, worse, trial = after_lines(self.words, str(trial_weeks(self.choices, self.catalogue)))
        two = self.choices.request.side == "both" and self.choices.session is None
        return (*([self.words.routine.both] if two else ()), *(() if guided else (sore, worse)),
                *(() if dated else (trial,)))

    def _ruled(self, block: doc.Block, ready: str) -> doc.Block:
        """A routine with the rules that stand beside its steps and its moves."""
        if isinstance(block, doc.Finish):
            return replace(block, guide=guide(self.words, self.emergency))
        if not isinstance(block, doc.Routine):
            return block
        rail = self.words.routine.rail
        return replace(block, rules=doc.RoutineRules(
            doc.Reminder(rail.check_title, rail.check_rule, self._ticks(), rail.check_end),
            runs_of(ready), zones(self.words, self.catalogue.body.keep_off)))

    def _ticks(self) -> tuple[str, ...]:
        """What to check each time, but for what a flag says itself."""
        advised, rail = self.choices.advice.routine, self.words.routine.rail
        asks = advised is not None and advised.verdict is Verdict.IF
        found = self.choices.advice.flags
        return (*([rail.agreed] if asks else ()),
                *(rail.checks[one.id] for one in self.catalogue.structure.routine.reminders
                  if not set(found).intersection(one.flags)))

    def _fine_print(self, *, beside: bool) -> doc.FinePrint:
        """The disclaimer, with the practice's page beside it where a template has a place for both.
        """
        said, web = self.words.safety, self.words.waiting.web
        long, brief = map(self._dated, (said.disclaimer.long, said.disclaimer.brief))
        more = (doc.QrCode(self.brand.web_link, web.alt.replace("{WEB}", self.brand.web),
                           web.title, self.brand.web),) if beside and self.brand.web else ()
        state = review_state(self.reviews, self.choices.language, self.choices.advice.cause)
        title = doc.Run(said.disclaimer.long_title, strong=True)
        return doc.FinePrint(((title, doc.Run(f" {long}")), state),
                             ((title, doc.Run(f" {brief}")), state),
                             (doc.Run(said.stop.adults, strong=True),), more)


def after_lines(words: Words, weeks: str) -> tuple[str, ...]:
    """What is fine after a massage, when to stop and call, and when the trial ends."""
    said = words.safety.after
    return (said.sore, said.worse, said.trial.replace("{WEEKS}", weeks))


def zones(words: Words, keep_off: str) -> doc.Zones:
    """Where not to press, with the drawing of it."""
    rail, figure = words.routine.rail, doc.Figure(keep_off, words.figures.figures[keep_off].alt)
    return doc.Zones(rail.off_title, figure, tuple((doc.Run(line),) for line in rail.off),
                     tuple((view.name, view.places) for view in rail.views))


def guide(words: Words, emergency: str) -> doc.Guide:
    """How much it may hurt, during and after (J5.19, J5.3)."""
    said = words.routine.rail.guide
    return doc.Guide(said.title, said.lead, (said.go, said.ease, said.stop),
                     tuple((row.when, row.go, row.ease, row.stop) for row in said.rows), said.also,
                     words.routine.rail.emergency.replace("{EMERGENCY}", emergency))
