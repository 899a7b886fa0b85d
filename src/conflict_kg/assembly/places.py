"""Places by id in a file, for what needs them all: among many reports most places are of one alone."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from conflict_kg.model import Place
from conflict_kg.serial import load

HELD = 10_000
"""Places that a process has in memory, those it asked for last: about a kilobyte each."""


class Places(Mapping[str, Place]):
    """The places of a file; another process that gets this reads the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = lru_cache(HELD)(self._read)

    def __reduce__(self) -> tuple[type["Places"], tuple[Path]]:
        return Places, (self._path,)

    def __getitem__(self, id: str) -> Place:
        place = self._place(id)
        if place is None:
            raise KeyError(id)
        return place

    def __iter__(self) -> Iterator[str]:
        with closing(self._base.execute("SELECT id FROM place ORDER BY id")) as rows:
            for (id,) in rows:
                yield id

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM place").fetchone()
        return int(count)

    @cached_property
    def _base(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def _read(self, id: str) -> Place | None:
        row = self._base.execute("SELECT place FROM place WHERE id = ?", (id,)).fetchone()
        return None if row is None else load(row[0], Place)


class Listing:
    """A file that places are written into, and then read from; removed where it is closed."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")  # nobody reads what a process that ended has left
        self._base.execute("CREATE TABLE place (id TEXT PRIMARY KEY, place BLOB NOT NULL) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def add(self, places: Iterable[tuple[str, bytes]]) -> None:
        """Takes places in, by id, as ``serial.dump`` gives them; of two with one id the later counts."""
        self._base.executemany("INSERT OR REPLACE INTO place VALUES (?, ?)", places)

    def places(self) -> Places:
        """All of them; no more are taken in then."""
        self._base.execute("COMMIT")
        self._base.close()
        return Places(self._path)
