"""What a practice says of itself, held to the pack's phrases that claim more than is known."""

from collections.abc import Iterator

from handouts.brand.brand import Brand
from handouts.errors import PackError
from handouts.pack.pack import Pack
from handouts.pack.phrases import claimed

_SAID = ("name", "hours", "web", "email")


def refuse_claims(brand: Brand, pack: Pack) -> None:
    """Raises PackError, naming each text, for a brand that promises what no handout may."""
    found = list(_claims(brand, pack))
    if found:
        raise PackError("the brand can't be used", where="brand.toml", problems=found,
                        cure="Write it without the phrase: a handout promises nothing.")


def _claims(brand: Brand, pack: Pack) -> Iterator[str]:
    said = [*((name, getattr(brand, name)) for name in _SAID),
            *(("address", line) for line in brand.address)]
    for name, text in said:
        if phrase := claimed(text, pack.info.refused):
            yield f"brand.toml: {name}: the phrase '{phrase}' claims more than is known"
