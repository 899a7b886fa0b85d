"""The events of the graph as a table of the kind that coders of event data keep: one row an event.

Events are the changes of control of the account, and incidents that happened according to somebody. Claims that agree
in kind, means, place, days and sides tell of one incident (ACLED's rule: one event for each actors, place and day);
others stay apart, even where they may tell of one. docs/event-table.md says what the columns mean.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import pyoxigraph as ox

from conflict_kg.exports.coding import date_precision, geo_precision, where_precision
from conflict_kg.linking.gazetteer import gazetteer
from conflict_kg.model import PlaceKind, Status
from conflict_kg.questions.rendering import clean
from conflict_kg.vocabulary import DCT, LABEL, NIF, SKOS, TYPE, WGS, code, term

COLUMNS = tuple(
    "event_id event means basis acled_event_type acled_sub_event_type ucdp_type_of_violence plover date_start date_end "
    "ucdp_date_prec acled_time_precision side_a side_b place within country near latitude longitude ucdp_where_prec "
    "acled_geo_precision fatalities_low fatalities_best fatalities_high fatalities_of other_fatalities "
    "number_of_sources source_original source_office source_article source_date claims_against notes claims".split()
)
NUMBERS = frozenset({"latitude", "longitude", "fatalities_low", "fatalities_best", "fatalities_high"})
"""Columns that the graph has as numbers, so that a minus may begin them."""
_FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula."""
_OPEN = date.max.isoformat()
Row = dict[str, str]


def write(store: ox.Store, format: str) -> bytes:  # noqa: ARG001  # as all writers
    """The table as CSV in UTF-8, in order of dates."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(store))
    return stream.getvalue().encode()


def rows(store: ox.Store) -> list[Row]:
    """The events by the day on which they began, each with text for every column; what is not known is empty."""
    graph = _Graph(store)
    found = [_row(graph, event) for event in (*_changes(graph), *_incidents(graph))]
    return sorted(found, key=lambda row: (row["date_start"] or row["date_end"] or _OPEN, row["event_id"]))


def safe(text: str) -> str:
    r"""A text on one line that no spreadsheet takes for a formula: one that begins like one gets an apostrophe.

    >>> safe("=1+1"), safe("-\nReds")
    ("'=1+1", "'- Reds")
    """
    line = clean(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


# ---------------------------------------------------------------- events


@dataclass(frozen=True, slots=True)
class _Event:
    """What a row is about; nodes of the graph, sorted."""

    id: str
    kind: str
    basis: str
    start: str
    """ISO date; empty where it is not known."""
    end: str
    """The last day on which it may have been."""
    side_a: Sequence[ox.NamedNode]
    side_b: Sequence[ox.NamedNode]
    place: ox.NamedNode | None
    near: bool
    claims: Sequence[ox.NamedNode]
    against: int = 0


def _changes(graph: "_Graph") -> Iterator[_Event]:
    for node in graph.of_type("ControlChange"):
        claims = graph.nodes(node, "supportedBy")
        yield _Event(
            id=_tail(node),
            kind=_most(kind for claim in claims for kind in graph.codes(claim, "controlKind")),
            basis=_first(graph.codes(node, "basis")),
            start=_first(graph.texts(node, "beginEarliest")),
            end=_first(graph.texts(node, "beginLatest")),
            side_a=graph.nodes(node, "winner"),
            side_b=graph.nodes(node, "loser"),
            place=next(iter(graph.nodes(node, "atPlace")), None),
            near=False,
            claims=claims,
            against=len(graph.nodes(node, "opposedBy")),
        )


def _incidents(graph: "_Graph") -> Iterator[_Event]:
    happened = {code("StatusScheme", status) for status in (Status.ASSERTED, Status.CLAIMED)}
    alike: defaultdict[tuple[object, ...], list[ox.NamedNode]] = defaultdict(list)
    for claim in graph.of_type("IncidentClaim"):
        if happened.intersection(graph.nodes(claim, "claimStatus")):
            alike[_what(graph, claim)].append(claim)
    for what, claims in alike.items():
        first = claims[0]
        statuses = {status for claim in claims for status in graph.codes(claim, "claimStatus")}
        reported = min((day for claim in claims for day in graph.texts(claim, "reportedOn")), default="")
        over = _first(graph.texts(first, "endLatest")) or _first(graph.texts(first, "endEarliest"))
        yield _Event(
            id=f"incident/{sha256(repr(what).encode()).hexdigest()[:20]}",
            kind=_first(graph.codes(first, "incidentKind")),
            basis=min(statuses),
            start=_first(graph.texts(first, "beginEarliest")),
            end=_day_before(over) or _first(graph.texts(first, "beginLatest")) or reported,
            side_a=graph.nodes(first, "agent"),
            side_b=graph.nodes(first, "target"),
            place=next(iter(graph.nodes(first, "atPlace")), None),
            near=graph.texts(first, "nearby") == ["true"],
            claims=claims,
        )


def _what(graph: "_Graph", claim: ox.NamedNode) -> tuple[str, ...]:
    """What claims agree in that tell of one incident; a claim without any day agrees with itself alone."""
    names = ("incidentKind", "means", "atPlace", "agent", "target")
    days = [_first(graph.texts(claim, name)) for name in ("beginEarliest", "beginLatest", "endEarliest", "endLatest")]
    alone = "" if any(days) else _tail(claim)
    near = _first(graph.texts(claim, "nearby"))
    return (*(_joined(map(_tail, graph.nodes(claim, name))) for name in names), *days, near, alone)


# ---------------------------------------------------------------- rows


def _row(graph: "_Graph", event: _Event) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    row |= {"event_id": event.id, "event": event.kind, "basis": event.basis, "near": str(event.near).lower()}
    row |= {"date_start": event.start, "date_end": event.end, "claims_against": str(event.against)}
    row["means"] = _most(means for claim in event.claims for means in graph.codes(claim, "means"))
    row["ucdp_date_prec"], row["acled_time_precision"] = date_precision(_day(event.start), _day(event.end))
    row["side_a"], row["side_b"] = (_joined(map(graph.label, side)) for side in (event.side_a, event.side_b))
    row["claims"] = _joined(map(_tail, event.claims))
    row |= _codes(graph, event) | _where(graph, event) | _fatalities(graph, event) | _sources(graph, event)
    return {name: text if name in NUMBERS else safe(text) for name, text in row.items()}


def _codes(graph: "_Graph", event: _Event) -> Row:
    """The classes that most of the claims have."""
    acled, ucdp, plover = (
        _most(text for claim in event.claims for text in graph.texts(claim, book))
        for book in ("acled", "ucdp", "plover")
    )
    kind, _, sub = acled.partition(": ")
    names = ("acled_event_type", "acled_sub_event_type", "ucdp_type_of_violence", "plover")
    return dict(zip(names, (kind, sub, ucdp, plover), strict=True))


def _where(graph: "_Graph", event: _Event) -> Row:
    """The place, and the coordinates of the smallest place around it that has some."""
    if event.place is None:
        return {}
    around = graph.around(event.place)
    row = {"place": graph.label(event.place), "within": _joined(map(graph.label, around[:1]))}
    row["country"] = _first(country for node in (event.place, *around) for country in graph.texts(node, "countryCode"))
    for node in (event.place, *around):
        latitude, longitude = (_first(graph.texts(node, f"{WGS}{axis}")) for axis in ("lat", "long"))
        if latitude and longitude:
            kind = PlaceKind(_first(graph.codes(node, "placeKind")))
            entry = gazetteer().entry(_tail(node).removeprefix("place/"))
            level = entry.level if entry else 0
            exact = node == event.place and not event.near
            in_town = exact or (not event.near and graph.codes(event.place, "placeKind") == [PlaceKind.PART])
            row |= {"latitude": latitude, "longitude": longitude}
            row["ucdp_where_prec"] = where_precision(kind, level, exact=exact)
            row["acled_geo_precision"] = geo_precision(kind, level, exact=in_town)
            break
    return row


def _fatalities(graph: "_Graph", event: _Event) -> Row:
    """The largest range of the killed that a claim tells of in the sentence of the event, and the others beside it."""
    killed = {
        node for claim in event.claims for harmed in graph.nodes(claim, "harming") for node in graph.killed(harmed)
    }
    told = [
        (_first(graph.texts(node, "victims")), *(_first(graph.texts(node, bound)) for bound in ("low", "best", "high")))
        for node in sorted(killed, key=str)
    ]
    told.sort(key=lambda figures: (-int(figures[2] or figures[1] or 0), figures))
    row: Row = {}
    for victims, low, best, high in told[:1]:
        row = {"fatalities_low": low, "fatalities_best": best, "fatalities_high": high, "fatalities_of": victims}
    row["other_fatalities"] = _joined(
        f"{victims} {low or '?'}/{best or '?'}/{high or '?'}" for victims, low, best, high in told[1:]
    )
    return row


def _sources(graph: "_Graph", event: _Event) -> Row:
    """Who says so, through which outlets, in which reports, and the words of the first report."""
    origins = {node for claim in event.claims for node in graph.nodes(claim, "accordingTo")}
    reports = {node for claim in event.claims for node in graph.nodes(claim, "inDocument")}
    outlets = {node for report in reports for node in graph.nodes(report, f"{DCT}publisher")}
    outlets |= {node for claim in event.claims for node in graph.nodes(claim, "relayedBy")}
    quotes = [
        (min(graph.texts(claim, "reportedOn"), default=_OPEN), claim.value, words)
        for claim in event.claims
        for passage in graph.nodes(claim, "evidence")
        for words in graph.texts(passage, f"{NIF}anchorOf")
    ]
    return {
        "number_of_sources": str(len(origins)),
        "source_original": _joined(sorted(map(graph.label, origins))),
        "source_office": _joined(sorted(map(graph.label, outlets))),
        "source_article": _joined(sorted(name for report in reports for name in graph.texts(report, "fileName"))),
        "source_date": _joined(sorted({day for claim in event.claims for day in graph.texts(claim, "reportedOn")})),
        "notes": min(quotes, default=("", "", ""))[2],
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "")


def _most(texts: Iterable[str]) -> str:
    """The most frequent text, of several the first in the alphabet."""
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text), default="")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_before(text: str) -> str:
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat() if text else ""


def _tail(node: ox.NamedNode) -> str:
    """The kind and id at the end of an IRI."""
    return "/".join(node.value.rsplit("/", 2)[1:])


# ---------------------------------------------------------------- the graph


class _Graph:
    """What is looked up in the store, in an order that does not depend on how it was filled."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def of_type(self, name: str) -> list[ox.NamedNode]:
        """The nodes of a class."""
        found = {quad.subject for quad in self._store.quads_for_pattern(None, TYPE, term(name))}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def nodes(self, node: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        """The nodes that a property leads to."""
        return sorted((value for value in self._values(node, name) if isinstance(value, ox.NamedNode)), key=str)

    def texts(self, node: ox.NamedNode, name: str) -> list[str]:
        """The literals of a property."""
        return sorted(value.value for value in self._values(node, name) if isinstance(value, ox.Literal))

    def codes(self, node: ox.NamedNode, name: str) -> list[str]:
        """The codes that a property leads to, as claim records write them."""
        return [text for value in self.nodes(node, name) for text in self.texts(value, f"{SKOS}notation")]

    def label(self, node: ox.NamedNode) -> str:
        """What a node is called, its IRI where it has no name."""
        return _first(self.texts(node, LABEL.value)) or node.value

    def around(self, place: ox.NamedNode) -> list[ox.NamedNode]:
        """The places around a place, the smallest first."""
        found: list[ox.NamedNode] = []
        above = self.nodes(place, "locatedIn")
        while above and above[0] not in (*found, place):
            found.append(above[0])
            above = self.nodes(above[0], "locatedIn")
        return found

    def killed(self, claim: ox.NamedNode) -> list[ox.NamedNode]:
        """The ranges of killed people that a casualty claim counts for."""
        quads = self._store.quads_for_pattern(None, term("supportedBy"), claim)
        found = [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]
        return [node for node in found if self.codes(node, "harm") == ["killed"]]

    def _values(self, node: ox.NamedNode, name: str) -> set[object]:
        """``name`` is one of ours, or a whole IRI."""
        property = ox.NamedNode(name) if ":" in name else term(name)
        return {quad.object for quad in self._store.quads_for_pattern(node, property, None)}
