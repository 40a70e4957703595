"""The words of a pack as they are told to a helper, for whoever can't say what hurts (helper.toml).

helper.toml names slots, such as "routine.rail.guide.lead", and what stands in their place.
"""

import re
from dataclasses import replace
from typing import Any

import msgspec

from handouts.pack.pack import Pack
from handouts.pack.words import Words

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_TOLD: dict[int, tuple[Words, Words]] = {}  # by id of the words, which are kept beside theirs


def for_helper(pack: Pack) -> Pack:
    """The pack whose words are those for a helper; its digests are not those of the pack."""
    return replace(pack, words={language: _told(words)
                                     for language, words in pack.words.items()})


def _told(words: Words) -> Words:
    known = _TOLD.get(id(words))
    if known is None or known[0] is not words:
        data = msgspec.msgpack.decode(msgspec.msgpack.encode(words))  # lists, not tuples
        for slot, text in words.helper.items():
            _put(data, slot, text)
        known = _TOLD[id(words)] = words, msgspec.convert(data, Words)
    return known[1]


def _put(data: Any, slot: str, text: str) -> None:
    *steps, last = (int(at) if at else name for at, name in _STEP.findall(slot))
    for step in steps:
        data = data[step]
    data[last] = text
