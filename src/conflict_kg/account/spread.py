"""What follows for many topics, in one process or in several: what is said of one tells nothing of another."""

from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import get_context

from conflict_kg.account.disagreements import Held
from conflict_kg.account.topics import Share, Topic, settle
from conflict_kg.model import Account, Place

WORTH_IT = 5000
"""From so many claims on, further processes save more time than it takes to start them."""

Settled = tuple[Account, tuple[tuple[str, Held], ...]]
_places: dict[str, Place] = {}
"""In a worker process, the places around those that claims name."""


def settled(topics: Mapping[Topic, Sequence[Share]], places: Mapping[str, Place], jobs: int) -> Iterator[Settled]:
    """What follows for each topic, in any order; ``jobs`` is how many processes there may be."""
    if jobs == 1 or sum(map(len, topics.values())) < WORTH_IT:
        yield from (settle(topic, told, places) for topic, told in topics.items())
        return
    most_first = sorted(topics.items(), key=lambda item: -len(item[1]))
    with get_context("spawn").Pool(jobs, _places.update, (dict(places),)) as pool:
        yield from pool.imap_unordered(_settle, most_first)


def _settle(item: tuple[Topic, Sequence[Share]]) -> Settled:
    return settle(*item, _places)
