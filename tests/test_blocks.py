"""A PDF of each kind of block, made by hand: its tags and words in reading order, valid as both."""

from typing import get_args

import full_blocks
import pytest
from helpers import page_texts, painted, standards, tag_tree
from layout import END, SIDE, layout_faults

from handouts import document as doc
from handouts.html import blocks as html_blocks
from handouts.pdf.blocks import builders
from handouts.pdf.blocks.builders import build
from handouts.pdf.file import fonts
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Stack
from handouts.pdf.layout.theme import BLACK_ONLY, Style, palette
from handouts.request.look import Look

fonts.register()
SIZE = 612, 1400
COLOURS = palette("#0B5563", "#E4F1F2", "#6FA9AF")
PAGES = {"routine": 3, "moves": 4}
LOOKS = {"normal": Style(Look(), COLOURS, "left", pages=PAGES),
         "large": Style(Look(large=True, mono=True), BLACK_ONLY, "right", pages=PAGES)}


def runs(text, **voice):
    return (doc.Run(text, **voice),)


KNEE = doc.Figure("zones", "Where not to press")
RULES = doc.RoutineRules(
    doc.Reminder("Each time", "Not on a hot knee.", ("No fever", "No swelling"), "See {PAGE}."),
    runs("Take a towel."),
    doc.Zones("Keep off", KNEE, (runs("The kneecap."),),
              (("Front", ("Kneecap",)), ("Back", ("Hollow", "Bump")))))
GUIDE = doc.Guide("How much", "Ten is the worst.", ("Go on", "Ease off", "Stop"),
                  (("Now", "A little.", "More.", "A lot."), ("Later", "Sore.", "Stiff.", "Hot.")),
                  "Stop if numb.", "Call now.")
FRAMES = (doc.Frame("Start", KNEE), doc.Frame("End", KNEE))
BLOCKS = [  # with the roles of its elements and its words, both in reading order
    (doc.Paragraph((doc.Run("Rest the knee "), doc.Run("today.", strong=True))),
     "P",
     "Rest the knee today."),
    (doc.Blank("Your day"),
     "P",
     "Your day"),
    (doc.Bullets((runs("Walk."), runs("Sit."))),
     "L LI LI",
     "Walk. Sit."),
    (doc.LabelledFigure(doc.Figure("anatomy-bursa", "A knee"), (doc.Label("bursa", "Cushion"),)),
     "Figure L LI",
     "Cushion"),
    (doc.Routine((doc.Step("1", "Warm up", "10 minutes", KNEE, runs("Use a towel."), "It is warm.",
                          "Do not burn."),
                 doc.Step("2a", "Stroke", "5 minutes", KNEE, runs("Go slowly."))), RULES),
     "Sect H2 P L LI LI P P Sect H2 P Figure P P P Sect H2 P Figure P "
     "Sect H2 Figure P P P P P P",
     "Each time Not on a hot knee. No fever No swelling See 1. Take a towel. 1 Warm up 10 minutes "
     "Use a towel. It is warm. Do not burn. 2a Stroke 5 minutes Go slowly. Keep off Front Kneecap "
     "Back Hollow Bump The kneecap."),
    (doc.Finish(runs("Then rest."), (doc.Move("Bend", "9 times", FRAMES, runs("Ten times."), "",
                                              "No force."),), GUIDE),
     "Sect H2 P P P P Figure P Figure P Sect H2 P Table TR TD TH TH TH TR TH TD TD TD "
     "TR TH TD TD TD P",
     "Bend 9 times Ten times. No force. Start End Then rest. How much Ten is the worst. Go on Ease "
     "off Stop Now A little. More. A lot. Later Sore. Stiff. Hot. Stop if numb. Call now."),
    (doc.Strip((doc.Tip("walk", "Twice a week"), doc.Tip("cold", "A towel"))),
     "L LI LI",
     "Twice a week A towel"),
    (doc.Tips((doc.Tip("walk", "Walk", "A little."),)),
     "L LI P P",
     "Walk A little."),
    (doc.Message("Move a little.", "table"), "P", "Move a little."),
    (doc.Things("2 things", (
        doc.Thing("Massage", "", "Days:", ("S", "M"), "routine", "page {PAGE}"),
        doc.Thing("Walk", "Start easy.", "My plan:"))),
     "Sect H2 L LI P P LI P P P",
     "2 things 1 Massage: page 3 Days: S M 2 Walk Start easy. My plan:"),
    (doc.Card("know", "What is it?", "info", (
        doc.Pair((doc.Side("Healthy", doc.Figure("anatomy-healthy", "A knee"), "Smooth"),
                  doc.Side("Yours", doc.Figure("anatomy-healthy", "Another"), "Rough"))),
        doc.Paragraph(runs("It is thin.")))),
     "Sect H2 P Figure P P Figure P P",
     "What is it? Healthy Smooth Yours Rough It is thin."),
    (doc.Diary("My weeks", "Stop then.", 2, "Week", "Massage", 2, ("Moves", "Pain")),
     "Sect H2 P Table TR TH TH TH TR TH TD TD TR TH TD TD TR TH TD TD",
     "My weeks Stop then. Week 1 2 Massage Moves Pain"),
    (doc.Call("Questions?", doc.Run("555-0142", strong=True, link="tel:555-0142"), "Mornings"),
     "P Link P",
     "Questions? 555-0142 Mornings"),
    (doc.Questions("Questions", (("How long?", runs("Some weeks.")),)),
     "Sect H2 Sect H3 P",
     "Questions How long? Some weeks."),
    (doc.Terms("Words", (("Bursa", "A small cushion."),)),
     "Sect H2 L LI",
     "Words Bursa A small cushion."),
    (doc.Card("care", "Take care", "bang", (doc.Paragraph(runs("Go slowly.")),)),
     "Sect H2 P",
     "Take care Go slowly."),
    (doc.Columns(((doc.Paragraph(runs("Left.")),), (doc.Paragraph(runs("Right.")),)), (1, 1)),
     "P P",
     "Left. Right."),
    (doc.Hero("Massage for your knee", "Gout", doc.Panel(
        (doc.Field("patient", "Name"), doc.Field("date of birth", "Born")),
        doc.Field("note", "Note"))),
     "P P P",
     "Massage for your knee Gout Name Born"),
    (doc.StopBox((doc.StopColumn("x", "No massage", (doc.StopSign(runs("Fever")),)),
                 doc.StopColumn("phone", "Get help", (
                     doc.StopSign(runs("Chest pain"), "warnings/breathe"),))), None, "Done"),
     "Sect H2 L LI Sect H2 L LI P",
     "No massage Fever Get help Chest pain Done"),
    (doc.AskFirst("Ask first if", ("You fell.",), runs("Ask first if you fell."), "Done"),
     "Sect H2 L LI P",
     "Ask first if You fell. Done"),
    (doc.Unexamined(runs("Tick."), doc.StopColumn("x", "Today", (doc.StopSign(runs("Fever")),)),
                    "No massage.", "Ever", "Ask us.", ("You fell.",), runs("No tick?"), "routine",
                    "See {PAGE}."),
     "P Sect H2 P L LI Sect H2 P L LI P",
     "Tick. Today No massage. Fever Ever Ask us. You fell. No tick? See 3."),
    (doc.Warnings("Mind this", ("You take blood thinners.",)),
     "Sect H2 L LI",
     "Mind this You take blood thinners."),
    (doc.Alarm("Go now", runs("Germs."), runs("No ride? Call"), "911"),
     "P P P",
     "Go now Germs. No ride? Call 911"),
    (doc.NotNow("Do not rub it.", (runs("It is hot."), runs("It is new."))),
     "Sect H2 P P",
     "Do not rub it. It is hot. It is new."),
    (doc.Plan("Do this now", doc.Figure("raise-cold", "A raised leg"), (
        doc.Action("rest", "Rest it", runs("Lie down.")),
        doc.Action("cold", "Cool it", runs("Use a cloth."), "Times a day"))),
     "Sect H2 Figure L LI P P LI P P P",
     "Do this now 1 Rest it Lie down. 2 Cool it Use a cloth. Times a day"),
    (doc.Log("My days", "Bring it.", 2, "Day", (
        doc.LogRow("Date"), doc.LogRow("Fever", ("yes", "no")), doc.LogRow("Pills", (), 2))),
     "Sect H2 P Table TR TH TH TH TR TH TD TD TR TH TD TD TR TH TD TD",
     "My days Bring it. Day 1 2 Date Fever yes no yes no Pills"),
    (doc.Ticks((runs("It is cool."), runs("It is calm."))),
     "L LI LI",
     "It is cool. It is calm."),
    (doc.Blanks(("Cleared by", "Date"), (2, 1)),
     "P P",
     "Cleared by Date"),
    (doc.Call("Questions?", doc.Run("555-0142", link="tel:555-0142"), "8 to 5", "Closed? Wait."),
     "P Link P P",
     "Questions? 555-0142 8 to 5 Closed? Wait."),
    (doc.QrCode("https://a.example", "QR code", "More", "On our page"),
     "Sect H2 P Link P Link Figure",
     "More On our page"),
    (doc.Listing("know", "Handouts", "book", "All of them.", ("Cause", "File"),
                 (("Gout", "a.pdf"),)),
     "Sect H2 P Table TR TH TH TR TH TD",
     "Handouts All of them. Cause File Gout a.pdf"),
    (doc.FinePrint((runs("No diagnosis."), runs("Draft.", strong=True))),
     "P",
     "No diagnosis. Draft."),
    *full_blocks.BLOCKS,
]
# The same where large print has another order, or does not run paragraphs together.
IN_LARGE = {doc.Routine: ("Sect H2 P L LI LI P P Sect H2 P P P P Figure Sect H2 P P Figure "
                          "Sect H2 P Figure P P P P P"),
            doc.Finish: ("Sect H2 P P Figure P Figure P P P Sect H2 P Sect H3 P P Sect H3 P P "
                         "Sect H3 P P P"),
            doc.FinePrint: "P P",
            **full_blocks.IN_LARGE}
# The page is for a right leg: what was left stands right.
IN_LARGE_WORDS = {
    doc.Routine: ("Each time Not on a hot knee. No fever No swelling See 1. Take a towel. 1 Warm "
                  "up 10 minutes Use a towel. It is warm. Do not burn. 2a Stroke 5 minutes Go "
                  "slowly. Keep off The kneecap. Front Kneecap Back Hollow Bump"),
    doc.Finish: ("Bend 9 times Start End Ten times. No force. Then rest. How much Ten is the "
                 "worst. Go on Now: A little. Later: Sore. Ease off Now: More. Later: Stiff. "
                 "Stop Now: A lot. Later: Hot. Stop if numb. Call now.")}


ON_POSTERS = {doc.CheckFirst}  # which are drawn by a poster alone


@pytest.mark.parametrize(("form", "known"), [
    ("pdf", {*builders.BUILDERS, *builders.ROWS}), ("html", {*html_blocks.BUILDERS})])
def test_every_block_of_a_document_can_be_drawn_in_each_form_and_nothing_else_is(form, known):
    assert known == set(get_args(doc.Block)) - ON_POSTERS


def drawn(block, style):
    """A page with a block under a heading; the opening of a handout has its own."""
    above = [] if isinstance(block, doc.Hero | doc.Alarm) else [
        text.paragraph("Knee", style.type.strong, role="H1")]
    stack = Stack([*above, *build(block, style)], gap=8)
    _, height = stack.wrap(style.width, SIZE[1])
    return painted(SIZE, lambda canvas: stack.drawOn(canvas, SIDE, SIZE[1] - END - height))


def test_there_is_one_of_every_kind():
    inside = {doc.Pair}  # a card
    on_posters = {doc.CheckFirst}
    assert {type(block) for block, _, _ in BLOCKS} == set(
        get_args(doc.Block)) - inside - on_posters


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("block", "roles", "words"), BLOCKS,
                         ids=[type(block).__name__ for block, _, _ in BLOCKS])
def test_a_block_is_told_and_printed_in_reading_order(block, roles, words, look):
    data = drawn(block, LOOKS[look])
    told = [line.split()[0] for line in tag_tree(data).splitlines()]
    [shown] = page_texts(data)

    if look == "large":
        roles = IN_LARGE.get(type(block), roles)
        words = IN_LARGE_WORDS.get(type(block), words)
    assert " ".join(told).removeprefix("Document H1 ") == roles
    assert shown.removeprefix("Knee ") == words
    assert layout_faults(data) == []
    assert standards(data) == []
