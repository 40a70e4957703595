"""What was typed into the fields → days, doses and the patient panel; and what is wrong there."""

import re
from collections.abc import Iterable
from datetime import date

from handouts.catalogue import Catalogue
from handouts.request import FIELD_LIMIT, NOTE_LIMIT, Dose, Patient
from handouts.web.form import OWN, Form
from handouts.web.problems import Problem, own
from handouts.web.words import Words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LINES = ("patient", "record", "given_by", "next_visit")


class Check:
    """One look at the fields of a form; what is wrong gathers in `problems`."""

    def __init__(self, form: Form, words: Words, today: date) -> None:
        self._form, self._words, self._today = form, words, today
        self.problems: list[Problem] = []

    def patient(self, *, is_cleared: bool) -> Patient:
        """The patient panel; a day of clearing only for a state that needs one."""
        form = self._form
        for name in _LINES:
            self._length(name, getattr(form, name), FIELD_LIMIT)
        self._length("note", form.note, NOTE_LIMIT)
        given_on = self._day("given_on", form.given_on)
        latest = given_on or self._today
        born = self._past("born", form.born, latest)
        cleared_on = self._past("cleared_on", form.cleared_on, latest) if is_cleared else None
        if is_cleared and not form.cleared_on:
            self._tell("cleared_on", "needs_clearing")
        return Patient(name=form.patient, born=born, id=form.record, given_by=form.given_by,
                       given_on=given_on, next_visit=form.next_visit, cleared_on=cleared_on,
                       note=form.note)

    def doses(self, massages: Iterable[str], catalogue: Catalogue) -> dict[str, Dose]:
        """The doses that were typed for the massages that will be printed."""
        given: dict[str, Dose] = {}
        for name in massages:
            minutes, times = self._form.minutes.get(name, ""), self._form.times.get(name, "")
            if not minutes and not times:
                continue
            data = catalogue.massage(name)
            caps = {"minutes": data.cap_minutes, "times": data.cap_times}
            if not minutes or not times:
                self._tell(f"{'times' if minutes else 'minutes'}.{name}", "half_dose")
            elif not self._fits(minutes, caps["minutes"]):
                self._tell(f"minutes.{name}", "dose", **caps)
            elif not self._fits(times, caps["times"]):
                self._tell(f"times.{name}", "dose", **caps)
            else:
                given[name] = Dose(int(minutes), int(times))
        return given

    def own_lists(self) -> None:
        """A choice of one's own holds something."""
        if self._form.massages_by == OWN and not self._form.massages:
            self._tell("massages", "no_massage")
        if self._form.tips_by == OWN and not self._form.tips:
            self._tell("tips", "no_tip")

    def _tell(self, field: str, name: str, **values: object) -> None:
        self.problems.append(own(field, name, self._words, **values))

    def _length(self, name: str, value: str, limit: int) -> None:
        if len(value) > limit:
            self._tell(name, "too_long", limit=limit)

    def _day(self, name: str, text: str) -> date | None:
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass  # the form of a day, but not in the calendar
        self._tell(name, "no_day")
        return None

    def _past(self, name: str, text: str, latest: date) -> date | None:
        day = self._day(name, text)
        if day is not None and day > latest:
            self._tell(name, "later")
        return day

    @staticmethod
    def _fits(text: str, cap: int) -> bool:
        """Whether a number is one that `choices` takes; it checks again."""
        return _NUMBER.fullmatch(text) is not None and 1 <= int(text) <= cap
