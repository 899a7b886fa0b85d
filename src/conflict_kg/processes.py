"""Processes that do risky work: started anew whenever they have died, within limits, and gone with who started them."""

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from threading import Thread


class Child:
    """A process with a pipe to it. What one leaves unsaid when it dies hurts no other: each has a pipe of its own."""

    def __init__(self, context: SpawnContext | ForkServerContext, serve: Callable[..., None], *told: object) -> None:
        """``serve`` is called in the process, with its end of the pipe and what is ``told``."""
        self._context = context
        self._serve = serve
        self._told = told
        self._process: SpawnProcess | ForkServerProcess | None = None
        self._pipe: Connection | None = None

    def running(self) -> Connection | None:
        """The way to the process; None where there is none, or it has died."""
        return self._pipe if self._process is not None and self._process.is_alive() else None

    def start(self) -> Connection:
        """Starts a process in place of the one before, and returns the way to it."""
        self.stop()
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._serve, args=(theirs, *self._told), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def stop(self) -> None:
        """Ends the process at once, where there is one."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None

    def kill(self) -> None:
        """Ends the process while another thread waits for it, which then has to stop or start it."""
        process = self._process
        if process is not None:
            with suppress(ValueError):  # the other thread has just done so
                process.kill()


# ---------------------------------------------------------------- in the process


def confine(memory: int | None = None) -> None:
    """Has this process end with the one that started it, which Ctrl-C is for, and take no more bytes than ``memory``.

    Where the system keeps such limits; if it dies for one it leaves no core file.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory is not None:
        _limit(resource.RLIMIT_DATA, memory)
        _limit(resource.RLIMIT_CORE, 0)
    Thread(target=_wait_for_parent, daemon=True).start()


def _limit(kind: int, allowed: int) -> None:
    """Sets a limit for this process, where the system has it and it is not lower already."""
    soft, hard = resource.getrlimit(kind)
    if soft == resource.RLIM_INFINITY or soft > allowed:
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, hard))


def _wait_for_parent() -> None:
    """Ends this process when the one that started it is gone, killed perhaps: nobody else would."""
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
