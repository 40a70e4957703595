"""The waiting room: a screened handout for every cause and language, and a list of them; posters.

Nobody has been examined and nobody is named: each handout is the screened one, with blanks to write
in. Files that lie in the folder and belong to neither set are told, and never deleted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handouts.brand.brand import read_brand
from handouts.brand.reviews import Reviews
from handouts.compose.context import side_title, wait_title
from handouts.compose.lists import ListEntry, index, sort_key
from handouts.compose.posters import Poster, poster
from handouts.press.facts import facts_of
from handouts.press.press import Handout, Press, look_of
from handouts.press.unaddressed import sheet
from handouts.request.look import WALL
from handouts.request.request import Request
from handouts.system.files import pdfs_in, write_whole
from handouts.system.outputs import HANDOUT, keep_strangers


@dataclass(frozen=True)
class MadeSet:
    """One file of a set: its name, language, pages; of a handout or poster, cause and title."""

    file: str
    language: str
    pages: int
    cause: str = ""
    title: str = ""
    waits: bool = False


@dataclass(frozen=True)
class WaitingSet:
    """What was made, in the order of the list, and the PDFs in the folder that belong to no set."""

    files: tuple[MadeSet, ...]
    stale: tuple[str, ...]


class WaitingRoom:
    """Fills a folder in one look: `asked` is a request that says side, paper, format and inks."""

    def __init__(self, press: Press, asked: Request, today: date) -> None:
        self.press, self.asked, self.today = press, asked, today
        self.pack = press.pack
        self.brand = read_brand(press.brand, press.store)

    def handouts(self, folder: Path, languages: Sequence[str] = (), *,
                 force: bool = False) -> WaitingSet:
        """The handouts of all causes and, for each language, the list of them.

        Raises OutputError, UsageError for a language and for a file of one of these names that
        this program did not make, unless forced, and as `Press.handout` does.
        """
        return self._written(folder, languages, self._handouts, force=force)

    def posters(self, folder: Path, languages: Sequence[str] = (), *,
                force: bool = False) -> WaitingSet:
        """The posters of all causes that leave a routine to whoever nobody has seen."""
        return self._written(folder, languages, self._posters, force=force)

    def each(self, languages: Sequence[str] = (), *,
             posters: bool = False) -> Iterator[tuple[MadeSet, Handout]]:
        """Every file of a set with its PDF, one after the other; raises as `Press.handout` does."""
        kind = self._posters if posters else self._handouts
        for language in tuple(dict.fromkeys(languages)) or self.pack.languages:
            yield from kind(language)

    def _written(self, folder: Path, languages: Sequence[str],
                 kind: Callable[[str], Iterator[tuple[MadeSet, Handout]]], *,
                 force: bool) -> WaitingSet:
        chosen = tuple(dict.fromkeys(languages)) or self.pack.languages
        for language in chosen:
            self.pack.words_in(language)
        prefix = "poster-" if kind == self._posters else ""
        keep_strangers((folder / self._file(cause, language, prefix) for language in chosen
                        for cause in ("index", *self.pack.structure.causes)), HANDOUT,
                       force=force)
        before, files = pdfs_in(folder), []
        for language in chosen:
            for made, handout in kind(language):
                write_whole(folder / made.file, handout.pdf, private=False)
                files.append(made)
        return WaitingSet(tuple(files), tuple(sorted(before - self._names())))

    def _names(self) -> set[str]:
        """The names of all files that a set may hold."""
        causes, languages = self.pack.structure.causes, self.pack.languages
        return {name for language in languages for cause in ("index", *causes)
                for name in (self._file(cause, language), self._file(cause, language, "poster-"))}

    def _file(self, cause: str, language: str, kind: str = "") -> str:
        return f"{kind}{self.pack.prefix}{cause}-{language}.pdf"

    def _handouts(self, language: str) -> Iterator[tuple[MadeSet, Handout]]:
        """Every handout of a language by the name of its cause; then their list."""
        entries = []
        for cause, name in self._causes(language, self.pack.body.waiting.handouts):
            handout = self.press.handout(self._request(cause, language), self.today)
            waits: list[str] = handout.facts["waits"]
            made = MadeSet(self._file(cause, language), language, handout.pages, cause,
                        self._title(language, waits), bool(waits))
            entries.append(ListEntry(name, made.title, made.file, made.pages, made.waits))
            yield made, handout
        listed = sheet(index(entries, language, self.pack, self.brand, today=self.today),
                       self.brand, look_of(self.asked, self.brand), self.today)
        yield MadeSet(self._file("index", language), language, listed.pages), listed

    def _posters(self, language: str) -> Iterator[tuple[MadeSet, Handout]]:
        look = look_of(self.asked, self.brand)
        look = look._replace(paper=WALL[look.paper])
        for cause, _ in self._causes(language, self.pack.body.waiting.posters):
            shown = poster(self._request(cause, language), self.pack, self.brand,
                           today=self.today)
            if shown is None:
                continue
            drawn = sheet(shown.document, self.brand, look, self.today)
            self._note(shown)
            yield MadeSet(self._file(cause, language, "poster-"), language, drawn.pages,
                       cause, self._title(language, [])), drawn

    def _note(self, shown: Poster) -> None:
        """Keeps what was given by its id, as the press does."""
        if self.press.records:
            reviews = Reviews(self.pack, self.brand, self.today)
            self.press.records.note(facts_of(shown.choices, shown.document, reviews), self.today)

    def _request(self, cause: str, language: str) -> Request:
        return replace(self.asked, cause=cause, language=language)

    def _causes(self, language: str, chosen: Sequence[str]) -> list[tuple[str, str]]:
        """These causes, or all, with their names, by name."""
        words = self.pack.words_in(language).causes
        named = [(cause, words[cause].name)
                 for cause in chosen or self.pack.structure.causes]
        return sorted(named, key=lambda both: sort_key(both[1]))

    def _title(self, language: str, waits: Sequence[str]) -> str:
        words = self.pack.words_in(language)
        if not waits:
            return side_title(self.asked.side, words.interface.pages)
        return wait_title(waits[0], words, plain=False)
