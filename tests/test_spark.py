"""What Spark writes is what one machine writes, byte for byte."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from readers import write_reports

from conflict_kg import build as chain
from conflict_kg import cli, store

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")

from pyspark import SparkContext  # noqa: E402  # where it is there
from pyspark.sql import SparkSession  # noqa: E402

pytestmark = [
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
        "text": "Islamic State fighters captured Raqqa in January, a local resident said. He spoke of 14 dead.",
        "published": "2014-01-20",
        "publisher": "Wire of the North",
    },
    {
        "id": "reprint",
        "text": "The Free Army seized the city of Raqqa from government forces on 3 March 2013, rebels said. "
        "At least 12 soldiers were killed, a local resident said.",
        "published": "2013-03-05",
        "publisher": "Wire of the North",
    },
    {"id": "copy", "text": "Rebels took Mosul. Fighters said they hold Mosul.", "published": "2014-06-12"},
]


def _lines(folder: Path) -> bytes:
    """The files of a folder that Spark has written, one after the other."""
    assert (folder / "_SUCCESS").exists()
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


def _table(path: Path) -> list[dict[str, str | None]]:
    """The rows of a table of Parquet files, as Spark reads it."""
    session = SparkSession.builder.master("local[1]").getOrCreate()
    try:
        return [row.asDict() for row in session.read.parquet(str(path)).collect()]
    finally:
        session.stop()


def _quad(row: dict[str, str | None]) -> str:
    told = row["object"] or ""
    value: ox.NamedNode | ox.Literal
    if row["language"]:
        value = ox.Literal(told, language=row["language"])
    else:
        value = ox.Literal(told, datatype=ox.NamedNode(row["datatype"])) if row["datatype"] else ox.NamedNode(told)
    subject, predicate, graph = (ox.NamedNode(row[name] or "") for name in ("subject", "predicate", "graph"))
    return str(ox.Quad(subject, predicate, value, graph)).rstrip(" .")


@pytest.fixture(name="quiet")
def _quiet() -> Iterator[None]:
    """Spark's own helpers leave files and sockets to the end of the process."""
    yield
    assert SparkContext._active_spark_context is None


@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_writes_what_one_machine_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The graph, the claim records and the table of quads, from reports in two processes."""
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
    quads = {str(quad).rstrip(" .") for quad in ox.parse(path=one / "graph.nq")}
    assert {_quad(row) for row in _table(output / "quads.parquet")} == quads


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
