"""What stays of a form when its diagnosis changes, or when the rules come to forbid a part of it.

What a person ticked or chose is theirs: no code takes it away, and no rule for good. What a code
said of the patient outlives the code, for one who corrects a cause has not undone a finding.
"""

from dataclasses import replace
from typing import Any

from handouts.rules.safety import Advice
from handouts.web.diagnosis import Diagnosis
from handouts.web.form import CODE, MASSAGES, OWN, RECOMMENDED, TIPS, Form

# What is chosen for one cause, and means nothing for another: a part of the page, its fields.
_OF_A_CAUSE = {"state": ("state", "cleared_on"),
               "massages": ("massages_by", "massages", "held", "fell"),
               "tips": ("tips_by", "tips", "held_tips"), "questions": ("questions",),
               "doses": ("minutes", "times")}


def for_diagnosis(form: Form, diagnosis: Diagnosis, before: Diagnosis | None) -> Form:
    """The form for a diagnosis, after the one before it; no change where it is the same.

    The flags of the code before stay, as `earlier`; its side goes with it. A state, massages, tips
    and doses stay for the same cause alone.
    """
    if form.was == form.diagnosis:
        own = form.side != diagnosis.side
        return replace(form, side_by="") if own else form
    side = "" if form.side_by == CODE and before and form.side == before.side else form.side
    new = replace(form, was=form.diagnosis, side=side or diagnosis.side,
                  side_by=CODE if diagnosis.side and not side else "")
    if not form.was:  # the first one: whatever came with it was meant for it
        return new
    said = before.flags if before else ()
    earlier = (*form.earlier, *(flag for flag in said if flag not in form.flags))
    new = replace(new, flags=tuple(dict.fromkeys((*form.flags, *said))),
                  earlier=tuple(dict.fromkeys(earlier)))
    if before and before.cause == diagnosis.cause:
        return new
    return replace(new, **{name: getattr(_EMPTY, name) for names in _OF_A_CAUSE.values()
                           for name in names})


def cleared(form: Form, diagnosis: Diagnosis, before: Diagnosis | None) -> tuple[str, ...]:
    """The parts in which a change of the cause leaves nothing of what was chosen for it."""
    if before is None or before.cause == diagnosis.cause or form.was == form.diagnosis:
        return ()
    chosen = {"state": form.state, "doses": form.minutes or form.times,
              "massages": form.massages_by == OWN or MASSAGES in form.fell,
              "questions": form.questions, "tips": form.tips_by == OWN or TIPS in form.fell}
    return tuple(name for name in _OF_A_CAUSE if chosen[name])


def ruled(form: Form, advice: Advice) -> Form:
    """The form as the rules let it stand: what they forbid is held back, what they allow again of
    what was held back is ticked again."""
    massages = frozenset(name for name, ruling in advice.rulings.items() if ruling.allowed)
    form = replace(form, fell=tuple(name for name in form.fell if name in (MASSAGES, TIPS)))
    form = _ruled(form, massages, MASSAGES, "massages_by", "held")
    return _ruled(form, frozenset(advice.tips), TIPS, "tips_by", "held_tips")


def _ruled(form: Form, allowed: frozenset[str], ticks: str, by: str, held: str) -> Form:
    """One list of ticks, ruled.

    A list of one's own of which nothing is left falls back to the recommended one and is noted as
    fallen; whoever chooses the recommended one by hand lets go of what was held back.
    """
    has_fallen, is_own = ticks in form.fell, getattr(form, by) == OWN
    before: tuple[str, ...] = getattr(form, held) if is_own or has_fallen else ()
    given: tuple[str, ...] = getattr(form, ticks)
    own = tuple(dict.fromkeys((*(given if is_own else ()), *before)))
    free = tuple(name for name in own if name in allowed)
    waiting = tuple(name for name in own if name not in allowed)
    fell = tuple(name for name in form.fell if name != ticks)
    new: dict[str, Any] = {ticks: free, by: OWN, held: waiting, "fell": fell}
    if not free and (waiting or not is_own):
        new |= {ticks: tuple(name for name in given if name in allowed), by: RECOMMENDED,
                "fell": (*fell, ticks) if waiting else fell}
    return replace(form, **new)


_EMPTY = Form()
