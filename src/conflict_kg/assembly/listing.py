"""Values by id in a file, for what may need any of them: places, copies, sides, of which many reports have many."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self, TypeVar

from conflict_kg.assembly.grouping import scratch

Value = TypeVar("Value")

HELD = 10_000
"""Values of one kind that a process has in memory, those it asked for last: of places about a kilobyte each."""


class Listed(Mapping[str, Value]):
    """The values of one kind in a file; another process that gets this reads the same file."""

    def __init__(self, path: Path, kind: str, load: Callable[[bytes], Value]) -> None:
        """``load`` makes a value of its bytes; to be found by its name in another process."""
        self._path, self._kind, self._load = path, kind, load
        self._value = lru_cache(HELD)(self._read)

    def __reduce__(self) -> tuple[type["Listed[Value]"], tuple[Path, str, Callable[[bytes], Value]]]:
        return Listed, (self._path, self._kind, self._load)

    def __getitem__(self, id: str) -> Value:
        value = self._value(id)
        if value is None:
            raise KeyError(id)
        return value

    def __iter__(self) -> Iterator[str]:
        with closing(self._base.execute("SELECT id FROM value WHERE kind = ? ORDER BY id", (self._kind,))) as rows:
            for (id,) in rows:
                yield id

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM value WHERE kind = ?", (self._kind,)).fetchone()
        return int(count)

    @cached_property
    def _base(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def _read(self, id: str) -> Value | None:
        query = "SELECT value FROM value WHERE kind = ? AND id = ?"
        row = self._base.execute(query, (self._kind, id)).fetchone()
        return None if row is None else self._load(row[0])


class Listing:
    """A file that values are written into, and then read from; removed where it is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = scratch(path)
        self._base.execute(
            "CREATE TABLE value (kind TEXT, id TEXT, value BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def add(self, kind: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Takes values in, by id; of two with one id the later counts."""
        rows = ((kind, id, value) for id, value in values)
        self._base.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", rows)

    def add_new(self, kind: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Takes values in, by id; of two with one id the earlier counts."""
        rows = ((kind, id, value) for id, value in values)
        self._base.executemany("INSERT OR IGNORE INTO value VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """No more values are taken in; they may be read."""
        self._base.execute("COMMIT")
        self._base.close()

    def listed(self, kind: str, load: Callable[[bytes], Value]) -> Listed[Value]:
        """The values of one kind, once this is closed."""
        return Listed(self._path, kind, load)
