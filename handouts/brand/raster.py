"""A picture of any make (PNG, JPEG, WebP, a PDF's first page) → plain RGB on white, as a PNG.

Nothing that stood beside the pixels is kept. Decoding is left to a child process: a small file may
unpack, or be decoded, without end.
"""

import struct
import warnings
from array import array
from hashlib import sha256
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

from handouts.errors import PackError
from handouts.system import limits
from handouts.system.fingerprint import program_fingerprint

if TYPE_CHECKING:
    from PIL.Image import Image

    from handouts.system.store import Store

MAX_SIDE = 4000  # pixels
MAX_DATA = 100_000  # bytes that a logo may add to a handout of at most 300 KB
HEADER_PIXELS = (867, 300)  # 600 dpi in the head's 104 x 36 pt; more is only weight
SEEN = 240  # of 255: a pixel with no part darker than this is not seen on white paper
SPECK = 2000  # the part of a picture that ink must cover; viewers show even what has no size

_ORIENTATION = 0x0112  # Exif; what each of its values needs as a PIL.Image.Transpose
_UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_TOO_LARGE = f"the picture is over {MAX_SIDE} pixels a side; export it smaller"
_USUAL_INKS = ("the picture is in printing inks (CMYK) without a colour profile of its own, so its "
               "colours are those of usual inks on coated paper; if they are not yours, export it "
               "as RGB")
_FROM_PDF = ("the PDF's first page is printed as a picture, 600 dots to the inch, without its "
             "margins")
# The colours of the solid inks C, M, Y and their overprints on coated paper, as CIE Lab (ISO
# 12647-2:2004, paper types 1 and 2, rounded); with black over them all are black.
_SOLIDS = {
    (0, 0, 0): (95, 0, -2), (1, 0, 0): (55, -37, -50), (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (91, -5, 93), (0, 1, 1): (47, 68, 48), (1, 0, 1): (50, -68, 25),
    (1, 1, 0): (20, 25, -46), (1, 1, 1): (23, 0, 0)}


def plain_png(data: bytes, form: str, store: "Store | None" = None) -> tuple[bytes, str]:
    """The picture as it is printed, and what its owner should know; PackError where it can't be.

    A store keeps both.
    """
    key = store and sha256(program_fingerprint(store).encode() + data).hexdigest()
    known = store.get(key) if store and key else None
    if known is None:
        try:
            png, note = limits.shared().run(decoded, data, form)
        except limits.PastBounds as error:
            raise refused(f"the {form} picture takes too long to open, or too much memory; "
                          "export it again, smaller") from error
        known = note.encode() + b"\n" + png
        if store and key:
            store.put(key, known)
    told, _, png = known.partition(b"\n")
    return png, told.decode()


def refused(*problems: str) -> PackError:
    """The error of a logo, with all that is wrong with it."""
    return PackError("the logo can't be used", problems=problems)


def leaves_ink(picture: "Image") -> bool:
    """Whether more than a speck of an RGB picture can be told from white paper."""
    from functools import reduce

    from PIL import ImageChops

    darkest = reduce(ImageChops.darker, picture.split()).histogram()
    return sum(darkest[:SEEN]) * SPECK > picture.width * picture.height


def decoded(data: bytes, form: str) -> tuple[bytes, str]:
    """The same, in this process and without bounds."""
    image, note = (_page(data), _FROM_PDF) if form == "PDF" else (_opened(data, form), "")
    pixels, inks = _on_white(image)
    if not leaves_ink(pixels):
        raise refused("the picture is blank on white paper; export the dark version of the logo")
    return as_light_png(pixels), note or inks


def as_light_png(pixels: "Image") -> bytes:
    """An RGB picture as a PNG, made smaller until it is light enough for every handout."""
    while len(png := _as_png(pixels)) > MAX_DATA:
        pixels.thumbnail((pixels.width * 4 // 5, pixels.height * 4 // 5))
    return png


def _page(data: bytes) -> "Image":
    """The first page of a PDF without its white margins, as large as the head can show it."""
    try:
        import pypdfium2
    except ImportError as error:
        raise refused("a PDF needs a library more (pip install 'handouts[png]'); or export the "
                      "logo as SVG or PNG") from error
    from PIL import Image, ImageChops

    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[0]
            size = page.get_size()
            first: Image.Image = page.render(scale=min(2, 1200 / max(size))).to_pil().convert("RGB")
            white = Image.new("RGB", first.size, "white")
            inked = ImageChops.difference(first, white).getbbox()
            if inked is None:
                return first
            parts = [edge / first.size[at % 2] * size[at % 2] for at, edge in enumerate(inked)]
            left, top, right, bottom = parts
            scale = min(HEADER_PIXELS[0] / (right - left), HEADER_PIXELS[1] / (bottom - top))
            cut = (left, size[1] - bottom, size[0] - right, top)
            found: Image.Image = page.render(scale=scale, crop=cut).to_pil()
            return found
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError, IndexError) as error:
        raise refused("the PDF is damaged or locked; export it again") from error


def _opened(data: bytes, form: str) -> "Image":
    """The picture upright and in its own colours, after a look at its size alone."""
    from PIL import Image

    with warnings.catch_warnings(action="ignore"):  # about size and metadata: neither matters
        try:
            image = Image.open(BytesIO(data), formats=[form])
            if max(image.size) > MAX_SIDE:
                raise refused(_TOO_LARGE)
            if form == "PNG":  # one that is cut off after its last row is decoded all the same
                Image.open(BytesIO(data), formats=[form]).verify()
            image.load()
            turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
            return image if turn is None else image.transpose(Image.Transpose(turn))
        except Image.DecompressionBombError as error:
            raise refused(_TOO_LARGE) from error
        except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
            raise refused(f"the {form} picture is damaged; export it again") from error


def _on_white(image: "Image") -> "tuple[Image, str]":
    """A new RGB picture without any metadata, transparent parts white, no larger than needed; and
    what its owner should know of its colours."""
    from PIL import Image

    profile = image.info.get("icc_profile", b"")
    if image.mode.startswith("I;16"):
        image = _in_8_bits(image)
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGBA")
    image.thumbnail(HEADER_PIXELS)
    own = _in_srgb(image, profile) if profile else None
    usual = own is None and image.mode == "CMYK"
    image = own or (_in_srgb(image, _usual_inks()) if usual else None) or image
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB"), _USUAL_INKS if usual else ""


def _in_8_bits(image: "Image") -> "Image":
    """16-bit grey in 8, which Pillow would clip, and without the transparency it may have."""
    from PIL import Image

    grey = image.point(lambda level: level * (1 / 256)).convert("L")
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    levels = array("H", image.convert("I;16").tobytes())
    mask = bytes(0 if level == clear else 255 for level in levels)
    return Image.merge("LA", (grey, Image.frombytes("L", image.size, mask))).convert("RGBA")


def _in_srgb(image: "Image", profile: bytes) -> "Image | None":
    """The colours that a profile means; None where it is damaged, or that of another kind of
    picture, as many are: viewers pass it over."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.getOpenProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"),
                                         outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _usual_inks() -> bytes:
    """A colour profile of usual inks: straight ways between their solids (Neugebauer's equations),
    as a table of sixteen (ICC.1:2001-04, 6.5.8, lut8Type)."""
    solids = [(16, 0, 0) if black else _SOLIDS[cyan, magenta, yellow]
              for cyan, magenta, yellow, black in product((0, 1), repeat=4)]
    grid = bytes(part for light, a, b in solids
                 for part in (round(light * 2.55), a + 128, b + 128))
    ramp = bytes(range(256))
    unit = struct.pack(">9l", *(0x10000 * (at % 4 == 0) for at in range(9)))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + unit + 4 * ramp + grid + 3 * ramp
    head = struct.pack(">L4sL4s4s4s12x4s28x3l48x", 128 + 16 + len(table), b"lcms", 0x02400000,
                       b"prtr", b"CMYK", b"Lab ", b"acsp", 0xF6D6, 0x10000, 0xD32D)
    return head + struct.pack(">L4sLL", 1, b"A2B0", 144, len(table)) + table


def _as_png(image: "Image") -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
