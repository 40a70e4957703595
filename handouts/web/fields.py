"""What was typed into the fields → days, doses and the patient panel; and what is wrong there."""

import re
from datetime import date

from handouts import lettering
from handouts.errors import InputError
from handouts.pack.pack import Pack
from handouts.pack.words import Words as PackWords
from handouts.request.days import day_of
from handouts.request.request import (
    CHILD,
    FIELD_LIMIT,
    NOTE_LIMIT,
    OLDEST,
    Dose,
    Patient,
    wrong_days,
)
from handouts.rules.choices import QUESTIONS_MOST, TIPS_SHOWN, Choices
from handouts.rules.safety import Advice
from handouts.rules.session import least_minutes
from handouts.web.form import OWN, Form
from handouts.web.problems import Problem, letters, own
from handouts.web.texts import Words

_NUMBER = re.compile(r"[0-9]{1,3}")
_LINES = ("patient", "record", "given_by", "next_visit")

# What is wrong with a day, in the page's words.
_DAYS = {"later": "later", "far": "far_day", "too-old": "too_old", "expired": "old_clearing",
         "before-birth": "before_birth", CHILD: "adults"}


class Check:
    """One look at the fields of a form; what is wrong gathers in `problems`."""

    def __init__(self, form: Form, words: Words, said: PackWords, today: date) -> None:
        self._form, self._words, self._said, self._today = form, words, said, today
        self.problems: list[Problem] = []

    def patient(self, *, is_cleared: bool) -> Patient:
        """The patient panel; a day of clearing only for a state that needs one."""
        form = self._form
        lines = {name: self._text(name, FIELD_LIMIT) for name in _LINES}
        note = self._text("note", NOTE_LIMIT)
        given_on, born = self._day("given_on", form.given_on), self._day("born", form.born)
        cleared_on = self._day("cleared_on", form.cleared_on) if is_cleared else None
        if is_cleared and not form.cleared_on.strip():
            self._report("cleared_on", "needs_clearing")
        patient = Patient(name=lines["patient"], born=born, id=lines["record"],
                          given_by=lines["given_by"], given_on=given_on,
                          next_visit=lines["next_visit"], cleared_on=cleared_on, note=note)
        for name, kind in wrong_days(patient, self._today):
            self._report(name, _DAYS[kind], years=OLDEST)
        return patient

    def doses(self, choices: Choices, pack: Pack) -> dict[str, Dose]:
        """The doses that were typed for the massages that will be printed."""
        given: dict[str, Dose] = {}
        # The routine's fewest minutes depend on the doses of the massages that are part of it.
        for name in sorted(choices.massages, key=lambda name: name == pack.body.routine):
            minutes, times = self._form.minutes.get(name, ""), self._form.times.get(name, "")
            if not minutes and not times:
                continue
            data = pack.massage(name)
            least = least_minutes(choices.advice, given, pack) if (
                name == pack.body.routine and choices.session) else 1
            limits = {"field": self._said.massages.massages[name].name, "least": least,
                      "minutes": data.cap_minutes, "times": data.cap_times}
            if not minutes or not times:
                self._report(f"{'times' if minutes else 'minutes'}.{name}", "half_dose", **limits)
            elif not self._fits(minutes, least, data.cap_minutes):
                self._report(f"minutes.{name}", "dose", **limits)
            elif not self._fits(times, 1, data.cap_times):
                self._report(f"times.{name}", "dose", **limits)
            else:
                given[name] = Dose(int(minutes), int(times))
        return given

    def own_lists(self, advice: Advice) -> None:
        """A choice of one's own holds something, and no more than the page does."""
        waits = bool(advice.waits)
        if self._form.massages_by == OWN and not self._form.massages and not waits:
            self._report("massages", "no_massage")
        if self._form.tips_by == OWN and not self._form.tips and not waits:
            self._report("tips", "no_tip")
        more = len(self._form.tips) - TIPS_SHOWN
        if self._form.tips_by == OWN and more > 0:
            self._report("tips", "many_tips", most=TIPS_SHOWN, more=more)
        asked = [name for name in self._form.questions if name in advice.care.questions]
        if len(asked) > QUESTIONS_MOST:
            self._report("questions", "many_questions", most=QUESTIONS_MOST,
                         more=len(asked) - QUESTIONS_MOST)

    def _report(self, field: str, name: str, /, **values: object) -> None:
        self.problems.append(own(field, name, self._words, **values))

    def _text(self, name: str, limit: int) -> str:
        """A text without blanks at its ends; what can't be printed of it is told."""
        text: str = getattr(self._form, name).strip()
        if len(text) > limit:
            self._report(name, "too_long", limit=limit, over=len(text) - limit)
        elif name != "note" and any(char in text for char in "\n\t"):
            self._report(name, "one_line")
        else:
            try:
                lettering.check(text, where=name)
            except InputError as error:
                self.problems.append(letters(name, error, self._words))
        return text

    # -- days --------------------------------------------------------------------------------------

    def _day(self, name: str, text: str) -> date | None:
        day = day_of(text)
        if day is None and text.strip():
            self._report(name, "no_day")
        return day

    @staticmethod
    def _fits(text: str, least: int, cap: int) -> bool:
        """Whether a number is one that `choices` takes; it checks again."""
        return _NUMBER.fullmatch(text) is not None and least <= int(text) <= cap
