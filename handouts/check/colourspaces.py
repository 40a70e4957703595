"""Colour operators → the red, green and blue that fills; colours that shine through."""

from typing import Any

from handouts.check import access

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
OPERATORS = {"g": 1, "rg": 3, "k": 4, "cs": 0, "sc": 0, "scn": 0}
_DEVICE = {"DeviceGray": 1, "G": 1, "CalGray": 1, "DeviceRGB": 3, "RGB": 3, "CalRGB": 3,
           "DeviceCMYK": 4, "CMYK": 4}


def after(operator: str, operands: list[Any], resources: Any,
          space: Any) -> tuple[Any, Colour | None]:
    """Colour space (its number of components, 0 if not known) and colour after an operator."""
    if operator == "cs":
        count = _components(operands[0] if operands else None, resources)
        return count, BLACK if count else None
    count = OPERATORS[operator] or space or 0
    values = [access.number(value) for value in operands]
    if not count or len(values) != count or None in values:
        return count, None
    return count, _rgb([min(max(value or 0.0, 0.0), 1.0) for value in values])


def _components(node: Any, resources: Any) -> int:
    named = access.name(node)
    if named and named not in _DEVICE:
        node = access.entry(resources, "ColorSpace", named)
    family = access.name(node) or access.name(next(iter(access.items(node)), None))
    if family == "ICCBased":
        count = access.whole(access.entry([*access.items(node), None, None][1], "N"))
        return count if count in (1, 3, 4) else 0
    return _DEVICE.get(family, 0)


def _rgb(values: list[float]) -> Colour:
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    key = 1 - values[3]
    return (1 - values[0]) * key, (1 - values[1]) * key, (1 - values[2]) * key


def mixed(over: Colour, under: Colour, alpha: float) -> Colour:
    """A translucent colour laid over another."""
    red, green, blue = (a * alpha + b * (1 - alpha) for a, b in zip(over, under, strict=True))
    return red, green, blue
