"""Redraws the pictures: `python draw.py [NAME…]`; without names, all of them.

    assets/figures/kit/.venv/bin/python assets/figures/kit/draw.py step1 step2

Afterwards `pytest tests/test_figures.py --update-refs` compiles the changed SVGs.
"""

import sys
from multiprocessing import Pool

import poses
import scenes  # noqa: F401 - its modules register their scenes
from body import data_folder
from picture import SCENES, write

LIMIT = 20_000


def draw(name):
    """Draws one picture and keeps it: its name and drawing."""
    drawing = SCENES[name]()
    write(name, drawing)
    return name, drawing


def main(names):
    """Draws the named pictures, two at a time."""
    data_folder()
    unknown = set(names) - set(SCENES)
    if unknown:
        raise SystemExit(f"no scene for {', '.join(sorted(unknown))}")
    with Pool(2) as pool:
        for name, drawing in pool.imap(draw, names or sorted(SCENES)):
            size = len(drawing.svg)
            over = " - over the limit" if size > LIMIT else ""
            print(f"{name}: {size:,} bytes{over}", flush=True)
            poses.keep({name: drawing})


if __name__ == "__main__":
    main(sys.argv[1:])
