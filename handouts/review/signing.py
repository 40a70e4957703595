"""Signatures: checked, added to a review.toml, what was signed kept beside it; what changed since,
and how each language and cause stands.

review.toml only grows. `signed/LETTERS.json.gz` beside it holds every text of the signed content,
so that what changed since can be told; its letters are its own digest.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from handouts.brand.reviews import Reviews
from handouts.errors import InputError, OutputError, PackError, UsageError, reason, unknown
from handouts.pack.checking import signature_problems
from handouts.pack.content import Content, digest_of
from handouts.pack.pack import Pack
from handouts.pack.signatures import (
    FILE,
    REGISTERED,
    ReviewFile,
    Signature,
    State,
    is_licensed,
)
from handouts.system.files import write_whole

KEPT = "signed"


class Difference(NamedTuple):
    """One text of a content, as it was signed and as it is; nothing where it was not, or is not."""

    name: str
    old: str
    new: str


def differences(signed: Content, now: Content) -> list[Difference]:
    """What changed, in the order of what is now; last what is there no more."""
    changed = [Difference(name, _shown(signed, name), _shown(now, name)) for name in now
               if name not in signed or signed[name] != now[name]]
    return [*changed, *(Difference(name, _shown(signed, name), "")
                        for name in signed if name not in now)]


def _shown(said: Content, name: str) -> str:
    """What a content says; of a line of a table, which is its own name, that it is there."""
    return said.get(name, "") or ("there" if name in said else "")


# -- signatures ------------------------------------------------------------------------------------


def refuse(signature: Signature, pack: Pack, today: date) -> None:
    """Raises UsageError or InputError for a signature that can't be given."""
    if signature.language not in pack.languages:
        raise unknown("language", signature.language, pack.languages)
    for cause in signature.causes:
        pack.cause(cause)
    if not is_licensed(signature.role, pack.info.roles):
        raise UsageError("is no role of somebody who is licensed to review it", where="--role",
                         cure=f"Known: {', '.join(pack.info.roles)}. For the title of another "
                              f"country write '{REGISTERED}' before it.")
    if signature.on > today:
        raise InputError("is in the future", where="--on", cure="Sign on the day of the review.")
    try:
        msgspec.convert(msgspec.to_builtins(signature, builtin_types=(date,)), Signature)
    except msgspec.ValidationError as error:
        where = str(error).rpartition("$.")[2].rstrip("`")
        raise UsageError("is missing, too long, or not one line of text", where=f"--{where}",
                         cure="A name has 40 characters at most, the others 60.") from error
    found = list(signature_problems(ReviewFile((signature,)), pack.structure, "review"))
    if found:
        raise InputError("can't be given", where="the signature",
                         cure="\n".join(line.removeprefix("review: signature 1: ")
                                        for line in found))


def sign(folder: Path, signature: Signature, signed: Content) -> Path:
    """Adds a signature to the review.toml of a folder and keeps what it is of; OutputError."""
    file, kept = folder / FILE, kept_at(folder, signature.digest)
    try:
        kept.parent.mkdir(exist_ok=True)
        before = file.read_text("utf-8") if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "not UTF-8 text"
        raise OutputError(f"can't be added to ({why})", where=str(file),
                          cure="Mend its rights or its text.") from error
    told = json.dumps(signed, sort_keys=True).encode()
    write_whole(kept, gzip.compress(told, mtime=0), private=False)
    gap = "\n" if before and not before.endswith("\n\n") else ""
    write_whole(file, f"{before}{gap}{_written(signature)}".encode(), private=False)
    return file


def signed_content(folders: list[Path], digest: str) -> Content:
    """What was signed under these letters; UsageError where nobody kept it."""
    for folder in folders:
        path = kept_at(folder, digest)
        try:
            found = json.loads(gzip.decompress(path.read_bytes()))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, EOFError) as error:
            raise PackError("can't be read", where=str(path),
                            cure="Take it from a copy of what was signed.") from error
        if not isinstance(found, dict) or digest_of(found) != digest:
            raise PackError("is not what was signed under its letters", where=str(path),
                            cure="Take it from a copy of what was signed.")
        return found
    raise UsageError("what was signed under these letters is not kept", where="--since",
                     cure=f"It lies in the folder '{KEPT}' beside the {FILE} with the signature.")


def kept_at(folder: Path, digest: str) -> Path:
    """Where what was signed lies."""
    return folder / KEPT / f"{digest}.json.gz"


def _written(signature: Signature) -> str:
    """A signature as TOML; text in JSON's quotes is TOML's."""
    lines = ["[[signature]]"]
    for name, value in msgspec.to_builtins(signature, builtin_types=(date,)).items():
        if value not in ([], ()):
            text = value.isoformat() if isinstance(value, date) else json.dumps(
                value, ensure_ascii=False)
            lines.append(f"{name} = {text}")
    return "\n".join(lines) + "\n"


# -- how each cause stands -------------------------------------------------------------------------


class CauseStanding(NamedTuple):
    """How a cause stands in a language; `days` is how many the signature holds for yet."""

    language: str
    cause: str
    content: str
    state: State
    by: tuple[str, ...]
    on: date | None
    until: date | None
    days: int | None

    def is_due(self, within: int) -> bool:
        """Whether somebody must review it now, or within so many days."""
        return self.state != "signed" or (self.days is not None and self.days <= within)


def lines(reviews: Reviews) -> Iterator[CauseStanding]:
    """A line for each language and cause."""
    for language in reviews.pack.languages:
        for cause in reviews.pack.structure.causes:
            found = reviews.standing(language, cause)
            last = min(filter(None, [found.until, reviews.pack.info.next_review]))
            days = (last - reviews.day).days if found.state == "signed" else None
            yield CauseStanding(language, cause, reviews.digest(language), found.state,
                       tuple(name for name, _ in found.by),
                       max((day for _, day in found.by), default=None), found.until, days)


def ahead_of_their_day(reviews: Reviews) -> list[str]:
    """The signatures that are dated in the future, which hold for nothing yet."""
    given = (*reviews.pack.structure.review.signatures, *reviews.brand.signatures)
    return [f"a signature of {one.on} for {one.language} is dated in the future"
            for one in given if one.on > reviews.day]
