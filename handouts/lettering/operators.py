"""A line → PDF text operators for Type 0 fonts with Identity-H, whose CIDs are glyph ids.

The caller stands inside BT … ET, in the marked content of the field, at the line's start. Nothing
moves the text matrix: a mark's place beside the pen is a number in TJ, its height a text rise (Ts).
"""

from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Mapping

from handouts.lettering.faces import Face, Glyph, face
from handouts.lettering.paragraph import GlyphRun
from handouts.lettering.setting import Line


def operators(line: Line, size: float, fonts: Mapping[str, str]) -> bytes:
    """The line in content-stream operators; `fonts` gives each face's resource name (`F1`)."""
    shown = [_run(run, size, fonts, within=line.rtl) for run in line.runs]
    code = " ".join(shown)
    return (_saying(line.text, code) if line.rtl and shown else code).encode("ascii")


def _run(run: GlyphRun, size: float, fonts: Mapping[str, str], *, within: bool) -> str:
    one = face(run.face)
    font = f"/{fonts[run.face]} {size:g} Tf "
    if not run.actual:
        return f"{font}<{''.join(map(one.hexes.__getitem__, run.text))}> Tj"
    code = font + " ".join(_shown(_placed(run.glyphs, one), size / one.measures.units))
    return code if within else _saying(run.text, code)


def _saying(text: str, code: str) -> str:
    """Marked content that says `text`, whatever its glyphs are."""
    said = (BOM_UTF16_BE + text.encode("utf-16-be")).hex().upper()
    return f"/Span <</ActualText <{said}>>> BDC {code} EMC"


def _placed(glyphs: Iterable[Glyph], one: Face) -> Iterator[tuple[int, int, int]]:
    """Each glyph with the way left from where the pen is, and its height; then the last way."""
    thousand = 1000 / one.measures.units
    owed = 0  # how far right of its place the pen stands
    for glyph in glyphs:
        yield round((owed - glyph.x) * thousand), glyph.y, glyph.id
        owed = glyph.x + one.advances[glyph.id] - glyph.advance
    yield round(owed * thousand), 0, -1


def _shown(placed: Iterable[tuple[int, int, int]], unit: float) -> Iterator[str]:
    """TJ operators, a new one for each height."""
    height, items = 0, ""
    for way, rise, glyph in placed:
        items += f" {way} " if way else ""
        if rise != height:
            yield from _array(items)
            yield f"{rise * unit:.4g} Ts"
            height, items = rise, ""
        items += f"<{glyph:04X}>" if glyph >= 0 else ""
    yield from _array(items)


def _array(items: str) -> Iterator[str]:
    if items.strip():
        yield f"[{items.replace('><', '').strip()}] TJ"
