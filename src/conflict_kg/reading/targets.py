"""Which places a clause tells of, and whether these can change hands by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from conflict_kg.linking import is_unnamed
from conflict_kg.model import ControlKind, Extent, Place, PlaceKind
from conflict_kg.reading.clauses import Clause, children, complements, conjuncts, preposition
from conflict_kg.reading.frames import Frame, predicate_nouns
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import heads_of, home, told_as_first
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues

LISTING = {"of", "including"}  # before the names of what a plural stands for
TIMES = {"DATE", "TIME"}  # labels of what stands where a place may: "an attack on Friday"


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A phrase with the place that it stands for, and whether all of it."""

    head: Token
    place: Place
    extent: Extent


def phrases_of(clause: Clause, frame: Frame) -> tuple[Token, ...]:
    """The heads of the phrases in a frame's place; of an event that a clause is about ("the loss of X, which rebels had
    held") its place.
    """
    heads = tuple(head for head in heads_of(frame.place, clause) if head.ent_type_ not in TIMES)
    heads = tuple(each for head in heads for each in told_as_first(head))
    if frame.kind is ControlKind.SIEGE:  # "the people of X live under siege"
        heads = tuple(where for head in heads for where in (tuple(home(head)) or (head,)))
    above = clause.predicate.head if clause.predicate.dep_ == "acl:relcl" else None
    return tuple(
        place
        for head in heads
        for place in (complements(head, "of") if head == above and lemma(head) in predicate_nouns() else [head])
    )


def targets_at(scene: Scene, head: Token) -> Iterator[Target]:
    """The places one by one of "the towns of X and Y", "parts of X and Y", "several towns, including X and Y"."""
    if head.i in scene.mentions.listed:
        one_by_one = [scene.doc[i] for i in scene.mentions.listed[head.i]]
        yield from (Target(each, *place) for each in one_by_one if (place := scene.place(each)) is not None)
        return
    own = scene.place(head)
    including = any(preposition(c) == "including" for c in children(head, "nmod", "obl"))
    named = list(_listed(scene, head)) if head.tag_ == "NNS" or including else []
    share = own is not None and own[1] is Extent.PARTIAL
    if own is not None and (len(named) < 2 or including):
        yield Target(head, *own)
    yield from _strung(scene, head, own)
    if len(named) > 1 or including:
        yield from (Target(each, place, Extent.PARTIAL if share else extent) for each, (place, extent) in named)


def _strung(scene: Scene, head: Token, own: tuple[Place, Extent] | None) -> Iterator[Target]:
    """The towns that stand beside a town without a comma between, in a text that lost its punctuation."""
    if own is None or own[0].kind is not PlaceKind.SETTLEMENT or head.pos_ != "PROPN":
        return
    for beside in children(head, "flat", "compound"):
        other = scene.place(beside)
        if other is not None and other[0].kind is PlaceKind.SETTLEMENT and other[0].id != own[0].id:
            yield Target(beside, *other)


def _listed(scene: Scene, head: Token) -> Iterator[tuple[Token, tuple[Place, Extent]]]:
    """The places with a name that a plural stands for."""
    behind = [c for c in children(head, "nmod", "obl", "appos") if c.dep_ == "appos" or preposition(c) in LISTING]
    behind += children(head, "nsubj") if preposition(head) == "among" else []  # "X and Y are among the towns taken"
    inner = [c for each in behind for c in complements(each, "of")]  # "including the towns of"
    tokens = {c.i: c for each in (*behind, *inner) for c in conjuncts(each)}
    tokens |= {c.i: c for c in children(head, "conj")} if behind else {}
    found = {token: place for _, token in sorted(tokens.items()) if (place := scene.place(token)) is not None}
    same = {place[0].id: token for token, place in reversed(found.items())}  # "the town of X" and X
    yield from ((token, place) for token, place in found.items() if same[place[0].id] == token)


def can_change_hands(target: Target, frame: Frame) -> bool:
    """Whether a phrase is a place that can change hands; of a country only a part can, but forces leave and are driven
    out of all of it.

    For a weak verb that is no capture the place must be a settlement, an area, or have a name.
    """
    place = target.place
    if _is_far(target.head) or (frame.only and (lemma(target.head) not in frame.only or is_unnamed(place))):
        return False
    if place.kind is PlaceKind.COUNTRY:
        leaving = frame.kind is ControlKind.WITHDRAWAL or "from" in frame.place
        return target.extent is Extent.PARTIAL or (leaving and not frame.weak)
    named = place.kind in {PlaceKind.SETTLEMENT, PlaceKind.AREA} or not is_unnamed(place)
    lost = frame.kind is ControlKind.LOSS and lemma(target.head) in nouns().site | nouns().part  # "lost the bridge"
    return named or lost or not frame.weak or (frame.kind is ControlKind.CAPTURE and not frame.repelled)


def is_in_part(predicate: Token) -> bool:
    """Whether it is so of a part of the place only: "is partly held by", "almost entirely in their hands"."""
    adverbs = children(predicate, "advmod")
    almost = (
        a for a in adverbs if lemma(a) in cues()["wholly"] and any(lemma(c) in cues()["almost"] for c in a.children)
    )
    return any(lemma(adverb) in cues()["in_part"] for adverb in adverbs) or any(almost)


def _is_far(head: Token) -> bool:
    """Whether a distance stands before the phrase, which then only tells where: "60 miles from the capital"."""
    marks = children(head, "case")
    before = head.doc[marks[0].i - 1] if marks and marks[0].i else None
    return before is not None and lemma(before) in nouns().distance
