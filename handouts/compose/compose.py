"""(Choices, Pack, Brand) → Document.

The templates write what the Advice allows; then code puts in what no template may leave out.
"""

from datetime import date
from pathlib import Path

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.claims import refuse_claims
from handouts.brand.reviews import Reviews
from handouts.compose import markup
from handouts.compose.context import Plain, context, title
from handouts.compose.contradictions import check
from handouts.compose.holding import hold_to
from handouts.compose.identity import stamped
from handouts.compose.letterheads import letterhead
from handouts.compose.mandatory import Safety
from handouts.compose.markup.nodes import Stock
from handouts.compose.rendering import written
from handouts.compose.reviewed import notice
from handouts.compose.stock import stock_of
from handouts.compose.terms import used_terms
from handouts.errors import PackError
from handouts.pack.instead import told_to
from handouts.pack.pack import Pack
from handouts.rules.choices import Choices
from handouts.rules.safety import readers_of


def compose(choices: Choices, pack: Pack, brand: Brand, *, today: date,
            templates: Path | None = None) -> doc.Document:
    """The whole handout as plain data; `templates` is a folder whose files win over the built-in.

    Raises PackError when a template is wrong.
    """
    refuse_claims(brand, pack)
    reviewed = pack  # a review is of the pack, whomever its words are told to
    pack = told_to(pack, readers_of(choices.advice, pack))
    words = pack.words_in(choices.language)
    said = context(choices, pack, brand)
    safe = Safety(choices, said, Reviews(reviewed, brand, today, templates), pack)
    get_ready = said["routine"]["ready"] if said["routine"] else ""
    stock, pages = _written(said, safe, templates)
    if choices.edition == "full" and not choices.request.terms:
        # The words that the other pages use, and no others, are explained.
        said["terms"] = used_terms(safe.completed(pages, ready=get_ready), words)
        stock, pages = _written(said, safe, templates)
    made = doc.Document(
        title=f"{title(choices, pack, words)}: {words.causes[choices.advice.cause].name}",
        language=choices.language, side=choices.request.side, figures=pack.figures,
        letterhead=letterhead(brand, notice(
            safe.reviews, choices.language, choices.advice.cause)),
        pages=safe.completed(pages, ready=get_ready),
        footer=safe.footer(),
    )
    hold_to(made, stock, pack.info.banned[choices.language])
    check(made, choices.advice, reviewed, choices.language)
    return stamped(made, pack.known_as)


def _written(said: Plain, safe: Safety, templates: Path | None
             ) -> tuple[Stock, tuple[doc.Page, ...]]:
    """What the templates write of these values, and all that they may name."""
    stock = {**stock_of(said, safe.words, safe.pack.structure),
             "made": {"made": safe.made()}}
    pages = written(said, templates, lambda text: markup.read(text, stock))
    if not pages:
        raise PackError("the template writes no page", where="handout.html.j2",
                        cure="Write at least one <page>.")
    return stock, pages
