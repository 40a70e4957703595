"""The words of a pack as they are told to somebody whom a flag changes (instead.toml): to whoever
helps a patient who can't say what hurts, or to a patient whose skin can't tell.

instead.toml has a table for each of them. It names slots, such as "routine.rail.guide.lead", and
what stands in their place.
"""

import re
from dataclasses import replace
from typing import Any

import msgspec

from handouts.pack.pack import Pack
from handouts.pack.words import Words

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_TOLD: dict[tuple[int, tuple[str, ...]], tuple[Words, Words]] = {}  # by id of words kept beside


def told_to(pack: Pack, readers: tuple[str, ...]) -> Pack:
    """The pack whose words are those for these readers, names of tables of instead.toml; where two
    name one slot the later wins. Its digests are not those of the pack."""
    if not readers:
        return pack
    return replace(pack, words={language: _told(words, readers)
                                for language, words in pack.words.items()})


def _told(words: Words, readers: tuple[str, ...]) -> Words:
    known = _TOLD.get((id(words), readers))
    if known is None or known[0] is not words:
        data = msgspec.msgpack.decode(msgspec.msgpack.encode(words))  # lists, not tuples
        for reader in readers:
            for slot, text in words.instead[reader].items():
                _put(data, slot, text)
        known = _TOLD[id(words), readers] = words, msgspec.convert(data, Words)
    return known[1]


def _put(data: Any, slot: str, text: str) -> None:
    *steps, last = (int(at) if at else name for at, name in _STEP.findall(slot))
    for step in steps:
        data = data[step]
    data[last] = text
