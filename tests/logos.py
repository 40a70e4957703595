"""Logos that a clinic may have, made when they are needed; no tests here."""

import struct
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image

from handouts.brand.logo import Logo, read_logo

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
DOT = '<circle cx="20" cy="20" r="9"/>'


def svg(inside: str = DOT, box: str = 'viewBox="0 0 40 40"') -> bytes:
    """An SVG with these shapes."""
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {XMLNS} {xlink} {box}>{inside}</svg>".encode()


def picture(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A teal block on white (or on nothing), in a Pillow mode."""
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    image.paste((11, 85, 99, 255), (0, 0, size[0] // 2, size[1] // 2))
    white = Image.new("RGBA", size, "white")
    return image if mode == "RGBA" else Image.alpha_composite(white, image).convert(
        mode, dither=Image.Dither.NONE)


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """A picture as a file's bytes."""
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def read(folder: Path, data: bytes, name: str = "logo") -> Logo:
    """The logo of a file with these bytes."""
    (folder / name).write_bytes(data)
    return read_logo(folder / name)


# What printing inks look like on paper, as Lab: cyan, magenta and yellow, alone and together.
_INKS = {
    (0, 0, 0): (100, 0, 0), (1, 0, 0): (55, -37, -50), (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (89, -5, 93), (0, 1, 1): (47, 68, 48), (1, 0, 1): (50, -68, 25),
    (1, 1, 0): (24, 22, -46), (1, 1, 1): (23, 0, 0)}


def cmyk_profile() -> bytes:
    """A small ICC profile of a printing press (ICC.1:2001-04, lut8Type): its sixteen solids."""
    solids = [(16, 0, 0) if black else _INKS[inks]
              for *inks, black in product((0, 1), repeat=4) for inks in [tuple(inks)]]
    grid = bytes(part for light, a, b in solids for part in (round(light * 2.55), a + 128, b + 128))
    ramp = bytes(range(256))
    unit = struct.pack(">9l", *(0x10000 * (at % 4 == 0) for at in range(9)))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + unit + 4 * ramp + grid + 3 * ramp
    head = struct.pack(">L4sL4s4s4s12x4s28x3l48x", 128 + 16 + len(lut), b"lcms", 0x02400000,
                       b"prtr", b"CMYK", b"Lab ", b"acsp", 0xF6D6, 0x10000, 0xD32D)
    return head + struct.pack(">L4sLL", 1, b"A2B0", 144, len(lut)) + lut
