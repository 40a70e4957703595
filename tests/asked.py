"""All that a handout may be asked for, and which words of the pack no handout prints."""

import re

from handouts.compose.contradictions import Statements, said_in, split
from handouts.compose.holding import texts as texts_of
from handouts.pack.pack import load_pack
from handouts.pack.texts import texts
from handouts.request.request import Dose
from handouts.rules.choices import QUESTIONS_MOST, TIPS_SHOWN
from handouts.rules.safety import decide

KNEE = load_pack("knee")
# Slots that are for the clinician, for the program, a picture, a list or a wall; those of a place,
# a finding or a line that the rules could lead to, and do not today.
NOT_READ = ("flags.", "interface.", "figures.", "waiting.", "safety.review", "body.",
            "conditions.on-", "check_first.groups.")
NOT_OF_ALL = (".short", ".part_label", "check[0]")


def lots(names, most):
    """Names in lots of so many, at least one lot."""
    names = list(names)
    return [tuple(names[at:at + most]) for at in range(0, max(len(names), 1), most)]


def asked_for(cause, state, flags=()):
    """What else a handout may be asked for: each edition; all massages, for both knees; one without
    the routine; all tips and questions; few and short."""
    advice = decide(KNEE, cause, state, flags=flags)
    allowed = tuple(name for name, ruling in advice.rulings.items() if ruling.allowed)
    alone = tuple(name for name in allowed if name != KNEE.body.routine)[:1]
    yield from ({"edition": edition} for edition in ("sheet", "standard", "full"))
    yield {"massages": allowed, "side": "both"}
    yield {"massages": alone, "side": "right"}
    yield from ({"tips": tips, "side": "left"} for tips in lots(advice.tips, TIPS_SHOWN))
    yield from ({"questions": asked} for asked in lots(advice.care.questions, QUESTIONS_MOST))
    if KNEE.body.routine in allowed:
        yield {"doses": {KNEE.body.routine: Dose(10, 1)}}


def never_printed(documents):
    """The slots of English that none of these documents holds; other languages have the same."""
    words = KNEE.words_in("en")
    told = {text for made in documents for text in texts_of(made)}
    pieces = {slot: [re.sub(r" \[[a-z0-9-]+\]", "", piece) for piece in split(
        re.sub(r"(?: \[[a-z0-9-]+\])+(?=[. ])", "{x}", text))] for slot, text in texts(words)}
    known = Statements(words, KNEE.structure, {slot: () for slot in pieces}, pieces, {})
    found = said_in(told, known)
    return sorted(slot for slot in pieces if slot not in found
                  and not slot.startswith(NOT_READ) and not slot.endswith(NOT_OF_ALL)
                  and not re.fullmatch(r"causes\..+\.states\..+|waits\..+\.title", slot))
