"""The graph by node, for formats that go from one node to the next; graph names do not matter here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from conflict_kg.exports.rdf import terms
from conflict_kg.questions.answers import Scalar, value
from conflict_kg.vocabulary import CKG, TYPE, compact


class Index:
    """Values of nodes, by IRI and by the names of properties in the JSON-LD context; all in a fixed order."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: defaultdict[str, defaultdict[str, list[Scalar]]] = defaultdict(lambda: defaultdict(list))
        self._nodes: defaultdict[str, list[str]] = defaultdict(list)
        for triple in sorted({quad.triple for quad in quads}, key=str):
            subject = str(value(triple.subject))
            if triple.predicate == TYPE:
                self._nodes[str(value(triple.object)).removeprefix(CKG)].append(subject)
            else:
                self._values[subject][_name(triple.predicate.value)].append(value(triple.object))

    def of_class(self, name: str) -> Sequence[str]:
        """The nodes of a class of ours, sorted."""
        return self._nodes.get(name, ())

    def all(self, node: str | None, name: str) -> Sequence[Scalar]:
        """The values of a property; IRIs for nodes."""
        found = self._values.get(node or "")
        return found.get(name, ()) if found else ()

    def one(self, node: str | None, name: str) -> Scalar:
        """The first value of a property, None where there is none."""
        return next(iter(self.all(node, name)), None)

    def node(self, node: str | None, name: str) -> str | None:
        """The first node that a property leads to."""
        found = self.one(node, name)
        return None if found is None else str(found)

    def nodes(self, node: str | None, name: str) -> list[str]:
        """The nodes that a property leads to."""
        return list(map(str, self.all(node, name)))

    def label(self, node: str | None) -> str | None:
        """What a node is called."""
        return self.node(node, "label")

    def code(self, node: str | None, name: str) -> str | None:
        """The notation of the code that a property leads to."""
        return self.node(self.node(node, name), "notation")


def _name(predicate: str) -> str:
    return terms().get(predicate, (compact(predicate), None, None))[0]
