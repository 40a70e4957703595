"""CDS Hooks 2.0: what a record system sends of a patient as they are looked at, or as a problem is
noted → a card that links to the handout.

What is sent is read in memory, by the rules for an export, and forgotten with the answer. Nobody
has examined the patient, so the link leads to the screened handout, and it names no patient.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Call
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handouts import readers
from handouts.errors import HandoutError
from handouts.infobutton.feed import entry_for
from handouts.readers import Row
from handouts.readers.rows import is_to_look_at
from handouts.request.addresses import Address
from handouts.rules.choices import choose
from handouts.web import answers
from handouts.web.memory import held
from handouts.web.site import Site
from handouts.web.texts import Words

DISCOVERY = "/cds-services"
HOOKS = {"handout-for-patient": "patient-view", "handout-for-problem": "problem-list-item-create"}
CALLS = frozenset(f"{DISCOVERY}/{name}" for name in HOOKS)
PATHS = frozenset({DISCOVERY, *CALLS, *(f"{path}/feedback" for path in CALLS)})
_PATIENT, _CONDITIONS, _MEDICINES, _PROCEDURES = (
    "patient", "conditions", "medications", "procedures")
_OF = "patient={{context.patientId}}"
PREFETCH = {_PATIENT: "Patient/{{context.patientId}}", _CONDITIONS: f"Condition?{_OF}",
            _MEDICINES: f"MedicationRequest?{_OF}", _PROCEDURES: f"Procedure?{_OF}"}
_NOTHING = b"null"  # what the client found nothing of
_NULL, _EMPTY = msgspec.Raw(_NOTHING), msgspec.Raw(b'{"resourceType":"Bundle"}')
_LONGEST = 139  # characters of a summary: CDS Hooks asks for fewer than 140


class HookCall(msgspec.Struct):
    """What a client sends; the access token that may be among it is never read."""

    hook: str
    context: dict[str, msgspec.Raw]
    prefetch: dict[str, msgspec.Raw] | None = None


class _Resource(msgspec.Struct):
    resourceType: str = ""
    id: str | None = None


_call = msgspec.json.Decoder(HookCall).decode
_resource = msgspec.json.Decoder(_Resource).decode
_values = msgspec.json.Decoder(dict[str, Any]).decode
_text = msgspec.json.Decoder(str).decode


class _Uncalled(Exception):
    """A call that gets no cards: the HTTP status, and why, without a value of it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def discover(call: Call) -> Response:
    """The services that there are, and what each asks to be sent."""
    said = answers.words_for(call.headers)["hooks"]
    return answers.Json({"services": [
        {"hook": hook, "id": name, "title": said["title"], "description": said["description"],
         "prefetch": PREFETCH} for name, hook in HOOKS.items()]})


async def advise(call: Call) -> Response:
    """The cards for a call."""
    name, body = call.path_params["name"], await call.body()
    words, base = answers.words_for(call.headers), answers.base_of(call)
    try:
        cards = await run_in_threadpool(_cards, name, body, call.app.state.site, words, base)
    except _Uncalled as refused:
        return PlainTextResponse(f"{refused}\n", refused.status)
    return answers.Json({"cards": cards})


async def heed(call: Call) -> Response:
    """Takes what came of a card, and keeps nothing of it."""
    await call.body()
    return answers.Json({})


def _cards(name: str, body: bytes, site: Site, words: Words, base: str) -> list[dict[str, Any]]:
    hook = HOOKS.get(name)
    if hook is None:
        raise _Uncalled(404, "there is no such service")
    try:
        asked = _call(body)
        sent = _sent(asked)
        added = [asked.context["conditions"]] if "conditions" in asked.context else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _Uncalled(400, "this is no call of CDS Hooks, with hook and context") from None
    if asked.hook != hook:
        raise _Uncalled(400, f"this service is for the hook {hook}")
    if hook == "problem-list-item-create":
        if not added:
            raise _Uncalled(400, "context.conditions is missing")
        if not any(row.request for row in _read([sent[_PATIENT], *added], site)):
            return []  # what was noted is nothing of ours, whatever else the record says
    rows = _read([*sent.values(), *added], site)
    return _told(rows, site, words, base, is_whole=PREFETCH.keys() <= sent.keys())


def _sent(asked: HookCall) -> dict[str, msgspec.Raw]:
    """The resources that were sent, by the names of the prefetch; refused where some are missing.
    """
    given = asked.prefetch or {}
    patient = given.get(_PATIENT, _NULL)
    if bytes(patient) == _NOTHING or _CONDITIONS not in given:
        raise _Uncalled(412, "patient and conditions must be sent in prefetch: nothing is "
                            "fetched from here")
    about = _text(asked.context.get("patientId", msgspec.Raw(b'""')))
    found = _resource(patient)
    if found.resourceType != "Patient" or (found.id or about) != about:
        raise _Uncalled(412, "the patient in prefetch is not that of the context")
    if found.id is None:
        patient = msgspec.Raw(msgspec.json.encode({**_values(patient), "id": about}))
    found_nothing = {name: _EMPTY for name in given if bytes(given[name]) == _NOTHING}
    return {name: sent for name, sent in {**given, **found_nothing, _PATIENT: patient}.items()
            if name in PREFETCH}


def _read(resources: Sequence[msgspec.Raw], site: Site) -> list[Row]:
    """The rows of what was sent, as of an export."""
    data = b"[" + b",".join(map(bytes, resources)) + b"]"
    try:
        return list(readers.read([held(data, ".json")], site.pack, today=site.day))
    except HandoutError:
        raise _Uncalled(400, "prefetch holds what is no FHIR") from None


def _told(rows: Sequence[Row], site: Site, words: Words, base: str, *,
          is_whole: bool) -> list[dict[str, Any]]:
    """A card for what fits; where something may forbid it, one that says to look."""
    said: Mapping[str, str] = words["hooks"]
    if any(row.problem and row.problem.field in ("Condition", "Bundle") for row in rows):
        return [_card(said["look"], said["look_why"], site)]
    requests = [row.request for row in rows if row.request]
    if len(requests) != 1 or any(row.problem for row in rows):
        return []
    asked = requests[0]
    try:
        choose(asked, site.pack, today=site.day)
    except HandoutError:  # for a child, say
        return []
    found = Address(asked.cause, asked.side, asked.flags,
                    asked.language or site.pack.languages[0])
    shown = entry_for(replace(found, language=site.language(words)), site.reviews, base)
    links = entry_for(found, site.reviews, base).links
    is_unread = any(is_to_look_at(kind) for row in rows for kind in row.unused)
    detail = " ".join((shown.summary, *([] if is_whole else [said["part"]]),
                       *([said["unread"]] if is_unread else [])))
    return [_card(f"{said['card']}: {shown.title}", detail, site, [
        {"label": said[label], "url": link.href, "type": "absolute"}
        for label, link in zip(("pdf", "page"), links, strict=True)])]


def _card(summary: str, detail: str, site: Site,
          links: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    address = site.brand.web_link
    return {"uuid": str(uuid4()), "summary": summary[:_LONGEST], "detail": detail,
            "indicator": "info", "links": list(links),
            "source": {"label": site.brand.name, **({"url": address} if address else {})}}


ROUTES = [Route(DISCOVERY, discover), Route(f"{DISCOVERY}/{{name}}", advise, methods=["POST"]),
          Route(f"{DISCOVERY}/{{name}}/feedback", heed, methods=["POST"])]
