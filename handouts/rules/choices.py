"""A request held against the pack and the safety rules: what of it may be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handouts.errors import InputError, UnsafeError, unknown
from handouts.pack.pack import Pack
from handouts.request.look import USUAL, Edition
from handouts.request.request import Dose, Request, check_patient, refuse_claims
from handouts.rules.safety import Advice, Reason, Ruling, Verdict, decide
from handouts.rules.session import Minutes, Session, session_of

SHOWN_BY_DEFAULT = 3  # massages, when the request names none
SHOWN_SCREENED = 2  # the same, when nobody has examined the patient
TIPS_SHOWN = 6  # what the page holds
TIPS_WAITING = 4  # the same, where massage must wait
QUESTIONS_SHOWN = 2  # by default, where room is left
QUESTIONS_FULL = 10  # in the full edition
QUESTIONS_MOST = 6
TERMS_MOST = 8


@dataclass(frozen=True)
class Choices:
    """A request after the rules: only what may be printed, in the order it is printed."""

    request: Request
    advice: Advice
    language: str
    massages: tuple[str, ...]
    tips: tuple[str, ...]
    questions: tuple[str, ...]
    doses: Mapping[str, Dose]
    session: Session | None
    edition: Edition = USUAL
    topics: tuple[str, ...] = ()  # of the full edition, as its exercises
    exercises: tuple[str, ...] = ()
    leaf_alone: bool = False  # the edition sheet: the routine for somebody who was examined


def choose(request: Request, pack: Pack, *, today: date) -> Choices:
    """What may be printed for this request; `today` is the handout's date if it names none.

    Raises UsageError for an unknown id, InputError for an unusable value, UnsafeError for
    whatever the rules forbid.
    """
    check_patient(request.patient, today)
    refuse_claims(request.patient, pack.info.all_banned)
    advice = decide(pack, request.cause, request.state, flags=request.flags)
    _check_cleared(request, pack)
    language = request.language or pack.languages[0]
    pack.words_in(language)
    massages = _massages(request, advice, pack)
    doses = _doses(request, advice, pack)
    edition: Edition = request.edition or USUAL
    session = session_of(advice, massages, doses, pack)
    alone = edition == "sheet" and session is not None and not advice.screened
    if alone:
        massages = _on_leaf(request, pack)
        session = session_of(advice, massages, doses, pack)
    return Choices(
        request=request, advice=advice, language=language, massages=massages,
        tips=_tips(request, advice, pack),
        questions=_questions(request, advice, pack, shown=0 if alone else QUESTIONS_SHOWN),
        doses=doses,
        session=session, edition=edition, leaf_alone=alone,
        topics=_topics(advice, massages, pack), exercises=advice.care.exercises,
    )


def _check_cleared(request: Request, pack: Pack) -> None:
    """A state that a clinician has cleared needs the day of it; no other state takes one."""
    states = pack.cause(request.cause).states
    needs = request.state is not None and states[request.state].cleared
    if needs and request.patient.cleared_on is None:
        raise InputError(f"the state '{request.state}' needs the day on which it was cleared",
                         where="cleared-on", field="cleared_on",
                         cure="Write it with --cleared-on, as YYYY-MM-DD.")
    if request.patient.cleared_on is not None and not needs:
        cleared = [name for name, state in states.items() if state.cleared]
        cure = f"Use it with the state '{cleared[0]}'." if cleared else "Leave it out."
        raise InputError("a day of clearing goes only with a cleared state", where="cleared-on",
                         field="cleared_on", cure=cure)


# -- choices ---------------------------------------------------------------------------------------


def _massages(request: Request, advice: Advice, pack: Pack) -> tuple[str, ...]:
    """The massages asked for, or the recommended ones that the rules allow."""
    for name in request.massages:
        pack.massage(name)
        if not advice.rulings[name].allowed:
            raise refusal(name, advice, pack)
    if request.massages:
        # "Start with light self-massage", says the sheet of whom nobody has examined.
        first = {pack.body.routine} if advice.screened else set()
        return tuple(dict.fromkeys(sorted(request.massages, key=lambda name: name not in first)))
    recommended = pack.cause(request.cause).recommend
    allowed = tuple(name for name in recommended if advice.rulings[name].allowed
                    and not _only_asked_for(name, advice.rulings[name], pack))
    return allowed[:SHOWN_SCREENED if advice.screened else SHOWN_BY_DEFAULT]


def _only_asked_for(massage: str, ruling: Ruling, pack: Pack) -> bool:
    """Whether it brings what a flag leaves only by agreement, such as heat (J5.12): a clinician
    chooses it by name, or nobody does."""
    return (bool(pack.massage(massage).offers) and ruling.verdict is Verdict.IF
            and any(reason.kind == "flag" for reason in ruling.reasons))


def _on_leaf(request: Request, pack: Pack) -> tuple[str, ...]:
    """The massage that the leaf for the fridge shows; InputError where more was asked for."""
    routine = pack.body.routine
    beside = {"massages": set(request.massages) - {routine}, "tips": request.tips,
              "questions": request.questions, "terms": request.terms}
    for kind, asked in beside.items():
        if asked:
            raise InputError(f"the edition sheet has no room for {kind}", where="edition",
                             cure=f"Ask for standard or full, or leave the {kind} out.")
    return (routine,)


def refusal(massage: str, advice: Advice, pack: Pack) -> UnsafeError:
    """Why this massage may not be printed: the rule and its reason, in the clinician's words."""
    ruling = advice.rulings[massage]
    reasons = "; ".join(f"rule {rule}: {_said(rule, pack)}" for rule in ruling.reasons)
    allowed = [name for name, other in advice.rulings.items() if other.allowed]
    cure = f"Allowed here: {', '.join(allowed)}." if allowed else (
        "Nothing is allowed here; ask for no massage to get the handout that says so.")
    return UnsafeError(f"{massage} must not be printed ({reasons})",
                       where=f"{advice.cause}, {_state_name(advice)}", cure=cure)


def _state_name(advice: Advice) -> str:
    return advice.state or "no state given"


def _said(rule: Reason, pack: Pack) -> str:
    words = pack.words_in(pack.languages[0])
    match rule.kind:
        case "flag":
            return words.flags[rule.name].reason
        case "screened":
            return ("only after a clinician has examined the patient; say what was found with "
                    "--state")
        case "wait":
            return f"everything waits, {words.waits[rule.name].title.lower()}"
        case "state":
            return f"the suitability matrix, {words.causes[rule.cause].states[rule.name]}"


def _tips(request: Request, advice: Advice, pack: Pack) -> tuple[str, ...]:
    for name in request.tips:
        pack.tip(name)
        if name not in advice.tips:
            raise UnsafeError(f"the tip '{name}' does not fit what was found",
                              where=f"{advice.cause}, {_state_name(advice)}",
                              cure=f"Fitting tips: {', '.join(advice.tips)}.")
    chosen = tuple(dict.fromkeys(request.tips))
    if len(chosen) > TIPS_SHOWN:
        raise InputError(f"{len(chosen)} tips, the page holds {TIPS_SHOWN}", where="tips",
                         field="tips", cure="Leave some out.")
    return chosen or _usual_tips(advice, pack)


def _usual_tips(advice: Advice, pack: Pack) -> tuple[str, ...]:
    """The first tips that fit, without what is told as something to do now."""
    acts = (pack.structure.acts[name] for name in advice.care.acts)
    told = {tip for act in acts for tip in act.tips}
    fitting = tuple(tip for tip in advice.tips if tip not in told)
    return fitting[:TIPS_WAITING if advice.waits else TIPS_SHOWN]


def _questions(request: Request, advice: Advice, pack: Pack, *,
               shown: int) -> tuple[str, ...]:
    """The questions asked for, or so many that fit; the terms asked for are looked up, too."""
    words = pack.words_in(request.language or pack.languages[0])
    for name in request.terms:
        if name not in words.glossary:
            raise unknown("term", name, words.glossary)
    fitting = advice.care.questions
    for name in request.questions:
        pack.question(name)
        if name not in fitting:
            raise UnsafeError(f"the question '{name}' does not fit what was found",
                              where=f"{advice.cause}, {_state_name(advice)}",
                              cure=f"Fitting questions: {', '.join(fitting)}.")
    for kind, asked, most in (("questions", request.questions, QUESTIONS_MOST),
                              ("terms", request.terms, TERMS_MOST)):
        if len(set(asked)) > most:
            raise InputError(f"{len(set(asked))} {kind}, the page holds {most}", where=kind,
                             field=kind, cure="Leave some out.")
    usual = QUESTIONS_FULL if request.edition == "full" else shown
    return tuple(dict.fromkeys(request.questions)) or fitting[:usual]


def _topics(advice: Advice, massages: tuple[str, ...], pack: Pack) -> tuple[str, ...]:
    """The cards that fit, those of a massage only where it is offered."""
    topics = pack.structure.topics
    return tuple(name for name in advice.care.topics
                 if topics[name].massage in ("", *massages))


def _doses(request: Request, advice: Advice, pack: Pack) -> dict[str, Dose]:
    for name, dose in request.doses.items():
        massage = pack.massage(name)
        if not advice.rulings[name].allowed:
            raise refusal(name, advice, pack)
        if not (1 <= dose.minutes <= massage.cap_minutes and 1 <= dose.times <= massage.cap_times):
            raise UnsafeError(
                f"{dose.minutes} minutes, {dose.times} times a week is outside what is safe",
                where=f"dose of {name}", field="doses", item=name,
                cure=f"At most {massage.cap_minutes} minutes, {massage.cap_times} times a week.")
    return dict(request.doses)


def dose_of(massage: str, choices: Choices, pack: Pack) -> tuple[Minutes, int]:
    """Minutes and times a week that are printed: the clinician's, else the usual or gentle ones."""
    data, asked = pack.massage(massage), choices.doses.get(massage)
    if asked:
        return (asked.minutes, asked.minutes), asked.times
    if choices.session is not None and massage == pack.body.routine:
        return choices.session.minutes, data.times
    return data.gentle_minutes if choices.advice.screened else data.minutes, data.times


def is_guided(massage: str, choices: Choices, pack: Pack) -> bool:
    """Whether the therapist says how long and how often: no dose of ours is printed."""
    return massage not in choices.doses and (
        pack.body.guided in choices.advice.rulings[massage].conditions)


def trial_weeks(choices: Choices, pack: Pack) -> int:
    """After how many weeks what does not help ends: one number on a handout."""
    routine, cause = pack.structure.routine, pack.cause(choices.advice.cause)
    unseen = choices.advice.screened or cause.unexplained
    return routine.weeks_unseen if unseen else routine.weeks


def conditions(massage: str, ruling: Ruling, pack: Pack) -> tuple[str, ...]:
    """The ids of the cautions on a massage's card: "only if" first, the rules', then its own."""
    standing, body = pack.massage(massage).standing, pack.body
    agreed = tuple(name for name in ruling.conditions if name == body.agreed)
    found = dict.fromkeys((*agreed, *ruling.conditions, *standing))
    goes_without_saying = [name for name in body.light if name in found][1:]  # beside a stricter
    return tuple(name for name in found if name not in goes_without_saying)
