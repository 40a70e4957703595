"""Two public collections of icons, as a clinic would use them: next to none refused, all drawn
right, by the judgement of librsvg.

They are fetched from the npm registry into a temporary folder (npm, and rsvg-convert of Debian's
librsvg2-bin, must be there).
"""

import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers import painted

from handouts.brand.logo import read_logo
from handouts.errors import PackError
from handouts.pdf.figures.figures import Art, Picture
from handouts.pdf.figures.proof import Pixels, proved, share_of_different
from handouts.pdf.figures.vectors import Compiled

COLLECTIONS = ("devicon@2.17.0", "super-tiny-icons@0.6.0")
SIDE = 300  # pixels of the longer side at which two drawings are held against each other
FINE = 4  # drawn so many times as large, then made smaller: each program has edges of its own
REFUSED, DIFFERENT = 0.02, 0.02  # the most of a collection; the most of a picture's dots

pytestmark = pytest.mark.skipif(not (shutil.which("npm") and shutil.which("rsvg-convert")),
                                reason="npm and rsvg-convert are not both here")


@pytest.fixture(scope="module", params=COLLECTIONS)
def collection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    subprocess.run(["npm", "pack", "--silent", request.param], cwd=folder, check=True,
                   capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as packed:
        packed.extractall(folder, filter="data")
    return folder


def by_librsvg(path: Path, size: tuple[int, int]) -> Image.Image | None:
    """The file as librsvg draws it on white; None where it can't."""
    done = subprocess.run(["rsvg-convert", "-b", "white", "-w", str(FINE * size[0]),
                           "-h", str(FINE * size[1]), str(path)], capture_output=True, check=False)
    if done.returncode:
        return None
    drawn = Image.open(BytesIO(done.stdout)).convert("RGB")
    return drawn.resize(size, Image.Resampling.BOX)


def by_us(found: Compiled | Pixels, size: tuple[int, int]) -> Image.Image:
    """A logo as it lies on the page, drawn by PDFium."""
    if isinstance(found, Pixels):
        return Image.open(BytesIO(found.png)).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    picture = Picture(Art("logo", found), size[0])
    data = painted(size, lambda canv: picture.drawOn(canv, 0, 0))
    with pypdfium2.PdfDocument(data) as document:
        drawn = document[0].render(scale=FINE).to_pil().convert("RGB")
        return drawn.resize(size, Image.Resampling.BOX)


def held(path: Path) -> tuple[str, float]:
    """What became of a file, and the part of its dots that differ from librsvg's."""
    try:
        logo = read_logo(path)
        found = proved(logo.data, "logo")
    except PackError:
        return "refused", 0.0
    scale = SIDE / max(logo.width, logo.height)
    size = max(1, round(logo.width * scale)), max(1, round(logo.height * scale))
    wanted = by_librsvg(path, size)
    kind = "picture" if isinstance(found, Pixels) else "shapes"
    return kind, 0.0 if wanted is None else share_of_different(by_us(found, size), wanted)


def test_the_icons_of_a_collection_are_drawn_as_librsvg_draws_them(collection: Path) -> None:
    files = sorted(collection.rglob("*.svg"))
    results = {path.relative_to(collection).as_posix(): held(path) for path in files}

    kinds = [kind for kind, _ in results.values()]
    print(f"{len(files)} icons: {kinds.count('shapes')} shapes, {kinds.count('picture')} pictures, "
          f"{kinds.count('refused')} refused")
    assert kinds.count("refused") <= REFUSED * len(files)
    assert {name: round(part, 3) for name, (_, part) in results.items() if part > DIFFERENT} == {}
