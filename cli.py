"""The Click commands: options in, one library call, plain output.

stdout is the result (paths, JSON, or the PDF itself); stderr is for people. Exit codes: see
`handouts.errors.ExitCode`.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from handouts.errors import ExitCode, HandoutError, InputError, OutputError

F = TypeVar("F", bound=Callable[..., Any])
SIDES = ("left", "right", "both")
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class IsoDate(click.ParamType[date]):
    """A date as YYYY-MM-DD; a wrong one is refused without repeating it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> date:
        """The date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            where = param.opts[0] if param else "date"
            raise InputError("is not a date", where=where,
                             cure="Write it as YYYY-MM-DD, such as 2026-11-25.") from None


@click.group(context_settings=SETTINGS, invoke_without_command=False)
@click.version_option(package_name="handouts", prog_name="handouts")
def handouts() -> None:
    """Knee-pain massage handouts for patients.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts list causes
    """


def _panel_options(command: F) -> F:
    """The options that fill the patient panel."""
    for option in reversed((
        click.option("--patient", default="", metavar="NAME", help="Who it is for."),
        click.option("--dob", type=IsoDate(), help="Date of birth (adults only)."),
        click.option("--id", "record", default="", metavar="ID", help="Record number."),
        click.option("--clinician", default="", metavar="NAME", help="Who gives it."),
        click.option("--date", "given_on", type=IsoDate(), help="The handout's date."),
        click.option("--review", default="", metavar="TEXT", help="The next visit."),
        click.option("--cleared-on", type=IsoDate(),
                     help="The day a clinician cleared massage; needed by a cleared state."),
        click.option("--note", default="", metavar="TEXT", help="A note, 600 characters at most."),
    )):
        command = option(command)
    return command


def _choice_options(command: F) -> F:
    """The options that choose what is printed."""
    for option in reversed((
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
    )):
        command = option(command)
    return command


def _output_options(command: F) -> F:
    """The options that say where the result goes and what it looks like."""
    for option in reversed((
        click.option("--paper", type=click.Choice(("letter", "a4")), help="Default: the brand's."),
        click.option("--brand", type=click.Path(path_type=Path), metavar="FILE",
                     help="Default: $HANDOUTS_BRAND, your config folder, the built-in one."),
        click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     metavar="DIR", help="Templates of your own; trusted like code."),
        click.option("-o", "--output", metavar="FILE",
                     help="Default: CAUSE.pdf here; - for stdout."),
        click.option("--png", is_flag=True, help="The pages as pictures, too."),
        click.option("--open", "show", is_flag=True, help="Show the PDF."),
        click.option("--json", "as_json", is_flag=True, help="Say what was made, as JSON."),
    )):
        command = option(command)
    return command


@handouts.command()
@click.argument("cause", required=False)
@_choice_options
@_panel_options
@_output_options
def make(cause: str | None, **options: Any) -> None:
    """Make one handout.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts make gout --state between --flag anticoagulant -o ana.pdf
    handouts make --code M17.11
    """
    from handouts.make import today
    from handouts.paths import brand_path, cache_folder
    from handouts.press import Press
    from handouts.store import Store

    if cause is None and options["code"] is None and options["protocol"] is None:
        cause, options = _asked(options)
    request = _request(cause, options)
    target = _target(options, request.cause)
    press = Press(brand_path(options["brand"]), templates=options["templates"],
                  store=Store(cache_folder()))
    _deliver(press.handout(request, today()), target, options,
             private=request.patient != type(request.patient)())


def _request(cause: str | None, options: dict[str, Any]) -> Any:
    """The Request that the options ask for."""
    from handouts.request import Patient, Request, parse_dose

    saved = _saved(options)
    side, flags = options["side"] or "", [*saved.flags, *options["flags"]]
    if options["code"] is not None:
        if cause is not None:
            raise click.UsageError("Give a cause or --code, not both.")
        cause, side, flags = _coded(options, side, flags)
    patient = Patient(
        name=options["patient"], born=options["dob"], id=options["record"],
        given_by=options["clinician"], given_on=options["given_on"],
        next_visit=options["review"], cleared_on=options["cleared_on"],
        note=options["note"] or saved.patient.note)
    return Request(
        cause=cause or saved.cause, state=options["state"] or saved.state,
        flags=tuple(dict.fromkeys(flags)),
        massages=options["massages"] or saved.massages, tips=options["tips"] or saved.tips,
        doses={**saved.doses, **dict(map(parse_dose, options["doses"]))},
        side=side,  # type: ignore[arg-type]
        language=options["language"], paper=options["paper"] or "", patient=patient)


def _saved(options: dict[str, Any]) -> Any:
    """What the protocol asks for, or a request for nothing."""
    from handouts.request import Request

    if options["protocol"] is None:
        return Request("")
    from handouts import protocols
    from handouts.paths import brand_path

    places = protocols.folders(brand_path(options["brand"]))
    return protocols.find(options["protocol"], places).request


def _coded(options: dict[str, Any], side: str, flags: list[str]) -> tuple[str, str, list[str]]:
    """Cause, side and flags by a diagnosis code."""
    from handouts import codes
    from handouts.catalogue import load_catalogue

    catalogue = load_catalogue()
    system = codes.system_name(options["code_system"])
    coded = codes.select(catalogue, options["code"], system=system, side=side)
    flags = [*flags, *codes.flags_of(catalogue, options["code"], system)]
    return coded.cause, side or coded.side, flags


def _target(options: dict[str, Any], cause: str) -> Path | None:
    """The file to write, or None for stdout."""
    output = options["output"] or f"{cause}.pdf"
    if output == "-":
        for name in ("png", "show", "as_json"):
            if options[name]:
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
    return path


def _deliver(handout: Any, target: Path | None, options: dict[str, Any], *,
             private: bool) -> None:
    """Writes the PDF and its pictures, and says so."""
    from handouts.files import write_whole
    from handouts.make import pictures

    if target is None:
        _to_stdout(handout.pdf)
        return
    write_whole(target, handout.pdf, private=private)
    files = [target]
    if options["png"]:
        for number, picture in enumerate(pictures(handout.pdf), 1):
            files.append(target.with_name(f"{target.stem}-{number}.png"))
            write_whole(files[-1], picture, private=private)
    if options["as_json"]:
        click.echo(json.dumps(_summary(handout, files)))
    else:
        for file in files:
            click.echo(file)
    if options["show"]:
        click.launch(str(target))


def _to_stdout(data: bytes) -> None:
    """Writes bytes to stdout; a reader that went away ends the run without a word."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(ExitCode.OUTPUT) from None


def _summary(handout: Any, files: Sequence[Path]) -> dict[str, Any]:
    """What was made, without a word about the patient; the keys are a promise."""
    return {"file": str(files[0]), "pictures": [str(file) for file in files[1:]],
            "pages": handout.pages, "bytes": len(handout.pdf), **handout.facts}


# -- questions, when no cause is given -------------------------------------------------------------


def _asked(options: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Cause, state, flags, massages and name from numbered choices; only on a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Name a cause (handouts list causes) or give --code.")
    from handouts.catalogue import load_catalogue
    from handouts.safety import decide

    catalogue = load_catalogue()
    words = catalogue.words_in(options["language"] or catalogue.languages[0])
    cause = _one_of("Cause", {name: words.causes[name].name for name in catalogue.structure.causes})
    states = words.causes[cause].states
    state = options["state"] or _one_of(
        "What did you find", {"": "not examined: the screened variant", **states})
    flags = options["flags"] or _some_of(
        "Flags", {name: words.flags[name].name for name in catalogue.structure.flags})
    advice = decide(catalogue, cause, state or None, flags=flags)
    allowed = {name: words.massages.massages[name].name
               for name, ruling in advice.rulings.items() if ruling.allowed}
    massages = options["massages"] or (
        _some_of("Massages (Enter: the recommended ones)", allowed) if allowed else ())
    more = {"state": state or None, "flags": flags, "massages": massages}
    needs_day = bool(state) and catalogue.cause(cause).states[state].cleared
    if needs_day and options["cleared_on"] is None:
        day = click.prompt("Cleared on (YYYY-MM-DD)", err=True)
        more["cleared_on"] = IsoDate().convert(day, None, None)
    if not options["patient"]:
        more["patient"] = click.prompt("Patient's name (Enter: a blank line)", default="",
                                       show_default=False, err=True)
    return cause, {**options, **more}


def _list_choices(title: str, choices: dict[str, str]) -> list[str]:
    click.echo(f"\n{title}:", err=True)
    for number, (name, words) in enumerate(choices.items(), 1):
        click.echo(f"  {number:2}  {words}" + (f"  ({name})" if name else ""), err=True)
    return list(choices)


def _one_of(title: str, choices: dict[str, str]) -> str:
    names = _list_choices(title, choices)
    number = click.prompt("Number", type=click.IntRange(1, len(names)), err=True)
    return names[number - 1]


def _some_of(title: str, choices: dict[str, str]) -> tuple[str, ...]:
    names = _list_choices(title, choices)
    while True:
        answer = click.prompt("Numbers, or Enter for none", default="", show_default=False,
                              err=True)
        parts = answer.replace(",", " ").split()
        if all(part.isdecimal() and 1 <= int(part) <= len(names) for part in parts):
            return tuple(names[int(part) - 1] for part in parts)
        click.echo(f"Numbers from 1 to {len(names)}, please.", err=True)


# -- batch -----------------------------------------------------------------------------------------


def _batch_options(command: F) -> F:
    """The options of a batch."""
    for option in reversed((
        click.option("-o", "--output", "folder", type=click.Path(path_type=Path), metavar="DIR",
                     required=True, help="The folder for the handouts; made if it is not there."),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N",
                     help="Processes at once; default: one a processor where rows are many."),
        click.option("--dask", default="", metavar="ADDRESS",
                     help="Print on a Dask cluster of your own that shares DIR."),
        click.option("--name", "pattern", default="{number}-{cause}", metavar="PATTERN",
                     show_default=True, help="File names; {id} is the row's, for all to read."),
        click.option("--map", "columns", multiple=True, metavar="COLUMN=FIELD",
                     help="What a column of another name holds (repeat)."),
        click.option("--print-run", type=click.Path(path_type=Path), metavar="FILE",
                     help="All of them in one PDF for two-sided printing, too."),
        click.option("--fhir-out", type=click.Path(path_type=Path), metavar="FILE",
                     help="A FHIR DocumentReference for each, as NDJSON."),
        click.option("--lang", "language", default="", metavar="LANG",
                     help="Language of rows that name none."),
        click.option("--paper", type=click.Choice(("letter", "a4")), help="Default: the brand's."),
        click.option("--brand", type=click.Path(path_type=Path), metavar="FILE",
                     help="Default: $HANDOUTS_BRAND, your config folder, the built-in one."),
        click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     metavar="DIR", help="Templates of your own; trusted like code."),
        click.option("--json", "as_json", is_flag=True, help="Say what was made, as JSON."),
    )):
        command = option(command)
    return command


@handouts.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, path_type=Path))
@_batch_options
def batch(files: Sequence[Path], **options: Any) -> None:
    """Make a handout for each row or patient of FILE.

    \b
    handouts batch clinic.csv -o out
    handouts batch clinic.csv -o out --print-run today.pdf
    handouts batch Patient.ndjson Condition.ndjson -o out --name "{number}-{id}"

    Run again, it goes on where it ended and makes what changed. Ends with 1 if rows failed;
    DIR/report.json tells each by its number.
    """
    from handouts.batch import run as run_batch
    from handouts.make import today

    rows = _rows(files, options["columns"])
    with _progress(files, as_json=options["as_json"]) as progress:
        report = run_batch(rows, _job(options), today=today(), progress=progress)
    click.echo(json.dumps(report.as_dict()) if options["as_json"] else report.file)
    for line in report.lines():
        click.echo(line, err=True)
    raise click.exceptions.Exit(report.exit_code)


def _rows(files: Sequence[Path], columns: Sequence[str]) -> Iterable[Any]:
    """The rows of all files, in order."""
    from handouts import readers
    from handouts.catalogue import load_catalogue
    from handouts.make import today

    pairs = [column.rpartition("=") for column in columns]
    if not all(column and field for column, _, field in pairs):
        raise click.UsageError("Write --map as COLUMN=FIELD, such as --map 'Full name=patient'.")
    return readers.read(
        files, load_catalogue(), today=today(),
        columns={column.strip(): field.strip() for column, _, field in pairs})


def _job(options: dict[str, Any]) -> Any:
    """The Job that the options describe."""
    from handouts.batch import Job
    from handouts.paths import brand_path, cache_folder

    return Job(
        folder=options["folder"], brand=brand_path(options["brand"]), cache=cache_folder(),
        templates=options["templates"], jobs=options["jobs"] or 0, name=options["pattern"],
        paper=options["paper"] or "", language=options["language"],
        print_run=options["print_run"], fhir_out=options["fhir_out"], dask=options["dask"])


@contextmanager
def _progress(files: Sequence[Path], *, as_json: bool) -> Iterator[Callable[[int], None]]:
    """A bar on stderr with rate and time left, on a terminal alone; takes rows that are done."""
    hidden = as_json or not sys.stderr.isatty()
    total, start, done = 0 if hidden else _lines(files), monotonic(), 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        bar.label = f"{done / max(monotonic() - start, .001):,.0f} a second"
        bar.update(rows)

    bar: Any = click.progressbar((_ for _ in ()), length=total or None, file=sys.stderr,
                                 hidden=hidden, show_pos=True, label="starting")
    with bar:
        yield advance


def _lines(files: Sequence[Path]) -> int:
    """About how many rows tables hold, by their lines; 0 where another kind of file is among
    them, whose rows only its reader can tell."""
    if any(file.suffix.lower() not in (".csv", ".tsv") for file in files):
        return 0
    lines = 0
    for path in files:
        with suppress(OSError), path.open("rb") as file:
            lines += sum(part.count(b"\n") for part in iter(partial(file.read, 1 << 20), b"")) - 1
    return max(lines, 0)


# -- protocols -------------------------------------------------------------------------------------


@handouts.group()
def protocol() -> None:
    """Saved choices: for many patients, never about one.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --massage self-massage
    handouts make --protocol oa-first-visit --patient "Ana Ruiz"
    """


_BRAND = click.option("--brand", "brand_file", type=click.Path(path_type=Path), metavar="FILE",
                      help="The practice's brand; its protocols lie beside it.")


@protocol.command("new")
@click.argument("name")
@click.argument("cause")
@click.option("--state", default="", metavar="STATE", help="What was found; never a cleared state.")
@click.option("--flag", "flags", multiple=True, metavar="ID", help="What narrows it (repeat).")
@click.option("--massage", "massages", multiple=True, metavar="ID", help="A massage (repeat).")
@click.option("--tip", "tips", multiple=True, metavar="ID", help="A tip (repeat).")
@click.option("--dose", "doses", multiple=True, metavar="ID=MINUTES,TIMES/week",
              help="A dose of your own (repeat).")
@click.option("--note", default="", metavar="TEXT", help="A note for every patient.")
@click.option("--practice", is_flag=True, help="Save it for the whole practice.")
@_BRAND
def protocol_new(name: str, brand_file: Path | None, practice: bool, doses: tuple[str, ...],
                 **choices: Any) -> None:
    """Save choices under a name.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --dose self-massage=10,2/week
    """
    from handouts import protocols
    from handouts.catalogue import load_catalogue
    from handouts.make import today
    from handouts.paths import brand_path

    own, shared = protocols.folders(brand_path(brand_file))
    asked = (text.partition("=") for text in doses)
    saved = protocols.Protocol(doses={massage: dose for massage, _, dose in asked}, **choices)
    click.echo(protocols.save(name, saved, shared if practice else own, load_catalogue(), today()))


@protocol.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, an object a line.")
@_BRAND
def protocol_list(brand_file: Path | None, as_json: bool) -> None:
    """List the saved choices.

    \b
    handouts protocol list --json
    """
    from handouts import protocols
    from handouts.paths import brand_path

    for name, file in protocols.named(protocols.folders(brand_path(brand_file))).items():
        entry = {"name": name, "cause": protocols.read(file).cause, "file": str(file)}
        click.echo(json.dumps(entry, ensure_ascii=False) if as_json
                   else "\t".join(entry.values()))


@protocol.command("show")
@click.argument("name")
@_BRAND
def protocol_show(name: str, brand_file: Path | None) -> None:
    """Show saved choices.

    \b
    handouts protocol show oa-first-visit
    """
    from handouts import protocols
    from handouts.paths import brand_path

    places = protocols.folders(brand_path(brand_file))
    protocols.find(name, places)
    click.echo(protocols.named(places)[name].read_text(encoding="utf-8"), nl=False)


# -- list ------------------------------------------------------------------------------------------

LISTS = ("causes", "states", "massages", "tips", "flags", "languages")


@handouts.command("list")
@click.argument("what", type=click.Choice(LISTS))
@click.option("--json", "as_json", is_flag=True, help="As JSON, an object a line.")
def list_(what: str, as_json: bool) -> None:
    """List what can be asked for.

    \b
    handouts list causes
    handouts list states --json
    """
    from handouts.catalogue import load_catalogue

    for entry in _entries(load_catalogue(), what):
        if as_json:
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo("\t".join(str(value) for value in entry.values()))


def _entries(catalogue: Any, what: str) -> Iterable[dict[str, str]]:
    words = catalogue.words_in(catalogue.languages[0])
    match what:
        case "causes":
            return [{"id": name, "name": words.causes[name].name}
                    for name in catalogue.structure.causes]
        case "states":
            return [{"cause": cause, "id": state, "name": words.causes[cause].states[state]}
                    for cause, data in catalogue.structure.causes.items() for state in data.states]
        case "massages":
            return [{"id": name, "name": words.massages.massages[name].name}
                    for name in catalogue.structure.massages]
        case "tips":
            return [{"id": name, "name": words.tips[name].title}
                    for name in catalogue.structure.tips]
        case "flags":
            return [{"id": name, "name": words.flags[name].name}
                    for name in catalogue.structure.flags]
        case _:
            return [{"id": language, "review": _review(catalogue.info.review.get(language))}
                    for language in catalogue.languages]


def _review(review: Any) -> str:
    """The review state of one language."""
    return f"reviewed by {review.by}, {review.on}" if review else "draft, not yet reviewed"


# -- export ----------------------------------------------------------------------------------------


@handouts.group()
def export() -> None:
    """Handouts for other systems.

    \b
    handouts export openemr education
    """


@export.command("openemr")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", "languages", multiple=True, metavar="LANG",
              help="A language (repeat); default: all that OpenEMR and the pack have.")
@click.option("--brand", "brand_file", type=click.Path(path_type=Path), metavar="FILE",
              help="Default: $HANDOUTS_BRAND, your config folder, the built-in one.")
@click.option("--json", "as_json", is_flag=True, help="Say what was made, as JSON.")
def export_openemr(folder: Path, languages: tuple[str, ...], brand_file: Path | None,
                   as_json: bool) -> None:
    """Fill the folder of PDFs that OpenEMR serves: one for each mapped code and language.

    \b
    handouts export openemr /var/www/openemr/sites/default/documents/education
    """
    from handouts.catalogue import load_catalogue
    from handouts.export import openemr
    from handouts.make import today
    from handouts.paths import brand_path, cache_folder
    from handouts.press import Press
    from handouts.store import Store

    press = Press(brand_path(brand_file), store=Store(cache_folder()))
    made = openemr(folder, press, load_catalogue(), today(), languages=languages)
    facts = {"folder": str(folder), "files": len(made.files), "handouts": made.handouts,
             "stale": list(made.stale)}
    click.echo(json.dumps(facts) if as_json else str(folder))
    if not as_json:
        click.echo(f"{len(made.files)} files, {made.handouts} different handouts; "
                   f"{len(made.stale)} files of no mapped code", err=True)


# -- brand -----------------------------------------------------------------------------------------


@handouts.group()
def brand() -> None:
    """Start a brand of your own, or check one.

    \b
    handouts brand new my-clinic
    handouts brand check my-clinic
    """


@brand.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def brand_new(folder: Path) -> None:
    """Start a brand: a commented brand.toml and a logo to replace.

    \b
    handouts brand new my-clinic
    """
    from handouts.brand import new_brand

    for path in new_brand(folder):
        click.echo(path)


@brand.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def brand_check(file: Path, as_json: bool) -> None:
    """Check a brand: every problem at once, or what it holds.

    \b
    handouts brand check my-clinic/brand.toml
    """
    from handouts.brand import contrast, read_brand
    from handouts.pdf.figures import from_svg

    found = read_brand(file)
    if found.logo and found.logo.kind == "svg":
        from_svg(found.logo.data, "logo")  # tells what can't be printed as drawn
    ratio = round(contrast(found.colours.brand, "#FFFFFF"), 1)
    facts = {"name": found.name, "colour": found.colours.brand, "contrast": ratio,
             "logo": found.logo.kind if found.logo else None, "paper": found.paper,
             "emergency": found.emergency, "reviewed": bool(found.review.by)}
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name}\t{value}" for name, value in facts.items()))


# -- check -----------------------------------------------------------------------------------------


@handouts.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path),
                metavar="PDF...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, an object a file and line.")
def check(files: Sequence[Path], as_json: bool) -> None:
    """Check finished PDFs, of any make: tags, standards, clear print, words, disclaimer.

    \b
    handouts check osteoarthritis.pdf
    handouts check --json *.pdf

    Ends with 1 if a file has faults, with 3 if a file can't be opened; the others are checked all
    the same.
    """
    from handouts.check import check_files

    codes, notes = [ExitCode.DONE], dict[str, None]()
    for result in check_files(files):
        codes.append(result.exit_code)
        for line in [json.dumps(result.as_dict())] if as_json else result.lines():
            click.echo(line)
        notes.update(dict.fromkeys(result.unchecked))
        if result.error is not None:
            click.echo(f"handouts: {result.error}", err=True)
    for note in notes:
        click.echo(f"handouts: {note}", err=True)
    raise click.exceptions.Exit(max(codes))


# -- cache -----------------------------------------------------------------------------------------


@handouts.group()
def cache() -> None:
    """The pages laid out before, kept to make the next handout fast; no patient data.

    \b
    handouts cache info
    handouts cache clear
    """


@cache.command("info")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def cache_info(as_json: bool) -> None:
    """Say where the cache is and how large.

    \b
    handouts cache info --json
    """
    from handouts.paths import cache_folder
    from handouts.store import Store

    store = Store(cache_folder())
    entries, size = store.info()
    facts = {"folder": str(store.folder), "entries": entries, "bytes": size, "most": store.cap}
    if as_json:
        click.echo(json.dumps(facts))
    else:
        click.echo("\n".join(f"{name}\t{value}" for name, value in facts.items()))


@cache.command("clear")
def cache_clear() -> None:
    """Delete what the cache holds; handouts are the same without it.

    \b
    handouts cache clear
    """
    from handouts.paths import cache_folder
    from handouts.store import Store

    click.echo(f"{Store(cache_folder()).clear()} entries deleted", err=True)


# -- where errors end ------------------------------------------------------------------------------


def main() -> None:
    """The entry point: every error ends here, as one message and an exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and gives its exit code."""
    try:
        ended = handouts.main(args=list(arguments), prog_name="handouts", standalone_mode=False)
        return ended or ExitCode.DONE  # Click hands back the code of its Exit
    except HandoutError as error:
        click.echo(f"handouts: {error}", err=True)
        return error.exit_code
    except click.UsageError as error:
        click.echo(_usage(error, arguments), err=True)
        return ExitCode.USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("handouts: interrupted; no half file was left", err=True)
        return ExitCode.INTERRUPTED
    except Exception as error:
        click.echo(_bug(error), err=True)
        return ExitCode.BUG


def _usage(error: click.UsageError, arguments: Sequence[str]) -> str:
    """Click's message, but never a word that may be part of a patient's name."""
    message = error.format_message()
    for typed in arguments:
        if not typed.startswith("-"):
            message = message.replace(f" {typed!r}", " of that name")
    if "unexpected extra argument" in message:
        message = "There are more words than expected. Put a name with spaces into quotes."
    command = error.ctx.command_path if error.ctx else "handouts"
    return f"handouts: {message}\nSee: {command} --help"


def _bug(error: Exception) -> str:
    """A bug in one line: its kind and place, no text that may hold a patient's value."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (f"handouts: a bug, sorry: {type(error).__name__} in {Path(place.filename).name}, "
            f"line {place.lineno}. No half file was left. Please report this line.")


if __name__ == "__main__":
    main()
