"""Who held which place when, and incidents, as GeoJSON (RFC 7946) with flat attributes, for QGIS and web maps.

One feature for each control period of the account from all reports, and for each incident that somebody says has
happened. ``begin`` and ``end`` are days between which it may have been so, ``end`` the first day after it, so that a
temporal filter takes them as they are; an incident whose end nobody tells has the day on which it began. A place whose
position is not known gives a feature without geometry.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pyoxigraph as ox

from conflict_kg.exports.index import Index
from conflict_kg.questions.answers import Scalar

_HAPPENED = ("asserted", "claimed")


def write(store: Iterable[ox.Quad], format: str) -> bytes:  # noqa: ARG001  # as all writers
    """The collection of features, sorted by kind, place, begin and IRI."""
    index = Index(store)
    rows = [_period(index, node) for node in index.of_class("ControlPeriod") if index.one(node, "knownUntil") is None]
    rows += [
        _incident(index, node)
        for node in index.of_class("IncidentClaim")
        if index.code(node, "claimStatus") in _HAPPENED and index.node(node, "atPlace")
    ]
    rows.sort(key=lambda row: [str(row[key] or "") for key in ("feature", "place", "place_id", "begin", "iri")])
    features = ",\n".join(json.dumps(_feature(index, row), ensure_ascii=False) for row in rows)
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'.encode()


def _feature(index: Index, row: Mapping[str, Scalar]) -> dict[str, Any]:
    place = str(row["place_id"])
    latitude, longitude = index.one(place, "lat"), index.one(place, "long")
    known = latitude is not None and longitude is not None
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if known else None
    return {"type": "Feature", "id": row["iri"], "geometry": geometry, "properties": row}


def _period(index: Index, node: str) -> dict[str, Scalar]:
    earliest, latest = index.one(node, "phaseSinceEarliest"), index.one(node, "phaseSinceLatest")
    ends, ends_by = index.one(node, "phaseUntilEarliest"), index.one(node, "phaseUntilLatest")
    sources = _names(index, [one for claim in index.nodes(node, "supportedBy") for one in _sources(index, claim)])
    return {
        "feature": "control",
        **_place(index, node),
        "begin": earliest or latest,
        "end": ends_by or ends,
        "begin_earliest": earliest,
        "begin_latest": latest,
        "end_earliest": ends,
        "end_latest": ends_by,
        "controller": index.label(index.node(node, "holder")),
        "controller_id": index.node(node, "holder"),
        "status": index.code(node, "holding"),
        "basis": index.code(node, "basis"),
        "last_known": index.one(node, "lastKnown"),
        "claims_for": len(index.nodes(node, "supportedBy")),
        "claims_against": len(index.nodes(node, "opposedBy")),
        "sources": sources,
        "iri": node,
    }


def _incident(index: Index, node: str) -> dict[str, Scalar]:
    earliest, latest = index.one(node, "beginEarliest"), index.one(node, "beginLatest")
    ends, ends_by = index.one(node, "endEarliest"), index.one(node, "endLatest")
    return {
        "feature": "incident",
        **_place(index, node),
        "begin": earliest or latest,
        "end": ends_by or ends or _day_after(latest or earliest),
        "begin_earliest": earliest,
        "begin_latest": latest,
        "end_earliest": ends,
        "end_latest": ends_by,
        "near": index.one(node, "nearby"),
        "incident": index.code(node, "incidentKind"),
        "means": index.code(node, "means"),
        "status": index.code(node, "claimStatus"),
        "agent": _names(index, index.nodes(node, "agent")),
        "target": _names(index, index.nodes(node, "target")),
        "reported_on": index.one(node, "reportedOn"),
        "sources": _names(index, _sources(index, node)),
        "quote": index.one(index.node(node, "evidence"), "anchorOf"),
        "document": index.one(index.node(node, "inDocument"), "fileName"),
        "iri": node,
    }


def _day_after(day: Scalar) -> str | None:
    """The next day; of a day that is none, none."""
    try:
        return (date.fromisoformat(str(day)) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _place(index: Index, node: str) -> dict[str, Scalar]:
    place = index.node(node, "atPlace")
    return {
        "place": index.label(place),
        "place_id": place,
        "place_kind": index.code(place, "placeKind"),
        "located_in": index.label(index.node(place, "locatedIn")),
    }


def _sources(index: Index, claim: str) -> list[str]:
    return index.nodes(claim, "accordingTo")


def _names(index: Index, nodes: Iterable[str]) -> str | None:
    """Their names, each once, in one text."""
    return "; ".join(sorted({index.label(node) or node for node in nodes})) or None
