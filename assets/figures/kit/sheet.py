"""Contact sheets of the pictures at print size: `python sheet.py FOLDER [NAME…]`.

Run it with the program's own Python: a picture is shown as a handout prints it. Each sheet has all
pictures, or the named ones, 6 cm wide at 300 dpi, in one look: colour, grey, photocopy (1 bit),
mono and its photocopy, mirrored, and the skins.

    .venv/bin/python assets/figures/kit/sheet.py /tmp/sheets step1 step2
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from handouts.pdf.figures.figures import dressed
from handouts.request.look import Look

FIGURES = Path(__file__).resolve().parents[1]
WIDE = 709  # pixels: 6 cm at 300 dpi
COLUMNS, GAP, NAME = 4, 24, 30
BLACK = 118  # what a 1-bit photocopy prints black


def rendered(name, width=WIDE, mirror=False, **look):
    """A picture as the program would print it."""
    shown = dressed(name, Look(**look))
    drawing, code = shown.drawing, _code(shown, mirror)
    page = (b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources %b>>"
            b"endobj\n4 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
            b"trailer<</Root 1 0 R>>\n%%%%EOF\n") % (
        drawing.width, drawing.height, drawing.resources, len(code), code)
    document = pypdfium2.PdfDocument(page)
    return document[0].render(scale=width / drawing.width).to_pil().convert("RGB")


def _code(shown, mirror):
    """The operators of a picture and of the signs on it."""
    drawing = shown.drawing
    code = b"q %b %b Q" % (b"-1 0 0 1 %d 0 cm" % drawing.width if mirror else b"",
                           drawing.operators)
    for sign in shown.signs:
        across = 1 - sign.x if mirror else sign.x
        scale = sign.width * drawing.width / sign.art.width
        left = across * drawing.width - scale * sign.art.width / 2
        low = (1 - sign.y) * drawing.height - scale * sign.art.height / 2
        code += b"\nq %.4f 0 0 %.4f %.2f %.2f cm %b Q" % (scale, scale, left, low,
                                                         sign.art.drawing.operators)
    return code


def photocopy(image):
    """Black and white only, as a poor copier makes it."""
    return image.convert("L").point(lambda grey: 255 if grey > BLACK else 0)


LOOKS = {
    "colour": rendered,
    "grey": lambda name: rendered(name).convert("L"),
    "photocopy": lambda name: photocopy(rendered(name)),
    "dark-photocopy": lambda name: photocopy(rendered(name, skin="dark")),
    "mirrored": lambda name: rendered(name, mirror=True),
    "light": lambda name: rendered(name, skin="light"),
    "medium": lambda name: rendered(name, skin="medium"),
    "dark": lambda name: rendered(name, skin="dark"),
    "mono": lambda name: rendered(name, mono=True),
    "mono-photocopy": lambda name: photocopy(rendered(name, mono=True)),
}


def sheet(names, look):
    """All pictures in one look."""
    shown = [LOOKS[look](name) for name in names]
    rows = [shown[at:at + COLUMNS] for at in range(0, len(shown), COLUMNS)]
    tall = [max(image.height for image in row) + NAME + GAP for row in rows]
    paper = Image.new("RGB", (COLUMNS * (WIDE + GAP) + GAP, sum(tall) + GAP), "white")
    pen, top, at = ImageDraw.Draw(paper), GAP, 0
    for row, height in zip(rows, tall, strict=True):
        for column, image in enumerate(row):
            left = GAP + column * (WIDE + GAP)
            pen.text((left, top), names[at], "black", font_size=24)
            paper.paste(image, (left, top + NAME))
            at += 1
        top += height
    return paper


def main(folder, *names):
    """Writes a sheet for each look."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    names = names or sorted(path.stem for path in FIGURES.glob("*.svg"))
    for look in LOOKS:
        sheet(names, look).save(Path(folder) / f"{look}.png")
        print(Path(folder) / f"{look}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
