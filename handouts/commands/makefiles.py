"""The files of one handout: what there is to write, held apart from what is read, written whole."""

import os
import re
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from handouts.commands.streams import say
from handouts.errors import OutputError
from handouts.paths import brand_path, shown
from handouts.press.pictures import pictures
from handouts.press.press import Handout
from handouts.system import outputs, parts
from handouts.system.files import write_whole

Files = dict[str, dict[Path, bytes]]  # by kind, path and content
_ENDINGS = {"html": ".html", "email": ".eml"}
_KINDS = {"pdf": outputs.HANDOUT, "html": outputs.PAGE, "email": outputs.MAIL,
          "pictures": outputs.PICTURE}


def files_of(handout: Handout, more: dict[str, bytes], target: Path, *, png: bool) -> Files:
    """What is to be written, by its kind: the PDF, its page of HTML and its e-mail where these were
    asked for, pictures."""
    numbered = enumerate(pictures(handout.pdf) if png else (), 1)
    return {
        "pdf": {target: handout.pdf},
        **{kind: {target.with_suffix(_ENDINGS[kind]): data} for kind, data in more.items()},
        "pictures": {target.with_name(f"{target.stem}-{number}.png"): picture
                     for number, picture in numbered}}


def hold_apart(files: Files, given: dict[str, Any]) -> None:
    """Refuses to write what is read, what is written twice, and what another program made."""
    paths = [*chain(*files.values())]
    parts.clear(paths[0].parent)
    if not any(os.path.lexists(path) for path in paths):
        return
    reads = [*outputs.brand_files(brand_path(given["brand"])),
             *outputs.template_files(given["templates"])]
    if given["protocol"] is not None:
        from handouts.request import protocols

        places = protocols.folders(brand_path(given["brand"]))
        reads.append(("the protocol", protocols.named(places)[given["protocol"]]))
    outputs.hold_apart(((f"the output {path.name}", path) for path in paths), reads)
    for name, kind in _KINDS.items():
        outputs.keep_strangers(files.get(name, {}), kind, force=given["force"], follow=True)


def write(files: Files, *, private: bool) -> None:
    """Writes all files; an OutputError says which of them are there already."""
    written = list[str]()
    for path, data in chain(*(kind.items() for kind in files.values())):
        try:
            write_whole(path, data, private=private, follow=True)
        except OutputError as error:
            if written:
                error.cure += f"\nThese were written before: {', '.join(written)}."
            raise
        written.append(shown(path))


def clear_pictures(target: Path, pages: int) -> None:
    """Deletes this program's pictures of pages that the handout, which had more, lacks now; those
    of others are told."""
    form = re.compile(re.escape(target.stem) + r"-([1-9][0-9]*)\.png")
    for path in sorted(target.parent.iterdir()):
        found = form.fullmatch(path.name)
        if found is None or int(found[1]) <= pages:
            continue
        if path.is_file() and not path.is_symlink() and outputs.is_ours(path, outputs.PICTURE):
            with suppress(OSError):
                path.unlink()
                continue
        say(f"{shown(path)} is no picture of this handout; it was left as it is")
