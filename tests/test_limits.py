"""Work that takes too long is given up; all else is as without a limit."""

from threading import Event

import pytest

from conflict_kg.errors import InputError, TimeLimitError
from conflict_kg.limits import within


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_within_gives_what_the_work_gives(seconds: float | None) -> None:
    """A value, or an error as it is."""

    def fails() -> None:
        raise InputError("wrong")

    assert within(seconds, lambda: 3) == 3
    with pytest.raises(InputError, match="wrong"):
        within(seconds, fails)


def test_within_gives_up() -> None:
    """With the limit in the message."""
    done = Event()
    with pytest.raises(TimeLimitError, match=r"time limit of 0\.05 seconds"):
        within(0.05, done.wait)
    done.set()
