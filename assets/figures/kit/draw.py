"""Redraws the pictures: `python draw.py [NAME…]`; without names, all of them.

    assets/figures/kit/.venv/bin/python assets/figures/kit/draw.py step1 step2

Afterwards `pytest tests/test_figures.py --update-refs` compiles the changed SVGs.
"""

import sys
from multiprocessing import Pool

import scenes  # noqa: F401 - its modules register their scenes
from body import data_folder
from picture import SCENES, write

LIMIT = 20_000


def draw(name):
    """Draws one picture; tells its size."""
    svg = SCENES[name]()
    write(name, svg)
    return f"{name}: {len(svg):,} bytes{' - over the limit' if len(svg) > LIMIT else ''}"


def main(names):
    """Draws the named pictures, two at a time."""
    data_folder()
    unknown = set(names) - set(SCENES)
    if unknown:
        raise SystemExit(f"no scene for {', '.join(sorted(unknown))}")
    with Pool(2) as pool:
        for line in pool.imap(draw, names or sorted(SCENES)):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
