"""What an EHR asks for: the Infobutton responder, and the screened handouts that it leads to.

Nothing here is about a patient: nobody has examined whom a code is about. So it is open
without the page's key, and nothing is recorded as given: that someone's page asked for it is no
sign that a patient got it.
"""

from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from handouts import infobutton
from handouts.errors import HandoutError, PackError, UsageError
from handouts.html.page import policy
from handouts.infobutton import Accepted
from handouts.pack.naming import language_of
from handouts.request import addresses
from handouts.request.addresses import Address
from handouts.web import answers
from handouts.web.site import Site

SHARED = frozenset({addresses.INFOBUTTON})  # answers a page of any origin
PUBLIC = (addresses.INFOBUTTON, "/handouts/")


async def ask(call: Call) -> Response:
    """The answer to a question, in its address or in a form: a feed, or a page with the handout."""
    asked = call.url.query
    if call.method == "POST":
        asked = (await call.body()).decode("utf-8", "replace")
    site: Site = call.app.state.site
    accepted = Accepted(call.headers.get("accept", ""), call.headers.get("accept-language", ""))
    answer = await run_in_threadpool(_answer, site, asked, answers.base_of(call), accepted)
    if answer.is_page and answer.address is None:
        return _nothing(call, answer, site)
    if answer.address is not None:
        return await run_in_threadpool(_shown, site, answer.address)
    return Response(answer.body, answer.status, media_type=answer.content_type)


async def handout(call: Call) -> Response:
    """A screened handout, as a PDF or as a page."""
    query = call.url.query
    target = call.url.path + (query and f"?{query}")
    try:
        return await run_in_threadpool(_handout, call.app.state.site, target)
    except PackError:
        raise
    except UsageError:  # no such cause, flag or language
        raise HTTPException(404) from None
    except HandoutError:
        raise HTTPException(400) from None


def _answer(site: Site, asked: str, base_url: str, accepted: Accepted) -> infobutton.Answer:
    return infobutton.answer(infobutton.pairs_of(asked), site.reviews, base_url=base_url,
                             accepted=accepted)


def _handout(site: Site, target: str) -> Response:
    asked = addresses.read(target)
    address = replace(asked, language=language_of(asked.language, site.pack) or asked.language)
    if address.form == "html":
        return _shown(site, address)
    made = site.press.handout(address.request, site.day)
    return answers.pdf(made.pdf, f"{address.cause}.pdf", download=False)


def _shown(site: Site, address: Address) -> Response:
    """The page at an address."""
    return Response(_page(site, address), media_type="text/html; charset=utf-8", headers={
        "Content-Security-Policy": f"{policy(site.brand)}; frame-ancestors 'none'"})


def _nothing(call: Call, answer: infobutton.Answer, site: Site) -> Response:
    """The page that says that no handout fits; where a code does not say that it is of this part,
    it leads to the form, in which a clinician may say so."""
    words = answers.words_for(call.headers, answer.language)
    problem, cure = words["refusals"]["no_handout"]
    told = f"<p>{escape(cure)}</p>"
    if answer.unplaced:
        place = site.pack.words_in(site.language(words)).body.place
        query = urlencode({"code": ",".join(answer.unplaced), "lang": answer.language})
        why, step = (escape(text.format(place=place)) for text in words["refusals"]["no_joint"])
        form = escape(f"{answers.base_of(call)}/?{query}")
        told = f'<p>{why}</p><p><a href="{form}">{step}</a></p>'
    return HTMLResponse(
        f'<!doctype html>\n<html lang="{words["language"]}"><meta charset="utf-8">'
        f"<title>{escape(problem)}</title><h1>{escape(problem)}</h1>{told}</html>\n")


def _page(site: Site, address: Address) -> bytes:
    """The page at an address, kept for the rest of the day."""
    key = f"{site.day} {addresses.written(address)}"
    page = site.pages.get(key)
    if page is None:
        page = site.press.page(address.request, site.day)
        site.pages.put(key, page)
    return page


ROUTES = [Route(addresses.INFOBUTTON, ask, methods=["GET", "POST"]),
          Route("/handouts/{name}", handout)]
