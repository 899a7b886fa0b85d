"""kept.py: what was read from each report, without its text, as lines of JSON and back."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import samples

from conflict_kg import kept, store
from conflict_kg.account import derive
from conflict_kg.errors import InputError
from conflict_kg.graph import ACCOUNT, BASE, Names
from conflict_kg.graph.derived import account_triples
from conflict_kg.model import Report


def test_kept_comes_back_as_it_was() -> None:
    """Claims of every type, with their keys, and the places around them."""
    readings = sorted(samples.readings(), key=lambda reading: reading.report.id)
    found = kept.read(kept.lines(readings), source="lines")
    assert [(one.document, one.claims, one.places) for one in found] == [
        (reading.report.digest, reading.claims, reading.places) for reading in readings
    ]
    assert {type(claim).__name__ for one in found for claim in one.claims} == set(kept._CLAIMS)
    keys = [claim.key for reading in readings for claim in reading.claims]
    assert [claim.key for one in found for claim in one.claims] == keys


def test_kept_lines_have_no_text_but_what_claims_rest_on() -> None:
    """The words of a report stand in them only where a claim quotes them."""
    report: Report = samples.readings()[0].report
    (line, *_) = kept.lines(samples.readings()).splitlines()
    assert report.text not in json.loads(line).values()
    assert kept.lines(samples.readings()) == kept.lines(samples.readings())


def test_kept_gives_the_account_of_the_seed_reports_again(seed_graph: Path) -> None:
    """What a build has kept is enough to derive its account anew, to the triple."""
    build = store.current(seed_graph)
    found = kept.read((build / kept.FILE).read_text("utf-8"), source=kept.FILE)
    claims = [claim for one in found for claim in one.claims]
    account = derive(claims, {place.id: place for one in found for place in one.places})
    names = Names(BASE)
    quads = store.open_store(seed_graph).quads_for_pattern(None, None, None, names.graph(ACCOUNT))
    assert {ox.Triple(*triple) for triple in account_triples(names, account)} == {quad.triple for quad in quads}
    assert len(found) == 5


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", '{"document": "d", "around": 0, "actors": [], "places": [], "claims": [{"is": "Guess"}]}']
)
def test_kept_tells_what_it_cannot_read(line: str) -> None:
    """The file and the line."""
    good = kept.lines(samples.readings()).splitlines()[0]
    with pytest.raises(InputError, match=r"readings\.jsonl:2: .*build it anew"):
        kept.read(f"{good}\n{line}\n", source="readings.jsonl")
