"""Logos that a clinic may have, made when they are needed; no tests here."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from handouts.logo import Logo, read_logo

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
