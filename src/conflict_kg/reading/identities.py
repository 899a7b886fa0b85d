"""Sources that the opening of a report only describes and that it names further on: "a monitor", "a spokesman"."""

from collections.abc import Mapping

from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.discourse import Discourse
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.verbs import speech

BODIES = {ActorKind.UNNAMED, ActorKind.ORGANIZATION, ActorKind.MONITOR}
WATCH = {"monitor", "track", "document"}  # "a group that tracks the war"
OPENING = 5  # sentences, a headline and a place line among them: news tells first who says so, and then who that is


def named_later(talk: Discourse) -> Mapping[str, Actor]:
    """For each source that the opening describes ("a spokesman said") who it turns out to be, by the source's id.

    There must be just one: the only person with that role, on the same side. "A monitor" and "the watchdog" are the
    only monitor that the report names, wherever they stand.
    """
    found: dict[str, Actor] = {}
    monitors = {known.id: known for _, known in talk.said if known.linked and known.kind is ActorKind.MONITOR}
    for token, actor in talk.said:
        if len(monitors) == 1 and not actor.linked and actor.kind in BODIES and _watches(token) and token.tag_ == "NN":
            found[actor.id] = next(iter(monitors.values()))
        elif actor.kind is ActorKind.UNNAMED and _is_introduced(token) and _opens(token):
            later = [(t, known) for t, known in talk.said if t.i > token.i and _may_be(token, actor, t, known)]
            if len({known.id for _, known in later}) == 1:
                found[actor.id] = later[0][1]
    return found


def _is_introduced(token: Token) -> bool:
    """Whether a single source is brought up: "a war monitor said", "according to a spokesman"."""
    speaks = token.dep_ == "nsubj" and lemma(token.head) in speech()["say"]
    cited = any(c.dep_ == "case" and c.lower_ == "according" for c in token.children)
    article = any(c.dep_ == "det" and c.lower_ in {"a", "an"} for c in token.children)
    return article and token.tag_ == "NN" and (speaks or cited)


def _opens(token: Token) -> bool:
    sentences = token.doc.sents
    return any(sentence.start <= token.i < sentence.end for _, sentence in zip(range(OPENING), sentences, strict=False))


def _may_be(token: Token, source: Actor, later: Token, known: Actor) -> bool:
    """Whether the source may be an actor named later."""
    word = lemma(token)
    if word not in nouns().person or known.kind is not ActorKind.PERSON or known.role is None:
        return False
    role = known.role.lower().split()
    sides = {actor.party for actor in (source, known) if actor.party != actor.id}
    another = any(c.lower_ == "another" for t in (later, later.head) for c in (t, *t.children))
    return word in role and "another" not in role and not another and len(sides) <= 1


def _watches(token: Token) -> bool:
    """Whether the words are those for a body that watches a war: "a monitor", "a monitoring group", "a watchdog"."""
    if token.dep_ == "compound":
        return False
    words = {lemma(token), *(lemma(c) for c in token.children if c.dep_ in {"compound", "amod"})}
    tracks = any(c.dep_ in {"acl", "acl:relcl"} and lemma(c) in WATCH for c in token.children)
    return bool(words & nouns().watching) or (tracks and lemma(token) in nouns().body)
