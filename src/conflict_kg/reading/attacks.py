"""Attacks that came to nothing: whether one was repelled, by whom, and which place it was on where its own words tell
none.
"""

from conflict_kg.model import Actor, Status
from conflict_kg.reading.clauses import Clause, children, grammatical_subjects, is_verb
from conflict_kg.reading.frames import Frame, matching
from conflict_kg.reading.losers import TAKEN
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of, parties, whereabouts
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues, is_repelled, standing, with_particle


def standing_of(scene: Scene, predicate: Token) -> Status:
    """The status of what a predicate says, up to the verb of saying above it."""
    utterance = scene.utterance(predicate)
    return standing(predicate, utterance.cue if utterance is not None else None)


def was_repelled(scene: Scene, attack: Token, base: Status) -> bool:
    """Whether an attack was repelled, not only to be repelled ("a call to stop the attack on the town")."""
    verb = attack.head
    stopped = attack.dep_ in {"obj", "nsubj:pass"} and with_particle(verb) in cues()["failed"]
    if base is not Status.FAILED:
        return is_repelled(attack) and base is Status.ASSERTED
    return not stopped or standing_of(scene, verb) is Status.ASSERTED


def repelling(scene: Scene, attack: Token) -> tuple[Actor, ...]:
    """Who repelled an attack: whoever holds the place."""
    return parties(scene, scene.actors(_repellers(attack), scene.utterance(attack.head)))


def _repellers(attack: Token) -> tuple[Token, ...]:
    verb = attack.head
    if attack.dep_ not in {"obj", "nsubj:pass"} or not is_verb(verb):
        return ()
    return grammatical_subjects(verb) if attack.dep_ == "obj" else tuple(children(verb, "obl:agent"))


def place_attacked(scene: Scene, clause: Clause, frame: Frame) -> tuple[Token, ...]:
    """The place of an attack whose own words tell none: where those are who repelled it ("the garrison at X beat back
    an attack"), or the one that the sentence before tells of as attacked, held, or taken by the other side.
    """
    repellers = _repellers(clause.predicate)
    there = tuple(place for who in repellers for place in whereabouts(who) if scene.place(place) is not None)
    sentence = clause.predicate.sent
    if there or not sentence.start or children(clause.predicate, "acl"):  # "an attack to lift the siege"
        return there
    last = scene.doc[sentence.start - 1].sent
    attackers = _sides(scene, clause, frame)
    for other in scene.clauses:
        if other.predicate.sent != last:
            continue
        for each in matching(other):
            own = not each.repelled and each.kind in TAKEN and attackers & _sides(scene, other, each)
            heads = tuple(head for head in heads_of(each.place, other) if scene.place(head) is not None)
            if heads and not own:
                return heads
    return ()


def _sides(scene: Scene, clause: Clause, frame: Frame) -> set[str]:
    winners = scene.actors(heads_of(frame.winner, clause), scene.utterance(clause.predicate))
    return {actor.party or actor.id for actor in winners}
