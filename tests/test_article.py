"""The statements of fact of the article that the product is about, line by line: the full edition
prints each that is true, or that can be put right; the five that are false stay out.

A row: the article's line, what it says in words of our own, and what is printed for it, on the full
edition of a calm knee with osteoarthritis unless another one is named. Which are true is for the
clinical fact sheet to say (A1 to A8).
"""

from functools import lru_cache

import pytest
from helpers import TODAY, document_text

from handouts.brand.brand import read_brand
from handouts.compose.compose import compose
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.request.request import Request
from handouts.rules.choices import choose

FALSE = ""
OA = ("osteoarthritis", "calm")
INJURY, TENDON, BURSA, RHEUMATOID, GOUT, INFECTION = (
    (cause, None) for cause in ("injury", "tendonitis", "bursitis", "rheumatoid-arthritis", "gout",
                                "infection"))
SETTLED = ("tendonitis", "settled")

STATEMENTS = [
    (5, "massage therapy may help knee pain", "It may, for some people, for a while."),
    (7, "knee pain is common", "Knee pain is common."),
    (7, "at all ages", "It comes at any age, more often as we age"),
    (7, "from injury, overuse, osteoarthritis", "arthritis, an injury, overuse, or an illness"),
    (15, "a quarter of adults, says the CDC: put right",
     "In a 2010 survey, about 1 in 5 US adults had it in "
     "the past month."),
    (16, "and from other conditions", "or an illness"),
    (17, "massage is not invasive", "It needs no needles or surgery."),
    (17, "it works by better circulation", FALSE),
    (17, "by less inflammation: put right", "Do not press a hot or swollen spot."),
    (17, "by relaxing muscles", "Muscles may feel loose"),
    (18, "by oneself, by a therapist, by a machine", "Heated massager"),
    (19, "self-massage costs little", "It is free."),
    (19, "it is done at home", "You, at home"),
    (19, "it needs little", "You need a towel, plain oil, and a clock."),
    (20, "a therapist's is more to the point: put right", "They adapt it to you."),
    (20, "they are trained", "A trained therapist"),
    (21, "exercise helps", "Exercise comes first"),
    (21, "so does a healthy weight",
     "If you carry extra weight, even a small loss takes load off."),
    (21, "and food", "It may help joint pain a little."),
    (29, "it rests on research and shared knowledge", "based on research and shared knowledge."),
    (29, "it replaces no medical advice", "It does not replace medical advice."),
    (29, "ask a professional", "Always ask a health professional first"),
    (35, "the cause decides what helps", "Tell the therapist what is wrong with your knee."),
    (39, "osteoarthritis wears cartilage: put right",
     "The smooth cover on the bones gets thin."),
    (39, "of joints that bear weight", "in some joint, such as the knee"),
    (39, "with pain and stiffness", "Your knee may hurt, feel stiff, or swell a little."),
    (39, "it is the most common", "the most common kind of arthritis"),
    (39, "27 million Americans: put right", "More than 32 million US adults have osteoarthritis"),
    (40, "injuries come of sports, falls, accidents", "A twist, a fall, or a blow", INJURY),
    (40, "bands and cushions tear, bones break", "may tear a band (ligament) or the cushion "
     "(meniscus). It may break a bone.", INJURY),
    (41, "overuse strains", "Too much jumping, running, or kneeling can make it sore.", TENDON),
    (41, "and makes bursitis", "Lots of kneeling, a knock, or germs can make it swell.", BURSA),
    (42, "rheumatoid arthritis", "the body attacks its own joints by mistake", RHEUMATOID),
    (42, "gout", "Gout happens when tiny crystals form in a joint.", GOUT),
    (42, "infection", "Germs can get into the knee joint.", INFECTION),
    (44, "the cause first", "Your clinician looks for the cause."),
    (46, "then choose", "Your massage choices"),
    (52, "a tool of great power", FALSE),
    (56, "circulation makes tissue mend", FALSE),
    (57, "tight muscles relax", "Muscles may feel loose"),
    (57, "less pain, moving is easier", "a little less pain and stiffness than with usual care"),
    (58, "it relaxes, less stress", "many people relax"),
    (59, "the joint bends further: put right", "In 2 studies the knee did not bend further"),
    (63, "there are studies, of osteoarthritis", "In 3 studies of knee osteoarthritis"),
    (63, "pain, stiffness and function got better", "People had a little less pain and stiffness"),
    (63, "with an hour a week for 8 weeks: put right",
     "One hour once a week worked about as well as "
     "more often"),
    (65, "self-massage helped in another", "learned to massage the thigh"),
    (67, "20 minutes, twice a week", "20 minutes, twice a week"),
    (69, "it is no cure for all", "It does not fix the cause."),
    (71, "best inside a plan: put right", "Use it with exercise and your other care."),
    (80, "one controls the pressure", "You control how hard."),
    (80, "and works on what hurts: put right", "Press up to 4 tight spots"),
    (80, "at home, at low cost", "It is free."),
    (84, "a therapist is trained", "A trained therapist"),
    (84, "and eases pain", "a therapist gave whole-body massage"),
    (88, "massagers are used at home", "Heated massager"),
    (88, "in the hand", "in your hand or in a chair"),
    (88, "or in a chair", "in your hand or in a chair"),
    (90, "some warm", "It warms and shakes the muscle."),
    (94, "cross-friction: what it is", "is firm rubbing across a tendon", SETTLED),
    (94, "it breaks scars down: put right", "They do not show that it helps", SETTLED),
    (96, "effects differ", "Results are different for each person."),
    (106, "warm up for 10 minutes", "10 minutes"),
    (107, "take oil or lotion", "Rub it in your hands."),
    (107, "so that hands slide", "Your hands glide."),
    (107, "or a pain cream: put right", "Do not use a pain cream and heat together."),
    (108, "rub around the knee: put right",
     "Rub your thigh, and the soft parts beside the top of the "
     "kneecap."),
    (108, "long strokes", "Long strokes"),
    (108, "circles", "Make small circles"),
    (108, "gently", "2 minutes, light"),
    (108, "not on the kneecap", "Do not press on the kneecap or behind the knee."),
    (109, "longer where it hurts, with the thumb: put right", "with your thumb, a hand above the "
     "kneecap"),
    (110, "end with stretches", "Back of thigh"),
    (110, "they make it bend further: put right", "You feel a mild pull behind."),
    (112, "stop if it hurts", "Above 3: stop that step."),
    (104, "any time, anywhere", FALSE),
    (118, "it can be worth its price", "decide with us if it is worth it"),
    (120, "it is made to measure", "They adapt it to you."),
    (126, "a therapist asks about you", "Tell them your medicines, and any blood clot or surgery."),
    (126, "and plans with you", "They plan the visit with you."),
    (130, "with several techniques", "They use long strokes, kneading, and light circles."),
    (130, "that make tissue mend", FALSE),
    (134, "go regularly: put right", "1 hour, once a week, for up to 8 weeks"),
    (134, "they change the plan", "so that they can change the plan"),
    (138, "a visit relaxes", "Many people find it relaxing."),
    (138, "which helps where stress adds to pain",
     "That may help if stress makes your pain worse."),
    (140, "it is part of a plan", "Use it with exercise and your other care."),
    (146, "do other things, too", "6 more things you can do"),
    (150, "exercise strengthens", "Moving makes your thigh strong"),
    (150, "swim, cycle, walk", "Walk, cycle, or swim"),
    (150, "ask first", "Ask us first if you have a new injury, or heart or balance problems"),
    (154, "extra weight loads the knee", "takes about 4 pounds off your knee at each step"),
    (154, "food and exercise help", "Eating well and moving both help."),
    (158, "plants, whole grains, lean protein, good fats",
     "Eat mostly plants: vegetables, fruit, and "
     "whole grains."),
    (160, "less processed, sweet, fat food: put right",
     "Have fewer sugary drinks, fried foods, and "
     "packaged snacks."),
    (164, "avoid strain: put right", "Change what you do, and build up again."),
    (164, "good shoes", "Wear shoes with soles that cushion."),
    (164, "breaks from sitting", "Move every 30 to 60 minutes."),
    (166, "the whole person", "Look after the whole you"),
    (166, "ask a professional", "to find the cause and plan your care"),
    (179, "you are not alone, there are ways",
     "You are not alone, and there are ways to feel better."),
    (184, "can it help?", "Can it help my knee?"),
    (188, "what are its benefits?", "What can massage do?"),
    (192, "a check first?", "Do I need a check first?"),
    (196, "why do knees hurt?", "Why do knees hurt?"),
    (200, "which techniques?", "What do therapists do?"),
    (204, "does it help osteoarthritis?", "Does it help arthritis?"),
    (208, "can it hurt?", "Can it make me sore?"),
    (212, "can it ease pain?", "Can it ease my pain?"),
    (216, "which parts?", "Where can I massage?"),
    (220, "what is a trigger point?", "What is a trigger point?"),
]
CLAIMED = ("circulation", "blood flow to", "inflammation", "powerful", "anytime", "anywhere",
           "promote", "healing", "posture", "wear and tear")


@lru_cache
def said(cause, state):
    """All that the full edition says, blanks as blanks."""
    knee = load_pack()
    choices = choose(Request(cause, state, side="left", edition="full"), knee, today=TODAY)
    made = compose(choices, knee, read_brand(default_brand_path()), today=TODAY)
    return " ".join(document_text(made).replace("\u00a0", " ").split())


def test_there_is_a_row_for_each_statement_and_five_are_false():
    false = [row for row in STATEMENTS if row[2] == FALSE]

    assert (len(STATEMENTS) - len(false), len(false)) == (106, 5)


@pytest.mark.parametrize("row", [row for row in STATEMENTS if row[2] != FALSE],
                         ids=lambda row: f"{row[0]} {row[1]}")
def test_the_full_edition_prints_it(row):
    _, _, printed, *where = row

    assert printed in said(*(where[0] if where else OA))


@pytest.mark.parametrize("claim", CLAIMED)
def test_what_is_false_stays_out(claim):
    assert claim not in said(*OA).casefold()
