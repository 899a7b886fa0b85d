from pathlib import Path

import pytest
import samples
from servers import write_graph

from conflict_kg import store
from conflict_kg.errors import UnknownNameError
from conflict_kg.evidence.reports import Found, ReportPage, report_page
from conflict_kg.graph import BASE, Names

NAMES = Names(BASE)


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples."""
    return write_graph(tmp_path_factory.mktemp("reports") / "graph")


def read(folder: Path, document: str) -> ReportPage:
    """The report of that name."""
    return report_page(store.open_store(folder), store.current(folder), document)


def of(page: ReportPage, iri: str) -> Found:
    """What stands in the report under an IRI."""
    (found,) = (one for one in page.found if one.node.iri == iri)
    return found


def test_reports_have_their_text_and_all_that_was_read(folder: Path) -> None:
    """Each passage is where its offsets say, in the order of the text; mentions are left out."""
    page = read(folder, "fall")
    assert (page.title, page.published, page.publishers) == (samples.FALL.title, "2031-03-05", ("Meridian Wire",))
    assert page.urls == ("https://news.example/fall",)
    assert page.text == samples.FALL.text
    assert [one.node.kind for one in page.found] == [
        "control claim",
        "control claim",
        "statement",
        "casualty claim",
        "incident claim",
    ]
    assert all(page.text[one.start : one.end] == one.quote for one in page.found)


def test_reports_tell_what_a_claim_says_and_who_says_so(folder: Path) -> None:
    """In words, with the statement that makes it."""
    killed = of(read(folder, "fall"), NAMES.claim(samples.KILLED.key).value)
    assert killed.node.says == "At least 40 soldiers killed at Qara Tepe, blamed on Northern Front, from 2031-03-04"
    assert killed.node.place_id == NAMES.place(samples.QARA_TEPE.id).value
    assert killed.node.facts["accordingTo"] == ["Tolan Meres"]
    assert killed.node.facts["relayedBy"] == ["Vesh Radio"]
    assert killed.stated_in == NAMES.statement(samples.SAID.key).value


def test_reports_tell_what_rests_on_a_claim_as_it_stands_now(folder: Path) -> None:
    """A change, periods, and a disagreement; periods that later reports have replaced are left out."""
    capture = of(read(folder, "fall"), NAMES.claim(samples.CAPTURE.key).value)
    assert {(one.how, one.node.kind) for one in capture.derived} == {
        ("supports", "control change"),
        ("supports", "control period"),
    }
    periods = {one.node.iri for one in capture.derived if one.node.kind == "control period"}
    assert periods == {NAMES.period("p-before").value, NAMES.period("p-front-2").value}
    denied = of(read(folder, "district"), NAMES.claim(samples.DENIED.key).value)
    assert ("the other side of", "disagreement") in {(one.how, one.node.kind) for one in denied.derived}
    assert all("supportedBy" not in one.node.facts for one in denied.derived)


def test_reports_without_title_or_publisher_or_text(folder: Path) -> None:
    """What is not known is left open; a graph of a version that kept no texts still tells what was read."""
    assert (read(folder, "undated").published, read(folder, "undated").publishers) == (None, ())
    other = report_page(store.open_store(folder), folder, "fall")
    assert (other.text, len(other.found)) == (None, 5)


def test_reports_that_are_not_there_are_told(folder: Path) -> None:
    """By name."""
    with pytest.raises(UnknownNameError, match="no report 'nothing' is in the graph"):
        read(folder, "nothing")
