"""The routine laid out for a wall."""
