"""A report as a reader looks at it: its words, what was read from each passage of them, and what follows from that."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.errors import UnknownNameError
from conflict_kg.evidence.facts import KINDS, facts, iri, kind, objects, subjects
from conflict_kg.evidence.wording import SAYS
from conflict_kg.store import texts
from conflict_kg.vocabulary import term

_RESTS = {
    "supportedBy": "supports",
    "opposedBy": "opposes",
    "oneSide": "one side of",
    "otherSide": "the other side of",
}
"""How something derived leads to a claim, and what the claim is to it."""
_LONG = {*_RESTS, "type", "evidence", "inDocument", "concerns"}
"""What is not repeated among the facts."""


@dataclass(frozen=True, slots=True)
class Node:
    """A claim, a statement or something derived."""

    iri: str
    kind: str
    """Such as "control claim"."""
    says: str
    """The node in one line of English."""
    facts: Mapping[str, list[str]]
    """Local name of a property to what it says, names and codes as written; without the claims behind it."""
    place_id: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """Something that rests on a claim."""

    how: str
    """What the claim is to it: "supports", "opposes", "one side of", "the other side of"."""
    node: Node


@dataclass(frozen=True, slots=True)
class Found:
    """A claim or statement of a report, with its passage."""

    node: Node
    start: int
    """Code points into the report's text; ``end`` is exclusive."""
    end: int
    quote: str
    stated_in: str | None
    """IRI of the statement that makes the claim."""
    derived: tuple[Derived, ...]
    """Periods only as they stand when all reports are known."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that is known of one report."""

    document: str
    title: str | None
    published: str | None
    """ISO date."""
    publishers: tuple[str, ...]
    urls: tuple[str, ...]
    text: str | None
    """None where the build kept no texts."""
    found: tuple[Found, ...]
    """In the order of the text."""


def report_page(store: ox.Store, build: Path, document: str) -> ReportPage:
    """The report of that name, or the document of that IRI, in a build.

    Raises ``UnknownNameError`` where there is none.
    """
    node = _document(store, document)
    about = facts(store, node)
    name = document if document in about["fileName"] else about["fileName"][0]
    return ReportPage(
        document=name,
        title=next(iter(about["title"]), None),
        published=next(iter(about["issued"]), None),
        publishers=tuple(about["publisher"]),
        urls=tuple(about["source"]),
        text=texts.find(build, name),
        found=tuple(sorted(_found(store, node), key=lambda one: (one.start, one.end, one.node.kind, one.node.iri))),
    )


def _document(store: ox.Store, document: str) -> ox.NamedNode:
    named = next(subjects(store, term("fileName"), ox.Literal(document)), None)
    if named is not None:
        return named
    with suppress(ValueError):  # no IRI
        if objects(store, node := ox.NamedNode(document), term("fileName")):
            return node
    raise UnknownNameError(f"no report {document!r} is in the graph")


def _found(store: ox.Store, document: ox.NamedNode) -> Iterator[Found]:
    known = cache(lambda node: _node(store, node))  # what many claims of a report support is looked up once
    for claim in subjects(store, term("inDocument"), document):
        if (passage := next(iter(objects(store, claim, term("evidence"))), None)) is None:
            continue  # a passage itself, which is in the document too
        words = facts(store, passage)
        yield Found(
            node=known(claim),
            start=int(words["beginIndex"][0]),
            end=int(words["endIndex"][0]),
            quote=words["anchorOf"][0],
            stated_in=next(map(iri, objects(store, claim, term("statedIn"))), None),
            derived=tuple(
                Derived(how, known(derived))
                for link, how in _RESTS.items()
                for derived in subjects(store, term(link), claim)
                if not objects(store, derived, term("knownUntil"))
            ),
        )


def _node(store: ox.Store, node: ox.NamedNode) -> Node:
    what = kind(store, node)
    assert what is not None, f"{node} is nothing that can be told"
    known = facts(store, node)
    return Node(
        iri=node.value,
        kind=KINDS[what],
        says=SAYS[what](known),
        facts={name: known[name] for name in sorted(known) if known[name] and name not in _LONG},
        place_id=next(map(iri, objects(store, node, term("atPlace"))), None),
    )
