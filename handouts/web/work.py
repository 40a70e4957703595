"""The fields of one form → the page, a preview, a PDF, saved choices: what is done in a thread."""

from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from handouts.errors import HandoutError
from handouts.press import Handout
from handouts.web import answers, saved
from handouts.web.asking import Asked, ask
from handouts.web.form import Form, read
from handouts.web.page import html
from handouts.web.problems import Problem, told
from handouts.web.site import Site
from handouts.web.view import view
from handouts.web.words import Words

WIDTH = "935"  # pixels of a page's picture where the browser does not say


@dataclass(frozen=True)
class Work:
    """What one form asks of the site, in the page's words."""

    site: Site
    words: Words
    fields: list[tuple[str, str]]

    def given(self, name: str) -> str:
        """The last value of a field, or nothing."""
        return dict(self.fields).get(name, "")

    def first(self) -> Response:
        """The page for nobody yet; the handout's language follows the page's."""
        own = self.words["language"]
        form = Form(language=own if own in self.site.catalogue.languages else "")
        return self._page(Asked(form), None)

    def page(self) -> Response:
        """The page with what was typed."""
        return self._page(*self._made_or_loaded())

    def preview(self) -> dict[str, Any]:
        """Form and preview anew, and what to say of them."""
        self.site.previews.forget(self.given("token"))
        asked, made = self._made_or_loaded()
        values, words = self._values(asked, made), self.words["preview"]
        if made is not None:
            say = words["updated"].format(pages=made.pages)
        elif asked.form.diagnosis:
            say = words["not_ready"].format(count=len(asked.problems))
        else:
            say = words["waiting"]
        return {"form": html("form.html.j2", self.site, self.words, **values),
                "preview": html("preview.html.j2", self.site, self.words, **values),
                "ready": made is not None, "say": say}

    def handout(self, headers: Headers) -> Response:
        """The PDF to print or to keep, or what is wrong."""
        asked, made = self._made(read(self.fields), strict=True)
        if made is not None and asked.advice is not None:
            self.site.note(made)
            is_kept = self.given("way") == "download"
            return answers.pdf(made.pdf, f"{asked.advice.cause}.pdf", download=is_kept)
        if answers.wants_json(headers):
            return answers.Json({"problems": [each._asdict() for each in asked.problems]}, 422)
        return self._page(asked, None, insists=True)

    def save(self, headers: Headers) -> Response:
        """Saves the choices as a protocol, without the note: it may be about the patient."""
        asked, _ = self._made(replace(read(self.fields), note=""), strict=True)
        problems, say = asked.problems, ""
        if asked.request is not None:
            try:
                name = saved.save(self.given("protocol_name"), asked, self.site,
                                  replacing=bool(self.given("replace")))
                say = self.words["saved"]["done"].format(name=name)
            except HandoutError as error:
                problems = (saved.problem(error, self.words),)
        if answers.wants_json(headers):
            return answers.Json({"problems": [each._asdict() for each in problems], "say": say},
                                422 if problems else 200)
        asked, made = self._made(read(self.fields), strict=False)
        asked = replace(asked, problems=problems or asked.problems)
        return self._page(asked, made, insists=bool(problems), said=say)

    # -- made --------------------------------------------------------------------------------------

    def _made(self, form: Form, *, strict: bool) -> tuple[Asked, Handout | None]:
        """What a form asks for, and the handout if nothing is wrong."""
        asked = ask(form, self.site, self.words, strict=strict)
        if asked.request is None:
            return asked, None
        try:
            return asked, self.site.press.handout(asked.request, self.site.day)
        except HandoutError as error:
            return replace(asked, request=None, problems=(told(error, self.words),)), None

    def _made_or_loaded(self) -> tuple[Asked, Handout | None]:
        """The same, with a protocol's choices where one is to be loaded."""
        form, problem = self._with_protocol()
        asked, made = self._made(form, strict=False)
        if problem:
            asked = replace(asked, problems=(problem, *asked.problems))
        return asked, made

    def _with_protocol(self) -> tuple[Form, Problem | None]:
        form, name = read(self.fields), self.given("protocol")
        if self.given("way") != "load" or not name:
            return form, None
        try:
            return saved.loaded(name, form, self.site), None
        except HandoutError as error:
            return form, told(error, self.words)._replace(field="protocol")

    def _page(self, asked: Asked, made: Handout | None, *, insists: bool = False,
              said: str = "") -> Response:
        """The whole page; one that `insists` leads to what is wrong."""
        values = self._values(asked, made) | {"insists": insists, "said": said}
        return HTMLResponse(html("page.html.j2", self.site, self.words, **values),
                            422 if insists else 200)

    def _values(self, asked: Asked, made: Handout | None) -> dict[str, Any]:
        """All that the templates show."""
        width = self.given("width")
        return {**view(asked, self.site, self.words), "made": made,
                "token": self.site.previews.add(made) if made else "",
                "width": width if answers.is_small_number(width) else WIDTH,
                "protocols": saved.names(self.site), "insists": False, "said": "",
                "is_empty": not asked.form.diagnosis}
