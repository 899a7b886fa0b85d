"""Incident claims: bombings, air strikes, clashes, attacks, sieges, deployments and withdrawals, as each source says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind, CasualtyClaim, IncidentClaim, IncidentKind, Means, PlaceKind, Status
from conflict_kg.reading.clauses import Clause
from conflict_kg.reading.events import HAPPENED, sides_of
from conflict_kg.reading.incident_events import Told, one_an_incident
from conflict_kg.reading.incident_frames import IncidentFrame, incident_frame, kind_told, means_told, word_list
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.roles import heads_of
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.scenes_of_action import Where, where
from conflict_kg.reading.weighing import bounded, weighed

Actors = tuple[Actor, ...]
NO_PARTY = {ActorKind.OUTLET, ActorKind.MONITOR}
OF_FORCES = {IncidentKind.CLASH, IncidentKind.SIEGE, IncidentKind.DEPLOYMENT}
OTHERS = {"another", "second", "third", "separate", "separately", "elsewhere", "other", "fresh"}
"""Words that tell that an incident is not the one told before."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who did it, and to whom."""

    agents: Actors = ()
    targets: Actors = ()
    claimed: bool = False
    """Whether they themselves say that it was they ("claimed responsibility for")."""


def incident_claims(scene: Scene, casualties: Iterable[CasualtyClaim] = ()) -> tuple[IncidentClaim, ...]:
    """The incident claims of a report, one an incident and source, in the order of the text.

    Each tells of a place, or of both sides. ``casualties`` are those of the report; each claim names the keys of those
    that its sentence tells.
    """
    clauses = {clause.predicate.i: clause for clause in scene.clauses}
    told = [
        found
        for clause in scene.clauses
        if (frame := incident_frame(clause)) is not None and scene.readable(clause.predicate)
        if (found := _told(scene, clause, frame, clauses)) is not None
    ]
    return _with_casualties(one_an_incident(told), list(casualties))


def _told(scene: Scene, clause: Clause, frame: IncidentFrame, clauses: Mapping[int, Clause]) -> Told | None:
    """What one predicate tells, or None where it does not tell enough."""
    above = _supporting(clause, clauses)
    sides = _sides(scene, clause, frame, above)
    place = where(scene, clause, frame, above)
    if not _is_enough(frame, sides, place):
        return None
    leaving = sides.agents if frame.kind is IncidentKind.WITHDRAWAL else sides.targets
    status = weighed(scene, clause, leaving)
    if sides.claimed and status is Status.ASSERTED:
        status = Status.CLAIMED
    return Told(_claim(scene, clause, frame, sides, place, status, kind_told(frame, clause, above)), _is_another(clause.predicate))


def _supporting(clause: Clause, clauses: Mapping[int, Clause]) -> Clause | None:
    """The verb that an event noun is the subject or object of, or stands in a phrase of; None for a verb."""
    token = clause.predicate
    while clause.nominal and token.head != token:
        token = token.head
        if token.i in clauses and not clauses[token.i].nominal:
            return clauses[token.i]
    return None


def _sides(scene: Scene, clause: Clause, frame: IncidentFrame, above: Clause | None) -> _Sides:
    agents = _parties(scene, clause, [role for role in frame.agent if role != "each"], countries=True)
    targets = _parties(scene, clause, frame.target)
    if not agents and "each" in frame.agent:
        agents = _parties(scene, clause, ["between", "among"])
    if not agents and above is not None:
        return _by_support(scene, clause, above, targets)
    if not targets and frame.kind is IncidentKind.CLASH:
        agents, targets = _opposed(agents)
    if frame.kind in OF_FORCES:
        agents, targets = _able(agents), _able(targets)
    return _Sides(agents, tuple(a for a in targets if a not in agents))


def _able(actors: Actors) -> Actors:
    """Those of some actors that can be a side in a fight or a siege, and come or go: forces, no person."""
    return tuple(a for a in actors if a.kind is not ActorKind.PERSON)


def _opposed(actors: Actors) -> tuple[Actors, Actors]:
    """Two sides of those who fight, the first named and the rest: "X and Y clashed", "between X and Y"."""
    first = sides_of(actors[:1])
    own = tuple(a for a in actors if sides_of([a]) == first)
    return own, tuple(a for a in actors if a not in own)


def _by_support(scene: Scene, clause: Clause, above: Clause, targets: Actors) -> _Sides:
    """Who did it where the verb above tells: "X launched an attack", "X killed Y in an attack", "X claimed …"."""
    noun = clause.predicate
    if lemma(noun.head) == "responsibility" and above.lemma in {"claim", "accept", "take", "admit"}:
        return _Sides(_parties(scene, above, ["subject"], countries=True), targets, claimed=True)
    if above.lemma in word_list("support", "do") and any(noun == head for head in above.objects):
        agents = _parties(scene, above, ["subject"], countries=True)
        rivals = tuple(a for a in targets or _parties(scene, above, ["on"]) if a not in agents)
        return _Sides(agents, rivals, claimed=above.lemma == "claim")
    if above.lemma in word_list("support", "fight") and any(noun in above.role(r) for r in ("in", "during", "with")):
        return _Sides(_parties(scene, above, ["subject"]), targets or _parties(scene, above, ["object"]))
    if noun in above.subjects and above.lemma in word_list("support", "fight"):  # "the attack killed soldiers"
        return _Sides((), targets or _parties(scene, above, ["object"]))
    return _Sides((), targets)


def _parties(scene: Scene, clause: Clause, roles: Sequence[str], *, countries: bool = False) -> Actors:
    """The actors in the first of these roles that has any; ``countries`` stand for their governments.

    Of unnamed people of a group ("its fighters") the group.
    """
    for role in roles:
        heads = heads_of([role], clause)
        if not countries:
            heads = tuple(head for head in heads if head.i in scene.mentions.actors)
        known = [head for head in heads if not _is_faceless(head)]
        found = [a for a in scene.actors(known, scene.utterance(clause.predicate)) if a.kind not in NO_PARTY]
        sides = [scene.group_of(a) or a if a.kind is ActorKind.UNNAMED else a for a in found]
        sides += [_nameless(scene, head) for head in heads if _is_faceless(head)]
        if sides:
            return tuple({a.id: a for a in sides}.values())
    return ()


def _is_faceless(head: Token) -> bool:
    """Whether a phrase says nothing of who they are, and points to nobody told before: "gunmen", "unknown militants"."""
    named = any(t.pos_ == "PROPN" or t.ent_type_ for t in head.subtree)
    return lemma(head) in nouns().faceless and not is_definite(head) and not named


def _nameless(scene: Scene, head: Token) -> Actor:
    """Somebody that the report does not name, known by the words for them in this report only."""
    return link_actor(head.lower_, scene.mentions.setting, document=scene.report.id, kind=ActorKind.UNNAMED)


def _is_enough(frame: IncidentFrame, sides: _Sides, place: Where | None) -> bool:
    """Whether all is found that the frame asks for, and a place or both sides."""
    found = {
        "agent": bool(sides.agents),
        "target": bool(sides.targets),
        "party": bool(sides.agents or sides.targets),
        "place": place is not None,
        "spot": bool(sides.targets) or (place is not None and place.place.kind is not PlaceKind.COUNTRY),
    }
    return all(found[need] for need in frame.needs) and (place is not None or (found["agent"] and found["target"]))


def _is_another(predicate: Token) -> bool:
    """Whether the words say that it is not the incident told before."""
    near = [predicate, *predicate.children, *(c for child in predicate.children for c in child.children)]
    return any(token.lower_ in OTHERS for token in near)


def _claim(
    scene: Scene,
    clause: Clause,
    frame: IncidentFrame,
    sides: _Sides,
    place: Where | None,
    status: Status,
    kind: IncidentKind,
) -> IncidentClaim:
    predicate = clause.predicate
    source = scene.source(predicate)
    period = when(scene, predicate, future=status in {Status.PLANNED, Status.EXPECTED})
    return IncidentClaim(
        passage=scene.sentence(predicate),
        digest=scene.digest,
        published=scene.report.published,
        according_to=source.speakers or (sides.agents if sides.claimed else ()),
        relayed_by=source.relays,
        stated_in=source.statement,
        rule=f"incident {frame.id}",
        kind=kind,
        status=status,
        means=_means(frame, clause),
        agents=sides.agents,
        targets=sides.targets,
        place=place.place if place is not None else None,
        near=place.near if place is not None else False,
        when=bounded(period, scene.latest(predicate), status),
    )


def _means(frame: IncidentFrame, clause: Clause) -> Means | None:
    armed = {IncidentKind.BOMBING, IncidentKind.AIR_STRIKE, IncidentKind.ATTACK}
    return means_told(frame, clause) if frame.kind in armed else None


def _with_casualties(
    claims: Sequence[IncidentClaim], casualties: Sequence[CasualtyClaim]
) -> tuple[IncidentClaim, ...]:
    """Each casualty claim with the one incident that its sentence tells of at that place, if there is one only."""
    keys: dict[int, list[str]] = {}
    for harm in casualties:
        fits = [i for i, claim in enumerate(claims) if _tells_of(claim, harm)]
        if len(fits) == 1:
            keys.setdefault(fits[0], []).append(harm.key)
    return tuple(
        replace(claim, casualties=tuple(sorted(keys[i]))) if i in keys else claim for i, claim in enumerate(claims)
    )


def _tells_of(claim: IncidentClaim, harm: CasualtyClaim) -> bool:
    places = {place.id for place in (claim.place, harm.place) if place is not None}
    own = claim.kind not in {IncidentKind.DEPLOYMENT, IncidentKind.WITHDRAWAL, IncidentKind.SIEGE}
    return own and claim.status in HAPPENED and claim.passage == harm.passage and len(places) < 2
