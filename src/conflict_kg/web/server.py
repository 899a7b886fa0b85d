"""Running the endpoint until it is told to stop."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from conflict_kg import store
from conflict_kg.errors import InputError
from conflict_kg.questions.binding import Question
from conflict_kg.web.app import application
from conflict_kg.web.pool import Pool, Worker
from conflict_kg.web.work import Reader

HOST = "127.0.0.1"
"""Loopback: nobody reaches it from another machine."""
_GRACE_SECONDS = 1
"""For queries that run when the server is told to stop."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost."""

    seconds: float = 10
    """That a query may run."""
    result_bytes: int = 20_000_000
    memory_bytes: int = 2_000_000_000
    """That a process which reads may take."""
    readers: int = max(2, os.cpu_count() or 1)
    """Processes that read, and so queries that run at once."""
    waiting: int = 256
    """Requests that wait for one of them."""


def serve(
    folder: Path,
    questions: Mapping[str, Question],
    port: int,
    *,
    limits: Limits,
    origins: tuple[str, ...],
    ready: Callable[[str], None],
) -> None:
    """Serves the graph in a folder until SIGINT or SIGTERM; ``ready`` gets the address once it can be asked.

    Port 0 takes any that is free. Raises ``InputError`` where there is no graph or the port cannot be had.
    """
    store.open_store(folder)
    listener = _listen(port)
    reader = Reader(folder, questions, limits.result_bytes)
    workers = [
        Worker(reader, time_limit=limits.seconds, memory_limit=limits.memory_bytes) for _ in range(limits.readers)
    ]
    pool = Pool(workers, waiting=limits.waiting, patience=3 * limits.seconds)
    config = uvicorn.Config(
        application(pool, questions, origins),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=_GRACE_SECONDS + 5,
    )
    try:
        ready(f"http://{HOST}:{listener.getsockname()[1]}/")
        _Server(config, pool).run(sockets=[listener])
    finally:
        pool.stop()
        listener.close()


class _Server(uvicorn.Server):
    """One that ends quietly when it is told to, where uvicorn raises the signal once more, and waits for no query."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().call_later(_GRACE_SECONDS, self._pool.stop)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  # the signature is uvicorn's
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def _listen(port: int) -> socket.socket:
    # With the protocol named asyncio sends small packets at once; else each answer waits 40 ms for the client's word.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise InputError(f"--port {port}: cannot listen there: {reason}") from None
    return listener
