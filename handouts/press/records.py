"""What was given, by the handouts' ids: a small file for each with the words that it said, kept on
this computer or in a folder that a practice shares. Nothing in it is about a patient. The user's
own folder is closed to others.

Keeping one never stands in the way of a handout: where the folder can't be written, nothing is
kept. What is wrong with it can be asked for.
"""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

from handouts.errors import HandoutError, InputError, OutputError, UsageError, reason, unknown
from handouts.paths import own_records_folder, records_folder
from handouts.system import parts

FIRST = "first_printed"
_USUAL = 1000  # bytes of a record
_NOT_OF_ID = ("format",)  # handouts of one id may differ in it


class Records:
    """The records in a folder; it is made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[str] = set()
        self._failure: str | None = None  # of the last that was to be kept; None: none was

    @classmethod
    def own(cls) -> "Records | None":
        """The user's or the practice's records, or None where there is no place for them."""
        folder = records_folder()
        return cls(folder) if folder else None

    def note(self, facts: Mapping[str, Any], today: date) -> None:
        """Keeps the facts of a handout if those of its id are not kept yet."""
        own = facts["id"]
        if own in self._known:
            return
        self._known.add(own)
        path = self._path(own)
        try:
            self._failure = ""
            if not path.exists():
                own_facts = {name: fact for name, fact in facts.items() if name not in _NOT_OF_ID}
                self._write(path, {**own_facts, FIRST: today.isoformat()})
        except OSError as error:
            self._failure = reason(error)
        except OutputError as error:
            self._failure = error.problem

    def of(self, own: str) -> dict[str, Any]:
        """The facts kept for an id; UsageError for an unknown one, InputError for a spoilt file."""
        path = self._path(own)
        try:
            facts = json.loads(parts.read(path))
        except FileNotFoundError:
            raise self._unknown(own) from None
        except OSError as error:
            raise self._unreadable(path, error) from error
        except ValueError as error:
            raise self._spoilt(path, "no JSON") from error
        if not isinstance(facts, dict) or facts.get("id") != own:
            raise self._spoilt(path, "not of this id")
        return facts

    def saying(self, words: str) -> Iterator[tuple[dict[str, Any], str]]:
        """The facts of each handout that said these words, by id, with the text that has them;
        neither case, white space nor a colon counts, which the page sets between a label and its
        words. A spoilt record, or one that was kept before records held words, comes without a
        text: nobody knows what it said."""
        sought = _plain(words)
        for path in sorted(self.folder.glob("????-????.json")):
            try:
                facts = self.of(path.stem)
            except HandoutError:
                yield {"id": path.stem}, ""
                continue
            said = facts.get("words")
            if not isinstance(said, list):
                yield facts, ""
                continue
            texts = [str(text) for text in said]
            if sought in _plain(" ".join(texts)):
                yield facts, next((text for text in texts if sought in _plain(text)), words)

    def problem(self) -> str:
        """Why nothing could be kept here, or can be, or nothing."""
        return self._tried() if self._failure is None else self._failure

    def _tried(self) -> str:
        """Why the folder does not take a record, which is tried with one of nothing."""
        try:
            self._make()
            path, file = parts.begun(self.folder)
            try:
                with file:
                    file.write(bytes(_USUAL))
            finally:
                path.unlink()
        except OSError as error:
            return reason(error)
        return ""

    def _path(self, own: str) -> Path:
        return self.folder / f"{own}.json"

    def _write(self, path: Path, facts: Mapping[str, Any]) -> None:
        from handouts.system.files import write_whole

        is_own = self._make()
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        write_whole(path, f"{text}\n".encode(), private=is_own)

    def _make(self) -> bool:
        """Makes the folder, free of what a run before could not delete, and tells whether it is the
        user's own and nobody else's."""
        is_own = self.folder == own_records_folder()
        self.folder.mkdir(parents=True, exist_ok=True)
        if is_own:
            self.folder.chmod(0o700)
        parts.clear(self.folder)
        return is_own

    def _unknown(self, own: str) -> UsageError:
        names = [path.stem for path in self.folder.glob("????-????.json")]
        return unknown("record", own, names, where="id", otherwise=(
            f"None is kept in {self.folder}. Was it printed on another computer? "
            "$HANDOUTS_RECORDS names the folder of a practice's records."))

    def _unreadable(self, path: Path, error: OSError) -> InputError:
        """The error of a file or, where that is what stands in the way, of its folder."""
        if os.access(self.folder, os.R_OK | os.X_OK) and self.folder.is_dir():
            return InputError(f"can't be read ({reason(error)})", where=str(path),
                              cure="Mend its rights, or delete it; it is kept again when the "
                                   "handout is printed again.")
        return InputError(f"the folder of records can't be read ({reason(error)})",
                          where=str(self.folder),
                          cure="Mend it and the folders above it, or name another one with "
                               "$HANDOUTS_RECORDS.")

    def _spoilt(self, path: Path, why: str) -> InputError:
        return InputError(f"can't be read ({why})", where=str(path),
                          cure="Delete it; it is kept again when the handout is printed again.")


def _plain(text: str) -> str:
    """Text as it is compared: in one case, compatible signs and blanks as one, without colons."""
    return " ".join(normalize("NFKC", text).casefold().replace(":", " ").split())
