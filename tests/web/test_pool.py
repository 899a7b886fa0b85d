"""Processes that read the graph, and end when the server does."""

from multiprocessing.connection import Connection

from conflict_kg.web.jobs import Job, Query, Reply, refusal
from conflict_kg.web.pool import Worker


def answer(job: Job) -> Reply:
    """An answer, in a process of its own."""
    return refusal(418, f"no answer to {job!r}")


def test_worker_answers_in_its_process() -> None:
    """And again after it was asked."""
    worker = Worker(answer, time_limit=30, memory_limit=10**10)
    try:
        assert [worker.run(Query("ASK {}", "*/*")).status for _ in range(2)] == [418, 418]
    finally:
        worker.close()


def test_worker_that_is_told_to_end_while_it_starts_does_not_start_again() -> None:
    """Nobody would end the process then, and the server would wait for its answer."""

    class Interrupted(Worker):
        started = 0

        def start(self) -> Connection:
            pipe = super().start()
            self.started += 1
            self.close()
            return pipe

    worker = Interrupted(answer, time_limit=30, memory_limit=10**10)
    assert worker.run(Query("ASK {}", "*/*")).status == 503
    assert worker.started == 1
