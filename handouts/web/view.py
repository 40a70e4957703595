"""What an Asked form looks like on the page: every list with its words, ticks, locks and reasons."""

from collections.abc import Iterable
from typing import Any

from handouts.catalogue import Catalogue
from handouts.choices import Choices
from handouts.pack import MassageData
from handouts.safety import Advice, Verdict
from handouts.web import reasons
from handouts.look import SKINS
from handouts.web.asking import FORMATS, PAPERS, SIDES, Asked
from handouts.web.form import Form
from handouts.web.site import Site
from handouts.web.words import Words
from handouts.words import Words as PackWords


def view(asked: Asked, site: Site, words: Words) -> dict[str, Any]:
    """The plain values that the form's template shows."""
    said = site.catalogue.words_in(words["language"])
    form, advice, choices = asked.form, asked.advice, asked.choices
    problems = {problem.field: problem for problem in reversed(asked.problems)}
    shown: dict[str, Any] = {
        "form": form, "problems": asked.problems, "problem_at": problems,
        "causes": _causes(site.catalogue, said), "diagnosis": asked.diagnosis,
        "sides": _options(("", *SIDES), words["sides"], form.side),
        "papers": _options(PAPERS, words["papers"], form.paper or site.brand.paper),
        "formats": _options(FORMATS, words["formats"], form.format),
        "skins": _options(SKINS, words["skins"], form.skin or site.brand.skin),
        "languages": _languages(site.catalogue, words, form),
        "flags": _flags(asked, site.catalogue, said), "taken_out": _taken_out(asked, said),
        "cause": "", "states": [], "massages": [], "tips": [], "waits": [], "needs_day": False,
        "screened": True, "chosen": [],
        "dose_problem": any("." in name for name in problems),
    }
    if asked.diagnosis is not None:
        cause = asked.diagnosis.cause
        shown["cause"] = said.causes[cause].name
        shown["states"] = [("", words["state"]["none"], not form.state), *(
            (name, reasons.capital(text), name == form.state)
            for name, text in said.causes[cause].states.items())]
    if advice is not None and choices is not None:
        shown |= _advised(asked, advice, choices, site.catalogue, words)
    return shown


def _advised(asked: Asked, advice: Advice, choices: Choices, catalogue: Catalogue,
             words: Words) -> dict[str, Any]:
    """What the rules say of the choices."""
    said = catalogue.words_in(words["language"])
    state = catalogue.cause(advice.cause).states[advice.state]
    return {
        "massages": [_massage(name, asked, advice, choices, words, said, catalogue.massage(name))
                     for name in _in_order(catalogue, advice)],
        "tips": [(name, said.tips[name].title, said.tips[name].text, name in choices.tips)
                 for name in advice.tips],
        "waits": [said.waits[name].title for name in advice.waits],
        "needs_day": state.cleared and not advice.screened,
        "screened": advice.screened,
        "chosen": [said.massages.massages[name].name for name in choices.massages],
    }


def _in_order(catalogue: Catalogue, advice: Advice) -> list[str]:
    """The massages: recommended ones first, forbidden ones last."""
    recommended = catalogue.cause(advice.cause).recommend
    names = sorted(catalogue.structure.massages, key=lambda name: name not in recommended)
    return sorted(names, key=lambda name: not advice.rulings[name].allowed)


def _massage(name: str, asked: Asked, advice: Advice, choices: Choices, words: Words,
             said: PackWords, data: MassageData) -> dict[str, Any]:
    """One massage: its words, whether it is ticked, and why it may not be."""
    ruling = advice.rulings[name]
    usual = data.gentle_minutes if advice.screened else data.minutes
    return {
        "id": name, "name": said.massages.massages[name].name,
        "who": said.massages.who[data.who], "allowed": ruling.allowed,
        "agreed": ruling.verdict is Verdict.IF, "chosen": name in choices.massages,
        "reasons": [] if ruling.allowed else reasons.of(ruling, said, words),
        "minutes": asked.form.minutes.get(name, ""), "times": asked.form.times.get(name, ""),
        "usual_minutes": max(usual), "usual_times": data.times,
        "cap_minutes": data.cap_minutes, "cap_times": data.cap_times,
    }


def _causes(catalogue: Catalogue, said: PackWords) -> list[tuple[str, str]]:
    return [(name, said.causes[name].name) for name in catalogue.structure.causes]


def _flags(asked: Asked, catalogue: Catalogue, said: PackWords) -> list[dict[str, Any]]:
    """The flags; one that the code sets can't be taken away."""
    fixed = asked.diagnosis.flags if asked.diagnosis else ()
    return [{"id": name, "name": reasons.capital(said.flags[name].name), "fixed": name in fixed,
             "chosen": name in asked.form.flags} for name in catalogue.structure.flags]


def _taken_out(asked: Asked, said: PackWords) -> list[str]:
    """The names of what was ticked and is forbidden now."""
    return [*(said.massages.massages[name].name for name in asked.taken_out.get("massages", ())),
            *(said.tips[name].title for name in asked.taken_out.get("tips", ()))]


def _languages(catalogue: Catalogue, words: Words, form: Form) -> list[tuple[str, str, bool]]:
    chosen = form.language or catalogue.languages[0]
    names: dict[str, str] = words["languages"]
    return [(name, names.get(name, name), name == chosen) for name in catalogue.languages]


def _options(ids: Iterable[str], names: dict[str, str], chosen: str) -> list[tuple[str, str, bool]]:
    return [(name, names[name or "none"], name == chosen) for name in ids]
