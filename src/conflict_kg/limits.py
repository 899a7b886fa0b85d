"""Work that may take so long and no longer."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from conflict_kg.errors import TimeLimitError

T = TypeVar("T")


def within(seconds: float | None, work: Callable[[], T]) -> T:
    """What the work gives; None sets no limit. Raises what it raises, or ``TimeLimitError`` where it takes too long.

    The store cannot be told to give up, so the work then goes on in a thread of its own: end the process.
    """
    if seconds is None:
        return work()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  # raised again below, in the thread that asked
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeLimitError(f"stopped: no answer within the time limit of {seconds:g} seconds")
    if errors:
        raise errors[0]
    return results[0]
