"""handouts serve: the local page."""

from pathlib import Path

import click

from handouts.brand.reviews import Reviews
from handouts.commands import misuse, options
from handouts.commands.streams import print_line, reporting
from handouts.errors import UsageError
from handouts.paths import brand_path
from handouts.press.press import Press
from handouts.request.days import today


@click.command("serve", cls=misuse.Command)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N",
              help="Default: 8645, or a free one where that is taken. 0 takes any free one.")
@options.pack
@options.brand
@options.templates
@click.option("--public-url", metavar="URL", callback=options.web_address,
              help="Where a reverse proxy answers record systems; links begin with it.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def command(port: int | None, pack: Path | None, brand: Path | None,
            templates: Path | None, public_url: str, no_open: bool) -> None:
    """Make handouts in the browser, on this machine alone, until Ctrl-C.

    \b
    handouts serve

    Where the page runs already, it is opened. Its address holds a token that is new with each
    start; the browser keeps it as a cookie, and other users of this computer don't have it.
    Nothing about a patient is kept on the disk: a table is read in memory, its handouts are made
    while they are downloaded, and a result is forgotten 10 minutes after it was last fetched.

    Record systems ask it by Infobutton (/infobutton) and CDS Hooks (/cds-services). It listens on
    this computer alone; --public-url names where a reverse proxy, such as nginx, passes what is for
    them on, and under that host nothing else is answered:

    \b
    handouts serve --port 8645 --no-open --public-url https://sheets.example
    location ~ ^/(infobutton|handouts/|cds-services) {
      proxy_pass http://127.0.0.1:8645; proxy_set_header Host $host; }
    """
    try:
        from handouts.web.server import serve
    except ImportError as error:
        raise UsageError("needs a few libraries more", where="serve",
                         cure="pip install 'handouts[web]'") from error
    warn_of_review(Press(brand_path(brand), pack=pack, templates=templates).reviews(today()))
    serve(port, brand_path(brand), pack=pack, templates=templates, show=not no_open, say=_say,
          public_url=public_url)


def warn_of_review(reviews: Reviews) -> None:
    """Tells how the content of each language stands."""
    options.warn_of_review({name: reviews.standing(name).state
                            for name in reviews.pack.languages})


def _say(address: str) -> None:
    """Tells where the page is; without a stdout the browser alone knows."""
    with reporting("The page is"):
        print_line(address)
