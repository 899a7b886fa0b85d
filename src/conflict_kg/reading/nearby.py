"""What other clauses tell of a change: who left as others came, whose the stronghold was, who besieges, and where."""

from collections.abc import Iterator
from itertools import islice

from conflict_kg.model import Actor, ControlKind
from conflict_kg.reading.clauses import Clause, children, complements
from conflict_kg.reading.frames import Frame, matching
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of, parties
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.speech import SIDES

WHITHER = {"to", "towards", "toward", "for", "into"}  # where they go tells nothing of what they leave
STEPS = 3  # "seized X, sending troops fleeing": the fleeing hangs on the sending, or on the troops


def leaving(scene: Scene, clause: Clause, *, beside: bool) -> tuple[Actor, ...]:
    """Who leaves, from where is not said, in a clause below: "after troops withdrew", "sending troops fleeing".

    ``beside`` admits any other clause of the sentence: "troops pulled out, and rebels moved into the town".
    """
    for other in scene.clauses:
        below = clause.predicate in islice(_chain(other.predicate), STEPS)
        if not below and not (beside and other.predicate.sent == clause.predicate.sent):
            continue
        for frame in matching(other):
            placed = any(scene.place(head) is not None for head in heads_of(frame.place, other))
            if frame.kind is ControlKind.WITHDRAWAL and not placed:
                return parties(scene, scene.actors(heads_of(frame.loser, other), scene.utterance(other.predicate)))
    return ()


def besieging(scene: Scene, clause: Clause) -> tuple[Actor, ...]:
    """Who besieges a place that is only told to be under siege: "imposed by X", "since May, when X cut the road"."""
    imposed = children(clause.predicate, "acl")
    for other in scene.clauses:
        if other.predicate.sent != clause.predicate.sent or other.predicate == clause.predicate:
            continue
        when = any(c.lower_ == "when" for _, c in other.predicate.links) and other.predicate.i > clause.predicate.i
        if other.predicate in imposed or when:
            found = parties(scene, scene.actors(other.subjects, scene.utterance(other.predicate)))
            if found and all(actor.kind in SIDES for actor in found):
                return found
    return ()


def seated(scene: Scene, clause: Clause, frame: Frame) -> tuple[Actor, ...]:
    """Whose stronghold is taken: "captured the rebel stronghold of X", "overran X, the last bastion of the group"."""
    places = heads_of(frame.place, clause)
    seats = [t for head in places for t in (head, *children(head, "appos")) if lemma(t) in nouns().seat]
    owners = [c for seat in seats for c in (*children(seat, "nmod:poss", "compound", "amod"), *complements(seat, "of"))]
    return parties(scene, scene.actors(owners, scene.utterance(clause.predicate)))


def place_beyond(scene: Scene, clause: Clause, frame: Frame, *, told: bool) -> tuple[Token, ...]:
    """The place of a change whose own words tell none: where those are who go, or what "where" stands for.

    ``told``: it has happened.
    """
    if "object" in frame.loser or frame.kind is ControlKind.WITHDRAWAL:  # "where rebels fled" is where they went
        return _place_above(scene, clause, frame, told=told)
    return _place_around(scene, clause)


def _place_above(scene: Scene, clause: Clause, frame: Frame, *, told: bool) -> tuple[Token, ...]:
    """The place that somebody is driven out of or leaves, where the clause that this one goes on from tells it, or, of
    what has happened, the sentence before.

    "Held the town before troops pushed them out", "took the town. They withdrew a day later": whoever goes must have
    been there.
    """
    going = _goes(scene, clause, frame)
    if not going:
        return ()
    above = list(islice(_before(clause.predicate), STEPS))
    above += [c for head in heads_of(frame.loser, clause) for c in children(head, "acl:relcl")]  # "rebels who took X"
    sentence = clause.predicate.sent
    opens = told and sentence.start > 0 and sentence.root in {clause.predicate, *above}
    last = scene.doc[sentence.start - 1].sent if opens else sentence
    near = [c for c in scene.clauses if c.predicate in above or (opens and c.predicate.sent == last)]
    for other in sorted(near, key=lambda c: (c.predicate not in above, -c.predicate.i)):
        for each in (frame for frame in matching(other) if not frame.repelled):
            heads = tuple(head for head in heads_of(each.place, other) if scene.place(head) is not None)
            there = scene.actors(heads_of((*each.winner,), other), scene.utterance(other.predicate))
            if heads and going & {actor.party or actor.id for actor in there}:
                return heads
    return ()


def _place_around(scene: Scene, clause: Clause) -> tuple[Token, ...]:
    """The place that a clause behind "where" is about: "X, where a first attack was repelled"."""
    token = clause.predicate
    for _ in range(STEPS):
        if token.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in children(token, "advmod", "mark", "obl")):
            return (token.head,) if scene.place(token.head) is not None else ()
        token = token.head
    return ()


def _goes(scene: Scene, clause: Clause, frame: Frame) -> set[str]:
    """The sides that leave or are driven out without a word of where from or to."""
    driven = "object" in frame.loser and not children(clause.predicate, "xcomp")  # "forced them to leave"
    leaves = frame.kind is ControlKind.WITHDRAWAL and "subject" in frame.loser and not clause.objects
    behind = (heads for marker, heads in clause.obliques.items() if marker not in WHITHER)
    somewhere = any(scene.place(head) is not None for heads in behind for head in heads)
    if somewhere or not (driven or leaves):
        return set()
    losers = scene.actors(heads_of(frame.loser, clause), scene.utterance(clause.predicate))
    return {actor.party or actor.id for actor in losers}


def _chain(token: Token) -> Iterator[Token]:
    """The predicates above, nearest first, as long as each is a clause of the next that says when or to what end."""
    while token.dep_ in {"advcl", "xcomp", "ccomp", "acl", "obj", "iobj"} and token.head != token:
        yield (token := token.head)


def _before(token: Token) -> Iterator[Token]:
    """The predicates that a clause goes on from, nearest first: those above it and those joined before it."""
    while token.dep_ in {"advcl", "conj", "parataxis", "xcomp"} and token.head != token:
        yield (token := token.head)
