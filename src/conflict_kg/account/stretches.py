"""Turns in order -> stretches: who held the whole of one place, one holder after the other.

Each function that takes ``line`` extends it in place or replaces its last stretch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_kg.account.bounds import UNDATED, Bounds, closed, not_before
from conflict_kg.account.changes import Happening, is_state
from conflict_kg.account.sources import basis, parties
from conflict_kg.account.turns import DAY, Turn, holders, last_day
from conflict_kg.model import Basis, ControlClaim, ControlKind, Status

REPEATED = timedelta(days=30)
"""Two captures by one party further apart than this, the second from a named rival, mean that it lost the
place between them; closer together they are one capture whose day is told in two ways."""

PART_LOST = "part-lost"
"""The rule of a stretch that follows from the loss of a part alone; it gives way to whatever says more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One party's having the whole of a place."""

    holder: str | None
    """None where the last holder left and nobody is known to have followed."""
    since: Bounds
    rule: str
    claims: tuple[ControlClaim, ...]
    """Those that say so."""
    hints: tuple[ControlClaim, ...] = ()
    """Those from which it only follows: changes that end it, and sieges, which imply a holder."""
    past: frozenset[str] = frozenset()
    """Keys of claims that were told as background to its end."""
    losing: frozenset[str] = frozenset()
    """Parties to whose disadvantage it is: their word for it is an admission."""
    until: Bounds = UNDATED
    last_known: date | None = None
    opposing: tuple[ControlClaim, ...] = ()
    happening: Happening | None = None
    rivals: tuple[tuple[str, tuple[ControlClaim, ...]], ...] = ()
    """Parties that are said to have it at the same time, and the claims that say so."""

    @property
    def basis(self) -> Basis:
        """How firmly the claims carry it."""
        if not self.claims:
            return Basis.INFERRED
        return basis(self.claims, frozenset({self.holder or ""}), self.losing)


def stretches(turns: Iterable[Turn]) -> list[Stretch]:
    """The stretches of one place in order."""
    line: list[Stretch] = []
    for turn in turns:
        if turn.is_state:
            _note_state(line, turn)
        elif turn.holder is None:
            _note_loss(line, turn)
        else:
            _note_gain(line, turn, turn.holder)
    return line


def _note_gain(line: list[Stretch], turn: Turn, holder: str) -> None:
    _note_predecessor(line, turn)
    current = line[-1] if line else None
    if current is not None and current.holder == holder:
        line[-1] = _supported(current, turn)
        return
    rivals = _rivals(current, turn)
    if current is not None and current.happening is not None and _unordered(current, turn):
        line.pop()
    _end(line, turn.bounds)
    fresh = Stretch(
        holder,
        turn.bounds,
        "change",
        turn.claims,
        losing=frozenset({*turn.losers, current.holder if current and current.holder else ""} - {"", holder}),
        last_known=turn.bounds.latest or turn.bounds.earliest,
        opposing=turn.happening.opposing if turn.happening else (),
        happening=turn.happening,
    )
    for _, claims in rivals:
        fresh = replace(fresh, opposing=merged(fresh.opposing, claims))
    line.append(replace(fresh, rivals=rivals))


def _rivals(current: Stretch | None, turn: Turn) -> tuple[tuple[str, tuple[ControlClaim, ...]], ...]:
    """Who else is said to have the place when a change is said to have happened."""
    change = turn.happening
    if change is None:
        return ()
    if current is not None and current.holder is not None and _unordered(current, turn):
        return ((current.holder, current.claims),)
    if change.basis is Basis.CONFIRMED:
        return ()
    before = current.holder if current else None
    rival = before or next(iter(turn.losers), None)
    if rival is None:
        return ()
    denials = tuple(
        claim
        for claim in change.opposing
        if claim.status is Status.DENIED and not parties(claim.according_to) & set(change.winners)
    )
    same_day = tuple(
        claim
        for claim in (current.claims if current else ())
        if is_state(claim) and (last_day(claim) or date.min) >= turn.bounds.high
    )
    evidence = merged(denials, same_day)
    return ((rival, evidence),) if evidence else ()


def _unordered(current: Stretch, turn: Turn) -> bool:
    """Whether two rivals are said to have gained a place on the same days, with like support and in no order."""
    if current.happening is None or turn.happening is None or current.since != turn.bounds:
        return False
    in_order = current.holder in turn.losers and turn.holder not in current.losing
    return not in_order and current.basis is turn.happening.basis


def _note_predecessor(line: list[Stretch], turn: Turn) -> None:
    """Whom a place was taken from held it until then."""
    told = [party for claim in turn.earlier for party in holders(claim)[:1]]
    names = [name for name in dict.fromkeys([*told, *turn.losers]) if name != turn.holder]
    if not names:
        return
    current = line[-1] if line else None
    if current is None:
        line.append(_predecessor(names[0], turn, UNDATED))
    elif current.holder in names and current.rule == PART_LOST:  # to lose the whole says more than to lose a part
        known = _predecessor(current.holder, turn, line[-2].until if len(line) > 1 else UNDATED)
        line[-1] = replace(known, hints=merged(known.hints, current.hints))
    elif current.holder in names:
        line[-1] = _with_background(current, turn)
    elif _has_room(current, turn):
        between = closed(current.last_known or date.min, turn.bounds.high)
        _end(line, between)
        line.append(_predecessor(names[0], turn, between))


def _has_room(current: Stretch, turn: Turn) -> bool:
    """Whether somebody else can have held the place between what is known of a holder and a change."""
    if current.holder is None:
        return False
    if current.last_known is None or turn.bounds.earliest is None:
        return False
    gap = turn.bounds.earliest - current.last_known
    return gap > (REPEATED if current.holder == turn.holder else timedelta(0))


def _predecessor(holder: str, turn: Turn, since: Bounds) -> Stretch:
    claims = tuple(claim for claim in turn.earlier if holder in holders(claim))
    begins = [c.when for c in claims if c.when.begin_latest and c.when.begin_latest < turn.bounds.low]
    if begins and not since.dated:
        since = Bounds(begins[0].begin_earliest, begins[0].begin_latest)
    return Stretch(
        holder,
        since,
        "held-until-lost",
        _direct(claims),
        hints=merged(_implying(claims), turn.claims),
        past=frozenset(claim.key for claim in claims),
        losing=frozenset({turn.holder} if turn.holder else ()),
        last_known=turn.bounds.earliest - DAY if turn.bounds.earliest else None,
    )


def _note_loss(line: list[Stretch], turn: Turn) -> None:
    if not line:
        _note_predecessor(line, turn)
    current = line[-1] if line else None
    if current is None or current.holder is None or (turn.losers and current.holder not in turn.losers):
        return
    line[-1] = _with_background(current, turn)
    _end(line, turn.bounds)
    day = turn.bounds.latest or turn.bounds.earliest
    line.append(Stretch(None, turn.bounds, "left", turn.claims, last_known=day, happening=turn.happening))


def _note_state(line: list[Stretch], turn: Turn) -> None:
    current = line[-1] if line else None
    if current is None or current.holder is None:
        if turn.implied and current is not None:
            return
        _begin_state(line, turn, PART_LOST if turn.implied else "held-when-reported")
    elif turn.implied:
        return
    elif current.holder == turn.holder:
        line[-1] = _supported(current, turn)
    elif current.last_known is not None and current.last_known >= turn.bounds.low:
        _dispute(line, current, turn)
    else:
        _begin_state(line, turn, "later-word")


def _begin_state(line: list[Stretch], turn: Turn, rule: str) -> None:
    """A new holder from a state: it took over between the last word for the former one and the day of the state."""
    current = line[-1] if line else None
    day = turn.bounds.high
    floor = (current.last_known or current.since.low) if current else date.min
    since = turn.since
    if not since.dated or (current is not None and since.high < max(floor, current.since.low)):
        since = closed(floor, day)
    else:
        since = closed(max(floor, since.low), since.high)
    _end(line, since)
    before = {current.holder} if current and current.holder else set()
    line.append(
        Stretch(
            turn.holder,
            since,
            rule,
            () if turn.implied else _direct(turn.claims),
            hints=turn.claims if turn.implied else _implying(turn.claims),
            losing=frozenset({*before, *turn.losers} - {turn.holder or ""}),
            last_known=day,
        )
    )


def _dispute(line: list[Stretch], current: Stretch, turn: Turn) -> None:
    """Two parties are said to hold a place on one day: the firmer word holds, equal words leave it contested."""
    holder = turn.holder or ""
    direct = _direct(turn.claims)
    mine = basis(direct, frozenset({holder}), frozenset({current.holder or ""})) if direct else Basis.INFERRED
    if mine is current.basis:
        day = turn.bounds
        if current.since.high < day.high:
            _end(line, day)
            line.append(replace(current, since=day, rule="rival-words"))
        line[-1] = replace(
            line[-1],
            rivals=(*current.rivals, (holder, turn.claims)),
            opposing=merged(current.opposing, turn.claims),
        )
    elif mine is Basis.CONFIRMED:
        told = tuple(claim for claim in current.claims if is_state(claim) and last_day(claim) == turn.bounds.latest)
        _begin_state(line, turn, "later-word")
        line[-1] = replace(line[-1], opposing=merged(line[-1].opposing, told))
    else:
        line[-1] = replace(current, opposing=merged(current.opposing, turn.claims))


def _end(line: list[Stretch], bounds: Bounds) -> None:
    if line:
        line[-1] = replace(line[-1], until=not_before(line[-1].since, bounds))


def _supported(stretch: Stretch, turn: Turn) -> Stretch:
    """A stretch with one more turn that says the same."""
    day = turn.bounds.latest or turn.bounds.earliest
    days = [known for known in (stretch.last_known, day) if known is not None]
    return replace(
        stretch,
        claims=merged(stretch.claims, _direct(turn.claims)),
        hints=merged(stretch.hints, _implying(turn.claims)),
        losing=stretch.losing | (frozenset(turn.losers) - {stretch.holder or ""}),
        last_known=max(days, default=None),
        opposing=merged(stretch.opposing, turn.happening.opposing if turn.happening else ()),
        happening=stretch.happening or (turn.happening if not turn.is_state else None),
    )


def _with_background(stretch: Stretch, turn: Turn) -> Stretch:
    """A stretch with the states that the reports of its end tell of it."""
    told = [claim for claim in turn.earlier if stretch.holder in holders(claim)]
    return replace(
        stretch,
        claims=merged(stretch.claims, _direct(told)),
        hints=merged(stretch.hints, _implying(told)),
        past=stretch.past | {claim.key for claim in told},
    )


def _direct(claims: Iterable[ControlClaim]) -> tuple[ControlClaim, ...]:
    """The claims that say outright who has a place."""
    return tuple(claim for claim in claims if claim.kind is not ControlKind.SIEGE)


def _implying(claims: Iterable[ControlClaim]) -> tuple[ControlClaim, ...]:
    """The claims from which it only follows who has a place."""
    return tuple(claim for claim in claims if claim.kind is ControlKind.SIEGE)


def merged(first: Sequence[ControlClaim], second: Sequence[ControlClaim]) -> tuple[ControlClaim, ...]:
    """Both, each claim once."""
    seen = {claim.key for claim in first}
    return (*first, *(claim for claim in second if claim.key not in seen))
