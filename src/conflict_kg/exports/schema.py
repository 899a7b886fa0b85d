"""What the property graph is made of: tables of nodes with their columns, and the relationships between them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import pyoxigraph as ox

from conflict_kg.exports.rdf import terms
from conflict_kg.vocabulary import RDF, XSD

_BOUNDS = "beginEarliest beginLatest endEarliest endLatest"
TABLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "ControlPeriod": "rule sinceEarliest sinceLatest untilEarliest untilLatest phaseSinceEarliest phaseSinceLatest "
        "phaseUntilEarliest phaseUntilLatest lastKnown knownFrom knownUntil claimsFor claimsAgainst",
        "ControlChange": "beginEarliest beginLatest",
        "CasualtyRange": "victims low best high origins beginEarliest endLatest",
        "Disagreement": "apparent rule",
        "Claim": f"rule note reportedOn {_BOUNDS} timeText countText low best high victims nearby acled ucdp plover",
        "Statement": "text direct saidOn reportedOn speakerRole rule note",
        "Passage": "beginIndex endIndex anchorOf",
        "Document": "title creator fileName issued source language identifier",
        "Place": "label altLabel hiddenLabel countryCode lat long asWKT",
        "Actor": "label altLabel hiddenLabel",
        "Code": "notation",
    }.items()
}
"""Class of a node, and its properties by their names in the JSON-LD context. A node is in the first that fits."""

_CODED = {
    "Claim": "change controlKind claimStatus extent harm incidentKind means",
    "ControlChange": "extent basis",
    "ControlPeriod": "holding basis",
    "CasualtyRange": "harm",
    "Disagreement": "dimension",
    "Actor": "actorKind",
    "Place": "placeKind",
}
_LINKS = (
    ("accordingTo relayedBy", "Claim Statement", "Actor"),
    ("evidence", "Claim Statement", "Passage"),
    ("inDocument", "Claim Statement Passage", "Document"),
    ("statedIn", "Claim", "Statement"),
    ("mentions", "Passage", "Actor Place"),
    ("speaker", "Statement", "Actor"),
    ("atPlace concerns", "Claim ControlChange ControlPeriod CasualtyRange Disagreement", "Place"),
    ("controlIn", "ControlPeriod", "Place"),
    ("winner loser", "Claim ControlChange", "Actor"),
    ("presumedLoser blamed agent target", "Claim", "Actor"),
    ("includedIn additionalTo harming", "Claim", "Claim"),
    ("partOf belongsTo party", "Actor", "Actor"),
    ("locatedIn within", "Place", "Place"),
    ("holder", "ControlPeriod", "Actor"),
    ("beganWith", "ControlPeriod", "ControlChange"),
    ("supportedBy opposedBy", "ControlChange ControlPeriod CasualtyRange", "Claim"),
    ("oneSide otherSide", "Disagreement", "Claim"),
    ("publisher", "Document", "Actor"),
    *((names, table, "Code") for table, names in _CODED.items()),
)
RELATIONSHIPS = frozenset(
    (name, start, end)
    for names, starts, ends in _LINKS
    for name in names.split()
    for start in starts.split()
    for end in ends.split()
)
"""Property by its name in the context, and the tables of the nodes that it joins."""

MULTIPLE = {"altLabel", "hiddenLabel", "fileName", "source"}
"""Properties that are lists; the others have one value."""
SEPARATOR = ";"
"""Between the values of a list, and between labels."""


OTHER, VALUE = "Resource", "Value"
"""Tables of the nodes that no table names, and of the literals that no column holds."""
RELATED, HAS_VALUE = "RELATED", "HAS_VALUE"
"""Relationships with the IRI of a predicate: between nodes, and to a literal."""

_TYPES = {f"{XSD}date": "date", f"{XSD}integer": "long", f"{XSD}boolean": "boolean", f"{XSD}decimal": "double"}
_FORMS = {
    "long": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    "boolean": re.compile(r"true|false"),
    "double": re.compile(r"0|-?(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{0,6}[1-9])?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "string": re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+"),
}
"""What a column holds, so that every database gives it back as it was."""


def column_type(name: str) -> str:
    """The type of a property's column, in the words of ``neo4j-admin``."""
    return "string[]" if name in MULTIPLE else _TYPES.get(_datatypes()[name][0], "string")


def fits(name: str, literal: ox.Literal) -> bool:
    """Whether a property's column can hold a literal."""
    if (literal.datatype.value, literal.language) != _datatypes()[name] or SEPARATOR in literal.value * (
        name in MULTIPLE
    ):
        return False
    kind = column_type(name).removesuffix("[]")
    return bool(_FORMS[kind].fullmatch(literal.value)) and (kind != "date" or _is_day(literal.value))


def literal(name: str, text: str) -> ox.Literal:
    """What a cell of a property's column stands for."""
    datatype, language = _datatypes()[name]
    return ox.Literal(text, language=language) if language else ox.Literal(text, datatype=ox.NamedNode(datatype))


def type_of(name: str) -> str:
    """The type of a relationship: ``atPlace`` is ``AT_PLACE``."""
    return re.sub(r"(?=[A-Z])", "_", name).upper()


@cache
def predicates() -> Mapping[str, str]:
    """Name of a property in the JSON-LD context to its IRI."""
    return {name: iri for iri, (name, _, _) in terms().items()}


@cache
def names() -> Mapping[str, str]:
    """IRI of a property to its name in the JSON-LD context."""
    return {iri: name for name, iri in predicates().items()}


@cache
def _datatypes() -> Mapping[str, tuple[str, str | None]]:
    """Datatype and language of a property's values, by its name."""
    return {
        name: (f"{RDF}langString" if language else kind or f"{XSD}string", language)
        for name, kind, language in terms().values()
    }


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
