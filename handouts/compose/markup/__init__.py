"""The closed set of tags that a template may write, and how each becomes a document block.

    <handout>  holds pages
    <page id title pill closed>  holds blocks; <extra> in it holds those for leftover room
    <p>  <ul><li>  text, with <b> for strong, <a href> for a link (https:, tel:, mailto:) and
                   <span lang> for words of another language
    <card kind title badge>  holds blocks          <columns><column share>  hold blocks
    <anatomy figure alt><label anchor strong>      <help title><line icon>
    <massage name who figure alt><about/><fact label/><caution/>
    <research title><finding title/><source/>      <strip><tip icon title/>
    <routine><step number title effort figure alt/>
             <finish number title effort><text/><move title figure alt/>
    <tips><tip icon title>                         <diary title intro ... />
    <questions title><question title>              <terms title><term word>
    <blank label/>  a line to write on             <qr href alt title>  a QR code and its address

Anything else is a PackError that names the tag and the line of the rendered markup. The Stop box,
the Check first list, the patient panel and the disclaimers have no tag: they are put in by code.
"""

from handouts import document as doc
from handouts.compose.markup.nodes import page
from handouts.compose.markup.tags import parse, refused


def read(markup: str) -> tuple[doc.Page, ...]:
    """The pages that a template's output describes."""
    root = parse(markup)
    if root.tag != "handout":
        raise refused(f"<{root.tag}> can't be the outermost tag, <handout> is", root.line)
    try:
        return tuple(page(inner) for inner in root.elements("page"))
    except RecursionError as error:
        raise refused("tags are nested too deeply", root.line) from error
