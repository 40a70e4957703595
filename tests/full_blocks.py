"""Blocks of page 2 and of the full edition by hand, with their roles and words; see test_blocks."""

from handouts import document as doc


def runs(text):
    return (doc.Run(text),)


KNEE = doc.Figure("walk", "A walk")
MASSAGE = doc.Massage("Self-massage", "You", KNEE, (doc.Fact("When", runs("20 minutes")),),
                      (runs("Keep off the kneecap."),))
BLOCKS = [
    (MASSAGE,
     "Sect H2 P L LI P Figure",
     "Self-massage You When: 20 minutes Keep off the kneecap."),
    (doc.MassageCards((MASSAGE, MASSAGE),
                      (doc.Research("Studies", (("It helps.", runs("A bit.")),)),)),
     "Sect H2 P P P Figure Sect H2 P P P Figure Sect H2 P",
     "Self-massage You When: 20 minutes Keep off the kneecap. Self-massage You When: 20 minutes "
     "Keep off the kneecap. Studies It helps. A bit."),
    (doc.Tips((doc.Tip("walk", "Walk", "A little."), doc.Tip("food", "Eat", "Well.")), "Tonight"),
     "Sect H2 L LI LI",
     "Tonight Walk. A little. Eat. Well."),
    (doc.Line("My plan:", "pen"), "P", "My plan:"),
    (doc.Ticks((runs("Are you trained?"), runs("What does it cost?"))),
     "L LI LI",
     "Are you trained? What does it cost?"),
    (doc.Part("Before", (doc.Bullets((runs("Say it."),)),)), "Sect H2 L LI", "Before Say it."),
    (doc.Title("Food", "Knee"), "H1 P", "Food Knee"),
    (doc.Trade("1", "pound lost", "takes", "4", "pounds off"),
     "P",
     "1 pound lost takes 4 pounds off"),
    (doc.Exercises((
        doc.Exercise("Stand", (KNEE, KNEE), ("Start", "End"), runs("Stand up."), "It works.",
                     "Hold on.", "Stop.", "How many:"),
        doc.Exercise("Walk", (KNEE,), (), runs("Go.")))),
     "Sect H2 P P P P P P Figure P Figure Sect H2 P Figure",
     "Stand Stand up. It works. Hold on. Stop. How many: Start End Walk Go."),
    (doc.Questions("", (("How long?", runs("Some weeks.")), ("Where?", runs("Here.")))),
     "Sect H2 P Sect H2 P",
     "How long? Some weeks. Where? Here."),
    (doc.Research("", (("It helps.", runs("A bit [1].")), ("Not for long.", runs("No.")))),
     "P P",
     "It helps. A bit [1]. Not for long. No."),
    (doc.Sources("Sources", (doc.Cited("Who. 2020.", "What.", "a.example", "https://a.example"),),
                 ("Checked today: 1.",)),
     "H1 P Note Lbl P Link",
     "Sources Checked today: 1. 1 Who. 2020. What. a.example"),
    (doc.Made("How", runs("By hand.")), "P", "How. By hand."),
]
IN_LARGE = {doc.Massage: "Sect H2 P Figure L LI P",
            doc.MassageCards: "Sect H2 P Figure L LI P Sect H2 P Figure L LI P Sect H2 P"}
