"""Why something stands in the graph: from a derived node to its rule, the claims behind it and their sentences.

A node's IRI comes in, a tree of steps goes out: a control period rests on claims and begins with a change, a change and
a casualty range rest on claims, a claim rests on a sentence and may have been made in a statement.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.evidence.facts import KINDS, facts, kind, local, objects
from conflict_kg.evidence.wording import SAYS, Facts
from conflict_kg.questions.nodes import tail
from conflict_kg.questions.rendering import PIPE_WIDTH, clean
from conflict_kg.vocabulary import CKG, TYPE

_LINKS = {
    "supportedBy": "supported by",
    "opposedBy": "opposed by",
    "oneSide": "one side",
    "otherSide": "other side",
    "beganWith": "began with",
    "statedIn": "stated in",
    "harming": "harming",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that a claim or statement was read from."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    """ISO date."""
    start: int
    """Code points into the report's text; ``end`` is exclusive."""
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Step:
    """One node on the way from an answer to the sentences behind it."""

    iri: str
    kind: str
    says: str
    """The node in one line of English."""
    rule: str | None
    according_to: tuple[str, ...]
    relayed_by: tuple[str, ...]
    note: str | None
    sentence: Sentence | None
    because: tuple[tuple[str, "Step"], ...]
    """What it rests on, each with how."""


def explain(store: ox.Store, node: str) -> Step:
    """The steps behind a node, given as its IRI or the end of it (``period/3f``).

    Raises ``InputError`` where the graph has no such node, or one that nothing is behind, such as a place.
    """
    iri = node if "://" in node or node.startswith("urn:") else tail(store, node, option="explain")
    try:
        what = kind(store, ox.NamedNode(iri))
    except ValueError as error:
        raise InputError(f"explain: {node!r} is not an IRI ({error})") from None
    if what is None:
        types = {local(type) for type in objects(store, ox.NamedNode(iri), TYPE)}
        fault = "is not in the graph" if not types else f"is a {', '.join(sorted(filter(None, types)))}"
        raise InputError(
            f"explain: <{iri}> {fault}; periods, changes, ranges, disagreements, claims and statements can be explained"
        )
    return _step(store, ox.NamedNode(iri), what)


def as_json(step: Step) -> dict[str, Any]:
    """The tree as dictionaries and lists."""
    sentence = step.sentence
    return {
        "iri": step.iri,
        "kind": step.kind,
        "says": step.says,
        "rule": step.rule,
        "according_to": list(step.according_to),
        "relayed_by": list(step.relayed_by),
        "note": step.note,
        "sentence": {name: getattr(sentence, name) for name in Sentence.__slots__} if sentence else None,
        "because": [{"how": how, **as_json(under)} for how, under in step.because],
    }


def as_text(step: Step, *, base: str, width: int = PIPE_WIDTH) -> str:
    """The tree as indented text; what was shown once is only named the next time. IRIs are shown without ``base``."""
    lines = (line for depth, text in _outline(step, "", base, set()) for line in _wrapped(text, depth, width))
    return "".join(f"{line}\n" for line in lines)


def _outline(step: Step, how: str, base: str, seen: set[str]) -> Iterator[tuple[int, str]]:
    """Paragraphs, each with how deep it stands."""
    name = step.iri.removeprefix(base)
    heading = f"{how}: {name}" if how else name
    if step.iri in seen:
        yield 0, f"{heading} (above)"
        return
    seen.add(step.iri)
    yield 0, heading
    for paragraph in _about(step):
        yield 1, paragraph
    if step.sentence:
        yield 2, f"“{step.sentence.quote}”"
    for link, under in step.because:
        for depth, paragraph in _outline(under, link, base, seen):
            yield depth + 1, paragraph


def _about(step: Step) -> Iterator[str]:
    yield f"{step.kind}: {step.says}"
    if step.rule:
        yield f"rule: {step.rule}"
    if step.according_to:
        through = f", through {', '.join(step.relayed_by)}" if step.relayed_by else ""
        yield f"according to {' and '.join(step.according_to)}{through}"
    if step.note:
        yield f"note: {step.note}"
    if step.sentence:
        s = step.sentence
        where = f"{s.document}:{s.start}-{s.end}"
        about = ", ".join(part for part in (s.publisher, s.published, s.title) if part)
        yield f"{where} ({about})" if about else where


def _wrapped(text: str, depth: int, width: int) -> list[str]:
    indent = "  " * depth
    return textwrap.wrap(clean(text), max(width, len(indent) + 40), initial_indent=indent, subsequent_indent=indent)


# ---------------------------------------------------------------- from the graph


def _step(store: ox.Store, node: ox.NamedNode, what: str) -> Step:
    known = facts(store, node)
    return Step(
        iri=node.value,
        kind=KINDS[what],
        says=SAYS[what](known),
        rule=_first(known, "rule"),
        according_to=tuple(known["accordingTo"]),
        relayed_by=tuple(known["relayedBy"]),
        note=_first(known, "note"),
        sentence=_sentence(store, node),
        because=tuple(_because(store, node)),
    )


def _because(store: ox.Store, node: ox.NamedNode) -> Iterator[tuple[str, Step]]:
    for link, how in _LINKS.items():
        for under in sorted(objects(store, node, ox.NamedNode(CKG + link)), key=str):
            if (what := kind(store, under)) is not None and isinstance(under, ox.NamedNode):
                yield how, _step(store, under, what)


def _sentence(store: ox.Store, node: ox.NamedNode) -> Sentence | None:
    passage = next(iter(objects(store, node, ox.NamedNode(f"{CKG}evidence"))), None)
    document = next(iter(objects(store, node, ox.NamedNode(f"{CKG}inDocument"))), None)
    if passage is None or document is None:
        return None
    words, report = facts(store, passage), facts(store, document)
    return Sentence(
        document=report["fileName"][0],
        title=_first(report, "title"),
        publisher=_first(report, "publisher"),
        published=_first(report, "issued"),
        start=int(words["beginIndex"][0]),
        end=int(words["endIndex"][0]),
        quote=words["anchorOf"][0],
    )


def _first(facts: Facts, key: str) -> str | None:
    return next(iter(facts[key]), None)
