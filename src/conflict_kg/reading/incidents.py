"""Incident claims: bombings, air strikes, clashes, attacks, sieges, deployments, withdrawals, as each source says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conflict_kg.model import ActorKind, CasualtyClaim, IncidentClaim, IncidentKind, PlaceKind, Status
from conflict_kg.reading.belligerents import Sides, sides
from conflict_kg.reading.clauses import Clause
from conflict_kg.reading.events import HAPPENED
from conflict_kg.reading.incident_events import Told, one_an_incident
from conflict_kg.reading.incident_frames import IncidentFrame, incident_frame, kind_told, means_told
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.scenes_of_action import Where, where
from conflict_kg.reading.weighing import bounded, weighed

OTHERS = {"another", "second", "third", "separate", "separately", "elsewhere", "other", "fresh"}
"""Words that tell that an incident is not the one told before."""

ARMED = {IncidentKind.BOMBING, IncidentKind.AIR_STRIKE, IncidentKind.ATTACK}
"""Kinds of which the words tell with what it was done."""

HARMING = ARMED | {IncidentKind.CLASH}
"""Kinds that have victims."""


@dataclass(frozen=True, slots=True, eq=False)
class _Event:
    """What a predicate tells, before it is weighed whose words it is."""

    clause: Clause
    frame: IncidentFrame
    kind: IncidentKind
    sides: Sides
    where: Where | None

    def is_enough(self) -> bool:
        """Whether all is told that the frame asks for, and a place or both sides."""
        agents, targets, where = self.sides.agents, self.sides.targets, self.where
        told = {
            "agent": bool(agents),
            "force": any(actor.kind not in {ActorKind.PERSON, ActorKind.ORGANIZATION} for actor in agents),
            "target": bool(targets),
            "party": bool(agents or targets),
            "place": where is not None,
            "spot": bool(targets) or (where is not None and where.place.kind is not PlaceKind.COUNTRY),
        }
        return all(told[need] for need in self.frame.needs) and (where is not None or (bool(agents) and bool(targets)))


def incident_claims(scene: Scene, casualties: Iterable[CasualtyClaim] = ()) -> tuple[IncidentClaim, ...]:
    """The incident claims of a report, one an incident and source, in the order of the text.

    Each tells of a place, or of both sides. ``casualties`` are those of the report; each claim names the keys of those
    that its sentence tells.
    """
    clauses = {clause.predicate.i: clause for clause in scene.clauses}
    events = [
        _event(scene, clause, frame, _supporting(clause, clauses))
        for clause in scene.clauses
        if (frame := incident_frame(clause)) is not None and scene.readable(clause.predicate)
    ]
    told = [Told(_claim(scene, event), _is_another(event.clause.predicate)) for event in events if event.is_enough()]
    return _with_casualties(one_an_incident(told), list(casualties))


def _event(scene: Scene, clause: Clause, frame: IncidentFrame, above: Clause | None) -> _Event:
    found = sides(scene, clause, frame, above)
    return _Event(clause, frame, kind_told(frame, clause, above), found, where(scene, clause, frame, above))


def _supporting(clause: Clause, clauses: Mapping[int, Clause]) -> Clause | None:
    """The verb that an event noun is the subject or object of, or stands in a phrase of; None for a verb."""
    token = clause.predicate
    while clause.nominal and token.head != token:
        token = token.head
        if token.i in clauses and not clauses[token.i].nominal:
            return clauses[token.i]
    return None


def _is_another(predicate: Token) -> bool:
    """Whether the words say that it is not the incident told before."""
    near = [predicate, *predicate.children, *(c for child in predicate.children for c in child.children)]
    return any(token.lower_ in OTHERS for token in near)


def _claim(scene: Scene, event: _Event) -> IncidentClaim:
    predicate = event.clause.predicate
    source, status = scene.source(predicate), _status(scene, event)
    period = when(scene, predicate, future=status in {Status.PLANNED, Status.EXPECTED})
    return IncidentClaim(
        passage=scene.sentence(predicate),
        digest=scene.digest,
        published=scene.report.published,
        according_to=source.speakers or (event.sides.agents if event.sides.claimed else ()),
        relayed_by=source.relays,
        stated_in=source.statement,
        rule=f"incident {event.frame.id}",
        kind=event.kind,
        status=status,
        means=means_told(event.frame, event.clause) if event.kind in ARMED else None,
        agents=event.sides.agents,
        targets=event.sides.targets,
        place=event.where.place if event.where is not None else None,
        near=event.where.near if event.where is not None else False,
        when=bounded(period, scene.latest(predicate), status),
    )


def _status(scene: Scene, event: _Event) -> Status:
    """The standing of the words; who leaves or is hit asserts it, who says that it was they claims it."""
    leaving = event.kind is IncidentKind.WITHDRAWAL
    status = weighed(scene, event.clause, event.sides.agents if leaving else event.sides.targets)
    return Status.CLAIMED if event.sides.claimed and status is Status.ASSERTED else status


def _with_casualties(claims: Sequence[IncidentClaim], casualties: Sequence[CasualtyClaim]) -> tuple[IncidentClaim, ...]:
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
    happened = claim.kind in HARMING and claim.status in HAPPENED
    return happened and claim.passage == harm.passage and len(places) < 2
