"""Running a stored question: a store, a question and its arguments come in, rows of plain values go out.

The result table of SPARQL is flat. Where a question's header names lists, rows that agree in all other columns are
folded into one, in the order in which they came, so that an answer stands with all of its evidence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

import pyoxigraph as ox

from conflict_kg.questions.binding import ListColumn, Otherwise, Question, bind
from conflict_kg.questions.nodes import Node, find
from conflict_kg.store.source import Source
from conflict_kg.vocabulary import CKG, DCT, XSD

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Scalar: TypeAlias = str | int | float | bool | None
"""Text, IRIs and days (ISO) are strings; None is what the data does not say."""
Cell: TypeAlias = Scalar | tuple[Mapping[str, Scalar] | Scalar, ...]


_UNDATED = f"""SELECT (COUNT(DISTINCT ?report) AS ?count) WHERE {{
  ?report a <{CKG}Document> FILTER NOT EXISTS {{ ?report <{DCT}issued> ?day }}
}}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question."""

    columns: tuple[str, ...]
    """Single values first, then the lists."""
    rows: tuple[Mapping[str, Cell], ...]
    flat_columns: tuple[str, ...]
    """The query's own columns."""
    flat: tuple[Mapping[str, Scalar], ...]
    """The rows before folding, for formats without nesting."""


def answer(
    store: Source,
    question: Question,
    arguments: Mapping[str, str | None],
    *,
    warn: Callable[[str], None],
) -> Answer:
    """What the store answers. Arguments are keyed by parameter name; a place or actor may be given by name.

    ``warn`` gets a line where one of several bearers of a name was chosen. Raises ``InputError`` for an unknown name,
    a tie, an unknown or missing parameter and a value of the wrong type.
    """
    text, nodes = prepare(store, question, arguments, warn=warn)
    results = store.query(text, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    rows = [{name: value(solution[name]) for name in question.variables} for solution in results]
    return fold(question, rows, nodes)


def prepare(
    store: Source,
    question: Question,
    arguments: Mapping[str, str | None],
    *,
    warn: Callable[[str], None],
) -> tuple[str, Mapping[str, Node]]:
    """The bound SPARQL, and the nodes that the names among the arguments stand for, by parameter name."""
    nodes = {
        parameter.name: find(store, parameter.type, given, option=parameter.name, warn=warn)
        for parameter in question.parameters
        if parameter.type.is_node and (given := arguments.get(parameter.name)) is not None
    }
    return bind(question, {**arguments, **{name: node.iri for name, node in nodes.items()}}), nodes


def undated(store: Source) -> int:
    """How many reports have no date of publication, which ``known-by`` leaves out."""
    results = store.query(_UNDATED, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    return int(next(iter(results))["count"].value)


def value(term: _Term | None) -> Scalar:
    """A term as a plain value; an IRI or a day as a string, and so a number that Python or JSON cannot have.

    >>> value(ox.Literal("3", datatype=ox.NamedNode(XSD + "integer")))
    3
    """
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "boolean":
            return term.value in ("true", "1")
        try:
            if kind == "integer":
                return int(term.value)
            if kind in ("decimal", "double", "float") and isfinite(number := float(term.value)):
                return number
        except ValueError:  # no number, or one of more digits than Python takes
            pass
        return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def fold(question: Question, rows: list[dict[str, Scalar]], nodes: Mapping[str, Node]) -> Answer:
    """The rows with the question's lists gathered, and its first row added where none is about the node asked for."""
    if question.otherwise:
        rows = _with_first_row(question, question.otherwise, rows, nodes)
    gathered = {name for one in question.lists for name in (*one.columns, *(key for key, _ in one.where))}
    single = tuple(name for name in question.variables if name not in gathered)
    groups: dict[tuple[Scalar, ...], list[dict[str, Scalar]]] = {}
    for row in rows if question.lists else ():
        groups.setdefault(tuple(row[name] for name in single), []).append(row)
    folded: list[Mapping[str, Cell]] = [
        dict(zip(single, key, strict=True)) | {one.name: _items(one, group) for one in question.lists}
        for key, group in groups.items()
    ]
    return Answer(
        columns=single + tuple(one.name for one in question.lists),
        rows=tuple(folded) if question.lists else tuple(rows),
        flat_columns=question.variables,
        flat=tuple(rows),
    )


def _items(one: ListColumn, group: list[dict[str, Scalar]]) -> tuple[Mapping[str, Scalar] | Scalar, ...]:
    """The list's items, each once; bare values where the list has a single column."""
    items = dict.fromkeys(
        tuple(row[name] for name in one.columns)
        for row in group
        if all(row[key] == wanted for key, wanted in one.where) and any(row[name] is not None for name in one.columns)
    )
    if len(one.columns) == 1:
        return tuple(item[0] for item in items)
    return tuple(dict(zip(one.columns, item, strict=True)) for item in items)


def _with_first_row(
    question: Question, otherwise: Otherwise, rows: list[dict[str, Scalar]], nodes: Mapping[str, Node]
) -> list[dict[str, Scalar]]:
    node = nodes.get(otherwise.about)
    if node is None or node.label is None or any(row[f"{otherwise.about}_id"] == node.iri for row in rows):
        return rows
    first: dict[str, Scalar] = dict.fromkeys(question.variables)
    first |= {otherwise.about: node.label, f"{otherwise.about}_id": node.iri} | dict(otherwise.values)
    return [first, *rows]
