"""Every text that a handout can print, once each, for whoever reads them all:

    python tests/sentences.py es > sentences.txt

Every cause, state and single flag, in every edition, for a left knee and for both, with all
massages, tips, questions and terms that the rules leave; then the posters, and what the web page
and the e-mail say in other words. Before each text stands where it is first printed.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from handouts.brand.brand import read_brand
from handouts.compose.compose import compose
from handouts.compose.posters import poster
from handouts.document import Run
from handouts.pack.pack import Pack, load_pack
from handouts.paths import default_brand_path
from handouts.request.request import Patient, Request
from handouts.rules.choices import QUESTIONS_MOST, TERMS_MOST, TIPS_SHOWN, choose
from handouts.rules.safety import decide

TODAY = date(2026, 11, 25)
NOT_READ = {"badge", "icon", "kind", "anchor", "id", "name_of", "picture", "pictures", "target"}
EDITIONS = ("standard", "full", "sheet")


def lots(names: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """Names in lots of so many, at least one lot."""
    return [names[at:at + most] for at in range(0, len(names), most)] or [()]


def requests(pack: Pack, language: str) -> Iterator[tuple[str, Request]]:
    """Every cause, state and single flag, with all that may be asked for; and where that is."""
    for cause, data in pack.structure.causes.items():
        for state in (None, *data.states):
            cleared = state is not None and data.states[state].cleared
            patient = Patient(cleared_on=date(2026, 11, 20)) if cleared else Patient()
            for flag in ((), *((name,) for name in pack.structure.flags)):
                advice = decide(pack, cause, state, flags=flag)
                massages = tuple(name for name, one in advice.rulings.items() if one.allowed)
                asked = {"state": state, "flags": flag, "patient": patient, "language": language}
                where = " ".join((cause, state or "-", *flag))
                for edition in EDITIONS:
                    yield where, Request(cause, side="left", edition=edition, **asked)
                yield where, Request(cause, side="both", massages=massages, **asked)
                for tips in lots(advice.tips, TIPS_SHOWN):
                    yield where, Request(cause, tips=tips, **asked)
                for questions in lots(advice.care.questions, QUESTIONS_MOST):
                    yield where, Request(cause, questions=questions, **asked)
    words = pack.words_in(language)
    for terms in lots(tuple(words.glossary), TERMS_MOST):
        yield "terms", Request("gout", terms=terms, language=language)


def printed(node: object) -> Iterator[str]:
    """The texts of a document, runs in one row as one text."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        if node and all(isinstance(item, Run) for item in node):
            yield "".join(item.text for item in node)
        else:
            for item in node:
                yield from printed(item)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            if name not in NOT_READ:
                yield from printed(getattr(node, name))


def every_text(language: str) -> dict[str, str]:
    """Each text, white space run together, and where it is first printed."""
    pack, brand = load_pack("knee"), read_brand(default_brand_path())
    found: dict[str, str] = {}

    def note(texts: Iterator[str], where: str) -> None:
        for text in texts:
            said = " ".join(re.sub(r"Sheet.[\w-]+|Hoja.[\w-]+", "", text).split())
            if any(letter.isalpha() for letter in said):
                found.setdefault(said, where)

    for where, request in requests(pack, language):
        made = compose(choose(request, pack, today=TODAY), pack, brand, today=TODAY)
        note(printed(made), where)
    for cause in pack.structure.causes:
        for side in ("", "both"):
            wall = poster(Request(cause, side=side, language=language), pack, brand, today=TODAY)
            if wall:
                note(printed(wall.document), f"poster {cause}")
    return found


if __name__ == "__main__":
    for text, where in every_text(sys.argv[1] if sys.argv[1:] else "en").items():
        sys.stdout.write(f"{where:44.44} {text}\n")
