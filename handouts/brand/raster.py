"""A PNG or JPEG of any make → plain RGB pixels on white, in a PNG without any metadata.

Decoding is left to a child process: a small file may unpack, or be decoded, without end.
"""

import struct
import warnings
from array import array
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from handouts.errors import PackError
from handouts.system import limits
from handouts.system.fingerprint import program_fingerprint

if TYPE_CHECKING:
    from PIL.Image import Image

    from handouts.system.store import Store

MAX_SIDE = 4000  # pixels
MAX_DATA = 100_000  # bytes that a logo may add to a handout of at most 250 KB
HEADER_PIXELS = (1250, 284)  # 600 dpi in the header's 150 x 34 pt; more is only weight
SEEN = 240  # of 255: a pixel with no part darker than this is not seen on white paper
SPECK = 2000  # the part of a picture that ink must cover; viewers show even what has no size

_ORIENTATION = 0x0112  # Exif; what each of its values needs as a PIL.Image.Transpose
_UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_TOO_LARGE = f"the picture is over {MAX_SIDE} pixels a side; export it smaller"


def plain_png(data: bytes, form: str, store: "Store | None" = None) -> bytes:
    """The picture as it is printed; PackError tells why it can't be. A store keeps it."""
    key = store and sha256(program_fingerprint(store).encode() + data).hexdigest()
    known = store.get(key) if store and key else None
    if known is not None:
        return known
    try:
        png = limits.shared().run(decoded, data, form)
    except limits.PastBounds as error:
        raise refused(f"the {form} picture takes too long to open, or too much memory; "
                      "export it again, smaller") from error
    if store and key:
        store.put(key, png)
    return png


def refused(*problems: str) -> PackError:
    """The error of a logo, with all that is wrong with it."""
    return PackError("the logo can't be used", problems=problems)


def leaves_ink(picture: "Image") -> bool:
    """Whether more than a speck of an RGB picture can be told from white paper."""
    from functools import reduce

    from PIL import ImageChops

    darkest = reduce(ImageChops.darker, picture.split()).histogram()
    return sum(darkest[:SEEN]) * SPECK > picture.width * picture.height


def decoded(data: bytes, form: str) -> bytes:
    """The same, in this process and without bounds."""
    pixels = _on_white(_opened(data, form))
    if not leaves_ink(pixels):
        raise refused("the picture is blank on white paper; export the dark version of the logo")
    while len(png := _as_png(pixels)) > MAX_DATA:
        pixels.thumbnail((pixels.width * 4 // 5, pixels.height * 4 // 5))
    return png


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


def _on_white(image: "Image") -> "Image":
    """A new RGB picture without any metadata, transparent parts white, no larger than needed."""
    from PIL import Image

    profile = image.info.get("icc_profile", b"")
    if image.mode.startswith("I;16"):
        image = _in_8_bits(image)
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGBA")
    image.thumbnail(HEADER_PIXELS)
    image = _in_srgb(image, profile).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")


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


def _in_srgb(image: "Image", profile: bytes) -> "Image":
    """The colours that the picture's own profile means; CMYK means none without one."""
    from PIL import ImageCms

    inks = image.mode == "CMYK"
    if inks and not profile:
        raise refused("the picture is in printing inks (CMYK) without a colour profile, so nobody "
                      "knows its colours; export it as RGB")
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.getOpenProfile(BytesIO(profile))
        return ImageCms.profileToProfile(  # type: ignore[return-value]
            image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        if inks:
            raise refused("the picture's colour profile is damaged; export it as RGB") from error
        return image  # many carry the profile of another kind of picture; viewers pass it over


def _as_png(image: "Image") -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
