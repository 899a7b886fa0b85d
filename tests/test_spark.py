"""What Spark writes is what one machine writes, byte for byte."""

import importlib.util
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from readers import write_reports

from conflict_kg import build as chain
from conflict_kg import cli, store

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed (Debian: openjdk-17-jre-headless)"),
]

RECORDS = [
    {
        "id": "fall",
        "text": "The Free Army seized the city of Raqqa from government forces on 3 March 2013, rebels said. "
        "At least 12 soldiers were killed, a local resident said.",
        "published": "2013-03-04",
        "publisher": "The Free Army",
    },
    {"id": "gate", "text": "Rebels took Mosul. Fighters said they hold Mosul.", "published": "2014-06-11"},
    {
        "id": "again",
        "text": "Islamic State fighters captured Raqqa in January, a local resident said. The resident spoke of 14 dead.",
        "published": "2014-01-20",
        "publisher": "Wire of the North",
    },
    {"id": "copy", "text": "Rebels took Mosul. Fighters said they hold Mosul.", "published": "2014-06-12"},
]


def _lines(folder: Path) -> bytes:
    """The files of a folder that Spark has written, one after the other."""
    assert (folder / "_SUCCESS").exists()
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


@pytest.fixture(name="quiet")
def _quiet() -> Iterator[None]:
    """Spark's own helpers leave files and sockets to the end of the process."""
    from pyspark import SparkContext

    yield
    assert SparkContext._active_spark_context is None


@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_writes_what_one_machine_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The graph, the claim records and the table of quads, from reports in two processes."""
    import pyarrow.parquet
    import pyoxigraph as ox

    reports = write_reports(tmp_path / "reports.jsonl", RECORDS)
    told: list[str] = []
    built = chain.build([reports], tmp_path / "graph", warn=told.append, progress=lambda _: None)
    assert built.changes > 0
    assert len(told) == 1
    output = tmp_path / "spark"
    code = cli.main(["build", str(reports), "--output", str(output), "--engine", "spark", "--master", "local[2]"])
    out, err = capsys.readouterr()
    assert code == 0
    assert "1 reports left out, they have the same text as others" in err
    assert f"graph: {built.triples} triples" in out
    one = store.current(tmp_path / "graph")
    assert _lines(output / "graph.nq") == (one / "graph.nq").read_bytes()
    assert _lines(output / "claims.jsonl") == (one / "claims.jsonl").read_bytes()
    rows = pyarrow.parquet.read_table(output / "quads.parquet").to_pylist()
    quads = list(ox.parse(path=one / "graph.nq"))
    assert sorted((row["subject"], row["predicate"], row["object"]) for row in rows) == sorted(
        (quad.subject.value, quad.predicate.value, quad.object.value)  # type: ignore[union-attr]  # no triple terms
        for quad in quads
    )


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("reports.csv", "id,text", "Spark reads files of reports that end in"),
        ("reports.jsonl", json.dumps({"text": "No id."}), "reports.jsonl:1: id: is missing"),
    ],
)
@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_tells_bad_input_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, line: str, told: str
) -> None:
    """Exit code 2, and what is wrong where, not what Spark makes of it."""
    (tmp_path / name).write_text(line + "\n", encoding="utf-8")
    arguments = ["build", str(tmp_path / name), "--output", str(tmp_path / "out"), "--engine", "spark"]
    assert cli.main([*arguments, "--master", "local[1]"]) == 2
    assert told in capsys.readouterr().err
