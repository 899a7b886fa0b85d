"""Statements and claims as triples, each with the passage that it rests on."""

import pyoxigraph as ox

from conflict_kg.graph.codes import codes
from conflict_kg.graph.names import Names, Triples, day_literal, days, integer, numbers
from conflict_kg.model import Actor, CasualtyClaim, Claim, ControlClaim, IncidentClaim, Mention, Period, Statement
from conflict_kg.vocabulary import NIF, TYPE, change_of, code, term


def claim_triples(names: Names, claim: Claim, own_voice: ox.NamedNode) -> Triples:
    """A claim, statement or mention with its passage; ``own_voice`` is the source where the report names none."""
    document = names.document(claim.digest)
    passage = names.passage(claim.digest, claim.passage)
    yield passage, TYPE, term("Passage")
    yield passage, term("inDocument"), document
    yield passage, ox.NamedNode(f"{NIF}beginIndex"), integer(claim.passage.start)
    yield passage, ox.NamedNode(f"{NIF}endIndex"), integer(claim.passage.end)
    yield passage, ox.NamedNode(f"{NIF}anchorOf"), ox.Literal(claim.passage.quote)
    if isinstance(claim, Mention):
        entity = claim.entity
        node = names.actor(entity.id) if isinstance(entity, Actor) else names.place(entity.id)
        yield passage, term("mentions"), node
        return
    sources = [names.actor(actor.id) for actor in claim.according_to] or [own_voice]
    node = names.statement(claim.key) if isinstance(claim, Statement) else names.claim(claim.key)
    yield node, term("inDocument"), document
    yield node, term("evidence"), passage
    yield node, term("rule"), ox.Literal(claim.rule)
    for source in sources:
        yield node, term("accordingTo"), source
    for outlet in claim.relayed_by:
        yield node, term("relayedBy"), names.actor(outlet.id)
    if claim.published:
        yield node, term("reportedOn"), day_literal(claim.published)
    if claim.note:
        yield node, term("note"), ox.Literal(claim.note)
    if isinstance(claim, Statement):
        yield from _statement(node, claim, sources)
        return
    yield node, TYPE, term("Claim")
    if claim.stated_in:
        yield node, term("statedIn"), names.statement(claim.stated_in)
    yield from _content(names, node, claim)


def _statement(node: ox.NamedNode, statement: Statement, speakers: list[ox.NamedNode]) -> Triples:
    yield node, TYPE, term("Statement")
    for speaker in speakers:
        yield node, term("speaker"), speaker
    if statement.speaker_role:
        yield node, term("speakerRole"), ox.Literal(statement.speaker_role)
    yield node, term("text"), ox.Literal(statement.content)
    yield node, term("direct"), ox.Literal(statement.direct)
    if statement.said_on:
        yield node, term("saidOn"), day_literal(statement.said_on)


def _content(names: Names, node: ox.NamedNode, claim: Claim) -> Triples:
    if isinstance(claim, ControlClaim):
        kind = code("ControlKindScheme", claim.kind)
        yield node, TYPE, term("ControlClaim")
        yield node, term("controlKind"), kind
        yield node, term("change"), change_of(kind)
        yield node, term("claimStatus"), code("StatusScheme", claim.status)
        yield node, term("extent"), code("ExtentScheme", claim.extent)
        yield from _roles(names, node, winner=claim.winners, loser=claim.losers, presumedLoser=claim.presumed)
    elif isinstance(claim, CasualtyClaim):
        yield node, TYPE, term("CasualtyClaim")
        yield node, term("harm"), code("HarmScheme", claim.harm)
        yield node, term("countText"), ox.Literal(claim.count.text)
        yield from numbers(node, low=claim.count.low, best=claim.count.best, high=claim.count.high)
        if claim.victims:
            yield node, term("victims"), ox.Literal(claim.victims)
        yield from _roles(names, node, blamed=claim.blamed)
        for relation, other in (("includedIn", claim.included_in), ("additionalTo", claim.additional_to)):
            if other is not None:
                yield node, term(relation), names.claim(other.key)
    else:
        assert isinstance(claim, IncidentClaim)
        yield node, TYPE, term("IncidentClaim")
        yield node, term("incidentKind"), code("IncidentKindScheme", claim.kind)
        yield node, term("claimStatus"), code("StatusScheme", claim.status)
        yield node, term("nearby"), ox.Literal(claim.near)
        if claim.means:
            yield node, term("means"), code("MeansScheme", claim.means)
        for key in claim.casualties:
            yield node, term("harming"), names.claim(key)
        yield from _roles(names, node, agent=claim.agents, target=claim.targets)
    for codebook, value in codes(claim):
        yield node, term(codebook), ox.Literal(value)
    if claim.place:
        yield node, term("atPlace"), names.place(claim.place.id)
    yield from _when(node, claim.when)


def _roles(names: Names, node: ox.NamedNode, **roles: tuple[Actor, ...]) -> Triples:
    for role, actors in roles.items():
        for actor in actors:
            yield node, term(role), names.actor(actor.id)


def _when(node: ox.NamedNode, when: Period) -> Triples:
    yield from days(
        node,
        beginEarliest=when.begin_earliest,
        beginLatest=when.begin_latest,
        endEarliest=when.end_earliest,
        endLatest=when.end_latest,
    )
    if when.text:
        yield node, term("timeText"), ox.Literal(when.text)
