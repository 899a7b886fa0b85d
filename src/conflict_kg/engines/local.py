"""Reads reports on this machine: in this process, or in several that each have a pipeline of their own."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING

from conflict_kg.engines.spread import AHEAD, processes
from conflict_kg.model import Report

if TYPE_CHECKING:
    from conflict_kg.engines.reader import Reader


def read_all(
    reports: Iterable[Report], *, language_model: str | None = None, jobs: int = 1
) -> Iterator[tuple[Report, bytes | None]]:
    """Each report with its reading as bytes, as soon as it is read; None where it is too long for the parser.

    ``jobs`` is how many processes read. Reports are taken in one after the other, as they are needed. Raises
    ``InputError`` where the language model cannot be used, ``ConflictKGError`` where a process has died.
    """
    if jobs == 1:
        read = _reader(language_model)
        return ((report, read(report)) for report in reports)
    return _read_apart(reports, language_model, jobs)


def _read_apart(
    reports: Iterable[Report], language_model: str | None, jobs: int
) -> Iterator[tuple[Report, bytes | None]]:
    with processes(jobs, _hold, language_model) as pool:
        waiting: dict[Future[bytes | None], Report] = {}
        for report in reports:
            waiting[pool.submit(_read_one, report)] = report
            if len(waiting) >= AHEAD * jobs:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)


def _done(waiting: dict[Future[bytes | None], Report]) -> Iterator[tuple[Report, bytes | None]]:
    """Waits for what is read next, and takes it from what is waited for."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


def _reader(language_model: str | None) -> "Reader":
    """Loads the parser's library, which takes seconds, in no process that does not read."""
    from conflict_kg.engines.reader import reader

    return reader(language_model)


# ---------------------------------------------------------------- in a process of its own

_readers: "list[Reader]" = []
"""What reads in this process."""


def _hold(language_model: str | None) -> None:
    _readers[:] = [_reader(language_model)]


def _read_one(report: Report) -> bytes | None:
    return _readers[0](report)
