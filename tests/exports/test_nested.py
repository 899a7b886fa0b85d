"""Nested JSON of the samples: readable without RDF, and still JSON-LD that says nothing but what the graph says."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.exports.nested import ROOTS, write
from conflict_kg.graph import Names, quads
from conflict_kg.reasoning import infer
from conflict_kg.vocabulary import TYPE, term

NAMES = Names("https://conflict-kg.example/")


@pytest.fixture(name="kept", scope="module")
def _kept() -> ox.Store:
    asserted = quads(samples.readings(), samples.account())
    store = ox.Store()
    store.extend([*asserted, *infer(asserted)])
    return store


def test_nested_answers_hold_claims_with_their_sentences(kept: ox.Store) -> None:
    """From a period to the words in a report without looking anything up."""
    nodes: list[dict[str, Any]] = json.loads(write(kept, "nested-json"))["@graph"]
    period = next(
        node for node in nodes
        if node["type"] == "ControlPeriod" and node["atPlace"]["label"] == "Qara Tepe"
        and node["holder"]["label"] == "Northern Front" and isinstance(node["supportedBy"], list)
    )  # fmt: skip
    for claim in period["supportedBy"]:
        assert claim["accordingTo"]["label"]
        report = next(r.report for r in samples.readings() if r.report.id == claim["inDocument"]["fileName"])
        passage = claim["evidence"]
        assert report.text[passage["beginIndex"] : passage["endIndex"]] == passage["anchorOf"]


def test_nested_is_json_ld_of_the_graph(kept: ox.Store) -> None:
    """Every triple read from it is the graph's, and no answer, statement or claim is missing."""
    back = {quad.triple for quad in ox.parse(write(kept, "nested-json"), format=ox.RdfFormat.JSON_LD)}
    whole = {quad.triple for quad in kept}
    assert back < whole
    for name in (*ROOTS, "ControlClaim", "CasualtyClaim"):
        typed = {triple for triple in whole if triple.predicate == TYPE and triple.object == term(name)}
        assert typed
        assert typed <= back
