"""Why something stands in the graph: from a derived node to its rule, the claims behind it and their sentences.

A node's IRI comes in, a tree of steps goes out: a control period rests on claims and begins with a change, a change and
a casualty range rest on claims, a claim rests on a sentence and may have been made in a statement.
"""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.nodes import tail
from conflict_kg.rendering import PIPE_WIDTH, clean
from conflict_kg.vocabulary import CKG, LABEL, SKOS, TYPE
from conflict_kg.wording import SAYS, Facts

_NOTATION = ox.NamedNode(f"{SKOS}notation")
_KINDS = {
    "ControlPeriod": "control period",
    "ControlChange": "control change",
    "CasualtyRange": "casualty range",
    "Disagreement": "disagreement",
    "ControlClaim": "control claim",
    "CasualtyClaim": "casualty claim",
    "IncidentClaim": "incident claim",
    "Statement": "statement",
}
_LINKS = {
    "supportedBy": "supported by",
    "opposedBy": "opposed by",
    "oneSide": "one side",
    "otherSide": "other side",
    "beganWith": "began with",
    "statedIn": "stated in",
    "harming": "harming",
}
_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


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
        types = {_local(type) for type in _objects(store, ox.NamedNode(iri), TYPE)}
    except ValueError as error:
        raise InputError(f"explain: {node!r} is not an IRI ({error})") from None
    kind = next((kind for kind in _KINDS if kind in types), None)
    if kind is None:
        fault = "is not in the graph" if not types else f"is a {', '.join(sorted(filter(None, types)))}"
        raise InputError(
            f"explain: <{iri}> {fault}; periods, changes, ranges, disagreements, claims and statements can be explained"
        )
    return _step(store, ox.NamedNode(iri), kind)


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


def _step(store: ox.Store, node: ox.NamedNode, kind: str) -> Step:
    facts = _facts(store, node)
    return Step(
        iri=node.value,
        kind=_KINDS[kind],
        says=SAYS[kind](facts),
        rule=_first(facts, "rule"),
        according_to=tuple(facts["accordingTo"]),
        relayed_by=tuple(facts["relayedBy"]),
        note=_first(facts, "note"),
        sentence=_sentence(store, node),
        because=tuple(_because(store, node)),
    )


def _because(store: ox.Store, node: ox.NamedNode) -> Iterator[tuple[str, Step]]:
    for link, how in _LINKS.items():
        for under in sorted(_objects(store, node, ox.NamedNode(CKG + link)), key=str):
            types = {_local(type) for type in _objects(store, under, TYPE)}
            kind = next((kind for kind in _KINDS if kind in types), None)
            if kind is not None and isinstance(under, ox.NamedNode):
                yield how, _step(store, under, kind)


def _sentence(store: ox.Store, node: ox.NamedNode) -> Sentence | None:
    passage = next(iter(_objects(store, node, ox.NamedNode(f"{CKG}evidence"))), None)
    document = next(iter(_objects(store, node, ox.NamedNode(f"{CKG}inDocument"))), None)
    if passage is None or document is None:
        return None
    words, report = _facts(store, passage), _facts(store, document)
    return Sentence(
        document=report["fileName"][0],
        title=_first(report, "title"),
        publisher=_first(report, "publisher"),
        published=_first(report, "issued"),
        start=int(words["beginIndex"][0]),
        end=int(words["endIndex"][0]),
        quote=words["anchorOf"][0],
    )


def _facts(store: ox.Store, node: _Term) -> Facts:
    facts: defaultdict[str, list[str]] = defaultdict(list)
    assert isinstance(node, ox.NamedNode)
    for quad in store.quads_for_pattern(node, None, None):
        facts[_local(quad.predicate)].append(_name(store, quad.object))
    return defaultdict(list, {key: sorted(values) for key, values in facts.items()})


def _name(store: ox.Store, term: _Term) -> str:
    """A literal's text; of a node the code's notation or the label."""
    if isinstance(term, ox.Literal):
        return term.value
    found = [*_objects(store, term, _NOTATION), *_objects(store, term, LABEL)]
    return next((name.value for name in found if isinstance(name, ox.Literal)), str(term))


def _objects(store: ox.Store, subject: _Term, predicate: ox.NamedNode) -> list[_Term]:
    if not isinstance(subject, ox.NamedNode):
        return []
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]


def _local(term: _Term) -> str:
    """The name after the last slash or hash."""
    return re.split("[/#]", term.value)[-1] if isinstance(term, ox.NamedNode) else ""


def _first(facts: Facts, key: str) -> str | None:
    return next(iter(facts[key]), None)
