"""Reads reports on this machine: in this process, or in several that each have a pipeline of their own."""

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from conflict_kg.engines.reader import Reader, reader
from conflict_kg.errors import ConflictKGError
from conflict_kg.model import Report

AHEAD = 4
"""So many reports for each process are taken in before the first of them is done: none waits, and few are in memory."""


def read_all(
    reports: Iterable[Report], *, language_model: str | None = None, jobs: int = 1
) -> Iterator[tuple[Report, bytes | None]]:
    """Each report with its reading as bytes, as soon as it is read; None where it is too long for the parser.

    ``jobs`` is how many processes read. Reports are taken in one after the other, as they are needed. Raises
    ``InputError`` where the language model cannot be used, ``ConflictKGError`` where a process has died.
    """
    if jobs == 1:
        read = reader(language_model)
        return ((report, read(report)) for report in reports)
    return _read_apart(reports, language_model, jobs)


def _read_apart(
    reports: Iterable[Report], language_model: str | None, jobs: int
) -> Iterator[tuple[Report, bytes | None]]:
    # A forked process would share the threads of a pipeline that has already run.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (language_model,))
    waiting: dict[Future[bytes | None], Report] = {}
    try:
        for report in reports:
            waiting[pool.submit(_read_one, report)] = report
            if len(waiting) >= AHEAD * jobs:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    except BrokenProcessPool:
        raise ConflictKGError(
            "a process that reads has died, perhaps for want of memory: try fewer --jobs; what was read is kept"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _done(waiting: dict[Future[bytes | None], Report]) -> Iterator[tuple[Report, bytes | None]]:
    """Waits for what is read next, and takes it from what is waited for."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


# ---------------------------------------------------------------- in a process of its own

_readers: list[Reader] = []
"""What reads in this process."""


def _start(language_model: str | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits for this one
    Thread(target=_end_with_parent, daemon=True).start()
    _readers.append(reader(language_model))


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, killed perhaps: nobody else would."""
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _read_one(report: Report) -> bytes | None:
    return _readers[0](report)
