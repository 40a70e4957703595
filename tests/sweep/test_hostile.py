"""Every hostile file there is a maker for, at its worst: within the promised time and memory."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile import EXPORTS, LOGOS, PDFS, Spent

SECONDS, MEGABYTES = 10, 512
BIG = {"pdf": 2 << 30, "export": 400 << 20, "logo": 1 << 30}
KNOWN = {0, 1, 3, 4}  # done, findings, a file or a logo that can't be used


def within(spent: Spent, label: str) -> None:
    print(f"{label:45} {spent.seconds:6.1f} s {spent.clock:6.1f} s {spent.memory:6.0f} MB "
          f"{spent.code}  {spent.said.strip().splitlines()[:1]}")
    assert spent.code in KNOWN, spent.said
    assert "Traceback" not in spent.said
    assert spent.seconds <= SECONDS
    assert spent.memory <= MEGABYTES


@pytest.mark.parametrize("name", PDFS)
def test_a_hostile_pdf_is_checked_or_refused_in_time(name, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(PDFS[name](BIG["pdf"] // 4))
    assert file.stat().st_size <= 20 << 20

    within(Spent(["check", str(file)]), name)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_hostile_export_is_read_or_refused_in_time(name, tmp_path):
    file = tmp_path / name
    file.write_bytes(EXPORTS[name](BIG["export"]))
    assert file.stat().st_size <= 20 << 20

    within(Spent(["batch", str(file), "-o", str(tmp_path / "out")]), name)


@pytest.mark.parametrize("name", LOGOS)
def test_a_hostile_logo_is_judged_in_time(name, tmp_path):
    file = tmp_path / name.replace(" ", "-")
    file.write_bytes(LOGOS[name](BIG["logo"]))
    brand = tmp_path / "brand.toml"
    brand.write_text(f'name = "Clinic"\nlogo = "{file.name}"\n')

    within(Spent(["brand", "check", str(brand)]), name)
