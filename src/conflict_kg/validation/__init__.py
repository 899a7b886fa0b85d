"""SHACL validation that shows the sentence: each violation names the shape, the node, and where the node was read.

``ontology/shapes.ttl`` says what is checked, by pySHACL or, on large graphs, by the same shapes as SPARQL.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.backend import Backend, backend_for
from conflict_kg.reasoning import clashes
from conflict_kg.validation import by_pyshacl, by_sparql
from conflict_kg.validation.data import CLASSES, is_checked, load
from conflict_kg.validation.files import FORMATS, read_quads
from conflict_kg.validation.results import Node, Result
from conflict_kg.validation.shapes import shapes_graph
from conflict_kg.vocabulary import CKG, NIF, compact, term

__all__ = ["FORMATS", "Violation", "is_checked", "validate", "validate_files"]


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


def validate(
    quads: Iterable[ox.Quad], *, backend: Backend | None = None, store: ox.Store | None = None
) -> tuple[Violation, ...]:
    """Everything in a graph that the shapes or the ontology do not allow, sorted by document and place in it.

    ``quads`` may also come from elsewhere, with any graphs or none; inferred triples and the ontology are left aside.
    Numbers are taken, and shown, as a store keeps them: 1.50 as 1.5. Without ``backend`` the size of the graph decides.
    The quads are put into an empty ``store``, for graphs that are too large for the memory; where nothing is wrong it
    then holds all of them but those that are left aside (``is_checked``).
    """
    results: list[Result] = []
    store = ox.Store() if store is None else store
    load(store, quads, results)
    faulty = {(fault.node, fault.path) for fault in results}
    chosen = backend or backend_for(len(store))
    check = by_pyshacl.check if chosen is Backend.LIBRARIES else by_sparql.check
    results += [result for result in check(store, shapes_graph()) if (result.node, result.path) not in faulty]
    impossible = clashes(store, backend=chosen)
    results += [Result(ox.NamedNode(clash.node), "", clash.message, None, CKG.rstrip("#")) for clash in impossible]
    violations = tuple(sorted({_violation(store, result) for result in results}, key=_order))
    store.remove_graph(CLASSES)
    return violations


def validate_files(paths: Iterable[Path], *, backend: Backend | None = None) -> tuple[Violation, ...]:
    """Validates files as one graph; the ending of a name tells the format (``FORMATS``).

    Raises ``InputError`` for a file that cannot be read or parsed, with its line where the parser tells.
    """
    return validate((quad for path in paths for quad in read_quads(path)), backend=backend)


def _order(violation: Violation) -> tuple[str, int, str, str, str, str]:
    return (
        violation.file_name or "",
        -1 if violation.start is None else violation.start,
        violation.node,
        violation.path,
        violation.message,
        violation.value or "",
    )


# ---------------------------------------------------------------- where it was read


def _objects(store: ox.Store, node: Node, predicate: str) -> list[Node | ox.Literal]:
    """Values of a property, sorted."""
    found = {quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None)}
    return sorted((value for value in found if not isinstance(value, ox.Triple)), key=str)


def _text(store: ox.Store, node: Node, predicate: str) -> str | None:
    """The first value of a property, as text."""
    return next((value.value for value in _objects(store, node, predicate)), None)


def _nodes(store: ox.Store, node: Node, predicate: str) -> list[Node]:
    """Values of a property that are nodes, sorted."""
    return [value for value in _objects(store, node, predicate) if not isinstance(value, ox.Literal)]


def _violation(store: ox.Store, result: Result) -> Violation:
    """A result, with the place in a document that its node was read from."""
    node = result.node
    passage = _passage(store, node)
    start = end = quote = None
    if passage:
        start = _offset(_text(store, passage, f"{NIF}beginIndex"))
        end = _offset(_text(store, passage, f"{NIF}endIndex"))
        quote = _text(store, passage, f"{NIF}anchorOf")
    within = f"{CKG}inDocument"
    documents = [*_nodes(store, passage or node, within), *_nodes(store, node, within), node]
    document = next((found for found in documents if _text(store, found, f"{CKG}fileName")), None)
    file_name = _text(store, document, f"{CKG}fileName") if document else None
    name = document.value if document else None
    return Violation(
        file_name, start, end, node.value, result.path, result.message, result.value, result.shape, name, quote
    )


def _passage(store: ox.Store, node: Node) -> Node | None:
    """The node itself, its evidence, that of the first claim that supports it, or the first mention of it."""
    if _objects(store, node, f"{NIF}anchorOf"):
        return node
    for claim in (node, *_nodes(store, node, f"{CKG}supportedBy")):
        for passage in _nodes(store, claim, f"{CKG}evidence"):
            return passage
    mentions = (quad.subject for quad in store.quads_for_pattern(None, term("mentions"), node))
    return min((subject for subject in mentions if not isinstance(subject, ox.Triple)), key=str, default=None)


def _offset(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch("[0-9]{1,18}", text) else None
