"""The safety rules, held cell by cell against the clinical sheet (B0, B1, B2, D).

The tables below were copied from the sheet by hand, never from the content pack, so that a slip
in the data is caught here. Y yes · ? only if · N no · . the sheet is silent, so nothing is
expected beyond "no more than without the flag" · a state "-" is the screened variant, where
nobody has said what the knee is like today.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import InputError, UsageError
from handouts.pack.pack import Pack, load_pack
from handouts.rules.safety import Advice, Reason, RoutineAdvice, Ruling, Verdict, decide

VERDICTS = {"N": Verdict.NO, "?": Verdict.IF, "Y": Verdict.YES}
MASSAGES = {
    "SM": "self-massage",
    "PM": "professional",
    "BM": "massager",
    "BH": "heated-massager",
    "XF": "cross-friction",
    "DT": "deep-tissue",
    "TP": "trigger-point",
    "KF": "knee-friction",
}
MOVES = {"1": "heel-slide", "2": "thigh-squeeze", "3": "back-of-thigh"}

# B1, one row a state; where it is all no, what the "Not now" page must name. Where the sheet
# allows "thigh only" beside a hot knee, we offer nothing.
MATRIX = """
                                 SM PM BM BH XF DT TP KF   waits for
osteoarthritis       calm      | Y  Y  Y  Y  N  ?  ?  Y
osteoarthritis       flare     | N  N  N  N  N  N  N  N | hot-knee
ligament-tear        unchecked | N  N  N  N  N  N  N  N | unchecked
ligament-tear        cleared   | ?  ?  ?  ?  ?  N  ?  ?
meniscus-tear        unchecked | N  N  N  N  N  N  N  N | unchecked
meniscus-tear        cleared   | ?  ?  ?  ?  N  N  ?  ?
fracture             healing   | N  N  N  N  N  N  N  N | broken-bone
fracture             cleared   | N  ?  ?  ?  N  ?  ?  ?
tendonitis           flare     | N  N  N  N  N  N  N  N | tendon-flare
tendonitis           settled   | Y  Y  Y  Y  ?  ?  ?  ?
bursitis             unchecked | N  N  N  N  N  N  N  N | swollen-bursa
bursitis             cleared   | ?  ?  N  N  N  N  ?  N
rheumatoid-arthritis flare     | N  N  N  N  N  N  N  N | hot-knee
rheumatoid-arthritis calm      | Y  Y  ?  ?  N  N  ?  ?
gout                 attack    | N  N  N  N  N  N  N  N | gout-attack
gout                 between   | Y  Y  ?  ?  N  N  ?  ?
infection            active    | N  N  N  N  N  N  N  N | infection
infection            home      | N  N  N  N  N  N  N  N | infection-home
knee-pain            unknown   | Y  ?  ?  ?  N  N  N  ?
injury               unchecked | N  N  N  N  N  N  N  N | unchecked
injury               cleared   | N  ?  ?  ?  N  N  ?  ?
overuse              flare     | N  N  N  N  N  N  N  N | tendon-flare
overuse              settled   | ?  ?  N  N  N  N  ?  N
osteoarthritis       -         | Y  Y  Y  Y  N  N  N  Y
ligament-tear        -         | N  N  N  N  N  N  N  N | unchecked
meniscus-tear        -         | N  N  N  N  N  N  N  N | unchecked
fracture             -         | N  N  N  N  N  N  N  N | fracture
tendonitis           -         | Y  Y  Y  Y  N  N  N  N
bursitis             -         | N  N  N  N  N  N  N  N | swollen-bursa
rheumatoid-arthritis -         | Y  Y  N  N  N  N  N  N
gout                 -         | N  N  N  N  N  N  N  N | gout-unseen
infection            -         | N  N  N  N  N  N  N  N | infection
knee-pain            -         | Y  N  N  N  N  N  N  N
injury               -         | N  N  N  N  N  N  N  N | unchecked
overuse              -         | N  N  N  N  N  N  N  N | ask-first
"""

# What the cells of B1 say beyond the mark, with B2's "Suits": just there, and never without
# these conditions. "." = the sheet names no place.
CELLS = """
osteoarthritis       calm    | DT | thigh calf |
osteoarthritis       calm    | TP | thigh      | self-light
osteoarthritis       calm    | KF | knee       | light
ligament-tear        cleared | SM | thigh      |
ligament-tear        cleared | BM | thigh      |
ligament-tear        cleared | TP | thigh      |
meniscus-tear        cleared | SM | thigh      |
meniscus-tear        cleared | BM | thigh      |
meniscus-tear        cleared | TP | thigh      |
meniscus-tear        cleared | KF | knee       | not-joint-line
fracture             cleared | PM | .          | guided
fracture             cleared | BM | .          | guided
fracture             cleared | BH | .          | guided
fracture             cleared | DT | .          | guided
fracture             cleared | TP | .          | guided
fracture             cleared | KF | .          | guided
tendonitis           settled | SM | thigh      | not-tendon
tendonitis           settled | BM | thigh      |
tendonitis           settled | XF | tendon     |
tendonitis           settled | DT | thigh      |
tendonitis           settled | TP | thigh      |
tendonitis           settled | KF | knee       | not-tendon
bursitis             cleared | SM | thigh      | not-bursa
bursitis             cleared | PM | thigh      | not-bursa
bursitis             cleared | TP | thigh      |
rheumatoid-arthritis calm    | SM | .          | light
rheumatoid-arthritis calm    | PM | .          | knows-ra
rheumatoid-arthritis calm    | TP | .          | by-therapist
rheumatoid-arthritis calm    | KF | knee       | very-light
gout                 between | SM | .          | light not-lumps
gout                 between | PM | .          | light not-lumps
gout                 between | BM | .          | not-lumps
gout                 between | BH | .          | not-lumps
gout                 between | TP | .          | not-lumps
gout                 between | KF | knee       | not-lumps
knee-pain            unknown | SM | .          | light thigh-first
injury               cleared | PM | .          | guided
injury               cleared | BM | thigh      | guided
injury               cleared | BH | .          | guided
injury               cleared | TP | thigh      | guided
injury               cleared | KF | knee       | guided not-joint-line
overuse              settled | SM | thigh      | not-tendon not-bursa
overuse              settled | PM | thigh      | not-bursa
overuse              settled | TP | thigh      |
"""

# B2's "Not": whatever is offered on the knee itself keeps off this.
NOT_ON = """
osteoarthritis       calm    | not-joint-line
meniscus-tear        cleared | not-joint-line
tendonitis           settled | not-tendon
bursitis             cleared | not-bursa
gout                 between | not-lumps
injury               cleared | not-joint-line
overuse              settled | not-tendon not-bursa
"""

# B1's flag table with B0, each flag on rows that would allow more without it; at the end, what
# everything still offered (or the one massage named) must carry.
FLAG_MATRIX = """
                                         SM PM BM BH XF DT TP KF
anticoagulant    | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light
anticoagulant    | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light
numbness         | osteoarthritis calm | Y  Y  N  N  N  N  N  Y | light look-at-skin
numbness         | tendonitis settled  | Y  Y  N  N  N  N  N  ? | light look-at-skin
poor-circulation | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light not-veins
poor-circulation | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light not-veins
pregnant         | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light
pregnant         | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light
open-skin        | osteoarthritis calm | Y  Y  .  N  N  ?  ?  N | away-from-skin
open-skin        | tendonitis settled  | Y  Y  .  N  .  ?  ?  N | away-from-skin
fragile-bones    | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | very-light
fragile-bones    | tendonitis settled  | ?  ?  N  N  N  N  N  ? | very-light
knee-replacement | osteoarthritis calm | Y  Y  N  ?  N  N  N  Y | SM:light KF:light BH:numb-implant
knee-replacement | tendonitis settled  | Y  Y  N  ?  N  N  N  ? | SM:light KF:light BH:numb-implant
recent-injection | osteoarthritis calm | ?  ?  .  .  N  ?  ?  N | away-from-shot
recent-injection | tendonitis settled  | ?  ?  .  .  N  ?  ?  N | away-from-shot
effusion         | osteoarthritis calm | Y  Y  ?  N  N  N  ?  N |
effusion         | tendonitis settled  | Y  Y  ?  N  N  N  ?  N |
gives-way        | osteoarthritis calm | Y  Y  Y  Y  N  ?  ?  Y |
gout-in-knee     | gout between        | Y  Y  ?  ?  N  N  N  ? | light not-lumps
gout-in-knee     | osteoarthritis calm | Y  Y  ?  ?  N  N  N  ? | light not-lumps
gout-in-knee     | tendonitis settled  | Y  Y  ?  ?  N  N  N  ? | light not-lumps
gout-in-record   | osteoarthritis calm | Y  Y  Y  Y  N  ?  ?  Y |
clot-risk        | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light
clot-risk        | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light
varicose-veins   | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light not-veins
varicose-veins   | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light not-veins
visible-veins    | osteoarthritis calm | Y  Y  Y  Y  N  ?  ?  Y | not-veins
visible-veins    | tendonitis settled  | Y  Y  Y  Y  ?  ?  ?  ? | not-veins
night-pain       | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light
night-pain       | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light
cancer           | osteoarthritis calm | ?  ?  N  N  N  .  .  ? | agreed light
cancer           | tendonitis settled  | ?  ?  N  N  .  .  .  ? | agreed
cannot-say-stop  | osteoarthritis calm | ?  ?  N  N  N  N  N  ? | light helper
cannot-say-stop  | tendonitis settled  | ?  ?  N  N  N  N  N  ? | light helper
"""

# Flags with which everything waits, whatever the row says (B0, B1, rules 3 to 6), and for what.
WAITING_FLAGS = {
    "hot-swollen": "hot-knee",
    "recent-injury": "new-injury",
    "dvt": "clot",
    "recent-surgery": "surgery",
    "skin-infection": "skin-infection",
    "locked-knee": "locked",
    "fever": "fever",
    "cannot-stand": "no-weight",
}

# Flags with which everything waits until a clinician has said what the knee is like.
UNSEEN_FLAGS = {
    "effusion": "fluid",
    "gives-way": "gives-way",
    "gout-in-knee": "gout-unseen",
    "gout-in-record": "ask-first",
    "knee-replacement": "ask-first",
    "numbness": "ask-first",
    "open-skin": "ask-first",
    "visible-veins": "ask-first",
}

# D: step 1's heat, step 3's circles, step 4's thumb, and the finishing moves by their number in
# the sheet. No thumb where the sheet wants self-massage light or gentle only (RA, gout, bursitis,
# cause unknown). No circles where B1 keeps self-massage to the thigh (tears, tendon, bursa): they
# are one's own hands on the knee. A part with "?" is done only if a clinician agrees, as B1 has it
# for the massage that it is (heat BH, circles KF, thumb TP). A state not listed has no routine:
# flare, infection, fracture, not cleared.
ROUTINES = """
osteoarthritis       calm    | heat circles thumb? | 1 2 3
ligament-tear        cleared | heat? thumb?       | 2 1
meniscus-tear        cleared | heat? thumb?       | 2 1
tendonitis           settled | heat thumb?        | 1 2 3
bursitis             cleared |                    | 2
rheumatoid-arthritis calm    | heat? circles?     | 1 2
gout                 between | heat? circles?     | 1 2
knee-pain            unknown | heat? circles?     | 1 2 3
overuse              settled |                    | 2
osteoarthritis       -       | heat circles       | 1 2 3
tendonitis           -       | heat               | 1 2 3
rheumatoid-arthritis -       |                    | 1 2
knee-pain            -       |                    | 1 2 3
"""

# D and the heat box, each flag on calm osteoarthritis, which has all three parts without it (the
# thumb only if a clinician agrees). Thin skin (fragile-bones) and a new joint: heat only if agreed.
ROUTINE_FLAGS = """
                   heat circles thumb
anticoagulant    | Y    ?       N
numbness         | N    Y       N
poor-circulation | N    ?       N
pregnant         | Y    ?       N
open-skin        | N    N       ?
fragile-bones    | ?    ?       N
knee-replacement | ?    Y       N
recent-injection | N    N       ?
cancer           | N    ?       N
night-pain       | N    ?       N
clot-risk        | ?    ?       N
varicose-veins   | N    ?       N
visible-veins    | Y    Y       ?
cannot-say-stop  | N    ?       N
effusion         | N    N       ?
gives-way        | Y    Y       ?
gout-in-knee     | ?    ?       N
gout-in-record   | Y    Y       ?
"""

GROUPS = """
injury  unchecked | ligament-tear unchecked | meniscus-tear unchecked | fracture healing
injury  cleared   | ligament-tear cleared   | meniscus-tear cleared   | fracture cleared
overuse flare     | tendonitis flare        | bursitis unchecked
overuse settled   | tendonitis settled      | bursitis cleared
"""


State = tuple[str, str | None]
Ask = Callable[..., Advice]


def read(table: str) -> list[list[str]]:
    """The rows of a table, cell by cell; a line without a bar is its heading."""
    rows = [line.split("|") for line in table.splitlines() if "|" in line]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def situation(cell: str) -> State:
    cause, state = cell.split()
    return cause, None if state == "-" else state


def marks(cell: str) -> dict[str, str]:
    """The mark of each massage in a row of eight."""
    return dict(zip(MASSAGES, cell.split(), strict=True))


def places(ruling: Ruling) -> frozenset[str]:
    """Where a massage is offered; what is not offered has no place."""
    return ruling.on if ruling.verdict else frozenset()


STATES = {situation(row): marks(cells) for row, cells, *_ in read(MATRIX)}
WAITING = {situation(row): wait for row, _, *waits in read(MATRIX) for wait in waits}
OFFERING = [row for row in STATES if row not in WAITING]
FLAG_ROWS = read(FLAG_MATRIX)
FLAGS = sorted({flag for flag, *_ in FLAG_ROWS} | set(WAITING_FLAGS))
WITH_ROUTINE = {
    situation(row): ({part.rstrip("?"): VERDICTS["?" if part.endswith("?") else "Y"]
                      for part in parts.split()}, tuple(MOVES[n] for n in moves.split()))
    for row, parts, moves in read(ROUTINES)
}

every_state = pytest.mark.parametrize(("cause", "state"), STATES)
some_flags = st.sets(st.sampled_from(FLAGS))


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("knee")


@pytest.fixture(scope="session")
def ask(pack: Pack) -> Ask:
    return partial(decide, pack)


# The matrix


def test_the_pack_knows_no_cause_state_or_flag_beyond_these(pack):
    causes = pack.structure.causes.items()
    states = {(name, state) for name, cause in causes for state in (None, *cause.states)}
    assert states == set(STATES)
    assert set(pack.structure.flags) == set(FLAGS)


@pytest.mark.parametrize(
    ("cause", "state", "massage", "mark"),
    [(*row, code, mark) for row, cells in STATES.items() for code, mark in cells.items()],
)
def test_each_cell_is_as_the_sheet_has_it(ask, cause, state, massage, mark):
    assert ask(cause, state).rulings[MASSAGES[massage]].verdict is VERDICTS[mark]


@pytest.mark.parametrize(("row", "massage", "where", "conditions"), read(CELLS))
def test_what_is_offered_stays_where_and_how_the_sheet_says(ask, row, massage, where, conditions):
    ruling = ask(*situation(row)).rulings[MASSAGES[massage]]

    assert places(ruling) == set(where.split()) or (where == "." and places(ruling))
    assert set(conditions.split()) <= set(ruling.conditions)


@pytest.mark.parametrize(("row", "conditions"), read(NOT_ON))
def test_what_reaches_the_knee_keeps_off_what_must_not_be_pressed(ask, row, conditions):
    for massage, ruling in ask(*situation(row)).rulings.items():
        if "knee" in places(ruling):
            assert set(conditions.split()) <= set(ruling.conditions), massage


@pytest.mark.parametrize(("group", "kinds"), [(row[0], row[1:]) for row in read(GROUPS)])
def test_a_group_never_allows_what_one_of_its_kinds_forbids(ask, group, kinds):
    for kind, flags in product(kinds, flag_sets(1)):
        one, all_ = ask(*situation(kind), flags=flags), ask(*situation(group), flags=flags)
        assert not list(massage_gains(one, all_)), (kind, flags)
        assert not list(routine_gains(one.routine, all_.routine)), (kind, flags)


@pytest.mark.parametrize(("row", "wait"), WAITING.items())
def test_where_the_row_is_all_no_everything_waits(ask, row, wait):
    advice = ask(*row)

    assert wait in advice.waits
    assert advice.routine is None


@pytest.mark.parametrize(("cause", "state"), OFFERING)
def test_where_something_is_offered_nothing_waits(ask, cause, state):
    assert ask(cause, state).waits == ()


@every_state
def test_only_a_handout_without_a_state_is_screened(ask, cause, state):
    advice = ask(cause, state)

    assert (advice.state, advice.screened) == (state, state is None)


def test_a_rule_is_named_by_its_kind_and_what_it_is_of(ask):
    flagged = ask("osteoarthritis", None, flags=["anticoagulant"]).rulings["deep-tissue"]
    waiting = ask("fracture", "healing").rulings["deep-tissue"]

    assert "flag:anticoagulant" in map(str, flagged.reasons)
    assert [str(reason) for reason in waiting.reasons] == [
        "state:fracture.healing", "wait:broken-bone"]
    assert str(Reason("screened")) == "screened"


@pytest.mark.parametrize(("cause", "calm"), [row for row in OFFERING if row[1]])
def test_the_screened_variant_never_allows_more_than_the_calm_state(ask, cause, calm):
    for flags in flag_sets(1):
        assert not list(gains(ask(cause, calm, flags=flags), ask(cause, flags=flags))), flags


@pytest.mark.parametrize("cause", sorted({cause for cause, _ in STATES}))
def test_nothing_is_only_if_where_nobody_has_looked(ask, cause):
    for flags in flag_sets(1):
        rulings = ask(cause, flags=flags).rulings.values()
        assert Verdict.IF not in {ruling.verdict for ruling in rulings}, flags


# Flags


@pytest.mark.parametrize(("flag", "row", "cells", "carries"), FLAG_ROWS)
def test_a_flag_lowers_the_row_as_the_sheet_says(ask, flag, row, cells, carries):
    said = {MASSAGES[code]: VERDICTS[m] for code, m in marks(cells).items() if m != "."}
    rulings = ask(*situation(row), flags={flag}).rulings
    assert {massage: rulings[massage].verdict for massage in said} == said


@pytest.mark.parametrize(("flag", "row", "cells", "carries"), FLAG_ROWS)
def test_what_a_flag_leaves_carries_its_conditions(ask, flag, row, cells, carries):
    rulings = ask(*situation(row), flags={flag}).rulings
    offered = {code for code, massage in MASSAGES.items() if rulings[massage].verdict}
    for carried in carries.split():
        code, _, condition = carried.rpartition(":")
        for each in offered & {code} if code else offered:
            assert condition in rulings[MASSAGES[each]].conditions, each


@pytest.mark.parametrize(("flag", "row", "cells", "carries"), FLAG_ROWS)
def test_a_flag_that_lowers_a_cell_is_named_as_the_reason(ask, flag, row, cells, carries):
    before, after = ask(*situation(row)).rulings, ask(*situation(row), flags={flag}).rulings
    for massage in MASSAGES.values():
        if after[massage].verdict < before[massage].verdict:
            assert Reason("flag", flag) in after[massage].reasons, massage


@pytest.mark.parametrize(("flag", "wait"), WAITING_FLAGS.items())
@every_state
def test_everything_waits_whatever_the_row_says(ask, flag, wait, cause, state):
    advice = ask(cause, state, flags={flag})

    assert {ruling.verdict for ruling in advice.rulings.values()} == {Verdict.NO}
    assert advice.routine is None
    assert wait in advice.waits


@every_state
def test_a_replaced_knee_gets_no_firm_work_and_no_massager_on_it(ask, cause, state):
    rulings = ask(cause, state, flags={"knee-replacement"}).rulings
    for massage in ("massager", "deep-tissue", "cross-friction"):
        assert places(rulings[massage]) <= {"thigh", "calf"}, massage


@every_state
def test_a_knee_just_injected_is_left_alone(ask, cause, state):
    for massage, ruling in ask(cause, state, flags={"recent-injection"}).rulings.items():
        assert ruling.verdict < Verdict.YES, massage
        assert places(ruling) <= {"thigh", "calf"}, massage


# What holds on every handout


@every_state
def test_something_is_offered_or_everything_waits(ask, cause, state):
    for flags in flag_sets(1):
        advice = ask(cause, state, flags=flags)
        offered = [massage for massage, ruling in advice.rulings.items() if ruling.verdict]
        assert set(advice.rulings) == set(MASSAGES.values())
        assert bool(offered) is not bool(advice.waits), flags
        assert advice.routine is None or "self-massage" in offered, flags


@every_state
def test_only_a_plain_yes_needs_no_agreement_and_no_reason(ask, cause, state):
    for flags in flag_sets(1):
        for massage, ruling in ask(cause, state, flags=flags).rulings.items():
            plain = ruling.verdict is Verdict.YES
            assert not (plain and "agreed" in ruling.conditions), (massage, flags)
            assert ruling.verdict is not Verdict.IF or "agreed" in ruling.conditions, massage
            assert plain or ruling.reasons, (massage, flags)


@every_state
def test_a_massager_stays_on_the_muscle(ask, cause, state):
    assert places(ask(cause, state).rulings["massager"]) <= {"thigh", "calf"}


@pytest.mark.parametrize("massage", ["deep-tissue", "cross-friction"])
def test_firm_work_is_for_a_therapist_alone(pack, massage):
    assert pack.massage(massage).who == "therapist"
    assert "by-therapist" in pack.massage(massage).standing


# The routine


@pytest.mark.parametrize(("cause", "state"), WITH_ROUTINE)
def test_the_routine_has_the_parts_that_suit_the_cause(ask, cause, state):
    assert ask(cause, state).routine.parts == WITH_ROUTINE[cause, state][0]


@pytest.mark.parametrize(("cause", "state"), WITH_ROUTINE)
def test_the_routine_ends_with_the_moves_of_the_cause(ask, cause, state):
    assert ask(cause, state).routine.moves == WITH_ROUTINE[cause, state][1]


@pytest.mark.parametrize(("cause", "state"), [row for row in STATES if row not in WITH_ROUTINE])
def test_flare_infection_fracture_and_unchecked_injury_have_no_routine(ask, cause, state):
    assert ask(cause, state).routine is None


@pytest.mark.parametrize(("flag", "cells"), read(ROUTINE_FLAGS))
def test_a_flag_takes_parts_out_of_the_routine(ask, flag, cells):
    ruled = dict(zip(("heat", "circles", "thumb"), map(VERDICTS.get, cells.split()), strict=True))
    parts = ask("osteoarthritis", "calm", flags={flag}).routine.parts
    assert parts == {part: verdict for part, verdict in ruled.items() if verdict}


def test_each_flag_that_leaves_a_routine_is_in_the_table():
    listed = {flag for flag, _ in read(ROUTINE_FLAGS)}
    assert listed == set(FLAGS) - set(WAITING_FLAGS)


@every_state
def test_the_routine_of_a_knee_that_nobody_has_seen_needs_no_yes(ask, cause, state):
    for flags in flag_sets(1):
        routine = ask(cause, None, flags=flags).routine
        assert routine is None or {routine.verdict, *routine.parts.values()} == {Verdict.YES}, flags


@pytest.mark.parametrize(("cause", "state"), WITH_ROUTINE)
def test_a_part_has_the_lowest_verdict_of_its_state_and_its_flags(ask, cause, state):
    alone = ask(cause, state).routine.parts
    for flags in flag_sets(2):
        advice = ask(cause, state, flags=flags)
        if advice.routine and state:
            ones = [ask(cause, state, flags={flag}).routine for flag in flags]
            for part, verdict in alone.items():
                least = min([verdict, *(one.parts.get(part, Verdict.NO) for one in ones)])
                assert advice.routine.parts.get(part, Verdict.NO) <= least, (part, flags)


@pytest.mark.parametrize(("flag", "wait"), UNSEEN_FLAGS.items())
@every_state
def test_everything_waits_until_somebody_has_looked(ask, flag, wait, cause, state):
    advice = ask(cause, state, flags={flag})

    assert (wait in advice.waits) is (state is None)


@pytest.mark.parametrize("flag", FLAGS)
def test_no_tip_and_no_help_offers_what_a_flag_forbids(pack, ask, flag):
    forbidden = pack.structure.body.forbidden(pack.structure.flags[flag])
    offers = {name: set(data.offers) for name, data in (
        *pack.structure.tips.items(), *pack.structure.helps.items())}
    said = {(cause, state): ask(cause, state, flags={flag}) for cause, state in STATES}

    assert [(place, name) for place, advice in said.items()
            for name in (*advice.tips, *advice.helps) if offers[name] & forbidden] == []


@pytest.mark.parametrize(("cause", "state", "flag", "gone"), [
    ("bursitis", "cleared", "numbness", "cold-rest"),
    ("overuse", "settled", "poor-circulation", "cold-rest"),
    ("rheumatoid-arthritis", "calm", "pregnant", "keep-medicine"),
])
def test_a_help_goes_with_the_flag_that_forbids_it(ask, cause, state, flag, gone):
    assert gone in ask(cause, state).helps
    assert gone not in ask(cause, state, flags={flag}).helps


# A flag never allows more


def gains(before: Advice, after: Advice) -> Iterator[str]:
    """What `after`, with more reasons for caution, allows beyond `before`."""
    yield from massage_gains(before, after)
    yield from routine_gains(before.routine, after.routine)
    if not set(before.waits) <= set(after.waits):
        yield "something waits no longer"
    gained = {*after.tips, *after.helps} - {*before.tips, *before.helps}
    if gained and not after.waits:
        yield f"tips {sorted(gained)}"


def massage_gains(before: Advice, after: Advice) -> Iterator[str]:
    for massage, now in after.rulings.items():
        was = before.rulings[massage]
        if now.verdict > was.verdict:
            yield f"{massage} rose from {was.verdict.name} to {now.verdict.name}"
        if not now.on <= was.on:
            yield f"{massage} came to {sorted(now.on - was.on)}"
        if now.verdict and not set(was.conditions) <= set(now.conditions):
            yield f"{massage} lost {sorted(set(was.conditions) - set(now.conditions))}"


def routine_gains(before: RoutineAdvice | None, after: RoutineAdvice | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        yield "a routine"
    elif after.verdict > before.verdict or not set(after.moves) <= set(before.moves) or any(
            verdict > before.parts.get(part, Verdict.NO) for part, verdict in after.parts.items()):
        yield f"routine {after.verdict} {after.parts} {after.moves}"


def flag_sets(largest: int) -> Iterator[frozenset[str]]:
    for size in range(largest + 1):
        yield from map(frozenset, combinations(FLAGS, size))


@every_state
def test_adding_a_flag_to_any_other_never_allows_more(ask, cause, state):
    advice = {flags: ask(cause, state, flags=flags) for flags in flag_sets(2)}
    for flags in flag_sets(1):
        for flag in set(FLAGS) - flags:
            gained = list(gains(advice[flags], advice[flags | {flag}]))
            assert not gained, f"{flag} beside {sorted(flags)}: {gained}"


@given(st.sampled_from(list(STATES)), some_flags, some_flags)
@settings(max_examples=400, deadline=None)
def test_more_flags_of_any_number_never_allow_more(ask, row, flags, more):
    assert not list(gains(ask(*row, flags=flags), ask(*row, flags=flags | more)))


# Whom and what the rules refuse


@pytest.mark.parametrize("age", [0, 9, 17])
def test_a_child_gets_no_handout(ask, age):
    with pytest.raises(InputError):
        ask("osteoarthritis", "calm", age=age)


@pytest.mark.parametrize("age", [18, 65, 101, None])
def test_an_adults_age_changes_nothing(ask, age):
    assert ask("osteoarthritis", "calm", age=age) == ask("osteoarthritis", "calm")


@pytest.mark.parametrize(
    ("cause", "state", "flag", "near"),
    [
        ("osteoarthitis", "calm", None, "osteoarthritis"),
        ("gout", "betwen", None, "between"),
        ("gout", "calm", None, "between"),
        ("osteoarthritis", "calm", "anticoagulent", "anticoagulant"),
    ],
)
def test_an_unknown_word_is_refused_with_the_nearest_known_ones(ask, cause, state, flag, near):
    with pytest.raises(UsageError, match=rf"\b{near}\b"):
        ask(cause, state, flags={flag} - {None})
