"""The rules that narrowed a massage, in words for the clinician and in the page's language."""

from handouts.safety import Ruling
from handouts.web.words import Words as PageWords
from handouts.words import Words


def of(ruling: Ruling, said: Words, words: PageWords) -> list[str]:
    """A sentence for each rule; where everything waits, what it waits for is told alone."""
    waits = [rule for rule in ruling.reasons if rule.startswith("wait:")]
    return [_sentence(_one(rule, said, words)) for rule in waits or ruling.reasons]


def _one(rule: str, said: Words, words: PageWords) -> str:
    kind, _, name = rule.partition(":")
    if kind == "flag":
        return said.flags[name].reason
    if kind == "wait":
        return said.waits[name].title
    if kind == "screened":
        return str(words["massages"]["screened"])
    cause, _, state = name.partition(".")
    pattern: str = words["massages"]["matrix"]
    return pattern.format(cause=said.causes[cause].name, state=said.causes[cause].states[state])


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return capital(text) if text[-1:] in ".?!" else f"{capital(text)}."
