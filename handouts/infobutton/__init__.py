"""An EHR's question → the handouts that fit, as HL7's Infobutton standard has it.

Questions follow the URL-based implementation guide; an answer is an Atom feed, or the JSON of
MedlinePlus Connect. Nothing that may be about a patient is echoed, kept or told. Nobody has
examined whom a code is about, so an answer names the screened handout or none.
"""

from handouts.infobutton.answers import Answer, answer, pairs_of
from handouts.infobutton.question import Accepted

__all__ = ["Accepted", "Answer", "answer", "pairs_of"]
