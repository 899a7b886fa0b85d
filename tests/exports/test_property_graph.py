"""Property graphs: nothing is lost on the way there and back, and the files are what Neo4j's import takes."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg import cli, store
from conflict_kg.errors import InputError
from conflict_kg.exports import read, save
from conflict_kg.exports.property_graph import quads, write
from conflict_kg.exports.schema import RELATIONSHIPS, TABLES, predicates
from conflict_kg.graph import Names
from conflict_kg.graph import quads as asserted_quads
from conflict_kg.reasoning import infer
from conflict_kg.vocabulary import CKG, PREFIXES, TYPE, XSD, term

NAMES = Names("https://conflict-kg.example/")


def _sample() -> list[ox.Quad]:
    found = asserted_quads(samples.readings(), samples.account())
    return [*found, *infer(found)]


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_property_graph_there_and_back() -> None:
    """Every quad of a build, the named graphs included."""
    assert quads(write(_sample(), "property-graph")) == set(_sample())


def test_property_graph_has_columns_for_what_a_build_writes() -> None:
    """What the tables do not name is what the ontology says of itself, types elsewhere and the alignment."""
    files = write(_sample(), "property-graph")
    beside = [name for name in files if "HAS_VALUE" in name and name.split("__")[1] not in ("Code", "Resource")]
    related = {
        row["predicate:string"] for name in files if "/RELATED__" in name and "Resource" not in name
        for row in _rows(files[name])
    }  # fmt: skip

    assert beside == []
    assert {iri for iri in related if iri.startswith(CKG)} == {f"{CKG}change"}  # between codes


def test_property_graph_names_are_those_of_the_context() -> None:
    """No column and no relationship is made up."""
    named = {name for columns in TABLES.values() for name in columns} | {name for name, _, _ in RELATIONSHIPS}
    assert named <= set(predicates())


def test_property_graph_has_headers_for_neo4j() -> None:
    """Identifiers, types, labels and ends, as ``neo4j-admin database import`` asks for them; all ends are nodes."""
    files = write(_sample(), "property-graph")
    known = set()
    for name, content in files.items():
        if name.startswith("nodes/"):
            header, rows = content.decode().partition("\n")[0].split(","), _rows(content)
            assert (header[0], header[-1]) == ("iri:ID", ":LABEL")
            assert {column.partition(":")[2] for column in header[1:-1]} <= {
                *("string", "string[]", "long", "double", "boolean", "date")
            }
            known |= {row["iri:ID"] for row in rows}
    for name, content in files.items():
        if name.startswith("relationships/"):
            type = name.removeprefix("relationships/").partition("__")[0]
            for row in _rows(content):
                assert {row[":START_ID"], row[":END_ID"]} <= known
                assert row[":TYPE"] == type
    claim = next(
        row for row in _rows(files["nodes/Claim.csv"]) if row["iri:ID"] == NAMES.claim(samples.KILLED.key).value
    )
    assert (claim["low:long"], claim["beginEarliest:date"]) == ("40", "2031-03-04")
    assert set(claim[":LABEL"].split(";")) == {"Claim", "CasualtyClaim"}


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", ";", "a;b", " a ", 'x"y', "a\r\nb", "=1", "\x00", "\\N", "NULL", "1,2"]
)
_VALUE = (
    _TEXT.map(ox.Literal)
    | _TEXT.map(lambda text: ox.Literal(text, language="en"))
    | st.tuples(
        st.sampled_from(["1", "01", "-0", "1" * 30, "true", "1.50", "1.5", "2015-02-31", "2015-02-01", "x", "²"]),
        st.sampled_from(["integer", "boolean", "date", "decimal", "anyURI"]),
    ).map(lambda pair: ox.Literal(pair[0], datatype=ox.NamedNode(XSD + pair[1])))
    | st.sampled_from(
        [f"{CKG}Claim", f"{CKG}Killed", f"{CKG}a/b", f"{CKG}Resource", "urn:x", NAMES.actor("a").value]
    ).map(ox.NamedNode)
)
_SUBJECT = st.sampled_from([NAMES.actor("a"), NAMES.place("b"), ox.NamedNode("urn:x,\u00e9")])
_PREDICATE = st.sampled_from(
    [
        *(term(name) for name in ("low", "harm", "direct", "text", "atPlace", "beginLatest", "fileName", "codebook")),
        TYPE,
    ]
    + [ox.NamedNode(iri) for iri in (f"{PREFIXES['skos']}altLabel", f"{PREFIXES['wgs']}lat", "urn:p", f"{CKG}unknown")]
)
_GRAPH = st.sampled_from([ox.DefaultGraph(), NAMES.graph("reference"), NAMES.graph("account")])


@given(st.lists(st.builds(ox.Quad, _SUBJECT, _PREDICATE, _VALUE, _GRAPH), max_size=8))
def test_property_graph_loses_nothing(found: list[ox.Quad]) -> None:
    """Whatever the nodes, values, datatypes and graphs."""
    assert quads(write(found, "property-graph")) == set(found)


def test_property_graph_refuses_what_it_cannot_hold() -> None:
    """Nodes without a name."""
    node = NAMES.actor("a")
    for quad in (ox.Quad(ox.BlankNode(), TYPE, node), ox.Quad(node, TYPE, ox.Triple(node, TYPE, node))):
        with pytest.raises(InputError, match="no blank nodes and no triples in triples"):
            write([quad], "property-graph")


_CODES = "nodes/Code.csv"
_ROW = b"urn:x,,a,Code\n"
_LINKS = "relationships/RELATED__Code__Code.csv"
_LINK_HEADER = b":START_ID,:END_ID,graph:string,predicate:string,:TYPE\n"


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        (_CODES, b"", ":1: not a file of an exported property graph: no column 'iri:ID'"),
        (_CODES, b"iri:ID,graph:string,:LABEL\n", ":1: not a file of an exported property graph: no column 'notation"),
        (_CODES, b"HEADER,x\n", ":1: not a file of an exported property graph: an unknown column 'x'"),
        (_CODES, b"HEADER\n" + _ROW + b"urn:y\n", ":3: has 1 fields, and there are 4 columns"),
        (_CODES, b"HEADER\n" + _ROW + b'"urn:y', ":3: is not CSV: unexpected end of data"),
        (_CODES, b"HEADER\n" + _ROW + b"urn:\xff,,a,Code\n", ":3: is not UTF-8 text"),
        (_CODES, b"HEADER\nno iri,,a,Code\n", ":2: "),
        (_CODES, b"HEADER\nurn:x,,a,\n", ":2: :LABEL: '' is not a label"),
        (_LINKS, _LINK_HEADER + b"urn:x,urn:gone,,urn:p,RELATED\n", ":2: there is no node 'urn:gone'"),
        (
            "relationships/HARM__Claim__Code.csv",
            b":START_ID,:END_ID,graph:string,:TYPE\nurn:x,urn:x,,HARMS\n",
            ":2: :TYPE: 'HARMS' is not a type of relationship",
        ),
        (
            "relationships/HAS_VALUE__Code__Value.csv",
            _LINK_HEADER + b"urn:x,urn:x,,urn:p,HAS_VALUE\n",
            ":2: 'urn:x' is not a value",
        ),
        ("nodes/Value.csv", b"iri:ID,literal:string,:LABEL\n_:a,no literal,Value\n", ":2: "),
    ],
)
def test_damaged_property_graphs_are_told_with_file_and_line(file: str, content: bytes, told: str) -> None:
    """Nothing is left out in silence: what is not whole gives no graph."""
    header = b"iri:ID,graph:string,notation:string,:LABEL"
    files = {_CODES: header + b"\n" + _ROW, file: content.replace(b"HEADER", header)}
    with pytest.raises(InputError) as caught:
        quads(files, "war/")
    assert str(caught.value).startswith(f"war/{file}{told}")


def test_a_value_that_its_column_cannot_hold_is_told() -> None:
    """A day that no month has, for example."""
    files = write(_sample(), "property-graph")
    damaged = files["nodes/Claim.csv"].replace(b"2031-03-04", b"2031-02-30", 1)
    with pytest.raises(InputError, match=r"^nodes/Claim.csv:\d+: \w+: '2031-02-30' is not a date$"):
        quads({**files, "nodes/Claim.csv": damaged})


def test_export_and_import_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a folder to a folder to a file; other folders stay as they are."""
    store.write(tmp_path / "graph", sorted(_sample(), key=str), {})
    words = ["export", "--format", "property-graph", "--graph", str(tmp_path / "graph")]
    assert cli.main([*words, "--output", str(tmp_path / "war")]) == 0
    assert cli.main(["import", str(tmp_path / "war"), "--output", str(tmp_path / "war.nq")]) == 0
    assert set(ox.parse(path=tmp_path / "war.nq")) == set(_sample())

    assert cli.main(words) == 2
    assert "name a folder for them with --output" in capsys.readouterr().err
    assert cli.main([*words, "--output", str(tmp_path)]) == 2
    assert "not empty and not made by export" in capsys.readouterr().err
    assert cli.main(["import", str(tmp_path / "graph")]) == 2
    assert "not a folder that export has made" in capsys.readouterr().err


def test_saved_folders_are_replaced_whole(tmp_path: Path) -> None:
    """What the export before had and this one has not is gone; what somebody took out is told."""
    folder = tmp_path / "war"
    save({"a.csv": b"1", "deeper/b.csv": b"2"}, folder)
    save({"a.csv": b"3"}, folder)
    assert read(folder) == {"a.csv": b"3"}
    (folder / "a.csv").unlink()
    with pytest.raises(InputError, match=r"war/a.csv: is missing"):
        read(folder)
    assert _names(tmp_path) == ["war"]


def _names(folder: Path) -> Iterable[str]:
    return [path.name for path in folder.iterdir()]
