"""Values that are not what they say, or not what their property takes: what no engine can compare.

Such triples are reported here and kept from both engines: pySHACL (0.40) raises errors where it has to compare them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox
from rdflib import XSD

from conflict_kg.validation.results import Result
from conflict_kg.validation.shapes import read_shapes, shapes_graph
from conflict_kg.vocabulary import CKG, NIF, compact


def without_faults(quads: Iterable[ox.Quad], faults: list[Result]) -> Iterator[ox.Quad]:
    """The quads whose values are well-formed; what is wrong with the others goes into ``faults``."""
    declared = _declared()
    for quad in quads:
        value = quad.object
        kind = declared.get(quad.predicate.value)
        if kind is None and not isinstance(value, ox.Literal):
            yield quad
        elif fault := _fault(value, kind):
            assert not isinstance(quad.subject, ox.Triple)
            faults.append(Result(quad.subject, compact(quad.predicate.value), *fault))
        else:
            yield quad


def _fault(value: object, declared: "_Datatype | None") -> tuple[str, str | None, str] | None:
    """Message, value and shape."""
    assert isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal)
    datatype = value.datatype.value if isinstance(value, ox.Literal) else None
    if declared and declared.ours and datatype != declared.name:
        return declared.message, value.value, declared.shape
    well_formed = WELL_FORMED.get(datatype) if datatype else None
    if datatype and well_formed and not well_formed(value.value):
        message = declared.message if declared else f"is no real {compact(datatype)}"
        return message, value.value, declared.shape if declared else datatype
    return None


@dataclass(frozen=True, slots=True)
class _Datatype:
    """What a property shape says of the literals of a property."""

    name: str
    message: str
    shape: str
    ours: bool
    """Whether nobody else uses the property, so that no other datatype can be meant."""


@cache
def _declared() -> dict[str, _Datatype]:
    """Of every property that takes dates, numbers or booleans, what the shapes say."""
    return {
        shape.path[0]: _Datatype(str(datatype), shape.message, shape.name, shape.path[0].startswith((CKG, NIF)))
        for shape in read_shapes(shapes_graph())
        for constraint in shape.constraints
        for datatype in constraint.argument
        if constraint.parameter == "datatype" and str(datatype) in WELL_FORMED
    }


def _real_day(text: str) -> bool:
    """Without a time zone: engines compare days with and without one differently, or not at all."""
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


# No more digits than every processor has to take: XML Schema part 2, second edition, section 3.2.3.
WELL_FORMED: dict[str, Callable[[str], object]] = {
    str(XSD.date): _real_day,
    str(XSD.integer): re.compile(r"[+-]?[0-9]{1,18}").fullmatch,
    str(XSD.decimal): re.compile(r"(?!.*([0-9]\.?){19})[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)").fullmatch,
    str(XSD.boolean): re.compile("true|false|1|0").fullmatch,
}
"""What a literal's text must look like, by its datatype."""
