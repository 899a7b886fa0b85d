"""SHACL validation that shows the sentence: each violation names the shape, the node, and where the node was read.

``ontology/shapes.ttl`` says what is checked. Nodes are validated graph by graph, in portions of some thousand
triples: time grows with the number of triples, memory does not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.graph import INFERRED, ONTOLOGY
from conflict_kg.reasoning import clashes
from conflict_kg.shacl import Node, check
from conflict_kg.vocabulary import CKG, NIF, compact, term

PORTION = 20_000
"""Triples that are validated at a time, about."""

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""How a graph file is written, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with one node. What is not known of its place is None."""

    file_name: str | None
    """Stem of the file or id of the record that the node was read from."""
    start: int | None
    """Offset of the passage in the document's text, in code points."""
    end: int | None
    """First code point after the passage."""
    node: str
    """IRI, or the label of a blank node."""
    path: str
    """The property, or empty where the node itself is wrong; namespaces as prefixes."""
    message: str
    value: str | None
    """The value that is wrong, where one is."""
    shape: str
    """IRI of the shape, or of the ontology where the node contradicts that."""
    document: str | None
    """IRI."""
    quote: str | None
    """The words that the node was read from."""

    def __str__(self) -> str:
        where = self.file_name or "?"
        if self.start is not None:
            where += f":{self.start}-{self.end}"
        value = "" if self.value is None else f" (not {self.value!r})"
        path = f" {self.path}" if self.path else ""
        quote = f"\n    “{' '.join(self.quote.split())}”" if self.quote else ""
        return f"{where}: {self.node}{path}: {self.message}{value} [{compact(self.shape)}]{quote}"


def validate(quads: Iterable[ox.Quad]) -> tuple[Violation, ...]:
    """Everything in a graph that the shapes or the ontology do not allow, sorted by document and place in it.

    ``quads`` may also come from elsewhere, with any graphs or none; inferred triples and the ontology are left aside.
    """
    data = _Data.of(quads)
    found: set[Violation] = set()
    for nodes in data.portions():
        for result in check(data.about, nodes):
            found.add(data.violation(result.node, result.path, result.message, result.value, result.shape))
    for clash in clashes(quad for quads in data.about.values() for quad in quads):
        found.add(data.violation(ox.NamedNode(clash.node), "", clash.message, None, CKG.rstrip("#")))
    return tuple(sorted(found, key=_order))


def validate_files(paths: Iterable[Path]) -> tuple[Violation, ...]:
    """Validates files as one graph; the ending of a name tells the format (``FORMATS``).

    Raises ``InputError`` for a file that cannot be read or parsed, with its line where the parser tells.
    """
    return validate([quad for path in paths for quad in _read(path)])


def _read(path: Path) -> Iterator[ox.Quad]:
    syntax = FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise InputError(f"{path}: unknown ending; a graph file ends in {', '.join(FORMATS)}")
    try:
        content = path.read_bytes()
        if syntax == ox.RdfFormat.RDF_XML and re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
            raise InputError(f"{path}: RDF/XML with a DOCTYPE is not read: its entities may have no end")
        # Two files may use one label for two blank nodes.
        for quad in ox.parse(content, format=syntax, base_iri=path.resolve().as_uri(), rename_blank_nodes=True):
            if isinstance(quad.object, ox.Triple):
                raise InputError(f"{path}: {quad.subject}: a triple within a triple cannot be checked")
            yield quad
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except SyntaxError as error:
        line = "" if error.lineno is None else f":{error.lineno}"
        raise InputError(f"{path}{line}: {error.msg}") from None


def _order(violation: Violation) -> tuple[str, int, str, str, str, str]:
    return (
        violation.file_name or "",
        -1 if violation.start is None else violation.start,
        violation.node,
        violation.path,
        violation.message,
        violation.value or "",
    )


# ---------------------------------------------------------------- data


@dataclass(frozen=True, slots=True)
class _Data:
    """The quads by subject, and the subjects by the graph where each stands first."""

    about: dict[Node, list[ox.Quad]]
    graphs: dict[str, list[Node]]

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> "_Data":
        about: defaultdict[Node, list[ox.Quad]] = defaultdict(list)
        graphs: defaultdict[str, list[Node]] = defaultdict(list)
        for quad in quads:
            graph = str(quad.graph_name).strip("<>")
            if graph.endswith((f"graph/{INFERRED}", f"graph/{ONTOLOGY}")) or isinstance(quad.subject, ox.Triple):
                continue
            if quad.subject not in about:
                graphs[graph].append(quad.subject)
            about[quad.subject].append(quad)
        return cls(dict(about), dict(graphs))

    def portions(self) -> Iterator[list[Node]]:
        """Nodes to validate together: whole graphs, in order, until there are enough triples."""
        nodes: list[Node] = []
        size = 0
        for graph in sorted(self.graphs):
            nodes += self.graphs[graph]
            size += sum(len(self.about[node]) for node in self.graphs[graph])
            if size >= PORTION:
                yield nodes
                nodes, size = [], 0
        if nodes:
            yield nodes

    def objects(self, node: Node, predicate: str) -> list[Node | ox.Literal]:
        """Values of a property, sorted."""
        quads = self.about.get(node, ())
        found = [quad.object for quad in quads if quad.predicate.value == predicate]
        return sorted((value for value in found if not isinstance(value, ox.Triple)), key=str)

    def text(self, node: Node, predicate: str) -> str | None:
        """The first value of a property, as text."""
        return next((value.value for value in self.objects(node, predicate)), None)

    def nodes(self, node: Node, predicate: str) -> list[Node]:
        """Values of a property that are nodes, sorted."""
        return [value for value in self.objects(node, predicate) if not isinstance(value, ox.Literal)]

    def violation(self, node: Node, path: str, message: str, value: str | None, shape: str) -> Violation:
        """A violation, with the place in a document that the node was read from."""
        passage = self._passage(node)
        start = end = quote = None
        if passage:
            start, end = _offset(self.text(passage, f"{NIF}beginIndex")), _offset(self.text(passage, f"{NIF}endIndex"))
            quote = self.text(passage, f"{NIF}anchorOf")
        documents = [*self.nodes(passage or node, f"{CKG}inDocument"), *self.nodes(node, f"{CKG}inDocument"), node]
        document = next((found for found in documents if self.text(found, f"{CKG}fileName")), None)
        file_name = self.text(document, f"{CKG}fileName") if document else None
        name = document.value if document else None
        return Violation(file_name, start, end, node.value, path, message, value, shape, name, quote)

    def _passage(self, node: Node) -> Node | None:
        """The node itself, its evidence, that of the first claim that supports it, or the first mention of it."""
        if self.objects(node, f"{NIF}anchorOf"):
            return node
        for claim in (node, *self.nodes(node, f"{CKG}supportedBy")):
            for passage in self.nodes(claim, f"{CKG}evidence"):
                return passage
        mentions = (
            quad.subject
            for quads in self.about.values()
            for quad in quads
            if quad.object == node and quad.predicate == term("mentions") and not isinstance(quad.subject, ox.Triple)
        )
        return min(mentions, key=str, default=None)


def _offset(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch("[0-9]{1,18}", text) else None
