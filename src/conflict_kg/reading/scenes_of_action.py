"""Where an incident was: the place in the roles that its frame names, behind a preposition, or near in the sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from conflict_kg.linking import is_unnamed
from conflict_kg.model import IncidentKind, Place, PlaceKind
from conflict_kg.reading.clauses import Clause, antecedent, children, preposition
from conflict_kg.reading.incident_frames import IncidentFrame, modifiers, word_list
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.verbs import speech
from conflict_kg.reading.whereabouts import part_before

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
    found = [*_of_roles(scene, clause, frame), *_behind(scene, clause, clause.objects)]
    found = found or [*_below(scene, clause.predicate)]
    found = found or [*_supported(scene, clause.predicate, above)]
    found = found or [*_described(scene, clause.predicate)]
    if found:
        return min(found, key=lambda one: (_breadth(one.place), one.near))
    # Where else forces are is not where they go.
    moving = frame.kind in {IncidentKind.DEPLOYMENT, IncidentKind.WITHDRAWAL}
    return None if moving else _only_one(scene, clause.predicate)


def _breadth(place: Place) -> int:
    """How widely a place is told: 0 a settlement, part or site with a name, 1 one without, 2 an area, 3 a country."""
    named = not is_unnamed(place)
    wide = {PlaceKind.AREA: 2, PlaceKind.COUNTRY: 3}.get(place.kind, 0)
    return wide if named else max(wide, 1)


def _of_roles(scene: Scene, clause: Clause, frame: IncidentFrame) -> Iterator[Where]:
    for role in frame.place:
        for head in heads_of([role], clause):
            yield from _at(scene, head)
    for head in modifiers(clause.predicate) if clause.nominal else ():
        # A country before a noun may tell who rather than where: "the Syria strikes".
        yield from (one for one in _at(scene, head) if one.place.kind is not PlaceKind.COUNTRY)


def _behind(scene: Scene, clause: Clause, others: Iterable[Token]) -> Iterator[Where]:
    """The places behind prepositions that hang on a verb or event noun, or on one of ``others`` beside it."""
    hosts = {clause.predicate, *others}
    for role, heads in clause.obliques.items():
        beside = role.split(" ")[0] in nouns().direction  # "north of X"
        if beside or role in word_list("where", "at") | word_list("where", "near"):
            for head in heads:
                if beside or _host(head) in hosts:
                    yield from (Where(one.place, one.near or beside) for one in _at(scene, head))


def _supported(scene: Scene, noun: Token, above: Clause | None) -> Iterator[Where]:
    """The places that the verb above an event noun tells: "died in clashes in X", "a strike hit a convoy in X"."""
    if above is not None:
        hit = above.objects if noun in above.subjects and above.lemma in word_list("support", "fight") else ()
        yield from _behind(scene, above, (noun, *hit))


def _host(head: Token) -> Token:
    """The word that a phrase, or the first of the phrases joined with it, hangs on."""
    while head.dep_ == "conj" and head.head != head:
        head = head.head
    return head.head


def _below(scene: Scene, noun: Token) -> Iterator[Where]:
    """The places that a clause behind an event noun tells: "fighting which broke out in X", "strikes reported in X"."""
    for verb in children(noun, "acl", "acl:relcl") if noun.pos_ in {"NOUN", "PROPN"} else ():
        for head in children(verb, "obl"):
            if preposition(head).split(" ")[-1] in LOCATIVE:
                yield from _at(scene, head)


def _at(scene: Scene, head: Token) -> Iterator[Where]:
    """The place that a phrase means, or that a thing in it is in: "at a checkpoint in X", "a convoy near X"."""
    referent = scene.place(head)
    place = referent[0] if referent is not None else None
    if place is None or _breadth(place) == 1:
        telling = place is None and lemma(head) in nouns().direction | nouns().distance | nouns().area
        inside = [c for c in children(head, "nmod") if telling or preposition(c) in LOCATIVE]
        named = [one for c in inside for one in _at(scene, c) if place is None or _breadth(one.place) == 0]
        if named:
            beside = lemma(head) in nouns().direction | nouns().distance  # "to the north of X"
            yield Where(named[0].place, named[0].near or beside)
            return
    if place is not None:
        area = lemma(head) == "area" and place.kind is PlaceKind.SETTLEMENT  # a town's surroundings
        near = area or preposition(head) in word_list("where", "near")
        yield Where(_part(scene, head, place) or place, near)


def _part(scene: Scene, head: Token, whole: Place) -> Place | None:
    """The part of a settlement that its name says the whereabouts of: "the Malaab district in southern Ramadi"."""
    part = part_before(scene, head, whole) if whole.kind is PlaceKind.SETTLEMENT else None
    return part if part is not None and _breadth(part) == 0 else None


def _described(scene: Scene, verb: Token) -> Iterator[Where]:
    """The place that a relative clause describes: "X, where troops clashed", "X is somewhere they have to fight"."""
    token = verb
    while token.dep_ in {"xcomp", "conj"} and token.head != token:
        yield from _said_of(scene, token)
        token = token.head
    if token.dep_ != "acl:relcl":
        return
    head = next(map(antecedent, _subjects_of(token.head)), token.head) if token.head.lower_ in SOMEWHERE else token.head
    between = {t.lower_ for t in scene.doc[head.i + 1 : token.i]}
    if between & SOMEWHERE:
        yield from _at(scene, head)


def _said_of(scene: Scene, verb: Token) -> Iterator[Where]:
    """What a "somewhere" right before a clause is said of: "it has X, which is far but still somewhere they fight"."""
    for subject in children(verb, "nsubj"):
        before = scene.doc[subject.left_edge.i - 1] if subject.left_edge.i else subject
        above = (t for t in (before, *before.ancestors) if t.dep_ == "acl:relcl")
        if before.lower_ in SOMEWHERE and (clause := next(above, None)) is not None:
            yield from _at(scene, clause.head)


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
    named = [t for t in said if _breadth(scene.mentions.places[t.i][0]) == 0 and not _is_elsewhere(scene, t, predicate)]
    if len({scene.mentions.places[t.i][0].id for t in named}) != 1:
        return None
    return next(_at(scene, named[0]), None)


def _is_elsewhere(scene: Scene, head: Token, predicate: Token) -> bool:
    """Whether a place does not stand where something was done, or tells where somebody spoke or another thing was."""
    if preposition(head).split(" ")[-1] not in LOCATIVE or lemma(head.head) in speech()["say"]:
        return True
    if head.head.i in scene.mentions.actors and predicate not in head.ancestors:
        return True  # "the government in X", but not the sides of the event: "clashes of rebels and the army in X"
    above = {predicate.i, *(t.i for t in predicate.ancestors)}
    path = takewhile(lambda token: token.i not in above, [head, *head.ancestors])
    return any(token.dep_ in {"acl", "acl:relcl"} and not _describes(token, above) for token in path)


def _describes(clause: Token, above: set[int]) -> bool:
    """Whether a participle tells of somebody to whom it was done, or who did it: "hit officers guarding X"."""
    sides = {"obj", "nsubj", "nsubj:pass"}
    return clause.dep_ == "acl" and clause.head.dep_ in sides and clause.head.head.i in above
