"""Reports that come to a graph or leave it: what is then there is what a build from scratch makes."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from account_claims import BLUES, GATE, GREENS, PLACES, REDS, TOWN, actor, control, control_claims, harmed
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import Told, read_as_told, reading_of, write_reports

from conflict_kg import build as chain
from conflict_kg import cli, graph, reasoning, records, store, validation
from conflict_kg.account import Share, Topic, derive, shares, with_copies
from conflict_kg.account.parties import with_parties
from conflict_kg.assembly import parts
from conflict_kg.assembly.parts import Common, Pairs
from conflict_kg.documents import make_report
from conflict_kg.documents.copies import copies, signature
from conflict_kg.errors import InputError, NoGraphError
from conflict_kg.model import ActorKind, Claim, Reading, Report
from conflict_kg.serial import dump, load

Record = Mapping[str, str | None]

_DRIFTER = actor("drifter", kind=ActorKind.PERSON)
"""Whom reports put on several sides."""
_SOURCE = actor("a-source", kind=ActorKind.UNNAMED)
"""Whom no report names: in one report only it belongs to that, else it is shared."""


@st.composite
def _claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    """What one report says: of control, of victims, according to people who may be on any side."""
    drifting = replace(_DRIFTER, party=draw(st.sampled_from(["drifter", "reds", "blues", "blues"])))
    controls = draw(st.lists(control_claims(), max_size=3))
    speakers = st.sampled_from([(), (drifting,), (_SOURCE,)])
    told = [replace(claim, according_to=draw(speakers)) for claim in controls]
    number = draw(st.integers(1, 40))
    victims = harmed("killed", "soldiers", low=number, best=number, where=draw(st.sampled_from([TOWN, GATE, None])))
    return (*told, *([victims] if draw(st.booleans()) else []))


@st.composite
def _histories(draw: st.DrawFn) -> tuple[list[list[Record]], list[str], Told]:
    """Reports in portions, a later one of which may change an earlier; ids that are removed then; what all say."""
    portions: list[list[Record]] = []
    told: dict[str, tuple[Claim, ...]] = {}
    for number in range(draw(st.integers(1, 3))):
        ids = draw(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3, unique=True))
        records: list[Record] = []
        for id in ids:
            day = draw(st.none() | st.dates(date(2031, 1, 1), date(2031, 3, 1)))
            text = f"Report {id}, edition {number}."
            told[text] = draw(_claims())
            publisher = draw(st.sampled_from([None, "The Wire", "drifter"]))
            published = day.isoformat() if day else None
            records.append({"id": id, "text": text, "published": published, "publisher": publisher})
        portions.append(records)
    ids = sorted({str(record["id"]) for records in portions for record in records})
    removed = draw(st.lists(st.sampled_from(ids), max_size=len(ids) - 1, unique=True))
    return portions, removed, told


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.current(folder).iterdir() if path.is_file()}


def _last(portions: Sequence[Sequence[Record]], removed: Sequence[str]) -> list[Record]:
    """The last edition of each report that is not removed."""
    editions = {str(record["id"]): record for records in portions for record in records}
    return [record for id, record in editions.items() if id not in removed]


def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what takes long and is tested elsewhere."""
    monkeypatch.setattr(chain, "FILES", {})
    monkeypatch.setattr(store, "load", Path.exists)
    monkeypatch.setattr(reasoning, "infer", lambda _, base: [])  # noqa: ARG005  # none of any base
    monkeypatch.setattr(validation, "validate", lambda _: ())


def _build(reports: Path, folder: Path) -> chain.Built:
    return chain.build([reports], folder, warn=pytest.fail, progress=lambda _: None)


def _add(reports: Path, folder: Path) -> chain.Built:
    return chain.add([reports], folder, warn=pytest.fail, progress=lambda _: None)


def _derived(monkeypatch: pytest.MonkeyPatch) -> list[Topic]:
    """The topics of the account that were derived, so far."""
    derived: list[Topic] = []
    settled = parts.settled

    def noted(topic: str, rows: Iterable[bytes], common: Common) -> tuple[Pairs, Pairs]:
        derived.append(load(topic.encode(), Topic))
        return settled(topic, rows, common)

    monkeypatch.setattr(parts, "settled", noted)
    return derived


def _topics(reports: Sequence[Record], told: Told) -> dict[Topic, set[bytes]]:
    """What bears on each topic, of all that some reports claim."""
    readings = [reading_of(_report(record), told[str(record["text"])]) for record in reports]
    claims = {claim.key: claim for reading in readings for claim in reading.claims}
    copied = copies(signature(reading.report) for reading in readings)
    found: defaultdict[Topic, set[bytes]] = defaultdict(set)
    for topic, share in shares(with_copies(with_parties([claims[key] for key in sorted(claims)]), copied), PLACES):
        found[topic].add(dump(share, Share))
    return found


@settings(deadline=None, max_examples=15)
@given(_histories())
def test_add_and_remove_equal_a_build_from_scratch(history: tuple[list[list[Record]], list[str], Told]) -> None:
    """However reports are portioned, changed and removed: all files have the bytes of one build of what is left.

    On the way only those topics of the account are derived on which something else bears than before.
    """
    portions, removed, told = history
    with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _quick(monkeypatch)
        read_as_told(monkeypatch, told)
        derived = _derived(monkeypatch)
        before: Mapping[Topic, set[bytes]] = {}
        for number, records_of in enumerate([*portions, []]):
            if records_of:
                reports = write_reports(folder / "part.jsonl", records_of)
                built = _add(reports, folder / "grown") if number else _build(reports, folder / "grown")
                assert built.read == len(records_of)
            elif removed:
                assert chain.remove(removed, folder / "grown").read == 0
            now = _topics(_last(portions[: number + 1], () if records_of else removed), told)
            assert all(before.get(topic) != now[topic] for topic in derived)
            assert len(set(derived)) == len(derived)
            before = now
            derived.clear()
        scratch = write_reports(folder / "all.jsonl", _last(portions, removed))
        _build(scratch, folder / "scratch")

        assert _contents(folder / "grown") == _contents(folder / "scratch")


@settings(deadline=None, max_examples=25)
@given(_histories())
def test_build_part_by_part_equals_one_in_memory(history: tuple[list[list[Record]], list[str], Told]) -> None:
    """The graph and the records that are put together on the disk are those that the readings come to at once."""
    portions, _, told = history
    with pytest.MonkeyPatch.context() as monkeypatch, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _quick(monkeypatch)
        read_as_told(monkeypatch, told)
        left = _last(portions, [])
        _build(write_reports(folder / "all.jsonl", left), folder / "graph")
        readings = [reading_of(_report(record), told[str(record["text"])]) for record in left]
        claims = [claim for reading in readings for claim in reading.claims]
        places = {place.id: place for reading in readings for place in reading.places}
        copied = copies(signature(reading.report) for reading in readings)
        quads = graph.quads(readings, derive(claims, places, copies=copied))
        made = _contents(folder / "graph")

        assert made["claims.jsonl"] == records.lines(claims).encode()
        assert made["graph.nq"] == ox.serialize(quads, format=ox.RdfFormat.N_QUADS)


def _report(record: Record) -> Report:
    published = date.fromisoformat(record["published"]) if record["published"] else None
    return make_report(str(record["text"]), id=str(record["id"]), published=published, publisher=record["publisher"])


# ---------------------------------------------------------------- by hand

_TOLD: Told = {
    "Reds took the town.": (control("capture", by=REDS, of=BLUES, on="2031-01-03"),),
    "Blues took the town.": (control("capture", by=BLUES, of=REDS, on="2031-02-03"),),
    "Greens took the gate.": (control("capture", GATE, by=GREENS, on="2031-02-10"),),
}
_RECORDS: list[Record] = [
    {"id": str(number), "text": text, "published": "2031-02-11"} for number, text in enumerate(_TOLD)
]


@pytest.fixture(name="read")
def _read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the reports that were read."""
    _quick(monkeypatch)
    return read_as_told(monkeypatch, _TOLD)


def test_add_reads_only_what_is_new_or_changed(read: list[str], tmp_path: Path) -> None:
    """A report that was read is not read again, wherever it comes from; one that changed is."""
    output = tmp_path / "graph"
    _build(write_reports(tmp_path / "one.jsonl", _RECORDS[:2]), output)
    again = _add(write_reports(tmp_path / "two.jsonl", _RECORDS), output)
    assert (again.reports, again.read, read) == (3, 1, ["0", "1", "2"])
    changed = [{**_RECORDS[0], "published": "2031-02-12"}]
    assert _add(write_reports(tmp_path / "three.jsonl", changed), output).read == 1
    assert read[3:] == ["0"]


def test_add_derives_only_what_a_report_touches(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The topics that it bears on, its own document and claims; with other rules everything, but nothing is read."""
    output = tmp_path / "graph"
    derived = _derived(monkeypatch)
    documents: list[str] = []
    document = parts.document

    def noted(same_text: Sequence[Reading], homed: Iterable[bytes], common: Common) -> bytes:
        documents.extend(reading.report.id for reading in same_text)
        return document(same_text, homed, common)

    monkeypatch.setattr(parts, "document", noted)
    _build(write_reports(tmp_path / "two.jsonl", _RECORDS[:2]), output)
    assert (derived, sorted(documents)) == ([Topic(False, "town")], ["0", "1"])
    _add(write_reports(tmp_path / "three.jsonl", _RECORDS[2:]), output)
    assert (derived[1:], documents[2:]) == ([Topic(False, "gate")], ["2"])
    chain.remove(["1"], output)
    assert (derived[2:], documents[3:]) == ([Topic(False, "town")], [])
    _build(write_reports(tmp_path / "two.jsonl", [_RECORDS[0], _RECORDS[2]]), output)
    assert (len(derived), len(documents)) == (3, 3)
    monkeypatch.setattr(chain, "deriving_version", lambda: "another")
    _build(tmp_path / "two.jsonl", output)
    assert (len(derived), len(documents)) == (5, 5)
    assert read == ["0", "1", "2"]


def test_remove_takes_what_rests_on_a_report_alone(read: list[str], tmp_path: Path) -> None:
    """A change that only the removed report told of is gone, and nothing of the report is left in the folder."""
    output = tmp_path / "graph"
    _build(write_reports(tmp_path / "all.jsonl", _RECORDS), output)
    assert b"greens" in _contents(output)["graph.nq"]
    built = chain.remove(["2"], output)
    assert (built.reports, built.changes) == (2, 2)
    assert b"greens" not in _contents(output)["graph.nq"]
    _build(write_reports(tmp_path / "all.jsonl", _RECORDS), output)

    assert read == ["0", "1", "2", "2"]


def test_add_leaves_out_a_text_that_is_there(read: list[str], tmp_path: Path) -> None:
    """The same text under another id is told and left out, as in a build; under its own id nothing changes."""
    output = tmp_path / "graph"
    _build(write_reports(tmp_path / "all.jsonl", _RECORDS), output)
    before = _contents(output)
    told: list[str] = []
    copy = write_reports(tmp_path / "copy.jsonl", [{**_RECORDS[0], "id": "copy"}])
    chain.add([copy], output, warn=told.append, progress=lambda _: None)
    assert told == ["copy: left out, it has the same text as 0"]
    _add(write_reports(tmp_path / "same.jsonl", _RECORDS[:1]), output)
    assert _contents(output) == before
    assert set(read) == {"0", "1", "2", "copy"}


@pytest.mark.usefixtures("read")
def test_add_tells_what_a_text_that_is_there_has_replaced(tmp_path: Path) -> None:
    """A report that now has the text of another is left out, and the one that had its name is not there any more."""
    output = tmp_path / "graph"
    _build(write_reports(tmp_path / "all.jsonl", _RECORDS), output)
    told: list[str] = []
    same = write_reports(tmp_path / "same.jsonl", [{**_RECORDS[0], "id": _RECORDS[1]["id"]}])
    chain.add([same], output, warn=told.append, progress=lambda _: None)

    assert told == ["1: left out, it has the same text as 0; what the graph had under that name is gone, too"]
    _build(write_reports(tmp_path / "two.jsonl", [_RECORDS[0], _RECORDS[2]]), tmp_path / "scratch")
    assert _contents(output) == _contents(tmp_path / "scratch")


@pytest.mark.usefixtures("read")
def test_add_and_remove_refuse_what_cannot_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line and exit code 2; what was built stays."""
    output = tmp_path / "graph"
    reports = write_reports(tmp_path / "all.jsonl", _RECORDS)
    for command in (["add", str(reports)], ["remove", "1"]):
        assert cli.main([*command, "--graph", str(output)]) == 2
        assert "no graph here; build one with" in capsys.readouterr().err
    assert not output.exists()
    _build(reports, output)
    before = _contents(output)
    for command, told in (
        (["remove", "1", "nobody"], "there is no report 'nobody' in the graph"),
        (["remove", "0", "1", "2"], "no report would be left"),
        (["add", str(tmp_path / "nowhere")], "there is no such file or folder"),
    ):
        assert cli.main([*command, "--graph", str(output)]) == 2
        err = capsys.readouterr().err
        assert told in err
        assert len(err.splitlines()) == 1
    assert _contents(output) == before


def test_add_takes_no_reports_to_a_graph_read_otherwise(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where code, words or language model are others, a graph would come of two kinds of readings: build it anew."""
    output = tmp_path / "graph"
    reports = write_reports(tmp_path / "all.jsonl", _RECORDS)
    _build(reports, output)
    monkeypatch.setattr(chain, "reading_version", lambda _: "another")
    with pytest.raises(InputError, match="by another version of conflict-kg or of its language model"):
        _add(reports, output)
    with pytest.raises(InputError, match="build it anew"):
        chain.remove(["1"], output)
    assert _build(reports, output).read == 3
    assert len(read) == 6


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("name", ["settings.json", "reports.jsonl"])
@pytest.mark.parametrize("content", [None, b"{", b"[1]\n"])
def test_add_tells_where_a_build_is_damaged(tmp_path: Path, name: str, content: bytes | None) -> None:
    """What the graph was made from is not to be guessed."""
    output = tmp_path / "graph"
    reports = write_reports(tmp_path / "all.jsonl", _RECORDS)
    _build(reports, output)
    file = store.current(output) / name
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match="it is not told what the graph was made from"):
        _add(reports, output)


def test_remove_needs_a_graph(tmp_path: Path) -> None:
    """There is nothing to remove from."""
    with pytest.raises(NoGraphError):
        chain.remove(["1"], tmp_path / "graph")
