"""A function over many items in several processes of this machine, its results in the order of the items."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from conflict_kg.errors import ConflictKGError
from conflict_kg.processes import confine

AHEAD = 4
"""So many tasks for each process are under way before the first is done: none waits, and few are in memory."""
TOGETHER = 16
"""Items in a task."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(function: Callable[..., Result], items: Iterable[Item], *told: object, jobs: int) -> Iterator[Result]:
    """``function(item, *told)`` of each item, in order; ``jobs`` is how many processes there may be.

    Items are taken in as they are needed. Further processes are started where there are more items than one task's.
    Raises what the function raises, and ``ConflictKGError`` where a process has died.
    """
    tasks = _tasks(items)
    first = next(tasks, [])
    if jobs == 1 or len(first) < TOGETHER:
        yield from (function(item, *told) for task in (first, *tasks) for item in task)
        return
    with processes(jobs, _hold, function, told) as pool:
        waiting: deque[Future[list[Result]]] = deque([pool.submit(_run, first)])
        for task in tasks:
            waiting.append(pool.submit(_run, task))
            if len(waiting) >= AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


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


def _tasks(items: Iterable[Item]) -> Iterator[list[Item]]:
    task: list[Item] = []
    for item in items:
        task.append(item)
        if len(task) == TOGETHER:
            yield task
            task = []
    if task:
        yield task


# ---------------------------------------------------------------- in a process of its own

_held: list[Any] = []
"""The function that this process is for, and what it is told with each item."""


def _start(start: Callable[..., object], told: tuple[object, ...]) -> None:
    confine()
    start(*told)


def _hold(function: Callable[..., Any], told: tuple[object, ...]) -> None:
    _held[:] = function, told


def _run(task: list[Any]) -> list[Any]:
    function, told = _held
    return [function(item, *told) for item in task]
