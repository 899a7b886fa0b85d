"""A function over many items in several processes of this machine, its results in the order of the items."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self, TypeVar

from conflict_kg.errors import ConflictKGError
from conflict_kg.processes import confine

AHEAD = 4
"""So many tasks for each process are under way before the first is done: none waits, and few are in memory."""
TOGETHER = 16
"""Items in a task, at most."""
HEAVY = 500_000
"""Bytes from which on a task is full, where it is told how many its items have."""
WEIGHT = 2 * HEAVY
"""Bytes for each process beyond which the tasks under way are waited for, where it is told how many items have."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(function: Callable[..., Result], items: Iterable[Item], *told: object, jobs: int) -> Iterator[Result]:
    """As ``Crew.spread``, by processes that are for this alone; ``jobs`` is how many there may be."""
    with Crew(jobs) as crew:
        yield from crew.spread(function, items, *told)


class Crew:
    """Processes that do one thing after another; they are started for the first that is worth it, and end with this."""

    def __init__(self, jobs: int) -> None:
        """``jobs`` is how many there may be, this one too where it is alone."""
        self._jobs = jobs
        self._held = ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._held.__exit__(kind, error, trace)

    def spread(
        self,
        function: Callable[..., Result],
        items: Iterable[Item],
        *told: object,
        size: Callable[[Item], int] | None = None,
    ) -> Iterator[Result]:
        """``function(item, *told)`` of each item, in order.

        Items are taken in as they are needed; ``size`` gives the bytes of one, where some are large. Processes are
        used where there are more items than one task's. Raises what the function raises; where a process has died,
        ``ConflictKGError`` is raised once this is left.
        """
        if self._jobs == 1:
            yield from (function(item, *told) for item in items)
            return
        tasks = _tasks(items, size)
        first, second = next(tasks, ([], 0)), next(tasks, None)
        if second is None:
            yield from (function(item, *told) for item in first[0])
            return
        if self._pool is None:
            self._pool = self._held.enter_context(processes(self._jobs, _ready))
        with TemporaryDirectory(prefix="conflict-kg-") as folder:  # what all tasks have in common may be large
            common = Path(folder) / "common"
            common.write_bytes(pickle.dumps((function, told)))
            waiting: deque[tuple[Future[list[Result]], int]] = deque()
            for task, weight in chain([first, second], tasks):
                waiting.append((self._pool.submit(_run, common, task), weight))
                while len(waiting) >= AHEAD * self._jobs or sum(each for _, each in waiting) > WEIGHT * self._jobs:
                    yield from waiting.popleft()[0].result()
            while waiting:
                yield from waiting.popleft()[0].result()


def side_by_side(calls: Sequence[Callable[[], Result]], *, jobs: int) -> Iterator[Result]:
    """What each call gives, in order; ``jobs`` is how many processes there may be.

    None is begun any more once this is closed. Raises what a call raises, and ``ConflictKGError`` where a process has
    died.
    """
    if jobs == 1:
        yield from (call() for call in calls)
        return
    with processes(min(jobs, len(calls)), _ready) as pool:
        for future in [pool.submit(call) for call in calls]:
            yield future.result()


@contextmanager
def processes(jobs: int, start: Callable[..., object], *told: object) -> Iterator[ProcessPoolExecutor]:
    """Processes that each call ``start(*told)`` first, and end with this one, however it ends."""
    # A forked process would share the threads of a pipeline that has already run.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (start, told))
    try:
        yield pool
    except BrokenProcessPool:
        raise ConflictKGError(
            "a process that works for this one has died, perhaps for want of memory: try fewer --jobs; "
            "what was read is kept"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _tasks(items: Iterable[Item], size: Callable[[Item], int] | None) -> Iterator[tuple[list[Item], int]]:
    """Some items at a time, and how many bytes they have."""
    task: list[Item] = []
    weight = 0
    for item in items:
        task.append(item)
        weight += size(item) if size is not None else 0
        if len(task) == TOGETHER or weight >= HEAVY:
            yield task, weight
            task, weight = [], 0
    if task:
        yield task, weight


# ---------------------------------------------------------------- in a process of its own


def _start(start: Callable[..., object], told: tuple[object, ...]) -> None:
    confine()
    start(*told)


def _ready() -> None:
    """Nothing has to be held."""


def _run(common: Path, task: list[Any]) -> list[Any]:
    function, told = _common(common)
    return [function(item, *told) for item in task]


@lru_cache(1)
def _common(path: Path) -> tuple[Callable[..., Any], tuple[object, ...]]:
    """The function of the tasks at hand, and what it is told with each item."""
    found: tuple[Callable[..., Any], tuple[object, ...]] = pickle.loads(path.read_bytes())  # noqa: S301  # our own
    return found
