"""SVG → PDF operators, once: flat paths in whole units, with the few resources they need.

SVG is read only when something has to be compiled. The result is plain bytes that a cache
may keep: `packed` writes them down, `unpacked` takes back nothing but what `packed` could write.
"""

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from handouts.errors import PackError
from handouts.pdf.figures.painters import Pen, colour
from handouts.pdf.file.objects import (
    Objects,
    array,
    dictionary,
    indirect,
    numbers,
    reference,
    stream,
)

UNITS = 1000  # the longer side: 610 to the inch at 118 points, 423 at 60 mm
_MAGIC = b"handouts-vectors 1"
_HEAD = re.compile(rb"handouts-vectors 1 (\d{1,4}) (\d{1,4}) (\d{1,7}) (\d{1,7}) ([0-9a-f]{64})\n")
_N = rb"-?(?:\d{1,9}(?:\.\d+)?|\.\d+) "
# One operator a line, and none that shows text, images or other forms.
_LINE = re.compile(
    rb"(?:" + _N + rb"){2}(?:[ml]|(?:" + _N + rb"){2}(?:[vy]|(?:" + _N + rb"){2}c))|h"
    rb"|[fB]\*?|S|W\*? n|[qQ]|(?:" + _N + rb"){3}(?:rg|RG)|(?:" + _N + rb")[wM]|[012] [Jj]"
    rb"|\[[\d. ]*\]-?[\d.]+ d|/G\d+ gs|(?:" + _N + rb"){6}cm /S\d+ sh")
_RESOURCES = re.compile(rb"<<(?:[\d. \-\[\]<>]|true|/(?:ExtGState|Shading|ShadingType|G\d+|S\d+|ca|"
                        rb"CA|ColorSpace|DeviceRGB|Coords|Extend|Function|Functions|FunctionType|"
                        rb"Domain|Bounds|Encode|C0|C1|N)(?=[\d /\[<]))*>>")


@dataclass(frozen=True)
class Compiled:
    """A drawing: its operators, its resource dictionary, and its box from 0,0 in units."""

    operators: bytes
    resources: bytes
    width: int
    height: int


def compile_svg(source: bytes, label: str, units: int = UNITS) -> Compiled:
    """The drawing of an SVG, its longer side so many units; PackError for what can't be kept, or
    when nothing is drawn."""
    from handouts.pdf.figures.plainsvg import read_svg, size_of
    from handouts.pdf.figures.svgpaint import Unkept
    from handouts.pdf.figures.svgwalk import draw

    root, pen = read_svg(source, label), Pen()
    try:
        size = size_of(root, units)
        draw(root, pen, size)
    except Unkept as error:
        raise PackError(f"the SVG has {error}, which can't be kept as shapes", where=label,
                        cure="Export it as plain shapes: expand strokes, effects and styles."
                        ) from error
    except (ValueError, ArithmeticError) as error:  # numbers that are none, or hold on no paper
        raise PackError("the SVG has a damaged shape", where=label,
                        cure="Export it again as plain paths.") from error
    operators = "\n".join(pen.lines).encode()
    if not operators:
        raise PackError("the SVG draws nothing", where=label, cure="Export it as plain paths.")
    drawing = Compiled(operators, pen.resources().encode(), *size)
    if not is_only_shapes(drawing):
        raise PackError("the SVG has numbers that no paper can hold", where=label,
                        cure="Export it again as plain paths.")
    return drawing


def recoloured(drawing: Compiled, colours: tuple[tuple[str, str], ...]) -> Compiled:
    """The drawing with colours replaced (hex → hex), all at once."""
    if not colours:
        return drawing
    swap = {_operands(old): _operands(new) for old, new in colours}
    operators = re.sub(rb"(?m)^(.+) (rg|RG)$",
                       lambda found: swap.get(found[1], found[1]) + b" " + found[2],
                       drawing.operators)
    return replace(drawing, operators=operators)


def colours(drawing: Compiled) -> set[str]:
    """The colours of fills and strokes, as hex."""
    found = re.findall(rb"(?m)^(\S+) (\S+) (\S+) (?:rg|RG)$", drawing.operators)
    return {"#" + "".join(f"{round(float(part) * 255):02X}" for part in parts)
            for parts in set(found)}


def _operands(code: str) -> bytes:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return colour((red / 255, green / 255, blue / 255)).encode()


def packed(drawing: Compiled) -> bytes:
    """The drawing as bytes to keep."""
    body = drawing.resources + drawing.operators
    sizes = (drawing.width, drawing.height, len(drawing.resources), len(drawing.operators))
    head = b"%b %d %d %d %d " % (_MAGIC, *sizes)
    return head + sha256(head + body).hexdigest().encode() + b"\n" + body


def unpacked(data: bytes) -> Compiled:
    """The drawing from kept bytes; ValueError when they are damaged or hold more than shapes."""
    match = _HEAD.match(data)
    if not match:
        raise ValueError("not a compiled drawing")
    width, height, first, second = (int(number) for number in match.groups()[:4])
    head, body = data[:match.start(5)], data[match.end():]
    if len(body) != first + second or sha256(head + body).hexdigest().encode() != match[5]:
        raise ValueError("a damaged drawing")
    drawing = Compiled(body[first:], body[:first], width, height)
    if not is_only_shapes(drawing):
        raise ValueError("more than shapes in a drawing")
    return drawing


def is_only_shapes(drawing: Compiled) -> bool:
    """Whether it holds nothing but paths, their looks, and plain resources."""
    return bool(_RESOURCES.fullmatch(drawing.resources)) and all(
        _LINE.fullmatch(line) for line in drawing.operators.splitlines())


def page_of(drawing: Compiled) -> bytes:
    """A PDF of one page with nothing but the drawing."""
    objects = Objects()
    tree, content = objects.reserve(), objects.add(stream(drawing.operators))
    page = objects.add(dictionary({
        "Type": b"/Page", "Parent": reference(tree), "Contents": reference(content),
        "MediaBox": array([numbers((0, 0, drawing.width, drawing.height))]),
        "Resources": drawing.resources}))
    objects.bodies[tree] = dictionary({
        "Type": b"/Pages", "Kids": array([reference(page)]), "Count": b"1"})
    root = objects.add(dictionary({"Type": b"/Catalog", "Pages": reference(tree)}))
    # Without a cross-reference table: a viewer finds the objects by itself.
    body = b"".join(indirect(at, objects.bodies[at]) for at in sorted(objects.bodies))
    return b"%PDF-1.7\n" + body + b"trailer" + dictionary({"Root": reference(root)}) + b"\n%%EOF"
