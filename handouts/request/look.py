"""How a handout is printed: all that is not its words."""

from typing import Literal, NamedTuple, get_args

Skin = Literal["mixed", "light", "medium", "dark"]
Format = Literal["", "large-print"]
# How much a handout holds: the leaf for the fridge; what a visit needs; all that there is to say.
Edition = Literal["sheet", "standard", "full"]
USUAL: Edition = "standard"
Paper = Literal["letter", "a4"]
SKINS: tuple[str, ...] = get_args(Skin)
FORMATS: tuple[str, ...] = get_args(Format)
EDITIONS: tuple[str, ...] = get_args(Edition)
PAPERS: tuple[str, ...] = get_args(Paper)
WALL = {"letter": "tabloid", "a4": "a3"}  # the paper of a poster beside that of a handout


class Look(NamedTuple):
    """Paper, size of type, inks, and the skin of the people in the pictures.

    `large` is large print, set anew in 18 point type; `mono` prints in black alone; `mixed` skin
    is another one from handout to handout.
    """

    paper: str = "letter"
    large: bool = False
    mono: bool = False
    skin: str = "mixed"


def skin_of(skin: str, cause: str) -> str:
    """The skin of the one person in a handout's pictures: as asked for; mixed is another one from
    cause to cause, the same each time."""
    return SKINS[1:][sum(cause.encode()) % (len(SKINS) - 1)] if skin == "mixed" else skin
