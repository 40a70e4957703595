"""handouts make: one handout."""

from itertools import chain
from pathlib import Path
from typing import Any

import click

from handouts.commands import misuse, options
from handouts.commands.makefiles import Files, clear_pictures, files_of, hold_apart, write
from handouts.commands.streams import (
    has_terminal,
    print_bytes,
    print_json,
    print_line,
    reporting,
    say,
)
from handouts.paths import brand_path, in_json, shown
from handouts.press.press import Handout, Press
from handouts.request.days import is_examined, today
from handouts.request.look import SKINS
from handouts.request.request import Patient, Request, joined, parse_doses
from handouts.system.files import is_stdout, landing

WHAT = {"html": "page", "email": "e-mail"}  # what else is made of a handout
# Why a protocol's state did not hold, and what then is printed.
_SCREENED = ("so this is the handout for somebody whom nobody has examined, with none of the "
             "protocol's massages, tips and doses")
_LOST = {
    "other-cause": f"the protocol's state is of another cause, {_SCREENED}\n"
                   "Say what you found with --state.",
    "not-examined": f"a saved state is no examination, {_SCREENED}\n"
                    "If you examined it within 30 days, add --examined-on YYYY-MM-DD, or --state."}

_CHOICES = options.together(
    click.option("--side", type=options.SideOf(), help="Which side."),
    click.option("--state", metavar="STATE", callback=options.plain_id,
                 help="What you found (handouts list states); left out: the screened variant."),
    click.option("--flag", "flags", multiple=True, metavar="ID", type=options.PackId("flags"),
                 help="What narrows it (repeat); flags only ever restrict."),
    click.option("--massage", "massages", multiple=True, metavar="ID",
                 type=options.PackId("massages"),
                 help="A massage to print (repeat); default: the recommended ones."),
    options.edition,
    click.option("--tip", "tips", multiple=True, metavar="ID",
                 help="A tip to print (repeat), in your order."),
    click.option("--question", "questions", multiple=True, metavar="ID",
                 help="A question to answer (repeat)."),
    click.option("--term", "terms", multiple=True, metavar="ID",
                 help="A word to explain (repeat)."),
    click.option("--dose", "doses", multiple=True, metavar="ID=MINUTES,TIMES/week",
                 help="A dose of your own, capped by the rules (repeat)."),
    click.option("--protocol", metavar="NAME",
                 help="Saved choices; options given beside it win, flags are added."),
    click.option("--examined-on", type=options.IsoDate(),
                 help="The day of your examination; a protocol's state holds for 30 days."),
    click.option("--code", metavar="CODE", help="A diagnosis code instead of CAUSE."),
    click.option("--code-system", default="icd10cm", show_default=True, metavar="SYSTEM",
                 help="icd10cm or snomed."),
    options.pack,
    click.option("--lang", "language", default="", metavar="LANG",
                 type=options.PackId("languages"),
                 help="Language (handouts list languages)."),
    group="What to print")
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
    group="The patient; what is left out is a line to write on")
_LOOK = options.together(
    options.paper,
    click.option("--large-print", is_flag=True, help="Set anew in 18 point type."),
    click.option("--mono", is_flag=True, help="For a printer that has black only."),
    click.option("--skin", type=click.Choice(SKINS, case_sensitive=False),
                 help="The skin of the people in the pictures; default: the brand's."),
    options.brand,
    options.templates,
    group="How it looks")
_FILES = options.together(
    click.option("-o", "--output", metavar="FILE",
                 help="Default: CAUSE.pdf here; - for stdout."),
    options.force,
    click.option("--encrypt", is_flag=True, help="Lock the PDF with a password; asks for it."),
    click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE",
                 help="Lock it with the first line of a file."),
    click.option("--png", is_flag=True, help="The pages as pictures, too."),
    click.option("--html", is_flag=True, help="One accessible HTML page, too."),
    click.option("--email", is_flag=True, help="An e-mail to send, too (.eml): the handout without "
                 "the patient, with its pictures."),
    click.option("--open", "show", is_flag=True, help="Show the PDF."),
    click.option("--summary", is_flag=True, help="Three lines in English for the patient's record, "
                 "nothing of the patient; the path goes to stderr."),
    options.as_json("Say what was made, as JSON."),
    group="Files")


@click.command("make", cls=misuse.Command)
@click.argument("cause", required=False, type=options.PackId("causes"))
@_CHOICES
@_PANEL
@_LOOK
@_FILES
def command(cause: str | None, **given: Any) -> None:
    """Make one handout.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts make gout --state between --flag anticoagulant -o ana.pdf
    handouts make --code M17.11

    With neither CAUSE nor --code nor --protocol it asks, on a terminal.
    A file is replaced only by its like; one that another program made, only with --force.
    Links are followed; a pipe or a device is written into.
    """
    if cause is None and given["code"] is None and given["protocol"] is None:
        from handouts.commands.questions import ask_choices

        cause, given = ask_choices(given)
    request = _request(cause, given)
    target = _target(given, request.cause)
    password = _password(given)
    press = Press(brand_path(given["brand"]), pack=given["pack"], templates=given["templates"],
                  store=options.store(), records=options.records())
    handout = press.handout(request, today())
    if password:
        from handouts.press.locked import TOLD, locked

        handout = handout._replace(pdf=locked(handout.pdf, password))
        say(f"handouts: {TOLD}.")
    review = {handout.facts["language"]: handout.facts["review"]["state"]}
    if target is None:
        options.warn_of_review(review)
        options.warn_of_records(press.records)
        print_bytes(handout.pdf)
        return
    more = {name: made(request, today()) for name, made in (
        ("html", press.page), ("email", press.mail)) if given[name]}
    files = files_of(handout, more, target, png=given["png"])
    hold_apart(files, given)
    write(files, private=request.patient != Patient())
    if given["png"]:
        clear_pictures(target, len(files["pictures"]))
    options.warn_of_review(review)
    options.warn_of_records(press.records)
    if given["show"]:
        click.launch(str(next(iter(files["pdf"]))))
    with reporting("The files are" if more or given["png"] else "The PDF is"):
        _report(handout, files, given)
        if given["summary"]:
            _report_summary(request, handout, given)


def _request(cause: str | None, given: dict[str, Any]) -> Any:
    """The Request that the options ask for."""
    side, flags, saved = given["side"] or "", list(given["flags"]), _saved(given)
    if given["code"] is not None:
        if cause is not None:
            raise misuse.Misuse("Give a cause or --code, not both.")
        cause, side, coded = _coded(given, side)
        flags += coded
    patient = Patient(
        name=given["patient"], born=given["dob"], id=given["record"],
        given_by=given["clinician"], given_on=given["given_on"],
        next_visit=given["review"], cleared_on=given["cleared_on"],
        note=given["note"])
    examined = is_examined(given["examined_on"], given["given_on"] or today(), today())
    request, lost = joined(saved, Request(
        cause=cause or "", state=given["state"], flags=tuple(dict.fromkeys(flags)),
        massages=given["massages"], tips=given["tips"],
        questions=given["questions"], terms=given["terms"], edition=given["edition"] or "",
        doses=parse_doses(given["doses"]),
        side=side,  # type: ignore[arg-type]
        language=given["language"], paper=given["paper"] or "",
        format="large-print" if given["large_print"] else "", mono=given["mono"],
        skin=given["skin"] or "", patient=patient), examined=examined)
    if lost:
        say(f"handouts: {_LOST[lost]}")
    return request


def _saved(given: dict[str, Any]) -> Any:
    """What the protocol asks for, or a request for nothing."""
    if given["protocol"] is None:
        if given["examined_on"] is not None:
            raise misuse.Misuse("--examined-on goes with --protocol; without one, say what you "
                                "found with --state.")
        return Request("")
    from handouts.pack.pack import load_pack
    from handouts.request import protocols

    places = protocols.folders(brand_path(given["brand"]))
    return protocols.find(given["protocol"], places, load_pack(folder=given["pack"])).request


def _coded(given: dict[str, Any], side: str) -> tuple[str, str, tuple[str, ...]]:
    """Cause, side and flags by a diagnosis code, which must not be at odds with side or state."""
    from handouts.coding import codes, flagcodes
    from handouts.pack.pack import load_pack

    pack = load_pack(folder=given["pack"])
    system = codes.system_name(given["code_system"])
    coded = codes.select(pack, given["code"], system=system, side=side,
                         state=given["state"])
    return coded.cause, side or coded.side, flagcodes.flags_of(
        pack, given["code"], system, side=side or coded.side)


def _target(given: dict[str, Any], cause: str) -> Path | None:
    """The file to write, or None for stdout."""
    if given["summary"] and given["as_json"]:
        raise misuse.Misuse("Give --summary or --json, not both.")
    output = given["output"] or f"{cause}.pdf"
    path = None if output == "-" else options.NamedFile("-o").convert(output, None, None)
    if path is None or is_stdout(path):
        for name in ("png", "html", "email", "show", "as_json", "summary"):
            if given[name]:
                raise misuse.Misuse(f"--{name.replace('_', '-')} needs a file, not stdout."
                                       .replace("--show", "--open").replace("--as-json", "--json"))
        return None
    for name, ending in (("html", ".html"), ("email", ".eml")):
        if given[name] and path == path.with_suffix(ending):
            raise misuse.Misuse(f"With --{name}, -o names the PDF; the {WHAT[name]} takes its name "
                                f"and {ending}.")
    if (given["html"] or given["email"] or given["png"]) and landing(path) is None:
        raise misuse.Misuse("--html, --email and --png need a file, and -o names a pipe or "
                            "device.")
    return path


def _password(given: dict[str, Any]) -> str:
    """The password to lock the PDF with, from a file or asked for twice; nothing for none."""
    if not given["encrypt"] and given["password_file"] is None:
        return ""
    from handouts.press.locked import checked, from_file

    if given["html"] or given["png"]:
        raise misuse.Misuse("A password locks the PDF alone; leave out --html and --png.")
    if given["password_file"] is not None:
        return from_file(given["password_file"])
    if not has_terminal():
        raise misuse.Misuse("--encrypt asks for the password on a terminal; elsewhere give "
                            "--password-file.")
    return checked(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _report(handout: Handout, files: Files, given: dict[str, Any]) -> None:
    """Says what was written."""
    if given["as_json"]:
        print_json(_summary(handout, files))
        return
    for path in chain(*files.values()):
        (say if given["summary"] else print_line)(shown(path))


def _report_summary(request: Request, handout: Handout, given: dict[str, Any]) -> None:
    """Three lines on what was chosen, on stdout."""
    from handouts.pack.pack import load_pack
    from handouts.press.summary import summary
    from handouts.rules.choices import choose

    pack = load_pack(folder=given["pack"])
    choices = choose(request, pack, today=today())
    print_line("\n".join(summary(choices, handout.facts, pack)))


def _summary(handout: Handout, files: Files) -> dict[str, Any]:
    """What was made, without a word about the patient; the keys are a promise."""
    return {"file": in_json(next(iter(files["pdf"]))),
            **{kind: next(map(in_json, files.get(kind, {})), None) for kind in WHAT},
            "pictures": [*map(in_json, files["pictures"])],
            "pages": handout.pages, "bytes": len(handout.pdf),
            **{name: fact for name, fact in handout.facts.items() if name != "words"}}
