"""Values brought together by their keys on a disk, so that no more than one key's are in memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Self


def scratch(path: Path) -> sqlite3.Connection:
    """A new file that one process writes and nobody reads after it has ended, in one step that has begun."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("BEGIN")
    return base


class Workspace:
    """A file for as many ``Groups`` as are needed; removed where it is closed. Not for two processes at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = scratch(path)
        self._base.execute("PRAGMA cache_size = -4096")  # KiB; as much again where it sorts

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def groups(self, name: str, pairs: Iterable[tuple[str, bytes]] = ()) -> "Groups":
        """Values by key under a name that no other groups have."""
        groups = Groups(self._base, name)
        groups.add(pairs)
        return groups

    def shelf(self, name: str, pairs: Iterable[tuple[str, bytes]] = ()) -> "Shelf":
        """One value for each key, to be looked up, under a name that no others have."""
        return Shelf(self._base, name, pairs)


class Shelf:
    """One value for each key."""

    def __init__(self, base: sqlite3.Connection, name: str, pairs: Iterable[tuple[str, bytes]]) -> None:
        base.execute(f'CREATE TABLE "{name}" (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID')
        base.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', pairs)  # noqa: S608  # our own words
        self._base, self._query = base, f'SELECT value FROM "{name}" WHERE key = ?'  # noqa: S608  # our own words

    def get(self, key: str) -> bytes:
        """The value of a key; no bytes where there is none."""
        row = self._base.execute(self._query, (key,)).fetchone()
        return b"" if row is None else bytes(row[0])


class Groups:
    """Values by key."""

    def __init__(self, base: sqlite3.Connection, name: str) -> None:
        self._base, self._name = base, name
        base.execute(f'CREATE TABLE "{name}" (key TEXT NOT NULL, value BLOB NOT NULL)')

    def add(self, pairs: Iterable[tuple[str, bytes]]) -> None:
        """Takes more values in."""
        self._base.executemany(f'INSERT INTO "{self._name}" VALUES (?, ?)', pairs)  # noqa: S608  # our own words

    def __iter__(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each key with its values in the order in which they came; keys in order of their code points."""
        query = f'SELECT key, value FROM "{self._name}" ORDER BY key, rowid'  # noqa: S608  # our own words
        with closing(self._base.execute(query)) as rows:
            for key, of_key in groupby(rows, key=lambda row: str(row[0])):
                yield key, (value for _, value in of_key)
