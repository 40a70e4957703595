"""A handout on which massage must wait is an action plan: its headline is what to do, and nothing
on it is weaker, or offers what a flag forbids."""

import dataclasses
import re
from itertools import pairwise, product

import pytest
from helpers import document_text
from msgspec.structs import replace
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.html import writing
from handouts.pack.pack import load_pack
from handouts.pdf.blocks.builders import build
from handouts.pdf.blocks.daylog import DayTable
from handouts.pdf.blocks.forms import agreed
from handouts.pdf.blocks.marks import TickBox
from handouts.pdf.blocks.plan import Spread
from handouts.pdf.blocks.stopbox import SignColumns
from handouts.pdf.file import fonts
from handouts.pdf.layout.boxes import Box
from handouts.pdf.layout.theme import Style, palette
from handouts.request.look import Look
from handouts.rules.safety import decide

fonts.register()
KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
FLAGS = ("", *KNEE.structure.flags)
WAITING = [(cause, state, flag) for (cause, state), flag in product(STATES, FLAGS)
           if decide(KNEE, cause, state, flags=(flag,) if flag else ()).waits]
PLAIN = [(cause, state) for cause, state, flag in WAITING if not flag]


def nodes(node):
    """Every part of a document."""
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif hasattr(node, "__struct_fields__"):
        yield node
        for name in node.__struct_fields__:
            yield from nodes(getattr(node, name))


def of(kind, document):
    return [node for node in nodes(document) if isinstance(node, kind)]


def order_of(advice, words):
    return words.waits[advice.waits[0]]


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), PLAIN)
def test_the_plan_is_whole_for_every_flag(document, cause, state, language):
    words = KNEE.words_in(language)
    for flag in [flag for one, other, flag in WAITING if (one, other) == (cause, state)]:
        flags = (flag,) if flag else ()
        advice = decide(KNEE, cause, state, flags=flags)
        made = document(cause, state=state, flags=flags, language=language, side="left")
        said, first = order_of(advice, words), made.pages[0].blocks

        [order] = of(doc.NotNow, made)
        [plan] = of(doc.Plan, made)
        assert made.pages[0].title == (said.plain if advice.care.plain else said.headline), flag
        whole = [] if advice.care.urgency == "now" else [
            wait for wait in advice.waits if KNEE.structure.waits[wait].whole]
        widest = (*whole, advice.waits[0])[0]  # the leg before the knee
        assert order.order == words.waits[widest].order
        assert {order, plan} <= set(nodes(first))
        assert [action.title for action in plan.actions] == [
            words.acts[name].title for name in advice.care.acts]
        ticks = {item[0].text for ticks in of(doc.Ticks, made) for item in ticks.items}
        ready = {tick for wait in advice.waits for tick in words.waits[wait].ready}
        assert ticks - set(said.tell) <= ready, flag
        assert {*said.ready} <= ticks, flag
        assert words.interface.pages.cleared_by in of(doc.Blanks, made)[-1].labels
        assert "{" not in re.sub(r"{(PAGES?|LAST|SIGNS)}", "", document_text(made))  # the layout's


@pytest.mark.parametrize("language", KNEE.languages)
def test_an_emergency_opens_with_its_bar_and_says_nothing_weaker(document, language):
    said = KNEE.words_in(language)
    for state in (None, "active"):
        made = document("infection", state=state, language=language)
        text = document_text(made)
        [bar] = of(doc.Alarm, made)

        assert made.pages[0].blocks[0] is bar
        assert (bar.title, bar.number) == (said.waits["infection"].headline, "911")
        assert of(doc.Hero, made)[0].title == ""  # the bar says it
        for weaker in (said.safety.stop.today_title, said.safety.stop.us_title,
                       said.interface.pages.closed, said.interface.pages.nowhere,
                       said.interface.pages.call_us, said.interface.pages.log,
                       said.safety.fixed["calf"]):
            assert weaker not in text


def test_a_clot_opens_with_the_bar_and_its_calf_is_told_no_more(document):
    made = document("osteoarthritis", state="calm", flags=("dvt",))
    words = KNEE.words_in("en")

    assert made.pages[0].blocks[0] == doc.Alarm(
        "Get care today", (doc.Run(words.waits["clot"].found),),
        (doc.Run("Hard to breathe or chest pain? Call"),), "911")
    assert words.safety.fixed["calf"] not in document_text(made)
    assert words.interface.pages.closed not in document_text(made)
    # Both calls are one: the fixed line, word for word.
    assert words.safety.fixed["breathe"].startswith(words.waits["clot"].call)


@pytest.mark.parametrize("language", KNEE.languages)
def test_an_infection_that_is_treated_at_home_is_no_emergency(document, language):
    made = document("infection", state="home", language=language)
    said = KNEE.words_in(language)

    assert of(doc.Alarm, made) == []
    assert "emergen" not in document_text(made.pages[0]).casefold()
    assert "emergen" not in "".join(said.causes["infection"].what).casefold()
    us = next(column for column in of(doc.StopBox, made)[0].columns
              if column.title == said.safety.stop.us_title)
    assert {run.text for item in us.items for run in item.runs} == {
        said.signs["wound"]}
    today = next(column for column in of(doc.StopBox, made)[0].columns
                 if column.title == said.safety.stop.today_title)
    assert said.signs["fever-again"] in {run.text for item in today.items for run in item.runs}


def test_what_everybody_with_a_gout_attack_has_is_no_sign_of_more(document):
    today, now = of(doc.StopBox, document("gout", state="attack"))[0].columns
    told = " ".join(run.text for item in today.items for run in item.runs)

    assert {"This is your first attack.", "You have a fever, or you feel ill.",
            "The pain or swelling is getting worse."} <= {
        run.text for item in today.items for run in item.runs}
    assert not [sign for sign in ("hot, red", "stand", "locks") if sign in told]
    assert len(now.items) == 5


@pytest.mark.parametrize("flag", ["poor-circulation", "numbness"])
def test_a_forbidden_thing_is_in_no_headline_picture_or_row(document, flag):
    usual, made = (document("gout", state="attack", flags=flags) for flags in ((), (flag,)))

    assert usual.pages[0].title == "Rest, raise, and cool your knee"
    assert made.pages[0].title == "Rest your knee"
    assert of(doc.Plan, usual)[0].figure.name == "raise-cold"
    assert of(doc.Plan, made)[0].figure is None
    new, flagged = (of(doc.Log, document("osteoarthritis", state="flare", flags=flags))[0]
                    for flags in ((), (flag,)))
    assert "Cold packs" in [row.label for row in new.rows]
    assert "Cold packs" not in [row.label for row in flagged.rows]


@pytest.mark.parametrize(("side", "place"), [
    ("", "your knee"), ("left", "your left knee"), ("right", "your right knee"),
    ("both", "your knees")])
def test_the_knee_is_named(document, side, place):
    [said] = of(doc.NotNow, document("gout", state="attack", side=side))
    assert said.reasons[0][0].text.startswith(f"You have a gout attack in {place}.")


def test_of_several_waits_the_first_leads_and_the_others_add(document):
    made = document("fracture", state="healing", flags=("recent-injury", "fever"))
    titles = [action.title for action in of(doc.Plan, made)[0].actions]
    reasons = ["".join(run.text for run in reason) for reason in of(doc.NotNow, made)[0].reasons]

    assert made.pages[0].title == "Protect the broken bone"
    assert {"Protect your leg", "Get it checked", "Get care today"} <= set(titles)
    assert [reason.split(". ")[0] for reason in reasons[1:]] == [
        "Your record lists a fever", "You hurt your knee in the last 3 days"]


@pytest.mark.parametrize(("state", "asked"), [(None, True), ("healing", False)])
def test_only_a_bone_that_nobody_has_seen_is_asked_what_calls_for_an_x_ray(document, state, asked):
    made = document("fracture", state=state)
    shown = {sign.runs[0].text for column in of(doc.StopBox, made)[0].columns
             for sign in column.items}
    signs = KNEE.words_in("en").signs
    ottawa = {signs[name] for name in ("stand", "age", "bump", "right-angle")}

    assert ottawa <= shown if asked else not ottawa & shown


def test_beside_an_emergency_no_other_reason_stands(document):
    [order] = of(doc.NotNow, document("infection", flags=("fever", "recent-injury")))
    assert len(order.reasons) == 1


@pytest.mark.parametrize(("asked", "said"), [
    ({"phone": "555-0142", "hours": "8 to 5"},
     ("555-0142", "8 to 5", "Closed? Go to urgent care.")),
    ({}, ("", "", "No answer? Go to urgent care or your own clinic."))])
def test_where_to_call_is_the_practice_or_urgent_care(document, brand, asked, said):
    own = replace(brand, **{"phone": "", "hours": "", **asked})
    [call] = of(doc.Call, document("gout", state="attack", brand=own))
    [alarm] = of(doc.Call, document("fracture", brand=own))

    assert (call.phone.text, call.hours, call.closed) == said
    assert alarm.closed == "Emergency: 911"


@pytest.mark.parametrize(("cause", "state"), PLAIN)
def test_no_two_actions_have_one_title(document, cause, state):
    for flag in [flag for one, other, flag in WAITING if (one, other) == (cause, state)]:
        waits = decide(KNEE, cause, state, flags=(flag,) if flag else ()).waits
        made = document(cause, state=state, flags=(flag,) if flag else ())
        titles = [action.title for action in of(doc.Plan, made)[0].actions]
        assert len(waits) > 1 or len(titles) == len(set(titles)), (flag, titles)


def test_tips_that_an_action_says_are_not_chosen_by_themselves(document):
    made = document("fracture", state="healing")
    tips = KNEE.words_in("en").tips
    shown = {tip.title for tip in of(doc.Tips, made)[0].items}

    assert not shown & {tips[name].title for name in ("limits", "raise", "toes")}
    asked = document("fracture", state="healing", tips=("raise", "falls"))
    assert [tip.title for tip in of(doc.Tips, asked)[0].items] == [
        tips["raise"].title, tips["falls"].title]


# -- the builders ----------------------------------------------------------------------------------

STYLES = {"normal": Style(Look(), palette("#0B5563", "#E4F1F2", "#6FA9AF"), "left"),
          "large": Style(Look(large=True), palette("#0B5563", "#E4F1F2", "#6FA9AF"), "left")}


def parts(flowable):
    yield flowable
    if isinstance(flowable, Box):
        for child, _, _ in flowable.placed:
            yield from parts(child)


def built(block, style) -> list[Flowable]:
    made = build(block, style)
    for flowable in made:
        flowable.wrap(style.width, 1e6)
    return made


ROWS = (doc.LogRow("Date"), doc.LogRow("Swelling", ("less", "same", "more")),
        doc.LogRow("Fever", ("yes", "no")), doc.LogRow("Antibiotics", boxes=3))


@pytest.mark.parametrize("look", STYLES)
def test_each_day_has_room_to_write(look):
    style = STYLES[look]
    tables = [part for flowable in built(doc.Log("T", "Intro", 7, "Day", ROWS), style)
              for part in parts(flowable) if isinstance(part, DayTable)]

    assert sum(len(table.days) for table in tables) == 7
    for table in tables:
        head, *rows = table.heights
        assert min(rows) >= 26
        assert table.height == head + sum(rows)
        assert table.pitch >= 60
        assert table.width <= style.width
    assert len(tables) == (2 if style.stacked else 1)


def test_actions_stand_beside_the_picture_and_under_it_and_never_on_each_other():
    action = doc.Action("rest", "Rest", (doc.Run("Keep the weight off. " * 3),), "Times a day")
    block = doc.Plan("Do this", doc.Figure("raise-cold", "A raised leg"), (action,) * 5)
    [card] = built(block, STYLES["normal"])
    placed = [(left, top, child.width, child.height) for part in parts(card)
              if isinstance(part, Spread) for child, left, top in part.placed]

    assert len(placed) == 5
    for at, (left, top, wide, high) in enumerate(placed):
        for other_left, other_top, other_wide, other_high in placed[at + 1:]:
            assert (left + wide <= other_left or other_left + other_wide <= left
                    or top + high <= other_top or other_top + other_high <= top)


def in_reading_order(places):
    """If each place, left and top, stands under all before it, or right of them in their row."""
    return all(top > before or (top == before and left > beside)
               for (beside, before), (left, top) in pairwise(places))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", KNEE.languages)
def test_the_numbers_are_read_from_left_to_right_row_by_row(document, language, paper):
    base = STYLES["normal"]
    wide = Style(Look(paper=paper), base.palette, "left")
    for cause, state in PLAIN:
        [plan] = of(doc.Plan, document(cause, state=state, language=language, side="left"))
        for style in (wide, dataclasses.replace(wide, tight=True)):
            [card] = built(plan, style)
            [spread] = [part for part in parts(card) if isinstance(part, Spread)]
            places = [(left, top) for _, left, top in spread.placed]
            assert len(places) == len(plan.actions)
            assert in_reading_order(places), (cause, state, places)


@pytest.mark.parametrize("given", [{"prose"}, {"close", "low"}, {"close", "low", "prose"}])
def test_the_box_to_tick_ends_the_list_that_it_covers(given):
    column = doc.StopColumn("phone", "Now", (doc.StopSign((doc.Run("A sign."),)),))
    ask = doc.AskFirst("Ask", (), (doc.Run("Ask us. Ask us again."),), "We read it.")
    style = dataclasses.replace(STYLES["normal"], given=frozenset(given))
    [card] = built(doc.StopBox((column, column), ask, ""), style)
    ticks, signs = ([part for whole in wholes for part in parts(whole) if isinstance(part, TickBox)]
                    for wholes in ([card], [part for part in parts(card)
                                            if isinstance(part, SignColumns)]))

    assert (len(ticks), signs) == (1, [])


@pytest.mark.parametrize("look", STYLES)
def test_a_box_to_tick_stands_before_its_sentence(look):
    row = agreed((doc.Run("Only if we say so."),), "Yes", STYLES[look])
    row.wrap(300, 1e6)
    (box, at, _), (_, behind, top) = row.placed

    assert (at, top) == (0, 0)
    assert isinstance(box, TickBox)
    assert behind > box.width
    assert re.match("<span [^>]*class=\"box\"", writing.agreed((doc.Run("Only."),), "Yes"))


def test_a_plan_of_large_print_is_shared_among_cards_where_no_sheet_holds_it():
    action = doc.Action("rest", "Rest", (doc.Run("Keep the weight off."),))
    figure = doc.Figure("raise-cold", "A raised leg")
    few, many = (doc.Plan("Do this", figure, (action,) * count) for count in (3, 9))

    assert [len(build(block, STYLES["large"])) for block in (few, many)] == [1, 5]
    assert [len(build(block, STYLES["normal"])) for block in (few, many)] == [1, 1]
