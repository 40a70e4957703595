"""The closed set of tags that a template may write, and how each becomes a document block.

    <handout>  holds pages
    <page id title pill closed fresh more>  holds blocks; <extra> in it holds those for left room
    <p>  <ul><li>  text, with <b> for strong, <a href> for a link (https:, tel:, mailto:) and
                   <span lang> for words of another language
    <card kind title badge>  holds blocks          <columns><column share>  hold blocks
    <anatomy figure alt><label anchor strong>      <title title pill/>  a further title on a page
    <qr href alt title>  a QR code and its address <blank label/>  a line to write on
    <fine-print/>  where the disclaimer stands     <write label icon/>  the same, across the page
    <ticks><li>  boxes to tick                     <blanks><blank label share/>  lines side by side
    <log title intro days day date/>  days to write down, in rows of the rules' choice

    What the rules decide on is named by its id, and its words are the pack's alone:

    <message/>  the first words                    <things/>  what to do this week
    <pair/>  a healthy part and yours              <massages><massage id/>  blocks beside them
    <strip id/>  how long, how often               <tips title blank><tip id/>
    <routine><step id/>                            <finish><move id/>
    <diary/>  the weeks of the trial               <call/>  the practice's number
    <plan title><act id/>  what to do now
    <questions title><question id/>                <terms title><term id/>
    <topic id/>  a card of the full edition        <exercises><exercise id/>
    <research id/>  brief, full, or its sources    <made/>  how the content was made

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
