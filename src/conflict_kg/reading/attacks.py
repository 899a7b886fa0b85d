"""Attacks that came to nothing: whether one was repelled, by whom, and which place it was on where its own words tell
none.
"""

from collections.abc import Iterator

from conflict_kg.model import Actor, Status
from conflict_kg.reading.clauses import Clause, children, grammatical_subjects, is_verb
from conflict_kg.reading.events import sides_of
from conflict_kg.reading.frames import Frame, matching
from conflict_kg.reading.losers import TAKEN
from conflict_kg.reading.nouns import is_definite
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


def sides_of_attack(
    scene: Scene, attack: Token, winners: tuple[Actor, ...], losers: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who attacked and who repelled it, holding the place; ``winners`` and ``losers`` are those known already."""
    losers = losers or parties(scene, scene.actors(_repellers(attack), scene.utterance(attack.head)))
    if sides_of(winners) & sides_of(losers):
        return (), losers  # "repelled attacks near X": whose they were is not told
    return winners or _attacking(scene, attack), losers


def _repellers(attack: Token) -> tuple[Token, ...]:
    verb = attack.head
    if attack.dep_ not in {"obj", "nsubj:pass"} or not is_verb(verb):
        return ()
    return grammatical_subjects(verb) if attack.dep_ == "obj" else tuple(children(verb, "obl:agent"))


def place_attacked(scene: Scene, clause: Clause, frame: Frame) -> tuple[Token, ...]:
    """The place of an attack whose own words tell none: where those are who repelled it ("the garrison at X beat back
    an attack"), or the one that its sentence or the one before tells of as attacked, held, or taken by the other side.
    """
    there = tuple(place for who in _repellers(clause.predicate) for place in whereabouts(who))
    there = tuple(place for place in there if scene.place(place) is not None)
    if there or children(clause.predicate, "acl"):  # "an attack to lift the siege"
        return there
    attackers = sides_of(_attackers(scene, clause, frame))
    for other, each in _told_before(scene, clause.predicate):
        own = not each.repelled and each.kind in TAKEN and attackers & sides_of(_attackers(scene, other, each))
        heads = tuple(head for head in heads_of(each.place, other) if scene.place(head) is not None)
        if heads and not own:
            return heads
    return ()


def _attacking(scene: Scene, attack: Token) -> tuple[Actor, ...]:
    """Who made an attack of which only that it was repelled is told: whoever attacks, or tries to take, in its
    sentence or the one before.
    """
    for other, each in _told_before(scene, attack):
        tried = each.repelled or standing_of(scene, other.predicate) is Status.PLANNED
        if tried and (found := parties(scene, _attackers(scene, other, each))):
            return found
    return ()


def _told_before(scene: Scene, attack: Token) -> Iterator[tuple[Clause, Frame]]:
    """The clauses of the sentence before an attack, with their frames; before them those that tell of "the attack" in
    its own, nearest first.
    """
    sentence = attack.sent
    first = scene.doc[sentence.start - 1].sent.start if sentence.start else 0
    last = attack.i if is_definite(attack) else sentence.start
    before = [c for c in scene.clauses if first <= c.predicate.i < last]
    for other in sorted(before, key=lambda c: (c.predicate.sent != sentence, -c.predicate.i)):
        yield from ((other, frame) for frame in matching(other))


def _attackers(scene: Scene, clause: Clause, frame: Frame) -> tuple[Actor, ...]:
    return scene.actors(heads_of(frame.winner, clause), scene.utterance(clause.predicate))
