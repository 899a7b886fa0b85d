"""What follows from readings, kept beside them: what the same code has made of the same is not made again.

Each step from readings to a graph hangs on an item (a reading, a document, all that bears on one topic of the account)
and on what it looks up for it in what all reports come to. Its result is kept under the digest of these, of the code
and of the base of the IRIs. So a report that comes to a graph, or leaves it, has the topics, the documents and the
claims derived again that it touches, and no others.
"""

import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeVar

from conflict_kg.assembly.parts import Common
from conflict_kg.assembly.readings import Readings
from conflict_kg.engines.spread import Crew
from conflict_kg.errors import InputError
from conflict_kg.serial import UNREADABLE

AT_A_TIME = 5000
"""Items whose results are looked for before one that is to be made is waited for."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Step(Generic[Item, Result]):
    """A function whose results may be kept."""

    name: str
    make: Callable[[Item, Common], Result]
    """The function; to be found by its name in a process of its own."""
    inputs: Callable[[Item, Common], Iterable[bytes]]
    """All that a result hangs on but the code and the base: equal inputs give equal results."""
    pack: Callable[[Result], bytes]
    unpack: Callable[[bytes], Result]
    """Gives back what was packed. Raises one of ``UNREADABLE`` for bytes that nothing was packed into."""
    size: Callable[[Item], int] | None = None
    """The bytes of an item, where some are large."""


@dataclass(frozen=True, slots=True)
class Derivations:
    """The results that are kept beside readings."""

    readings: Readings
    version: str | None
    """Stands for the code that derives; with None nothing is kept, and nothing that was is used."""
    crew: Crew
    """Makes what is not kept."""

    def each(self, step: Step[Item, Result], items: Iterable[Item], common: Common) -> Iterator[Result]:
        """The result of each item, in order.

        Raises ``InputError`` where what is kept is damaged, and where nothing can be kept.
        """
        if self.version is None:
            yield from self.crew.spread(step.make, items, common, size=step.size)
            return
        rest = iter(items)
        with self.readings.together():
            for first in rest:
                yield from self._some(step, chain([first], islice(rest, AT_A_TIME - 1)), common)

    def _some(self, step: Step[Item, Result], items: Iterable[Item], common: Common) -> Iterator[Result]:
        waiting: deque[tuple[str, bool]] = deque()  # keys in the order of the items, and whether there is a result
        unknown = self._unknown(step, items, common, waiting)
        for packed, made in self._made(step, unknown, common):
            yield from self._known(step, waiting)
            key, _ = waiting.popleft()
            self.readings.keep_derived(key, packed)
            yield made
        yield from self._known(step, waiting)

    def _made(self, step: Step[Item, Result], items: Iterable[Item], common: Common) -> Iterator[tuple[bytes, Result]]:
        """Each result, packed and as it is; where some are large they are packed where they are made, and come so."""
        if step.size is None:
            for made in self.crew.spread(step.make, items, common):
                yield _packed(step, made), made
        else:
            for packed in self.crew.spread(_make_packed, items, step, common, size=step.size):
                yield packed, _unpacked(step, packed)

    def _unknown(
        self, step: Step[Item, Result], items: Iterable[Item], common: Common, waiting: deque[tuple[str, bool]]
    ) -> Iterator[Item]:
        """The items whose results are not kept; of all of them the keys are noted."""
        for item in items:
            key = self._key(step, item, common)
            is_known = self.readings.has_derived(key)
            waiting.append((key, is_known))
            if not is_known:
                yield item

    def _known(self, step: Step[Item, Result], waiting: deque[tuple[str, bool]]) -> Iterator[Result]:
        """The results of the first items that are waited for, up to one that is to be made."""
        while waiting and waiting[0][1]:
            key, _ = waiting.popleft()
            try:
                yield _unpacked(step, self.readings.derived(key))
            except (*UNREADABLE, zlib.error):
                self.readings.forget_derived()
                raise InputError("what was kept of the graph was damaged, and is removed: do the same again") from None

    def _key(self, step: Step[Item, Result], item: Item, common: Common) -> str:
        whole = hashlib.sha256(f"{self.version} {step.name} {common.base}".encode())
        for value in step.inputs(item, common):
            whole.update(b"%d " % len(value))
            whole.update(value)
        return whole.hexdigest()[:32]


def _make_packed(item: Item, step: Step[Item, Result], common: Common) -> bytes:
    return _packed(step, step.make(item, common))


def _packed(step: Step[Item, Result], made: Result) -> bytes:
    return zlib.compress(step.pack(made), 1)


def _unpacked(step: Step[Item, Result], packed: bytes) -> Result:
    return step.unpack(zlib.decompress(packed))
