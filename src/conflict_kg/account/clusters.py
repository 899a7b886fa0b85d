"""Claims that a place changed hands -> groups that tell of one change, kept up to date as reports come in."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from conflict_kg.account.bounds import Bounds, begin, shifted
from conflict_kg.account.grouping import Gathering, group, join_dateless, vagueness
from conflict_kg.account.sources import parties
from conflict_kg.model import ControlClaim

TOUCHING = timedelta(days=1)
"""Claims of one happening may lie a day apart: night actions are reported under either day."""
PRECISE = timedelta(days=7)
"""Claims that allow no more days than these make the changes of a place; vaguer ones join them."""


def bounds_of(claim: ControlClaim) -> Bounds:
    """When the change that a claim tells of began."""
    return begin(claim.when, claim.published)


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The claims of one group; the same object as long as the group stays as it is."""

    claims: tuple[ControlClaim, ...]


class Cluster(Gathering[ControlClaim]):
    """One happening has one winning side; where either names no winner the losing sides decide.

    From whom a place was taken is told in more ways than by whom, so that two losers do not keep claims apart.
    """

    __slots__ = ("losers", "winners")

    def __init__(self, first: ControlClaim, span: Bounds) -> None:
        super().__init__(first, span)
        self.winners = parties(first.winners)
        self.losers = parties(first.losers)

    def fits(self, claim: ControlClaim) -> bool:
        winners, losers = parties(claim.winners), parties(claim.losers)
        if winners and self.winners:
            return bool(winners & self.winners)
        if winners & self.losers or self.winners & losers:
            return False
        return not losers or not self.losers or bool(losers & self.losers)

    def add(self, claim: ControlClaim) -> None:
        super().add(claim)
        self.winners |= parties(claim.winners)
        self.losers |= parties(claim.losers)


@dataclass(slots=True, eq=False)
class _Run:
    """Precise claims whose days follow without a gap, and their groups."""

    low: date
    high: date
    claims: list[ControlClaim]
    clusters: Sequence[Gathering[ControlClaim]] = ()


@dataclass(slots=True, eq=False)
class _Vague:
    """A claim that allows many days, and the group that it joins."""

    rank: tuple[bool, int, date, date, str]
    """The more precise first."""
    low: date
    high: date
    """The days that it allows and those that touch them."""
    claim: ControlClaim
    cluster: Gathering[ControlClaim] | None = None


class Clusters:
    """The groups of one place and extent.

    Precise claims are grouped among themselves. Each vaguer one then joins one of these groups, whatever the other
    vague ones do; those for which there is none are grouped among themselves.
    """

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._vague: list[_Vague] = []
        self._dateless: list[ControlClaim] = []
        self._by_winner: dict[str | None, list[Gathering[ControlClaim]]] = {}
        self._apart: tuple[list[str], list[Gathering[ControlClaim]]] = ([], [])
        self._members: dict[Gathering[ControlClaim], tuple[list[ControlClaim] | None, Members]] = {}
        self._given: list[Members] = []
        self._stale = False

    def add(self, news: Iterable[ControlClaim]) -> None:
        """Takes more claims in."""
        touched: set[_Run] = set()
        fresh: list[_Vague] = []
        for claim in news:
            self._stale = True
            span = bounds_of(claim)
            if not span.dated:
                self._dateless.append(claim)
            elif span.earliest is None or span.latest is None or span.latest - span.earliest >= PRECISE:
                rank = (*vagueness(span), claim.key)
                fresh.append(_Vague(rank, shifted(span.low, -TOUCHING), shifted(span.high, TOUCHING), claim))
            else:
                touched.add(self._run_with(claim, span))
        alive = touched.intersection(self._runs)
        for run in alive:
            run.clusters = group(run.claims, bounds_of, Cluster, TOUCHING)
        if alive:
            self._index()
        for one in self._vague if alive else ():
            if any(one.low <= run.high and run.low <= one.high for run in alive):
                one.cluster = self._choice(one)
        for one in fresh:
            one.cluster = self._choice(one)
        if fresh:
            self._vague = sorted([*self._vague, *fresh], key=attrgetter("rank"))

    def now(self) -> list[Members]:
        """The groups as they are now; one that stays as it was is the same object."""
        if not self._stale:
            return self._given
        self._stale = False
        joining: defaultdict[Gathering[ControlClaim], list[ControlClaim]] = defaultdict(list)
        apart: list[ControlClaim] = []
        for one in self._vague:
            (apart if one.cluster is None else joining[one.cluster]).append(one.claim)
        keys = [claim.key for claim in apart]
        if keys != self._apart[0]:
            self._apart = keys, group(apart, bounds_of, Cluster, TOUCHING)
        found = [*(cluster for run in self._runs for cluster in run.clusters), *self._apart[1]]
        if self._dateless:
            found = self._with_dateless(found, joining)
        known, self._members = self._members, {}
        for cluster in found:
            joined = joining.get(cluster)
            before = known.get(cluster)
            if before is None or before[0] != joined:
                before = joined, Members((*cluster.members, *(joined or ())))
            self._members[cluster] = before
        self._given = [members for _, members in self._members.values()]
        return self._given

    def _with_dateless(
        self,
        found: Sequence[Gathering[ControlClaim]],
        joining: defaultdict[Gathering[ControlClaim], list[ControlClaim]],
    ) -> list[Gathering[ControlClaim]]:
        left = []
        for claim in sorted(self._dateless, key=lambda claim: claim.key):
            fitting = [cluster for cluster in found if cluster.fits(claim)]
            if len(fitting) == 1:
                joining[fitting[0]].append(claim)
            else:
                left.append(claim)
        return [*found, *join_dateless((), left, Cluster)]

    def _run_with(self, claim: ControlClaim, span: Bounds) -> _Run:
        """The run that a claim lies in from now on; it takes the place of all that it touches."""
        low, high = shifted(span.low, -TOUCHING), shifted(span.high, TOUCHING)
        start = bisect_left(self._runs, low, key=lambda run: run.high)
        stop = start
        run = _Run(span.low, span.high, [claim])
        while stop < len(self._runs) and self._runs[stop].low <= high:
            other = self._runs[stop]
            run.low, run.high = min(run.low, other.low), max(run.high, other.high)
            run.claims += other.claims
            stop += 1
        self._runs[start:stop] = [run]
        return run

    def _index(self) -> None:
        self._by_winner = {None: []}
        for run in self._runs:
            for cluster in run.clusters:
                assert isinstance(cluster, Cluster)
                for party in cluster.winners or (None,):
                    self._by_winner.setdefault(party, []).append(cluster)

    def _choice(self, one: "_Vague") -> Gathering[ControlClaim] | None:
        """The change that a vague claim tells of: the one with most precise claims, then the latest."""
        winners = parties(one.claim.winners)
        keys: Iterable[str | None] = (*winners, None) if winners else tuple(self._by_winner)
        near = [
            cluster
            for key in keys
            for cluster in self._by_winner.get(key, ())
            if cluster.core.low <= one.high and one.low <= cluster.core.high and cluster.fits(one.claim)
        ]
        return max(near, key=lambda cluster: cluster.weight(), default=None)
