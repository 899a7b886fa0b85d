"""What changes with the day: who bore a name when, whose part an actor was, and who carries on where one ended."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from conflict_kg.linking.tables import ActorEntry, Change, ChangeKind


@dataclass(frozen=True)
class Changes:
    """The rows of ``changes.tsv``, looked up by day. Stretches are half open: ``until`` is the first day without."""

    rows: tuple[Change, ...]
    _by_name: Mapping[str, tuple[Change, ...]]
    _sides: Mapping[str, tuple[Change, ...]]
    _ends: Mapping[str, Change]

    @classmethod
    def of(cls, rows: Iterable[Change], key: Callable[[str], str]) -> "Changes":
        """The look-ups; ``key`` gives the form of a name under which it is found."""
        kept = tuple(rows)
        names: defaultdict[str, list[Change]] = defaultdict(list)
        sides: defaultdict[str, list[Change]] = defaultdict(list)
        for row in kept:
            if row.what is ChangeKind.NAME:
                names[key(row.value)].append(row)
            elif row.what is ChangeKind.SIDE:
                sides[row.actor].append(row)
        ends = {row.actor: row for row in kept if row.what is ChangeKind.END}
        return cls(kept, _tuples(names), _tuples(sides), ends)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Those on which something changed, in order."""
        return tuple(sorted({day for row in self.rows for day in (row.begin, row.until) if day is not None}))

    def since(self, on: date | None) -> date | None:
        """The first day since which nothing has changed until a day; all days between are alike."""
        at = bisect_right(self.days, on) if on is not None else 0
        return self.days[at - 1] if at else on and date.min

    def with_names(self, entry: ActorEntry) -> ActorEntry:
        """The entry with the names that it bore for some time."""
        borne = (row.value for row in self.rows if row.what is ChangeKind.NAME and row.actor == entry.id)
        return replace(entry, aliases=(*entry.aliases, *(name for name in borne if name not in entry.names)))

    def bearer(self, key: str, on: date | None) -> str | None:
        """Id of the actor that bore the name on the day, by its form ``key``.

        A name outlives what it stood for: before its first day it is that of its first bearer, later that of the last
        one until then. Without a day it is that of the first.
        """
        rows = self._by_name.get(key, ())
        begun = [row for row in rows if on is not None and (row.begin is None or row.begin <= on)]
        return (begun[-1] if begun else rows[0]).actor if rows else None

    def part_of(self, id: str, on: date | None, usual: str | None) -> str | None:
        """Id of the actor that one was part of on the day; ``usual`` where no row says otherwise or the day is open."""
        rows = self._sides.get(id, ()) if on is not None else ()
        return next((row.value or None for row in rows if row.covers(on)), usual)

    def carries_on(self, id: str, on: date | None) -> str:
        """Id of whoever had taken the actor's place by the day; its own where nobody had, or the day is open."""
        while on is not None and (end := self._ends.get(id)) is not None and end.covers(on) and end.value:
            id = end.value
        return id

    def said(self, id: str, key: str, on: date | None) -> str:
        """What a reason adds: from when until when the actor bore the name, whose part it was then, when it ended."""
        names = (row for row in self._by_name.get(key, ()) if row.actor == id)
        parts = [f"so called {row.days}" for row in names]
        parts += [f"part of {row.value or 'nobody'} {row.days}" for row in self._sides.get(id, ()) if row.covers(on)]
        end = self._ends.get(id)
        if end is not None and end.covers(on):
            parts.append(f"ended on {end.begin}" + (f", then {end.value}" if end.value else ""))
        return "".join(f"; {part}" for part in dict.fromkeys(parts))


def _tuples(found: Mapping[str, list[Change]]) -> dict[str, tuple[Change, ...]]:
    """Rows in the order of their first days."""
    return {key: tuple(sorted(rows, key=lambda row: row.begin or date.min)) for key, rows in found.items()}
