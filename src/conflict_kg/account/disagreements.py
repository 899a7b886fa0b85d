"""Where claims contradict each other, in what, and where they only seem to.

Claims are set against each other in two sides, not in pairs. docs/account.md, "Disagreements", has the rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from conflict_kg.account.bounds import Bounds, best, shifted
from conflict_kg.account.clusters import TOUCHING, bounds_of
from conflict_kg.account.ranges import SHORT, days_of, highest, lowest, settlement
from conflict_kg.account.sources import parties
from conflict_kg.account.stable import stable_id
from conflict_kg.account.stretches import REPEATED
from conflict_kg.model import (
    CasualtyClaim,
    CasualtyRange,
    Claim,
    ControlChange,
    ControlClaim,
    ControlKind,
    ControlPeriod,
    Dimension,
    Disagreement,
    Extent,
    Harm,
    Holding,
    Place,
    Status,
)

NEXT = timedelta(days=30)
"""Figures for days that lie further apart than this do not even look contradictory."""

NEWS = timedelta(days=1)
"""A figure without days does not look contradictory to those for days further back from its report than this."""

Claims = Mapping[str, Claim]
"""The claims that the account rests on, by key."""


def about_control(
    changes: Sequence[ControlChange], periods: Iterable[ControlPeriod], claims: Claims
) -> Iterator[Disagreement]:
    """The disagreements about who held one place, among the claims behind its changes and periods."""
    for change in changes:
        yield from _about_change(change, claims)
    yield from _told_twice(changes)
    yield from _whole_and_part(changes)
    for period in periods:
        if period.known_until is None:
            yield from _about_holder(period, claims)


def about_figures(
    ranges: Sequence[CasualtyRange], claims: Claims, places: Mapping[str, Place]
) -> Iterator[Disagreement]:
    """The disagreements about the figures that are compared at one place."""
    for figures in ranges:
        yield from _about_figures(figures, claims)
    yield from _beside_each_other(ranges, claims, places)


def distinct(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """Each disagreement once, sorted by id."""
    return tuple(sorted({each.id: each for each in found}.values(), key=lambda each: each.id))


def _sides(
    place: str | None,
    dimension: Dimension,
    rule: str,
    one: Iterable[str],
    other: Iterable[str],
    *,
    apparent: bool = False,
) -> Iterator[Disagreement]:
    """A disagreement, if there are claims on both sides; they stay in the order of the rule, and its id is of both."""
    first, second = tuple(sorted(set(one))), tuple(sorted(set(other)))
    if first and second and first != second:
        id = stable_id("disagreement", place, dimension, rule, *sorted((first, second)))
        yield Disagreement(id, place, dimension, apparent, rule, first, second)


# ---------------------------------------------------------------- control


def _about_change(change: ControlChange, claims: Claims) -> Iterator[Disagreement]:
    """Whether a change happened, wholly happened, and when."""
    told = _control(change.supporting, claims)
    against = _control(change.opposing, claims)
    denied = [c.key for c in against if c.status in (Status.DENIED, Status.FAILED)]
    ahead = [c.key for c in against if c.status in (Status.PLANNED, Status.EXPECTED)]
    inside = [c.key for c in against if c.place.id != change.place]
    yield from _sides(change.place, Dimension.HAPPENED, "denied", change.supporting, denied)
    yield from _sides(change.place, Dimension.HAPPENED, "not-yet", change.supporting, ahead)
    yield from _sides(change.place, Dimension.PART, "part-remains", change.supporting, inside)
    yield from _about_days(change, told)


def _about_days(change: ControlChange, told: Iterable[ControlClaim]) -> Iterator[Disagreement]:
    """Where no day suits all who tell of a change: those who end before the others begin, and these."""
    spans = {claim.key: bounds_of(claim) for claim in told}
    first, last = min(span.high for span in spans.values()), max(span.low for span in spans.values())
    if last > first:
        early = [key for key, span in spans.items() if span.high < last]
        late = [key for key, span in spans.items() if span.low > first and span.high >= last]
        yield from _sides(change.place, Dimension.DATE, "days-apart", early, late, apparent=last - first <= TOUCHING)


def _told_twice(changes: Iterable[ControlChange]) -> Iterator[Disagreement]:
    """Two captures by one side soon after each other, and none between: one capture whose day is told in two ways."""
    by_place: defaultdict[str, list[tuple[Bounds, ControlChange]]] = defaultdict(list)
    for change in changes:
        span = Bounds(change.earliest, change.latest)
        if change.extent is Extent.FULL and span.dated:
            by_place[change.place].append((span, change))
    for place, told in sorted(by_place.items()):
        told.sort(key=lambda each: (each[0].high, each[0].low, each[1].id))
        for (first, one), (second, other) in pairwise(told):
            again = bool(one.winners) and one.winners[:1] == other.winners[:1]
            if again and timedelta(0) < first.gap(second) <= REPEATED:
                yield from _sides(place, Dimension.DATE, "days-apart", one.supporting, other.supporting)


def _whole_and_part(changes: Iterable[ControlChange]) -> Iterator[Disagreement]:
    """Some say that a side took the place, others that it took a part, of the same days.

    Where the part may have fallen first, both may be so.
    """
    by_side: defaultdict[tuple[str, str], list[ControlChange]] = defaultdict(list)
    for change in changes:
        for winner in change.winners[:1]:
            by_side[change.place, winner].append(change)
    for (place, _), told in sorted(by_side.items()):
        for part in (change for change in told if change.extent is Extent.PARTIAL):
            for whole in (change for change in told if change.extent is Extent.FULL and _same_days(change, part)):
                first = (part.earliest or date.min) < (whole.earliest or date.max)
                one, other = whole.supporting, part.supporting
                yield from _sides(place, Dimension.PART, "whole-or-part", one, other, apparent=first)


def _same_days(one: ControlChange, other: ControlChange) -> bool:
    spans = Bounds(one.earliest, one.latest), Bounds(other.earliest, other.latest)
    return all(span.dated for span in spans) and spans[0].gap(spans[1]) <= timedelta(0)


def _about_holder(period: ControlPeriod, claims: Claims) -> Iterator[Disagreement]:
    """Others are said to have the place at the same time, or the holder is said not to have it."""
    against = [c for c in _control(period.opposing, claims) if c.place.id == period.place]
    rivals = [c.key for c in against if _has(c) and period.holder not in _has(c) and c.status in _AFFIRMED]
    denied = [c.key for c in against if c.kind is ControlKind.HOLDS and c.status is Status.DENIED]
    mine = [c.key for c in _control(period.supporting, claims) if period.holder in _has(c) and c.status in _AFFIRMED]
    yield from _sides(period.place, Dimension.HOLDER, "rival", mine, rivals)
    yield from _sides(period.place, Dimension.HAPPENED, "hold-denied", mine, denied)


_AFFIRMED = frozenset({Status.ASSERTED, Status.CLAIMED})


def _has(claim: ControlClaim) -> frozenset[str]:
    """Who has the place by a claim: of a siege the besieged."""
    return parties(claim.losers if claim.kind is ControlKind.SIEGE else claim.winners)


@dataclass(frozen=True, slots=True)
class Held:
    """That somebody surely holds a place, or is besieged in it, as known at the end."""

    place: str
    holder: str
    since: date
    """From here on surely; the end of time where it is not known."""
    until: date
    last_known: date
    claims: tuple[str, ...]
    """Keys of those that say so outright."""


def held(periods: Iterable[ControlPeriod], claims: Claims) -> Iterator[Held]:
    """What some periods say of who surely holds their place."""
    for period in periods:
        if period.known_until is None and period.holder and period.status in (Holding.HELD, Holding.BESIEGED):
            until = period.phase_until_earliest or (date.min if period.phase_until_latest else date.max)
            saying = (claim.key for claim in _control(period.supporting, claims) if period.holder in _has(claim))
            yield Held(
                period.place,
                period.holder,
                period.phase_since_latest or date.max,
                until,
                period.last_known or date.min,
                tuple(saying),
            )


def held_in_parts(place: str, told: Iterable[Held]) -> Iterator[Disagreement]:
    """One side holds a place and another one or more parts of it, surely and at the same time: both may be so.

    ``told`` is of the place and of those of which it is the smallest place around.
    """
    known = list(told)
    for whole in (each for each in known if each.place == place):
        others: defaultdict[str, list[str]] = defaultdict(list)
        for part in known:
            if part.place != place and part.holder != whole.holder and _surely_together(whole, part):
                others[part.holder] += part.claims
        for claims in others.values():
            yield from _sides(place, Dimension.PART, "part-apart", whole.claims, claims, apparent=True)


def _surely_together(one: Held, other: Held) -> bool:
    """Whether two share a day, and there is a word for each while the other stands."""
    start = max(one.since, other.since)
    return start < min(one.until, other.until) and all(each.last_known >= start for each in (one, other))


def _control(keys: Iterable[str], claims: Claims) -> list[ControlClaim]:
    return [claim for key in keys if isinstance(claim := claims[key], ControlClaim)]


# ---------------------------------------------------------------- casualties


def _about_figures(figures: CasualtyRange, claims: Claims) -> Iterator[Disagreement]:
    """Figures of one range that exclude the best of them, on the side of more or of fewer, and those that allow it.

    People go on fleeing: figures of who is displaced only look contradictory where one side does not say since when.
    """
    if figures.best is None:
        return
    told = _casualties(figures, claims)
    fewer = [c.key for c in told if (high := highest(c)) is not None and high < figures.best]
    more = [c.key for c in told if (low := lowest(c)) is not None and low > figures.best]
    allow = {claim.key for claim in told} - {*fewer, *more}
    begun = {claim.key for claim in told if claim.when.begin_earliest is not None}
    for apart in (fewer, more):
        if figures.harm is Harm.DISPLACED and (begun.isdisjoint(allow) or begun.isdisjoint(apart)):
            yield from _sides(figures.place, Dimension.PERIOD, "days-not-told", allow, apart, apparent=True)
        else:
            yield from _sides(figures.place, Dimension.FIGURE, "figures-apart", allow, apart)


def _beside_each_other(
    ranges: Sequence[CasualtyRange], claims: Claims, places: Mapping[str, Place]
) -> Iterator[Disagreement]:
    """Ranges of one harm at one settlement that differ in figures because they are about something else."""
    alike: defaultdict[tuple[str, str], list[tuple[Bounds, CasualtyRange]]] = defaultdict(list)
    for figures in ranges:
        told = _casualties(figures, claims)
        here = settlement(told[0], places)
        if here is not None:
            alike[here, figures.harm].append((best(told, _days), figures))
    for (here, _), told_there in sorted(alike.items()):
        in_time = sorted(told_there, key=lambda each: (each[0].low, each[0].high, each[1].id))
        for number, (span, one) in enumerate(in_time):
            for other_span, other in in_time[number + 1 :]:
                if other_span.low > span.high:
                    break
                if not _differ(one, other) or not span.as_long_as(other_span, SHORT):
                    continue
                dimension = Dimension.VICTIMS if one.victims != other.victims else Dimension.PART
                if dimension is Dimension.VICTIMS or one.place != other.place:
                    rule = "other-victims" if dimension is Dimension.VICTIMS else "other-place"
                    whole, part = sorted((one, other), key=lambda figures: figures.place != here)
                    yield from _sides(here, dimension, rule, whole.supporting, part.supporting, apparent=True)
        yield from _one_after_another(here, in_time)


def _one_after_another(here: str, in_time: Iterable[tuple[Bounds, CasualtyRange]]) -> Iterator[Disagreement]:
    """Figures for the same victims at the same place, on days that follow each other."""
    same: defaultdict[tuple[str | None, str], list[tuple[Bounds, CasualtyRange]]] = defaultdict(list)
    for span, figures in in_time:
        same[figures.place, figures.victims].append((span, figures))
    for line in same.values():
        for (before, one), (after, other) in pairwise(line):
            if timedelta(0) < before.gap(after) <= NEXT and _differ(one, other):
                yield from _sides(here, Dimension.PERIOD, "other-days", one.supporting, other.supporting, apparent=True)


def _days(claim: CasualtyClaim) -> Bounds:
    """The days that a figure is of; news if it does not say."""
    span = days_of(claim)
    is_told = claim.when.begin_earliest is not None or span.latest is None
    return span if is_told else Bounds(max(span.low, shifted(span.high, -NEWS)), span.latest)


def _differ(one: CasualtyRange, other: CasualtyRange) -> bool:
    return (one.low, one.best, one.high) != (other.low, other.best, other.high)


def _casualties(figures: CasualtyRange, claims: Claims) -> list[CasualtyClaim]:
    return [claim for key in figures.supporting if isinstance(claim := claims[key], CasualtyClaim)]
