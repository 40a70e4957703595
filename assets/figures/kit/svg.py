"""Small SVG: relative path data with few decimals, and the elements that pictures are made of."""

import numpy as np
from palette import LINE, WHITE
from tracing import curves as fitted


def number(value, digits=1):
    """A number as short as it gets."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith(("0.", "-0.")):
        text = text.replace("0.", ".", 1)
    return "0" if text in ("-0", "-", "") else text


def _joined(values, digits):
    text = ""
    for value in values:
        part = number(value, digits)
        follows = part.startswith("-") or (
            part.startswith(".") and "." in text.split(" ")[-1].split("-")[-1])
        text += part if not text or follows else f" {part}"
    return text


class Path:
    """Path data as it grows; what is rounded off a point is made up for at the next."""

    def __init__(self, digits=1):
        self.digits, self.text, self.at = digits, "", np.zeros(2)

    def _rel(self, command, points):
        points = np.round(np.asarray(points, float).reshape(-1, 2), self.digits)
        self.text += command + _joined((points - self.at).ravel(), self.digits)
        self.at = points[-1]

    def move(self, point):
        """Starts a part."""
        self.at = np.round(np.asarray(point, float), self.digits)
        self.text += "M" + _joined(self.at, self.digits)
        return self

    def lines(self, points):
        """Straight lines to points."""
        for point in points:
            self._rel("l", point)
        return self

    def cubics(self, found):
        """Cubics that go on from here."""
        for curve in found:
            self._rel("c", curve[1:])
        return self

    def close(self):
        """Closes the part."""
        self.text += "Z"
        return self


def curve_data(points, tolerance=0.4, *, closed=False, digits=1):
    """Path data of a smooth polyline."""
    found = fitted(points, tolerance, closed)
    if not found:
        return ""
    path = Path(digits).move(found[0][0]).cubics(found)
    return path.close().text if closed else path.text


def ribbon_data(outline, tolerance=0.45):
    """Path data of the outline of a tapered line: one side, then the other."""
    half = len(outline) // 2
    one, two = fitted(outline[:half], tolerance), fitted(outline[half:], tolerance)
    if not one or not two:
        return ""
    return Path().move(one[0][0]).cubics(one).lines([two[0][0]]).cubics(two).close().text


def polygon_data(points, *, closed=True, digits=1):
    """Path data of straight lines."""
    path = Path(digits).move(points[0]).lines(points[1:])
    return path.close().text if closed else path.text


def filled(data, colour):
    """A filled path; holes by the even-odd rule."""
    return f'<path fill="{colour}" fill-rule="evenodd" d="{data}"/>' if data else ""


def stroked(data, width, colour=LINE, fill="none"):
    """A drawn path with round ends."""
    return (f'<path d="{data}" fill="{fill}" stroke="{colour}" stroke-width="{number(width)}" '
            'stroke-linecap="round" stroke-linejoin="round"/>') if data else ""


def haloed(data, width, colour=LINE, halo=4):
    """A drawn path on a wider white one."""
    return stroked(data, width + halo, WHITE) + stroked(data, width, colour)


def disc(at, radius, fill, stroke=None, width=0):
    """A circle."""
    edge = f' stroke="{stroke}" stroke-width="{number(width)}"' if stroke else ""
    return (f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}" '
            f'fill="{fill}"{edge}/>')


def document(height, title, description, body, width=600, side=None, halves=()):
    """The whole file; ten units are a millimetre, and a picture is 600 wide, tells its side, and
    where its halves end and begin."""
    parts = "\n".join(part for part in body if part)
    size = f'width="{number(width / 10)}mm" height="{number(height / 10)}mm"'
    told = f' data-side="{side}"' if side else ""
    if halves:
        told += f' data-halves="{" ".join(f"{end / width:.4f}" for end in halves)}"'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {width} {height:.0f}" role="img"{told}><title>{title}</title>'
            f"<desc>{description}</desc>\n{parts}\n</svg>\n")
