"""A pack's phrases that claim more than is known, sought in what others write: a note, a name."""

import re
from collections.abc import Iterable


def claimed(text: str, phrases: Iterable[str]) -> str:
    """The first of these phrases that a text holds as words, with a letter of inflection or none;
    nothing if it holds none."""
    told = " ".join(text.casefold().split())
    return next((phrase for phrase in phrases if re.search(
        rf"(?<!\w){re.escape(phrase.casefold())}\w?(?!\w)", told)), "")
