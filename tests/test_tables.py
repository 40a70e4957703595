"""What is made of tables as record systems and people write them: see tables_sent.py."""

import pytest
from helpers import TODAY
from tables_sent import SENT

from handouts import readers
from handouts.errors import HandoutError


def told(row):
    """A row in one line."""
    if row.problem is not None:
        return f"! {row.problem}".partition("\n")[0]
    if row.request is None:
        return f"- {next(kind for kind in row.unused if not kind.startswith('column:'))}"
    asked = row.request
    someone = asked.patient
    return (f"{asked.cause} {asked.side or '-'} {asked.language or '-'} [{' '.join(asked.flags)}] "
            f"{someone.name}|{someone.born or ''}|{someone.id}")


@pytest.fixture
def sent(tmp_path, knee):
    """The rows of a file that somebody sends, or why it is refused."""
    def read(one):
        path = tmp_path / f"sent{one.suffix}"
        path.write_bytes(one.content)
        try:
            return [*readers.read([path], knee, today=TODAY, reading=one.reading)]
        except HandoutError as error:
            return error
    return read


@pytest.mark.parametrize("one", SENT, ids=[one.name for one in SENT])
def test_each_table_comes_to_what_it_says(one, sent):
    found = sent(one)

    lines = [f"!! {found.problem}"] if isinstance(found, HandoutError) else [*map(told, found)]
    assert len(lines) == len(one.made)
    for line, wanted in zip(lines, one.made, strict=True):
        assert line.startswith(wanted) if wanted.startswith("!") else line == wanted
    if not isinstance(found, HandoutError):
        assert sorted({kind for row in found for kind in row.read_as}) == sorted(one.read_as)
        assert sorted({kind for row in found if row.request for kind in row.unused}) == sorted(
            one.unused)


def test_the_tables_are_many():
    assert len(SENT) >= 40
