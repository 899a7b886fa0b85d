"""Who took or holds a part of a place -> control periods beside those of the whole."""

from collections.abc import Iterable, Sequence
from datetime import date

from conflict_kg.account.bounds import UNDATED, Bounds, closed, not_before
from conflict_kg.account.changes import AFFIRMED, Happening, bounds_of, is_partial, is_state
from conflict_kg.account.periods import Draft, one_phase
from conflict_kg.account.sources import basis
from conflict_kg.account.stretches import Stretch
from conflict_kg.account.turns import holders, last_day
from conflict_kg.model import Basis, ControlClaim, Extent, Holding


def partial_periods(
    place: str, claims: Iterable[ControlClaim], found: Iterable[Happening], line: Sequence[Stretch]
) -> list[Draft]:
    """Who took or holds a part: partly held from then until the whole changes hands, beside the holder of the rest."""
    parts: dict[tuple[str, Bounds], list[tuple[Bounds, tuple[ControlClaim, ...], Happening | None]]] = {}
    told: list[tuple[str, Bounds, tuple[ControlClaim, ...], Happening | None]] = [
        (change.winners[0], change.bounds, change.supporting, change)
        for change in found
        if change.extent is Extent.PARTIAL and change.winners and change.bounds.dated
    ]
    for claim in claims:
        day = last_day(claim)
        if is_state(claim) and is_partial(claim) and claim.status in AFFIRMED and holders(claim) and day is not None:
            begin = claim.when.begin_earliest
            since = closed(begin or date.min, min(claim.when.begin_latest or day, day))
            told.append((holders(claim)[0], since, (claim,), None))
    for holder, since, members, change in told:
        whole = [stretch for stretch in line if not stretch.since.dated or stretch.since.high <= since.high]
        if whole and whole[-1].holder == holder and not _disputed(whole[-1]):
            continue  # it has the whole already
        later = (stretch.since for stretch in line if stretch.since.dated and stretch.since.high > since.high)
        until = next(later, UNDATED)
        parts.setdefault((holder, until), []).append((since, members, change))
    return [_partial_draft(place, holder, until, members) for (holder, until), members in parts.items()]


def _disputed(stretch: Stretch) -> bool:
    """Whether that somebody has the whole is only claimed, and there is a word against it."""
    return stretch.basis is Basis.CLAIMED and bool(stretch.opposing)


def _partial_draft(
    place: str,
    holder: str,
    until: Bounds,
    members: Sequence[tuple[Bounds, tuple[ControlClaim, ...], Happening | None]],
) -> Draft:
    claims = [claim for _, told, _ in members for claim in told]
    changes = [change for _, _, change in members if change is not None]
    since = min((span for span, _, _ in members), key=lambda span: (span.high, span.low))
    losing = frozenset(loser for change in changes for loser in change.losers)
    days = [day for claim in claims if (day := _last_word(claim)) is not None]
    until = not_before(since, until)
    period = one_phase(
        place=place,
        holder=holder,
        status=Holding.PARTLY_HELD,
        grade=basis(claims, frozenset({holder}), losing),
        since=since,
        until=until,
        last_known=max(days, default=None),
        rule="part-held",
    )
    first = min(changes, key=lambda change: (change.bounds.high, change.bounds.low), default=None)
    return Draft(period, first, True, tuple(claims), tuple(claim for change in changes for claim in change.opposing))


def _last_word(claim: ControlClaim) -> date | None:
    return last_day(claim) if is_state(claim) else bounds_of(claim).latest
