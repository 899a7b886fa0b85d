"""What Spark writes is what one machine writes, byte for byte."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeGuard

import pyoxigraph as ox
import pytest
import samples
from readers import write_reports

from conflict_kg import build as chain
from conflict_kg import cli, graph, store, validation
from conflict_kg.assembly.parts import Common
from conflict_kg.assembly.readings import Entry, Readings
from conflict_kg.model import CasualtyClaim, Claim, Report
from conflict_kg.serial import dump_reading, load_reading
from conflict_kg.vocabulary import LABEL, term

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")

from pyspark import SparkContext  # noqa: E402  # where it is there
from pyspark.sql import SparkSession  # noqa: E402

from conflict_kg.engines import spark  # noqa: E402
from conflict_kg.engines.spark_checks import violations  # noqa: E402
from conflict_kg.engines.spark_reports import _reports  # noqa: E402

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
    {"id": "endless", "text": "Rebels took Mosul. " * 53_000, "published": "2014-06-13"},
    {
        "id": "foreign",
        "text": "Les rebelles ont pris la ville de Mossoul mardi, ont annoncé les autorités locales.",
        "published": "2014-06-11",
    },
    {"id": "empty", "text": " ", "published": "2014-06-11"},
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


@pytest.fixture(autouse=True, scope="module")
def _quick_java() -> Iterator[None]:
    """A Java that compiles in a hurry: it lives for some minutes, too few to gain from compiling well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


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
    assert len(told) == 4
    output = tmp_path / "spark"
    code = cli.main(["build", str(reports), "--output", str(output), "--engine", "spark", "--master", "local[2]"])
    out, err = capsys.readouterr()
    assert code == 0, err
    assert sorted(err.splitlines()) == sorted(f"conflict-kg: {line}" for line in told)
    assert f"graph: {built.triples} triples, conforms to the shapes" in out
    one = store.current(tmp_path / "graph")
    assert _lines(output / "graph.nq") == (one / "graph.nq").read_bytes()
    assert _lines(output / "claims.jsonl") == (one / "claims.jsonl").read_bytes()
    quads = {str(quad).rstrip(" .") for quad in ox.parse(path=one / "graph.nq")}
    assert {_quad(row) for row in _table(output / "quads.parquet")} == quads


@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_leaves_out_what_one_machine_leaves_out(tmp_path: Path) -> None:
    """A report whose claims violate the shapes: the same violations, the same graph of the others."""
    first, *others = samples.readings()
    wrong = [replace(one, count=replace(one.count, low=9, best=5)) if _counts(one) else one for one in first.claims]
    bodies = [dump_reading(reading) for reading in (replace(first, claims=tuple(wrong)), *others)]
    local = _local(tmp_path / "graph", bodies)
    assert local.left_out == (first.report.id,)
    session = spark._session("local[2]")
    try:
        readings = session.sparkContext.parallelize(bodies, 2)
        spread = spark._built(session, readings, str(tmp_path / "spark"), Common(graph.BASE))
    finally:
        session.stop()
    assert (spread.left_out, spread.violations) == (local.left_out, local.violations)
    assert (spread.reports, spread.triples) == (local.reports, local.triples)
    assert _lines(tmp_path / "spark/graph.nq") == (store.current(tmp_path / "graph") / "graph.nq").read_bytes()


def _counts(claim: Claim) -> TypeGuard[CasualtyClaim]:
    return isinstance(claim, CasualtyClaim) and claim.count.high is None


def _local(folder: Path, bodies: Iterable[bytes]) -> chain.Built:
    """The graph of some readings as one machine makes it."""
    with store.locked(folder), Readings(folder) as readings:
        for body in bodies:
            entry = Entry.of(load_reading(body).report, "1")
            readings.keep(entry.key, body)
            readings.choose(entry)
        return chain._built(readings, folder, chain.Settings(), read=0, jobs=1)


@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_finds_what_the_whole_graph_shows(tmp_path: Path) -> None:
    """Whatever is wrong with one node, with what it names elsewhere, or with places in a circle."""
    _local(tmp_path / "graph", map(dump_reading, samples.readings()))
    quads = list(ox.parse(path=store.current(tmp_path / "graph") / "graph.nq"))
    session = spark._session("local[2]")
    try:
        assert _violations(session, quads) == validation.validate(quads) == ()
        spoilt = _spoilt(quads, graph.Names(graph.BASE))
        expected = validation.validate(spoilt)
        assert len({violation.message for violation in expected}) >= 4
        assert _violations(session, spoilt) == expected
    finally:
        session.stop()


def _spoilt(quads: list[ox.Quad], names: graph.Names) -> list[ox.Quad]:
    """The graph with a claim that is not there, places in a circle, an actor without a label, one not described."""
    supported = next(quad for quad in quads if quad.predicate == term("supportedBy"))
    nobody = ox.Quad(supported.subject, term("supportedBy"), names.claim("0" * 20), supported.graph_name)
    inner = next(quad for quad in quads if quad.predicate == term("locatedIn"))
    assert isinstance(inner.object, ox.NamedNode)
    circle = ox.Quad(inner.object, inner.predicate, inner.subject, inner.graph_name)
    nameless, undescribed = sorted({quad.object for quad in quads if quad.predicate == term("winner")}, key=str)[:2]
    left = (
        quad
        for quad in quads
        if quad.subject != undescribed
        if (quad.subject, quad.predicate) not in ((nameless, LABEL), (circle.subject, circle.predicate))
    )
    return [*left, nobody, circle]


def _violations(session: SparkSession, quads: list[ox.Quad]) -> tuple[validation.Violation, ...]:
    """As Spark finds them, in parts: each document, each other node."""
    home = {str(graph.Names(graph.BASE).graph(name)) for name in (graph.ACCOUNT, graph.REFERENCE)}
    left = {str(graph.Names(graph.BASE).graph(name)) for name in (graph.INFERRED, graph.ONTOLOGY)}
    parts = defaultdict[str, list[ox.Quad]](list)
    for quad in quads:
        if str(quad.graph_name) not in left:
            parts[str(quad.subject) if str(quad.graph_name) in home else str(quad.graph_name)].append(quad)
    lines = [ox.serialize(part, format=ox.RdfFormat.N_QUADS) or b"" for part in parts.values()]
    return violations(session.sparkContext.parallelize(lines, 3), graph.BASE)


@pytest.mark.usefixtures("quiet")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_reads_tables(tmp_path: Path) -> None:
    """The same reports from Parquet, with days as such or as text, as from JSON Lines."""
    records = [record for record in RECORDS if record["id"] != "endless"]
    lines = write_reports(tmp_path / "reports.jsonl", records)
    days = [{**record, "published": date.fromisoformat(str(record["published"]))} for record in records]
    session = spark._session("local[1]")
    try:
        for name, rows, kind in (("text", records, "string"), ("day", days, "date")):
            schema = f"id string, text string, published {kind}, publisher string, note string"
            session.createDataFrame(rows, schema).coalesce(1).write.parquet(str(tmp_path / f"{name}.parquet"))
        found = [
            [
                replace(each, source="") if isinstance(each, Report) else each.partition(": left out")[2]
                for _, each in _reports(session, [str(path)], None).collect()
            ]
            for path in (lines, tmp_path / "text.parquet", tmp_path / "day.parquet")
        ]
    finally:
        session.stop()
    assert len(found[0]) == len(records)
    assert found[0] == found[1] == found[2]


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
