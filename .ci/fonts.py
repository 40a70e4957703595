"""Puts the two faces of FiraGO that handouts print into the package, with their licence.

The package that has them, pymupdf-fonts, carries 26 faces more: 10 MB that nobody would use.
"""

from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Faces(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is built, and before the checkout is installed as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes the files, and has them taken into the wheel."""
        folder = Path(self.root, "assets", "fonts")
        folder.mkdir(exist_ok=True)
        for weight in ("Regular", "Bold"):
            face = import_module(f"pymupdf_fonts.FiraGO_{weight}")
            (folder / f"FiraGO-{weight}.ttf").write_bytes(face.fontbuffer)
        licence = distribution("pymupdf-fonts").read_text("LICENSE.txt")
        (folder / "FiraGO-OFL.txt").write_text(licence or "", encoding="utf-8")
        build_data["artifacts"].append("assets/fonts/FiraGO-*")
