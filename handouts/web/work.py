"""What a form of the page asks for, done in a thread: the page again, a preview, a PDF, choices
saved; and what was printed today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from handouts.errors import HandoutError
from handouts.pack import naming
from handouts.press.press import Handout
from handouts.press.summary import summary
from handouts.rules.choices import choose
from handouts.web import answers, linked, saved, shelf
from handouts.web.answers import html
from handouts.web.checked import CheckedForm, ask
from handouts.web.desk import Entry
from handouts.web.form import Form, read
from handouts.web.problems import own, problem_of
from handouts.web.site import Site
from handouts.web.texts import Words
from handouts.web.view import stays, view

WIDTH = "935"  # pixels of a page's picture where the browser does not say
TYPED = 80  # characters of a diagnosis
_LOADS = {"load", "examined"}  # the ways that use a protocol


@dataclass(frozen=True)
class Shown:
    """What a form leads to: what it asks for, the handout if nothing is wrong, what is told of
    saved choices; `asks`: whether it is still the same patient."""

    asked: CheckedForm
    made: Handout | None = None
    loaded: saved.Loaded | None = None
    kept: str = ""  # that the choices were saved
    asks: bool = False
    linked: str = ""  # what of a link's codes was not used


@dataclass(frozen=True)
class Work:
    """What one form asks of the site, in the page's words."""

    site: Site
    words: Words
    fields: list[tuple[str, str]]

    def given(self, name: str) -> str:
        """The last value of a field, or nothing."""
        return dict(self.fields).get(name, "")

    @property
    def _own(self) -> str:
        """The page's language where handouts are in it, or nothing."""
        spoken: str = self.words["language"]
        return spoken if spoken in self.site.pack.languages else ""

    def _form(self) -> Form:
        """What was sent; the handout's language follows the page's until somebody chose one."""
        form = read(self.fields)
        return form.following(self._own) if self._own else form

    def first(self, codes: Sequence[str] = (), language: str = "") -> Response:
        """The page for nobody yet, with the cause of codes or a name where a link gives them; the
        handout's language is the link's, else it follows the page's."""
        own, given = self._own, naming.id_of(self.site.pack, "languages", language)
        form, unused = linked.form_of(codes, self.site)
        form = replace(form, diagnosis=form.diagnosis[:TYPED], language=own, follows=own)
        if given in self.site.pack.languages:
            form = replace(form, language=given, follows="")
        if not form.diagnosis:
            return self._page(Shown(CheckedForm(form)))
        return self._page(Shown(*self._made(form, strict=False),
                                linked=linked.told(unused, self.words)))

    def page(self, headers: Headers) -> Response:
        """The page with what was typed.

        Without a script the Enter key sends the form's first button, whichever field it was
        pressed in; a name to save under was typed to save.
        """
        if self.given("way") == "update" and self.given("protocol_name").strip():
            return self.save(headers)
        shown = self._shown()
        return self._page(replace(shown, asks=self._asks(shown.asked)))

    def preview(self) -> dict[str, Any]:
        """Form and preview anew, and what to say of them."""
        return self._answer(self._shown())

    def handout(self, headers: Headers) -> Response:
        """The PDF to print or to keep, or what is wrong.

        The page's script has asked whose the handout is; for a plain form it is asked here.
        """
        asked, made = self._made(self._form(), strict=True)
        if not answers.wants_json(headers) and self._asks(asked):
            return self._page(Shown(asked, asks=True), insists=True)
        if asked.request is not None and self.given("way") == "read":
            text = self.site.press.page(asked.request, self.site.day)
            return answers.shown_page(text, self.site.brand)
        if made is not None:
            return self._given(asked, made, self.given("way"))
        if answers.wants_json(headers):
            return answers.Json({"problems": [each._asdict() for each in asked.problems]}, 422)
        return self._page(Shown(asked), insists=True)

    def today(self, headers: Headers) -> Response:
        """What was printed today: one of it printed again or put back into the form, all of it
        forgotten, or the list as it stands."""
        way, is_script = self.given("way"), answers.wants_json(headers)
        if way == "clear":
            self.site.today.clear()
        entry = self.site.today.get(self.given("entry"), self.site.day)
        if entry is None:
            return answers.Json(self._list()) if is_script else self.first()
        asked, made = self._made(entry.form, strict=way == "again")
        if way == "again" and made is not None:
            return self._given(asked, made, way)
        shown = Shown(asked, made)
        if is_script:
            return answers.Json(self._answer(shown) | self._list(), 422 if way == "again" else 200)
        return self._page(shown, insists=way == "again")

    def _list(self) -> dict[str, Any]:
        """The list of today as the page's script puts it in place of the old one."""
        return {"today": html("today.html.j2", self.site, self.words, today=self._entries())}

    def _entries(self) -> list[dict[str, Any]]:
        """What was printed today, in the page's words."""
        said, sides = self.site.pack.words_in(self.site.language(self.words)), self.words["sides"]
        return [{"token": token, "time": entry.time, "who": entry.form.patient.strip(),
                 "what": ", ".join(filter(None, (
                     said.causes[entry.cause].name,
                     entry.form.side and sides[entry.form.side].lower()))),
                 "id": entry.id, "summary": entry.summary}
                for token, entry in self.site.today.all(self.site.day)]

    def _given(self, asked: CheckedForm, made: Handout, way: str) -> Response:
        """A handout that is given from now on: its PDF, or the same as one file for a phone."""
        assert asked.request is not None
        self.site.note(made)
        choices = choose(asked.request, self.site.pack, today=self.site.day)
        self.site.today.add(Entry(
            replace(asked.form, flags=asked.by_hand, follows=""), asked.request.cause,
            datetime.now().astimezone().strftime("%H:%M"), made.facts["id"],
            summary(choices, made.facts, self.site.pack)), self.site.day)
        name = asked.request.cause
        if way == "html":
            return answers.page(self.site.press.page(asked.request, self.site.day), f"{name}.html")
        return answers.pdf(made.pdf, f"{name}.pdf", download=way == "download")

    def save(self, headers: Headers) -> Response:
        """Saves the choices as a protocol, without what is or may be about the patient."""
        asked, _ = self._made(self._form().for_many(), strict=True)
        problems, kept = asked.problems, ""
        if asked.request is not None:
            try:
                kept = saved.save(self.given("protocol_name"), asked, self.site,
                                  replacing=bool(self.given("replace")),
                                  note=self.given("note").strip() if self.given("with_note")
                                  else "")
            except HandoutError as error:
                problems = (saved.problem(error, self.words),)
        if problems and problems[0].field != "protocol_name":  # told beside the button, too
            problems = (own("protocol_name", "not_saved", self.words, why=problems[0].text),
                        *problems)
        asked, made = self._made(self._form(), strict=False)
        told = tuple(dict.fromkeys((*problems, *asked.problems)))
        shown = Shown(replace(asked, problems=told), made,
                      kept=kept and self.words["saved"]["done"].format(name=kept))
        status = 422 if problems else 200
        if answers.wants_json(headers):
            return answers.Json(self._answer(shown) | {
                "problems": [each._asdict() for each in problems], "saved": shown.kept}, status)
        return self._page(shown, insists=bool(problems))

    def _asks(self, asked: CheckedForm) -> bool:
        """Whether the cause has changed while a patient stands there, and nobody has said yet
        whether it is still the same one."""
        form, whose = read(self.fields), self.given("whose")
        if self.given("way") == "next" or self.given("fresh") or whose == "same" or (
                not form.is_about_someone):
            return False
        before = self.site.diagnoses.known(form.was)
        is_other = before is not None and asked.diagnosis is not None and (
            before.cause != asked.diagnosis.cause)
        return is_other or bool(whose)

    # -- made --------------------------------------------------------------------------------------

    def _shown(self) -> Shown:
        """What the form leads to, for the next patient or with a protocol where that is asked."""
        form, way = self._form(), self.given("way")
        if way == "next" or self.given("fresh"):  # fresh: the cause is the next patient's already
            form = form.for_next("" if way == "next" else form.diagnosis)
        elif way == "reset":
            form = replace(form.with_nothing_kept, language=self._own, follows=self._own)
        form = form.moved_up(self.given("up"))
        name = self.given("tile") or self.given("protocol")
        if not name or not (self.given("tile") or way in _LOADS):
            return Shown(*self._made(form, strict=False))
        try:
            loaded = saved.loaded(name, form, self.site, examined=way == "examined")
        except HandoutError as error:
            asked, made = self._made(form, strict=False)
            problem = problem_of(error, self.words)._replace(field="protocol")
            return Shown(replace(asked, problems=(problem, *asked.problems)), made)
        if way != "examined":
            self.site.uses.add(name)
        return Shown(*self._made(loaded.form, strict=False), loaded)

    def _made(self, form: Form, *, strict: bool) -> tuple[CheckedForm, Handout | None]:
        """What a form asks for, and the handout if nothing is wrong."""
        asked = ask(form, self.site, self.words, strict=strict)
        if asked.request is None:
            return asked, None
        try:
            return asked, self.site.press.handout(asked.request, self.site.day)
        except HandoutError as error:
            return replace(asked, request=None, problems=(problem_of(error, self.words),)), None

    # -- shown -------------------------------------------------------------------------------------

    def _answer(self, shown: Shown) -> dict[str, Any]:
        """Form and preview as the page's script puts them in place of the old ones."""
        values = self._values(shown)
        return {"form": html("form.html.j2", self.site, self.words, **values),
                "preview": html("preview.html.j2", self.site, self.words, **values),
                "ready": shown.made is not None, "say": self._announcement(shown, values)}

    def _announcement(self, shown: Shown, values: dict[str, Any]) -> str:
        """What a screen reader tells of a change: the most important first."""
        words, problems = self.words["preview"], shown.asked.problems
        said = [shown.kept, *values["used"]]
        if values["waits"]:
            said.append(words["waits"])
        said += [values["stays"] if self.given("way") == "next" else "", values["cleared"],
                 values["earlier"]]
        if values["taken_out"]:
            said.append(f"{words['taken_out']} {' '.join(values['taken_out'])}")
        said += [self.words["flags"]["unlooked"]] if values["unlooked"] else []
        if values["is_empty"]:
            said.append(words["waiting"])
        elif shown.made is None:
            said.append(words["not_ready"].format(count=len(problems)))
        said += [f"{each.text} {each.cure}" for each in problems if not values["is_empty"]]
        if shown.made:
            said.append(words["updated"].format(pages=shown.made.pages))
        return " ".join(text.strip() for text in said if text)

    def _page(self, shown: Shown, *, insists: bool = False) -> Response:
        """The whole page; one that `insists` leads to what is wrong."""
        values = self._values(shown) | {"insists": insists, "said": shown.kept,
                                       "switched": bool(self.given("switch"))}
        return HTMLResponse(html("page.html.j2", self.site, self.words, **values),
                            422 if insists else 200)

    def _values(self, shown: Shown) -> dict[str, Any]:
        """All that the templates show; while something is wrong, the last pages that were right."""
        asked, made = shown.asked, shown.made
        width, previews = self.given("width"), self.site.previews
        is_empty = not (asked.form.diagnosis or asked.form.was)
        token = self.given("token")
        last = None if made or is_empty else previews.get(token)
        if last is None:
            previews.forget(token)
            token = previews.add(made) if made else ""
        loaded = shown.loaded
        is_next = self.given("way") == "next" or bool(self.given("fresh"))
        return {**view(asked, self.site, self.words), "made": made, "last": last,
                "token": token, "width": width if answers.is_small_number(width) else WIDTH,
                "protocols": saved.names(self.site),
                "protocol": self.given("tile") or self.given("protocol"),
                "tiles": shelf.tiles(self.site, self.words) if is_empty else [],
                "used": saved.summary_lines(loaded, self.site, self.words) if loaded else [],
                "offers": saved.offered(loaded, self.site, self.words) if loaded else "",
                "kept": shown.kept, "with_note": bool(self.given("with_note")),
                "protocol_name": "" if shown.kept else self.given("protocol_name"),
                "today": self._entries(),
                "stays": stays(asked.form, self.site, self.words) if is_next or (
                    self.given("kept") and self.given("way") != "reset") else "",
                "linked": "" if is_next else shown.linked or self.given("linked"),
                "asks": shown.asks, "insists": False, "said": "",
                "is_empty": is_empty}
