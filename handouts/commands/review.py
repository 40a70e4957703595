"""handouts review: sheets for reviewers, signatures, what changed, what is due, hazards."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from handouts.brand.brand import find_brand
from handouts.brand.reviews import Reviews
from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, reporting, say
from handouts.document import Document
from handouts.errors import ExitCode, UsageError
from handouts.pack.claims import Claims
from handouts.pack.content import content
from handouts.pack.pack import load_pack
from handouts.pack.signatures import Signature
from handouts.paths import brand_path, default_brand_path, shown
from handouts.request.days import today
from handouts.request.request import Request
from handouts.review import hazards, sheets, signing
from handouts.review.signing import Difference, differences
from handouts.system import outputs
from handouts.system.files import pdfs_in, write_whole

_SHEET = outputs.HANDOUT
_language = click.option("--lang", "language", default="", metavar="LANG",
                         type=options.PackId("languages"),
                         help="Default: the pack's first language.")


@click.group("review", cls=misuse.Group)
def command() -> None:
    """What a reviewer reads and signs, what changed since, and what is due.

    \b
    handouts review sheet -o to-review --lang es
    handouts review sign --lang es --name "Dr. Ana Ruiz" --role "Family doctor" \\
      --registration "GMC 1234567" --until 2028-11-30
    handouts review status
    """


@command.command("sheet")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), metavar="DIR",
              required=True, help="The folder for review-LANG.pdf and .csv.")
@_language
@click.option("--cause", "causes", multiple=True, metavar="CAUSE",
              help="What its handouts say alone (repeat); default: all.")
@options.force
@options.pack
@options.brand
@options.templates
def review_sheet(folder: Path, language: str, causes: tuple[str, ...], **given: Any) -> None:
    """Make a sheet to sign: the rules on a page, each statement beside what backs it, pictures.

    \b
    handouts review sheet -o to-review --lang es --cause gout
    """
    reviews = _reviews(given)
    made = sheets.sheet(reviews, _known(reviews, language), _causes(reviews, causes))
    pdf, table = (folder / f"review-{made.language}{ending}" for ending in (".pdf", ".csv"))
    outputs.keep_strangers([pdf], _SHEET, force=given["force"])
    outputs.keep_strangers([table], outputs.REVIEW, force=given["force"])
    pdfs_in(folder)  # makes it
    write_whole(pdf, _printed(sheets.as_document(made), reviews), private=False)
    write_whole(table, sheets.as_csv(made), private=False)
    with reporting("The files are"):
        print_line(f"{shown(pdf)}\n{shown(table)}")


@command.command("diff")
@_language
@click.option("--since", "digest", default="", metavar="LETTERS",
              help="The content that was signed, such as KTRM-PWZB; default: the last one.")
@click.option("-o", "--output", "file", type=options.NamedFile("-o"), metavar="FILE",
              help="A PDF to sign, old beside new, too.")
@options.force
@options.pack
@options.brand
@options.templates
@options.as_json()
def review_diff(language: str, digest: str, file: Path | None, as_json: bool,
                **given: Any) -> None:
    """Tell what changed since a signature, old beside new, and nothing else.

    \b
    handouts review diff --lang es
    """
    reviews = _reviews(given)
    language = _known(reviews, language)
    since = digest.strip().upper() or _last(reviews, language)
    found = differences(signing.signed_content(_folders(reviews, given["brand"]), since),
                        content(reviews.pack, language, reviews.templates))
    if file is not None:
        outputs.keep_strangers([file], _SHEET, force=given["force"])
        title = f"Changed since {since}: {language}"
        write_whole(file, _printed(sheets.changes(reviews, title, found), reviews), private=False)
        say(shown(file))
    for one in found:
        _tell(one, as_json=as_json)


@command.command("sign")
@_language
@click.option("--name", required=True, metavar="NAME", help="Who reviewed it.")
@click.option("--role", required=True, metavar="TEXT",
              help="As what, of the pack's list, such as 'Family doctor'; before the title of "
                   "another country write 'registered as'.")
@click.option("--registration", required=True, metavar="TEXT",
              help="Where they are registered, such as 'GMC 1234567'.")
@click.option("--cause", "causes", multiple=True, metavar="CAUSE",
              help="What was reviewed (repeat); default: all.")
@click.option("--until", type=options.IsoDate(), required=True,
              help="The last day that it holds for, three years at most.")
@click.option("--on", type=options.IsoDate(), help="The day of the review; default: today.")
@click.option("--interests", default="none", metavar="TEXT", help="Conflicts of interest.")
@click.option("--for", "whose", type=click.Choice(("practice", "pack"), case_sensitive=False),
              default="practice",
              show_default=True, help="Whose review.toml it is added to.")
@options.pack
@options.brand
@options.templates
def review_sign(language: str, whose: str, **given: Any) -> None:
    """Record that somebody reviewed the content as it is now, in review.toml beside the brand file.

    \b
    handouts review sign --name "Dr. Ana Ruiz" --role "Family doctor" \\
      --registration "GMC 1234567" --until 2028-11-30

    It holds for this content and no other: words, rules, codes, drawings and templates.
    """
    reviews = _reviews(given)
    language = _known(reviews, language)
    signature = Signature(
        language=language, digest=reviews.digest(language),
        version=reviews.pack.info.version, on=given["on"] or reviews.day,
        **{name: given[name] for name in (
            "name", "role", "registration", "until", "causes", "interests")})
    signing.refuse(signature, reviews.pack, reviews.day)
    folder = reviews.pack.folder if whose == "pack" else _practice(given["brand"])
    file = signing.sign(folder, signature,
                        content(reviews.pack, language, reviews.templates))
    with reporting("The signature is"):
        print_line(shown(file))


@command.command("status")
@click.option("--within", type=click.IntRange(0), default=60, show_default=True, metavar="DAYS",
              help="What expires in so many days is due.")
@options.pack
@options.brand
@options.templates
@options.as_json()
def review_status(within: int, as_json: bool, **given: Any) -> None:
    """Tell how each language and cause stands: signed, changed, or when it expires.

    \b
    handouts review status --within 180

    What no claim backs is told, too. Ends with 1 if anything is due.
    """
    reviews, is_due = _reviews(given), False
    for line in signing.lines(reviews):
        is_due |= line.is_due(within)
        if as_json:
            print_json({**line._asdict(), "by": list(line.by), "due": line.is_due(within),
                        "on": line.on and line.on.isoformat(),
                        "until": line.until and line.until.isoformat()})
        else:
            print_line(_row(line, due=line.is_due(within)))
    for warning in _warnings(reviews):
        is_due = True
        say(f"handouts: {warning}")
    raise click.exceptions.Exit(ExitCode.FINDINGS if is_due else ExitCode.DONE)


@command.command("hazards")
@options.pack
@options.as_json()
def review_hazards(pack: Path | None, as_json: bool) -> None:
    """Write the hazard log in the shape of DCB0129: as CSV, a line for each hazard.

    \b
    handouts review hazards > hazards.csv
    """
    found = hazards.read_hazards(load_pack(folder=pack).folder)
    if as_json:
        for hazard in found:
            print_json(hazards.facts(hazard))
    else:
        print_line(hazards.as_csv(found).rstrip("\n"))


def _reviews(given: dict[str, Any]) -> Reviews:
    return Reviews(load_pack(folder=given["pack"]), find_brand(given["brand"]), today(),
                   given["templates"])


def _known(reviews: Reviews, language: str) -> str:
    """A language of the pack: the one asked for, or the first."""
    chosen = language or reviews.pack.languages[0]
    reviews.pack.words_in(chosen)
    return chosen


def _causes(reviews: Reviews, causes: Sequence[str]) -> Sequence[str]:
    for cause in causes:
        reviews.pack.cause(cause)
    return causes


def _printed(document: Document, reviews: Reviews) -> bytes:
    from handouts.press.press import look_of
    from handouts.press.unaddressed import sheet

    return sheet(document, reviews.brand, look_of(Request(""), reviews.brand), reviews.day).pdf


def _practice(option: Path | None) -> Path:
    """The folder of the practice's own brand."""
    brand = brand_path(option)
    if brand.resolve() == default_brand_path().resolve():
        raise UsageError("the built-in brand is nobody's practice", where="--brand",
                         cure="Start one with 'handouts brand new DIR', or give --for pack.")
    return brand if brand.is_dir() else brand.parent


def _folders(reviews: Reviews, option: Path | None) -> list[Path]:
    brand = brand_path(option)
    return [brand if brand.is_dir() else brand.parent, reviews.pack.folder]


def _last(reviews: Reviews, language: str) -> str:
    """The content of the last signature in a language."""
    given = [one for one in (*reviews.pack.structure.review.signatures,
                             *reviews.brand.signatures) if one.language == language]
    if not given:
        raise UsageError("nobody has signed this language", where="--lang",
                         cure="'handouts review sheet' makes what a reviewer reads.")
    return max(given, key=lambda one: one.on).digest


def _tell(one: Difference, *, as_json: bool) -> None:
    if as_json:
        print_json(one._asdict())
    else:
        print_line(f"{one.name}\n  - {one.old or '(was not there)'}\n"
                   f"  + {one.new or '(is there no more)'}")


def _row(line: signing.CauseStanding, *, due: bool) -> str:
    ends = f"{line.days} days left" if line.days is not None else ""
    by = f"{', '.join(line.by)}, {line.on or date.min}" if line.by else ""
    return "\t".join((line.language, line.cause, line.content, options.SAID[line.state], by, ends,
                      "due" if due else "")).rstrip("\t")


def _warnings(reviews: Reviews) -> list[str]:
    """What else is due."""
    claims = Claims(reviews.pack)
    old = [options.OLD_REVIEW] if reviews.brand.review.by else []
    return [*old, *signing.ahead_of_their_day(reviews),
            *(f"no claim backs {name}" for name in claims.unbacked()),
            *(f"claims.toml names {name}, which is no statement" for name in claims.idle())]
