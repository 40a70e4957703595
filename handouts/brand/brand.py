"""brand.toml → the practice on a handout: name, logo, colours, contacts, paper, its own review."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields

from handouts import lettering
from handouts.brand.colours import BrandColours, complete_colours, contrast
from handouts.brand.logo import Logo, read_logo
from handouts.errors import InputError, OutputError, PackError, reason
from handouts.pack.reading import toml_fault
from handouts.pack.signatures import FILE, Signature, read_signatures
from handouts.paths import brand_path, default_brand_path, shown
from handouts.request.look import USUAL, Edition, Paper, Skin
from handouts.system.files import write_whole
from handouts.system.fingerprint import LARGEST

if TYPE_CHECKING:
    from handouts.system.store import Store

__all__ = ["Brand", "BrandColours", "Logo", "PracticeReview", "brand_path", "contrast",
           "default_brand_path", "find_brand", "new_brand", "read_brand"]

_PRINTED = ("name", "address", "hours", "by")  # texts in any letters that stand on the page
_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"  # no line breaks, no control characters
_PHONE = r"^[+(0-9][0-9 ()./-]*[0-9]( ?(ext\.?|x) ?[0-9]{1,6})?$"
_HOST = r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
_WEB = rf"^(https://)?{_HOST}(/[A-Za-z0-9_.~/-]*)?$"
_EMAIL = rf"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@{_HOST}$"


def _text(limit: int, pattern: str = _LINE, words: str = "one line of text") -> Meta:
    return Meta(max_length=limit, pattern=pattern,
                description=f"{words}, in quotes, of at most {limit} characters")


class PracticeReview(Struct, frozen=True):
    """Who of the practice reviewed which version of the content, when, and in which languages: as
    brand files said it before there were signatures. It names no content, so it holds for none.

    The first three are all there or none is; a review that names no language is of the English.
    """

    by: Annotated[str, _text(40)] = ""
    on: Annotated[date | None, Meta(description="a date such as 2026-11-23")] = None
    content_version: Annotated[str, _text(20)] = ""
    languages: Annotated[
        tuple[Annotated[str, Meta(pattern="^[a-z]{2,3}$")], ...],
        Meta(description='a list of language codes such as ["en", "es"]'),
    ] = ("en",)


class _Practice(Struct, frozen=True, kw_only=True):
    name: Annotated[str, _text(40)]
    address: Annotated[
        tuple[Annotated[str, _text(44)], ...],
        Meta(max_length=2, description="a list of at most 2 lines, each of at most 44 characters"),
    ] = ()
    phone: Annotated[str, _text(20, _PHONE, 'a phone number like "+1 555-0142 ext. 3"')] = ""
    web: Annotated[str, _text(60, _WEB, 'a web address such as "https://riverside.example"')] = ""
    email: Annotated[str, _text(60, _EMAIL, 'an address such as "hello@riverside.example"')] = ""
    hours: Annotated[str, _text(30)] = ""
    emergency: Annotated[str, _text(6, "^[0-9]{2,6}$", 'a short number such as "911"')] = "911"
    paper: Annotated[Paper, Meta(description='"letter" or "a4"')] = "letter"
    skin: Annotated[Skin, Meta(description='"mixed", "light", "medium" or "dark"')] = "mixed"
    edition: Annotated[Edition, Meta(description='"sheet", "standard" or "full"')] = USUAL


class _File(_Practice, frozen=True, kw_only=True):
    logo: Annotated[str, _text(80, words="the name of a file in this folder")] = ""
    colours: Annotated[dict[str, Any], Meta(description="a part of its own: [colours]")] = {}
    review: Annotated[dict[str, Any], Meta(description="a part of its own: [review]")] = {}


class Brand(_Practice, frozen=True, kw_only=True):
    """A practice as its handouts show it, checked."""

    colours: BrandColours
    logo: Logo | None
    review: PracticeReview
    signatures: tuple[Signature, ...] = ()

    @property
    def web_link(self) -> str:
        """The https: address behind `web`, or nothing."""
        return self.web and "https://" + self.web.removeprefix("https://")

    @property
    def email_link(self) -> str:
        """The mailto: address behind `email`, or nothing."""
        return self.email and "mailto:" + self.email

    @property
    def phone_link(self) -> str:
        """The tel: address behind `phone` (RFC 3966), or nothing."""
        number, *extension = re.split(r" ?(?:ext\.?|x) ?", self.phone)
        digits = re.sub(r"[^\d+]", "", number)
        return digits and ";ext=".join(["tel:" + digits, *extension])


def find_brand(option: Path | None) -> Brand:
    """The brand at `brand_path`, read and checked."""
    return read_brand(brand_path(option))


def read_brand(path: Path, store: "Store | None" = None, *,
               draw: Callable[[bytes], object] | None = None) -> Brand:
    """The brand in a file, or in a folder's brand.toml; a PackError tells all its problems.

    A store keeps the logo's pixels, so that they are decoded once. `draw` tries an SVG logo as it
    will be printed; what it refuses is a problem of the brand.
    """
    file = _file(path)
    problems: list[str] = []
    values = _checked(_table(file), _File, problems)
    values["logo"] = logo = _logo(file.parent, values.get("logo", ""), problems, store)
    if logo is not None and logo.kind == "svg" and draw is not None:
        problems += _undrawn(logo, draw)
    values["colours"] = _colours(values.get("colours"), problems)
    values["review"] = _review(values.get("review", {}), problems)
    values["signatures"] = read_signatures(file.with_name(FILE), problems)
    if problems:
        raise _refused(file, *problems)
    return Brand(**values)


def new_brand(folder: Path) -> list[Path]:
    """The files of a new brand to start from, written into a folder that has none of them."""
    start = default_brand_path().parent
    targets = [folder / "brand.toml", folder / "logo.svg"]
    for target in targets:
        if target.exists() or target.is_symlink():
            raise OutputError(f"{target.name} is there already", where=str(folder),
                              cure="Choose another folder; nothing was changed.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target in targets:
            write_whole(target, (start / target.name).read_bytes(), private=False)
    except OutputError:
        for target in targets:  # neither was there before
            with suppress(OSError):
                target.unlink()
        raise
    except OSError as error:
        raise OutputError(f"the brand can't be written ({reason(error)})", where=str(folder),
                          cure="Choose a folder that you may write to.") from error
    return targets


def _file(path: Path) -> Path:
    file = path / "brand.toml" if path.is_dir() else path
    if not file.is_file():
        raise _refused(file, "there is no such file; 'handouts brand new DIR' starts one")
    return file


def _table(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            raise _refused(file, "is larger than 1 MB; a brand is a page of text")
        return tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise _refused(file, f"can't be read ({reason(error)})") from error
    except (ValueError, RecursionError) as error:
        raise _refused(file, toml_fault(error)) from error


def _refused(file: Path, *problems: str) -> PackError:
    return PackError("the brand can't be used", where=str(file),
                     problems=[f"{shown(file.name)}: {problem}" for problem in problems])


def _checked(table: dict[str, Any], kind: type[Struct], problems: list[str],
             place: str = "") -> dict[str, Any]:
    """The entries of a table that fit their field, without blanks; of the others, the problems."""
    values: dict[str, Any] = {}
    known = {field.name: field for field in fields(kind)}
    filled = {key: _stripped(value) for key, value in table.items()}
    for key, value in filled.items():
        if key not in known:
            shown = "".join(filter(str.isprintable, key[:40]))
            problems.append(f"{place}{shown}: there is no such entry; {_nearest(key, known)}")
        elif value not in ("", []):
            try:
                values[key] = convert(value, known[key].type)
                problems += _unprintable(f"{place}{key}", value) if key in _PRINTED else ()
            except ValidationError:
                problems.append(f"{place}{key}: {_fault(value, get_args(known[key].type)[-1])}")
    problems += [f"{place}{name}: is missing; add it" for name, field in known.items()
                 if field.required and filled.get(name, "") == ""]
    return values


def _unprintable(place: str, value: str | list[str]) -> Iterator[str]:
    """What of a text that stands on the page has letters that can't be printed."""
    for text in (value if isinstance(value, list) else [value]):
        try:
            lettering.check(text, where=place)
        except InputError as error:
            yield f"{place}: {error.problem}; leave them out or write them in other letters"


def _stripped(value: Any) -> Any:
    """The value without the blanks around text and without the blank lines of a list."""
    if isinstance(value, list):
        return [line for line in map(_stripped, value) if line != ""]
    return value.strip() if isinstance(value, str) else value


def _nearest(key: str, known: Iterable[str]) -> str:
    near = get_close_matches(key, known, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def _fault(value: Any, rule: Meta) -> str:
    if isinstance(value, str) and rule.max_length and len(value) > rule.max_length:
        return f"has {len(value)} characters; shorten it to {rule.max_length}"
    return f"must be {rule.description}"


def _colours(table: dict[str, Any] | None, problems: list[str]) -> BrandColours:
    given = {} if table is None else _checked(table, BrandColours, problems, "colours.")
    return complete_colours(given, problems)


def _review(table: dict[str, Any], problems: list[str]) -> PracticeReview:
    values = _checked(table, PracticeReview, problems, "review.")
    if values:
        problems += [f"review.{name}: is missing; a review has by, on and content_version"
                     for name in ("by", "on", "content_version") if not _stripped(table.get(name))]
    return PracticeReview(**values)


def _logo(folder: Path, name: str, problems: list[str],
          store: "Store | None") -> Logo | None:
    path = _beside(folder, name)
    if name and not path:
        problems.append("logo: there is no such file in the brand's own folder; put it there")
    try:
        return read_logo(path, store) if path else None
    except PackError as error:
        problems += [f"logo: {problem}" for problem in error.problems]
        return None


def _undrawn(logo: Logo, draw: Callable[[bytes], object]) -> Iterator[str]:
    """What can't be printed of an SVG logo as it is drawn."""
    try:
        draw(logo.data)
    except PackError as error:
        cure = error.cure[:1].lower() + error.cure[1:].rstrip(".")
        yield f"logo: {error.problem}; {cure}"


def _beside(folder: Path, name: str) -> Path | None:
    """The file of that name, unless it is missing or outside the folder."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
