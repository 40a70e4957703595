"""What a person ticked or chose on the page stays theirs: whatever a code says later, whatever
must wait meanwhile, whoever's browser has no script."""

import re
from html import unescape

import pytest
from helpers import page_texts
from web_helpers import ANA, JSON, fields, texts

from handouts.web.checked import ask
from handouts.web.form import read
from handouts.web.texts import all_words

pytestmark = pytest.mark.usefixtures("own_place")
ASKED = "The cause has changed, and a patient is filled in. Is it still the same patient?"


def sent(html):
    """The fields of a form as a browser sends them, each with all of its values."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        given = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        words = re.sub(r'"[^"]*"', "", tag)
        is_box = given.get("type") in ("checkbox", "radio")
        if "name" in given and "disabled" not in words and (not is_box or "checked" in words):
            found.setdefault(given["name"], []).append(given.get("value", ""))
    return found


class Desk:
    """Somebody at the page: each act sends the whole form, as it stands."""

    def __init__(self, web):
        self._web, self.form, self.answer = web, {}, {}

    def does(self, **changes):
        self.form |= changes
        self.answer = self._web.post("/preview", data=self.form, headers=JSON).json()
        self.form = sent(self.answer["form"])
        return self

    def ticks(self, flag):
        return self.does(flags=[*self.form.get("flags", []), flag])

    def unticks(self, flag):
        return self.does(flags=[each for each in self.form["flags"] if each != flag])

    def has(self, name):
        return "checked" in fields(self.answer["form"])[f"f-{name}"]

    def is_locked(self, name):
        return "disabled" in fields(self.answer["form"])[f"f-{name}"]

    @property
    def told(self):
        return texts(self.answer["preview"])


@pytest.fixture
def desk(web):
    return Desk(web)


# -- ticks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "flag"), [
    ("M25.462", "effusion"), ("M10.062", "gout-in-knee"), ("M23.52", "gives-way")])
def test_a_tick_by_hand_stays_when_a_code_that_says_so_too_goes(desk, code, flag):
    desk.does(diagnosis="M17.12", patient="Ana").ticks(flag)
    desk.does(diagnosis=code)
    assert desk.is_locked(f"flag-{flag}")
    desk.does(diagnosis="M17.12")

    assert desk.has(f"flag-{flag}")
    assert not desk.is_locked(f"flag-{flag}")
    assert "an earlier code" not in desk.told


def test_what_an_earlier_code_said_stays_and_is_told_until_it_is_unticked(desk):
    desk.does(diagnosis="M25.462", patient="Ana").does(diagnosis="M17.12")
    assert desk.has("flag-effusion")
    assert "Massage must wait." in desk.told
    told = "Still ticked, for an earlier code said so: "
    assert told in desk.told
    assert told in desk.answer["say"]
    assert "from an earlier code" in texts(desk.answer["form"])
    desk.does(side="left")
    assert told in desk.told
    desk.unticks("effusion")

    assert not desk.has("flag-effusion")
    assert told not in desk.told
    assert not desk.does(state="calm").has("flag-effusion")


def test_what_two_earlier_codes_said_stays(desk):
    desk.does(diagnosis="M25.462").does(diagnosis="M10.062").does(diagnosis="gout")

    assert desk.has("flag-effusion")
    assert desk.has("flag-gout-in-knee")


def test_the_page_and_the_infobutton_say_the_same_of_two_codes(desk, web):
    asked = {"mainSearchCriteria.v.c": "M25.462", "mainSearchCriteria.v.c1": "M17.12",
             **{f"mainSearchCriteria.v.cs{n}": "2.16.840.1.113883.6.90" for n in ("", "1")}}
    answer = web.get("/infobutton", params=asked)
    desk.does(diagnosis="M25.462").does(diagnosis="M17.12")

    assert "flag=effusion" in answer.text
    assert desk.form["flags"] == ["effusion"]


def test_the_next_patient_has_none_of_it(desk):
    desk.does(diagnosis="M25.462", patient="Ana").does(diagnosis="M17.12", fresh="1")

    assert not desk.has("flag-effusion")


# -- side, state, massages, doses ------------------------------------------------------------------


def test_a_side_chosen_by_hand_stays_when_a_code_that_says_so_too_goes(desk):
    desk.does(diagnosis="osteoarthritis", side="left").does(diagnosis="M17.12")
    assert desk.does(diagnosis="gout").has("side-left")


def test_a_side_of_a_code_goes_with_it(desk):
    assert desk.does(diagnosis="M17.12").has("side-left")
    assert desk.does(diagnosis="gout").has("side-none")
    assert desk.does(diagnosis="M17.11").has("side-right")
    assert desk.does(diagnosis="M17.12").has("side-left")


def test_a_side_against_a_code_and_back_is_one_s_own(desk):
    desk.does(diagnosis="M17.12").does(side="right").does(side="left").does(diagnosis="gout")

    assert desk.has("side-left")


def test_a_code_of_the_same_cause_leaves_all_that_was_chosen(desk):
    desk.does(diagnosis="osteoarthritis").does(state="calm").does(
        massages_by="own", massages=["self-massage"], tips_by="own", tips=["move"]).does(
        **{"minutes.self-massage": "10", "times.self-massage": "2"}).does(diagnosis="M17.12")

    assert desk.has("state-calm")
    assert desk.form["massages_by"] == desk.form["tips_by"] == ["own"]
    assert desk.form["massages"] == ["self-massage"]
    assert desk.form["minutes.self-massage"] == ["10"]


def test_what_another_cause_clears_is_told(desk):
    desk.does(diagnosis="osteoarthritis").does(state="calm").does(
        massages_by="own", massages=["self-massage"])
    assert "The cause has changed" not in desk.told
    desk.does(diagnosis="gout")
    told = ("The cause has changed. Choose anew what was chosen for Osteoarthritis: "
            "what you found, massages.")

    assert told in desk.told
    assert told in desk.answer["say"]
    assert "The cause has changed" not in desk.does(state="between").told


@pytest.mark.parametrize("massages", [{}, {"massages_by": "own", "massages": ["self-massage"]}])
def test_a_dose_stays_while_massage_waits(desk, massages):
    desk.does(diagnosis="osteoarthritis").does(state="calm", **massages).does(
        **{"minutes.self-massage": "10", "times.self-massage": "3"})
    desk.does(state="flare").does(state="calm")

    assert desk.form["minutes.self-massage"] == ["10"]
    assert desk.form["times.self-massage"] == ["3"]


def test_one_s_own_choice_comes_back_when_it_may(desk):
    mine = ["self-massage", "massager"]
    desk.does(diagnosis="osteoarthritis").does(state="calm", massages_by="own", massages=mine)
    desk.ticks("open-skin").ticks("dvt")
    assert "massages" not in desk.form
    assert "Removed because the safety rules don't allow it: " in desk.told
    assert "Removed because the safety rules don't allow it: " in desk.does(side="left").told
    desk.unticks("dvt").unticks("open-skin")

    assert desk.form["massages_by"] == ["own"]
    assert sorted(desk.form["massages"]) == sorted(mine)
    assert "Removed" not in desk.told


def test_who_goes_back_to_the_recommended_ones_stays_there(desk):
    desk.does(diagnosis="osteoarthritis").does(
        state="calm", massages_by="own", massages=["self-massage", "massager"])
    desk.ticks("anticoagulant").does(massages_by="recommended").unticks("anticoagulant")

    assert desk.form["massages_by"] == ["recommended"]


def test_what_is_held_back_is_never_printed(site, web, desk):
    desk.does(diagnosis="osteoarthritis", state="calm", massages_by="own",
              massages=["self-massage", "massager"]).ticks("anticoagulant")
    pairs = [(name, value) for name, values in desk.form.items() for value in values]
    asked = ask(read(pairs), site, all_words()["en"], strict=True)

    assert desk.form["held"] == ["massager"]
    assert asked.request.massages == ("self-massage",)
    assert web.post("/handout", data=desk.form).content.startswith(b"%PDF")


# -- saved choices ---------------------------------------------------------------------------------


def test_saved_choices_of_somebody_examined_give_nothing_to_one_who_was_not(web, desk):
    web.post("/protocols", data={
        "diagnosis": "osteoarthritis", "state": "calm", "massages_by": "own",
        "massages": "self-massage", "minutes.self-massage": "11", "times.self-massage": "1",
        "tips_by": "own", "tips": "move", "protocol_name": "calm"})
    desk.does(diagnosis="osteoarthritis").does(way="load", protocol="calm")

    assert desk.form["massages_by"] == desk.form["tips_by"] == ["recommended"]
    assert "11" not in desk.form.get("minutes.self-massage", [])
    assert "its massages, tips, and doses are not used" in desk.answer["say"]
    desk.does(way="examined", protocol="calm")
    assert desk.form["minutes.self-massage"] == ["11"]
    assert desk.form["massages_by"] == desk.form["tips_by"] == ["own"]


SAVED = [("osteoarthritis", "calm"), ("gout", "attack"), ("infection", "home")]


def saves(web, cause, state):
    web.post("/protocols", data={"diagnosis": cause, "state": state, "protocol_name": state})


@pytest.mark.parametrize("flags", [["fever"], ["dvt"], [], ["pregnant"], ["fever", "dvt"]],
                         ids=" ".join)
@pytest.mark.parametrize(("cause", "state"), SAVED)
def test_saved_choices_make_nobody_examined_whatever_is_ticked(web, desk, cause, state, flags):
    saves(web, cause, state)
    desk.does(diagnosis=cause, state="", flags=flags).does(way="load", protocol=state)

    assert desk.form["state"] == [""]
    assert 'value="examined"' in desk.answer["form"]
    assert set(desk.form.get("flags", [])) == set(flags)
    desk.does(way="update", flags=[])
    assert desk.form["state"] == [""]
    desk.does(way="examined", protocol=state, flags=flags)
    assert desk.form["state"] == [state]


@pytest.mark.parametrize("flag", ["fever", "dvt", "pregnant"])
@pytest.mark.parametrize(("cause", "state"), SAVED)
def test_saved_choices_make_nobody_examined_without_a_script(web, cause, state, flag):
    saves(web, cause, state)
    page = web.post("/", data={"diagnosis": cause, "was": cause, "state": "", "flags": flag,
                               "way": "load", "protocol": state})

    assert sent(page.text)["state"] == [""]
    assert 'value="examined"' in page.text


@pytest.mark.parametrize(("cause", "found", "state"), [
    ("osteoarthritis", "flare", "calm"), ("gout", "attack", "between"),
    ("infection", "active", "home")])
@pytest.mark.parametrize("flags", [["fever"], ["dvt"], [], ["pregnant"]], ids=" ".join)
@pytest.mark.parametrize("way", ["load", "examined"])
def test_the_more_cautious_state_that_was_found_outlives_a_flag_that_stops_everything(
        web, desk, cause, found, state, flags, way):
    saves(web, cause, state)
    saves(web, cause, found)
    desk.does(diagnosis=cause, state=found, flags=flags).does(way=way, protocol=state)
    kept = desk.form["state"]
    desk.does(state=state, flags=flags, way=way, protocol=found)

    assert kept == [found]
    assert desk.form["state"] == [found]


def test_saved_choices_take_no_state_that_was_found_for_another_cause(web):
    saves(web, "osteoarthritis", "calm")
    pages = [web.post("/", data={"diagnosis": "osteoarthritis", "was": was, "state": state,
                                 "way": "load", "protocol": "calm"}).text
             for was, state in (("rheumatoid-arthritis", "calm"), ("gout", "attack"))]

    assert all(sent(page)["state"] == [""] for page in pages)
    assert all('value="examined"' in page for page in pages)


# -- without a script ------------------------------------------------------------------------------


def test_without_a_script_another_cause_asks_whose_it_is(web):
    first = web.post("/", data={**ANA, "was": "osteoarthritis", "flags": "dvt"})
    form = sent(first.text) | {"diagnosis": "gout"}
    asked = web.post("/", data=form)
    again = web.post("/", data=sent(asked.text))
    refused = web.post("/handout", data=sent(asked.text))
    same = web.post("/", data=sent(asked.text) | {"whose": "same"})
    fresh = web.post("/", data=sent(asked.text) | {"fresh": "1"})

    assert ASKED not in texts(first.text)
    assert all(ASKED in texts(page.text) for page in (asked, again, refused))
    assert refused.headers["content-type"].startswith("text/html")
    assert ASKED not in texts(same.text)
    assert "Ana Ruiz" in same.text
    assert "checked" in fields(same.text)["f-flag-dvt"]
    assert web.post("/handout", data=sent(same.text)).content.startswith(b"%PDF")
    assert ASKED not in texts(fresh.text)
    assert "Ana Ruiz" not in fresh.text
    assert "checked" not in fields(fresh.text)["f-flag-dvt"]


def test_without_a_script_a_cause_that_nobody_looked_at_is_not_printed(web):
    form = sent(web.post("/", data={**ANA, "was": "osteoarthritis"}).text)
    answer = web.post("/handout", data=form | {"diagnosis": "gout", "way": "print"})

    assert ASKED in texts(answer.text)


def test_without_a_script_a_corrected_code_of_the_same_cause_asks_nothing(web):
    form = sent(web.post("/", data={**ANA, "was": "osteoarthritis"}).text)

    assert ASKED not in texts(web.post("/", data=form | {"diagnosis": "M17.12"}).text)


# -- what narrows, at a glance ---------------------------------------------------------------------


def chips(html):
    """The flags that are seen at once, and those that are one click away."""
    seen, _, more = html.partition('id="p-flags-more"')
    return [re.findall(r'name="flags" value="([^"]+)"', part) for part in (seen, more)]


def test_the_frequent_flags_are_seen_at_once_and_all_others_are_a_click_away(web, site):
    seen, more = chips(Desk(web).does(diagnosis="osteoarthritis").answer["form"])

    assert seen == list(site.pack.body.frequent)
    assert set(more) == set(site.pack.structure.flags) - set(seen)


def test_that_no_flag_applies_is_said_by_who_examined_the_patient_alone(web):
    desk = Desk(web).does(diagnosis="osteoarthritis")
    unexamined = desk.answer
    examined = desk.does(state="calm").answer
    said = desk.does(no_flags="1").answer

    assert "f-no_flags" not in fields(unexamined["form"])
    assert "You have not said whether" not in unexamined["say"]
    assert "f-no_flags" in fields(examined["form"])
    assert "You have not said whether a safety flag applies." in texts(examined["preview"])
    assert "You have not said whether a safety flag applies." in examined["say"]
    assert "checked" in fields(said["form"])["f-no_flags"]
    assert "You have not said whether" not in texts(said["preview"])
    assert said["ready"]


def test_a_flag_ends_that_none_applies_and_is_never_ended_by_it(web):
    desk = Desk(web).does(diagnosis="osteoarthritis", state="calm", no_flags="1")
    both = desk.does(flags=["dvt"], no_flags="1").answer

    assert "checked" in fields(both["form"])["f-flag-dvt"]
    assert "f-no_flags" not in fields(both["form"])


def test_no_code_and_no_next_patient_is_said_to_have_no_flag(web):
    desk = Desk(web).does(diagnosis="osteoarthritis", state="calm", no_flags="1")
    coded = desk.does(diagnosis="M25.461").answer
    after = Desk(web).does(diagnosis="osteoarthritis", state="calm", no_flags="1").does(
        fresh="1", diagnosis="osteoarthritis").answer

    assert "no_flags" not in sent(coded["form"])
    assert "no_flags" not in sent(after["form"])


def test_the_rule_that_fires_stands_beside_the_flag_and_at_the_massage(web):
    form = Desk(web).does(diagnosis="osteoarthritis", state="calm",
                          flags=["anticoagulant"]).answer["form"]
    beside = texts(form.partition('id="bites"')[2].partition("</ul>")[0])
    at_the_massage = texts(form.partition('id="w-professional"')[2].partition("</p>")[0])

    assert "Blood thinner, or bleeds easily: Taken out: " in beside
    assert "Only with your OK: Self-massage" in beside
    assert "can bruise or bleed on blood thinners." in beside
    assert "Narrowed: Firm pressure or shaking can bruise" in at_the_massage
    assert "taken out: 1" in texts(form.partition('id="p-massages"')[2].partition("</summary>")[0])


def test_a_flag_that_stops_everything_says_so_where_it_is_ticked(web):
    form = Desk(web).does(diagnosis="osteoarthritis", flags=["dvt"]).answer["form"]

    assert "suspected or recent: Massage must wait:" in texts(form)


# -- order, questions, editions --------------------------------------------------------------------


def order(html, kind):
    return re.findall(rf'name="{kind}" value="([^"]+)"[^>]* checked', html)


def test_a_massage_moves_up_and_is_printed_there(web):
    desk = Desk(web).does(diagnosis="osteoarthritis", state="calm")
    before = order(desk.answer["form"], "massages")
    moved = desk.does(up=f"massages:{before[1]}").answer["form"]

    assert order(moved, "massages") == [before[1], before[0], *before[2:]]
    assert "checked" in fields(moved)["f-massages_by-own"]
    assert order(desk.does(up="").answer["form"], "massages")[0] == before[1]


def test_a_tip_moves_up_and_what_is_hostile_moves_nothing(web):
    desk = Desk(web).does(diagnosis="osteoarthritis", state="calm")
    before = order(desk.answer["form"], "tips")
    moved = order(desk.does(up=f"tips:{before[2]}").answer["form"], "tips")

    assert moved == [before[0], before[2], before[1], *before[3:]]
    for what in ("tips:none", "flags:dvt", "patient:x", ":", "tips:"):
        assert order(desk.does(up=what).answer["form"], "tips") == moved


def test_questions_are_ticked_and_those_that_do_not_fit_wait(web):
    desk = Desk(web).does(diagnosis="osteoarthritis", state="calm", questions=["cure", "sore"])
    asked = order(desk.answer["form"], "questions")
    waits = desk.does(flags=["dvt"]).answer
    again = desk.does(flags=[]).answer

    assert set(asked) == {"cure", "sore"}
    assert waits["ready"]
    assert order(again["form"], "questions") == asked


def test_the_questions_that_are_ticked_are_printed(web):
    pages = web.post("/handout", data={"diagnosis": "osteoarthritis", "state": "calm",
                                       "questions": ["cure"]}).content

    assert "Will it fix my knee?" in " ".join(page_texts(pages))


def test_too_many_questions_are_told(web, site):
    answer = Desk(web).does(diagnosis="osteoarthritis", state="calm",
                            questions=list(site.pack.structure.questions)).answer

    assert "The page holds 6 questions." in answer["say"]


def test_the_leaf_alone_tells_that_it_has_no_room_for_choices(web):
    answer = Desk(web).does(diagnosis="osteoarthritis", state="calm", edition="sheet",
                            tips_by="own", tips=["move"]).answer

    assert not answer["ready"]
    assert "One leaf has no room for choices of your own." in answer["say"]


def test_how_the_content_stands_is_told(web):
    answer = Desk(web).does(diagnosis="osteoarthritis").answer

    assert "Draft: no clinician has reviewed these words yet." in texts(answer["preview"])


def test_the_handout_is_given_as_one_file_for_a_phone(web):
    answer = web.post("/handout", data={**ANA, "way": "html"})

    assert answer.headers["content-disposition"] == 'attachment; filename="osteoarthritis.html"'
    assert "Ana Ruiz" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_the_preview_can_be_read_as_text_with_headings_and_is_not_given(web, site):
    site.today.clear()
    answer = web.post("/handout", data={**ANA, "flags": "dvt", "way": "read"})

    assert answer.headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "attachment" not in answer.headers.get("content-disposition", "")
    assert re.search(r"<h1[^>]*>", answer.text)
    assert "Ana Ruiz" in answer.text
    assert list(site.today.all(site.day)) == []


# -- what is told beside the buttons ---------------------------------------------------------------


@pytest.mark.parametrize(("cause", "is_told"), [("osteoarthritis", False), ("overuse", True)])
def test_where_a_part_needs_a_yes_the_box_is_told_beside_print(web, cause, is_told):
    state = {"osteoarthritis": "calm", "overuse": "settled"}[cause]
    desk = Desk(web).does(diagnosis=cause, state=state)

    assert ("Tick the boxes on the sheet by hand where you say yes." in desk.told) == is_told


def test_what_stays_for_the_next_patient_is_told_and_can_be_emptied(web):
    form = {"diagnosis": "gout", "language": "es", "format": "large-print",
            "given_by": "Pat Lee", "patient": "Ana Ruiz"}
    kept = web.post("/preview", data={**form, "way": "next"}, headers=JSON).json()
    on = web.post("/preview", data={**form, "kept": "1"}, headers=JSON).json()
    none = web.post("/preview", data={"diagnosis": "gout", "way": "next"}, headers=JSON).json()
    reset = web.post("/preview", data={**form, "kept": "1", "way": "reset"}, headers=JSON).json()

    assert "Kept: Spanish, Large print, 18 point, Pat Lee" in kept["preview"]
    assert "Kept: Spanish" in kept["say"]
    assert 'name="kept"' in kept["form"]
    assert "Kept: Spanish" in on["preview"]
    assert 'id="kept"' not in none["preview"]
    assert 'id="kept"' not in reset["preview"]
    assert "Pat Lee" not in reset["form"]
    assert "Ana Ruiz" in reset["form"]
