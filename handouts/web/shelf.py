"""Saved choices as tiles, and the page on which they are renamed, deleted, shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from handouts.errors import HandoutError
from handouts.paths import default_brand_path
from handouts.press.pictures import page_picture
from handouts.request import protocols
from handouts.request.protocols import Protocol
from handouts.web import answers, saved
from handouts.web.problems import Problem, own
from handouts.web.site import Site
from handouts.web.texts import Words

MOST_TILES = 8
WIDTH = 320  # pixels of a tile's picture
_FIELDS = 20


class Item(NamedTuple):
    """Saved choices: their name, what they hold, whose they are, how often they were used."""

    name: str
    what: tuple[str, ...]
    is_own: bool
    uses: int


def tiles(site: Site, words: Words) -> list[Item]:
    """The saved choices that are used most, the others by name."""
    return sorted(_items(site, words), key=lambda item: (-item.uses, item.name))[:MOST_TILES]


def _items(site: Site, words: Words) -> Iterator[Item]:
    """All saved choices that can be used."""
    places = protocols.folders(site.brand_file)
    for name, path in protocols.named(places).items():
        try:
            protocol = protocols.read(path, site.pack)
            yield Item(name, tuple(_what(protocol, site, words)),
                       path.parent != places[-1], site.uses.of(name))
        except HandoutError:
            continue  # told on the page of saved choices


def _what(protocol: Protocol, site: Site, words: Words) -> Iterator[str]:
    """What saved choices hold, in the page's words; UsageError for a cause that there is not."""
    said = site.pack.words_in(site.language(words))
    site.pack.cause(protocol.cause)
    cause = said.causes[protocol.cause]
    yield cause.name
    if protocol.state:
        yield cause.states.get(protocol.state, protocol.state)
    yield from (said.flags[flag].name for flag in protocol.flags if flag in said.flags)
    yield from (said.massages.massages[name].name for name in protocol.massages
                if name in said.massages.massages)
    yield from (said.tips[name].title for name in protocol.tips if name in said.tips)
    for table, value in (("languages", protocol.language), ("formats", protocol.format),
                         ("editions", protocol.edition), ("papers", protocol.paper)):
        if value:
            yield words[table].get(value, value)
    if protocol.mono:
        yield words["print"]["mono"]
    if protocol.note:
        yield f"{words['patient']['note']}: {protocol.note}"


# -- the page of saved choices ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Shelf:
    """One change to the saved choices."""

    site: Site
    words: Words
    given: dict[str, str]

    def changed(self) -> Response:
        """The page after a change, or with what stands against it."""
        way, name = self.given.get("way", ""), self.given.get("name", "")
        if way == "delete" and not self.given.get("sure"):
            return self.page(asks=name)
        try:
            told = self._change(way, name)
        except saved.NameTaken:
            return self.page(at=name, problem=own("new", "name_taken_here", self.words))
        except HandoutError as error:
            return self.page(at=name, problem=saved.problem(error, self.words))
        return self.page(told=told)

    def _change(self, way: str, name: str) -> str:
        texts = self.words["shelf"]
        places = protocols.folders(self.site.brand_file)
        path = protocols.named(places).get(name)
        if path is None:
            return ""
        if way == "rename":
            new = saved.plain_name(self.given.get("new", ""))
            protocols.check(new, protocols.read(path, self.site.pack), self.site.pack)
            if new != name:
                self._free(new, path.parent, name)
                protocols.rename(name, new, path.parent)
                self.site.uses.rename(name, new)
            return str(texts["renamed"]).format(name=name, new=new)
        if way == "delete":
            protocols.delete(name, path.parent)
            return str(texts["deleted"]).format(name=name)
        if way == "share" and can_share(self.site):
            self._free(name, places[-1])
            protocols.save(name, protocols.read(path, self.site.pack), places[-1])
            if path.parent != places[-1]:
                protocols.delete(name, path.parent)
            return str(texts["shared"]).format(name=name)
        return ""

    @staticmethod
    def _free(name: str, folder: Path, own_name: str = "") -> None:
        """Raises NameTaken where a folder has the name, in whatever capitals."""
        taken = {each.casefold() for each in protocols.named([folder]) if each != own_name}
        if name.casefold() in taken:
            raise saved.NameTaken("there is one of that name", where="protocol")

    def page(self, *, told: str = "", asks: str = "", at: str = "",
             problem: Problem | None = None) -> Response:
        """All saved choices; `asks` for one that is to be deleted."""
        items = sorted(_items(self.site, self.words), key=lambda item: item.name.casefold())
        names = {item.name for item in items}
        broken = [name for name in saved.names(self.site) if name not in names]
        values: dict[str, Any] = {
            "items": items, "broken": broken, "said": told, "asks": asks, "at": at,
            "problem": problem, "can_share": can_share(self.site)}
        return HTMLResponse(answers.html("saved.html.j2", self.site, self.words, **values),
                            422 if problem else 200)


def can_share(site: Site) -> bool:
    """Whether there is a place that belongs to the practice and not to the program."""
    folder = protocols.folders(site.brand_file)[-1]
    return folder.parent != default_brand_path().parent


async def _shelf(call: Call) -> _Shelf:
    given: dict[str, str] = {}
    if call.method == "POST":
        async with call.form(max_files=0, max_fields=_FIELDS) as form:
            given = {name: value for name, value in form.items() if isinstance(value, str)}
    asked = given.get("words", "") or call.query_params.get("words", "")
    return _Shelf(call.app.state.site, answers.words_for(call.headers, asked), given)


async def look(call: Call) -> Response:
    """All saved choices."""
    return await run_in_threadpool((await _shelf(call)).page)


async def change(call: Call) -> Response:
    """Renames, deletes or shares one."""
    return await run_in_threadpool((await _shelf(call)).changed)


async def picture(call: Call) -> Response:
    """The first page of a saved choice's handout, for nobody, as a PNG."""
    data = await run_in_threadpool(_picture, call.app.state.site,
                                   call.query_params.get("name", ""))
    return Response(data, media_type="image/png")


def _picture(site: Site, name: str) -> bytes:
    path = protocols.named(protocols.folders(site.brand_file)).get(name)
    if path is None:
        raise HTTPException(404)
    try:
        protocol = protocols.read(path, site.pack)
        key = f"{site.day} tile {msgspec.json.encode(protocol).decode()}"
        data = site.pages.get(key)
        if data is None:
            made = site.press.handout(protocol.request, site.day)
            data = page_picture(made.pdf, 1, WIDTH)
            site.pages.put(key, data)
    except HandoutError:
        raise HTTPException(404) from None
    return data


ROUTES = [Route("/saved", look), Route("/saved", change, methods=["POST"]),
          Route("/saved/picture", picture)]
