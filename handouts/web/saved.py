"""Saved choices on the page: a protocol put into a form, and a form saved as a protocol."""

import re
from dataclasses import dataclass, replace
from typing import cast
from unicodedata import normalize

from handouts.errors import HandoutError, UsageError
from handouts.pack.consistency import SOON
from handouts.request import protocols
from handouts.request.look import Paper
from handouts.request.protocols import Protocol
from handouts.rules.choices import choose
from handouts.rules.safety import Advice, RoutineAdvice, Verdict, decide
from handouts.web import changes
from handouts.web.checked import CheckedForm
from handouts.web.form import OWN, RECOMMENDED, Form
from handouts.web.problems import Problem, capital, own, problem_of
from handouts.web.site import Site
from handouts.web.texts import Words

NAME_LIMIT = 40
_CHOSEN = ("massages", "massages_by", "tips", "tips_by", "held", "held_tips", "fell", "minutes",
           "times")


class NameTaken(UsageError):
    """There is a protocol of that name, and nobody has said that it is to be replaced."""


def names(site: Site) -> list[str]:
    """The protocols that there are, one's own and the practice's."""
    return list(protocols.named(protocols.folders(site.brand_file)))


# -- used ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """A form with a protocol's choices, and what of the form it did not change.

    `cause` is the protocol's. `kept_flags` were ticked and are not the protocol's, `kept_state` is
    more cautious than the protocol's, `offered_state` is the protocol's where nobody has said yet
    what was found.
    """

    form: Form
    name: str
    cause: str
    kept_flags: tuple[str, ...] = ()
    kept_state: str = ""
    offered_state: str = ""


def loaded(name: str, form: Form, site: Site, *, examined: bool) -> Loaded:
    """The form with a protocol's choices: flags of both hold, and the more cautious state.

    A protocol alone makes nobody examined whom nobody has looked at, whatever is ticked: its state
    is taken in place of one that was found, if it allows no more, or if someone says that the
    patient was `examined`. Where it is not taken and nobody has said what was found, nothing of
    what was chosen for it is taken either, as on the command line
    (`handouts.request.request.joined`).

    Raises UsageError where there is no such protocol, PackError for one that is wrong.
    """
    saved = protocols.find(name, protocols.folders(site.brand_file), site.pack)
    before = site.diagnoses.known(form.diagnosis)
    if before is None and form.was:  # a slip of the pen takes nothing back that was said before it
        form = replace(form, diagnosis=form.was)
        before = site.diagnoses.known(form.was)
    if before is not None:  # a state that was found for the cause before is none of this one
        form = changes.for_diagnosis(form, before, site.diagnoses.known(form.was))
    is_same = before is not None and before.cause == saved.cause
    ticked = tuple(dict.fromkeys((*form.flags, *(before.flags if before else ()))))
    flags = tuple(dict.fromkeys((*saved.flags, *ticked)))
    outlives = () if is_same or before is None else before.flags  # else its code still says it
    found = form.state if is_same else ""
    takes = (examined and not found) or _is_as_cautious(saved, found, flags, site)
    new = replace(
        _with_choices(form, saved),
        diagnosis=form.diagnosis if is_same else _name_of(saved.cause, site),
        was=form.diagnosis if is_same else "", side_by=form.side_by if is_same else "",
        state=saved.state if takes else found,
        cleared_on=form.cleared_on if is_same and not takes else "",
        flags=tuple(dict.fromkeys((*saved.flags, *form.flags, *outlives))),
        earlier=tuple(dict.fromkeys((*form.earlier, *(
            flag for flag in outlives if flag not in (*form.flags, *saved.flags))))))
    is_lost = bool(saved.state and not found and not takes)
    if is_lost:  # it was chosen for somebody examined
        own = form if is_same else Form()
        new = replace(new, **{name: getattr(own, name) for name in _CHOSEN})
    return Loaded(new, name, saved.cause, tuple(flag for flag in ticked if flag not in saved.flags),
                  found if found and not takes and found != saved.state else "",
                  saved.state if is_lost else "")


def _with_choices(form: Form, saved: Protocol) -> Form:
    """A form with what a protocol prints and how, whoever it is for."""
    doses = saved.request.doses
    return replace(
        form, held=(), held_tips=(), fell=(), massages=saved.massages, tips=saved.tips,
        massages_by=OWN if saved.massages else RECOMMENDED,
        tips_by=OWN if saved.tips else RECOMMENDED,
        minutes={massage: str(dose.minutes) for massage, dose in doses.items()},
        times={massage: str(dose.times) for massage, dose in doses.items()},
        edition=saved.edition or form.edition, language=saved.language or form.language,
        paper=saved.paper or form.paper, skin=saved.skin or form.skin, format=saved.format,
        mono="1" if saved.mono else "",
        note=form.note if form.note.strip() else saved.note)


def _is_as_cautious(saved: Protocol, found: str, flags: tuple[str, ...], site: Site) -> bool:
    """Whether the protocol's state allows nothing that the state that was found does not, and is
    as urgent: with the flags that are ticked and without them, for a tick can be taken back."""
    if not saved.state or not found:
        return False
    if saved.state == found:
        return True
    try:
        pairs = [tuple(decide(site.pack, saved.cause, state, flags=ticked)
                       for state in (saved.state, found)) for ticked in ((), flags)]
    except HandoutError:
        return False  # what the form says stays, and the form tells what is wrong with it
    return all((new.waits or _is_within(new, old)) and _rank(new) <= _rank(old)
               for new, old in pairs)


def _rank(advice: Advice) -> int:
    """How soon to be seen, the most urgent first."""
    return SOON.get(advice.care.urgency, len(SOON))


def _is_within(new: Advice, old: Advice) -> bool:
    """Whether all that an Advice allows is allowed by another, under no fewer conditions."""
    if new.routine and not (old.routine and _is_routine_within(new.routine, old.routine)):
        return False
    pairs = [(ruling, old.rulings[name]) for name, ruling in new.rulings.items() if ruling.allowed]
    return all(ruling.verdict <= other.verdict and ruling.on <= other.on
               and set(other.conditions) <= set(ruling.conditions) for ruling, other in pairs)


def _is_routine_within(new: RoutineAdvice, old: RoutineAdvice) -> bool:
    """Whether each part of a routine is as free in another, and the strokes are, too."""
    return new.verdict <= old.verdict and set(new.moves) <= set(old.moves) and all(
        verdict <= old.parts.get(part, Verdict.NO) for part, verdict in new.parts.items())


def summary_lines(loaded: Loaded, site: Site, words: Words) -> list[str]:
    """Sentences on what a protocol did to the form, for the person who used it."""
    said, texts = site.pack.words_in(site.language(words)), words["saved"]
    states = said.causes[loaded.cause].states
    lines = [texts["used"].format(name=loaded.name)]
    if loaded.kept_flags:
        kept = ", ".join(said.flags[flag].name for flag in loaded.kept_flags
                         if flag in said.flags)
        lines.append(texts["kept_flags"].format(flags=kept))
    if loaded.kept_state in states:
        lines.append(texts["kept_state"].format(state=states[loaded.kept_state]))
    if loaded.offered_state in states:
        lines.append(texts["offered"].format(state=states[loaded.offered_state]))
    return lines


def offered(loaded: Loaded, site: Site, words: Words) -> str:
    """The state that somebody who examined the patient can take with one click, or nothing."""
    said = site.pack.words_in(site.language(words))
    return capital(said.causes[loaded.cause].states.get(loaded.offered_state, ""))


# -- saved -----------------------------------------------------------------------------------------


def save(name: str, asked: CheckedForm, site: Site, *, replacing: bool, note: str = "") -> str:
    """Saves the choices of a form, never what is about the patient; gives the name. A `note` is
    one that somebody says is for everyone.

    Raises NameTaken, UsageError for an empty name, and as `choose` and the `check` and
    `save` of request.protocols do.
    """
    plain = plain_name(name)
    own = protocols.folder_for(site.brand_file, shared=False)
    # Some systems hold two names that differ in their capitals alone for one.
    taken = next((each for each in protocols.named([own]) if each.casefold() == plain.casefold()),
                 "")
    if taken and not replacing:
        raise NameTaken("there is one of that name", where="protocol",
                        cure="Choose another name, or tick the box to replace it.")
    request = asked.request
    assert request is not None
    doses = {massage: f"{dose.minutes},{dose.times}/week"
             for massage, dose in request.doses.items()}
    brand = site.brand
    protocol = Protocol(request.cause, request.state or "", request.flags, request.massages,
                        request.tips, doses, note,
                        edition=request.edition if request.edition != brand.edition else "",
                        language=request.language, format=request.format,
                        paper=cast(Paper, request.paper) if request.paper != brand.paper else "",
                        mono=request.mono,
                        skin=request.skin if request.skin != brand.skin else "")
    protocols.check(taken or plain, protocol, site.pack)
    choose(protocol.request, site.pack, today=site.day)
    protocols.save(taken or plain, protocol, own)
    return taken or plain


def plain_name(text: str) -> str:
    """A name as it was typed, but for what no file's name may hold: `OA/first` is OA-first."""
    name = re.sub(r"[^\w ,.()+&'-]+", "-", " ".join(normalize("NFC", text).split()))
    return name.lstrip(" ,.()+&'-_")[:NAME_LIMIT].rstrip(" ,.(&-_")


def _name_of(cause: str, site: Site) -> str:
    return site.pack.words_in(site.pack.languages[0]).causes[cause].name


def problem(error: HandoutError, words: Words) -> Problem:
    """What stands against saving, at the field for the name."""
    if isinstance(error, NameTaken):
        return own("protocol_name", "name_taken", words)
    if error.field == "protocol":
        return own("protocol_name", "no_name", words)
    if error.field == "state":
        return own("protocol_name", "cleared", words)
    return problem_of(error, words)._replace(field="protocol_name")
