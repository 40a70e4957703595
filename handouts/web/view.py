"""What a CheckedForm looks like on the page: each list with its words, ticks, locks, reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from handouts.request.look import EDITIONS, PAPERS, SKINS
from handouts.request.request import SIDES
from handouts.rules.choices import QUESTIONS_MOST, SHOWN_BY_DEFAULT, SHOWN_SCREENED, TIPS_SHOWN
from handouts.rules.safety import Advice, Verdict, decide
from handouts.rules.session import least_minutes
from handouts.web import problems as reasons
from handouts.web.checked import FORMATS, CheckedForm
from handouts.web.diagnosis import Visit
from handouts.web.form import CODE, OWN, Form
from handouts.web.site import Site
from handouts.web.texts import Words

Option = tuple[str, str, bool]  # its value, its words, whether it is chosen


def view(asked: CheckedForm, site: Site, words: Words) -> dict[str, Any]:
    """The plain values that the form's template shows."""
    return _View(asked, site, words).values()


def stays(form: Form, site: Site, words: Words) -> str:
    """What of the last patient's form stays for the next, where it is not the usual, or nothing."""
    brand, usual = site.brand, ("", site.language(words))
    look = [words[kind].get(value, value) for kind, value, plain in (
        ("languages", form.language, usual), ("editions", form.edition, ("", brand.edition)),
        ("papers", form.paper, ("", brand.paper)), ("formats", form.format, ("",)),
        ("skins", form.skin, ("", brand.skin))) if value not in plain]
    look += [words["print"]["mono"]] if form.mono else []
    what = ", ".join((*look, *filter(None, (form.given_by.strip(), form.given_on))))
    told: str = words["preview"]["stays"]
    return told.format(what=what) if what else ""


class _View:
    """One look at what is asked for, in the page's language."""

    def __init__(self, asked: CheckedForm, site: Site, words: Words) -> None:
        self.asked, self.form, self.site, self.words = asked, asked.form, site, words
        self.pack = site.pack
        self.said = site.pack.words_in(site.language(words))

    def values(self) -> dict[str, Any]:
        """All of them."""
        form, words, brand = self.form, self.words, self.site.brand
        at = {problem.field: problem for problem in reversed(self.asked.problems)}
        return {
            "form": form, "problems": self.asked.problems, "problem_at": at,
            "dose_problem": any("." in name for name in at), "diagnosis": self.asked.diagnosis,
            "causes": [(name, self.said.causes[name].name) for name in self.pack.structure.causes],
            "sides": _options((*SIDES, ""), words["sides"], form.side),
            "which_side": self.said.body.which, "examples": self.said.body.examples,
            "papers": _options(PAPERS, words["papers"], form.paper or brand.paper),
            "formats": _options(FORMATS, words["formats"], form.format),
            "editions": _options(EDITIONS, words["editions"], form.edition or brand.edition),
            "skins": _options(SKINS, words["skins"], form.skin or brand.skin),
            "look": self._look(), "languages": _options(self.pack.languages, words["languages"],
                                  form.language or self.pack.languages[0]),
            "flags": self._flags(), "bites": self._bites(), "tips_shown": TIPS_SHOWN,
            "questions_most": QUESTIONS_MOST,
            "taken_out": self._taken_out(),
            "carried": self._carried(), "earlier": self._earlier(), "cleared": self._cleared(),
            "offered": self._offers(), "visits": self._visits(),
            "unlooked": bool(form.state and not form.flags and not form.no_flags),
            **self._states(), **self._advised(),
        }

    def _offers(self) -> list[tuple[str, str]]:
        """The causes that what was typed may mean, each with what a button for it says."""
        problem = next((each for each in self.asked.problems if each.offers), None)
        if problem is None:
            return []
        names = [(cause, self.said.causes[cause].name) for cause in problem.offers]
        yes: str = self.words["cause"]["yes"]
        is_place = self.site.diagnoses.is_asking(self.form.diagnosis)
        return [(name, yes.format(place=self.said.body.place, cause=name) if is_place else name)
                for _, name in names]

    def _visits(self) -> list[Visit]:
        """The code's visits, where there is a choice."""
        visits = self.site.diagnoses.visits(self.form.diagnosis, self.form.side)
        return list(visits) if len(visits) > 1 else []

    def _states(self) -> dict[str, Any]:
        """The cause's name and states, where there is a diagnosis."""
        if self.asked.diagnosis is None:
            return {"cause": "", "states": []}
        cause, chosen = self.said.causes[self.asked.diagnosis.cause], self.form.state
        found = [(name, reasons.capital(text), name == chosen)
                 for name, text in cause.states.items()]
        return {"cause": cause.name,
                "states": [("", self.words["state"]["none"], not chosen), *found]}

    def _flags(self) -> list[dict[str, Any]]:
        """The flags, the frequent ones first; one that the code sets can't be taken away while it
        stands there."""
        fixed = self.asked.diagnosis.flags if self.asked.diagnosis else ()
        frequent = self.pack.body.frequent
        return [{"id": name, "name": reasons.capital(self.said.flags[name].name),
                 "short": reasons.capital(self.said.flags[name].short),
                 "fixed": name in fixed, "chosen": name in self.form.flags,
                 "frequent": name in frequent,
                 "earlier": name in self.form.earlier and name not in fixed}
                for name in dict.fromkeys((*frequent, *self.pack.structure.flags))]

    def _bites(self) -> list[tuple[str, str, str]]:
        """What each flag does here: its id, its name, and what it takes out and why."""
        advice = self.asked.advice
        if advice is None:
            return []
        free = decide(self.pack, advice.cause, advice.state)
        return [(name, reasons.capital(self.said.flags[name].name),
                 " ".join((*self._bite(name, free), reasons.closed(self.said.flags[name].reason))))
                for name in advice.flags]

    def _bite(self, flag: str, free: Advice) -> list[str]:
        """What a flag alone makes of what is allowed without any."""
        words = self.words["flags"]
        alone = decide(self.pack, free.cause, free.state, flags=(flag,))
        waits = [name for name in alone.waits if name not in free.waits]
        if waits:
            return [words["waits"]]
        before = {name: ruling for name, ruling in free.rulings.items() if ruling.allowed}
        after = {name: alone.rulings[name] for name in before}
        out = [name for name, ruling in after.items() if not ruling.allowed]
        asked = [name for name, ruling in after.items()
                 if ruling.verdict is Verdict.IF and before[name].verdict is Verdict.YES]
        light = [name for name, ruling in after.items() if ruling.allowed and name not in asked
                 and ruling.is_light(self.pack) and not before[name].is_light(self.pack)]
        told = (("out", out), ("asked", asked), ("light", light))
        return [words[kind].format(massages=", ".join(
            self.said.massages.massages[name].name for name in names))
            for kind, names in told if names]

    def _carried(self) -> list[tuple[str, str]]:
        """What was chosen and has no field on the page now, as it is sent again."""
        form, asked = self.form, self.asked
        if asked.diagnosis is None:  # then every field is sent so
            return []
        chosen = asked.choices.massages if asked.choices else ()
        fixed = [flag for flag in asked.diagnosis.flags if flag in asked.by_hand]
        lists = {"flags": fixed, "earlier": form.earlier, "held": form.held,
                 "held_tips": form.held_tips, "fell": form.fell,
                 "questions": [name for name in form.questions if asked.advice is None
                               or name not in asked.advice.care.questions]}
        doses = [(f"{name}.{massage}", value)
                 for name, given in (("minutes", form.minutes), ("times", form.times))
                 for massage, value in given.items()
                 if massage in self.pack.structure.massages and massage not in chosen]
        return [("side_by", CODE if form.side_by == CODE else ""), *doses,
                *((name, value) for name, values in lists.items() for value in values)]

    def _earlier(self) -> str:
        """That flags are ticked because an earlier code said so, or nothing."""
        fixed = self.asked.diagnosis.flags if self.asked.diagnosis else ()
        names = [self.said.flags[flag].name for flag in self.form.earlier
                 if flag in self.said.flags and flag not in fixed]
        told: str = self.words["preview"]["earlier"]
        return told.format(flags=", ".join(names)) if names else ""

    def _cleared(self) -> str:
        """What is to be chosen anew because the cause is another, or nothing."""
        asked, words = self.asked, self.words["cleared"]
        if not asked.cleared:
            return ""
        told: str = self.words["preview"]["cleared"]
        return told.format(cause=self.said.causes[asked.before].name,
                           what=", ".join(words[name] for name in asked.cleared))

    def _taken_out(self) -> list[str]:
        """What was ticked or recommended and is forbidden now, each with the reason."""
        advice, out, said = self.asked.advice, self.asked.taken_out, self.said
        if advice is None:
            return []
        return [*(f"{said.massages.massages[name].name} – "
                  f"{' '.join(reasons.of(advice.rulings[name], said, self.words))}"
                  for name in (*out.get("massages", ()), *self._left_out(advice))),
                *(f"{said.tips[name].title}." for name in out.get("tips", ()))]

    def _left_out(self, advice: Advice) -> list[str]:
        """The recommended massages that would be printed but for the flags."""
        if not advice.flags or advice.waits or self.form.massages_by == OWN:
            return []
        free = decide(self.pack, advice.cause, advice.state)
        shown = [name for name in self.pack.cause(advice.cause).recommend
                 if free.rulings[name].allowed]
        return [name for name in shown[:SHOWN_SCREENED if advice.screened else SHOWN_BY_DEFAULT]
                if not advice.rulings[name].allowed]

    def _look(self) -> str:
        """How it is printed, in a line: a handout's language need not be the page's."""
        form, words = self.form, self.words
        language = form.language or self.pack.languages[0]
        edition = form.edition or self.site.brand.edition
        return ", ".join((words["editions"].get(edition, edition),
                          words["languages"].get(language, language),
                          words["papers"].get(form.paper or self.site.brand.paper, form.paper),
                          words["formats"].get(form.format or "none", form.format)))

    # -- what the rules say ------------------------------------------------------------------------

    def _advised(self) -> dict[str, Any]:
        advice, choices = self.asked.advice, self.asked.choices
        if advice is None or choices is None:
            return {"massages": [], "chosen": [], "tips": [], "waits": [], "needs_day": False,
                    "screened": True, "questions": [], "standing": "", "needs_yes": False}
        states = self.pack.cause(advice.cause).states
        tips = self.said.tips
        # One's own ticks stay as they were made, too many or none as well.
        chosen = self.form.massages if self.form.massages_by == OWN else choices.massages
        ticked = self.form.tips if self.form.tips_by == OWN else choices.tips
        return {
            "massages": [self._massage(name, advice, chosen)
                         for name in self._in_order(advice, chosen)],
            "chosen": [self.said.massages.massages[name].name for name in chosen],
            "tips": [(name, tips[name].title, tips[name].text, name in ticked)
                     for name in dict.fromkeys((*ticked, *advice.tips))],
            "questions": [(name, self.said.questions[name].question,
                           self.said.questions[name].answer, name in self.form.questions)
                          for name in advice.care.questions],
            "standing": self.site.reviews.standing(choices.language, advice.cause).state,
            "waits": [self.said.waits[name].title for name in advice.waits],
            "needs_day": advice.state is not None and states[advice.state].cleared,
            "screened": advice.screened,
            "needs_yes": not advice.waits and any(
                self.pack.body.agreed in advice.rulings[name].conditions
                for name in choices.massages),
        }

    def _in_order(self, advice: Advice, chosen: tuple[str, ...]) -> list[str]:
        """The massages: those that are printed as they are printed, then recommended ones,
        forbidden ones last."""
        recommended = self.pack.cause(advice.cause).recommend
        return sorted(self.pack.structure.massages, key=lambda name: (
            chosen.index(name) if name in chosen else len(chosen),
            not advice.rulings[name].allowed, name not in recommended))

    def _massage(self, name: str, advice: Advice, chosen: Iterable[str]) -> dict[str, Any]:
        """One massage: its words, whether it is ticked, and why it may not be."""
        ruling, data = advice.rulings[name], self.pack.massage(name)
        words = self.said.massages
        usual = data.gentle_minutes if advice.screened else data.minutes
        return {
            "id": name, "name": words.massages[name].name, "who": words.who[data.who],
            "allowed": ruling.allowed, "agreed": ruling.verdict is Verdict.IF,
            "chosen": name in chosen,
            "reasons": reasons.of(ruling, self.said, self.words, flags_alone=ruling.allowed),
            "minutes": self.form.minutes.get(name, ""), "times": self.form.times.get(name, ""),
            "usual_minutes": max(usual), "usual_times": data.times,
            "least": self._least() if name == self.pack.body.routine and name in chosen else 1,
            "cap_minutes": data.cap_minutes, "cap_times": data.cap_times,
        }

    def _least(self) -> int:
        """The fewest minutes of the routine's steps."""
        advice = self.asked.advice
        if advice is None or advice.routine is None:
            return 1
        return least_minutes(advice, {}, self.pack)


def _options(ids: Iterable[str], names: Mapping[str, str], chosen: str) -> list[Option]:
    """Choices with their words; of a language that the page has no word for, its code."""
    return [(name, names.get(name or "none", name), name == chosen) for name in ids]
