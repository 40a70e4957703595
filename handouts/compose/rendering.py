"""Templates run: plain values in, markup out; what is wrong with a template is told with its place.

A folder's templates win over the built-in ones. They are somebody's own program: whatever it fails
with is told in our words, by file and line.
"""

import os
import re
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import GeneratorType
from typing import Any, TypeVar

import jinja2
from markupsafe import Markup, escape

from handouts import paths
from handouts.compose import bounds
from handouts.compose.bounds import Bounded
from handouts.compose.markup.tags import MarkupError
from handouts.errors import PackError

T = TypeVar("T")
STRONG = re.compile(r"\*\*(.+?)\*\*")
_HERE = str(paths.PACKAGE)
_CURE = "Mend the template, or leave --templates out."
# What the code of a template can end with, and what that says; the first that fits.
_FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (jinja2.TemplateSyntaxError, "can't be understood as a template"),
    (jinja2.exceptions.SecurityError, "does what a template may not do"),
    (jinja2.TemplateError, "can't be used as a template"),
    (RecursionError, "uses itself without an end"),
    (ZeroDivisionError, "divides by zero"),
    (OverflowError, "counts further than a template may"),
    (MemoryError, "needs more memory than there is"),
    (TypeError, "puts together what does not go together"),
    *((kind, "asks for what can't be done") for kind in (
        ArithmeticError, AttributeError, LookupError, RuntimeError, ValueError)),
)


def rendered(said: dict[str, object], templates: Path | None) -> str:
    """The markup of a handout; `templates` is a folder of one's own. PackError for its mistakes."""
    try:
        return _environment(templates).get_template("handout.html.j2").render(said)
    except tuple(kind for kind, _ in _FAILURES) as error:
        problem, where = _problem(error), _place(error)
        if not where:
            raise  # no template was at work: a mistake of our own
        raise PackError(problem, where=where, cure=_CURE) from error


def written(said: dict[str, object], templates: Path | None, read: Callable[[str], T]) -> T:
    """What is read from the markup of a handout; a mistake in it is told, where that can be known,
    by the template of one's own that wrote it. PackError."""
    try:
        return read(rendered(said, templates))
    except MarkupError as error:
        where = _writer(said, templates, error.line) if templates else ""
        if not where:
            raise
        raise MarkupError(error.problem, error.line, where) from error


def _writer(said: dict[str, object], templates: Path, line: int) -> str:
    """The template of one's own that writes a line of the output, or nothing."""
    made = _environment(templates).get_template("handout.html.j2").generate(said)
    at = 1
    for text in made:
        inner: Any = made
        while (deeper := _included(inner)) is not None:
            inner = deeper
        last = at + text.count("\n")
        source = inner.gi_frame.f_globals.get("__jinja_template__")
        if at <= line <= last and source and (templates / source.name).is_file():
            return f"{source.name}, which writes line {line} of the output"
        at = last
    return ""


def _included(at: Any) -> Any:
    """What a template that writes at this moment includes, if it is that which writes."""
    held = at.gi_yieldfrom or at.gi_frame.f_locals.get("gen")  # as Jinja's code has it
    return held if isinstance(held, GeneratorType) and held.gi_frame is not None else None


def rich(text: str) -> Markup:
    """Text with `**strong**` as <b>; all else is escaped."""
    return Markup(STRONG.sub(r"<b>\1</b>", str(escape(text))))


@lru_cache(maxsize=4)
def _environment(templates: Path | None) -> jinja2.Environment:
    """What renders the templates of a folder; it compiles one anew only when its file changed."""
    folders = [*([templates] if templates else []), paths.data_folder("templates")]
    environment = Bounded(
        autoescape=True, undefined=_Missing, trim_blocks=True, lstrip_blocks=True,
        loader=_Loader([str(folder) for folder in folders]))
    environment.filters["rich"] = rich
    return environment


class _Missing(jinja2.StrictUndefined):
    """A name that no value has: an error in our words, never a blank on a patient's page."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        return (f"asks for '{name}', which there is not"
                if isinstance(name, str) and name.isidentifier() and len(name) < 40
                else "asks for something that there is not")


class _Loader(jinja2.FileSystemLoader):
    """Reads templates; one in another encoding is told by file and line."""

    def get_source(self, environment: jinja2.Environment,
                   template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, as Jinja asks for it."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise PackError("is not UTF-8 text", where=f"{template}, line {line}",
                            cure="Save it as UTF-8.") from error


def _problem(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return "asks for a template that there is not"
    if type(error) is jinja2.UndefinedError:
        return str(error.message)  # of _Missing
    return next(words for kind, words in _FAILURES if isinstance(error, kind))


def _place(error: Exception) -> str:
    """The template and line that an error comes from; nothing where it comes from this program."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.name}, line {error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename != bounds.__file__]  # it only stands between a template and Jinja
    if frames[-1].filename.startswith(_HERE + os.sep) and frames[-1].filename.endswith(".py"):
        return ""
    own = [frame for frame in frames if frame.filename.endswith(".j2")]
    return f"{Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""
