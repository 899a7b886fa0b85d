"""The claims that bear on one place -> its changes and periods, as one moment knows them, and then the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conflict_kg.account.changes import Changes, Happening
from conflict_kg.account.holdings import Holdings
from conflict_kg.account.opposition import Opposition
from conflict_kg.account.order import Order
from conflict_kg.account.parts import Portions
from conflict_kg.account.periods import Draft, Phases
from conflict_kg.account.recall import Recall
from conflict_kg.account.stretches import Stretches
from conflict_kg.account.turns import Turns
from conflict_kg.model import ControlClaim, IncidentClaim, Place, PlaceKind


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
        self.found: tuple[Happening, ...] = ()
        """The changes of the place as known now."""
        self._place = place
        self._recall = Recall()
        self._changes = Changes(self._recall)
        self._opposition = Opposition(said)
        self._turns = Turns()
        self._order = Order()
        self._stretches = Stretches()
        self._phases = Phases(place)
        self._holdings = Holdings()
        self._portions = Portions(place, self._recall)

    def add(self, news: Evidence) -> tuple[list[Draft], list[Draft]]:
        """Takes news in; the drafts of periods that no longer stand, and those that now do."""
        self._recall.next_version()
        self._changes.add(news.claims)
        self._opposition.add(news.claims, news.parts)
        self._turns.add(news.claims, [claim for _, claim in news.parts if self._is_piece(claim.place)])
        self._phases.add(news.claims, news.clashes)
        self._portions.add(news.claims)
        before, self.found = self.found, self._opposition.settled(self._changes.now())
        lost, gained = _only(before, self.found), _only(self.found, before)
        kept, line = self._stretches.now(*self._order.now(*self._turns.now(lost, gained)))
        gone, come = self._holdings.now(*self._phases.now(kept, line))
        over, begun = self._portions.now(self.found, kept, line)
        return [*gone, *over], [*come, *begun]

    def _is_piece(self, inside: Place) -> bool:
        """Whether a place inside is a part of this one, and no town in a province."""
        return inside.kind is PlaceKind.PART and inside.located_in == self._place


def _only(one: Sequence[Happening], other: Sequence[Happening]) -> list[Happening]:
    """The happenings that only the first has."""
    others = set(other)
    return [change for change in one if change not in others]
