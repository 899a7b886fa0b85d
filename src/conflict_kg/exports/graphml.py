"""Actors, places and events as a network in GraphML, for Gephi, NetworkX and igraph.

Events are the changes of control that the account has found, and the incidents that somebody says have happened.
Edges go from actors to events (the role), from events to places, from actors to the places that they held (with the
days), from those who say so to events, and from parts to wholes. ``weight`` counts the claims behind an edge.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from conflict_kg.exports.index import Index
from conflict_kg.questions.answers import Scalar
from conflict_kg.wellformed import well_formed

_NODE = {
    "label": "string", "kind": "string", "type": "string", "party": "string", "country": "string",
    "lat": "double", "long": "double", "begin": "string", "end": "string",
}  # fmt: skip
_EDGE = {"label": "string", "weight": "int", "begin": "string", "end": "string", "status": "string", "claims": "string"}
_HAPPENED = ("asserted", "claimed")


@dataclass(frozen=True, slots=True, order=True)
class _Edge:
    source: str
    target: str
    label: str
    begin: str = ""
    end: str = ""
    status: str = ""


def write(store: Iterable[ox.Quad], format: str) -> bytes:  # noqa: ARG001  # as all writers
    """The network; characters that XML cannot have are replaced by U+FFFD."""
    index = Index(store)
    nodes = dict(_nodes(index))
    edges: dict[_Edge, list[str]] = {}
    for edge, claims in _edges(index):
        if edge.source in nodes and edge.target in nodes:
            edges.setdefault(edge, []).extend(claims)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for domain, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, type in keys.items():
            lines.append(f'<key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{type}"/>')
    lines.append('<graph edgedefault="directed">')
    for iri, values in sorted(nodes.items()):
        lines.append(f"<node id={quoteattr(iri)}>{_data('node', _NODE, values)}</node>")
    for number, (edge, claims) in enumerate(sorted(edges.items())):
        values = {
            "label": edge.label,
            "weight": max(1, len(set(claims))),
            "begin": edge.begin or None,
            "end": edge.end or None,
            "status": edge.status or None,
            "claims": " ".join(sorted(set(claims))) or None,
        }
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        lines.append(f'<edge id="e{number}" {ends}>{_data("edge", _EDGE, values)}</edge>')
    return well_formed("".join(f"{line}\n" for line in (*lines, "</graph>", "</graphml>")).encode())


def _nodes(index: Index) -> Iterator[tuple[str, dict[str, Scalar]]]:
    for node in index.of_class("Actor"):
        party = index.label(index.node(node, "party"))
        yield node, {"label": index.label(node), "kind": "actor", "type": index.code(node, "actorKind"), "party": party}
    for node in index.of_class("Place"):
        yield (
            node,
            {
                "label": index.label(node),
                "kind": "place",
                "type": index.code(node, "placeKind"),
                "country": index.one(node, "countryCode"),
                "lat": index.one(node, "lat"),
                "long": index.one(node, "long"),
            },
        )
    for node in index.of_class("ControlChange"):
        yield node, _event(index, node, "change of control", index.code(node, "extent"))
    for node in _incidents(index):
        yield node, _event(index, node, "incident", index.code(node, "incidentKind"))


def _event(index: Index, node: str, kind: str, type: str | None) -> dict[str, Scalar]:
    place = index.label(index.node(node, "atPlace"))
    begin = index.one(node, "beginEarliest") or index.one(node, "beginLatest")
    end = index.one(node, "endLatest") or index.one(node, "beginLatest")
    called = type.replace("_", " ") if type and kind == "incident" else kind
    return {"label": f"{called}: {place}" if place else called, "kind": kind, "type": type, "begin": begin, "end": end}


def _incidents(index: Index) -> list[str]:
    return [node for node in index.of_class("IncidentClaim") if index.code(node, "claimStatus") in _HAPPENED]


def _edges(index: Index) -> Iterator[tuple[_Edge, list[str]]]:
    for kind, name, label in (("Actor", "partOf", "part of"), ("Place", "locatedIn", "located in")):
        for node in index.of_class(kind):
            for whole in index.nodes(node, name):
                yield _Edge(node, whole, label), []
    for node in index.of_class("ControlPeriod"):
        holder, place = index.node(node, "holder"), index.node(node, "atPlace")
        if holder and place and index.one(node, "knownUntil") is None:
            begin = index.node(node, "phaseSinceEarliest") or index.node(node, "phaseSinceLatest")
            end = index.node(node, "phaseUntilLatest") or index.node(node, "phaseUntilEarliest")
            status = index.code(node, "holding") or ""
            yield _Edge(holder, place, "held", begin or "", end or "", status), index.nodes(node, "supportedBy")
    for node in index.of_class("ControlChange"):
        claims = index.nodes(node, "supportedBy")
        yield from _of_event(index, node, {"winner": "won", "loser": "lost"}, claims)
        for claim in claims:
            for source in index.nodes(claim, "accordingTo"):
                yield _Edge(source, node, "says"), [claim]
    for node in _incidents(index):
        yield from _of_event(index, node, {"agent": "agent", "target": "target", "accordingTo": "says"}, [node])


def _of_event(
    index: Index, node: str, roles: Mapping[str, str], claims: list[str]
) -> Iterator[tuple[_Edge, list[str]]]:
    for place in index.nodes(node, "atPlace"):
        yield _Edge(node, place, "at"), claims
    for name, label in roles.items():
        for actor in index.nodes(node, name):
            yield _Edge(actor, node, label), claims


# ---------------------------------------------------------------- XML


def _data(domain: str, keys: Mapping[str, str], values: Mapping[str, Scalar]) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{escape(str(values[name]))}</data>'
        for name in keys
        if values.get(name) is not None
    )
