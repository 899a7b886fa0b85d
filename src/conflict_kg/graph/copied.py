"""Which documents copy others, and whose word the claims in a copy are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.graph.entities import Publishers, own_voice
from conflict_kg.graph.names import Names, Triples
from conflict_kg.model import Actor, ActorKind, Claim, Mention, Reading, Statement
from conflict_kg.vocabulary import term


@dataclass(frozen=True, slots=True)
class Original:
    """What copies of a report have their words from."""

    voice: ox.NamedNode
    """Its own: its publisher, or the actor that stands for it."""
    unnamed: Mapping[str, str]
    """The ids of its sources without a name, by what they are called, in lower case."""


def original(names: Names, reading: Reading, known: Publishers) -> Original:
    """What the copies of a report, or others that printed its very text, have their words from."""
    return Original(own_voice(names, reading.report, known), _unnamed(reading.claims))


def copy_triples(
    names: Names,
    digest: str,
    printed: Sequence[Reading],
    originals: Mapping[str, Original],
    copies: Mapping[str, str],
) -> Triples:
    """A copy with its original, and each claim of it that has another origin than its report says.

    What a copy says in its own voice is the word of the original, and so is that of a source without a name that both
    describe alike. Of ``printed``, all reports with the text of that digest, the first is the original of the others.
    """
    if digest in copies:
        yield names.document(digest), term("copyOf"), names.document(copies[digest])
    source = originals[copies.get(digest, digest)]
    for reading in printed if digest in copies else printed[1:]:
        for claim in reading.claims:
            if not isinstance(claim, Mention):
                node = names.statement(claim.key) if isinstance(claim, Statement) else names.claim(claim.key)
                for origin in _origins(names, claim, source):
                    yield node, term("origin"), origin


def _origins(names: Names, claim: Claim, source: Original) -> Sequence[ox.NamedNode]:
    """Whom the claim comes from, where it is not whom the claim names."""
    if not claim.according_to:
        return [source.voice]
    ids = (source.unnamed.get(_name(actor)) for actor in claim.according_to if _is_unnamed(actor))
    return [names.actor(id) for id in ids if id is not None]


def _unnamed(claims: Iterable[Claim]) -> dict[str, str]:
    """The sources without a name, by what they are called."""
    return {_name(actor): actor.id for claim in claims for actor in claim.according_to if _is_unnamed(actor)}


def _is_unnamed(actor: Actor) -> bool:
    return actor.kind is ActorKind.UNNAMED and not actor.linked


def _name(actor: Actor) -> str:
    return actor.name.casefold()
