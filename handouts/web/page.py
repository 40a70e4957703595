"""The files that the page is made of, by name: no name from outside ever meets the file system."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts import paths
from handouts.brand.brand import Brand
from handouts.web.site import Site
from handouts.web.texts import Words, all_words


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=jinja2.FileSystemLoader(paths.data_folder("templates") / "web"))


def html(template: str, site: Site, words: Words, **values: Any) -> str:
    """A template of the page, filled."""
    others = {name: table["name"] for name, table in all_words().items()
              if name != words["language"]}
    return _environment().get_template(template).render(
        w=words, brand=site.brand, others=others, **values)


_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
          ".svg": "image/svg+xml", ".ttf": "font/ttf"}
_FACES = {"atkinson-regular.ttf": "AtkinsonHyperlegible-Regular.ttf",
          "atkinson-bold.ttf": "AtkinsonHyperlegible-Bold.ttf"}


class StaticFile(NamedTuple):
    """A file's bytes and their media type."""

    data: bytes
    kind: str


def files(brand: Brand) -> dict[str, StaticFile]:
    """Every file of the page by its name: styles, scripts, fonts, and the brand's own."""
    own = (paths.data_folder("templates") / "web" / "static").iterdir()
    found = {path.name: StaticFile(path.read_bytes(), _TYPES[path.suffix]) for path in own
             if path.suffix in _TYPES}
    found |= {name: StaticFile(_face(file), _TYPES[".ttf"]) for name, file in _FACES.items()}
    found["brand.css"] = StaticFile(_colours(brand).encode(), _TYPES[".css"])
    if brand.logo:
        kind = "image/svg+xml" if brand.logo.kind == "svg" else "image/png"
        found["logo"] = StaticFile(brand.logo.data, kind)
    return found


def _face(file: str) -> bytes:
    spec = find_spec("fontpkg_atkinson_hyperlegible")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return next(folder.rglob(file)).read_bytes()


def _colours(brand: Brand) -> str:
    """The brand's colours, checked as #RRGGBB when the brand was read."""
    colours = brand.colours
    return (f":root {{ --brand: {colours.brand}; --tint: {colours.tint}; "
            f"--outline: {colours.outline}; }}\n")
