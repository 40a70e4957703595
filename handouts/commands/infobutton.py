"""handouts infobutton: the answer to an EHR's question."""

from pathlib import Path

import click

from handouts.brand.brand import find_brand
from handouts.brand.reviews import Reviews
from handouts.commands import misuse, options
from handouts.commands.streams import print_bytes
from handouts.errors import InputError
from handouts.infobutton import answer, pairs_of
from handouts.pack.pack import load_pack
from handouts.request.days import today


@click.command("infobutton", cls=misuse.Command)
@click.argument("query")
@click.option("--base-url", metavar="URL", callback=options.web_address,
              help="Where the handouts are served; put before each link.")
@options.pack
@options.brand
def command(query: str, base_url: str, pack: Path | None, brand: Path | None) -> None:
    """Answer an EHR's Infobutton question: the handouts for its codes, as Atom or JSON.

    \b
    handouts infobutton \\
      "mainSearchCriteria.v.c=M17.11&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"

    \b
    a question                                    gets
    with an ICD-10-CM or SNOMED CT code, or by    the screened handout, as PDF and HTML
      its name alone (mainSearchCriteria.v.dn)
    with several (mainSearchCriteria.v.c1 ...)    one, for the most cautious cause, with all flags
    with informationRecipient.languageCode.c      that language (es for es-MX), else the first
    about someone under 18, with no mapped code,  a feed without entries
      or with something urgent that is not
      certain to be this joint
    with a code that must wait for a look         the handout that says so
    without code or system, a parameter twice     400
    for a type of answer that there is not        415

    knowledgeResponseType=application/json asks for the JSON of MedlinePlus Connect. The answer
    repeats codes, language and task, and nothing that may be about a patient. Codes of medicines
    (RxNorm, NDC) set flags beside a code that selects a handout.

    'handouts serve' answers the same at /infobutton, and text/html with the handout itself.
    """
    reviews = Reviews(load_pack(folder=pack), find_brand(brand), today())
    found = answer(pairs_of(query), reviews, base_url=base_url)
    if found.status != 200:
        raise InputError(found.body.decode().strip(), where=f"query ({found.status})",
                         cure="Write it as in: handouts infobutton --help")
    print_bytes(found.body + b"\n")
