"""Three lines on a handout to paste into a patient's record, in the clinician's language: the
pack's default one. They tell what was chosen, and nothing of the patient."""

from collections.abc import Iterable

from handouts.compose.doses import dose
from handouts.pack.pack import Pack
from handouts.pack.words import Words
from handouts.pdf.file.facts import HandoutFacts
from handouts.request.look import USUAL
from handouts.rules.choices import Choices
from handouts.rules.safety import Verdict


def summary(choices: Choices, facts: HandoutFacts, pack: Pack) -> tuple[str, ...]:
    """What, which massages or why none, which flags and tips."""
    lines = (_what(choices, facts, pack), _massages(choices, pack),
             _beside(choices, pack))
    return tuple(line.replace("\u00a0", " ") for line in lines)  # not every record takes those


def _what(choices: Choices, facts: HandoutFacts, pack: Pack) -> str:
    advice, said = choices.advice, _words(pack).causes[choices.advice.cause]
    state = ("not examined, so screened" if advice.state is None
             else said.states[advice.state])
    body, side = _words(pack).body, choices.request.side
    parts = [said.name, getattr(body, side) if side else "", state]
    form = [_words(pack).interface.languages[choices.language],
            choices.request.format.replace("-", " "),
            "" if choices.edition == USUAL else f"{choices.edition} edition"]
    return (f"Handout {facts['id']} on {body.about} given: {_listed(parts)}. Content "
            f"version {facts['content_version']}, {', '.join(filter(None, form))}.")


def _massages(choices: Choices, pack: Pack) -> str:
    if choices.advice.waits:
        titles = (_words(pack).waits[name].title for name in choices.advice.waits)
        return f"No massage for now. {_listed(titles)}."
    return f"Massages: {_listed(_massage(name, choices, pack) for name in choices.massages)}."


def _massage(name: str, choices: Choices, pack: Pack) -> str:
    """A massage with its dose, and whether the handout leaves it to the clinician."""
    told = _words(pack).massages.massages[name].name
    asks = choices.advice.rulings[name].verdict is Verdict.IF
    only = " (only if the clinician says that it is safe)" if asks else ""
    return f"{told}, {dose(name, choices, pack, pack.languages[0])}{only}"


def _beside(choices: Choices, pack: Pack) -> str:
    words = _words(pack)
    flags = _listed(words.flags[name].name for name in choices.advice.flags)
    tips = _listed(words.tips[name].title for name in choices.tips)
    return f"Flags: {flags}. Tips: {tips}."


def _words(pack: Pack) -> Words:
    return pack.words_in(pack.languages[0])


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(filter(None, parts)) or "none"
