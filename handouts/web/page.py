"""Plain values → HTML, by the templates of the page."""

from functools import cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts import paths
from handouts.web.site import Site
from handouts.web.words import Words, all_words


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
