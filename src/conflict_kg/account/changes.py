"""Claims about one place -> happenings in which it, or a part of it, changed hands.

A happening is a group of claims that fit by party and time; opposition.py adds those that tell against it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from conflict_kg.account.bounds import Bounds, best
from conflict_kg.account.clusters import Clusters, Members, bounds_of
from conflict_kg.account.recall import Recall
from conflict_kg.account.sources import basis, ranked_parties
from conflict_kg.model import Basis, ControlClaim, ControlKind, Extent, Status

AFFIRMED = frozenset({Status.ASSERTED, Status.CLAIMED})
"""What may change the account."""
STATES = frozenset({ControlKind.HOLDS, ControlKind.SIEGE})
"""What speaks of a state, not of a change."""


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """One change of control of a place, put together from the claims about it."""

    place: str
    winners: tuple[str, ...]
    """Parties, the best supported first; empty where nobody is said to have taken over."""
    losers: tuple[str, ...]
    extent: Extent
    bounds: Bounds
    basis: Basis
    supporting: tuple[ControlClaim, ...]
    digests: frozenset[str]
    """Of the reports that tell of it."""
    opposing: tuple[ControlClaim, ...] = ()

    @property
    def holder(self) -> str | None:
        """The party that has the place from then on."""
        return self.winners[0] if self.winners else None


def is_state(claim: ControlClaim) -> bool:
    """Whether a claim tells of a state."""
    return claim.kind in STATES


def is_partial(claim: ControlClaim) -> bool:
    """Whether a claim is about an unnamed part of its place."""
    return claim.extent is Extent.PARTIAL or claim.kind is ControlKind.PARTIAL_CAPTURE


def spoken(claim: ControlClaim, said: Mapping[str, date]) -> date | None:
    """The day on which a claim was made: that of its statement where known, else of its report."""
    return said.get(claim.stated_in or "") or claim.published


class Changes:
    """The happenings of one place, kept up to date as reports come in."""

    def __init__(self, recall: Recall) -> None:
        self._recall = recall
        self._clusters = {extent: Clusters() for extent in Extent}

    def add(self, news: Iterable[ControlClaim]) -> None:
        """Takes more claims in; those that change nothing are passed over."""
        changes = [claim for claim in news if claim.status in AFFIRMED and not is_state(claim)]
        for extent, clusters in self._clusters.items():
            clusters.add(claim for claim in changes if is_partial(claim) is (extent is Extent.PARTIAL))

    def now(self) -> list[Happening]:
        """What the claims so far come to; what is as it was before is the same object."""
        return [
            self._recall(happening, members, extent)
            for extent, clusters in self._clusters.items()
            for members in clusters.now()
        ]


def happening(members: Members, extent: Extent) -> Happening:
    """The change that some claims tell of."""
    claims = members.claims
    winners = ranked_parties(claim.winners for claim in claims)
    losers = tuple(p for p in ranked_parties(claim.losers for claim in claims) if p not in winners)
    return Happening(
        place=claims[0].place.id,
        winners=winners,
        losers=losers,
        extent=extent,
        bounds=best(claims, bounds_of),
        basis=basis(claims, frozenset(winners), frozenset(losers)),
        supporting=claims,
        digests=frozenset(claim.digest for claim in claims),
    )
