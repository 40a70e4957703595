"""The pictures, one function each: a pose, a camera, and what lies on top."""

from scenes import anatomy, daily, massages, moves, routine, side, signs, warnings

__all__ = ["anatomy", "daily", "massages", "moves", "routine", "side", "signs", "warnings"]
