"""Stretches -> phases: siege and battle cut a stretch, and rivals stand beside it.

The periods have no id and no known bounds yet: these come from comparing what was known when (versions.py). The bounds
of their holdings come from the phases around (holdings.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from conflict_kg.account.battles import FOUGHT_OVER, HELD_ON, armed, fights
from conflict_kg.account.bounds import Bounds, closed, not_before
from conflict_kg.account.changes import AFFIRMED, Happening
from conflict_kg.account.line import DIVIDED, Stretch, merged
from conflict_kg.account.phase import one_phase
from conflict_kg.account.piles import Pile
from conflict_kg.account.sources import basis, parties, ranked_parties
from conflict_kg.account.turns import last_day
from conflict_kg.model import (
    Basis,
    Claim,
    ControlClaim,
    ControlKind,
    ControlPeriod,
    Holding,
    IncidentClaim,
    Status,
)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A control period to be, and what it rests on."""

    period: ControlPeriod
    happening: Happening | None
    """With which its holder's time began."""
    fresh: bool
    """Whether its holder came to have the place with it, rather than being said to have it then too."""
    supporting: Pile[Claim]
    opposing: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Cut:
    """From when on a stretch has another status."""

    since: Bounds
    status: Holding
    claims: tuple[Claim, ...]
    rule: str
    rivals: tuple[str, ...] = ()


class Phases:
    """The phases of one place, kept up to date as reports come in."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._sieges: list[ControlClaim] = []
        self._denied: list[ControlClaim] = []
        self._clashes: list[IncidentClaim] = []
        self._news: list[Bounds] = []
        self._line: list[Stretch] = []

    def add(self, news: Iterable[ControlClaim], clashes: Iterable[IncidentClaim]) -> None:
        """Takes more claims in: sieges, words that somebody does not hold the place, and clashes in it."""
        sieges, denied, fights = [], [], list(clashes)
        for claim in news:
            if claim.kind is ControlKind.SIEGE:
                sieges.append(claim)
            elif claim.kind is ControlKind.HOLDS and claim.status is Status.DENIED and claim.winners:
                denied.append(claim)
        self._sieges = sorted([*self._sieges, *sieges], key=lambda claim: claim.key)
        self._denied = sorted([*self._denied, *denied], key=lambda claim: claim.key)
        self._clashes = sorted([*self._clashes, *fights], key=lambda claim: claim.key)
        self._news += [Bounds(day, day) for claim in (*sieges, *denied) if (day := last_day(claim)) is not None]
        self._news += [_days(clash) for clash in fights]

    def now(self, kept: int, fresh: Iterable[Stretch]) -> tuple[int, list[list[list[Draft]]]]:
        """How many of the first stretches keep their phases, and the phases of those after, stretch by stretch.

        ``kept`` of the stretches are the same as before, ``fresh`` follow them. Each phase has the drafts of all who
        are said to have the whole place in it.
        """
        self._line[kept:] = fresh
        touched = (i for i, stretch in enumerate(self._line[:kept]) if any(_overlap(stretch, d) for d in self._news))
        kept = next(touched, kept) if self._news else kept
        self._news = []
        return kept, [self._phases_of(stretch) for stretch in self._line[kept:]]

    def _phases_of(self, stretch: Stretch) -> list[list[Draft]]:
        told = _with_denied_states(_besieged_first(stretch, self._sieges), self._denied)
        return _phases(self._place, told, _cuts(told, self._sieges, self._clashes))


def _days(clash: IncidentClaim) -> Bounds:
    """The days of which a clash may tell."""
    when = clash.when
    days = [
        day
        for day in (when.begin_earliest, when.begin_latest, when.end_earliest, when.end_latest, clash.published)
        if day is not None
    ]
    return Bounds(min(days, default=None), max(days, default=None))


def _overlap(stretch: Stretch, days: Bounds) -> bool:
    return stretch.since.low <= days.high and days.low <= stretch.until.high


def _within(stretch: Stretch, day: date | None) -> bool:
    """Whether a day lies in a stretch, in doubt before its end."""
    return day is not None and stretch.since.low <= day and (not stretch.until.dated or day < stretch.until.high)


def _with_denied_states(stretch: Stretch, denied: Iterable[ControlClaim]) -> Stretch:
    """A denied "holds" tells against the time of that holder in which it was said."""
    told = [c for c in denied if stretch.holder in parties(c.winners) and _within(stretch, last_day(c))]
    return replace(stretch, opposing=merged(stretch.opposing, told)) if told else stretch


def _besieged_first(stretch: Stretch, sieges: Iterable[ControlClaim]) -> Stretch:
    """A divided stretch with the other side as its holder, if the holder is said to besiege that one."""
    if stretch.rule != DIVIDED or not any(
        stretch.holder in parties(c.winners) and c.status in AFFIRMED and _within(stretch, last_day(c)) for c in sieges
    ):
        return stretch
    (other, claims), *more = stretch.rivals
    own = tuple(stretch.claims)
    rivals = ((stretch.holder or "", own), *more)
    return replace(stretch, holder=other, claims=Pile(claims), opposing=own, rivals=rivals)


def _cuts(stretch: Stretch, claims: Sequence[ControlClaim], clashes: Sequence[IncidentClaim]) -> tuple[Cut, ...]:
    if stretch.holder is None:
        return ()
    sieges = _siege(stretch, claims)
    found = [*sieges, *_battle(stretch, clashes), *_fought(stretch, clashes, sieges)]
    return tuple(sorted(found, key=lambda cut: (cut.since.high, cut.since.low, cut.status)))


def _siege(stretch: Stretch, claims: Sequence[ControlClaim]) -> list[Cut]:
    """Besieged from the first siege on, until somebody denies it or the stretch ends."""
    sieges = [
        claim
        for claim in claims
        if stretch.holder not in parties(claim.winners)
        and (not claim.losers or stretch.holder in parties(claim.losers))
        and _within(stretch, last_day(claim))
    ]
    laid = [claim for claim in sieges if claim.status in AFFIRMED and claim.key not in stretch.past]
    if not laid:
        return []
    start = min((_siege_start(claim, stretch) for claim in laid), key=lambda span: (span.high, span.low))
    cuts = [Cut(start, Holding.BESIEGED, tuple(laid), "besieged", ranked_parties(c.winners for c in laid))]
    lifted = [claim for claim in sieges if claim.status is Status.DENIED and _said_after(claim, laid)]
    if lifted:
        day = min(day for claim in lifted if (day := last_day(claim)) is not None)
        cuts.append(Cut(closed(max(day, start.low), max(day, start.high)), Holding.HELD, tuple(lifted), "siege-denied"))
    return cuts


def _siege_start(claim: ControlClaim, stretch: Stretch) -> Bounds:
    """A siege without a start counts from the day for which its report speaks."""
    day = last_day(claim) or date.max
    begin = claim.when.begin_earliest
    span = closed(begin, min(claim.when.begin_latest or day, day)) if begin else closed(day, day)
    return closed(max(span.low, stretch.since.low), max(span.high, stretch.since.low))


def _said_after(claim: ControlClaim, laid: Sequence[ControlClaim]) -> bool:
    days = [day for other in laid if (day := last_day(other)) is not None]
    day = last_day(claim)
    return day is not None and bool(days) and day >= max(days)


def _battle(stretch: Stretch, clashes: Sequence[IncidentClaim]) -> list[Cut]:
    """A clash in the place with a rival leaves it contested where only claims say who has it.

    It counts from the day after a change on; beside a state, from the day of the state on.
    """
    if stretch.basis is not Basis.CLAIMED or stretch.rivals:
        return []
    fights = [(day, clash) for clash in clashes if (day := _clash_day(clash, stretch)) and _enemies(clash, stretch)]
    if not fights:
        return []
    day, clash = min(fights, key=lambda fight: (fight[0], fight[1].key))
    return [Cut(Bounds(day, day), Holding.CONTESTED, (clash,), "battle", _enemies(clash, stretch))]


def _fought(stretch: Stretch, clashes: Sequence[IncidentClaim], sieges: Sequence[Cut]) -> list[Cut]:
    """Contested on the days of a fight between the holder and a rival, held on after it; a siege says it all itself."""
    if stretch.basis is Basis.CLAIMED or stretch.rivals:
        return []
    besieged = min((cut.since.low for cut in sieges), default=date.max)
    cuts = []
    for fight in fights(stretch, clashes):
        if fight.until.high <= besieged:
            cuts.append(Cut(fight.since, Holding.CONTESTED, fight.claims, FOUGHT_OVER, fight.rivals))
            cuts.append(Cut(fight.until, Holding.HELD, (), HELD_ON))
    return cuts


def _clash_day(clash: IncidentClaim, stretch: Stretch) -> date | None:
    """The day of a clash if that is late enough to put a stretch in doubt."""
    if stretch.happening is not None:
        day = clash.when.begin_earliest
        return day if day is not None and day > stretch.since.high and _within(stretch, day) else None
    day = clash.when.begin_latest or clash.published
    return day if day is not None and day >= stretch.since.high and _within(stretch, day) else None


def _enemies(clash: IncidentClaim, stretch: Stretch) -> tuple[str, ...]:
    """Who fights the holder: parties that had the place or lose by it if such are named, else all that are."""
    rivals = tuple(
        side for side in ranked_parties([armed(clash.agents), armed(clash.targets)]) if side != stretch.holder
    )
    return tuple(side for side in rivals if side in stretch.losing) or rivals


def _phases(place: str, stretch: Stretch, cuts: Sequence[Cut]) -> list[list[Draft]]:
    """The phases of a stretch: one from its start, one from each cut, each with those of rivals beside it."""
    contested = stretch.rule == DIVIDED or any(
        stretch.basis is not Basis.CONFIRMED or basis(claims, frozenset({rival}), frozenset()) is Basis.CONFIRMED
        for rival, claims in stretch.rivals
    )
    status = Holding.HELD if stretch.holder else Holding.UNKNOWN
    pieces = [Cut(stretch.since, Holding.CONTESTED if contested else status, (), stretch.rule)]
    for cut in cuts:
        if cut.since.high <= pieces[-1].since.high:
            pieces[-1] = replace(cut, since=pieces[-1].since)
        else:
            pieces.append(replace(cut, since=closed(max(cut.since.low, pieces[-1].since.low), cut.since.high)))
    ends = [*(piece.since for piece in pieces[1:]), stretch.until]
    found = []
    for piece, until in zip(pieces, ends, strict=True):
        later = {claim.key for cut in cuts for claim in cut.claims} - {claim.key for claim in piece.claims}
        own = _own_draft(place, stretch, piece, not_before(piece.since, until), later)
        found.append([own, *(_rival_drafts(own, stretch, piece) if piece.status is Holding.CONTESTED else ())])
    return found


def _own_draft(place: str, stretch: Stretch, piece: Cut, until: Bounds, later: set[str]) -> Draft:
    everything: Pile[Claim] = Pile(piece.claims, stretch.claims, stretch.hints)
    days = [day for day in (stretch.last_known, piece.since.latest) if day is not None]
    known = max(days, default=None)
    grade = stretch.basis if stretch.holder else None
    period = one_phase(
        place=place,
        holder=stretch.holder,
        status=piece.status,
        grade=grade,
        since=piece.since,
        until=until,
        last_known=known,
        rule=piece.rule,
    )
    supporting = Pile(tuple(claim for claim in everything if claim.key not in later)) if later else everything
    # That rivals begin to say that they have the place too does not end the time of its holder.
    fresh = piece.since == stretch.since and stretch.rule not in ("rival-words", DIVIDED)
    return Draft(period, stretch.happening, fresh, supporting or everything, stretch.opposing)


def _rival_drafts(own: Draft, stretch: Stretch, piece: Cut) -> list[Draft]:
    """The same days as seen by those who are said to have the place too."""
    claims = dict(stretch.rivals) or dict.fromkeys(piece.rivals, ())
    drafts = []
    for rival, told in claims.items():
        supporting = told or piece.claims
        grade = basis(told, frozenset({rival}), frozenset({stretch.holder or ""})) if told else Basis.INFERRED
        keys = {claim.key for claim in supporting}
        against = tuple(claim for claim in own.supporting if claim.key not in keys)
        drafts.append(Draft(replace(own.period, holder=rival, basis=grade), None, False, Pile(supporting), against))
    return drafts
