"""The graph as JSON-LD in nested objects, for programs that know nothing of RDF: an answer holds its claims, a claim
its source, place, report and sentence, each by name.

A program that knows RDF reads triples of the graph from it. What is inferred and what only links nodes that stand
nested anyway is left out; ``jsonld`` has everything.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from conflict_kg.exports.rdf import context, objects

_NAMES = ("label",)
_OF_DOCUMENT = ("fileName", "title", "issued", "publisher", "source", "language")
_OF_PASSAGE = ("anchorOf", "beginIndex", "endIndex")
_OF_PLACE = (*_NAMES, "placeKind", "countryCode", "lat", "long")
_KEPT: Mapping[str, tuple[str, ...]] = {
    "Document": _OF_DOCUMENT, "Passage": _OF_PASSAGE, "Place": _OF_PLACE, "Actor": (*_NAMES, "actorKind"),
}  # fmt: skip
"""What is told of a node within another one; of others everything."""
_LEFT_OUT = {"concerns", "controlIn"}
_REFERENCES = {"statedIn", "includedIn", "additionalTo", "harming", "beganWith"}
"""Links that stay IRIs: what they lead to stands elsewhere."""
ROOTS = ("ControlPeriod", "ControlChange", "CasualtyRange", "Disagreement", "Statement", "Claim")
"""What the list holds, in this order; of claims those that stand in nothing else."""


def write(store: Iterable[ox.Quad], format: str) -> bytes:  # noqa: ARG001  # as all writers
    """The nodes of ``ROOTS``, each a line, below the context of ``ontology/context.jsonld``."""
    triples = sorted({quad.triple for quad in store}, key=str)
    nodes = {node["id"]: node for node in objects(ox.Quad(*triple) for triple in triples)}
    used: set[str] = set()
    lines = []
    for root in ROOTS:
        for iri, node in nodes.items():
            if root in _types(node) and not (root == "Claim" and iri in used):
                lines.append(json.dumps(_nested(node, nodes, used), ensure_ascii=False))
    head, body = json.dumps(context(), ensure_ascii=False), ",\n".join(lines)
    return f'{{"@context": {head},\n"@graph": [\n{body}\n]}}\n'.encode()


def _nested(node: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]], used: set[str]) -> dict[str, Any]:
    """A node with those that its links lead to in their places."""
    used.add(node["id"])
    found = {}
    for key, value in node.items():
        if key in _LEFT_OUT:
            continue
        within = context().get(key, {})
        if isinstance(within, dict) and within.get("@type") == "@id" and key not in _REFERENCES:
            values = [_within(str(one), nodes, used) for one in _listed(value)]
            found[key] = values if isinstance(value, list) else values[0]
        else:
            found[key] = value
    return found


def _within(iri: str, nodes: Mapping[str, Mapping[str, Any]], used: set[str]) -> dict[str, Any] | str:
    node = nodes.get(iri)
    if node is None:
        return iri
    kept = next((keys for kind, keys in _KEPT.items() if kind in _types(node)), None)
    if kept is None:
        return _nested(node, nodes, used)
    cut = {"id": iri, **{key: node[key] for key in kept if key in node}}
    if "publisher" in cut:
        cut["publisher"] = [_within(str(one), nodes, used) for one in _listed(cut["publisher"])]
        cut["publisher"] = cut["publisher"] if len(cut["publisher"]) > 1 else cut["publisher"][0]
    return cut


def _types(node: Mapping[str, Any]) -> list[Any]:
    return _listed(node.get("type", []))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
