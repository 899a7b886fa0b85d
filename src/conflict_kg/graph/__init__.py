"""Readings and the account, as RDF quads; no other module writes triples about reports.

Every node has an IRI made from content, so the same input gives the same quads in any order of loading.
Each triple stands in exactly one graph: what one report says in the graph of its document, actors and places
that reports share in ``graph/reference``, what follows from the claims in ``graph/account``, the ontology in
``graph/ontology``. Whatever a report wrote becomes a literal, never a part of an IRI.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from conflict_kg.graph.claims import claim_triples
from conflict_kg.graph.copied import Original, copy_triples, original
from conflict_kg.graph.derived import account_triples
from conflict_kg.graph.entities import (
    Publishers,
    actor_triples,
    described,
    document_triples,
    home,
    own_voice,
    place_triples,
    publisher_actors,
    publishers,
    voice_actor,
)
from conflict_kg.graph.names import ACCOUNT, BASE, INFERRED, ONTOLOGY, REFERENCE, Names, Triples, checked_base
from conflict_kg.model import Account, Actor, Place, Reading
from conflict_kg.vocabulary import TYPE, ontology

__all__ = [
    "ACCOUNT",
    "BASE",
    "INFERRED",
    "ONTOLOGY",
    "REFERENCE",
    "Names",
    "Original",
    "Publishers",
    "account_quads",
    "checked_base",
    "copied_quads",
    "described",
    "document_quads",
    "entity_quads",
    "home",
    "ontology_quads",
    "ordered",
    "original",
    "publisher_actors",
    "publishers",
    "quads",
    "triple_key",
]


def quads(readings: Iterable[Reading], account: Account, *, base: str = BASE) -> list[ox.Quad]:
    """All quads of a build but the inferred ones, unique and ``ordered``.

    Raises ``InputError`` where ``base`` is not an IRI that ends in ``/`` or ``#``.
    """
    names = Names(checked_base(base))
    by_day = sorted(readings, key=lambda reading: (reading.report.published or date.max, reading.report.id))
    actors: defaultdict[str, list[Actor]] = defaultdict(list)
    places: defaultdict[str, list[Place]] = defaultdict(list)
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for reading in by_day:
        for entity in described(reading):
            if isinstance(entity, Actor):
                actors[entity.id].append(entity)
                documents[entity.id].add(reading.report.digest[:16])
            else:
                places[entity.id].append(entity)
    printed = [reading.report.publisher for reading in by_day if reading.report.publisher]
    wanted = {name.casefold() for name in printed}
    known: dict[str, str] = {}
    for id in sorted(actors, reverse=True):  # of two with one name the first id wins
        if home(actors[id], documents[id]) is None:
            known |= publishers(actors[id], wanted)
    homes: defaultdict[str, list[list[Actor]]] = defaultdict(list)
    reference: list[ox.Quad] = []
    for id, told in actors.items():
        if (document := home(told, documents[id])) is not None:
            homes[document].append(told)
        else:
            reference += entity_quads(names, told)
    for told in publisher_actors(printed, known):
        reference += entity_quads(names, told)
    for found in places.values():
        reference += entity_quads(names, found)
    texts: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in by_day:
        texts[reading.report.digest].append(reading)
    copies = dict(account.copies)
    originals = {digest: original(names, told[0], known) for digest, told in texts.items()}
    return ordered(
        [
            *ontology_quads(names),
            *reference,
            *(
                quad
                for digest, told in texts.items()
                for quad in document_quads(names, told, known, homes[digest[:16]])
            ),
            *account_quads(names, account),
            *(
                quad
                for digest in sorted({*copies, *(digest for digest, told in texts.items() if len(told) > 1)})
                for quad in copied_quads(names, digest, texts[digest], originals, copies)
            ),
        ]
    )


def ontology_quads(names: Names) -> list[ox.Quad]:
    """The graph of the ontology, sorted."""
    return _graph(names, ONTOLOGY, ontology())


def entity_quads(names: Names, told: list[Actor] | list[Place]) -> list[ox.Quad]:
    """One actor or place that documents share, as all reports that name it describe it; sorted."""
    return _graph(names, REFERENCE, _entity_triples(names, told))


def document_quads(
    names: Names, same_text: Sequence[Reading], known: Publishers, homed: Iterable[list[Actor]]
) -> list[ox.Quad]:
    """The graph of one document, sorted: of all reports with its text, by day, whoever printed it.

    ``homed`` are the unnamed actors that belong to it, each as it is described.
    """
    reports = [reading.report for reading in same_text]
    triples: list[Triples] = [document_triples(names, reports, known), *(actor_triples(names, told) for told in homed)]
    if voiced := [report for report in reports if not report.publisher]:
        triples.append(actor_triples(names, [voice_actor(voiced[0])]))
    for reading in same_text:
        voice = own_voice(names, reading.report, known)
        triples += (claim_triples(names, claim, voice) for claim in reading.claims)
    return _graph(names, reports[0].digest[:16], (triple for told in triples for triple in told))


def account_quads(names: Names, account: Account) -> list[ox.Quad]:
    """What was derived, sorted."""
    return _graph(names, ACCOUNT, account_triples(names, account))


def copied_quads(
    names: Names,
    digest: str,
    printed: Sequence[Reading],
    originals: Mapping[str, Original],
    copies: Mapping[str, str],
) -> list[ox.Quad]:
    """What follows for a document that copies another, or that several have printed, sorted (``copy_triples``)."""
    return _graph(names, ACCOUNT, copy_triples(names, digest, printed, originals, copies))


def _entity_triples(names: Names, told: list[Actor] | list[Place]) -> Triples:
    actors = [entity for entity in told if isinstance(entity, Actor)]
    places = [entity for entity in told if isinstance(entity, Place)]
    return actor_triples(names, actors) if actors else place_triples(names, places)


def _graph(names: Names, graph: str, triples: Triples) -> list[ox.Quad]:
    name = names.graph(graph)
    return sorted({ox.Quad(s, p, o, name) for s, p, o in triples}, key=triple_key)


def ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Each quad once, in the order in which they are written: graph, subject, type before other predicates, object."""
    graphs: defaultdict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        graphs[quad.graph_name].add(quad)
    return [quad for graph in sorted(graphs, key=str) for quad in sorted(graphs[graph], key=triple_key)]


def triple_key(line: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    """The order within a graph."""
    predicate = line.predicate
    return str(line.subject), predicate != TYPE, predicate.value, str(line.object)
