"""The practice on the page: its name, logo, colours and contacts, with page 1 before one's eyes."""

import tomllib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from handouts.brand.brand import Brand, read_brand
from handouts.brand.colours import WHITE, dark_enough, ratio
from handouts.brand.logo import MAX_FILE
from handouts.brand.palette import colours_in
from handouts.errors import HandoutError, OutputError, PackError, reason
from handouts.pack.phrases import claimed
from handouts.paths import default_brand_path, own_folder
from handouts.press.press import Press
from handouts.request.look import PAPERS
from handouts.request.request import Request
from handouts.system.files import write_whole
from handouts.web import answers
from handouts.web.draft import OWN, TEXTS, Draft, hex_of
from handouts.web.site import Site, leave
from handouts.web.texts import Words

CLINIC = "/clinic"
NAME_MOST = 40  # letters, as `handouts.brand.brand.Brand` has it
_FIELDS = 30


class Clinic:
    """One look at the practice, or one change of it."""

    def __init__(self, site: Site, words: Words, given: dict[str, str], logo: bytes) -> None:
        self.site, self.words, self.given = site, words, given
        self.is_new = site.brand_file == default_brand_path()
        self.draft = self._draft(logo) if given else self._as_it_is()

    def page(self, *, said: str = "", insists: bool = False) -> Response:
        """The whole page."""
        values = self.values(insists=insists) | {"said": said, "insists": insists}
        return HTMLResponse(answers.html("clinic.html.j2", self.site, self.words, **values),
                            422 if insists and values["wrong"] else 200)

    def live(self) -> dict[str, Any]:
        """What the page's script puts in place of the old: colours and page 1."""
        values = self.values()
        return {"look": answers.html("look.html.j2", self.site, self.words, **values),
                "swatches": answers.html("swatches.html.j2", self.site, self.words, **values),
                "say": " ".join(values["wrong"].values())}

    def save(self) -> bool:
        """Whether the practice was written, and is what is printed with from now on.

        Raises OutputError where it can't be written.
        """
        _, wrong = self._tried(self.draft)
        if wrong:
            return False
        folder = self._folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"can't be made ({reason(error)})", where=str(folder)) from error
        target = folder / "brand.toml"
        if target.exists():
            write_whole(folder / "brand-before.toml", target.read_bytes(), private=False)
        for name, data in self.draft.files(self._kept()).items():  # brand.toml is the last
            write_whole(folder / name, data, private=False)
        self.site.print_as(target)
        return True

    def values(self, *, insists: bool = False) -> dict[str, Any]:
        """What the templates show; a name that is still to be typed is missed once one `insists`,
        page 1 has a sample till then."""
        draft, words = self.draft, self.words
        sample = draft if insists or draft.texts["name"] else replace(
            draft, texts=draft.texts | {"name": words["clinic"]["title"]})
        token, wrong = self._tried(sample)
        return {
            "texts": draft.texts, "wrong": wrong, "token": draft.token, "page_token": token,
            "papers": [(name, words["papers"][name], name == draft.paper) for name in PAPERS],
            "swatches": [(colour, dark_enough(colour), ratio(colour, WHITE),
                          colour == draft.pick) for colour in draft.colours],
            "colour": draft.colour, "fixed": draft.fixed, "pick": draft.pick,
            "is_fixed": draft.fixed != draft.chosen.upper(),
            "before": ratio(draft.chosen, WHITE), "after": ratio(draft.fixed, WHITE),
            "has_logo": bool(draft.logo), "is_new": self.is_new, "begins": self.site.begins,
            "reviews": [(words["languages"].get(name, name),
                         words["standing_short"][self.site.reviews.standing(name).state])
                        for name in self.site.pack.languages]}

    # -- what is typed -----------------------------------------------------------------------------

    def _as_it_is(self) -> Draft:
        """The practice that is printed with; nothing of the one that is built in."""
        brand = self.site.brand
        if self.is_new:
            return Draft(dict.fromkeys(TEXTS, "") | {"emergency": brand.emergency}, brand.paper,
                         b"", "", (), OWN, brand.colours.brand)
        lines = (*brand.address, "", "")
        texts = {name: getattr(brand, name) for name in TEXTS if not name.startswith("address")}
        texts |= {"address1": lines[0], "address2": lines[1]}
        logo = self._own_logo()
        return Draft(texts, brand.paper, logo, self._keep(logo),
                     colours_in(brand.logo) if brand.logo else (), OWN, brand.colours.brand)

    def _draft(self, logo: bytes) -> Draft:
        given = self.given
        is_new = bool(logo)
        if not logo and not given.get("no_logo"):
            logo = self.site.logos.get(given.get("logo_token", "")) or b""
        colours = self._colours(logo)
        pick = given.get("pick", OWN)
        if is_new and colours:
            pick = colours[0]
        texts = {name: given.get(name, "").strip() for name in TEXTS}
        paper = given.get("paper", "")
        return Draft(texts, paper if paper in PAPERS else self.site.brand.paper, logo,
                     self._keep(logo), colours, pick if pick in colours else OWN,
                     hex_of(given.get("colour", ""), self.site.brand.colours.brand))

    def _colours(self, logo: bytes) -> tuple[str, ...]:
        """The colours of a logo; none of one that can't be printed, which is told."""
        if not logo:
            return ()
        try:
            found = self._brand(Draft(dict.fromkeys(TEXTS, "") | {"name": "x"},
                                      self.site.brand.paper, logo, "", (), OWN, "#000000")).logo
        except PackError:
            return ()
        return colours_in(found) if found else ()

    def _keep(self, logo: bytes) -> str:
        """The name by which a logo is found again while the page is open."""
        if not logo:
            return ""
        token = sha256(logo).hexdigest()[:32]
        self.site.logos.put(token, logo)
        return token

    # -- what is printed ---------------------------------------------------------------------------

    def _tried(self, draft: Draft) -> tuple[str, dict[str, str]]:
        """A preview's token, or none, and what is wrong, by field."""
        wrong_words = self.words["clinic_wrong"]
        with TemporaryDirectory(prefix="handouts-brand-") as folder:  # nothing of a patient
            for name, data in draft.files(self._kept()).items():
                (Path(folder) / name).write_bytes(data)
            file = Path(folder) / "brand.toml"
            try:
                read_brand(file)
                press = Press(file, pack=self.site.press.pack.folder,
                              templates=self.site.press.templates)
                cause = next(iter(self.site.pack.structure.causes))
                made = press.handout(Request(cause, language=self.site.language(self.words)),
                                     self.site.day)
            except PackError as error:
                fields = [_field(problem) for problem in error.problems] or ["logo"]
                kinds = {"name": _name_problem(draft.texts["name"].strip()),
                         **{name: "claims" for name in fields
                            if claimed(draft.texts.get(name, ""), self.site.pack.info.refused)}}
                return "", {name: wrong_words[kinds.get(name, name)]
                            for name in dict.fromkeys(fields)}
        return self.site.previews.add(made), {}

    def _brand(self, draft: Draft) -> Brand:
        with TemporaryDirectory(prefix="handouts-brand-") as folder:
            for name, data in draft.files({}).items():
                (Path(folder) / name).write_bytes(data)
            return read_brand(Path(folder) / "brand.toml")

    def _folder(self) -> Path:
        """Where the brand is written: beside the one that is printed with, or at one's home."""
        if not self.is_new:
            return self._file().parent
        own = own_folder("config")
        if own is None:
            raise OutputError("there is no home folder to keep it in", where="brand")
        return own / "brand"

    def _file(self) -> Path:
        file = self.site.brand_file
        return file / "brand.toml" if file.is_dir() else file

    def _kept(self) -> dict[str, Any]:
        """Entries that the page does not ask for."""
        if self.is_new:
            return {}
        return {"skin": self.site.brand.skin, "edition": self.site.brand.edition}

    def _own_logo(self) -> bytes:
        try:
            named = tomllib.loads(self._file().read_text("utf-8-sig")).get("logo", "")
            return (self._file().parent / named).read_bytes() if named else b""
        except (OSError, ValueError, TypeError):
            return b""


def _name_problem(name: str) -> str:
    """What is wrong with a practice's name that is refused."""
    return "name" if not name else "name_long" if len(name) > NAME_MOST else "name_letters"


def _field(problem: str) -> str:
    """The field of the page that a problem of a brand file is about."""
    name = problem.partition(": ")[2].partition(":")[0]
    if name == "address":
        return "address1"
    return name if name in TEXTS else "logo"


# -- the addresses ---------------------------------------------------------------------------------


async def look(call: Call) -> Response:
    """The practice as it is."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    site: Site = call.app.state.site
    return await run_in_threadpool(lambda: Clinic(site, words, {}, b"").page())


async def change(call: Call) -> Response:
    """The practice as it is typed, looked at or saved."""
    site: Site = call.app.state.site
    async with call.form(max_files=1, max_fields=_FIELDS) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get("logo")
        logo = await file.read(MAX_FILE + 1) if isinstance(file, UploadFile) else b""
    words = answers.words_for(call.headers, given.get("words", ""))
    if given.get("way") == "later":
        await run_in_threadpool(leave)
        site.begins = False
        return RedirectResponse(f"/?words={words['language']}", 303)
    answer = await run_in_threadpool(_changed, site, words, given, logo, call)
    call.app.state.files = answers.files(site.brand)
    return answer


def _changed(site: Site, words: Words, given: dict[str, str], logo: bytes, call: Call) -> Response:
    clinic = Clinic(site, words, given, logo)
    if given.get("way") != "save":
        return answers.Json(clinic.live()) if answers.wants_json(call.headers) else clinic.page()
    try:
        is_saved = clinic.save()
    except HandoutError:
        return clinic.page(said=words["clinic"]["not_written"], insists=True)
    if not is_saved:
        return clinic.page(insists=True)
    return Clinic(site, words, {}, b"").page(said=words["clinic"]["saved"])


ROUTES = [Route(CLINIC, look), Route(CLINIC, change, methods=["POST"])]
