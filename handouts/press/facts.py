"""What to tell of a handout without a word of the patient: what was chosen, its doses and words."""

from typing import cast

from handouts.brand.reviews import Reviews
from handouts.compose.identity import words_of
from handouts.document import Document
from handouts.pdf.file.facts import HandoutFacts, ReviewFacts
from handouts.rules.choices import Choices, dose_of, is_guided


def facts_of(choices: Choices, document: Document, reviews: Reviews) -> HandoutFacts:
    """What was chosen, what it says and how its content stands, in JSON's types."""
    pack, language = reviews.pack, choices.language
    doses = {name: dose_of(name, choices, pack) for name in choices.massages
             if not is_guided(name, choices, pack)}
    advice = choices.advice
    return {
        "pack": pack.info.id,
        "cause": advice.cause, "state": advice.state,
        "screened": advice.screened, "flags": list(advice.flags),
        "massages": list(choices.massages), "routine": advice.routine is not None,
        "waits": list(advice.waits), "tips": list(choices.tips),
        "side": choices.request.side or None, "language": language,
        "format": choices.request.format or None, "edition": choices.edition, "id": document.id,
        "content_version": pack.info.version, "content": reviews.digest(language),
        "review": cast(ReviewFacts, reviews.facts(language, advice.cause)),
        "doses": {name: {"minutes": list(minutes), "times": times}
                  for name, (minutes, times) in doses.items()},
        "words": words_of(document),
    }
