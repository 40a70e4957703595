"""Draws contact sheets of the pages, for whoever works on them: `python tests/gallery.py DIR`.

    python tests/gallery.py out                        # every cause and state, Letter, in colour
    python tests/gallery.py out --only gout --paper a4 --grey --dpi 100
    python tests/gallery.py out --readme               # the picture of the README, nothing else

Each handout is one PNG, its pages side by side at the resolution asked for (72: a point a pixel;
150: to be held beside paper). `--grey` shows what a black-only printer makes of the colours.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from handouts import Patient, Press, Request, load_pack
from handouts.paths import default_brand_path
from handouts.request.look import SKINS

ROOT = Path(__file__).parent.parent
README_PICTURE = ROOT / "tests" / "refs" / "gallery.png"
DAY = date(2026, 11, 25)
GAP, TABLE = 16, "#8A949A"  # between pages, and what they lie on
ANA = Patient("Sample Patient", given_by="Sample Clinician")
CALM = Request("osteoarthritis", "calm", side="left", patient=ANA)
SHOWN = (  # the README's picture: handouts and their pages
    (Request("osteoarthritis", side="left", patient=ANA), 0), (CALM, 1), (CALM, 2), (CALM, 3),
    (Request("infection", patient=ANA), 0), (replace(CALM, language="es"), 0),
    (replace(CALM, mono=True), 2), (replace(CALM, format="large-print"), 7))
ACROSS = 4


def requests(only: str, looks: dict[str, object]) -> Iterator[tuple[str, Request]]:
    """Every cause and state whose name begins as asked, with the looks asked for."""
    for cause, data in load_pack().structure.causes.items():
        for state, kind in {None: None, **data.states}.items():
            name = f"{cause}-{state or 'screened'}"
            cleared = date(2026, 11, 20) if kind and kind.cleared else None
            if name.startswith(only):
                yield name, Request(cause, state, patient=Patient(cleared_on=cleared), **looks)


def pages_of(pdf: bytes, dpi: float, *, grey: bool = False) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    return [page.render(scale=dpi / 72).to_pil().convert("L" if grey else "RGB")
            for page in pypdfium2.PdfDocument(pdf)]


def sheet(pages: Sequence[Image.Image], across: int) -> Image.Image:
    """Pages of one size in rows of so many."""
    wide, high = pages[0].width + GAP, pages[0].height + GAP
    whole = Image.new("RGB", (across * wide + GAP, -(-len(pages) // across) * high + GAP), TABLE)
    for at, page in enumerate(pages):
        whole.paste(page, (GAP + at % across * wide, GAP + at // across * high))
    return whole


def readme_picture(press: Press) -> Image.Image:
    """What the program makes, at a glance."""
    return sheet([pages_of(press.handout(request, DAY).pdf, 42)[at] for request, at in SHOWN],
                 ACROSS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="causes and states that begin so: gout-between")
    parser.add_argument("--paper", choices=("letter", "a4"), default="letter")
    parser.add_argument("--side", choices=("left", "right", "both"), default="left")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--flag", action="append", default=[])
    parser.add_argument("--large-print", action="store_true")
    parser.add_argument("--mono", action="store_true")
    parser.add_argument("--skin", choices=SKINS, default="mixed")
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--dpi", type=float, default=72)
    parser.add_argument("--across", type=int, default=7, help="so many pages side by side")
    parser.add_argument("--readme", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Writes the sheets and names them."""
    asked, press = _options(), Press(default_brand_path())
    if asked.readme:
        readme_picture(press).quantize(256, Image.Quantize.MAXCOVERAGE).save(
            README_PICTURE, optimize=True)
        print(README_PICTURE)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    looks = {"paper": asked.paper, "side": asked.side, "language": asked.lang, "mono": asked.mono,
             "skin": asked.skin, "flags": tuple(asked.flag),
             "format": "large-print" if asked.large_print else ""}
    for name, request in requests(asked.only, looks):
        path = asked.folder / f"{name}.png"
        pages = pages_of(press.handout(request, DAY).pdf, asked.dpi, grey=asked.grey)
        sheet(pages, min(len(pages), asked.across)).save(path)
        print(path)


if __name__ == "__main__":
    main()
