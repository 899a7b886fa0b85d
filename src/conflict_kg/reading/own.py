"""Whose deed a change is by who tells of it: "the army said the town has been retaken", "denied that it fell"."""

from collections.abc import Sequence

from conflict_kg.model import Actor, ActorKind, ControlKind, Status
from conflict_kg.reading.clauses import Clause, children, grammatical_subjects
from conflict_kg.reading.frames import Frame, becoming
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import parties
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.speech import SIDES, Utterance
from conflict_kg.reading.standing import cues, standing


def own_loss(scene: Scene, predicate: Token, utterance: Utterance) -> tuple[Actor, ...]:
    """A side that denies or admits a loss means its own: "the army denied that the town fell", "admitted that"."""
    word = lemma(utterance.cue) if utterance.cue is not None else ""
    if word not in cues()["denied"] | cues()["admitted"] and standing(predicate, utterance.cue) is not Status.DENIED:
        return ()
    own = all(s.kind in SIDES | {ActorKind.GOVERNMENT, ActorKind.OFFICE} for s in utterance.speakers)
    state = (side for side in scene.sides(utterance) if side.kind is ActorKind.STATE_FORCE)  # "…, the minister said"
    return utterance.speakers if own else tuple(state)


def announced(scene: Scene, noun: Token, losers: tuple[Actor, ...]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who took a place by their own word, and who lost it: "the rebels announced the capture of the town"; one who
    denies its fall would have lost it.
    """
    verb = noun.head
    if noun.dep_ not in {"obj", "xcomp"}:
        return (), losers
    speaking = parties(scene, scene.actors(grammatical_subjects(verb), None))
    if lemma(verb) in cues()["announced"]:
        return speaking, losers
    return (), losers or (speaking if lemma(verb) in cues()["denied"] else ())


def undertaken(scene: Scene, noun: Token) -> tuple[Actor, ...]:
    """Who leaves by a deed of their own: "the rebels announced a withdrawal from the town", "began their retreat"."""
    verb = noun.head
    if noun.dep_ not in {"obj", "xcomp"} or lemma(verb) not in cues()["undertaken"]:
        return ()
    return parties(scene, scene.actors(grammatical_subjects(verb), None))


def own_success(
    scene: Scene, frame: Frame, clause: Clause, utterance: Utterance, losers: Sequence[Actor]
) -> tuple[Actor, ...]:
    """A side that tells of a liberation tells its own ("the army said the town has been retaken"), and so does one that
    tells whom a place was cleared of; a group that says of a place that it is surrounded surrounds it.
    """
    sides, own = {x.party or x.id for x in losers}, scene.sides(utterance)
    theirs = any((side.party or side.id) in sides for side in own)
    if frame.kind is ControlKind.SIEGE:
        return own if lemma(clause.predicate) in becoming()["closing"] and _are_armed(own, utterance) else ()
    secured = clause.passive and clause.lemma in becoming()["secured"] and _are_armed(own, utterance)
    return own if not theirs and (losers or secured or frame.kind is ControlKind.RECAPTURE) else ()


def own_plan(scene: Scene, frame: Frame, clause: Clause, utterance: Utterance) -> tuple[Actor, ...]:
    """A force that says what will be taken means to take it: "the town would be next", "will be taken by
    tomorrow", "its liberation is a question of days".
    """
    own = scene.sides(utterance)
    meant = any(c.lower_ in cues()["intent"] for c in children(clause.predicate, "aux"))
    meant = meant and (frame.predicative or clause.passive)
    # "It could take a month to clear the town."
    lasting = clause.predicate.tag_ == "VB" and lemma(clause.predicate.head) == "take"
    freed = frame.nominal and frame.kind is ControlKind.RECAPTURE
    direct = {side.id for side in own} <= {speaker.part_of for speaker in utterance.speakers}  # "an army spokesman"
    return own if (meant or lasting or freed) and (direct or _are_armed(own, utterance)) else ()


def _are_armed(own: Sequence[Actor], utterance: Utterance) -> bool:
    """Whether those who speak do so as a force: a group, or an army itself, not the officials of a state."""
    return all(side.kind is ActorKind.ARMED_GROUP for side in own) or set(own) <= set(utterance.speakers)
