"""Stretches: one party's having the whole of a place, and lines of them that share what is alike in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Optional

from conflict_kg.account.bounds import UNDATED, Bounds, not_before
from conflict_kg.account.changes import Happening
from conflict_kg.account.piles import Pile
from conflict_kg.account.sources import basis
from conflict_kg.account.turns import Turn, holders
from conflict_kg.model import Basis, ControlClaim, ControlKind

NONE: Pile[ControlClaim] = Pile()

DIVIDED = "divided"
"""The rule of a stretch in which two sides that have parts of the place are each said to have it."""

JOINED = "joined"
"""The rule of a stretch that goes on under the side that its holder became part of."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """One party's having the whole of a place."""

    holder: str | None
    """None where the last holder left and nobody is known to have followed."""
    since: Bounds
    rule: str
    claims: Pile[ControlClaim]
    """Those that say so."""
    hints: Pile[ControlClaim] = NONE
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
    joins: tuple[date, str] | None = None
    """The first day on which its holder is part of another side, and which, where the lexicon knows of that."""

    @cached_property
    def basis(self) -> Basis:
        """How firmly the claims carry it."""
        if not self.claims:
            return Basis.INFERRED
        if self.claims.asserted:
            return Basis.CONFIRMED
        return basis(tuple(self.claims), frozenset({self.holder or ""}), self.losing)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A stretch and those before it."""

    last: Stretch
    before: Optional["Link"] = None
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", self.before.length + 1 if self.before else 1)


Line = Link | None
"""Some stretches in order, perhaps none."""


def ended(line: Line, bounds: Bounds) -> Line:
    """A line whose last stretch ends within some days."""
    return Link(replace(line.last, until=not_before(line.last.since, bounds)), line.before) if line else None


def supported(stretch: Stretch, turn: Turn) -> Stretch:
    """A stretch with one more turn that says the same."""
    day = turn.bounds.latest or turn.bounds.earliest
    days = [known for known in (stretch.last_known, day) if known is not None]
    return replace(
        stretch,
        claims=Pile(stretch.claims, direct(turn.claims)),
        hints=Pile(stretch.hints, implying(turn.claims)),
        losing=stretch.losing | (frozenset(turn.losers) - {stretch.holder or ""}),
        last_known=max(days, default=None),
        opposing=merged(stretch.opposing, turn.happening.opposing if turn.happening else ()),
        happening=stretch.happening or (None if turn.is_state or stretch.rule == JOINED else turn.happening),
    )


def with_background(stretch: Stretch, turn: Turn) -> Stretch:
    """A stretch with the states that the reports of its end tell of it."""
    told = [claim for claim in turn.earlier if stretch.holder in holders(claim)]
    if not told:
        return stretch
    return replace(
        stretch,
        claims=Pile(stretch.claims, direct(told)),
        hints=Pile(stretch.hints, implying(told)),
        past=stretch.past | {claim.key for claim in told},
    )


def direct(claims: Iterable[ControlClaim]) -> tuple[ControlClaim, ...]:
    """The claims that say outright who has a place."""
    return tuple(claim for claim in claims if claim.kind is not ControlKind.SIEGE)


def implying(claims: Iterable[ControlClaim]) -> tuple[ControlClaim, ...]:
    """The claims from which it only follows who has a place."""
    return tuple(claim for claim in claims if claim.kind is ControlKind.SIEGE)


def merged(first: Sequence[ControlClaim], second: Sequence[ControlClaim]) -> tuple[ControlClaim, ...]:
    """Both, each claim once."""
    if not second:
        return tuple(first)
    seen = {claim.key for claim in first}
    return (*first, *(claim for claim in second if claim.key not in seen))
