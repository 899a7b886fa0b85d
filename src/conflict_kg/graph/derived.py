"""The account as triples: changes, periods, ranges and disagreements, with the claims behind them."""

from collections.abc import Iterable

import pyoxigraph as ox

from conflict_kg.graph.names import Names, Triples, days, numbers
from conflict_kg.model import Account, CasualtyRange, ControlChange, ControlPeriod, Disagreement
from conflict_kg.vocabulary import TYPE, code, term


def account_triples(names: Names, account: Account) -> Triples:
    """Everything that was derived."""
    for change in account.changes:
        yield from _change(names, change)
    for period in account.periods:
        yield from _period(names, period)
    for figures in account.ranges:
        yield from _range(names, figures)
    for disagreement in account.disagreements:
        yield from _disagreement(names, disagreement)


def _change(names: Names, change: ControlChange) -> Triples:
    node = names.change(change.id)
    yield node, TYPE, term("ControlChange")
    yield node, term("atPlace"), names.place(change.place)
    for winner in change.winners:
        yield node, term("winner"), names.actor(winner)
    for loser in change.losers:
        yield node, term("loser"), names.actor(loser)
    yield node, term("extent"), code("ExtentScheme", change.extent)
    yield node, term("basis"), code("BasisScheme", change.basis)
    yield from days(node, beginEarliest=change.earliest, beginLatest=change.latest)
    yield from _support(names, node, change.supporting, change.opposing)


def _period(names: Names, period: ControlPeriod) -> Triples:
    node = names.period(period.id)
    yield node, TYPE, term("ControlPeriod")
    yield node, term("atPlace"), names.place(period.place)
    yield node, term("controlIn"), names.place(period.place)
    yield node, term("holding"), code("HoldingScheme", period.status)
    yield node, term("rule"), ox.Literal(period.rule)
    if period.holder:
        yield node, term("holder"), names.actor(period.holder)
    if period.basis:
        yield node, term("basis"), code("BasisScheme", period.basis)
    if period.change:
        yield node, term("beganWith"), names.change(period.change)
    yield from days(
        node,
        sinceEarliest=period.since_earliest,
        sinceLatest=period.since_latest,
        untilEarliest=period.until_earliest,
        untilLatest=period.until_latest,
        phaseSinceEarliest=period.phase_since_earliest,
        phaseSinceLatest=period.phase_since_latest,
        phaseUntilEarliest=period.phase_until_earliest,
        phaseUntilLatest=period.phase_until_latest,
        lastKnown=period.last_known,
        knownFrom=period.known_from,
        knownUntil=period.known_until,
    )
    yield from numbers(node, claimsFor=len(period.supporting), claimsAgainst=len(period.opposing))
    yield from _support(names, node, period.supporting, period.opposing)


def _range(names: Names, figures: CasualtyRange) -> Triples:
    node = names.range(figures.id)
    yield node, TYPE, term("CasualtyRange")
    yield node, term("harm"), code("HarmScheme", figures.harm)
    if figures.place:
        yield node, term("atPlace"), names.place(figures.place)
    if figures.victims:
        yield node, term("victims"), ox.Literal(figures.victims)
    yield from numbers(node, low=figures.low, best=figures.best, high=figures.high, origins=figures.origins)
    yield from days(node, beginEarliest=figures.earliest, endLatest=figures.latest)
    yield from _support(names, node, figures.supporting)


def _disagreement(names: Names, disagreement: Disagreement) -> Triples:
    node = names.disagreement(disagreement.id)
    yield node, TYPE, term("Disagreement")
    yield node, term("dimension"), code("DimensionScheme", disagreement.dimension)
    yield node, term("apparent"), ox.Literal(disagreement.apparent)
    yield node, term("rule"), ox.Literal(disagreement.rule)
    if disagreement.place:
        yield node, term("atPlace"), names.place(disagreement.place)
    for key in disagreement.one:
        yield node, term("oneSide"), names.claim(key)
    for key in disagreement.other:
        yield node, term("otherSide"), names.claim(key)


def _support(names: Names, node: ox.NamedNode, supporting: Iterable[str], opposing: Iterable[str] = ()) -> Triples:
    for key in supporting:
        yield node, term("supportedBy"), names.claim(key)
    for key in opposing:
        yield node, term("opposedBy"), names.claim(key)
