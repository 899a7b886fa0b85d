"""What other clauses tell of a change: who left as others came, whose the stronghold was, who besieges, and where."""

from collections.abc import Iterator
from itertools import islice

from conflict_kg.model import Actor, ControlKind, PlaceKind, Status
from conflict_kg.reading.attacks import standing_of
from conflict_kg.reading.clauses import Clause, children, complements, is_verb
from conflict_kg.reading.frames import Frame, matching
from conflict_kg.reading.losers import TAKEN
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of, parties
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.speech import SIDES
from conflict_kg.reading.verbs import speech

WHITHER = {"to", "towards", "toward", "for", "into"}  # where they go tells nothing of what they leave
OUT = ("out of",)
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
            if frame.kind is ControlKind.WITHDRAWAL and frame.place != OUT and not placed:
                return parties(scene, scene.actors(heads_of(frame.loser, other), scene.utterance(other.predicate)))
    return ()


def besieging(scene: Scene, clause: Clause) -> tuple[Actor, ...]:
    """Who besieges a place that is only told to be under siege: "imposed by X", "since May, when X cut the road"."""
    imposed = [c for noun in (clause.predicate, *children(clause.predicate, "obl")) for c in children(noun, "acl")]
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


def place_beyond(scene: Scene, clause: Clause, frame: Frame, base: Status) -> tuple[Token, ...]:
    """The place of a change whose own words tell none: where those are who go, or what "where" stands for.

    ``base``: how the change stands.
    """
    going = "object" in frame.loser and frame.kind is not ControlKind.SIEGE
    if going or frame.kind is ControlKind.WITHDRAWAL:  # "where rebels fled" is where they went
        return _place_above(scene, clause, frame, base)
    return _place_around(scene, clause)


def nearest(scene: Scene, clause: Clause, head: Token) -> Token:
    """The place right before "which", where the parse has a relative clause describe something else: "left their homes
    in X, which fell to rebels".
    """
    verb = clause.predicate
    if scene.place(head) is not None or verb.dep_ != "acl:relcl" or verb.head != head:
        return head
    pronoun = next((c for _, c in verb.links if c.lower_ in {"which", "that"} and c.i > head.i), None)
    return _before_pronoun(scene, head, pronoun) if pronoun is not None else head


def _before_pronoun(scene: Scene, head: Token, pronoun: Token) -> Token:
    """The place that ends right before a relative pronoun, where the noun that its clause hangs on is none."""
    if scene.place(head) is not None:
        return head
    before = head.doc[pronoun.i - (2 if head.doc[pronoun.i - 1].text == "," else 1)]
    words = (word for word in (before, before.head) if head.i < word.i and word.right_edge.i < pronoun.i)
    return next((word for word in words if scene.place(word) is not None), head)


def _place_above(scene: Scene, clause: Clause, frame: Frame, base: Status) -> tuple[Token, ...]:
    """The place that somebody is driven out of or leaves, where the clause that this one goes on from tells it, or, of
    what has happened or was tried, the sentence before.

    "Held the town before troops pushed them out", "took the town. They withdrew a day later": whoever goes must have
    been there.
    """
    going = _goes(scene, clause, frame)
    if going is None:
        return ()
    driving = _ids(scene, clause, frame.winner)
    above = list(islice(_before(clause.predicate), STEPS)) if not clause.nominal else _hosting(clause.predicate)
    above += [c for head in heads_of(frame.loser, clause) for c in children(head, "acl:relcl")]  # "rebels who took X"
    sentence = clause.predicate.sent
    top = [t for t in (clause.predicate, *above) if t == sentence.root or _is_said(t, sentence.root)]
    tried = "object" in frame.loser and (base is Status.FAILED or (base is Status.PLANNED and _is_them(clause, frame)))
    opens = (base is Status.ASSERTED or tried) and sentence.start > 0 and bool(top)
    last = scene.doc[sentence.start - 1].sent if opens else sentence
    near = [c for c in scene.clauses if c.predicate in above or (opens and c.predicate.sent == last)]
    near = [c for c in near if standing_of(scene, c.predicate) is Status.ASSERTED]  # who tried to take it was not there
    makes_way = _makes_way(scene, clause, frame)
    below = [
        c for c in scene.clauses if makes_way and c.predicate.head == clause.predicate and _goes_along(c.predicate)
    ]
    for other in [*sorted(near, key=lambda c: (c.predicate not in above, -c.predicate.i)), *below]:
        for each in (frame for frame in matching(other) if not frame.repelled):
            heads = tuple(head for head in heads_of(each.place, other) if scene.place(head) is not None)
            there = _ids(scene, other, each.winner)
            if heads and other not in below and (going & there if going else there and driving and not there & driving):
                return heads
            if heads and going and makes_way and _takes_over(scene, other, each, heads[0], going):
                return heads[:1]
    return ()


def _takes_over(scene: Scene, clause: Clause, frame: Frame, place: Token, going: set[str]) -> bool:
    """Whether somebody else takes a town, from those who go or from nobody named."""
    winners, losers, town = _ids(scene, clause, frame.winner), _ids(scene, clause, frame.loser), scene.place(place)
    other = bool(winners) and not winners & going and (not losers or bool(losers & going))
    return frame.kind in TAKEN and other and town is not None and town[0].kind in {PlaceKind.SETTLEMENT, PlaceKind.AREA}


def _makes_way(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether a force goes as another comes: "seized the town within hours of the departure of the soldiers"."""
    if frame.kind is not ControlKind.WITHDRAWAL or clause.predicate.dep_ == "amod":
        return False
    who = scene.actors(heads_of(frame.loser, clause), scene.utterance(clause.predicate))
    return all(actor.kind in SIDES for actor in who)


def _goes_along(verb: Token) -> bool:
    """Whether a clause tells what happens beside that of its head: "withdrew as rebels took the town"."""
    return verb.dep_ in {"advcl", "conj"}


def _hosting(noun: Token) -> list[Token]:
    """The verb of the clause that an event's noun stands in."""
    while noun.dep_ in {"obl", "nmod", "obj"} and noun.head != noun:
        noun = noun.head
        if is_verb(noun):
            return [noun]
    return []


def _ids(scene: Scene, clause: Clause, roles: tuple[str, ...]) -> set[str]:
    found = scene.actors(heads_of(roles, clause), scene.utterance(clause.predicate))
    return {actor.party or actor.id for actor in found}


def _is_said(clause: Token, cue: Token) -> bool:
    """Whether a clause is what the sentence's verb of saying tells: "they were driven out, residents said"."""
    return clause.dep_ == "ccomp" and clause.head == cue and lemma(cue) in speech()["say"]


def _place_around(scene: Scene, clause: Clause) -> tuple[Token, ...]:
    """The place that a clause behind "where" is about: "X, where a first attack was repelled"."""
    token = clause.predicate
    for _ in range(STEPS):
        where = next((c for c in children(token, "advmod", "mark", "obl") if c.lower_ == "where"), None)
        if token.dep_ == "acl:relcl" and where is not None:
            place = _before_pronoun(scene, token.head, where)
            return (place,) if scene.place(place) is not None else ()
        token = token.head
    return ()


def _goes(scene: Scene, clause: Clause, frame: Frame) -> set[str] | None:
    """The sides that leave or are driven out without a word of where from or to; empty where it is "them" alone."""
    driven = "object" in frame.loser and not children(clause.predicate, "xcomp")  # "forced them to leave"
    leaves = frame.kind is ControlKind.WITHDRAWAL and "subject" in frame.loser and not clause.objects
    leaves = leaves and frame.place != OUT  # who only moves does not leave
    behind = (heads for marker, heads in clause.obliques.items() if marker not in WHITHER)
    somewhere = any(scene.place(head) is not None for heads in behind for head in heads)
    if somewhere or not (driven or leaves):
        return None
    return _ids(scene, clause, frame.loser) or (set() if driven and _is_them(clause, frame) else None)


def _is_them(clause: Clause, frame: Frame) -> bool:
    """Whether who goes was named before and is "they" here."""
    return any(head.lower_ in nouns().they for head in heads_of(frame.loser, clause))


def _chain(token: Token) -> Iterator[Token]:
    """The predicates above, nearest first, as long as each is a clause of the next that says when or to what end."""
    while token.dep_ in {"advcl", "xcomp", "ccomp", "acl", "obj", "iobj"} and token.head != token:
        yield (token := token.head)


def _before(token: Token) -> Iterator[Token]:
    """The predicates that a clause goes on from, nearest first: those above it and those joined before it."""
    while token.dep_ in {"advcl", "conj", "parataxis", "xcomp"} and token.head != token:
        yield (token := token.head)
