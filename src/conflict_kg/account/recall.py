"""Remembering what followed from the same things a version before."""

from collections.abc import Callable, Hashable
from typing import TypeVar, TypeVarTuple, cast

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Recall:
    """Calls functions, and gives what they gave in this version or the one before if all arguments are the same.

    The functions depend on nothing but their arguments, which are told apart by ``==``.
    """

    def __init__(self) -> None:
        self._before: dict[Hashable, object] = {}
        self._now: dict[Hashable, object] = {}

    def next_version(self) -> None:
        """From here on what the version before the last one used is forgotten."""
        self._before, self._now = self._now, {}

    def __call__(self, make: Callable[[*Ts], T], *told: *Ts) -> T:
        key = (make, *told)
        if key in self._now:
            return cast("T", self._now[key])
        found = self._before[key] if key in self._before else make(*told)
        self._now[key] = found
        return cast("T", found)
