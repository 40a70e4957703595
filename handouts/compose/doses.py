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
    minutes, times = dose_of(name, choices, pack)
    parts = [length(minutes, said), _times(times, said)]
    if pack.massage(name).tried:
        parts.append(said.weeks.format(weeks=trial_weeks(choices, pack)))
    return ", ".join(parts)


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
