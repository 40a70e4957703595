"""Text inside a tag → runs, each in its voice, or one plain text."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.markup.tags import MarkupTag, refused

LINKS = ("https:", "tel:", "mailto:")
_BLANKS = re.compile("[ \t\r\n\f\v]+")


def runs(element: MarkupTag) -> doc.Runs:
    """The text of an element as runs, with white space run together as in HTML."""
    return _trimmed(list(_voices(element, doc.Run(""))))


def _voices(element: MarkupTag, voice: doc.Run) -> Iterator[doc.Run]:
    """The text inside an element in the voice around it, as its tags change it."""
    for item in element.inside:
        if isinstance(item, str):
            yield replace(voice, text=_spaced(item))
        elif item.tag == element.tag:
            raise refused(f"<{item.tag}> does not belong into <{element.tag}>", item.line)
        elif item.tag in VOICES:
            yield from _voices(item, VOICES[item.tag](item, voice))
        else:
            raise refused(f"<{item.tag}> does not belong into text", item.line)


def _linked(element: MarkupTag, voice: doc.Run) -> doc.Run:
    return replace(voice, link=target(element))


def target(element: MarkupTag) -> str:
    """Where an element links to."""
    address = element.get("href")
    if not address.startswith(LINKS):
        raise refused("a link starts with https:, tel: or mailto:", element.line)
    return address


VOICES: dict[str, Callable[[MarkupTag, doc.Run], doc.Run]] = {
    "b": lambda element, voice: replace(voice, strong=True),
    "a": _linked,
    "span": lambda element, voice: replace(voice, lang=element.get("lang")),
}

def _spaced(text: str) -> str:
    """White space run together as in HTML: a no-break space is none."""
    return _BLANKS.sub(" ", text)


def _trimmed(found: list[doc.Run]) -> doc.Runs:
    runs = [run for run in found if run.text]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return tuple(run for run in runs if run.text)


def plain(element: MarkupTag) -> str:
    """The text of an element that holds no tags."""
    parts = []
    for item in element.inside:
        if not isinstance(item, str):
            raise refused(f"<{item.tag}> does not belong into <{element.tag}>", item.line)
        parts.append(item)
    return _spaced("".join(parts)).strip(" ")
