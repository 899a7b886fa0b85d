"""Persons, named and unnamed, with the role that the report gives them and whom they speak for."""

import re
from collections.abc import Iterable

from conflict_kg.linking import lexicon, link_place
from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import children, phrase
from conflict_kg.reading.discourse import Discourse, heads_phrase, is_plural, named_actor, phrase_text
from conflict_kg.reading.forces import group
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token

LONGEST_ROLE = 14  # tokens of an apposition that are taken for a role


def fullest_persons(names: Iterable[Name]) -> dict[str, str]:
    """Persons' last and full names in lower case, each with the fullest form that the report has."""
    persons = [
        _bare(name.span.text) for name in names if (name.label == "PER" and name.entry is None) or _names_person(name)
    ]
    full = sorted((p for p in persons if " " in p), key=len)
    return {
        last: p for p in full for last in {p.split()[-1].lower(), _without_article(p.split()[-1]).lower(), p.lower()}
    }


def _without_article(name: str) -> str:
    """The name as it is also written: "al-Kilabi", "Kilabi"."""
    head, dash, tail = name.partition("-")
    return tail if dash and head.lower() in {"al", "el", "ash", "as", "an", "ar", "ad", "az"} else name


def _bare(name: str) -> str:
    """A person's name without titles and with single spaces."""
    words = name.split()
    while len(words) > 1 and words[0].strip(".").lower() in nouns().title:
        words.pop(0)
    return " ".join(words)


def full(name: str, talk: Discourse) -> str:
    """A person's name without titles, a last name in the fullest form that the report has."""
    bare = _bare(name)
    return (
        talk.persons.get(bare.lower(), talk.persons.get(_without_article(bare).lower(), bare))
        if " " not in bare
        else bare
    )


def person(token: Token, name: str, talk: Discourse) -> Actor:
    """A named person, with what an apposition or the words before the name say of them."""
    role = _role_words(token, talk)
    return named_actor(name, talk, person=True, role=role, speaks_for=_spoken_for(token, talk))


def _role_words(token: Token, talk: Discourse) -> str | None:
    heads = [c for c in token.children if c.dep_ in {"appos", "nmod:desc"} and c.i not in talk.names]
    if token.dep_ in {"appos", "flat", "nmod:desc"} and token.head.i not in talk.names:
        heads.append(token.head)
    for head in heads:
        if lemma(head) in nouns().person or lemma(head) in nouns().title:
            first, last = phrase(head)
            if first <= token.i < last:
                last = max(first + 1, token.i)
            elif head.dep_ == "appos":  # with conjuncts: "spokesman and adviser to the governor"
                last = min(head.right_edge.i + 1, first + LONGEST_ROLE)
            return " ".join(token.doc[first:last].text.split()).strip(" ,")
    return None


def _spoken_for(token: Token, talk: Discourse) -> Actor | None:
    """The actor that somebody speaks for: X of an apposition "spokesman for X" or "X's minister"."""
    near = [token, *children(token, "appos", "nmod:desc")]
    if token.dep_ in {"appos", "flat"}:
        near.append(token.head)
    for head in near:
        for child in children(head, "nmod", "nmod:poss", "compound"):
            if child == token:
                continue
            actor = talk.actors.get(child.i) or _name_ahead(child, talk)
            if actor is not None and actor.kind is not ActorKind.PERSON:
                talk.backers[actor.id] = actor
                return actor
    return None


def _name_ahead(token: Token, talk: Discourse) -> Actor | None:
    name = talk.names.get(token.i)
    if name is not None and name.entry is not None:
        return named_actor(name.span.text, talk)
    armed = lemma(token) in nouns().group  # "rebel commander X"
    if armed or (lemma(token) in nouns().state | nouns().body and heads_phrase(token)):
        return group(token, talk)
    return None


def apposed(token: Token, talk: Discourse) -> Actor | None:
    """The person whose name follows a role: "the mayor, X", "Prime Minister X"."""
    if lemma(token) not in nouns().person:
        return None
    _, last = phrase(token)
    called = [c for c in children(token, "acl") if lemma(c) in {"name", "call"} and c.tag_ == "VBN"]
    after = [c.i for verb in called for c in children(verb, "xcomp", "obj", "obl:unmarked")]  # "a man named X"
    after += [last + 1] if last + 1 < len(token.doc) and token.doc[last].text == "," else []
    for i in [*after, *(c.i for c in children(token, "appos", "flat", "compound"))]:
        name = talk.names.get(i)
        if name is None or (name.entry is not None and not _names_person(name)):
            continue
        if (
            name.label == "PER"
            or _names_person(name)
            or (len(name.span) > 1 and not link_place(name.span.text, talk.setting).linked)
        ):
            role = phrase_text(token)
            return named_actor(
                full(name.span.text, talk), talk, person=True, role=role, speaks_for=_spoken_for(token, talk)
            )
    return None


def _names_person(name: Name) -> bool:
    entry = lexicon().entry(name.entry) if name.entry is not None else None
    return entry is not None and entry.kind is ActorKind.PERSON


def _office(actor: Actor) -> list[str]:
    """The words of a role without what is behind a preposition: a "spokesman for the governor" is no governor."""
    return re.split(r" (?:of|for|to|at|in|from|with|by|on) ", (actor.role or "").lower())[0].split()


def unnamed(token: Token, talk: Discourse) -> Actor:
    """Somebody known by role only.

    An apposition is its person ("X, the mayor"); "the spokesman" may be the person named with that role before.
    """
    words = phrase_text(token)
    host = talk.actors.get(token.head.i) if token.dep_ == "appos" else None
    if host is not None and host.kind is ActorKind.PERSON and not is_plural(token):
        return host
    whose = any(c.dep_ == "nmod:poss" for c in token.children)  # "his brother" is not the brother told of before
    if is_definite(token) and not whose and len(words.split()) <= 3:
        for known, actor in reversed(talk.said):
            if token.lower_ in _office(actor) and is_plural(known) == is_plural(token):
                return actor
    return named_actor(words, talk, kind=ActorKind.UNNAMED, role=words, speaks_for=_spoken_for(token, talk))
