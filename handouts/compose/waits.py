"""What code puts in where massage must wait: the bar of an emergency, and what must not be done."""

from collections.abc import Iterable, Iterator, Sequence

from handouts import document as doc
from handouts.compose.context import Plain
from handouts.compose.stock import runs_of


def alarm(said: Plain, emergency: str) -> tuple[doc.Block, ...]:
    """What an emergency opens with; `emergency` is the number to call."""
    if not said["bar"]:
        return ()
    wait = said["waits"][0]
    return (doc.Alarm(wait["headline"], runs_of(wait["found"]), runs_of(wait["call"]), emergency),)


def with_order(said: Plain, blocks: Sequence[doc.Block]) -> tuple[doc.Block, ...]:
    """The blocks of page 1 after what must not be done; in an emergency it stands beside what to do
    now."""
    order = _order(said)
    if not said["bar"]:
        return (order, *blocks)
    return tuple(doc.Columns(((block,), (order,)), (1, 1)) if isinstance(block, doc.Plan)
                 else block for block in blocks)


def _order(said: Plain) -> doc.NotNow:
    """What must not be done, of the first wait or of the first one that rules out more, and each
    reason with what else it rules out; beside an emergency only what is one, too."""
    first, *others = said["waits"]
    wider = next((other["order"] for other in others if other["whole"]), "")
    order = first["order"] if first["whole"] or not wider or said["urgency"] == "now" else wider
    lead = [] if said["bar"] or not first["found"] else [first["found"]]
    own = [] if order == first["order"] else [first["order"]]
    if said["urgency"] == "now":
        more = [f"{other['title']}." for other in others if other["alarm"]]
    else:
        more = list(_others(order, others))
        more += [flag["why"] for flag in said["flags"] if flag["asks"]]
    reasons = (" ".join((*lead, first["why"], *own)), *more)
    return doc.NotNow(order, tuple(map(runs_of, reasons)))


def _others(order: str, waits: Iterable[Plain]) -> Iterator[str]:
    """What else makes massage wait, each order once."""
    told = {order}
    for wait in waits:
        found = wait["found"] or f"{wait['title']}."
        yield found if wait["order"] in told else f"{found} {wait['order']}"
        told.add(wait["order"])
