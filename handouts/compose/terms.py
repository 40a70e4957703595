"""The words of the glossary that a handout uses: each of them is explained, and no other."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from handouts import document as doc
from handouts.compose.holding import texts
from handouts.pack.words import Words


def used_terms(pages: Iterable[doc.Page], words: Words) -> list[dict[str, Any]]:
    """The terms that stand on these pages, by themselves or in another form, in the order of the
    glossary."""
    said = "\n".join(text for page in pages for block in (*page.blocks, *page.extras)
                     if not isinstance(block, doc.Terms) for text in texts(block)).casefold()
    return [{"id": name, "term": one.term, "meaning": one.meaning}
            for name, one in words.glossary.items()
            if any(_form(form).search(said) for form in (one.term, *one.forms))]


@cache
def _form(form: str) -> re.Pattern[str]:
    """A word or words, in the singular or with a regular plural (English and Spanish: s, es)."""
    return re.compile(rf"\b{re.escape(form.casefold())}(?:e?s)?\b")
