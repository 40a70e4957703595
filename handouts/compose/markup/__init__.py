"""The closed set of tags that a template may write, and how each becomes a document block.

    <handout>  holds pages
    <page id title pill closed>  holds blocks; <extra> in it holds those for leftover room
    <p>  <ul><li>  text, with <b> for strong, <a href> for a link (https:, tel:, mailto:) and
                   <span lang> for words of another language
    <card kind title badge>  holds blocks          <columns><column share>  hold blocks
    <anatomy figure alt><label anchor strong>      <research title><finding title/><source/>
    <diary title intro ...><row>                   <blank label/>  a line to write on
    <qr href alt title>  a QR code and its address

    What the rules decide on is named by its id, and its words are the pack's alone:

    <message/>  the first words                    <things/>  what to do this week
    <pair/>  a healthy part and yours              <strip/>  how long, how often
    <massage id/>                                  <routine><step id/> <finish><move id/>
    <tips><tip id/>                                <questions title><question id/>
    <terms title><term id/>

Anything else is a PackError that names the tag and the line of the rendered markup. The Stop box,
the Check first list, warnings, the patient panel and the disclaimers have no tag: they are put in
by code.
"""

from handouts import document as doc
from handouts.compose.markup.nodes import Stock, page
from handouts.compose.markup.tags import parse, refused


def read(markup: str, stock: Stock) -> tuple[doc.Page, ...]:
    """The pages that a template's output describes, with what it names from this stock."""
    root = parse(markup)
    if root.tag != "handout":
        raise refused(f"<{root.tag}> can't be the outermost tag, <handout> is", root.line)
    try:
        return tuple(page(inner, stock) for inner in root.elements("page"))
    except RecursionError as error:
        raise refused("tags are nested too deeply", root.line) from error
