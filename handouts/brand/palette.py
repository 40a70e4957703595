"""The colours of a logo, the most seen first, as a practice would name them."""

import re
from collections import Counter
from colorsys import rgb_to_hsv
from io import BytesIO

from handouts.brand.logo import Logo

MOST = 3
_LEAST_SATURATION = 0.25  # of 1: less is grey to the eye
_LEAST_VALUE = 0.15  # of 1: less is black
_APART = 60  # of 441: the least distance of two colours in red, green and blue
_SIDE, _SHADES = 64, 12
_HEX = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")


def colours_in(logo: Logo) -> tuple[str, ...]:
    """Up to three colours of a logo as #RRGGBB, without greys, black and white."""
    counted = _in_svg(logo.data) if logo.kind == "svg" else _in_picture(logo.data)
    found: list[tuple[int, int, int]] = []
    for colour, _ in counted.most_common():
        if _is_colour(colour) and all(_distance(colour, other) >= _APART for other in found):
            found.append(colour)
    return tuple("#" + bytes(colour).hex().upper() for colour in found[:MOST])


def _in_picture(data: bytes) -> Counter[tuple[int, int, int]]:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((_SIDE, _SIDE))
        plain = small.quantize(_SHADES).convert("RGB")
    pixels = plain.getcolors(_SIDE * _SIDE) or []
    return Counter({colour: count for count, colour in pixels})  # type: ignore[misc]


def _in_svg(data: bytes) -> Counter[tuple[int, int, int]]:
    counted: Counter[tuple[int, int, int]] = Counter()
    for text in _HEX.findall(data.decode("utf-8", "replace")):
        whole = text if len(text) == 6 else "".join(char * 2 for char in text)
        red, green, blue = bytes.fromhex(whole)
        counted[red, green, blue] += 1
    return counted


def _is_colour(colour: tuple[int, int, int]) -> bool:
    _, saturation, value = rgb_to_hsv(*(part / 255 for part in colour))
    return saturation >= _LEAST_SATURATION and value >= _LEAST_VALUE


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)
