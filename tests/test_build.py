"""The chain from files to a graph, with the readings of the samples in place of a parse."""

import errno
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples
import spacy
from pyoxigraph import Literal, Quad
from spacy.language import Language
from spacy.tokens import Doc

from conflict_kg import build as chain
from conflict_kg import cli, finishing, language, store, validation
from conflict_kg.assembly import following, whole
from conflict_kg.assembly.readings import Readings
from conflict_kg.engines import reader
from conflict_kg.errors import InputError
from conflict_kg.exports import rdf
from conflict_kg.graph import BASE
from conflict_kg.model import Reading, Report
from conflict_kg.validation import portions

SAMPLES = {reading.report.digest: reading for reading in samples.readings()}


@pytest.fixture(name="reports")
def _reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The samples as a folder with a manifest; reading them gives what the samples say."""
    folder = tmp_path / "reports"
    folder.mkdir()
    lines = []
    for reading in samples.readings():
        report = reading.report
        (folder / f"{report.id}.txt").write_text(report.text, encoding="utf-8")
        published = report.published.isoformat() if report.published else None
        lines.append(
            {"file": f"{report.id}.txt", "title": report.title, "published": published, "publisher": report.publisher}
        )
    (folder / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def load(name: str | None = None) -> Language:
        assert name is None
        return spacy.blank("en")

    def read(doc: Doc, report: Report) -> Reading:
        assert doc.text == report.view
        return replace(SAMPLES[report.digest], report=report)

    monkeypatch.setattr(language, "load", load)
    monkeypatch.setattr(reader, "read", read)
    return folder


def built(reports: Path, output: Path, *, base: str = BASE, jobs: int = 1) -> chain.Built:
    """A build that may warn of nothing."""
    return chain.build([reports], output, base=base, jobs=jobs, warn=pytest.fail, progress=lambda *_: None)


def test_build_writes_graph_records_and_exports(reports: Path, tmp_path: Path) -> None:
    """Everything that it says it wrote is there and not empty."""
    result = built(reports, tmp_path / "graph")
    assert result.reports == 3
    assert result.claims == {"casualty": 2, "control": 6, "incident": 1, "mention": 13, "statement": 1}
    assert result.violations == ()
    assert {path.name for path in result.files} == {
        "claims.jsonl",
        "graph.jsonld",
        "graph.nq",
        "graph.trig",
        "graph.ttl",
        "reports.jsonl",
        "settings.json",
        "texts.jsonl",
    }
    assert all(path.stat().st_size > 0 for path in result.files)
    assert len(store.open_store(tmp_path / "graph")) == result.triples


def test_build_gives_the_same_bytes_again(reports: Path, tmp_path: Path) -> None:
    """Whatever the order in which files come."""
    first = built(reports, tmp_path / "one")
    manifest = reports / "manifest.jsonl"
    manifest.write_text("".join(reversed(manifest.read_text().splitlines(keepends=True))))
    second = built(reports, tmp_path / "two")
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]


def test_build_reports_progress(reports: Path, tmp_path: Path) -> None:
    """Once for each report."""
    seen: list[int] = []
    chain.build([reports], tmp_path / "graph", warn=pytest.fail, progress=seen.append)
    assert seen == [1, 2, 3]


def test_build_keeps_the_old_graph_where_the_new_one_fails_its_checks(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1; the violation is printed, and what was built before stays as it was."""
    output = tmp_path / "graph"
    assert cli.main(["build", str(reports), "--output", str(output)]) == 0
    assert "conforms to the shapes" in capsys.readouterr().out
    before = (output / "current").resolve()
    bad = validation.Violation(
        None, None, None, "https://x.example/p", "", "is not so", None, "https://x.example/s", None, None
    )
    monkeypatch.setattr(validation, "validate", lambda _: (bad,))
    assert cli.main(["build", str(reports), "--output", str(output)]) == 1
    printed = capsys.readouterr().out
    assert bad.message in printed
    assert f"nothing was written to {output}/" in printed
    assert (output / "current").resolve() == before


def test_build_keeps_the_old_graph_where_the_disk_is_full(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line; what was built before stays as it was, and the next build goes on."""
    output = tmp_path / "graph"
    words = ["build", str(reports), "--output", str(output)]
    assert cli.main(words) == 0
    before = (output / "current").resolve()
    capsys.readouterr()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(rdf, "write_files", full)
        assert cli.main([*words, "--base", "https://other.example/"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"conflict-kg: {output}/: cannot be written: ")
    assert told.count("\n") == 1
    assert (output / "current").resolve() == before
    assert cli.main([*words, "--base", "https://other.example/"]) == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_build_of_a_large_graph_is_the_same(
    jobs: int, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reasoned over and checked some nodes at a time, by several processes: files and store are those of the whole."""
    expected = built(reports, tmp_path / "one")
    built(reports, tmp_path / "two", base="https://other.example/")  # what is read here needs not be read elsewhere
    monkeypatch.setattr(finishing, "LARGE", 0)
    monkeypatch.setattr(portions, "PORTION", 100)
    monkeypatch.setattr(following, "PORTION", 20)
    monkeypatch.setattr(validation, "validate", pytest.fail)
    result = built(reports, tmp_path / "two", jobs=jobs)
    assert [path.read_bytes() for path in result.files] == [path.read_bytes() for path in expected.files]
    one, two = (set(store.open_store(tmp_path / name)) for name in ("one", "two"))
    assert one == two
    assert len(one) == expected.triples
    assert {path.name for path in (tmp_path / "two/current/").iterdir()} == {
        path.name for path in (tmp_path / "one/current/").iterdir()
    }


@pytest.mark.parametrize("on_disk", [0, 10**9])
@pytest.mark.parametrize("jobs", [1, 2])
def test_build_of_a_large_graph_tells_what_is_wrong(
    on_disk: int, jobs: int, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it, whether it is checked in memory or on the disk; the report at fault is left out."""
    real = whole.assemble

    def with_a_fault(readings: Readings, folder: Path, **told: Any) -> whole.Assembled:
        made = real(readings, folder, **told)
        path = folder / store.GRAPH_FILE
        lines = path.read_text("utf-8").splitlines(keepends=True)
        wrong = [line for line in lines if "#beginIndex" in line]
        if len(readings) > 2:  # one passage begins twice
            at = lines.index(wrong[0])
            lines[at:at] = [wrong[0].replace('> "', '> "1')]
        path.write_text("".join(lines), "utf-8")
        return made

    built(reports, tmp_path / "two", base="https://other.example/")
    monkeypatch.setattr(chain, "assemble", with_a_fault)
    expected = built(reports, tmp_path / "one")
    monkeypatch.setattr(finishing, "LARGE", 0)
    monkeypatch.setattr(finishing, "ON_DISK", on_disk)
    result = built(reports, tmp_path / "two", jobs=jobs)
    assert result.violations == expected.violations != ()
    assert result.left_out == expected.left_out != ()
    assert [path.read_bytes() for path in result.files] == [path.read_bytes() for path in expected.files]


def test_build_leaves_out_the_report_at_fault(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One report that fails a check does not keep the others from being built; exit code 1 says so."""
    id = samples.readings()[0].report.id
    real = validation.validate

    def failing(quads: Iterable[Quad]) -> tuple[validation.Violation, ...]:
        there = any(quad.object == Literal(id) for quad in quads)
        bad = validation.Violation(
            id, 3, 9, "https://x.example/c", "", "is not so", None, "https://x.example/s", None, "words"
        )
        return (bad,) if there else real(quads)

    monkeypatch.setattr(validation, "validate", failing)
    output = tmp_path / "graph"
    assert cli.main(["build", str(reports), "--output", str(output)]) == 1
    printed = capsys.readouterr().out
    assert "reports: 2" in printed
    assert f"left out, its claims fail a check: {id}" in printed
    assert len(store.open_store(output)) > 0


def test_build_refuses_before_it_reads(tmp_path: Path, reports: Path) -> None:
    """A wrong base is told at once."""
    with pytest.raises(InputError, match="must end in / or #"):
        chain.build([reports], tmp_path / "graph", base="https://x.example", warn=pytest.fail, progress=lambda *_: None)
    assert not (tmp_path / "graph").exists()


def test_build_leaves_a_folder_of_others_alone(tmp_path: Path, reports: Path) -> None:
    """Nothing is written into a folder that conflict-kg did not make."""
    other = tmp_path / "photos"
    other.mkdir()
    (other / "one.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="not empty and not made by conflict-kg"):
        built(reports, other)
    assert [path.name for path in other.iterdir()] == ["one.jpg"]


def test_extract_leaves_out_what_is_too_long(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that the parser does not take is told by name; the rest is read."""
    nlp = spacy.blank("en")
    nlp.max_length = len(samples.UNDATED.text)
    monkeypatch.setattr(language, "load", lambda _: nlp)
    told: list[str] = []
    readings = chain.extract([reports], warn=told.append, progress=lambda *_: None)
    assert [reading.report.id for reading in readings] == ["undated"]
    assert [line.split(": left out")[0].rsplit("/")[-1] for line in told] == ["fall.txt", "district.txt"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("manifest.jsonl", b"{broken\n", "manifest.jsonl:1", id="manifest"),
        pytest.param(None, None, "empty", id="empty-folder"),
    ],
)
def test_build_tells_bad_input_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str | None, content: bytes | None, told: str
) -> None:
    """Exit code 2, file and line on standard error, and no graph."""
    folder = tmp_path / "empty"
    folder.mkdir()
    if name and content:
        (folder / name).write_bytes(content)
    assert cli.main(["build", str(folder), "--output", str(tmp_path / "graph")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert told in err
    assert not (tmp_path / "graph").exists()
