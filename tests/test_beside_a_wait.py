"""What a reason to wait does to the rest of the sheet: it takes away no sign of another reason, no
care comes late among the steps, and nothing speaks of a knee as healed, calm or harmless.
"""

from itertools import combinations

import pytest
from helpers import document_text

from handouts import document as doc
from handouts.pack.consistency import SOON
from handouts.pack.pack import load_pack
from handouts.rules.safety import decide

KNEE = load_pack("knee")
RULES, EN = KNEE.structure, KNEE.words_in("en")
FLAGS = tuple(RULES.flags)
WAITING = tuple(name for name, flag in RULES.flags.items() if flag.wait)
STATES = [(cause, state) for cause, data in RULES.causes.items() for state in (None, *data.states)]


@pytest.fixture(scope="module")
def waiting():
    """Every advice of two flags at most with which massage must wait."""
    sets = [(), *combinations(FLAGS, 1), *combinations(FLAGS, 2)]
    return [advice for cause, state in STATES for flags in sets
            if (advice := decide(KNEE, cause, state, flags=flags)).waits]


def box(document):
    """Title of each column of the Stop box → its signs."""
    [found] = [block for page in document.pages for block in page.blocks
               if isinstance(block, doc.StopBox)]
    return {column.title: ["".join(run.text for run in item.runs) for item in column.items]
            for column in found.columns}


# -- signs -----------------------------------------------------------------------------------------


def told_of(advice, sign):
    """Whether a sign is told: itself, by a step or a flag, or by one of its finding that is at
    least as urgent."""
    data, signs = RULES.signs[sign], RULES.signs
    told = {*advice.care.signs, *(name for act in advice.care.acts
                                  for name in RULES.acts[act].signs)}
    return sign in told or bool({*data.flags} & {*advice.flags}) or any(
        data.finding and signs[other].finding == data.finding
        and SOON[signs[other].order] < SOON[data.order] for other in told)


def test_no_sign_of_a_wait_or_a_cause_is_lost_beside_another_wait(waiting):
    lost = {(advice.cause, advice.state, advice.flags, sign) for advice in waiting
            if advice.care.urgency != "now"  # everybody goes to the hospital
            for sign in (*(sign for wait in advice.waits for sign in RULES.waits[wait].signs),
                         *RULES.causes[advice.cause].signs)
            if not told_of(advice, sign)}

    assert lost == set()


def test_a_sign_stands_under_no_order_weaker_than_the_headline(document):
    wound = EN.signs["wound"]
    assert wound in box(document("infection", state="home"))["Call us the same day"]
    for flag in ("dvt", "recent-injury", "cannot-stand", "skin-infection", "locked-knee"):
        found = box(document("infection", state="home", flags=(flag,)))
        assert "Call us the same day" not in found, flag
        assert wound in found["Get care today"], flag


def test_a_new_injury_asks_what_an_attack_alone_does_not(document):
    alone = box(document("gout", state="attack"))["Get care today"]
    hurt = box(document("gout", state="attack", flags=("recent-injury",)))["Get care today"]

    for sign in ("stand", "locks"):
        assert EN.signs[sign] not in alone
        assert EN.signs[sign] in hurt


# -- a treated infection ---------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["hot-swollen", "fever"])
def test_a_treated_infection_that_is_hot_or_febrile_again_goes_to_the_hospital_now(flag):
    for more in ((), *((other,) for other in FLAGS)):
        advice = decide(KNEE, "infection", "home", flags={flag, *more})

        assert advice.waits[0] == "infection"
        assert advice.care.urgency == "now"


def test_nothing_weaker_than_the_hospital_stands_on_a_treated_infection_that_is_hot_again(document):
    said = document_text(document("infection", state="home", flags=("hot-swollen", "fever")))

    for weaker in ("today", "same day", "Take all of them", "Closed?"):
        assert weaker not in said.replace("Content version", ""), weaker


@pytest.mark.parametrize("flag", ["recent-injection", "knee-replacement", "open-skin",
                                  "recent-surgery"])
def test_an_attack_in_a_knee_that_germs_may_have_entered_is_seen_the_same_day(document, flag):
    said = document_text(document("gout", state="attack", flags=(flag,)))

    assert EN.waits["hot-knee"].headline in said
    assert EN.waits["gout-attack"].headline not in said
    assert "germs" in said


def test_what_may_be_infected_is_not_bandaged(waiting):
    germs = {"infection", "infection-home", "skin-infection", "hot-knee", "fever"}
    for advice in waiting:
        assert "bandage" not in advice.care.acts or germs.isdisjoint(advice.waits)


# -- what a wait makes untrue ----------------------------------------------------------------------


@pytest.mark.parametrize("flag", WAITING)
@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", ["fracture", "injury"])
def test_nothing_is_told_or_drawn_as_healed_while_massage_must_wait(document, cause, flag,
                                                                    language):
    words = KNEE.words_in(language)
    made = document(cause, state="cleared", flags=(flag,), language=language)
    said = document_text(made)

    for line in (*words.causes[cause].cleared, *words.causes[cause].pair_cleared[1:],
                 words.tips["follow-physio"].title, words.tips["rehab"].title):
        assert line not in said, line
    assert "anatomy-yours-fracture-healed" not in repr(made)
    assert words.causes[cause].cleared[0] in document_text(
        document(cause, state="cleared", language=language))


@pytest.mark.parametrize("flag", WAITING)
@pytest.mark.parametrize("language", KNEE.languages)
def test_nobody_is_told_that_it_is_harmless_while_massage_must_wait(document, flag, language):
    words = KNEE.words_in(language).causes
    for cause in ("knee-pain", "meniscus-tear", "gout", "bursitis"):
        state = {"knee-pain": "unknown"}.get(cause)
        said = document_text(document(cause, state=state, flags=(flag,), language=language))
        hushed = set(words[cause].what) - set(words[cause].waiting)
        assert hushed
        for line in hushed:
            assert line not in said, line


# -- what the unexamined are asked for -------------------------------------------------------------


@pytest.mark.parametrize("flag", sorted({flag for check in RULES.checks.values()
                                         for flag in check.flags}))
def test_what_check_first_asks_for_asks_first_once_it_is_known(flag):
    """A flag never loosens the sheet of a knee that nobody has seen."""
    for cause in RULES.causes:
        advice = decide(KNEE, cause, flags=(flag,))
        assert advice.waits
        assert not any(ruling.allowed for ruling in advice.rulings.values())


# -- the steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", KNEE.languages)
def test_steps_lead_with_care_and_no_two_are_called_the_same(waiting, language):
    words = KNEE.words_in(language).acts
    for advice in waiting:
        asked = advice.cause, advice.state, advice.flags
        orders = [SOON.get(RULES.acts[act].order, 3) for act in advice.care.acts]
        titles = [words[act].title for act in advice.care.acts]

        assert orders == sorted(orders), asked
        assert len(set(titles)) == len(titles), (asked, titles)


def test_the_most_urgent_reason_leads_and_no_question_leads_an_order(waiting):
    for advice in waiting:
        soon = [SOON[RULES.waits[wait].urgency] for wait in advice.waits]
        assert soon == sorted(soon)
        firm = {"hot-today", "today-no-wait", "check-today"} & {*advice.care.acts}
        assert advice.waits[0] != "fever" or not firm, advice.flags


@pytest.mark.parametrize("cause", ["tendonitis", "overuse"])
@pytest.mark.parametrize("flag", ["recent-injury", "locked-knee"])
def test_nobody_who_must_rest_is_told_to_keep_moving(document, cause, flag):
    said = document_text(document(cause, state="settled", flags=(flag,)))
    for name in ("load", "pace", "rest-move", "move"):
        assert EN.tips[name].text not in said


@pytest.mark.parametrize("cause", RULES.causes)
def test_no_open_wound_goes_into_a_pool(document, cause):
    state = RULES.causes[cause].calm
    said = document_text(document(cause, state=state, flags=("open-skin",), edition="full"))
    assert "swim" not in said.casefold()
    assert "pool" not in said.casefold()


@pytest.mark.parametrize("flag", ["pregnant"])
def test_gout_medicine_is_no_order_in_pregnancy(document, flag):
    for state in ("between", "attack", None):
        said = document_text(document("gout", state=state, flags=(flag,)))
        for line in (EN.helps["gout-medicine"].title, EN.tips["gout-medicine"].title,
                     EN.acts["gout-early"].text, EN.acts["gout-medicine"].text):
            assert line not in said
