"""Work that takes too long is given up; all else is as without a limit."""

from itertools import product
from multiprocessing import Pipe
from threading import Event

import pytest

from conflict_kg import cli
from conflict_kg.commands import console
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


TIMES = [["ask", "coverage", "--time-limit"], ["query", "/none.rq", "--time-limit"], ["serve", "--time-limit"]]
MEMORY = ["serve", "--memory-limit"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        *product(TIMES, ["nan", "-nan", "inf", "1e300", "86400.5", "0", "-1", "1e-400", "soon"]),
        *product([MEMORY], ["1" + "0" * 25, "10000001", "255"]),
    ],
    ids=str,
)
def test_limits_that_nobody_can_keep_are_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], value: str
) -> None:
    """In one line, before anything is opened: no time at all, more than a day, more memory than a process can have."""
    assert cli.main([*words, value, "--graph", "/none"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"conflict-kg: Invalid value for '{words[-1]}': ")


def test_time_limits_of_a_day_can_be_waited_for() -> None:
    """The longest that is taken, by a thread as by what waits for a process."""
    assert console.Seconds().convert("86400", None, None) == 86_400.0
    assert within(86_400.0, lambda: 3) == 3
    here, there = Pipe()
    there.send("a reply")
    assert here.poll(86_400.0)
