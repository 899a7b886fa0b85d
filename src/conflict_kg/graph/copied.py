"""Which documents copy others, and whose word the claims in a copy are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from conflict_kg.graph.entities import Known, own_voice
from conflict_kg.graph.names import Names, Triples
from conflict_kg.model import Actor, ActorKind, Claim, Mention, Reading, Statement
from conflict_kg.vocabulary import term


def copy_triples(names: Names, readings: Iterable[Reading], copies: Iterable[tuple[str, str]], known: Known) -> Triples:
    """Each copy with its original, and each claim of a copy that has another origin than its report says.

    What a copy says in its own voice is the word of the original, and so is that of a source without a name that both
    describe alike. Of reports with the very same text the first in ``readings`` is the original.
    """
    printed: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        printed[reading.report.digest].append(reading)
    for copy, original in copies:
        yield names.document(copy), term("copyOf"), names.document(original)
        for reading in printed[copy]:
            yield from _origins(names, reading, printed[original][0], known)
    for first, *others in printed.values():
        for reading in others:
            yield from _origins(names, reading, first, known)


def _origins(names: Names, reading: Reading, original: Reading, known: Known) -> Triples:
    voice = own_voice(names, original.report, known)
    unnamed = _unnamed(original.claims)
    for claim in reading.claims:
        if isinstance(claim, Mention):
            continue
        node = names.statement(claim.key) if isinstance(claim, Statement) else names.claim(claim.key)
        for origin in _origin(names, claim, voice, unnamed):
            yield node, term("origin"), origin


def _origin(names: Names, claim: Claim, voice: ox.NamedNode, unnamed: Mapping[str, str]) -> Sequence[ox.NamedNode]:
    """Whom the claim comes from, where it is not whom the claim names."""
    if not claim.according_to:
        return [voice]
    found = [unnamed[_name(actor)] for actor in claim.according_to if _is_unnamed(actor) and _name(actor) in unnamed]
    return [names.actor(id) for id in found]


def _unnamed(claims: Iterable[Claim]) -> dict[str, str]:
    """The sources without a name, by what they are called."""
    return {_name(actor): actor.id for claim in claims for actor in claim.according_to if _is_unnamed(actor)}


def _is_unnamed(actor: Actor) -> bool:
    return actor.kind is ActorKind.UNNAMED and not actor.linked


def _name(actor: Actor) -> str:
    return actor.name.casefold()
