"""Adults only: a child's knee pain needs a check (hip disease can show as knee pain)."""

from handouts.errors import UnsafeError

ADULT = 18  # years


def refuse_children(age: int | None) -> None:
    """Raises UnsafeError for an age in years under 18; None is not known."""
    if age is not None and age < ADULT:
        raise UnsafeError(f"these handouts are for adults of {ADULT} years and over",
                          where="date of birth",
                          cure="A child or teenager with knee pain needs a check first.")
