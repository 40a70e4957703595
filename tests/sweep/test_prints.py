"""Hundreds of patients on a few plates, where the suite takes a handful: what is printed keeps
every promise, and notes of every length are printed whole."""

from hypothesis import HealthCheck, settings
from test_long_notes import LENGTHS, print_whole
from test_press import PRINTS, keep_every_promise

MANY = settings(max_examples=300, suppress_health_check=list(HealthCheck))


@MANY
@PRINTS
def test_a_printed_plate_keeps_every_promise(press, patient, choices, side):
    keep_every_promise(press, patient, choices, side)


@MANY
@LENGTHS
def test_notes_of_every_length_are_printed_whole(press, length, language):
    print_whole(press, length, language)
