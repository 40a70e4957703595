"""Saved choices on the page: a protocol put into a form, and a form saved as a protocol."""

import re
from dataclasses import replace
from unicodedata import normalize

from handouts import protocols
from handouts.errors import HandoutError, InputError, UsageError
from handouts.protocols import Protocol
from handouts.web.asking import Asked
from handouts.web.form import OWN, RECOMMENDED, Form
from handouts.web.problems import Problem, own, told
from handouts.web.site import Site
from handouts.web.words import Words

NAME_LIMIT = 40


def names(site: Site) -> list[str]:
    """The protocols that there are, one's own and the practice's."""
    return list(protocols.named(protocols.folders(site.brand_file)))


def loaded(name: str, form: Form, site: Site) -> Form:
    """The form with a protocol's choices; what is about the patient stays.

    Raises UsageError where there is no such protocol, PackError for one that is wrong.
    """
    saved = protocols.find(name, protocols.folders(site.brand_file))
    doses = saved.request.doses
    return replace(
        form, diagnosis=_name_of(saved.cause, site), was="", state=saved.state, cleared_on="",
        flags=saved.flags, massages=saved.massages, tips=saved.tips,
        massages_by=OWN if saved.massages else RECOMMENDED,
        tips_by=OWN if saved.tips else RECOMMENDED,
        minutes={massage: str(dose.minutes) for massage, dose in doses.items()},
        times={massage: str(dose.times) for massage, dose in doses.items()},
        note=saved.note or form.note)


def save(name: str, asked: Asked, site: Site, *, replacing: bool) -> str:
    """Saves the choices of a form, never what is about the patient; gives the name.

    Raises UsageError for a name that is taken or empty, and as `protocols.save` does.
    """
    plain = slug(name)
    own = protocols.folder_for(site.brand_file, shared=False)
    if plain in protocols.named([own]) and not replacing:
        raise UsageError("there is one of that name", where="protocol_name",
                         cure="Choose another name, or tick the box to replace it.")
    request = asked.request
    assert request is not None
    doses = {massage: f"{dose.minutes},{dose.times}/week"
             for massage, dose in request.doses.items()}
    protocol = Protocol(request.cause, request.state or "", request.flags, request.massages,
                        request.tips, doses)
    protocols.save(plain, protocol, own, site.catalogue, site.day)
    return plain


def slug(name: str) -> str:
    """A name as a protocol's: `OA, first visit` is oa-first-visit."""
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:NAME_LIMIT].strip("-")


def _name_of(cause: str, site: Site) -> str:
    return site.catalogue.words_in(site.catalogue.languages[0]).causes[cause].name


def problem(error: HandoutError, words: Words) -> Problem:
    """What stands against saving, at the field for the name."""
    if error.where == "protocol_name":
        return own("protocol_name", "name_taken", words)
    if isinstance(error, UsageError) and error.where == "protocol":
        return own("protocol_name", "no_name", words)
    if isinstance(error, InputError) and error.where == "protocol":
        return own("protocol_name", "cleared", words)
    return told(error, words)._replace(field="protocol_name")
