"""Which ids and texts there were before, among any number of reports: on the disk, in a file that nobody sees."""

import sqlite3
from typing import Self

from conflict_kg.model import Report


class Known:
    """What reports before are called, and who printed which text where. To be closed."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # in memory while it is small
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def take(self, id: str, place: str) -> str | None:
        """The place of the report that has an id already; None where there was none, and this one has it now."""
        values = _bytes(id), _bytes(place)
        if self._base.execute("INSERT OR IGNORE INTO taken VALUES (?, ?)", values).rowcount:
            return None
        (before,) = self._base.execute("SELECT place FROM taken WHERE id = ?", values[:1]).fetchone()
        return _text(before)

    def printed_before(self, report: Report) -> str | None:
        """Where the same text was read before, unless another publisher printed it; else it is kept in mind."""
        query = "SELECT publisher, place FROM printed WHERE digest = ? ORDER BY rowid"
        rows = self._base.execute(query, (report.digest,)).fetchall()
        places = {None if publisher is None else _text(publisher): _text(place) for publisher, place in rows}
        if places and (report.publisher is None or report.publisher in places or None in places):
            return places.get(report.publisher) or next(iter(places.values()))
        publisher = None if report.publisher is None else _bytes(report.publisher)
        self._base.execute("INSERT INTO printed VALUES (?, ?, ?)", (report.digest, publisher, _bytes(report.source)))
        return None


_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE taken (id BLOB PRIMARY KEY, place BLOB) WITHOUT ROWID;
CREATE TABLE printed (digest TEXT, publisher BLOB, place BLOB);
CREATE INDEX printed_by_text ON printed (digest);
"""


def _bytes(text: str) -> bytes:
    """Whatever a path or a record has, half characters too."""
    return text.encode(errors="surrogatepass")


def _text(data: bytes) -> str:
    return data.decode(errors="surrogatepass")
