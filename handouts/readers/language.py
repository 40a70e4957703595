"""The language that a record or a patient names → the pack's own."""

from handouts.catalogue import Catalogue


def language_of(tag: str, catalogue: Catalogue) -> str:
    """The pack's language for a tag such as `es-MX`: itself, else its first part, else none."""
    plain = tag.strip().casefold().replace("_", "-")
    known = {language.casefold(): language for language in catalogue.languages}
    return known.get(plain) or known.get(plain.partition("-")[0], "")
