"""The markup that templates write: each tag's block, and what is refused with its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from handouts import document as doc
from handouts.compose.markup import nodes as blocks
from handouts.compose.markup import read
from handouts.errors import PackError

CURE = "The tags a template may write are listed in templates/README.md."


def page(inside: str) -> str:
    return f'<handout><page id="p" title="T">{inside}</page></handout>'


FIGURE = doc.Figure("step1", "A hand")
MASSAGE = doc.Massage("N", "You", FIGURE, (), ())
STEP = doc.Step("1", "T", "E", FIGURE, (doc.Run("a"),), "W", "N")
MOVE = doc.Move("M", "2 times", (doc.Frame("Start", FIGURE),), (doc.Run("c"),))
STRIP = doc.Strip((doc.Tip("clock", "T"),))
FINISH = doc.Finish((doc.Run("b"),), ())
DIARY = doc.Diary("T", "E", 4, "Week", "a", 2, ("b",))
CALL = doc.Call("Q?", doc.Run("555"))
MESSAGE = doc.Message("Move more.")
THINGS = doc.Things("Do", (doc.Thing("Move"),))
PAIR = doc.Pair((doc.Side("Yours", doc.Figure("step1", "A hand"), "Sore"),))
RESEARCH = doc.Research("T", (("F", (doc.Run("a"),)),))
SOURCES = doc.Sources("S", (doc.Cited("Who", "what", "a.example", "https://a.example"),), ("C",))
CARD = doc.Card("do", "T", "food", ())
MADE = doc.Made("M", (doc.Run("a"),))
EXERCISE = doc.Exercise("E", (FIGURE,), (), (doc.Run("a"),))
STOCK = {
    "massage": {"rub": MASSAGE}, "step": {"warm": STEP}, "move": {"slide": MOVE},
    "strip": {"routine": STRIP}, "finish": {"finish": FINISH}, "message": {"": MESSAGE},
    "things": {"": THINGS}, "pair": {"": PAIR},
    "diary": {"diary": DIARY}, "call": {"call": CALL},
    "tip": {"shoes": doc.Tip("shoe", "T", "a"), "rest": doc.Tip("x", "U")},
    "question": {"why": ("Q?", (doc.Run("a"),))}, "term": {"word": ("W", "a")},
    "act": {"rest": doc.Action("rest", "A", (doc.Run("B"),), "C")}, "plan": {"figure": FIGURE},
    "log": {"pain": doc.LogRow("Pain", ("more",))},
    "research": {"brief": RESEARCH, "sources": SOURCES}, "topic": {"food": CARD},
    "exercise": {"walk": EXERCISE}, "made": {"made": MADE}}


def block(inside: str) -> doc.Block:
    """The only block that `inside` describes."""
    (only,) = read(page(inside), STOCK)
    (found,) = only.blocks
    return found


def text(words: str) -> doc.Runs:
    return (doc.Run(words),)


# -- each tag --------------------------------------------------------------------------------------


def test_a_handout_holds_pages_in_order_with_their_extras_apart() -> None:
    assert read("""<handout>
      <page id="one" title="First" pill="Left knee" closed="yes">
        <p>a</p><extra><p>b</p><blank label="c"/></extra><p>d</p>
      </page>
      <page id="two" title="Second"/>
    </handout>""", STOCK) == (
        doc.Page("one", "First", "Left knee",
                 blocks=(doc.Paragraph(text("a")), doc.Paragraph(text("d"))),
                 extras=(doc.Paragraph(text("b")), doc.Blank("c")), closed=True),
        doc.Page("two", "Second", "", blocks=()),
    )


PICTURE = 'figure="step1" alt="A hand"'
BLOCKS = {
    "p": ("<p>Go <b>slow</b>, now.</p>",
          doc.Paragraph((doc.Run("Go "), doc.Run("slow", strong=True), doc.Run(", now.")))),
    "ul": ("<ul><li>a</li> <li><b>b</b></li></ul>",
           doc.Bullets((text("a"), (doc.Run("b", strong=True),)))),
    "card": ('<card kind="keep-off" title="T" badge="B"><p>a</p><blank label="c"/></card>',
             doc.Card("keep-off", "T", "B", (doc.Paragraph(text("a")), doc.Blank("c")))),
    "columns": ('<columns><column share="2"><p>a</p></column><column><p>b</p></column></columns>',
                doc.Columns(((doc.Paragraph(text("a")),), (doc.Paragraph(text("b")),)), (2, 1))),
    "anatomy": (f'<anatomy {PICTURE}><label anchor="x" strong="yes">Torn</label>'
                '<label anchor="y">Bone</label></anatomy>',
                doc.LabelledFigure(FIGURE, (doc.Label("x", "Torn", strong=True),
                                            doc.Label("y", "Bone")))),
    "message": ("<message/>", MESSAGE),
    "things": ("<things/>", THINGS),
    "pair": ("<pair/>", PAIR),
    "massage": ('<massage id="rub"/>', MASSAGE),
    "massages": ('<massages><massage id="rub"/><research id="brief"/></massages>',
                 doc.MassageCards((MASSAGE,), (RESEARCH,))),
    "research": ('<research id="sources"/>', SOURCES),
    "topic": ('<topic id="food"/>', CARD),
    "made": ("<made/>", MADE),
    "exercises": ('<exercises><exercise id="walk"/></exercises>', doc.Exercises((EXERCISE,))),
    "title": ('<title title="T" pill="P"/>', doc.Title("T", "P")),
    "write": ('<write label="L" icon="pen"/>', doc.Line("L", "pen")),
    "fine-print": ("<fine-print/>", doc.FinePrint(())),
    "strip": ('<strip id="routine"/>', STRIP),
    "tips": ('<tips title="N"><tip id="shoes"/><tip id="rest"/></tips>',
             doc.Tips((doc.Tip("shoe", "T", "a"), doc.Tip("x", "U")), "N")),
    "routine": ('<routine><step id="warm"/></routine>', doc.Routine((STEP,))),
    "finish": ('<finish><move id="slide"/></finish>', doc.Finish(text("b"), (MOVE,))),
    "diary": ("<diary/>", DIARY),
    "call": ("<call/>", CALL),
    "questions": ('<questions title="T"><question id="why"/></questions>',
                  doc.Questions("T", (("Q?", text("a")),))),
    "terms": ('<terms title="T"><term id="word"/></terms>', doc.Terms("T", (("W", "a"),))),
    "blank": ('<blank label="L"/>', doc.Blank("L")),
    "plan": ('<plan title="T"><act id="rest"/></plan>',
             doc.Plan("T", FIGURE, (doc.Action("rest", "A", text("B"), "C"),))),
    "log": ('<log title="T" intro="I" days="7" day="Day" date="Date"/>',
            doc.Log("T", "I", 7, "Day", (doc.LogRow("Date"), doc.LogRow("Pain", ("more",), 0)))),
    "ticks": ("<ticks><li>a</li><li><b>b</b></li></ticks>",
              doc.Ticks((text("a"), (doc.Run("b", strong=True),)))),
    "blanks": ('<blanks><blank label="L" share="2"/><blank label="M"/></blanks>',
               doc.Blanks(("L", "M"), (2, 1))),
    "qr": ('<qr href="https://a.example" alt="A" title="T">a.example</qr>',
           doc.QrCode("https://a.example", "A", "T", "a.example")),
}


@pytest.mark.parametrize("tag", BLOCKS)
def test_a_tag_becomes_its_block(tag: str) -> None:
    written, expected = BLOCKS[tag]
    assert block(written) == expected


def test_every_tag_for_a_block_is_held_here() -> None:
    assert set(BLOCKS) == set(blocks.BLOCKS)


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "problem"), [
    ("<blink/>", "<blink> is not a tag of the markup"),
    ("<stopbox/>", "<stopbox> is not a tag of the markup"),
    ('<p style="x">a</p>', "<p> has no attribute 'style'"),
    ("stray", "text does not belong straight into <page>"),
    ("<ul>stray</ul>", "text does not belong straight into <ul>"),
    ("<li>a</li>", "<li> does not belong into <page>"),
    ("<p><ul/></p>", "<ul> does not belong into text"),
    ("<p><b><b>a</b></b></p>", "<b> does not belong into <b>"),
    ('<terms title="T"><term id="word"><b>a</b></term></terms>', "<b> does not belong into <term>"),
    ('<massage id="cure"/>', "there is no massage 'cure' on this handout"),
    ("<massage/>", "<massage> needs the attribute 'id'"),
    ('<massage id="rub">Massage cures gout</massage>',
     "text does not belong straight into <massage>"),
    ('<massage name="Deep tissue"/>', "<massage> has no attribute 'name'"),
    ('<tips><tip id="shoes">Press hard</tip></tips>', "text does not belong straight into <tip>"),
    ('<tips><tip id="heat"/></tips>', "there is no tip 'heat' on this handout"),
    ("<things>a</things>", "text does not belong straight into <things>"),
    ('<routine><step id="thumb"/></routine>', "there is no step 'thumb' on this handout"),
    ('<finish><move id="squat"/></finish>', "there is no move 'squat' on this handout"),
    ("<routine><finish/></routine>", "<finish> does not belong into <routine>"),
    ('<diary weeks="12"/>', "<diary> has no attribute 'weeks'"),
    ('<strip id="all"/>', "there is no strip 'all' on this handout"),
    ("<warnings/>", "<warnings> is not a tag of the markup"),
    ("<blank/>", "<blank> needs the attribute 'label'"),
    ('<card kind="loud" title="T" badge="B"/>', "there is no kind of card 'loud'"),
    ('<columns><column share="half"/></columns>', "'half' is not a number, in share of <column>"),
    ("<p>a</ul>", "a tag is not closed before the one around it"),
    ("<p>a & b</p>", "a tag or a sign is written wrong: write & as &amp; and < as &lt;"),
    ("<p>&nbsp;</p>", "there are no names of characters but &amp; &lt; &gt; and &quot;: "
     "write the character"),
])
def test_what_does_not_belong_is_refused_with_the_reason(line: str, problem: str) -> None:
    with pytest.raises(PackError) as caught:
        read(page(line), STOCK)
    assert str(caught.value) == f"template, line 1 of its output: {problem}\n{CURE}"


@pytest.mark.parametrize(("wrong", "at"), [
    ("<p>a</p>\n\n<blink/>", 3), ('<p>a</p>\n<p\nclass="x">b</p>', 2), ("<p>a</p>\n<p>a</li>", 2),
    ("<ul>\n<li>a</li>\nstray</ul>", 1), ("\n<ul>\nstray</ul>", 2),
])
def test_a_refusal_names_the_line_of_the_tag(wrong: str, at: int) -> None:
    with pytest.raises(PackError) as caught:
        read(page(wrong), STOCK)
    assert caught.value.where == f"template, line {at} of its output"


def test_only_handout_may_be_the_outermost_tag() -> None:
    with pytest.raises(PackError, match="<page> can't be the outermost tag, <handout> is"):
        read('<page id="p" title="T"/>', STOCK)


def test_an_empty_output_is_refused() -> None:
    with pytest.raises(PackError, match="it is empty"):
        read("", STOCK)


# -- text ------------------------------------------------------------------------------------------

# What XML 1.0 can hold: no control characters but tab and line ends, no surrogates, no U+FFFE/F.
XML_TEXT = st.text(st.characters(
    exclude_categories=("Cc", "Cs"), include_characters="\t\n\r",
    exclude_characters="\ufffe\uffff"))


@given(XML_TEXT)
def test_escaped_text_comes_back_literally_with_white_space_run_together(words: str) -> None:
    together = re.sub("[ \t\r\n]+", " ", words).strip(" ")
    assert block(f"<p>{escape(words)}</p>") == doc.Paragraph(text(together) if together else ())


def test_a_no_break_space_stays() -> None:
    assert block("<p>8\u00a0to\u00a010</p>") == doc.Paragraph(text("8\u00a0to\u00a010"))


@given(XML_TEXT)
def test_escaped_text_in_an_attribute_comes_back_literally(words: str) -> None:
    flat = words.replace("\r\n", "\n").translate(dict.fromkeys(map(ord, "\t\n\r"), " "))
    assert block(f'<blank label="{escape(words)}"/>') == doc.Blank(flat)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(PackError, match="a tag or a sign is written wrong"):
        read(page(f"<p>{escape(character)}</p>"), STOCK)


def test_white_space_between_voices_is_kept_as_one_space() -> None:
    assert block("<p>\n  Go\n  <b>slow</b>\n  now \n</p>") == doc.Paragraph(
        (doc.Run("Go "), doc.Run("slow", strong=True), doc.Run(" now")))


@pytest.mark.parametrize(("inside", "problem"), [
    ('<blank label="x">lost</blank>', "text does not belong straight into <blank>"),
    ('<blank label="x"><b>lost</b></blank>', "<b> does not belong into <blank>"),
    ('<massage id="rub"><b>lost</b></massage>', "<b> does not belong into <massage>"),
])
def test_nothing_that_a_template_writes_is_lost_in_silence(inside, problem):
    with pytest.raises(PackError, match=problem):
        read(page(inside), STOCK)
