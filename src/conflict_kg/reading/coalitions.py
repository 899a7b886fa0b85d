"""Forces of several sides under one noun: "Chadian and Nigerien troops", "soldiers from Chad and Niger"."""

from collections.abc import Iterator

from conflict_kg.linking import lexicon
from conflict_kg.model import Actor
from conflict_kg.reading.clauses import children, complements, conjuncts
from conflict_kg.reading.discourse import Discourse, named_actor
from conflict_kg.reading.events import sides_of
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Token


def coalition(token: Token, talk: Discourse) -> dict[int, Actor]:
    """The forces that a plural stands for, by the words that say whose each are; nothing where all are of one side."""
    if not acts(token) or token.tag_ != "NNS":
        return {}
    found = {word.i: named_actor(words, talk) for word, words in (*_before(token, talk), *_behind(token))}
    known = {i: actor for i, actor in found.items() if actor.linked}
    return known if len(sides_of(known.values())) > 1 else {}


def _before(token: Token, talk: Discourse) -> Iterator[tuple[Token, str]]:
    """The forces by words that "and" joins before them: "Somali and African Union troops", also "French, Malian"."""
    firsts = [each for each in children(token, "amod", "compound") if each.i < token.i]
    own = [each for first in firsts for each in (first, *children(first, "conj")) if each.i < token.i]
    apart = any(each.doc[each.i - 1].pos_ in {"CCONJ", "PUNCT"} for each in own[1:])
    for word in own if apart else ():
        name = talk.names.get(word.i)
        if name is not None and name.root == token:  # the lexicon has "Malian troops"
            yield word, name.span.text
        elif name is not None or lexicon().country(word.text) or lexicon().bare(word.text):
            yield word, f"{word.text if name is None else name.span.text} {token.text}"


def _behind(token: Token) -> Iterator[tuple[Token, str]]:
    """The forces by the countries that they are from."""
    if lemma(token) in nouns().regular:
        for country in (each for head in complements(token, "from") for each in conjuncts(head)):
            if lexicon().named_country(country.text):
                yield country, f"{country.text}'s {token.lower_}"
