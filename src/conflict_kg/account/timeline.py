"""The claims that bear on one place -> its changes and periods, as one moment knows them, and then the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conflict_kg.account.changes import Changes, Happening
from conflict_kg.account.holdings import holdings
from conflict_kg.account.opposition import Opposition
from conflict_kg.account.order import ordered
from conflict_kg.account.parts import Portions
from conflict_kg.account.periods import Draft, Phases
from conflict_kg.account.recall import Recall
from conflict_kg.account.stretches import Stretches
from conflict_kg.account.turns import Turns
from conflict_kg.model import ControlClaim, IncidentClaim


@dataclass(frozen=True, slots=True)
class Evidence:
    """What bears on one place."""

    claims: tuple[ControlClaim, ...]
    """Those that name it, in order of their keys."""
    parts: tuple[tuple[date, ControlClaim], ...]
    """Claims that somebody holds a place that lies in it, with the day of each, sorted."""
    clashes: tuple[IncidentClaim, ...]
    """Clashes in it."""


class Timeline:
    """What follows for one place from what is known so far.

    Each step takes news in and does again only what these touch, so that a place costs about as much in a thousand
    moments as in one. What it gives depends on the claims taken in, not on the steps in which they came.
    """

    def __init__(self, place: str, said: Mapping[str, date]) -> None:
        """``said`` dates statements by their keys."""
        self._recall = Recall()
        self._changes = Changes(self._recall)
        self._opposition = Opposition(said)
        self._turns = Turns(self._recall)
        self._stretches = Stretches()
        self._phases = Phases(place)
        self._portions = Portions(place, self._recall)

    def add(self, news: Evidence) -> tuple[tuple[Happening, ...], list[Draft]]:
        """Takes news in; the happenings and the drafts of periods as known then. What stays the same is the same object."""
        self._recall.next_version()
        self._changes.add(news.claims)
        self._opposition.add(news.claims, news.parts)
        self._turns.add(news.claims)
        self._phases.add(news.claims, news.clashes)
        self._portions.add(news.claims)
        found = self._opposition.settled(self._changes.now())
        line = self._stretches.now(ordered(self._turns.now(found), self._recall))
        whole = holdings(self._phases.now(line), self._recall)
        return found, [*whole, *self._portions.now(found, line)]
