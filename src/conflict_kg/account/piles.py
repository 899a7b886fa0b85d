"""Collections of claims that grow at no cost."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from conflict_kg.model import Claim, Status

C_co = TypeVar("C_co", bound=Claim, covariant=True)


class Pile(Generic[C_co]):
    """Claims, some perhaps twice; adding to one makes another that shares what is in the first."""

    __slots__ = ("_parts", "asserted")

    def __init__(self, *parts: "Sequence[C_co] | Pile[C_co]") -> None:
        self._parts = tuple(part for part in parts if part)
        self.asserted = any(_asserted(part) for part in self._parts)
        """Whether one of them is asserted."""

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __iter__(self) -> Iterator[C_co]:
        left: list[Sequence[C_co] | Pile[C_co]] = [self]
        while left:
            part = left.pop()
            if isinstance(part, Pile):
                left.extend(reversed(part._parts))  # noqa: SLF001 - its own class
            else:
                yield from part


def _asserted(part: Sequence[Claim] | Pile[Claim]) -> bool:
    if isinstance(part, Pile):
        return part.asserted
    return any(getattr(claim, "status", None) is Status.ASSERTED for claim in part)
