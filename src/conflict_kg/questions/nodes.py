"""What people call a place, an actor or a claim, to the node of the graph that it stands for.

A name is looked up among the labels and other names in the graph, then in the lexicon of actors and the gazetteer of
places, so that a place which no report mentions is known all the same. Of several places of one name a settlement goes
before an area, then the one with the most claims; the choice is told.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.errors import AmbiguousNameError, InputError, UnknownNameError
from conflict_kg.graph.names import BASE, ONTOLOGY, Names
from conflict_kg.linking.gazetteer import gazetteer
from conflict_kg.linking.lexicon import lexicon
from conflict_kg.linking.names import normalise
from conflict_kg.model import PlaceKind
from conflict_kg.questions.binding import ParameterType
from conflict_kg.store.source import Source

_PREFIXES = """PREFIX ckg: <https://w3id.org/conflict-kg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_NAMES = """SELECT ?node ?label ?name ?kind ?around WHERE {
  ?node ckg:%s/skos:notation ?kind ; rdfs:label ?label ; rdfs:label|skos:altLabel ?name .
  OPTIONAL { ?node ckg:locatedIn/rdfs:label ?around }
} ORDER BY ?node ?name ?around"""
_BEARERS = """SELECT ?node ?label ?name ?kind ?around WHERE {
  VALUES ?name { %s }
  ?node skos:hiddenLabel ?name ; rdfs:label ?label ; ckg:%s/skos:notation ?kind .
  OPTIONAL { ?node ckg:locatedIn/rdfs:label ?around }
} ORDER BY ?node ?around"""
_CLAIMS = "SELECT (COUNT(DISTINCT ?claim) AS ?count) WHERE { ?claim ckg:evidence ?passage ; ?role %s }"
_KINDS = {
    ParameterType.PLACE: ("placeKind",),
    ParameterType.ACTOR: ("actorKind",),
    ParameterType.TOPIC: ("placeKind", "actorKind"),
}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph, or one that would stand for the same in it."""

    iri: str
    label: str | None
    """None where only an IRI is known."""
    kind: str = ""
    around: str = ""
    """Label of the place around it."""
    weight: int = 0
    """Of a node of the graph beside others of its name the claims about it, of a place of the gazetteer its people."""

    def __str__(self) -> str:
        about = ", ".join(part for part in (self.kind, f"in {self.around}" if self.around else "") if part)
        return f"{self.label} ({about}) <{self.iri}>" if about else f"{self.label} <{self.iri}>"


def find(store: Source, type: ParameterType, name: str, *, option: str, warn: Callable[[str], None]) -> Node:
    """The node that the name stands for; an absolute IRI stands for itself.

    ``warn`` gets a line where one of several was chosen. Raises ``UnknownNameError`` and ``AmbiguousNameError``,
    with the candidates, for a name that nothing bears and for one that several bear with equal right, and
    ``InputError`` for what is no name; ``option`` says in the message what it was given for.
    """
    _check(name, f"--{option}")
    if _ABSOLUTE.fullmatch(name):
        return Node(name, _label(store, name, option))
    if type is ParameterType.IRI:
        return Node(tail(store, name, option=option), None)
    wanted = normalise(name)
    if not wanted:
        raise InputError(f"--{option}: {name!r} is not a name")
    nodes = {
        node.iri: node for kind in _KINDS[type] for node, _ in _named(store, _BEARERS % (ox.Literal(wanted), kind))
    }
    known: list[tuple[Node, str]] = []
    if not nodes:  # none bears it, or the graph was made without the forms under which names are looked up
        known = [named for kind in _KINDS[type] for named in _named(store, _NAMES % kind)]
        nodes = {node.iri: node for node, other in known if normalise(other) == wanted}
    candidates = [_weighed(store, node) if _has_like(node, nodes.values()) else node for node in nodes.values()]
    if not candidates:
        candidates = [*_outside(store, type, name)]
    if not candidates:
        raise UnknownNameError(_unknown(type, name, option, {normalise(other): other for _, other in known}))
    return _choose(candidates, name, option, warn)


def tail(store: Source, text: str, *, option: str) -> str:
    """The one IRI of the graph that continues its base with the text: ``claim/3fa9`` will do for a whole claim.

    Raises ``InputError`` where none does, and with some of them where several do.
    """
    _check(text, option)
    start = base(store) + text.lstrip("/")
    query = "SELECT DISTINCT ?node WHERE { ?node a ?type FILTER (STRSTARTS(STR(?node), %s)) } ORDER BY ?node LIMIT 9"
    found = [row["node"].value for row in _select(store, query % ox.Literal(start))]
    if start in found or len(found) == 1:
        return start if start in found else found[0]
    if not found:
        raise InputError(f"{option}: nothing in the graph begins with <{start}>")
    listed = ", ".join(iri.removeprefix(base(store)) for iri in found[:8]) + (", ..." if len(found) > 8 else "")
    raise InputError(f"{option}: {text!r} is the beginning of several: {listed}")


def _check(text: str, option: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):  # bytes of the command line that are no UTF-8
        raise InputError(f"{option}: {text!r} is not Unicode text")


def base(store: Source) -> str:
    """The beginning of every instance's IRI, read from the name of the graph that every build has."""
    ending = f"graph/{ONTOLOGY}"
    results = store.query(f"{_PREFIXES} SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ckg:Claim a ?type }} }}")
    assert isinstance(results, ox.QuerySolutions)
    names = (row["graph"].value for row in results)
    return min((name.removesuffix(ending) for name in names if name.endswith(ending)), default=BASE)


def _select(store: Source, query: str) -> ox.QuerySolutions:
    results = store.query(_PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    return results


def _named(store: Source, query: str) -> Iterator[tuple[Node, str]]:
    """Places or actors, each with one of its names."""
    for row in _select(store, query):
        around = row["around"].value if row["around"] is not None else ""
        yield Node(row["node"].value, row["label"].value, row["kind"].value, around), row["name"].value


def _has_like(node: Node, others: Iterable[Node]) -> bool:
    """Whether claims have to tell which goes first, this one or another."""
    return any(_rank(other)[0] == _rank(node)[0] for other in others if other is not node)


def _weighed(store: Source, node: Node) -> Node:
    count = next(iter(_select(store, _CLAIMS % ox.NamedNode(node.iri))))["count"]
    return Node(node.iri, node.label, node.kind, node.around, int(count.value))


def _outside(store: Source, type: ParameterType, name: str) -> Iterator[Node]:
    """Who bears the name in the lexicon, or else in the gazetteer."""
    names = Names(base(store))
    entry = None if type is ParameterType.PLACE else lexicon().find(name)
    if entry is not None:
        iri = names.actor(entry.id).value
        yield Node(iri, _label(store, iri, name) or entry.label, entry.kind.value)
    elif type is not ParameterType.ACTOR:
        for place in gazetteer().search(name):
            above = next(iter(gazetteer().around(place.id)), None)
            around = above.name if above else ""
            yield Node(names.place(place.id).value, place.name, place.kind.value, around, place.population)


def _choose(candidates: list[Node], name: str, option: str, warn: Callable[[str], None]) -> Node:
    ranked = sorted(candidates, key=lambda node: (_rank(node), node.iri))
    first, *others = ranked
    if others and _rank(others[0]) == _rank(first):
        tied = "; ".join(str(node) for node in ranked if _rank(node) == _rank(first))
        raise AmbiguousNameError(f"--{option}: {name!r} is the name of several: {tied}. Give the IRI of one")
    if others:
        passed = "; ".join(str(node) for node in others[:5]) + ("; ..." if len(others) > 5 else "")
        warn(f"--{option}: {name!r} taken as {first}, not {passed}")
    return first


def _rank(node: Node) -> tuple[bool, int]:
    return (node.kind != PlaceKind.SETTLEMENT, -node.weight)


def _unknown(type: ParameterType, name: str, option: str, known: dict[str, str]) -> str:
    what = {ParameterType.PLACE: "place", ParameterType.ACTOR: "actor"}.get(type, "place or actor")
    near = difflib.get_close_matches(normalise(name), sorted(known), n=4)
    hint = f"; did you mean {', '.join(known[key] for key in near)}?" if near else ""
    return f"--{option}: no {what} {name!r} is known{hint}"


def _label(store: Source, iri: str, option: str) -> str | None:
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise InputError(f"--{option}: {iri!r} is not an IRI ({error})") from None
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    labels = [
        quad.object.value for quad in store.quads_for_pattern(node, label, None) if isinstance(quad.object, ox.Literal)
    ]
    return min(labels, default=None)
