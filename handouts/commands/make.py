"""handouts make: one handout."""

import json
import os
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import click

from handouts.commands import options
from handouts.errors import ExitCode, OutputError
from handouts.files import write_whole
from handouts.look import SKINS
from handouts.make import pictures, today
from handouts.paths import brand_path, cache_folder, records_folder
from handouts.press import Handout, Press
from handouts.records import Records
from handouts.request import Patient, Request, joined, parse_dose
from handouts.store import Store

SIDES = ("left", "right", "both")

_CHOICES = options.together(
    click.option("--side", type=click.Choice(SIDES), help="Which knee."),
    click.option("--state", metavar="STATE",
                 help="What you found (handouts list states); left out: the screened variant."),
    click.option("--flag", "flags", multiple=True, metavar="ID",
                 help="What narrows it (repeat); flags only ever restrict."),
    click.option("--massage", "massages", multiple=True, metavar="ID",
                 help="A massage to print (repeat); default: the recommended ones."),
    click.option("--tip", "tips", multiple=True, metavar="ID", help="A tip to print (repeat)."),
    click.option("--dose", "doses", multiple=True, metavar="ID=MINUTES,TIMES/week",
                 help="A dose of your own, capped by the rules (repeat)."),
    click.option("--protocol", metavar="NAME",
                 help="Saved choices; options given beside it win, flags are added."),
    click.option("--code", metavar="CODE", help="A diagnosis code instead of CAUSE."),
    click.option("--code-system", default="icd10cm", show_default=True, metavar="SYSTEM",
                 help="icd10cm or snomed."),
    click.option("--lang", "language", default="", metavar="LANG", help="Language."),
)
_PANEL = options.together(
    click.option("--patient", default="", metavar="NAME", help="Who it is for."),
    click.option("--dob", type=options.IsoDate(), help="Date of birth (adults only)."),
    click.option("--id", "record", default="", metavar="ID", help="Record number."),
    click.option("--clinician", default="", metavar="NAME", help="Who gives it."),
    click.option("--date", "given_on", type=options.IsoDate(), help="The handout's date."),
    click.option("--review", default="", metavar="TEXT", help="The next visit."),
    click.option("--cleared-on", type=options.IsoDate(),
                 help="The day a clinician cleared massage; needed by a cleared state."),
    click.option("--note", default="", metavar="TEXT", help="A note, 600 characters at most."),
)
_OUTPUT = options.together(
    options.paper,
    click.option("--large-print", is_flag=True, help="Set anew in 18 point type."),
    click.option("--mono", is_flag=True, help="For a printer that has black only."),
    click.option("--skin", type=click.Choice(SKINS),
                 help="The skin of the people in the pictures; default: the brand's."),
    options.brand,
    options.templates,
    click.option("-o", "--output", metavar="FILE",
                 help="Default: CAUSE.pdf here; - for stdout."),
    click.option("--png", is_flag=True, help="The pages as pictures, too."),
    click.option("--html", is_flag=True, help="One accessible HTML page, too."),
    click.option("--open", "show", is_flag=True, help="Show the PDF."),
    click.option("--summary", is_flag=True, help="Three lines in English for the patient's record, "
                 "nothing of the patient; the path goes to stderr."),
    options.as_json("Say what was made, as JSON."),
)


@click.command("make")
@click.argument("cause", required=False)
@_CHOICES
@_PANEL
@_OUTPUT
def command(cause: str | None, **given: Any) -> None:
    """Make one handout.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts make gout --state between --flag anticoagulant -o ana.pdf
    handouts make --code M17.11
    """
    if cause is None and given["code"] is None and given["protocol"] is None:
        from handouts.commands.asking import asked

        cause, given = asked(given)
    request = _request(cause, given)
    target = _target(given, request.cause)
    press = Press(brand_path(given["brand"]), templates=given["templates"],
                  store=Store(cache_folder()), records=Records(records_folder()))
    handout = press.handout(request, today())
    if target is None:
        _to_stdout(handout.pdf)
    else:
        page = press.page(request, today()) if given["html"] else b""
        private = request.patient != Patient()
        _tell(handout, _written(handout, page, target, given["png"], private=private), given)
    if given["summary"]:
        _tell_for_the_record(request, handout)
    options.tell_problem(press.records)


def _request(cause: str | None, given: dict[str, Any]) -> Any:
    """The Request that the options ask for."""
    side, flags, saved = given["side"] or "", list(given["flags"]), _saved(given)
    if given["code"] is not None:
        if cause is not None:
            raise click.UsageError("Give a cause or --code, not both.")
        cause, side, coded = _coded(given, side, given["state"] or saved.state)
        flags += coded
    patient = Patient(
        name=given["patient"], born=given["dob"], id=given["record"],
        given_by=given["clinician"], given_on=given["given_on"],
        next_visit=given["review"], cleared_on=given["cleared_on"],
        note=given["note"])
    return joined(saved, Request(
        cause=cause or "", state=given["state"], flags=tuple(dict.fromkeys(flags)),
        massages=given["massages"], tips=given["tips"],
        doses=dict(map(parse_dose, given["doses"])),
        side=side,  # type: ignore[arg-type]
        language=given["language"], paper=given["paper"] or "",
        format="large-print" if given["large_print"] else "", mono=given["mono"],
        skin=given["skin"] or "", patient=patient))


def _saved(given: dict[str, Any]) -> Any:
    """What the protocol asks for, or a request for nothing."""
    if given["protocol"] is None:
        return Request("")
    from handouts import protocols

    places = protocols.folders(brand_path(given["brand"]))
    return protocols.find(given["protocol"], places).request


def _coded(given: dict[str, Any], side: str,
           state: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Cause, side and flags by a diagnosis code, which must not be at odds with side or state."""
    from handouts import codes
    from handouts.catalogue import load_catalogue

    catalogue = load_catalogue()
    system = codes.system_name(given["code_system"])
    coded = codes.select(catalogue, given["code"], system=system, side=side, state=state)
    return coded.cause, side or coded.side, codes.flags_of(catalogue, given["code"], system)


def _target(given: dict[str, Any], cause: str) -> Path | None:
    """The file to write, or None for stdout."""
    if given["summary"] and given["as_json"]:
        raise click.UsageError("Give --summary or --json, not both.")
    output = given["output"] or f"{cause}.pdf"
    if output == "-":
        for name in ("png", "html", "show", "as_json", "summary"):
            if given[name]:
                raise click.UsageError(f"--{name.replace('_', '-')} needs a file, not stdout."
                                       .replace("--show", "--open").replace("--as-json", "--json"))
        return None
    path = Path(output)
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise OutputError("can't be used as a file name", where="-o",
                          cure="Give -o a shorter name.") from error
    if is_folder:
        raise OutputError("is a folder", where=output, cure="Give -o the name of a file.")
    if given["html"] and path == path.with_suffix(".html"):
        raise click.UsageError("With --html, -o names the PDF; the page takes its name and .html.")
    return path


def _written(handout: Handout, page: bytes, target: Path, png: bool, *,
             private: bool) -> dict[str, list[Path]]:
    """Writes the PDF, its page of HTML if there is one, and its pictures; gives their names."""
    numbered = enumerate(pictures(handout.pdf) if png else (), 1)
    contents = {
        "pdf": {target: handout.pdf},
        "html": {target.with_suffix(".html"): page} if page else {},
        "pictures": {target.with_name(f"{target.stem}-{number}.png"): picture
                     for number, picture in numbered}}
    for files in contents.values():
        for path, data in files.items():
            write_whole(path, data, private=private)
    return {kind: list(files) for kind, files in contents.items()}


def _tell(handout: Handout, files: dict[str, list[Path]], given: dict[str, Any]) -> None:
    """Says what was written, and shows it."""
    if given["as_json"]:
        click.echo(json.dumps(_summary(handout, files)))
    else:
        for path in chain(*files.values()):
            click.echo(path, err=given["summary"])
    if given["show"]:
        click.launch(str(files["pdf"][0]))


def _tell_for_the_record(request: Request, handout: Handout) -> None:
    """Three lines on what was chosen, on stdout."""
    from handouts.catalogue import load_catalogue
    from handouts.choices import choose
    from handouts.summary import summary

    catalogue = load_catalogue()
    choices = choose(request, catalogue, today=today())
    click.echo("\n".join(summary(choices, handout.facts, catalogue)))


def _to_stdout(data: bytes) -> None:
    """Writes bytes to stdout; a reader that went away ends the run without a word."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(ExitCode.OUTPUT) from None


def _summary(handout: Handout, files: dict[str, list[Path]]) -> dict[str, Any]:
    """What was made, without a word about the patient; the keys are a promise."""
    return {"file": str(files["pdf"][0]), "html": next(map(str, files["html"]), None),
            "pictures": [str(path) for path in files["pictures"]],
            "pages": handout.pages, "bytes": len(handout.pdf), **handout.facts}
