"""Reports for Spark: files of records in, readings out, and what was left out on the way."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from pyspark import RDD, StorageLevel
from pyspark.sql import SparkSession

from conflict_kg.documents import Warn, report_of, too_long
from conflict_kg.engines.reader import Reader, reader
from conflict_kg.errors import InputError
from conflict_kg.model import Report

_TABLES = ".parquet"
ENDINGS = (".jsonl", ".jsonl.gz", _TABLES)
"""Of the files that are read."""

Told = tuple[int, str]
"""One line about a report that was left out, with the report's number."""


def readings(
    session: SparkSession, paths: Sequence[str], published: date | None, language_model: str | None, warn: Warn
) -> RDD[bytes]:
    """What was read of all files, once of each text or of each publisher; the rest is told to ``warn``, by number.

    Raises ``InputError`` for a file of another kind, for two reports of one id, and where there is no report.
    """
    for path in paths:
        if not path.rstrip("/").endswith(ENDINGS):
            raise InputError(f"{path}: Spark reads files of reports that end in {', '.join(ENDINGS)}")
    reports = _distinct(_reports(session, paths, published), warn)
    read = reports.mapPartitions(partial(_read, language_model)).persist(StorageLevel.DISK_ONLY)
    _tell(read.flatMap(lambda each: [each] if isinstance(each, tuple) else []), warn)
    return read.flatMap(lambda each: [each] if isinstance(each, bytes) else [])


def _tell(told: RDD[Told], warn: Warn) -> None:
    for _, message in sorted(told.collect()):
        warn(message)


def _reports(session: SparkSession, paths: Sequence[str], published: date | None) -> RDD[tuple[int, Report | str]]:
    """The reports of all files, numbered in their order; of one that is left out what is to be told."""
    found: list[RDD[Report | str]] = []
    rows: RDD[Any]
    for path in paths:
        if path.rstrip("/").endswith(_TABLES):
            rows = session.read.parquet(path).rdd.map(lambda row: row.asDict())
        else:
            rows = session.sparkContext.textFile(path).map(_object)
        found.append(rows.zipWithIndex().flatMap(partial(_report, path, published)))
    numbered = session.sparkContext.union(found).zipWithIndex().map(lambda each: (each[1], each[0]))
    return numbered.persist(StorageLevel.DISK_ONLY)


def _object(line: str) -> Mapping[str, object] | None:
    """The record of a line; None where there is none."""
    if not line.strip():
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _report(path: str, published: date | None, row: tuple[Mapping[str, object] | None, int]) -> list[Report | str]:
    record, number = row
    if record is None:
        return []
    day = record.get("published")
    record = {**record, "published": day.isoformat() if isinstance(day, date) else day}
    told: list[Report | str] = []
    report = report_of(record, f"{path}:{number + 1}", published=published, warn=told.append)
    return told if report is None else [report]


def _distinct(found: RDD[tuple[int, Report | str]], warn: Warn) -> RDD[tuple[int, Report]]:
    """Each text once, or once of each publisher, as it comes first."""
    reports = found.flatMap(lambda each: [(each[0], each[1])] if isinstance(each[1], Report) else [])
    left = found.flatMap(lambda each: [(each[0], each[1])] if isinstance(each[1], str) else [])
    places = reports.map(lambda each: (each[1].id, [each[1].source])).reduceByKey(lambda one, other: one + other)
    for id, same in places.filter(lambda each: len(each[1]) > 1).take(1):
        raise InputError(f"two reports are called {id!r}: {' and '.join(sorted(same)[:2])}")
    portions = max(found.getNumPartitions(), found.context.defaultParallelism)
    of_texts = reports.map(lambda each: (each[1].digest, each)).groupByKey(portions)
    printed = of_texts.flatMap(lambda each: _printed(each[1])).persist(StorageLevel.DISK_ONLY)
    first = printed.flatMap(lambda each: [(each[0], each[1])] if isinstance(each[1], Report) else [])
    again = printed.flatMap(lambda each: [(each[0], each[1])] if isinstance(each[1], str) else [])
    _tell(left.union(again), warn)
    if first.isEmpty():
        raise InputError("no report to read in the files given")
    return first


def _printed(same_text: Iterable[tuple[int, Report]]) -> Iterator[tuple[int, Report | str]]:
    """Of reports with one text those that a build on one machine keeps: one of each publisher, where all have one."""
    kept: dict[str | None, str] = {}
    for number, report in sorted(same_text, key=lambda each: each[0]):
        if not kept or (report.publisher is not None and report.publisher not in kept and None not in kept):
            kept[report.publisher] = report.source
            yield number, report
        else:
            before = kept.get(report.publisher) or next(iter(kept.values()))
            yield number, f"{report.source}: left out, it has the same text as {before}"


@cache
def _reader(language_model: str | None) -> Reader:
    """What reads in this process, for as long as it lives."""
    return reader(language_model)


def _read(language_model: str | None, reports: Iterable[tuple[int, Report]]) -> Iterator[bytes | Told]:
    for number, report in reports:
        body = _reader(language_model)(report)
        yield (number, too_long(report)) if body is None else body
