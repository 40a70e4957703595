"""(Choices, Catalogue, Brand) → Document.

The templates write what the Advice allows; then code puts in what no template may leave out: the
patient panel, the Check first list, the Stop box, the rules beside the routine, the disclaimers.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.reviews import Reviews
from handouts.compose import markup
from handouts.compose.context import context, title
from handouts.compose.identity import stamped
from handouts.compose.rendering import STRONG, rendered
from handouts.compose.reviewed import notice, review_state
from handouts.errors import PackError
from handouts.pack.catalogue import Catalogue
from handouts.pack.dates import date_words, unbroken
from handouts.pack.words import Words
from handouts.request.request import CLEARED_ON, NOTE, panel_values
from handouts.rules.choices import Choices
from handouts.rules.safety import Verdict


def compose(choices: Choices, catalogue: Catalogue, brand: Brand, *, today: date,
            templates: Path | None = None) -> doc.Document:
    """The whole handout as plain data; `templates` is a folder whose files win over the built-in.

    Raises PackError when a template is wrong.
    """
    words = catalogue.words_in(choices.language)
    said = context(choices, catalogue, brand)
    pages = markup.read(rendered(said, templates))
    if not pages:
        raise PackError("the template writes no page", where="handout.html.j2",
                        cure="Write at least one <page>.")
    safe = _Safety(choices, words, Reviews(catalogue, brand, today, templates))
    made = doc.Document(
        title=f"{title(choices, words)}: {words.causes[choices.advice.cause].name}",
        language=choices.language, side=choices.request.side, figures=catalogue.figures,
        letterhead=doc.Letterhead(brand.name, (*_contact(brand), *notice(
            safe.reviews, choices.language, choices.advice.cause))),
        pages=safe.completed(pages, medium=bool(said["routine"] and said["routine"]["medium"])),
        footer=safe.footer(),
    )
    return stamped(made, catalogue.edition)


def _contact(brand: Brand) -> tuple[doc.Runs, ...]:
    """Two lines at most: the address, then the phone or else the web address."""
    call = (doc.Run(brand.phone, link=brand.phone_link) if brand.phone
            else doc.Run(brand.web, link=brand.web_link))
    lines = [*map(doc.Run, brand.address), call]
    return tuple((line,) for line in lines if line.text)[:2]


def runs_of(text: str) -> doc.Runs:
    """Text with `**strong**` as runs."""
    parts = STRONG.split(text)
    return tuple(doc.Run(part, strong=bool(at % 2)) for at, part in enumerate(parts) if part)


# -- what no template may leave out ----------------------------------------------------------------


class _Safety:
    """The blocks that are put in by code."""

    def __init__(self, choices: Choices, words: Words, reviews: Reviews) -> None:
        self.choices, self.words, self.reviews = choices, words, reviews
        self.catalogue, self.brand = reviews.catalogue, reviews.brand
        self.emergency = self.brand.emergency
        self.dates = date_words(words)

    def completed(self, pages: Iterable[doc.Page], *, medium: bool) -> tuple[doc.Page, ...]:
        """The pages with their safety blocks."""
        ready = [replace(page, blocks=tuple(self._ruled(block, medium) for block in page.blocks))
                 for page in pages]
        first, last = ready[0], ready[-1]
        opening = (self._hero(first), *self._check_first(), *self._warnings())
        ready[0] = replace(first, blocks=(*opening, *first.blocks, self._stop_box()))
        last = ready[-1]
        ready[-1] = replace(last, blocks=(*last.blocks, self._fine_print()))
        return tuple(ready)

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
        return doc.Hero(page.title, page.pill, doc.Panel(tuple(fields), note, said.checked))

    def _check_first(self) -> tuple[doc.Block, ...]:
        """The list that opens the screened variant."""
        if not self.choices.advice.screened or self.choices.advice.waits:
            return ()
        said = self.words.check_first
        own = self.words.causes[self.choices.advice.cause].check
        return (doc.CheckFirst(said.title, said.lead, (*own, *said.items.values())),)

    def _warnings(self) -> tuple[doc.Block, ...]:
        advice = self.choices.advice
        if not advice.flags or advice.waits:
            return ()
        return (doc.Warnings(self.words.interface.pages.care,
                             tuple(self.words.flags[name].warning for name in advice.flags)),)

    def _stop_box(self) -> doc.StopBox:
        said = self.words.safety.stop
        today = (*said.today, *self.words.causes[self.choices.advice.cause].today)
        columns = (("x", said.stop_title, said.stop), ("bang", said.today_title, today),
                   ("phone", said.now_title, said.now))
        notes: list[doc.Runs] = [(doc.Run(said.above_all, strong=True),)]
        if not self._check_first() and not self.choices.advice.waits:
            notes.append(runs_of(said.ask))
        return doc.StopBox(
            tuple(doc.StopColumn(badge, self._filled(name), tuple(
                (doc.Run(item),) for item in items)) for badge, name, items in columns),
            tuple(notes))

    def _ruled(self, block: doc.Block, medium: bool) -> doc.Block:
        """A routine with the rules that stand beside it."""
        if not isinstance(block, doc.Routine):
            return block
        advised = self.choices.advice.routine
        asks = advised is not None and advised.verdict is Verdict.IF
        return replace(block, rules=routine_rules(self.words, self.emergency, medium=medium,
                                                  asks=asks, keep_off=self.catalogue.body.keep_off))

    def _fine_print(self) -> doc.FinePrint:
        info, said = self.catalogue.info, self.words.safety
        long = self._filled(said.disclaimer.long).replace(
            "{REVIEW_DATE}", self._date(info.date)).replace(
            "{NEXT_REVIEW}", self._date(info.next_review))
        state = review_state(self.reviews, self.choices.language, self.choices.advice.cause)
        return doc.FinePrint((
            (doc.Run(said.disclaimer.long_title, strong=True), doc.Run(f" {long}")), state))


def routine_rules(words: Words, emergency: str, *, keep_off: str, medium: bool,
                  asks: bool = False) -> doc.RoutineRules:
    """The rules that stand beside the steps, with the drawing of where to keep off; `medium`
    pressure is named only where it is allowed, and a yes asked for where all of it needs one."""
    rail, figures = words.routine.rail, words.figures.figures
    lines = [runs_of(rail.light), *([runs_of(rail.medium)] if medium else [])]
    return doc.RoutineRules(
        reminder=doc.Reminder(rail.check_title, rail.check_rule,
                              (*([rail.agreed] if asks else []), *rail.checks)),
        scale=doc.Scale(rail.hard_title, tuple(lines), 3, rail.scale_fine, rail.scale_stop),
        zones=doc.Zones(rail.off_title, doc.Figure(keep_off, figures[keep_off].alt),
                        tuple((doc.Run(line),) for line in rail.off)),
        stop=doc.StopRules(rail.stop_title, (*rail.stop,), rail.hurts,
                           rail.emergency.replace("{EMERGENCY}", emergency)))
