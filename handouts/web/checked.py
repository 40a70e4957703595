"""A Form held against pack and rules → the request it asks for, or what is wrong with it.

The rules are those of `safety` and `choices`, asked anew each time; nothing here decides what may
be printed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from handouts.coding import codes
from handouts.errors import InputError, UsageError
from handouts.request.look import EDITIONS, PAPERS, SKINS, USUAL, Edition, Format, Skin
from handouts.request.request import SIDES, Patient, Request, Side
from handouts.rules.choices import QUESTIONS_MOST, TIPS_SHOWN, Choices, choose
from handouts.rules.safety import Advice, decide
from handouts.web import changes, fields
from handouts.web import problems as reasons
from handouts.web.diagnosis import Diagnosis, names
from handouts.web.form import MASSAGES, OWN, RECOMMENDED, TIPS, Form
from handouts.web.problems import Problem, own
from handouts.web.site import Site
from handouts.web.texts import Words

FORMATS = ("", "large-print")


@dataclass(frozen=True)
class CheckedForm:
    """What a form asks for.

    `choices` is what the rules make of it, patient and doses left out; `request` is there only
    without problems; `taken_out` are the ticks that the rules forbid, by kind; `by_hand` the flags
    that hold without the code; `cleared` the parts that a change of the cause emptied, and
    `before` the cause that they were for.
    """

    form: Form
    diagnosis: Diagnosis | None = None
    advice: Advice | None = None
    choices: Choices | None = None
    request: Request | None = None
    problems: tuple[Problem, ...] = ()
    taken_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_hand: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    before: str = ""


def ask(form: Form, site: Site, words: Words, *, strict: bool) -> CheckedForm:
    """What a form asks for; `strict` refuses what the rules forbid, else it is taken out."""
    diagnosis, slip = _diagnosis(form.diagnosis, site, words)
    if diagnosis is None and form.was:  # until the slip is mended, all stays that was chosen for it
        diagnosis, _ = _diagnosis(form.was, site, words)
    if diagnosis is None:
        return CheckedForm(form, problems=slip)
    before = None if slip else _diagnosis(form.was, site, words)[0]
    cleared = () if slip else changes.cleared(form, diagnosis, before)
    if not slip:
        form = changes.for_diagnosis(form, diagnosis, before)
    unknown = _unknown_choices(form, diagnosis, site, words)
    if unknown:
        return CheckedForm(form, diagnosis, problems=(*slip, *unknown), by_hand=form.flags)
    by_hand = form.flags
    form = replace(form, flags=tuple(dict.fromkeys((*form.flags, *diagnosis.flags))))
    if form.flags or not form.state:  # only who examined the patient can say that none applies
        form = replace(form, no_flags="")
    advice = decide(site.pack, diagnosis.cause, form.state or None, flags=form.flags)
    asked = CheckedForm(form, diagnosis, advice, by_hand=by_hand, cleared=cleared,
                        before=before.cause if before else "")
    forbidden = _forbidden(asked, site, words) if strict else []
    return _completed(_allowed(asked), site, words, [*slip, *forbidden])


# -- what is chosen --------------------------------------------------------------------------------


def _diagnosis(text: str, site: Site, words: Words) -> tuple[Diagnosis | None, tuple[Problem, ...]]:
    """The diagnosis in a text, or None and what is wrong with it."""
    if not text:
        return None, (own("diagnosis", "no_cause", words),)
    language = site.language(words)
    try:
        diagnosis = site.diagnoses.find(text)
    except InputError:  # a code that does not fix the place
        coded = next(filter(None, (codes.find(site.pack, text, system)
                                   for system in ("icd10cm", "snomed"))))
        place, offers = site.pack.words_in(language).body.place, (coded.cause,)
        problem = own("diagnosis", "which_joint", words, cause=names(offers, site.pack, language),
                      place=place)
        return None, (problem._replace(offers=offers),)
    except UsageError:
        diagnosis, several = None, True
    else:
        several = False
    if diagnosis is not None:
        return diagnosis, ()
    near = site.diagnoses.near(text, language)
    name = "which_cause" if several else "near_cause" if near else "unknown_cause"
    problem = own("diagnosis", name, words, near=names(near, site.pack, language))
    return None, (problem._replace(offers=near),)


def _unknown_choices(form: Form, diagnosis: Diagnosis, site: Site, words: Words) -> list[Problem]:
    """The fields whose value is none of the choices."""
    structure = site.pack.structure
    known = {
        "state": (form.state, {"", *structure.causes[diagnosis.cause].states}),
        "side": (form.side, {"", *SIDES}), "paper": (form.paper, {"", *PAPERS}),
        "language": (form.language, {"", *site.pack.languages}),
        "format": (form.format, set(FORMATS)), "mono": (form.mono, {"", "1"}),
        "skin": (form.skin, {"", *SKINS}), "edition": (form.edition, {"", *EDITIONS}),
        "massages_by": (form.massages_by, {OWN, RECOMMENDED}),
        "tips_by": (form.tips_by, {OWN, RECOMMENDED}),
    }
    lists: dict[str, tuple[tuple[str, ...], Collection[str]]] = {
        "flags": ((*form.flags, *form.earlier), structure.flags),
        "massages": ((*form.massages, *form.held), structure.massages),
        "tips": ((*form.tips, *form.held_tips), structure.tips),
        "questions": (form.questions, structure.questions)}
    wrong = [name for name, (value, choices) in known.items() if value not in choices]
    wrong += [name for name, (values, choices) in lists.items() if not set(values) <= set(choices)]
    problems = [own(name, "unknown_choice", words) for name in wrong]
    if diagnosis.side and form.side in SIDES and form.side != diagnosis.side:
        problems.append(own("side", "other_side", words, side=words["sides"][diagnosis.side]))
    state = structure.causes[diagnosis.cause].states.get(form.state)
    if diagnosis.is_open and state and state.cleared:
        problems.append(own("state", "not_healed", words))
    return problems


def _allowed(asked: CheckedForm) -> CheckedForm:
    """Without what the rules forbid; what was taken out is remembered, and is still its owner's."""
    assert asked.advice is not None
    form = changes.ruled(asked.form, asked.advice)
    earlier = tuple(flag for flag in form.earlier if flag in asked.by_hand)
    return replace(asked, taken_out={MASSAGES: form.held, TIPS: form.held_tips},
                   form=replace(form, earlier=earlier))


def _forbidden(asked: CheckedForm, site: Site, words: Words) -> list[Problem]:
    """A problem for each massage and tip of one's own choice that the rules forbid."""
    form, advice = asked.form, asked.advice
    assert advice is not None
    said = site.pack.words_in(site.language(words))
    problems = [own("massages", "forbidden", words, what=said.massages.massages[name].name,
                    why=" ".join(reasons.of(advice.rulings[name], said, words)))
                for name in form.massages
                if form.massages_by == OWN and not advice.rulings[name].allowed]
    return problems + [own("tips", "no_fit", words, what=said.tips[name].title)
                       for name in form.tips if form.tips_by == OWN and name not in advice.tips]


# -- the request -----------------------------------------------------------------------------------


def _completed(asked: CheckedForm, site: Site, words: Words, before: list[Problem]) -> CheckedForm:
    """With the choices that the page shows, and with the request if nothing is wrong."""
    form, advice = asked.form, asked.advice
    assert advice is not None
    is_cleared = advice.state is not None and site.pack.cause(
        advice.cause).states[advice.state].cleared
    plain = _plain_request(form, advice, site)
    panel = Patient(cleared_on=site.day if is_cleared else None)
    # More tips than the page holds are told below; those that are too many are no reason to fail.
    shown = replace(plain, patient=panel, tips=plain.tips[:TIPS_SHOWN],
                    questions=plain.questions[:QUESTIONS_MOST])
    try:
        choices = choose(shown, site.pack, today=site.day)
    except InputError:  # the leaf alone has no room for choices of one's own
        before = [*before, own("edition", "leaf_alone", words)]
        choices = choose(replace(shown, edition=USUAL), site.pack, today=site.day)
    asked = replace(asked, choices=choices)
    check = fields.Check(form, words, site.pack.words_in(site.language(words)), site.day)
    patient = check.patient(is_cleared=is_cleared)
    doses = check.doses(choices, site.pack)
    check.own_lists(advice)
    problems = (*before, *check.problems)
    if problems:
        return replace(asked, problems=problems)
    return replace(asked, request=replace(plain, patient=patient, doses=doses))


def _plain_request(form: Form, advice: Advice, site: Site) -> Request:
    """The request without doses and patient."""
    return Request(
        cause=advice.cause, state=advice.state, flags=advice.flags,
        massages=form.massages if form.massages_by == OWN else (),
        tips=form.tips if form.tips_by == OWN else (),
        questions=tuple(name for name in advice.care.questions if name in form.questions),
        side=cast(Side, form.side), language=form.language,
        paper=form.paper or site.brand.paper, format=cast(Format, form.format),
        mono=bool(form.mono), skin=cast(Skin, form.skin or site.brand.skin),
        edition=cast(Edition, form.edition or site.brand.edition))
