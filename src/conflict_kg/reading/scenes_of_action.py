"""Where an incident was: the place in the roles that its frame names, behind a preposition, or near in the sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from conflict_kg.model import IncidentKind, Place, PlaceKind
from conflict_kg.reading.casualties import part_before
from conflict_kg.reading.clauses import Clause, antecedent, children, preposition
from conflict_kg.reading.incident_frames import IncidentFrame, modifiers, word_list
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.roles import heads_of
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.verbs import speech

LOCATIVE = {"in", "at", "inside", "near", "outside", "around", "on", "across", "throughout", "within"}
SOMEWHERE = {"somewhere", "where"}


@dataclass(frozen=True, slots=True)
class Where:
    """A place, and whether it was near it rather than in it."""

    place: Place
    near: bool


def where(scene: Scene, clause: Clause, frame: IncidentFrame, above: Clause | None) -> Where | None:
    """The place of an incident.

    Its own words tell it first, then those of ``above``, the verb that an event noun hangs on; else it is the only
    place named in the sentence. Of several the narrowest: a town before its province, a name before "a checkpoint".
    """
    own = [*_of_roles(scene, clause, frame), *_behind(scene, clause)]
    found = own or ([*_behind(scene, above)] if above is not None else []) or list(_described(scene, clause.predicate))
    if found:
        return min(found, key=lambda one: _breadth(one.place))
    if frame.kind in {IncidentKind.DEPLOYMENT, IncidentKind.WITHDRAWAL}:
        return None  # where else forces are is not where they go
    return _only_one(scene, clause.predicate)


def _breadth(place: Place) -> int:
    """How widely a place is told: 0 a settlement, part or site with a name, 1 one without, 2 an area, 3 a country."""
    named = place.linked or place.name != place.name.lower()
    wide = {PlaceKind.AREA: 2, PlaceKind.COUNTRY: 3}.get(place.kind, 0)
    return wide if named else max(wide, 1)


def _of_roles(scene: Scene, clause: Clause, frame: IncidentFrame) -> Iterator[Where]:
    roles = (*frame.place, "compound") if clause.nominal else frame.place
    for role in roles:
        heads = modifiers(clause.predicate) if role == "compound" else heads_of([role], clause)
        for head in heads:
            if (place := _place(scene, head)) is not None and not (role == "compound" and _is_wide(place)):
                yield Where(place, role in word_list("where", "near"))


def _is_wide(place: Place) -> bool:
    """Whether a name before a noun may tell who rather than where: "the Syria strikes"."""
    return place.kind is PlaceKind.COUNTRY


def _behind(scene: Scene, clause: Clause) -> Iterator[Where]:
    """The places behind prepositions: "in X", "near X", "north of X"."""
    for role, heads in clause.obliques.items():
        near = role in word_list("where", "near") or role.split(" ")[0] in nouns().direction
        if near or role in word_list("where", "at"):
            for head in heads:
                if (place := _place(scene, head)) is not None and not _is_said_there(clause.predicate, head):
                    yield Where(place, near or _is_around(head, place))


def _place(scene: Scene, head: Token) -> Place | None:
    referent = scene.place(head)
    if referent is not None:
        around = _around(scene, head) if _breadth(referent[0]) == 1 else None
        return around or _part(scene, head, referent[0]) or referent[0]
    beside = [c for c in children(head, "nmod") if lemma(head) in nouns().direction | nouns().distance | nouns().area]
    return next((p[0] for c in beside if (p := scene.place(c)) is not None), None)


def _around(scene: Scene, head: Token) -> Place | None:
    """The place with a name that a thing without one is in: "at a checkpoint in X"."""
    inside = [c for c in children(head, "nmod") if preposition(c) in LOCATIVE and c.i in scene.mentions.places]
    return next((p for c in inside if _breadth(p := scene.mentions.places[c.i][0]) == 0), None)


def _part(scene: Scene, head: Token, whole: Place) -> Place | None:
    """The part of a settlement that its name says the whereabouts of: "the Malaab district in southern Ramadi"."""
    part = part_before(scene, head, whole) if whole.kind is PlaceKind.SETTLEMENT else None
    named = part is not None and (part.linked or part.name != part.name.lower())
    return part if named else None


def _is_around(head: Token, place: Place) -> bool:
    """Whether a phrase tells a direction or distance from the place, or a town's surroundings: "in the X area"."""
    area = lemma(head) == "area" and place.kind is PlaceKind.SETTLEMENT
    return area or lemma(head) in nouns().direction | nouns().distance


def _is_said_there(predicate: Token, head: Token) -> bool:
    """Whether a phrase tells where somebody spoke."""
    return lemma(predicate) in speech()["say"] and head.head == predicate


def _described(scene: Scene, verb: Token) -> Iterator[Where]:
    """The place that a relative clause describes: "X, where troops clashed", "X is somewhere they have to fight"."""
    token = verb
    while token.dep_ in {"xcomp", "conj"} and token.head != token:
        token = token.head
    if token.dep_ != "acl:relcl":
        return
    head = next(map(antecedent, _subjects_of(token.head)), token.head) if token.head.lower_ in SOMEWHERE else token.head
    between = {t.lower_ for t in scene.doc[head.i + 1 : token.i]}
    if between & SOMEWHERE and (place := _place(scene, head)) is not None:
        yield Where(place, False)


def _subjects_of(noun: Token) -> tuple[Token, ...]:
    """Of whom a predicate noun is said: "X is somewhere …", "X, which is far but still somewhere …"."""
    of = noun.head if noun.dep_ == "conj" else noun
    return tuple(children(noun, "nsubj") or children(of, "nsubj"))


def _only_one(scene: Scene, predicate: Token) -> Where | None:
    """The one named settlement, part or site of the sentence, if what is said names no other."""
    utterance = scene.utterance(predicate)
    sentence = predicate.sent
    inside = [i for i in range(sentence.start, sentence.end) if i in scene.mentions.places]
    said = [scene.doc[i] for i in inside if utterance is None or utterance.covers(scene.doc[i])]
    named = [t for t in said if _breadth(scene.mentions.places[t.i][0]) == 0 and not _is_elsewhere(t, predicate)]
    if len({scene.mentions.places[t.i][0].id for t in named}) != 1:
        return None
    head, place = named[0], _place(scene, named[0])
    near = preposition(head) in word_list("where", "near")
    return Where(place, near or _is_around(head, place)) if place is not None else None


def _is_elsewhere(head: Token, predicate: Token) -> bool:
    """Whether a place does not stand where something was done, or tells where somebody spoke or another thing was."""
    if preposition(head).split(" ")[-1] not in LOCATIVE or lemma(head.head) in speech()["say"]:
        return True
    above = {predicate.i, *(t.i for t in predicate.ancestors)}
    path = takewhile(lambda token: token.i not in above, [head, *head.ancestors])
    return any(token.dep_ in {"acl", "acl:relcl"} for token in path)
