"""The readings kept beside a graph, a row for each report, and what follows from them: a file that SQLite keeps whole.

A reading has a key, made from its report and from all that it was read with: what is kept under the key of a report is
what reading it would give. A row is written in one step, so a process that is killed leaves what it has read, and what
was read once is not read again.

Of all readings some are *chosen*: those that a graph is made from. They are gone through in several orders, one at a
time in memory.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar

from conflict_kg.errors import InputError
from conflict_kg.model import Reading, Report
from conflict_kg.serial import UNREADABLE, dump_report, load_reading, load_report_of

Loaded = TypeVar("Loaded")

FILE = "readings.sqlite"
"""Its name in the folder of a graph."""
REPORTS = "reports.jsonl"
"""In the folder of a build, the entries of the reports that its graph was made from, one a line, by id."""

_TABLES = """
CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS derived (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TEMPORARY TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMPORARY TABLE chosen (
    key TEXT NOT NULL, id TEXT PRIMARY KEY, digest TEXT NOT NULL, published TEXT, title TEXT, publisher TEXT
) WITHOUT ROWID;
CREATE INDEX temp.chosen_by_text ON chosen (digest, published, id);
CREATE INDEX temp.chosen_by_day ON chosen (published, id);
"""
_KEPT = "SELECT key, id, digest, publisher, body FROM chosen JOIN reading USING (key)"
_UNDATED = "9999-12-31"
"""Sorts after all days on which reports are published."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that a graph is made from."""

    id: str
    key: str
    """Of its reading."""
    digest: str
    """``Report.digest``."""
    published: str | None = None
    """ISO date."""
    title: str | None = None
    publisher: str | None = None

    @classmethod
    def of(cls, report: Report, version: str) -> Self:
        """The entry of a report that is read with what ``version`` stands for."""
        published = report.published.isoformat() if report.published else None
        key = reading_key(report, version)
        return cls(report.id, key, report.digest, published, report.title, report.publisher)


def reading_key(report: Report, version: str) -> str:
    """What a reading is kept under: the digest of ``version`` and of its report, but for where that was read from."""
    content = dump_report(replace(report, source=""))
    return hashlib.sha256(version.encode() + b"\n" + content).hexdigest()[:32]


def entries_of(build: Path) -> Iterator[Entry]:
    """The reports that a build was made from.

    Raises ``OSError``, ``ValueError`` or ``TypeError`` where it is not told.
    """
    with (build / REPORTS).open(encoding="utf-8") as lines:
        for line in lines:
            yield Entry(**json.loads(line))


def kept(folder: Path, entries: Iterable[Entry]) -> Iterator[Reading]:
    """The readings of some reports, by day of publication, from a file that is left as it is.

    Raises ``InputError`` where one of them is not there (any more), or cannot be read.
    """
    path = folder / FILE
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            for entry in sorted(entries, key=lambda entry: (entry.published or _UNDATED, entry.id)):
                row = base.execute("SELECT body FROM reading WHERE key = ?", (entry.key,)).fetchone()
                if row is None:
                    raise InputError(f"{path}: what was read of {entry.id!r} is gone; build the graph anew")
                yield load_reading(zlib.decompress(row[0]))
    except (*UNREADABLE, zlib.error, sqlite3.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


class Readings:
    """The file, open; to be closed. Raises ``InputError`` where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise InputError(f"{self._path}: cannot be used: {error}") from None
            for path in folder.glob(f"{FILE}*"):  # damaged: what was in it is read again
                path.unlink()
            self._open()

    def _open(self) -> None:
        self._base = sqlite3.connect(self._path, isolation_level=None)
        self._base.execute("PRAGMA auto_vacuum = FULL")
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last rows, never the file
        self._base.execute("PRAGMA temp_store = FILE")
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    # ------------------------------------------------------------ keeping

    def __contains__(self, key: str) -> bool:
        return self._base.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None

    def keep(self, key: str, reading: bytes) -> None:
        """Writes a reading, as ``serial.dump_reading`` gives it, under its key."""
        body = zlib.compress(reading, 1)
        self._write("INSERT OR REPLACE INTO reading VALUES (?, ?)", (key, body))

    def forget_others(self) -> None:
        """Removes all readings but the chosen ones, and of what follows all that was neither kept nor asked for now."""
        self._write("DELETE FROM reading WHERE key NOT IN (SELECT key FROM chosen)")
        self._write("DELETE FROM derived WHERE key NOT IN (SELECT key FROM used)")

    def _write(self, statement: str, values: tuple[object, ...] = ()) -> None:
        try:
            self._base.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise InputError(f"{self._path}: cannot be written: {error}") from None

    # ------------------------------------------------------------ what follows

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is kept in the block is written in one step at its end, which takes less time than one by one."""
        self._write("BEGIN")
        yield
        self._write("COMMIT")  # a build that fails in between keeps nothing of it

    def has_derived(self, key: str) -> bool:
        """Whether something that follows is kept under a key."""
        found = self._base.execute("SELECT 1 FROM derived WHERE key = ?", (key,)).fetchone() is not None
        if found:
            self._use(key)
        return found

    def derived(self, key: str) -> bytes:
        """What was kept under a key that ``has_derived`` has found."""
        (body,) = self._base.execute("SELECT body FROM derived WHERE key = ?", (key,)).fetchone()
        return bytes(body)

    def keep_derived(self, key: str, body: bytes) -> None:
        """Keeps something that follows under its key."""
        self._write("INSERT OR REPLACE INTO derived VALUES (?, ?)", (key, body))
        self._use(key)

    def forget_derived(self) -> None:
        """Removes all that follows: it is derived again where it is needed."""
        if self._base.in_transaction:
            self._write("ROLLBACK")
        self._write("DELETE FROM derived")

    def _use(self, key: str) -> None:
        self._base.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))

    # ------------------------------------------------------------ choosing

    def choose(self, entry: Entry) -> None:
        """Has a graph made from a reading, too, in place of the one that was chosen of a report of the same id."""
        row = (entry.key, entry.id, entry.digest, entry.published or _UNDATED, entry.title, entry.publisher)
        self._base.execute("INSERT OR REPLACE INTO chosen VALUES (?, ?, ?, ?, ?, ?)", row)

    def drop(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Chooses the readings of some reports no longer; the ids among these that were chosen, in their order."""
        return tuple(id for id in ids if self._base.execute("DELETE FROM chosen WHERE id = ?", (id,)).rowcount)

    def same_text(self, digest: str, publisher: str | None = None) -> str | None:
        """The id of a chosen report with a text of that digest, the first in order of ids.

        Of another publisher than the one given only where the publisher of one of the two is not known.
        """
        query = "SELECT min(id) FROM chosen WHERE digest = ?1 AND (publisher IS NULL OR ?2 IS NULL OR publisher = ?2)"
        row = self._base.execute(query, (digest, publisher)).fetchone()
        return None if row[0] is None else str(row[0])

    def chosen(self) -> Iterator[Entry]:
        """What is chosen, by id."""
        query = "SELECT id, key, digest, published, title, publisher FROM chosen ORDER BY id"
        with closing(self._base.execute(query)) as rows:
            for id, key, digest, published, title, publisher in rows:
                yield Entry(id, key, digest, None if published == _UNDATED else published, title, publisher)

    def __len__(self) -> int:
        (count,) = self._base.execute("SELECT count(*) FROM chosen").fetchone()
        return int(count)

    # ------------------------------------------------------------ going through

    def by_id(self) -> Iterator["Kept"]:
        """The chosen readings, by the ids of their reports."""
        return self._in_order("id")

    def by_day(self) -> Iterator["Kept"]:
        """The chosen readings by day of publication, those without at the end, then by id."""
        return self._in_order("published, id")

    def by_text(self) -> Iterator["Kept"]:
        """The chosen readings by the digests of their texts; those of one text as in ``by_day``."""
        return self._in_order("digest, published, id")

    def of_text(self, digest: str) -> Iterator["Kept"]:
        """The chosen readings of one text, as in ``by_day``."""
        query = f"{_KEPT} WHERE digest = ? ORDER BY published, id"
        with closing(self._base.execute(query, (digest,))) as rows:
            yield from (Kept(*row) for row in rows)

    def printed_often(self) -> Iterator[str]:
        """The digests of texts of which several readings are chosen, sorted."""
        query = "SELECT digest FROM chosen GROUP BY digest HAVING count(*) > 1 ORDER BY digest"
        with closing(self._base.execute(query)) as rows:
            yield from (str(digest) for (digest,) in rows)

    def _in_order(self, order: str) -> Iterator["Kept"]:
        query = f"{_KEPT} ORDER BY {order}"
        with closing(self._base.execute(query)) as rows:
            yield from (Kept(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it is kept."""

    key: str
    id: str
    digest: str
    publisher: str | None
    body: bytes

    def report(self) -> Report:
        """Its report alone, in a tenth of the time. Raises ``InputError`` as ``reading`` does."""
        return self._loaded(load_report_of)

    def reading(self) -> Reading:
        """The reading itself. Raises ``InputError`` where the bytes stand for none."""
        return self._loaded(load_reading)

    def _loaded(self, load: Callable[[bytes], Loaded]) -> Loaded:
        try:
            return load(zlib.decompress(self.body))
        except (*UNREADABLE, zlib.error):
            raise InputError(f"what is kept of report {self.id!r} is damaged: remove {FILE}, and build anew") from None
