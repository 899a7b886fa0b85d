"""Who did it and to whom: the sides of an incident, in the roles of its frame or in the verb that supports a noun."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind, IncidentKind
from conflict_kg.reading.clauses import Clause
from conflict_kg.reading.events import sides_of
from conflict_kg.reading.incident_frames import IncidentFrame, word_list
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of
from conflict_kg.reading.scene import Scene

Actors = tuple[Actor, ...]
NO_PARTY = {ActorKind.OUTLET, ActorKind.MONITOR}
OF_FORCES = {IncidentKind.CLASH, IncidentKind.SIEGE, IncidentKind.DEPLOYMENT}
HOUSES = {"house", "office", "palace", "home"}
"""Words for a body that mean the building where somebody does something to it."""

CLAIMING = {"claim", "accept", "take", "admit"}
"""Verbs of those who take responsibility."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who did it, and to whom."""

    agents: Actors = ()
    targets: Actors = ()
    claimed: bool = False
    """Whether they themselves say that it was they ("claimed responsibility for")."""


def sides(scene: Scene, clause: Clause, frame: IncidentFrame, above: Clause | None) -> Sides:
    """The sides that a clause tells by a frame; ``above`` is the verb that an event noun hangs on, if there is one."""
    found = _told(scene, clause, frame, above)
    if frame.kind in OF_FORCES:
        found = replace(found, agents=_able(found.agents), targets=_able(found.targets))
    return replace(found, targets=tuple(a for a in found.targets if a not in found.agents))


def _told(scene: Scene, clause: Clause, frame: IncidentFrame, above: Clause | None) -> Sides:
    """By the roles of the frame, else by the verb above."""
    agents = _parties(scene, clause, [role for role in frame.agent if role != "each"], countries=True)
    targets = _parties(scene, clause, frame.target)
    if not agents and "each" in frame.agent:
        agents = _parties(scene, clause, ["between", "among"])
    if not agents and above is not None:
        return _by_support(scene, clause, above, targets)
    if frame.kind is IncidentKind.CLASH and not targets and not _has_opponent(scene, clause):
        agents, targets = _opposed(agents)
    return Sides(agents, targets)


def _able(actors: Actors) -> Actors:
    """Those of some actors that can be a side in a fight or a siege, and come or go: forces, no person."""
    return tuple(a for a in actors if a.kind is not ActorKind.PERSON)


def _has_opponent(scene: Scene, clause: Clause) -> bool:
    """Whether somebody is told against whom they fight, known or not: "X and Y clashed with guards"."""
    heads = [*clause.objects, *clause.role("with"), *clause.role("against")]
    return any(head.pos_ in {"NOUN", "PROPN"} and scene.place(head) is None for head in heads)


def _opposed(actors: Actors) -> tuple[Actors, Actors]:
    """Two sides of those who fight, the first named and the rest: "X and Y clashed", "between X and Y"."""
    first = sides_of(actors[:1])
    own = tuple(a for a in actors if sides_of([a]) == first)
    return own, tuple(a for a in actors if a not in own)


def _by_support(scene: Scene, clause: Clause, above: Clause, targets: Actors) -> Sides:
    """Who did it where the verb above tells: "X launched an attack", "X killed Y in an attack", "X claimed …"."""
    noun = clause.predicate
    if lemma(noun.head) == "responsibility" and above.lemma in CLAIMING:
        return Sides(_parties(scene, above, ["subject"], countries=True), targets, claimed=True)
    if above.lemma in word_list("support", "do") and any(noun == head for head in above.objects):
        agents = _parties(scene, above, ["subject"], countries=True)
        return Sides(agents, targets or _parties(scene, above, ["on"]), claimed=above.lemma == "claim")
    if above.lemma in word_list("support", "fight") and any(noun in above.role(r) for r in ("in", "during", "with")):
        return Sides(_parties(scene, above, ["subject"]), targets or _parties(scene, above, ["object"]))
    if noun in above.subjects and above.lemma in word_list("support", "fight"):  # "the attack killed soldiers"
        return Sides((), targets or _parties(scene, above, ["object"]))
    return Sides((), targets)


def _parties(scene: Scene, clause: Clause, roles: Sequence[str], *, countries: bool = False) -> Actors:
    """The actors in the first of these roles that has any; ``countries`` stand for their governments.

    Of unnamed people of a group ("its fighters") the group.
    """
    for role in roles:
        heads = heads_of([role], clause)
        if not countries:
            heads = tuple(head for head in heads if head.i in scene.mentions.actors)
        heads = tuple(head for head in heads if lemma(head) not in HOUSES)
        known = [head for head in heads if not _is_faceless(head)]
        found = [a for a in scene.actors(known, scene.utterance(clause.predicate)) if a.kind not in NO_PARTY]
        sides = [scene.group_of(a) or a if a.kind is ActorKind.UNNAMED else a for a in found]
        sides += [_nameless(scene, head) for head in heads if _is_faceless(head)]
        if sides:
            return tuple({a.id: a for a in sides}.values())
    return ()


def _is_faceless(head: Token) -> bool:
    """Whether a phrase says nothing of who they are and points to nobody told before: "gunmen", "unknown militants"."""
    named = any((t.pos_ == "PROPN" or t.ent_type_) and t.lower_ not in nouns().faith for t in head.subtree)
    return lemma(head) in nouns().faceless and not is_definite(head) and not named


def _nameless(scene: Scene, head: Token) -> Actor:
    """Somebody that the report does not name, known by the words for them in this report only."""
    return link_actor(head.lower_, scene.mentions.setting, document=scene.report.id, kind=ActorKind.UNNAMED)
