"""What the child of test_limits runs: apart, so that it need not import pytest; no tests here."""

import os

from handouts.errors import InputError


def spin():
    """Takes processor time without end."""
    while True:
        pass


def take(size):
    """Takes memory, and tells how much."""
    return len(bytearray(size))


def counted(most):
    """Yields numbers, then spins."""
    yield from range(most)
    spin()


def refuse():
    """Raises an error of ours."""
    raise InputError("is no good", where="here", cure="Mend it.")


def told():
    """Writes where answers travel, and below."""
    print("not an answer")
    os.write(1, b"nor this")
    return "answer"


def pid():
    return os.getpid()
