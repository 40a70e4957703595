"""How far one step of a template may count, repeat or fill up.

Templates are trusted, but a mistake in one must not stop the program that prints with it: each step
is looked at before it is done. Nothing here is a wall against who means harm, and loops within
loops are not counted together.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST = 1_000_000  # of what is counted, repeated or filled up in one step
_DIGITS = 1_000  # of a number


class Bounded(ImmutableSandboxedEnvironment):
    """A sandbox in which no step makes more than `MOST` of anything."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters = {name: _counted(each) for name, each in self.filters.items()}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes of two values; OverflowError where that is too much."""
        if operator == "*" and _size(left) * _size(right) > MOST:
            raise OverflowError
        if operator == "**" and _digits(left) * abs(right) > _DIGITS:
            raise OverflowError
        if operator == "%" and isinstance(left, str):
            _check((left,))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __object: Any, *args: Any,  # named as Jinja does
             **named: Any) -> Any:
        """What a call gives; OverflowError where it is told to count too far."""
        method = getattr(__object, "__wrapped__", __object)  # Jinja wraps the one that formats
        owner = getattr(method, "__self__", None)
        if isinstance(owner, str | bytes):
            _check((owner if method.__name__.startswith("format") else "", *args,
                    *named.values()))
        return super().call(__context, __object, *args, **named)


def _counted(filtered: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is not told to count too far."""

    @wraps(filtered)
    def called(*args: Any, **named: Any) -> Any:
        _check((*args, *named.values()))
        return filtered(*args, **named)

    return called


def _check(values: tuple[Any, ...]) -> None:
    """OverflowError for a number that is too large to fill up to, or a format that names one."""
    for value in values:
        if isinstance(value, int) and abs(value) > MOST:
            raise OverflowError
        if isinstance(value, str) and len(value) < MOST and any(
                int(number) > MOST for number in _numbers(value)):
            raise OverflowError


def _numbers(text: str) -> list[str]:
    """The numbers in a text that is a format, with no more digits than can be read at once."""
    if "%" not in text and "{" not in text:
        return []
    digits = "".join(char if char in "0123456789" else " " for char in text)
    return [number[-18:] for number in digits.split()]


def _size(value: Any) -> int:
    """How much a factor makes: of a number itself, of what can be repeated its length."""
    if isinstance(value, int):
        return 1 if abs(value) <= MOST and not isinstance(value, bool) and value < 0 else abs(value)
    with suppress(TypeError):
        return max(len(value), 1)
    return 1


def _digits(value: Any) -> float:
    return len(str(abs(value))) if isinstance(value, int | float) else 1
