"""Turns in order -> stretches: who held the whole of one place, one holder after the other.

Each function that takes a ``line`` gives another, longer or with another end; the two share what is alike in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from conflict_kg.account.bounds import UNDATED, Bounds, closed
from conflict_kg.account.changes import is_state
from conflict_kg.account.joins import joined, knowing
from conflict_kg.account.line import (
    DIVIDED,
    NONE,
    Line,
    Link,
    Stretch,
    direct,
    ended,
    implying,
    merged,
    supported,
    with_background,
)
from conflict_kg.account.order import Passage
from conflict_kg.account.piles import Pile
from conflict_kg.account.sources import basis, parties
from conflict_kg.account.turns import DAY, Turn, holders, last_day
from conflict_kg.model import Basis, ControlClaim, Status

REPEATED = timedelta(days=30)
"""Two captures by one party further apart than this, the second from a named rival, mean that it lost the
place between them; closer together they are one capture whose day is told in two ways."""

PARTED = timedelta(days=365)
"""How long a word that a side has a part of a place is taken to hold, unless the whole changes hands."""

Parts = Mapping[tuple[str, str], date]
"""The last day for which each side is known to have a part of the place, by side and part: the id of a place inside, or
nothing. A place inside is of one side at a time."""

PART_LOST = "part-lost"
"""The rule of a stretch that follows from the loss of a part alone; it gives way to whatever says more."""


class Stretches:
    """The stretches of one place, kept up to date as its turns change."""

    def __init__(self) -> None:
        self._lines: list[Line] = [None]
        self._parts: list[Parts] = [{}]
        self._links: list[Link] = []

    def now(self, same: int, passages: Iterable[Passage]) -> tuple[int, list[Stretch]]:
        """What follows from the first passages as before and then these: how many stretches stay, and those after."""
        del self._lines[same + 1 :], self._parts[same + 1 :]
        for passage in passages:
            line, parts = self._lines[-1], self._parts[-1]
            for turn in passage.result:
                parts = _known_parts(parts, turn)
                line = line if turn.part_only else _noted(line, turn, parts)
            self._lines.append(line)
            self._parts.append(parts)
        fresh = []
        line = self._lines[-1]
        while line is not None and not (line.length <= len(self._links) and self._links[line.length - 1] is line):
            fresh.append(line)
            line = line.before
        kept = line.length if line else 0
        self._links[kept:] = reversed(fresh)
        return kept, [link.last for link in self._links[kept:]]


def _known_parts(parts: Parts, turn: Turn) -> Parts:
    """Who is known to have a part after a turn; a change of the whole ends all of them."""
    if turn.parts:
        others = {key: day for key, day in parts.items() if not turn.piece or key[1] != turn.piece}
        return others | {(side, turn.piece): turn.bounds.high for side in turn.parts}
    return parts if turn.is_state or not parts else {}


def _noted(line: Line, turn: Turn, parts: Parts) -> Line:
    line = joined(line, turn)
    if turn.is_state:
        line = _note_state(line, turn, parts)
    elif turn.holder is None:
        line = _note_loss(line, turn)
    else:
        line = _note_gain(line, turn, turn.holder)
    return Link(known, line.before) if line and (known := knowing(line.last, turn.claims)) is not line.last else line


def _note_gain(line: Line, turn: Turn, holder: str) -> Line:
    line = _note_predecessor(line, turn)
    current = line.last if line else None
    if line is not None and line.last.holder == holder and line.last.rule != DIVIDED:
        return Link(supported(line.last, turn), line.before)
    rivals = _rivals(current, turn)
    if line is not None and line.last.happening is not None and _unordered(line.last, turn):
        line = line.before
    line = ended(line, turn.bounds)
    opposing: tuple[ControlClaim, ...] = turn.happening.opposing if turn.happening else ()
    for _, claims in rivals:
        opposing = merged(opposing, claims)
    fresh = Stretch(
        holder,
        turn.bounds,
        "change",
        Pile(turn.claims),
        losing=frozenset({*turn.losers, current.holder if current and current.holder else ""} - {"", holder}),
        last_known=turn.bounds.latest or turn.bounds.earliest,
        opposing=opposing,
        happening=turn.happening,
        rivals=rivals,
    )
    return Link(fresh, line)


def _rivals(current: Stretch | None, turn: Turn) -> tuple[tuple[str, tuple[ControlClaim, ...]], ...]:
    """Who else is said to have the place when a change is said to have happened."""
    change = turn.happening
    if change is None:
        return ()
    if current is not None and current.holder is not None and _unordered(current, turn):
        return ((current.holder, tuple(current.claims)),)
    if change.basis is Basis.CONFIRMED:
        return ()
    sides = (current.holder, *(side for side, _ in current.rivals)) if current else ()
    rival = next((side for side in (*sides, *turn.losers) if side and side != turn.holder), None)
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


def _note_predecessor(line: Line, turn: Turn) -> Line:
    """Whom a place was taken from held it until then."""
    told = [party for claim in turn.earlier for party in holders(claim)[:1]]
    names = [name for name in dict.fromkeys([*told, *turn.losers]) if name != turn.holder]
    if not names:
        return line
    if line is None:
        return Link(_predecessor(names[0], turn, UNDATED))
    current = line.last
    if current.holder in names and current.rule == PART_LOST:  # to lose the whole says more than to lose a part
        known = _predecessor(current.holder, turn, line.before.last.until if line.before else UNDATED)
        return Link(replace(known, hints=Pile(known.hints, current.hints)), line.before)
    if current.holder in names or _among_divided(current, turn):
        return Link(with_background(current, turn), line.before)
    if _has_room(current, turn):
        between = closed(current.last_known or date.min, turn.bounds.high)
        return Link(_predecessor(names[0], turn, between), ended(line, between))
    return line


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
        Pile(direct(claims)),
        hints=Pile(implying(claims), turn.claims),
        past=frozenset(claim.key for claim in claims),
        losing=frozenset({turn.holder} if turn.holder else ()),
        last_known=turn.bounds.earliest - DAY if turn.bounds.earliest else None,
    )


def _note_loss(line: Line, turn: Turn) -> Line:
    if line is None:
        line = _note_predecessor(line, turn)
    if line is None or line.last.holder is None or (turn.losers and line.last.holder not in turn.losers):
        return line
    line = ended(Link(with_background(line.last, turn), line.before), turn.bounds)
    day = turn.bounds.latest or turn.bounds.earliest
    left = Stretch(None, turn.bounds, "left", Pile(turn.claims), last_known=day, happening=turn.happening)
    return Link(left, line)


def _note_state(line: Line, turn: Turn, parts: Parts) -> Line:
    if line is None or line.last.holder is None:
        if turn.implied and line is not None:
            return line
        return _begin_state(line, turn, PART_LOST if turn.implied else "held-when-reported")
    if turn.implied:
        return line
    current = line.last
    if current.holder == turn.holder:
        return Link(supported(current, turn), line.before)
    if current.last_known is not None and current.last_known >= turn.bounds.low:
        return _disputed(line, turn)
    if not implying(turn.claims) and (_among_divided(current, turn) or _has_parts(current, turn, parts)):
        return _divided(line, turn)
    return _begin_state(line, turn, "later-word")


def _has_parts(current: Stretch, turn: Turn, parts: Parts) -> bool:
    """Whether both the holder and who is now said to have the place are known to have parts of it at that time."""
    recent = {side for (side, _), day in parts.items() if turn.bounds.low - day <= PARTED}
    return current.holder in recent and turn.holder in recent


def _among_divided(current: Stretch, turn: Turn) -> bool:
    """Whether the place was divided not long before the turn, and who has it then is one of the two sides."""
    known = current.last_known is not None and turn.bounds.low - current.last_known <= PARTED
    sides = (current.holder, *(side for side, _ in current.rivals))
    return known and current.rule == DIVIDED and turn.holder in sides


def _divided(line: Link, turn: Turn) -> Link:
    """A word for one side of a divided place speaks of its part: from then on both have it, contested.

    Beside a siege a word for the besieger only stands against the besieged.
    """
    current, before, holder = line.last, line.before, turn.holder or ""
    opposing = merged(current.opposing, turn.claims)
    if holder in current.losing and implying(current.hints):
        return Link(replace(current, opposing=opposing), before)
    since, rivals = current.since, dict(current.rivals)
    if current.rule != DIVIDED:
        since, rivals = turn.bounds, {}
        before = ended(line, since)
    rivals[holder] = merged(rivals.get(holder, ()), turn.claims)
    known = max(current.last_known or turn.bounds.high, turn.bounds.high)
    told = tuple(rivals.items())
    return Link(replace(current, since=since, rule=DIVIDED, rivals=told, opposing=opposing, last_known=known), before)


def _begin_state(line: Line, turn: Turn, rule: str, opposing: tuple[ControlClaim, ...] = ()) -> Link:
    """A new holder from a state: it took over between the last word for the former one and the day of the state."""
    current = line.last if line else None
    day = turn.bounds.high
    floor = (current.last_known or current.since.low) if current else date.min
    since = turn.since
    if not since.dated or (current is not None and since.high < max(floor, current.since.low)):
        since = closed(floor, day)
    else:
        since = closed(max(floor, since.low), since.high)
    before = {current.holder} if current and current.holder else set()
    fresh = Stretch(
        turn.holder,
        since,
        rule,
        NONE if turn.implied else Pile(direct(turn.claims)),
        hints=Pile(turn.claims if turn.implied else implying(turn.claims)),
        losing=frozenset({*before, *turn.losers} - {turn.holder or ""}),
        last_known=day,
        opposing=opposing,
    )
    return Link(fresh, ended(line, since))


def _disputed(line: Link, turn: Turn) -> Line:
    """Two parties are said to hold a place on one day: the firmer word holds, equal words leave it contested."""
    current, holder = line.last, turn.holder or ""
    said = direct(turn.claims)
    mine = basis(said, frozenset({holder}), frozenset({current.holder or ""})) if said else Basis.INFERRED
    against = merged(current.opposing, turn.claims)
    if mine is current.basis:
        day, before = turn.bounds, line.before
        since, rule = current.since, current.rule
        if current.since.high < day.high:
            before = ended(line, day)
            since, rule = day, "rival-words"
        rivals = (*current.rivals, (holder, turn.claims))
        return Link(replace(current, since=since, rule=rule, rivals=rivals, opposing=against), before)
    if mine is Basis.CONFIRMED:
        day_of = turn.bounds.latest
        told = tuple(claim for claim in current.claims if is_state(claim) and last_day(claim) == day_of)
        return _begin_state(line, turn, "later-word", told)
    return Link(replace(current, opposing=against), line.before)
