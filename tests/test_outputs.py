"""What a command writes takes the place of nothing that it reads, nor of a graph; where it cannot go is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import samples
from servers import write_graph

from conflict_kg import build, cli, exports, store


@pytest.fixture(name="reports")
def _reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports, one of which is a link, with a manifest; reading them is as quick as can be."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "elsewhere.txt").write_text("Guards left Vesh.\n", encoding="utf-8")
    (folder / "hills.txt").write_text("The Northern Front took the hills.\n", encoding="utf-8")
    (folder / "notes.md").write_text("Nobody reads this.\n", encoding="utf-8")
    (folder / "listed.rst").write_text("The bridge is held by guards.\n", encoding="utf-8")
    (folder / "manifest.jsonl").write_text('{"file": "listed.rst"}\n', encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(folder / "hills.txt")
    monkeypatch.setattr(build, "extract", lambda *_, **__: list(samples.readings()))
    return folder


def contents(folder: Path) -> dict[Path, bytes]:
    """What all files below a folder hold."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one line that a command tells that ends with 2."""
    assert cli.main([str(word) for word in words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize(
    ("path", "output"),
    [
        ("reports/hills.txt", "reports/hills.txt"),
        ("reports/hills.txt", "reports/../reports/hills.txt"),
        ("reports/hills.txt", "link.txt"),
        ("link.txt", "reports/hills.txt"),
        ("reports/hills.txt", "reports/manifest.jsonl"),
        ("reports", "reports/hills.txt"),
        ("reports", "link.txt"),
        ("reports", "reports/listed.rst"),
        ("reports", "reports/manifest.jsonl"),
    ],
)
def test_extract_does_not_overwrite_what_it_reads(
    capsys: pytest.CaptureFixture[str], reports: Path, path: str, output: str
) -> None:
    """Under whatever name: in one line, and nothing changes. What it does not read may be written, as by build."""
    before = contents(reports.parent)
    target = reports.parent / output
    told = refused(capsys, "extract", reports.parent / path, "--output", target)
    assert told == f"conflict-kg: {target}: is one of the files that are read, and would be overwritten\n"
    assert contents(reports.parent) == before
    for other in ("notes.md", "claims.jsonl"):
        assert cli.main(["extract", str(reports.parent / path), "--output", str(reports / other)]) == 0


@pytest.mark.parametrize("name", ["new.txt", "new.HTML", "new.pdf.gz", "manifest.jsonl"])
def test_extract_writes_no_report(capsys: pytest.CaptureFixture[str], reports: Path, tmp_path: Path, name: str) -> None:
    """Nor a manifest among those that it reads, under whatever path: claims are none. Elsewhere it may be called so."""
    (reports / "manifest.jsonl").unlink()
    (tmp_path / "way").symlink_to(reports)
    for path, output in ((reports, reports / name), (f"{reports}/", tmp_path / "way" / name)):
        told = refused(capsys, "extract", tmp_path / "elsewhere.txt", path, "--output", output)
        assert told.startswith(f"conflict-kg: {output}: lies in {path}, the reports, and would be read as one")
    assert not (reports / name).exists()
    assert cli.main(["extract", str(reports), "--output", str(tmp_path / name)]) == 0


def test_no_output_without_its_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reports: Path, tmp_path: Path
) -> None:
    """It is told before anything is read, and the folder is not made."""
    read: list[object] = []
    monkeypatch.setattr(build, "extract", lambda *words, **_: read.append(words))
    monkeypatch.setattr(store, "open_store", read.append)
    monkeypatch.setattr(exports, "read", read.append)
    target = tmp_path / "none" / "war"
    for words in (["extract", reports], ["export", "--format", "property-graph"], ["import", reports]):
        told = refused(capsys, *words, "--output", target)
        assert told == f"conflict-kg: {target}: cannot be written: there is no folder {target.parent}\n"
    assert (read, target.parent.exists()) == ([], False)


def test_extract_does_not_overwrite_standard_input(capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    """A file that the shell has opened is read, too."""
    file, kept = reports / "hills.txt", os.dup(0)
    with file.open("rb") as opened:
        os.dup2(opened.fileno(), 0)
    try:
        assert "is one of the files that are read" in refused(capsys, "extract", "-", "--output", file)
    finally:
        os.dup2(kept, 0)
        os.close(kept)
    assert file.read_bytes() == b"The Northern Front took the hills.\n"


def test_no_output_lies_in_a_graphs_folder(capsys: pytest.CaptureFixture[str], reports: Path, tmp_path: Path) -> None:
    """Of any graph, of any command: neither its files nor new ones among them; nothing changes."""
    graph = write_graph(tmp_path / "graph")
    war = tmp_path / "war"
    exports.save(exports.write(store.open_store(graph), "property-graph"), war)
    (tmp_path / "link.nq").symlink_to(graph / "current" / "graph.nq")
    before = contents(tmp_path)
    for output in (
        graph / "current" / "graph.nq",
        graph / "current" / "new.nq",
        graph / "conflict-kg.json",
        graph / "war",
        tmp_path / "link.nq",
    ):
        for words in (
            ["export", "--graph", graph, "--format", "csv"],
            ["export", "--graph", graph, "--format", "property-graph"],
            ["extract", reports],
            ["import", war],
            ["build", reports],
        ):
            told = refused(capsys, *words, "--output", output)
            assert told.startswith(f"conflict-kg: {output}: lies in {graph.resolve()}/, the folder of a graph")
    assert contents(tmp_path) == before


def test_import_does_not_overwrite_what_it_reads(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The files of the folder."""
    war = tmp_path / "war"
    exports.save(exports.write(store.open_store(write_graph(tmp_path / "graph")), "property-graph"), war)
    before = contents(war)
    for file in before:
        assert "is one of the files that are read" in refused(capsys, "import", war, "--output", file)
    assert contents(war) == before


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["ask", "coverage", "--help"], ["questions"]])
def test_help_goes_where_results_go(words: list[str]) -> None:
    """Where standard output is closed one line says so; a reader that has gone away is no failure."""
    command = [sys.executable, "-m", "conflict_kg", *words]
    closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], capture_output=True, text=True, check=False)
    assert (closed.returncode, closed.stderr) == (2, "conflict-kg: standard output: is closed\n")
    read, write = os.pipe()
    os.close(read)
    gone = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (gone.returncode, gone.stderr) == (0, "")
