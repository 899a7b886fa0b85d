"""What the endpoint says of itself, in the words of SPARQL 1.1 Service Description."""

from collections.abc import Sequence

import pyoxigraph as ox

from conflict_kg.vocabulary import PREFIXES, TYPE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def description(endpoint: str, graphs: Sequence[str], format: ox.RdfFormat) -> bytes:
    """The description of a service at the address ``endpoint`` that has these named graphs."""
    service, dataset, default = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    triples = [
        ox.Triple(service, TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, TYPE, _sd("Graph")),
    ]
    for number, name in enumerate(graphs):
        entry = ox.NamedNode(f"{endpoint}#graph-{number}")
        triples += [
            ox.Triple(dataset, _sd("namedGraph"), entry),
            ox.Triple(entry, TYPE, _sd("NamedGraph")),
            ox.Triple(entry, _sd("name"), ox.NamedNode(name)),
        ]
    written = ox.serialize(triples, format=format, prefixes={"rdf": PREFIXES["rdf"], "sd": _SD})
    assert written is not None
    return written


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
