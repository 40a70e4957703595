"""A practice as it is typed on the page → the files of its brand."""

import json
from dataclasses import dataclass
from typing import Any

from handouts.brand.colours import dark_enough

TEXTS = ("name", "address1", "address2", "phone", "hours", "web", "email", "emergency")
OWN = "own"  # a colour that is none of the logo's
_ENDINGS = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
_HEAD = ("# The practice on the handout, written by the page in the browser.\n"
         "# What each line may hold: handouts brand new DIR shows it.\n")


@dataclass(frozen=True)
class Draft:
    """A practice as it is typed: its texts and paper, a logo, a colour and whose choice that is."""

    texts: dict[str, str]
    paper: str
    logo: bytes
    token: str
    colours: tuple[str, ...]  # of the logo
    pick: str
    colour: str

    @property
    def fixed(self) -> str:
        """The colour that is printed: dark enough for text."""
        return dark_enough(self.chosen)

    @property
    def chosen(self) -> str:
        """The colour that was chosen, as it is."""
        return self.pick if self.pick in self.colours else self.colour

    def files(self, kept: dict[str, Any]) -> dict[str, bytes]:
        """The files of the brand; `kept` are entries that the page does not ask for."""
        entries: dict[str, Any] = {
            "name": self.texts["name"],
            "address": [line for line in (self.texts["address1"], self.texts["address2"]) if line],
            **{name: self.texts[name] for name in TEXTS[3:]}, "paper": self.paper, **kept}
        files = {}
        if self.logo:
            ending = next((end for magic, end in _ENDINGS.items()
                           if self.logo.startswith(magic)), ".svg")
            entries["logo"] = f"logo{ending}"
            files[entries["logo"]] = self.logo
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
                 for name, value in entries.items() if value]
        files["brand.toml"] = (f"{_HEAD}\n{''.join(lines)}\n[colours]\n"
                               f'brand = "{self.fixed}"\n').replace("\x7f", "").encode()
        return files


def hex_of(text: str, other: str) -> str:
    """A colour as `#RRGGBB`, or the other one for a text that is none."""
    digits = text.strip().lstrip("#")
    is_hex = len(digits) == 6 and all(char in "0123456789abcdefABCDEF" for char in digits)
    return f"#{digits.upper()}" if is_hex else other
