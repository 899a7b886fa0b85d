"""Processes that read the graph: one job each at a time, and killed where it takes too long.

A query in the store cannot be told to give up, and some bring the whole process down, so each runs in a process that
can be replaced. Every process has a pipe of its own: what one leaves unsaid when it dies hurts no other.
"""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from conflict_kg.processes import Child, confine
from conflict_kg.web.jobs import Job, Reply, refusal

_START_SECONDS = 60
"""After which a process that has not begun is given up."""
_context = get_context("forkserver")  # forks a process that has no threads and nothing open; a fresh one takes too long
_context.set_forkserver_preload(["__main__", "conflict_kg.web.work"])


class Worker:
    """A process, started anew whenever it has died."""

    def __init__(self, answer: Callable[[Job], Reply], *, time_limit: float, memory_limit: int) -> None:
        """``answer`` is called in the process; ``time_limit`` is in seconds, ``memory_limit`` in bytes."""
        self._time_limit = time_limit
        self._child = Child(_context, _serve, answer, memory_limit)
        self._closed = False

    def start(self) -> Connection:
        """Starts the process, where there is none, and returns the way to it."""
        return self._child.running() or self._child.start()

    def run(self, job: Job) -> Reply:
        """The reply to a job. Where it takes too long, or ends the process, the reply says so and another starts."""
        if self._closed:
            return refusal(503, "the server is stopping")
        try:
            pipe = self._hand_over(job)
            if pipe.poll(self._time_limit):
                reply = pipe.recv()
                assert isinstance(reply, Reply)
                return reply
            failed = refusal(504, f"stopped: no answer within the time limit of {self._time_limit:g} seconds")
        except (EOFError, OSError):
            failed = refusal(500, "the query ended the process that ran it: it is too long or needs too much memory")
        self._child.stop()
        if self._closed:
            return refusal(503, "the server is stopping")
        with suppress(EOFError, OSError):  # if it cannot start now it may with the next job
            self.start()
        return failed

    def _hand_over(self, job: Job) -> Connection:
        """Gives the job to the process and returns the way to it; one that has died while idle is replaced first.

        Raises ``EOFError`` where none takes it, or all end.
        """
        for _ in range(2):
            pipe = self.start()
            if not self._closed and _takes(pipe, job):  # if it was started after all were killed, nobody else ends it
                return pipe
            self._child.stop()
            if self._closed:
                break
        raise EOFError

    def close(self) -> None:
        """Ends the process for good; a job that it is at fails. May be called while ``run`` is under way."""
        self._closed = True
        self._child.kill()


class Pool:
    """Several workers behind one queue."""

    def __init__(self, workers: list[Worker], *, waiting: int, patience: float) -> None:
        """``waiting`` is how many jobs may wait for a worker, ``patience`` for how many seconds."""
        self._workers = workers
        self._waiting = 0
        self._most = waiting
        self._patience = patience
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()  # the one that was busy last is warmest
        self._threads = ThreadPoolExecutor(len(workers), thread_name_prefix="pool")
        for worker in workers:
            worker.start()
            self._idle.put_nowait(worker)

    async def run(self, job: Job) -> Reply:
        """The reply to a job; where too many wait, or it waits too long, one that asks to come back later."""
        if self._idle.empty() and self._waiting >= self._most:
            return refusal(503, f"busy: {self._waiting} requests are waiting; try again later")
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._patience)
        except TimeoutError:
            return refusal(503, f"busy: no reader free within {self._patience:g} seconds; try again later")
        finally:
            self._waiting -= 1
        loop = asyncio.get_running_loop()
        running = self._threads.submit(worker.run, job)

        def release(_: Future[Reply]) -> None:
            with suppress(RuntimeError):  # nobody waits any more
                loop.call_soon_threadsafe(self._idle.put_nowait, worker)

        running.add_done_callback(release)  # not when the client goes away, but when the worker is free
        return await asyncio.shield(asyncio.wrap_future(running))

    def stop(self) -> None:
        """Ends all processes at once."""
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=False)


def _takes(pipe: Connection, job: Job) -> bool:
    """Whether the process at the other end comes up, and says that it has the job."""
    try:
        if not pipe.poll(_START_SECONDS):
            return False
        pipe.recv()
        pipe.send(job)
        if not pipe.poll(_START_SECONDS):
            return False
        pipe.recv()
    except (EOFError, OSError):
        return False
    return True


# ---------------------------------------------------------------- in the process


def _serve(pipe: Connection, answer: Callable[[Job], Reply], memory_limit: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    confine(memory_limit)
    try:
        while True:
            pipe.send(None)  # it waits for a job
            job = pipe.recv()
            pipe.send(None)  # it has one
            pipe.send(answer(job))
    except (EOFError, OSError, MemoryError):  # the server is gone, or it will see that this process is
        return
