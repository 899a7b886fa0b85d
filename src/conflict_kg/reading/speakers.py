"""Who speaks: the actors behind the subject of a verb of saying."""

from collections.abc import Iterable

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import Clause, children, grammatical_subjects, phrase
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.relays import CARRIERS, quoted
from conflict_kg.reading.verbs import speech

NEAR = 100  # tokens; no noun phrase is longer


def speakers(clause: Clause, mentions: Mentions, document: str) -> tuple[Actor, ...]:
    """Who says what a verb of saying hands over."""
    verb = clause.predicate
    heads = clause.objects if clause.passive and clause.lemma == "quote" else clause.subjects
    above = _speaking_above(verb)
    if (words_of := quoted(verb)) is not None:
        heads = words_of[0]
    elif above is not None and (lemma(verb) == "add" or not any(head.i in mentions.actors for head in heads)):
        heads = grammatical_subjects(above)
    elif person := _beside(verb, mentions):
        heads = person
    return sources(heads or _behind(verb) or _before(verb, mentions), mentions, document)


def _beside(verb: Token, mentions: Mentions) -> tuple[Token, ...]:
    """The person right beside a finite verb of saying, where the parse gave it another subject or none of its own.

    "… from outside Sheikh X the group's spokesman told Reuters", "… and the airport said Colonel X".
    """
    heard = lemma(verb) in speech()["heard"]
    own = [c for c in children(verb, "nsubj") if c.i < verb.i or not heard]
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or any(c.i < verb.i and c.i in mentions.actors for c in own):
        return ()
    if own or verb.dep_ not in {"parataxis", "conj"}:
        return tuple(c for c in own if c.i > verb.i and _is_person(c, mentions))
    return tuple(t for t in _before(verb, mentions) if mentions.spans[t.i][1] == verb.i and _is_person(t, mentions))


def _is_person(head: Token, mentions: Mentions) -> bool:
    return head.i in mentions.actors and mentions.actors[head.i].kind is ActorKind.PERSON


def _behind(verb: Token) -> tuple[Token, ...]:
    """The speaker of "…," says X, whom the parse took for the object."""
    said = any(c.i < verb.i for c in children(verb, "ccomp", "parataxis"))
    if not said or lemma(verb) in speech()["heard"]:
        return ()
    return tuple(c for c in children(verb, "iobj", "obj") if c.left_edge.i == verb.i + 1)


def _before(verb: Token, mentions: Mentions) -> tuple[Token, ...]:
    """The speaker of "the mayor, X, told reporters" where the parse hung "the mayor, X," elsewhere."""
    near = range(verb.i - 1, max(0, verb.i - NEAR) - 1, -1)
    ending = (i for i in near if i in mentions.actors and mentions.spans[i][1] in {verb.i, verb.i - 1})
    return tuple(verb.doc[i] for i in ending)[:1]


def _speaking_above(verb: Token) -> Token | None:
    """The verb of saying that "…, adding that" goes on with, where the parse hung it on what was said."""
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl", "conj"} or children(verb, "nsubj"):
        return None
    below: Token = verb
    while below.head != below and below.head.sent == verb.sent:
        above = below.head
        if below.dep_ == "ccomp" and lemma(above) in speech()["say"] and children(above, "nsubj"):
            return above
        beside = (c for c in children(above, "parataxis") if lemma(c) in speech()["say"] and children(c, "nsubj"))
        if (inserted := next((c for c in beside if c.i < verb.i), None)) is not None:
            return inserted
        below = above
    return None


def sources(heads: Iterable[Token], mentions: Mentions, document: str) -> tuple[Actor, ...]:
    """The actors that noun phrases name as sources, each once."""
    found = [actor for head in heads if (actor := _speaker(head, mentions, document)) is not None]
    if found and found[0].kind is ActorKind.PERSON:  # "X, spokesman and adviser": one person
        found = [actor for actor in found if actor.kind is not ActorKind.UNNAMED]
    return tuple({actor.id: actor for actor in found}.values())


def _speaker(head: Token, mentions: Mentions, document: str) -> Actor | None:
    """Who a subject is: its referent; behind a message whoever issued it; else a source known by these words."""
    if lemma(head) in nouns().message:
        issuers = [c for c in children(head, "nmod", "nmod:poss", "compound") if c.i in mentions.actors]
        if head.dep_ == "obj":  # "released a statement claiming …"
            issuers += [t for t in grammatical_subjects(head.head) if t.i in mentions.actors]
        if issuers:
            return mentions.actors[issuers[0].i]
        return _issuer_before(head, mentions) if is_definite(head) else None
    if head.i in mentions.actors:
        return mentions.actors[head.i]
    if head.pos_ not in {"NOUN", "PROPN"} or head.i in mentions.places:
        return _place_speaker(head, mentions, document)
    if named := [c for c in children(head, "appos", "flat") if c.left_edge.i == head.i + 1 and c.i in mentions.actors]:
        return mentions.actors[named[0].i]  # "the monitoring project X"
    first, last = phrase(head)
    words = " ".join(head.doc[first:last].text.split())
    return link_actor(words, mentions.setting, document=document, kind=ActorKind.UNNAMED, role=words)


def _issuer_before(head: Token, mentions: Mentions) -> Actor | None:
    """Whose message "the statement" is: who issued the last one spoken of, else who was named last."""
    for token in reversed(head.doc[: head.i]):
        if lemma(token) in nouns().message:
            issuers = [c.i for c in children(token, "nmod", "nmod:poss", "compound") if c.i in mentions.actors]
            if issuers:
                return mentions.actors[issuers[0]]
    own = lemma(head) in speech()["published"]  # an outlet's "report" is its own, a "statement" that it carries is not
    before = [i for i, a in mentions.actors.items() if i < head.i and (own or a.kind not in CARRIERS)]
    return mentions.actors[max(before)] if before else None


def _place_speaker(head: Token, mentions: Mentions, document: str) -> Actor | None:
    """A capital or country that speaks is its government ("Baghdad said")."""
    if head.i not in mentions.places:
        return None
    actor = link_actor(mentions.places[head.i][0].name, mentions.setting, document=document)
    return actor if actor.linked else None
