"""What a document says of its review: in the fine print, and on page 1 where there is none."""

from handouts import document as doc
from handouts.brand.reviews import Reviews
from handouts.pack.dates import date_words, unbroken
from handouts.pack.signatures import Standing


def review_state(reviews: Reviews, language: str, cause: str = "") -> doc.Runs:
    """The content's version and letters; how it stands, and whether it is too old."""
    words, info = reviews.pack.words_in(language), reviews.pack.info
    version = words.safety.review.version.replace("{VERSION}", info.version).replace(
        "{DIGEST}", reviews.digest(language)).replace(
        "{DATE}", unbroken(info.date, date_words(words)))
    found = reviews.standing(language, cause)
    past = [words.safety.review.past] if reviews.is_past or found.state == "expired" else []
    return (doc.Run(f"{version} "),
            doc.Run(" ".join([*_sentences(reviews, language, found), *past]), strong=True))


def notice(reviews: Reviews, language: str, cause: str) -> doc.Runs:
    """The line of page 1, where nobody's signature holds for what it says."""
    said = reviews.pack.words_in(language).safety.review
    found = reviews.standing(language, cause)
    line = {"signed": said.overdue if reviews.is_past else "", "expired": said.overdue,
            "draft": said.draft}.get(found.state)
    if line is None:
        [line] = _sentences(reviews, language, found)
    return (doc.Run(line, strong=True),) if line else ()


def _sentences(reviews: Reviews, language: str, found: Standing) -> list[str]:
    """Who reviewed it and when, or why it stands as if nobody had."""
    words = reviews.pack.words_in(language)
    said, dates = words.safety.review, date_words(words)
    match found.state:
        case "signed" | "expired":
            return [said.by.replace("{NAME}", name).replace("{DATE}", unbroken(day, dates))
                    for name, day in found.by]
        case "changed":
            return [said.changed.replace("{DATE}", unbroken(day, dates)) for _, day in found.by]
        case "own":
            return [said.own]
        case _:
            return [said.none]
