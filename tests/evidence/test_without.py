"""without.py: the graph as it would be had one report never been read."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import samples
from servers import write_graph

from conflict_kg import store
from conflict_kg.account import derive
from conflict_kg.assembly.readings import Readings, entries_of, kept
from conflict_kg.errors import InputError, UnknownNameError
from conflict_kg.evidence.without import without
from conflict_kg.graph import ACCOUNT, BASE, Names, account_quads
from conflict_kg.reasoning import concerns
from conflict_kg.vocabulary import term

NAMES = Names(BASE)
LEFT_OUT, *OTHERS = samples.readings()


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples."""
    return write_graph(tmp_path_factory.mktemp("without") / "graph")


def triples(graph: ox.Store, name: str) -> Iterator[ox.Triple]:
    """What stands in a named graph."""
    return (quad.triple for quad in graph.quads_for_pattern(None, None, None, NAMES.graph(name)))


def test_without_derives_the_account_from_the_other_reports(folder: Path) -> None:
    """It is that of the others' claims, and all else stays but the report's own graph."""
    whole = store.open_store(folder)
    digest = LEFT_OUT.report.digest[:16]
    left = without(whole, folder, store.current(folder), digest)
    claims = [claim for reading in OTHERS for claim in reading.claims]
    account = derive(claims, {place.id: place for reading in OTHERS for place in reading.places})
    assert set(triples(left, ACCOUNT)) == {quad.triple for quad in account_quads(NAMES, account)}
    assert list(triples(whole, digest))
    assert not list(triples(left, digest))
    kept_as_it_was = {quad for quad in whole if quad.graph_name not in (NAMES.graph(ACCOUNT), NAMES.graph(digest))}
    concerned = concerns([*left], base=BASE)
    assert {quad for quad in left if quad.graph_name != NAMES.graph(ACCOUNT)} == kept_as_it_was | set(concerned)


def test_without_says_which_places_what_is_derived_concerns(folder: Path) -> None:
    """A new period concerns its place and those around it: the stored questions ask for that."""
    left = without(store.open_store(folder), folder, store.current(folder), LEFT_OUT.report.digest[:16])
    around: dict[object, object] = {}
    around |= {quad.subject: quad.object for quad in left.quads_for_pattern(None, term("within"), None)}
    periods = [quad for quad in left.quads_for_pattern(None, term("atPlace"), None) if "/period/" in str(quad.subject)]
    assert periods
    for period in periods:
        for way in ("concerns", "controlIn"):
            told = {quad.object for quad in left.quads_for_pattern(period.subject, term(way), None)}
            assert {period.object, around.get(period.object, period.object)} <= told


def test_without_leaves_the_graph_as_it_is(folder: Path) -> None:
    """The store that it reads still has the report."""
    whole = store.open_store(folder)
    before = set(whole)
    without(whole, folder, store.current(folder), LEFT_OUT.report.digest[:16])
    assert set(whole) == before


def test_without_knows_what_it_cannot_leave_out(folder: Path) -> None:
    """A document that is not there."""
    with pytest.raises(UnknownNameError, match="no document 'nothing'"):
        without(store.open_store(folder), folder, store.current(folder), "nothing")


def test_without_needs_what_the_build_has_kept(folder: Path, tmp_path: Path) -> None:
    """A graph of an older build says so."""
    older = tmp_path / "graph"
    store.write(older, sorted(store.open_store(folder), key=str), {})
    with pytest.raises(InputError, match="build it anew"):
        without(store.open_store(older), older, store.current(older), LEFT_OUT.report.digest[:16])


def test_without_tells_what_is_gone(tmp_path: Path) -> None:
    """A reading that is no longer kept, since the folder was built anew meanwhile."""
    folder = write_graph(tmp_path / "graph")
    with Readings(folder) as readings:
        readings.forget_others()
    with pytest.raises(InputError, match=r"what was read of '.*' is gone"):
        without(store.open_store(folder), folder, store.current(folder), LEFT_OUT.report.digest[:16])


def test_without_has_enough_to_derive_the_account_of_the_seed_reports(seed_graph: Path) -> None:
    """What is kept of all reports gives the account that the build has, to the triple."""
    build = store.current(seed_graph)
    readings = list(kept(seed_graph, entries_of(build)))
    claims = [claim for reading in readings for claim in reading.claims]
    account = derive(claims, {place.id: place for reading in readings for place in reading.places})
    assert len(readings) == 5
    assert {quad.triple for quad in account_quads(NAMES, account)} == set(
        triples(store.open_store(seed_graph), ACCOUNT)
    )
