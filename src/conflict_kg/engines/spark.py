"""Reads reports and makes their graph on Apache Spark: what one machine does, by the same functions, on many.

Reports are read in the executors, and what bears on one place is grouped there. On the driver are every place once,
and the graph of actors and places while it is worked out what follows from it. Spark divides the work, moves what is
grouped, and does again what a lost machine had done.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import pyoxigraph as ox
from py4j.protocol import Py4JJavaError
from pyspark import RDD, Broadcast, SparkConf, SparkContext, StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import StringType, StructField, StructType

from conflict_kg import graph, reasoning
from conflict_kg.assembly import parts
from conflict_kg.assembly.parts import Common
from conflict_kg.documents import Warn
from conflict_kg.documents.copies import copies
from conflict_kg.engines.spark_checks import violations as found_in
from conflict_kg.engines.spark_reports import readings as read_all
from conflict_kg.errors import ConflictKGError, InputError
from conflict_kg.model import Place, Reading
from conflict_kg.serial import load, load_reading, load_report_of
from conflict_kg.validation import Violation
from conflict_kg.vocabulary import PLACED, term

COLUMNS = ("graph", "subject", "predicate", "object", "datatype", "language")
"""Columns of the table of quads; the last two are for literals."""
GRAPH, CLAIMS, QUADS = "graph.nq", "claims.jsonl", "quads.parquet"
"""Folders that are written: lines in files of which each goes on where the one before ended, and the table of quads."""

_WAITS = {"spark.python.authenticate.socketTimeout": "600s", "spark.network.timeout": "600s"}
"""How long Spark waits for its own processes on this machine, unless it is set up otherwise. By itself 15 seconds
for a connection and two minutes for a sign of life: a busy machine may take longer."""
_DAEMON = "spark.python.daemon.module"
"""The setting for what workers are forked from."""

Lines = tuple[tuple[str, str], bytes]
"""N-Quads under their graph and node, or under their graph alone where it is made as a whole."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a build on Spark came to."""

    reports: int
    claims: Mapping[str, int]
    """Number of records of each type."""
    derived: Mapping[str, int]
    """Nodes of the account by what they are: ``change``, ``period``, ``range``, ``disagreement``."""
    triples: int
    violations: tuple[Violation, ...]
    left_out: tuple[str, ...]
    """Ids of the reports that were left out for violations."""
    files: tuple[str, ...]
    """What was written; nothing where violations remain that no report can be left out for."""


def build(
    paths: Sequence[str],
    output: str,
    *,
    published: date | None = None,
    base: str = graph.BASE,
    language_model: str | None = None,
    master: str | None = None,
    warn: Warn,
) -> Spread:
    """Builds the graph of all reports in JSON Lines or Parquet files into the folder ``output``, which must be new.

    Paths and ``output`` are of any file system that Spark is set up for. ``master`` is as in Spark, None for what
    ``spark-submit`` has set, else all processors of this machine. The lines written, one file after the other, are
    those that a build on one machine writes, of the same reports: those that violate the shapes are left out as there.
    Raises ``InputError`` for a path, a record or an output that cannot be used, and ``ConflictKGError`` where Spark
    fails.
    """
    graph.checked_base(base)
    session = _session(master)
    try:
        readings = read_all(session, paths, published, language_model, warn)
        return _built(session, readings, output, Common(base))
    except Py4JJavaError as error:
        raise ConflictKGError(_reason(str(error.java_exception))) from None
    except PySparkException as error:
        raise InputError(_reason(str(error))) from None
    finally:
        session.stop()


def _session(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("conflict-kg").config("spark.log.level", "ERROR")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config(_DAEMON, SparkConf().get(_DAEMON) or "conflict_kg.engines.spark_daemon")
    if master is None and "spark.master" not in SparkConf().toDebugString():
        master = "local[*]"
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            for wait, limit in _WAITS.items():
                builder = builder.config(wait, SparkConf().get(wait, limit) or limit)
    return builder.getOrCreate()


def _reason(message: str) -> str:
    """The line of what Spark says that tells the cause: ours where there is one."""
    own = [line.partition("Error: ")[2] for line in message.splitlines() if "conflict_kg.errors." in line]
    return own[0] if own else f"Spark: {message.strip().splitlines()[0]}"


def _built(session: SparkSession, readings: RDD[bytes], output: str, common: Common) -> Spread:
    """Makes the graph, without the reports that violate the shapes, and writes it."""
    violations: tuple[Violation, ...] = ()
    left_out: tuple[str, ...] = ()
    made = _made(readings, common)
    wrong = found_in(made.parts, common.base)
    while gone := _ids(readings, frozenset(v.file_name for v in wrong if v.file_name)):
        violations += tuple(v for v in wrong if v.file_name in gone)
        left_out += gone
        readings = readings.filter(lambda body, gone=frozenset(left_out): load_report_of(body).id not in gone)
        made = _made(readings, common)
        wrong = found_in(made.parts, common.base)
    reports = readings.count()
    whole = _whole(made)
    if not wrong and (reports or not violations):
        _write(session, made, whole, output)
        files = tuple(f"{output}/{name}" for name in (CLAIMS, GRAPH, QUADS))
    else:
        files = ()
    counts = made.claims.map(lambda each: each[1].counts).fold(Counter(), lambda one, other: one + other)
    kinds = made.account.map(lambda each: each[0][1].removeprefix(f"<{common.base}").partition("/")[0]).countByValue()
    return Spread(
        reports,
        dict(sorted(counts.items())),
        Counter(kinds),
        whole.values().map(lambda text: text.count(b"\n")).sum(),
        (*violations, *wrong),
        left_out,
        files,
    )


def _ids(readings: RDD[bytes], wanted: frozenset[str]) -> tuple[str, ...]:
    """Those of some ids that reports have, sorted."""
    if not wanted:
        return ()
    ids = readings.map(lambda body: load_report_of(body).id)
    return tuple(sorted(ids.filter(wanted.__contains__).collect()))


@dataclass(frozen=True, slots=True)
class _Made:
    """A graph in parts, and what it was made from."""

    common: Common
    claims: RDD[tuple[str, parts.Claimed]]
    """By the ids of their reports."""
    account: RDD[Lines]
    stated: RDD[Lines]
    """The account, and the graphs of the documents."""
    reference: RDD[Lines]
    parts: RDD[bytes]
    """The lines of all these, all on one node in one part."""


def _made(readings: RDD[bytes], common: Common) -> _Made:
    context = readings.context
    common, reference, homes = _shared(readings.map(_described).persist(StorageLevel.DISK_ONLY), common)
    told = context.broadcast(common)
    claims = readings.map(lambda body: _claimed(body, told.value)).persist(StorageLevel.DISK_ONLY)
    derived = _account(claims.flatMap(lambda each: each[1].topics), told).persist(StorageLevel.DISK_ONLY)
    copied = _copied(readings, told).persist(StorageLevel.DISK_ONLY)
    account = derived.union(copied.values())
    names = common.names
    documents = (
        readings.map(_with_digest)
        .cogroup(homes)
        .map(lambda each: (each[0], _document(each[1], told.value)))
        .persist(StorageLevel.DISK_ONLY)
    )
    stated = documents.map(lambda each: ((str(names.graph(each[0])), ""), each[1])).union(account)
    with_copies = documents.union(copied.mapValues(lambda each: each[1])).reduceByKey(lambda one, other: one + other)
    whole = context.union([with_copies.values(), derived.values(), reference.values()])
    return _Made(common, claims, account, stated, reference, whole.coalesce(readings.getNumPartitions()))


def _whole(made: _Made) -> RDD[Lines]:
    """The graph, sorted."""
    context, common = made.stated.context, made.common
    rest = [made.reference, _ontology(context, common), _inferred(made.stated, made.reference, common)]
    lines = context.union([made.stated, *rest]).coalesce(made.claims.getNumPartitions())
    return lines.persist(StorageLevel.DISK_ONLY).sortByKey().persist(StorageLevel.DISK_ONLY)


def _write(session: SparkSession, made: _Made, whole: RDD[Lines], output: str) -> None:
    recorded: RDD[tuple[str, bytes]] = made.claims.map(lambda each: (each[0], each[1].lines))
    recorded.filter(lambda each: bool(each[1])).sortByKey().values().map(_text).saveAsTextFile(f"{output}/{CLAIMS}")
    whole.values().map(_text).saveAsTextFile(f"{output}/{GRAPH}")
    quads = session.createDataFrame(whole.values().flatMap(_rows), _TABLE)
    quads.write.parquet(f"{output}/{QUADS}")


# ---------------------------------------------------------------- what reports share

Order = tuple[str, str]
"""Day of publication, at the end of time where there is none, and id: which report comes first."""


def _described(body: bytes) -> tuple[Order, parts.Described]:
    reading = load_reading(body)
    report = reading.report
    return ((report.published or date.max).isoformat(), report.id), parts.described(reading)


def _shared(
    described: RDD[tuple[Order, parts.Described]], common: Common
) -> tuple[Common, RDD[Lines], RDD[tuple[str, bytes]]]:
    """What all reports come to, the lines of what they share, and the actors that belong to one document each."""
    listed = described.flatMap(lambda each: [(id, (each[0], body)) for id, body in each[1].listed])
    places = listed.reduceByKey(max).mapValues(lambda each: load(each[1], Place)).collectAsMap()
    sides = described.flatMap(lambda each: each[1].sides).groupByKey().mapValues(parts.side)
    settled = sides.filter(lambda each: each[1] is not None).collectAsMap()
    printed = Counter(described.flatMap(lambda each: [each[1].publisher] if each[1].publisher else []).countByValue())
    common = replace(common, places=places, sides={actor: side for actor, side in settled.items() if side})
    common = replace(common, copies=copies(described.map(lambda each: each[1].signature).collect()))
    wanted = frozenset(name.casefold() for name in printed)
    names = common.names
    bare = Common(common.base)
    told = described.flatMap(lambda each: [(id, (each[0], row)) for id, row in each[1].actors]).groupByKey()
    actors = told.mapValues(lambda rows: parts.actor(_in_order(rows), wanted, bare)).persist(StorageLevel.DISK_ONLY)
    known: dict[str, str] = {}
    for _, publishers in sorted(actors.mapValues(lambda each: each[2]).filter(lambda each: bool(each[1])).collect()):
        known = publishers | known  # of two with one name the first id wins
    common = replace(common, publishers=known)
    home = str(names.graph(graph.REFERENCE))
    nodes = actors.filter(lambda each: each[1][0] is None).map(
        lambda each: ((home, str(names.actor(each[0]))), each[1][1])
    )
    of_places = described.flatMap(lambda each: each[1].places).groupByKey()
    found = of_places.map(lambda each: ((home, str(names.place(each[0]))), parts.place(sorted(each[1]), bare)))
    outlets = [((home, node), lines) for node, lines in parts.publisher_nodes(printed.elements(), common)]
    reference = described.context.union([nodes, found, described.context.parallelize(outlets, 1)])
    homes = actors.flatMap(lambda each: [] if each[1][0] is None else [(each[1][0], each[1][1])])
    return common, reference.persist(StorageLevel.DISK_ONLY), homes


def _in_order(rows: Iterable[tuple[Order, bytes]]) -> list[bytes]:
    """What reports say of one actor, the first report's words first."""
    return [row for _, row in sorted(rows, key=lambda each: each[0])]


# ---------------------------------------------------------------- claims, account, documents


def _claimed(body: bytes, common: Common) -> tuple[str, parts.Claimed]:
    reading = load_reading(body)
    return reading.report.id, parts.claimed(reading, common)


def _account(topics: RDD[tuple[str, bytes]], told: Broadcast[Common]) -> RDD[Lines]:
    """The lines of the account's graph, by node."""
    settled = topics.groupByKey().map(lambda each: parts.settled(each[0], each[1], told.value))
    settled = settled.persist(StorageLevel.DISK_ONLY)
    divided = settled.flatMap(lambda each: each[1]).groupByKey()
    found = settled.flatMap(lambda each: each[0])
    beside = divided.flatMap(lambda each: parts.settled_parts(each[0], each[1], told.value))
    name = str(told.value.names.graph(graph.ACCOUNT))
    nodes = found.union(beside).reduceByKey(min)  # a disagreement that is found twice is the same
    return nodes.map(lambda each: ((name, each[0]), each[1]))


def _copied(readings: RDD[bytes], told: Broadcast[Common]) -> RDD[tuple[str, Lines]]:
    """The lines on documents that copy others, or that several have printed, by node; with the short digest of each."""
    common = told.value
    originals, copies = frozenset(common.copies.values()), frozenset(common.copies)
    texts = readings.map(lambda body: (load_reading(body).report.digest, body)).groupByKey()
    often = texts.filter(lambda each: each[0] in originals or each[0] in copies or len(each[1]) > 1)
    printed = often.mapValues(_by_day).persist(StorageLevel.DISK_ONLY)
    first = printed.filter(lambda each: each[0] in originals or len(each[1]) > 1).mapValues(lambda each: each[0])
    known = {
        digest: graph.original(common.names, reading, common.publishers) for digest, reading in first.toLocalIterator()
    }
    found = printed.filter(lambda each: each[0] in copies or len(each[1]) > 1).flatMap(
        lambda each: [(each[0][:16], one) for one in parts.copied(each[0], each[1], known, told.value)]
    )
    name = str(common.names.graph(graph.ACCOUNT))
    return found.mapValues(lambda each: ((name, each[0]), each[1]))


def _by_day(bodies: Iterable[bytes]) -> list[Reading]:
    return sorted((load_reading(body) for body in bodies), key=_day_and_id)


def _with_digest(body: bytes) -> tuple[str, bytes]:
    return load_reading(body).report.digest[:16], body


def _document(each: tuple[Iterable[bytes], Iterable[bytes]], common: Common) -> bytes:
    bodies, homed = each
    return parts.document(_by_day(bodies), list(homed), common)


def _day_and_id(reading: Reading) -> tuple[date, str]:
    return reading.report.published or date.max, reading.report.id


# ---------------------------------------------------------------- the graph


def _ontology(context: SparkContext, common: Common) -> RDD[Lines]:
    lines = parts.lines(graph.ontology_quads(common.names))
    return context.parallelize([((str(common.names.graph(graph.ONTOLOGY)), ""), lines)], 1)


def _inferred(stated: RDD[Lines], reference: RDD[Lines], common: Common) -> RDD[Lines]:
    """What follows: of actors and places it is worked out on the driver, of all other nodes where they are."""
    name = common.names.graph(graph.INFERRED)
    context = stated.context
    given = (quad for lines in reference.values().toLocalIterator() for quad in _quads(lines))
    found = reasoning.infer(given, base=common.base)
    nodes = [
        ((str(name), f"<{node}>"), parts.lines(of_node))
        for node, of_node in groupby(found, key=lambda quad: _iri(quad.subject))
    ]
    around: defaultdict[str, set[str]] = defaultdict(set)
    for quad in found:
        if quad.predicate == term("within"):
            around[_iri(quad.subject)].add(_iri(quad.object))
    within = context.broadcast({place: sorted(places) for place, places in around.items()})
    concerned = stated.flatMap(lambda each: _concerned(each[1], name.value, within.value))
    return context.parallelize(nodes).union(concerned)


def _concerned(lines: bytes, name: str, within: Mapping[str, Sequence[str]]) -> Iterator[Lines]:
    """The places that nodes concern, and those that periods tell of control in: their own and those around."""
    home = ox.NamedNode(name)
    found: defaultdict[str, set[ox.Quad]] = defaultdict(set)
    for quad in _quads(lines):
        if way := PLACED.get(quad.predicate.value):
            own = [_iri(quad.object)] if quad.predicate != term(way) else []
            places = map(ox.NamedNode, own + list(within.get(_iri(quad.object), ())))
            found[_iri(quad.subject)] |= {ox.Quad(quad.subject, term(way), place, home) for place in places}
    for node, quads in found.items():
        yield (str(home), f"<{node}>"), parts.lines(graph.ordered(quads))


def _quads(lines: bytes) -> Iterator[ox.Quad]:
    return iter(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    assert isinstance(node, ox.NamedNode)  # the graph has no others where nodes are asked for
    return node.value


def _text(lines: bytes) -> str:
    """Lines without the end of the last, which Spark writes."""
    return lines.decode().removesuffix("\n")


_TABLE = StructType([StructField(name, StringType(), nullable=name in COLUMNS[4:]) for name in COLUMNS])


def _rows(lines: bytes) -> Iterator[tuple[str | None, ...]]:
    """The rows of the table of quads: nodes as IRIs, literals with their datatype and language."""
    for quad in _quads(lines):
        value = quad.object
        literal = (value.datatype.value, value.language) if isinstance(value, ox.Literal) else (None, None)
        assert isinstance(quad.graph_name, ox.NamedNode)
        assert not isinstance(value, ox.Triple)
        yield quad.graph_name.value, _iri(quad.subject), quad.predicate.value, value.value, *literal
