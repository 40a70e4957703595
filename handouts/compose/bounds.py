"""What one's own templates may take of this machine: time, memory, and how far one step may count.

Templates are trusted, but a mistake in one must not stop the program that prints with it. A step of
a template is looked at before it is done, the whole of them while they run. Nothing here is a wall
against who means harm.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from types import FrameType
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.system.limits import MEMORY, SECONDS

MOST = 1_000_000  # of what is counted, repeated or filled up in one step
_DIGITS = 1_000  # of a number


class PastBounds(OverflowError):
    """A template takes more time or memory than it may."""


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

    def call(__self, __context: Context, __object: Any, *args: Any,  # as Jinja has it
             **named: Any) -> Any:
        """What a call gives; OverflowError where it is told to count too far."""
        owner = getattr(__object, "__self__", None)
        if isinstance(owner, str | bytes):
            _check((owner if __object.__name__.startswith("format") else "", *args,
                    *named.values()))
        return super().call(__context, __object, *args, **named)


@contextmanager
def bounded() -> Iterator[None]:
    """Ends a template that runs longer, or takes more memory, than a stranger's file may.

    It is looked at on each line of a template; PastBounds comes out of the line that it stands at.
    """
    until, full = time.thread_time() + SECONDS, _peak() + MEMORY

    def line(frame: FrameType, event: str, value: Any) -> Any:
        # Not on each way through the templates around it, which a deep one takes at every step.
        if event == "line" and (time.thread_time() > until or _peak() > full):
            raise PastBounds
        return line

    def entered(frame: FrameType, event: str, value: Any) -> Any:
        return line if frame.f_code.co_filename.endswith(".j2") else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        yield
    finally:
        sys.settrace(before)


def _peak() -> int:
    """The most memory that this process ever had, in bytes; 0 where the system does not tell."""
    with suppress(ImportError):  # Windows
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak << 10
    return 0


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
