"""The histories of many places, in one process or in several: what is said of one place tells nothing of another."""

from collections.abc import Iterator, Mapping
from datetime import date
from multiprocessing import get_context

from conflict_kg.account.timeline import Evidence
from conflict_kg.account.versions import history
from conflict_kg.model import ControlChange, ControlPeriod

WORTH_IT = 5000
"""From so many claims on, further processes save more time than it takes to start them."""

History = tuple[tuple[ControlChange, ...], tuple[ControlPeriod, ...]]
_said: dict[str, date] = {}
"""In a worker process, when statements were made."""


def histories(evidence: Mapping[str, Evidence], said: Mapping[str, date], jobs: int) -> Iterator[History]:
    """The changes and periods of each place, in any order; ``jobs`` is how many processes there may be."""
    if jobs == 1 or sum(len(told.claims) for told in evidence.values()) < WORTH_IT:
        yield from (history(place, told, said) for place, told in evidence.items())
        return
    most_first = sorted(evidence.items(), key=lambda item: -len(item[1].claims))
    with get_context("spawn").Pool(jobs, _said.update, (said,)) as pool:
        yield from pool.imap_unordered(_history, most_first)


def _history(item: tuple[str, Evidence]) -> History:
    return history(*item, _said)
