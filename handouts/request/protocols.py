"""Saved choices by name: TOML files of one's own and of the practice; the own one of a name wins.

A protocol holds what is chosen for many patients and never anything about one: no name, no date,
no day of clearing. It is only a way of asking; the rules decide each time what may be printed.
"""

import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs

from handouts.errors import InputError, OutputError, PackError, UsageError, reason, unknown
from handouts.pack.pack import Pack
from handouts.pack.reading import convert, read_toml
from handouts.paths import own_folder
from handouts.request.look import Edition, Format, Paper, Skin
from handouts.request.request import Patient, Request, parse_dose
from handouts.system import parts
from handouts.system.files import DEVICE, write_whole

# A name is a file's, too: on every system, and whole in a list.
_NAME = re.compile(r"[^\W_](?:[\w ,.()+&'-]{0,38}[\w)+'])?")
_CLEARED = "a cleared state belongs to one patient and is never saved"
_HEAD = "# Saved choices; nothing about a patient belongs here.\n"


class Protocol(Struct, frozen=True, omit_defaults=True):
    """Saved choices: those fields of a request that are not about a patient.

    `doses` are written as on the command line: `self-massage = "20,2/week"`.
    """

    cause: str
    state: str = ""
    flags: tuple[str, ...] = ()
    massages: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    doses: dict[str, str] = {}
    note: str = ""
    edition: Edition | Literal[""] = ""
    language: str = ""
    format: Format = ""
    paper: Paper | Literal[""] = ""
    mono: bool = False
    skin: Skin | Literal[""] = ""

    @property
    def request(self) -> Request:
        """The request that it asks for, for no patient yet; UsageError for a dose in no form."""
        doses = dict(parse_dose(f"{name}={dose}") for name, dose in self.doses.items())
        return Request(self.cause, self.state or None, self.flags, self.massages, self.tips, doses,
                       patient=Patient(note=self.note), edition=self.edition,
                       language=self.language, format=self.format, paper=self.paper,
                       mono=self.mono, skin=self.skin)


def folders(brand: Path) -> tuple[Path, ...]:
    """Where protocols are, the nearest first: one's own folder, if one has a home, then the
    practice's: $HANDOUTS_PROTOCOLS, or `protocols` beside its brand file.
    """
    own = own_folder("config")
    practice = os.environ.get("HANDOUTS_PROTOCOLS")
    beside = brand if brand.is_dir() else brand.parent
    shared = Path(practice) if practice else beside / "protocols"
    return (own / "protocols", shared) if own else (shared,)


def folder_for(brand: Path, *, shared: bool) -> Path:
    """Where a new protocol goes: one's own folder, or the practice's; OutputError without a home.
    """
    places = folders(brand)
    if not shared and len(places) < 2:
        raise OutputError("there is no home folder to keep your own in", where="protocol",
                          cure="Set $HOME, or save it for the practice with --practice.")
    return places[-1 if shared else 0]


def named(places: Iterable[Path]) -> dict[str, Path]:
    """The file of every protocol by its name, the nearer one where two folders have it."""
    return {name: files[0] for name, files in filed(places).items()}


def filed(places: Iterable[Path]) -> dict[str, tuple[Path, ...]]:
    """All files of each name: the first is the protocol, the others are hidden by it."""
    found: dict[str, tuple[Path, ...]] = {}
    for folder in places:
        for path in sorted(folder.glob("*.toml")):
            found[path.stem] = (*found.get(path.stem, ()), path)
    return dict(sorted(found.items()))


def find(name: str, places: Iterable[Path], pack: Pack) -> Protocol:
    """The protocol of a name; UsageError names near ones, PackError tells what is wrong with it."""
    files = named(places)
    if name not in files:
        raise _no_such(name, files)
    return read(files[name], pack)


def shelf(places: Iterable[Path], pack: Pack) -> Callable[[str], Request]:
    """What the protocol of a name asks for, each read once; raises as `find` does."""
    folders = tuple(places)
    return cache(lambda name: find(name, folders, pack).request)


def _no_such(name: str, files: Iterable[str]) -> UsageError:
    if any(True for _ in files):
        return unknown("protocol", name, files)
    return UsageError("there is no protocol yet", where="protocol", field="protocol",
                      cure="Save one with 'handouts protocol new NAME CAUSE'.")


def read(path: Path, pack: Pack) -> Protocol:
    """The protocol in a file; a PackError tells all of its problems."""
    problems: list[str] = []
    table = read_toml(path, problems)
    protocol = convert(table, Protocol, path.name, problems) if table is not None else None
    if protocol is not None and _is_cleared(protocol, pack):
        problems.append(f"state: {_CLEARED}; leave it out and give it with each handout")
    if protocol is None or problems:
        raise PackError("the protocol can't be used", where=str(path), problems=problems)
    return protocol


def is_name(text: str) -> bool:
    """Whether a protocol may have this name: letters, digits, blanks and a few signs."""
    return bool(_NAME.fullmatch(text)) and not DEVICE.match(text)


def check(name: str, protocol: Protocol, pack: Pack) -> None:
    """Refuses what is never saved: UsageError for a name, InputError for a cleared state.

    Whether the choices are safe is for the rules to say (`rules.choices.choose`).
    """
    if not is_name(name):
        raise UsageError("a protocol's name begins with a letter or digit, holds letters, digits, "
                         "blanks and , . ( ) + & ' - alone, 40 at most, and is no device's",
                         where="protocol", field="protocol",
                         cure="Choose a name such as oa-first-visit.")
    pack.cause(protocol.cause)
    if _is_cleared(protocol, pack):
        raise InputError(_CLEARED, where="protocol", field="state",
                         cure="Leave --state out and give it with each handout.")


def _is_cleared(protocol: Protocol, pack: Pack) -> bool:
    """Whether the state is one that a clinician cleared; of an unknown cause the rules tell."""
    known = pack.structure.causes.get(protocol.cause)
    state = known and known.states.get(protocol.state)
    return bool(state and state.cleared)


def save(name: str, protocol: Protocol, folder: Path) -> Path:
    """Writes a protocol and gives its file; OutputError where the folder can't take it."""
    path = folder / f"{name}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts.clear(folder)
    except OSError as error:
        raise OutputError(f"can't be made ({reason(error)})", where=str(folder),
                          cure="Mend the folder's rights or space.") from error
    write_whole(path, _toml(protocol).encode(), private=False)
    return path


def rename(name: str, new: str, folder: Path) -> None:
    """Gives a protocol of a folder another name; OutputError where the folder does not let it."""
    try:
        (folder / f"{name}.toml").rename(folder / f"{new}.toml")
    except OSError as error:
        raise _stuck(folder, error) from error


def delete(name: str, folder: Path) -> None:
    """Takes a protocol out of a folder; OutputError where the folder does not let it."""
    try:
        (folder / f"{name}.toml").unlink(missing_ok=True)
    except OSError as error:
        raise _stuck(folder, error) from error


def _stuck(folder: Path, error: OSError) -> OutputError:
    return OutputError(f"can't be changed ({reason(error)})", where=str(folder),
                       cure="Mend the folder's rights or space.")


def _toml(protocol: Protocol) -> str:
    """The protocol as TOML, without the fields that are left at their default."""
    lines = [_HEAD]
    for field in structs.fields(protocol):
        value = getattr(protocol, field.name)
        if value and field.name != "doses":
            # JSON's strings and lists of strings are TOML's, but for this one character.
            text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            lines.append(f"{field.name} = {text}\n")
    if protocol.doses:
        lines += ["\n[doses]\n", *(f"{name} = {json.dumps(dose)}\n"
                                  for name, dose in protocol.doses.items())]
    return "".join(lines)
