"""When one side becomes part of another: what it holds is the other's from that day on, and nothing changes hands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from conflict_kg.account.bounds import Bounds
from conflict_kg.account.line import JOINED, NONE, Line, Link, Stretch, ended
from conflict_kg.account.piles import Pile
from conflict_kg.account.turns import Turn
from conflict_kg.model import ActorKind, ControlClaim

FIGHTING = (ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE)
"""Those whose change of sides takes what they hold along; a person or an outlet that changes sides goes alone."""


def knowing(stretch: Stretch, claims: Iterable[ControlClaim]) -> Stretch:
    """The stretch with what claims tell of the side that its holder joins."""
    if stretch.holder is None or stretch.joins is not None:
        return stretch
    found = _joining(stretch.holder, stretch.since.high, claims)
    return replace(stretch, joins=found) if found else stretch


def _joining(holder: str, day: date, claims: Iterable[ControlClaim]) -> tuple[date, str] | None:
    """The first day after another on which the holder is on another side than its own, and which.

    Who leaves a side for its own takes nothing of it along: *the guard that rose against its government.*
    """
    moves = {
        (first, side)
        for claim in claims
        for actor in (*claim.winners, *claim.losers)
        if actor.kind in FIGHTING
        for (_, before), (first, side) in pairwise(actor.sides)
        if before == holder and side != actor.id and first > day
    }
    return min(moves, default=None)


def joined(line: Line, turn: Turn) -> Line:
    """The line with the side that its holder had joined by the turn as the holder since that day."""
    while line is not None and line.last.joins is not None:
        first, side = line.last.joins
        if first > (turn.bounds.high if turn.holder == side else turn.bounds.low):
            break
        line = _handed_on(line, first, side)
    return line


def _handed_on(line: Link, first: date, side: str) -> Link:
    before, day = line.last, Bounds(first, first)
    hints = Pile(before.claims, before.hints)
    after = Stretch(side, day, JOINED, NONE, hints=hints, losing=before.losing - {side}, last_known=first)
    return Link(knowing(after, hints), ended(line, day))
