"""Which reports copy others: the same wire story in two papers, under another headline or with edited ends.

Of each report a signature of one kilobyte is made, whatever its length, so that any number of reports can be compared.
A signature hangs on the report alone: it may be made in any process and kept; who copies whom is then settled for all,
on the disk.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Self

import numpy as np

from conflict_kg.model import Report, SectionKind

ALIKE = 0.5
"""From this share of common runs of words on, one text is a copy of the other.

Among 786 articles on one war from fifteen outlets 60 pairs lie above it; the 23 of them from two outlets tell one story
in one wording each. So do eight of the ten pairs from 0.4 on. Below, more and more of what is alike is what one outlet
repeats of the background. A story that got other first and last sentences keeps 0.7 in the median."""
_RUN = 4  # words
_FEWEST = 30
"""Texts with fewer words are copies only where they are the same: what is common to them may be chance."""
_SLOTS = 256  # the share is estimated to three hundredths
_BANDS = 64  # pairs at 0.5 are compared in 98 cases of a hundred, at 0.6 in all but one of ten thousand
_SEED = 1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a report to compare it by."""

    digest: str
    """``Report.digest``."""
    id: str
    published: date | None
    words: int
    sketch: bytes
    """``_SLOTS`` numbers of four bytes; the share that two have alike is that of the runs of words."""


def signature(report: Report) -> Signature:
    """The signature of a report; boilerplate, which all reports of a site share, does not count."""
    from rensa import RMinHash

    words = list(_words(report))
    sketch = RMinHash(num_perm=_SLOTS, seed=_SEED)
    sketch.update(sorted({" ".join(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1))}))
    numbers = np.array(sketch.digest(), dtype="<u4")
    return Signature(report.digest, report.id, report.published, len(words), numbers.tobytes())


def copies(signatures: Iterable[Signature]) -> dict[str, str]:
    """For the digest of each copy that of its original: the likest text among those that were published earlier.

    Of reports of one day, and of those without a date, which count as later than all others, the first by id is the
    original. A copy is never an original itself. The order of the signatures makes no difference.
    """
    with Comparison() as comparison:
        comparison.add(signatures)
        return dict(sorted(comparison.copies()))


class Comparison:
    """Signatures in a file, to be compared once all are there; the file is removed where this is closed.

    In memory are no more of the signatures than are compared with one. Texts are compared where
    they have one of ``_BANDS`` parts of their sketches in common, which few have.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Without a path the file lies where the system keeps such."""
        self._path = path
        if path is not None:
            path.unlink(missing_ok=True)
        self._base = sqlite3.connect("" if path is None else path, isolation_level=None)
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def add(self, signatures: Iterable[Signature]) -> None:
        """Takes more signatures in; those of texts without a word are like nothing."""
        rows = (
            ((one.published or date.max).isoformat(), one.id, one.digest, one.words, one.sketch)
            for one in signatures
            if one.words
        )
        self._base.executemany("INSERT INTO signature VALUES (?, ?, ?, ?, ?)", rows)

    def copies(self) -> Iterator[tuple[str, str]]:
        """The digest of each copy, and that of its original (``copies``), of all that were taken in; asked for once."""
        self._base.execute(_FIRST)
        with closing(self._base.execute("SELECT number, sketch FROM text ORDER BY number")) as texts:
            bands = ((key, number) for number, sketch in texts for key in _bands(sketch))
            self._base.executemany("INSERT INTO band VALUES (?, ?)", bands)
        self._base.executescript(_SHARED)
        query = "SELECT number, key FROM band JOIN shared USING (key) ORDER BY number"
        with closing(self._base.execute(query)) as rows:
            for number, of_number in groupby(rows, key=lambda row: int(row[0])):
                keys = [key for _, key in of_number]
                digest, original = self._original(number, keys)
                if original is None:
                    self._base.executemany("INSERT INTO original VALUES (?, ?)", [(key, number) for key in keys])
                else:
                    yield digest, original

    def _original(self, number: int, keys: Iterable[int]) -> tuple[str, str | None]:
        """The digest of a text, and that of the one it copies: the likest of the originals before it."""
        query = "SELECT number FROM original WHERE key = ?"
        near = sorted({int(other) for key in keys for (other,) in self._base.execute(query, (key,))})
        digest, words, sketch = self._text(number)
        best, likest = ALIKE, None
        for other in near:
            original, other_words, other_sketch = self._text(other)
            share = _share(words, sketch, other_words, other_sketch)
            if share > best or (share == best and likest is None):
                best, likest = share, original
        return digest, likest

    def _text(self, number: int) -> tuple[str, int, bytes]:
        row = self._base.execute("SELECT digest, words, sketch FROM text WHERE number = ?", (number,)).fetchone()
        digest, words, sketch = row
        return digest, words, sketch


_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
BEGIN;
CREATE TABLE signature (published TEXT, id TEXT, digest TEXT, words INTEGER, sketch BLOB);
CREATE TABLE text (number INTEGER PRIMARY KEY, digest TEXT UNIQUE, words INTEGER, sketch BLOB);
CREATE TABLE band (key INTEGER, number INTEGER);
CREATE TABLE original (key INTEGER, number INTEGER);
CREATE INDEX original_by_key ON original (key);
"""
_FIRST = """INSERT OR IGNORE INTO text (digest, words, sketch)
SELECT digest, words, sketch FROM signature ORDER BY published, id, digest"""
"""Each text once, numbered by its first report."""
_SHARED = """
CREATE INDEX band_by_key ON band (key, number);
CREATE TABLE shared (key INTEGER PRIMARY KEY);
INSERT INTO shared SELECT key FROM band GROUP BY key HAVING count(*) > 1;
"""


def _bands(sketch: bytes) -> list[int]:
    """A number of 64 bits for each part of a sketch and its place; of equal parts at one place it is the same."""
    parts = np.frombuffer(sketch, dtype="<u4").reshape(_BANDS, -1).astype(np.uint64)
    keys = np.arange(1, _BANDS + 1, dtype=np.uint64)
    for column in parts.T:
        keys = (keys * _MIX) ^ (keys >> np.uint64(29)) ^ column
    return (keys * _MIX).view(np.int64).tolist()  # type: ignore[no-any-return]


_MIX = np.uint64(0x9E3779B97F4A7C15)  # an odd number without a pattern: the golden ratio in 64 bits


def _share(words: int, sketch: bytes, other_words: int, other_sketch: bytes) -> float:
    """The estimated share of common runs of words; of short texts 0 unless they are the same."""
    one, other = (np.frombuffer(each, dtype="<u4") for each in (sketch, other_sketch))
    share = np.count_nonzero(one == other) / _SLOTS
    return share if min(words, other_words) >= _FEWEST or share == 1.0 else 0.0


def _words(report: Report) -> Iterator[str]:
    for section in report.sections:
        if section.kind is not SectionKind.BOILERPLATE:
            for word in _WORD.finditer(report.text, section.start, section.end):
                yield word[0].casefold()
