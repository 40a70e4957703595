"""How long and how often, in words."""

from handouts.pack.interface import DoseWords
from handouts.pack.pack import Pack
from handouts.rules.choices import Choices, dose_of, is_guided, trial_weeks
from handouts.rules.session import Minutes


def dose(name: str, choices: Choices, pack: Pack, language: str = "") -> str:
    """How long and how often, in words: the clinician's dose, else the usual or gentle one."""
    said = pack.words_in(language or choices.language).interface.dose
    if is_guided(name, choices, pack):
        return said.guided
    often = _times(dose_of(name, choices, pack)[1], said)
    parts = [time(name, choices, pack, language), often]
    if pack.massage(name).tried:
        parts.append(said.weeks.format(weeks=trial_weeks(choices, pack)))
    return ", ".join(parts)


def time(name: str, choices: Choices, pack: Pack, language: str = "") -> str:
    """How long, in words; of the routine on both sides, for each."""
    words = pack.words_in(language or choices.language)
    once = length(dose_of(name, choices, pack)[0], words.interface.dose)
    if name != pack.body.routine or choices.request.side != "both":
        return once
    return words.routine.each.format(TIME=once)


def total(choices: Choices, pack: Pack) -> str:
    """How long the routine takes on both sides, as a sentence."""
    words = pack.words_in(choices.language)
    low, high = dose_of(pack.body.routine, choices, pack)[0]
    return words.routine.total.format(TIME=length((2 * low, 2 * high), words.interface.dose))


def times(name: str, choices: Choices, pack: Pack) -> str:
    """How often, in words."""
    return _times(dose_of(name, choices, pack)[1], pack.words_in(choices.language).interface.dose)


def length(minutes: Minutes, said: DoseWords, *, short: bool = False) -> str:
    """So many minutes in words; `short` where a line has little room."""
    low, high = minutes
    if low < high:
        return (said.short_range if short else said.minutes_range).format(low=low, high=high)
    if short:
        return said.short.format(low=low)
    return {1: said.minute, 60: said.hour}.get(low, said.minutes.format(low=low))


def _times(times: int, said: DoseWords) -> str:
    return {1: said.once, 7: said.daily}.get(times, said.times.format(times=times))
