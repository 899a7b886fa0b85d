"""What the happenings and states of one place tell about who has the whole of it.

A turn is one thing known: that somebody gained the place, lost it, or held it on a day. order.py sorts them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from conflict_kg.account.bounds import UNDATED, Bounds
from conflict_kg.account.changes import AFFIRMED, Happening, is_partial, is_state
from conflict_kg.account.sources import ranked_parties
from conflict_kg.model import ControlClaim, ControlKind, Extent

DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Turn:
    """One thing known about who has the whole of a place."""

    holder: str | None
    """The party that has the place from then on; None where it is only lost."""
    losers: tuple[str, ...]
    """The parties that no longer have it; of a state those who besiege."""
    bounds: Bounds
    """When it came about; a state stands on the last day for which it speaks."""
    claims: tuple[ControlClaim, ...]
    happening: Happening | None = None
    since: Bounds = UNDATED
    """Of a state: when it is said to have begun."""
    earlier: tuple[ControlClaim, ...] = ()
    """Of a change: states that the reports of the change tell as background to it."""
    implied: bool = False
    """Of a state: that it follows from a loss of a part only."""
    parts: tuple[str, ...] = ()
    """The parties that have a part of the place then."""
    piece: str = ""
    """Id of the place inside that is this part, where it is one of its own."""
    part_only: bool = False
    """Whether nothing else is known by it."""

    @property
    def is_state(self) -> bool:
        """Whether this is a state on a day."""
        return self.holder is not None and self.happening is None

    @cached_property
    def place_in_time(self) -> tuple[date, date, bool, str, str]:
        """Sorts turns by their days; on one day states come first."""
        return self.bounds.high, self.bounds.low, not self.is_state, self.holder or "", self.claims[0].key


def holders(claim: ControlClaim) -> tuple[str, ...]:
    """The parties that a state claim says hold the place: of a siege those who are besieged."""
    return ranked_parties([claim.losers if claim.kind is ControlKind.SIEGE else claim.winners])


def last_day(claim: ControlClaim) -> date | None:
    """The last day for which a state claim speaks; not before the state is said to have begun."""
    when = claim.when
    end = when.end_earliest or when.end_latest
    day = end - DAY if end is not None else claim.published or when.begin_latest
    return max((known for known in (day, when.begin_earliest) if known is not None), default=None)


class Turns:
    """The turns of one place, kept up to date as reports come in."""

    def __init__(self) -> None:
        self._in_report: defaultdict[str, list[ControlClaim]] = defaultdict(list)
        self._by_day: defaultdict[tuple[str, date], list[ControlClaim]] = defaultdict(list)
        self._states: dict[tuple[str, date], Turn] = {}
        self._ends: dict[str, Turn] = {}
        self._part_words: dict[tuple[str, date, str], Turn] = {}
        self._background: set[str] = set()
        self._of_report: defaultdict[str, dict[Happening, tuple[ControlClaim, ...]]] = defaultdict(dict)
        """By report the changes that it tells of, and what it tells as background to each."""
        self._stirred: dict[str, None] = {}
        """Reports of which changes or states are new."""
        self._changes: dict[Happening, Turn] = {}
        self._gone: dict[Turn, None] = {}
        self._come: dict[Turn, None] = {}

    def add(self, news: Iterable[ControlClaim], pieces: Iterable[ControlClaim] = ()) -> None:
        """Takes more claims in; those that tell of no state of the place are passed over.

        ``pieces`` are claims that somebody holds a part of the place that is a place of its own.
        """
        states = [claim for claim in news if is_state(claim) and claim.status in AFFIRMED]
        for claim in states:
            if is_partial(claim) and claim.kind is ControlKind.HOLDS and (part := _holder_and_day(claim)) is not None:
                self._note_part(*part, claim)
        for claim in pieces:
            if (part := _holder_and_day(claim)) is not None:
                self._note_part(*part, claim, claim.place.id)
        told = [claim for claim in states if not is_partial(claim)]
        for claim in told:
            self._in_report[claim.digest].append(claim)
            self._stirred[claim.digest] = None
            if (when := _holder_and_day(claim)) is not None:
                self._by_day[when].append(claim)
        self._renew(told)

    def _note_part(self, holder: str, day: date, claim: ControlClaim, piece: str = "") -> None:
        """Notes that a side has a part on a day; one word of it is enough."""
        before = self._part_words.get((holder, day, piece))
        if before is None or claim.key < before.claims[0].key:
            self._part_words[holder, day, piece] = turn = _part(holder, day, (claim,), piece)
            self._replace(before, turn)

    def now(self, gone: Iterable[Happening], come: Iterable[Happening]) -> tuple[list[Turn], list[Turn]]:
        """The turns that no longer follow from all claims so far, and those that now do.

        ``gone`` are the happenings that are no longer found among the claims, ``come`` those that now are.
        """
        for change in gone:
            self._replace(self._changes.pop(change, None), None)
            for digest in change.digests:
                self._of_report[digest].pop(change, None)
                self._stirred[digest] = None
        for change in come:
            if change.extent is Extent.FULL and change.bounds.dated:
                self._changes[change] = turn = _change_turn(change, ())
                self._replace(None, turn)
                for digest in sorted(change.digests):
                    self._of_report[digest][change] = ()
                    self._stirred[digest] = None
            elif _implies(change):
                self._changes[change] = turn = _implied(change)
                self._replace(None, turn)
            elif change.extent is Extent.PARTIAL and change.holder and change.bounds.dated:
                day = change.bounds.latest or change.bounds.low
                self._changes[change] = turn = _part(change.holder, day, change.supporting)
                self._replace(None, turn)
        self._settle_background()
        left, arrived = list(self._gone), list(self._come)
        self._gone, self._come = {}, {}
        return left, arrived

    def _settle_background(self) -> None:
        """Sets states aside that the report of a change tells as what was before; they count with the change."""
        renewed: list[ControlClaim] = []
        altered: dict[Happening, None] = {}
        for digest in self._stirred:
            states, changes = self._in_report.get(digest, ()), self._of_report[digest]
            found = {claim.key: _background_of(claim, changes) for claim in states} if changes else {}
            for change in changes:
                told = tuple(claim for claim in states if found[claim.key] is change)
                if told != changes[change]:
                    changes[change] = told
                    altered[change] = None
            for claim in states:
                is_background = found.get(claim.key) is not None
                if is_background is not (claim.key in self._background):
                    (self._background.add if is_background else self._background.discard)(claim.key)
                    renewed.append(claim)
        self._stirred = {}
        for change in altered:
            aside = (claim for digest in change.digests for claim in self._of_report[digest][change])
            earlier = sorted(aside, key=lambda claim: claim.key)
            known = self._changes[change]
            if [claim.key for claim in earlier] != [claim.key for claim in known.earlier]:
                self._changes[change] = turn = _change_turn(change, earlier)
                self._replace(known, turn)
        self._renew(renewed)

    def _renew(self, claims: Sequence[ControlClaim]) -> None:
        """Makes the turns anew that some states count for, now that these do so, or no longer do."""
        for claim in claims:
            self._replace(self._ends.pop(claim.key, None), None)
            if claim.key not in self._background and (end := _end(claim)) is not None:
                self._ends[claim.key] = end
                self._replace(None, end)
        for when in dict.fromkeys(when for claim in claims if (when := _holder_and_day(claim)) is not None):
            before, now = self._states.pop(when, None), None
            members = [claim for claim in self._by_day[when] if claim.key not in self._background]
            if members:
                now = self._states[when] = _state(*when, sorted(members, key=lambda claim: claim.key))
            self._replace(before, now)

    def _replace(self, before: Turn | None, now: Turn | None) -> None:
        """Notes that one turn takes the place of another."""
        if before is not None and before in self._come:
            del self._come[before]
        elif before is not None:
            self._gone[before] = None
        if now is not None:
            self._come[now] = None


def _change_turn(change: Happening, earlier: Sequence[ControlClaim]) -> Turn:
    return Turn(change.holder, change.losers, change.bounds, change.supporting, change, earlier=tuple(earlier))


def _background_of(claim: ControlClaim, changes: Iterable[Happening]) -> Happening | None:
    """The change that a state preceded, if its report, which tells of these changes, tells of one to a rival after it.

    A report of the day after says "the last pocket still under government control" of the morning before.
    """
    sides = set(holders(claim))
    if not sides:
        return None
    last = max(changes, key=lambda change: (change.bounds.high, change.bounds.low, change.supporting[0].key))
    began = claim.when.begin_earliest
    if last.holder in sides or (began is not None and began > last.bounds.high):
        return None
    return last


def _holder_and_day(claim: ControlClaim) -> tuple[str, date] | None:
    day, sides = last_day(claim), holders(claim)
    return (sides[0], day) if day is not None and sides else None


def _state(holder: str, day: date, members: Sequence[ControlClaim]) -> Turn:
    begins = [c.when for c in members if c.kind is ControlKind.HOLDS and c.when.begin_earliest is not None]
    since = UNDATED
    if begins:
        first = min(begins, key=lambda when: (when.begin_earliest or day, when.begin_latest or day))
        since = Bounds(first.begin_earliest, min(first.begin_latest or day, day))
    return Turn(holder, _besiegers(members), Bounds(day, day), tuple(members), since=since)


def _besiegers(claims: Iterable[ControlClaim]) -> tuple[str, ...]:
    return ranked_parties(claim.winners for claim in claims if claim.kind is ControlKind.SIEGE)


def _end(claim: ControlClaim) -> Turn | None:
    """The end that a state claim gives ("held the town until June") as a loss."""
    end = Bounds(claim.when.end_earliest, claim.when.end_latest)
    return Turn(None, holders(claim), end, (claim,)) if end.dated and claim.kind is ControlKind.HOLDS else None


def _implies(change: Happening) -> bool:
    return change.extent is Extent.PARTIAL and bool(change.losers) and change.bounds.dated


def _implied(change: Happening) -> Turn:
    """Who loses a part held the place: a state that counts only where nothing else is known."""
    day = change.bounds.latest or change.bounds.low
    parts = tuple(side for side in (change.holder, change.losers[0]) if side)
    return Turn(change.losers[0], (), Bounds(day, day), change.supporting, implied=True, parts=parts)


def _part(holder: str, day: date, claims: Sequence[ControlClaim], piece: str = "") -> Turn:
    return Turn(holder, (), Bounds(day, day), tuple(claims), parts=(holder,), piece=piece, part_only=True)
