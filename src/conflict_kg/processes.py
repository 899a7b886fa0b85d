"""What a process that does risky work sets for itself: limits, and that it ends with the one that started it."""

import os
import resource
from contextlib import suppress
from multiprocessing import connection, parent_process
from threading import Thread


def limit_memory(allowed: int) -> None:
    """Lets this process take so many bytes, where the system keeps such limits; if it dies it leaves no core file."""
    _limit(resource.RLIMIT_DATA, allowed)
    _limit(resource.RLIMIT_CORE, 0)


def end_with_parent() -> None:
    """Ends this process once the one that started it has gone, in the middle of its work too."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _limit(kind: int, allowed: int) -> None:
    """Sets a limit for this process, where the system has it and it is not lower already."""
    soft, hard = resource.getrlimit(kind)
    if soft == resource.RLIM_INFINITY or soft > allowed:
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, hard))


def _wait_for_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(0)
