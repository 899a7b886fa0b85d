"""What is wrong is reported with its sentence, and nothing that is wrong stops the report."""

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.backend import Backend
from conflict_kg.errors import InputError
from conflict_kg.graph import Names, quads
from conflict_kg.validation import Violation, by_pyshacl, validate, validate_files
from conflict_kg.vocabulary import CKG, NIF, TYPE, XSD, term

NAMES = Names("https://conflict-kg.example/")
CAPTURE = NAMES.claim(samples.CAPTURE.key)
KILLED = NAMES.claim(samples.KILLED.key)
SAID = NAMES.statement(samples.SAID.key)
PERIOD = NAMES.period("p-front")
BEFORE = NAMES.period("p-before")

_Value = ox.NamedNode | ox.BlankNode | ox.Literal | None


def _sample() -> list[ox.Quad]:
    return quads(samples.readings(), samples.account())


def _with(node: ox.NamedNode, name: str, value: _Value, graph: str | None = None) -> list[ox.Quad]:
    """The sample with another value for a property of a node, or with none."""
    found = _sample()
    home = next(quad.graph_name for quad in found if quad.subject == node)
    kept = [quad for quad in found if (quad.subject, quad.predicate) != (node, term(name))]
    if value is not None:
        kept.append(ox.Quad(node, term(name), value, NAMES.graph(graph) if graph else home))
    return kept


def _literal(text: str, datatype: str = "date") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def test_validation_accepts_what_is_built() -> None:
    """A graph that the package wrote has no violation."""
    assert validate(_sample()) == ()


CASES: dict[str, tuple[ox.NamedNode, str, _Value, str, str]] = {
    "no source": (CAPTURE, "accordingTo", None, "accordingTo", "needs a source"),
    "source is a place": (CAPTURE, "accordingTo", NAMES.place(samples.VESH.id), "accordingTo", "needs a source"),
    "no evidence": (CAPTURE, "evidence", None, "evidence", "needs a passage"),
    "place unknown": (CAPTURE, "atPlace", NAMES.place("nowhere"), "atPlace", "must be described as a place"),
    "code of another list": (CAPTURE, "controlKind", term("Killed"), "ControlClaim", "list of control kinds"),
    "no such code": (CAPTURE, "claimStatus", ox.NamedNode(f"{CKG}Perhaps"), "ControlClaim", "list of claim statuses"),
    "impossible day": (CAPTURE, "beginEarliest", _literal("2015-02-31"), "beginEarliest", "one real day"),
    "day of year zero": (CAPTURE, "beginLatest", _literal("0000-01-01"), "beginLatest", "one real day"),
    "day with zone": (CAPTURE, "beginLatest", _literal("2031-03-04Z"), "beginLatest", "without a time zone"),
    "moment for a day": (
        CAPTURE,
        "beginLatest",
        _literal("2031-03-04T00:00:00", "dateTime"),
        "beginLatest",
        "real day",
    ),
    "day as text": (CAPTURE, "beginEarliest", ox.Literal("2031-03-04"), "beginEarliest", "one real day"),
    "dates out of order": (
        CAPTURE,
        "beginLatest",
        _literal("2031-03-01"),
        "beginEarliest",
        "not after the latest beginning",
    ),
    "number as text": (KILLED, "low", ox.Literal("40"), "low", "whole number"),
    "number below none": (KILLED, "low", _literal("-1", "integer"), "low", "whole number"),
    "no number": (KILLED, "low", _literal("forty", "integer"), "low", "whole number"),
    "low above high": (KILLED, "high", _literal("3", "integer"), "low", "not above the best figure or the highest"),
    "truth": (SAID, "direct", _literal("maybe", "boolean"), "Statement", "direct or not"),
    "speaker is another": (SAID, "speaker", NAMES.actor(samples.ARMY.id), "Statement", "whom it is according to"),
    "no holding": (PERIOD, "holding", None, "ControlPeriod", "list of holdings"),
    "support not there": (PERIOD, "supportedBy", NAMES.claim("gone"), "supportedBy", "must be a claim"),
    "over before known": (PERIOD, "knownUntil", _literal("2031-03-05"), "ControlPeriod", "before known until"),
    "phase before its holding": (PERIOD, "phaseSinceLatest", _literal("2031-03-01"), "ControlPeriod", "of the phase"),
    "phase after its holding": (BEFORE, "phaseUntilLatest", _literal("2031-03-09"), "ControlPeriod", "of the holding"),
    "party of nobody": (NAMES.actor("vesh-radio"), "party", None, "Actor", "exactly one party"),
    "two places around": (NAMES.place(samples.BAZAAR.id), "locatedIn", ox.Literal("x"), "Place", "directly located"),
}


@cache
def _mistakes() -> dict[str, list[Violation]]:
    """Every case planted in a copy of its node, all in one graph, since validating is slow; violations by case."""
    found = _sample()
    copies = {case: ox.NamedNode(f"{NAMES.base}copy/{number}") for number, case in enumerate(CASES)}
    for case, (node, name, value, _, _) in CASES.items():
        same = [quad for quad in found if quad.subject == node]
        kept = [(quad.predicate, quad.object) for quad in same if quad.predicate != term(name)]
        for predicate, found_value in kept if value is None else [*kept, (term(name), value)]:
            found.append(ox.Quad(copies[case], predicate, found_value, same[0].graph_name))
    violations = validate(found)
    assert {violation.node for violation in violations} == {copy.value for copy in copies.values()}
    return {case: [v for v in violations if v.node == copy.value] for case, copy in copies.items()}


@pytest.mark.parametrize("case", CASES)
def test_validation_names_shape_and_node(case: str) -> None:
    """Each mistake is found at its node, by its shape, with a message for people."""
    shape, message = CASES[case][3:]
    found = [(violation.shape.rpartition("#")[2], violation.message) for violation in _mistakes()[case]]

    assert shape in [name for name, text in found if message in text]
    assert len(found) <= 2


def test_validation_shows_the_sentence() -> None:
    """A violation of a claim carries file, offsets and words of the passage that it was read from."""
    (found,) = validate(_with(CAPTURE, "beginEarliest", _literal("2015-02-31")))
    passage = samples.CAPTURE.passage

    assert found == Violation(
        file_name="fall",
        start=passage.start,
        end=passage.end,
        node=CAPTURE.value,
        path="ckg:beginEarliest",
        message="an earliest beginning is one real day without a time zone, YYYY-MM-DD, "
        "not after the latest beginning or the latest end",
        value="2015-02-31",
        shape="https://w3id.org/conflict-kg/shapes#beginEarliest",
        document=NAMES.document(samples.FALL.digest).value,
        quote=passage.quote,
    )
    assert str(found).startswith(f"fall:{passage.start}-{passage.end}: {CAPTURE.value} ckg:beginEarliest: an earliest")
    assert str(found).endswith(f"“{passage.quote}”")


def test_validation_shows_the_sentence_behind_the_account() -> None:
    """What is wrong in a derived node is shown with the sentence of a claim behind it."""
    (found,) = validate(_with(PERIOD, "untilLatest", _literal("2031-02-01")))

    assert found.file_name == "fall"
    assert found.quote in {samples.CAPTURE.passage.quote, samples.WITHDRAWAL.passage.quote}


def test_validation_shows_where_an_actor_is_named() -> None:
    """What is wrong with an actor or a place is shown where a report names it."""
    (found,) = validate(_with(NAMES.actor(samples.RADIO.id), "actorKind", term("Killed")))

    assert (found.file_name, found.quote) == ("fall", "Vesh Radio")


def test_validation_finds_evidence_in_another_document() -> None:
    """A claim that rests on a passage of another document is a violation."""
    elsewhere = NAMES.passage(samples.DISTRICT.digest, samples.RETAKEN.passage)
    found = validate(_with(CAPTURE, "evidence", elsewhere))

    assert {"its evidence lies in another document"} == {violation.message for violation in found}
    assert {CAPTURE.value} == {violation.node for violation in found}


def test_validation_finds_what_cannot_be() -> None:
    """A node of two disjoint classes is reported by the ontology's own name."""
    wrong = ox.Quad(NAMES.actor(samples.FRONT.id), TYPE, term("Place"), NAMES.graph("reference"))
    messages = {violation.message for violation in validate([*_sample(), wrong])}

    assert "is both ckg:Actor and ckg:Place, which nothing can be" in messages


def test_validation_takes_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """In portions of one graph each, the same violations are found."""
    wrong = _with(CAPTURE, "accordingTo", None) + _with(KILLED, "low", _literal("forty", "integer"))
    wrong = [quad for quad in wrong if quad.subject != CAPTURE or quad.predicate != term("accordingTo")]
    whole = validate(wrong)
    monkeypatch.setattr(by_pyshacl, "PORTION", 1)

    assert validate(wrong) == whole
    assert len(whole) >= 2


def test_validation_looks_across_graphs() -> None:
    """A second label in another graph is one too many."""
    node = NAMES.actor(samples.FRONT.id)
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    second = ox.Quad(node, label, ox.Literal("The Front"), NAMES.graph("elsewhere"))
    (found,) = validate([*_sample(), second])

    assert (found.node, found.path) == (node.value, "rdfs:label")


TURTLE = f"""@prefix ckg: <{CKG}> .
@prefix xsd: <{XSD}> .
_:c a ckg:ControlClaim ; ckg:beginEarliest "2015-02-31"^^xsd:date ; ckg:beginLatest "2015-02-01"^^xsd:date ;
    ckg:evidence "no passage" .
"""


def test_validation_of_files_reports_impossible_dates(tmp_path: Path) -> None:
    """A file made by hand, with a blank node and an impossible day, is reported on and not stumbled over."""
    file = tmp_path / "mine.ttl"
    file.write_text(TURTLE, encoding="utf-8")
    found = validate_files([file])

    assert [v.value for v in found if v.message.startswith("an earliest beginning is one real day")] == ["2015-02-31"]
    assert "a claim needs an IRI" in {v.message for v in found}


SUBCLASS = f"""@prefix ckg: <{CKG}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:captain> rdfs:subClassOf <urn:officer> .
<urn:officer> rdfs:subClassOf ckg:Person .
<urn:someone> a <urn:captain> .
_:c a ckg:ControlClaim ; ckg:beginEarliest _:x ; ckg:beginLatest _:y .
"""


@pytest.mark.parametrize("backend", Backend)
def test_validation_of_classes_and_values_of_others(backend: Backend, tmp_path: Path) -> None:
    """Instances of a class below ours are checked, and nodes in place of days are told, not stumbled over."""
    file = tmp_path / "mine.ttl"
    file.write_text(SUBCLASS, encoding="utf-8")
    found = validate_files([file], backend=backend)

    assert "needs exactly one label, without a language tag" in {v.message for v in found if v.node == "urn:someone"}
    assert {"ckg:beginEarliest", "ckg:beginLatest"} <= {violation.path for violation in found if violation.value}


WRITERS = {
    "graph.ttl": ox.RdfFormat.TURTLE,
    "graph.nt": ox.RdfFormat.N_TRIPLES,
    "graph.nq": ox.RdfFormat.N_QUADS,
    "graph.trig": ox.RdfFormat.TRIG,
    "graph.jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("name", WRITERS)
def test_validation_reads_every_format(name: str, tmp_path: Path) -> None:
    """The same violation is found in every format; the ontology within a file is no violation."""
    file = tmp_path / name
    wrong = _with(CAPTURE, "winner", ox.Literal("somebody"))
    if WRITERS[name].supports_datasets:
        ox.serialize(wrong, output=file, format=WRITERS[name])
    else:
        triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in wrong]
        ox.serialize(triples, output=file, format=WRITERS[name])

    assert {(v.node, v.value, v.file_name) for v in validate_files([file])} == {(CAPTURE.value, "somebody", "fall")}


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY a "aaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">
<rdf:Description rdf:about="urn:a"><x:p>&b;</x:p></rdf:Description></rdf:RDF>"""


def test_validation_reads_plain_rdf_xml(tmp_path: Path) -> None:
    """Without entities of its own a file is read."""
    file = tmp_path / "a.rdf"
    file.write_bytes(re.sub(rb"<!DOCTYPE[^\n]*\n", b"", BOMB).replace(b"&b;", b"text"))
    assert validate_files([file]) == ()


def test_validation_of_numbers_beyond_measure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """They are violations where a number is asked for, and nothing that a library has to say comes with them."""
    file = tmp_path / "a.ttl"
    digits = "9" * 5000
    file.write_text(
        f'<urn:a> a <{CKG}Passage> ; <{NIF}anchorOf> "x" ; <{NIF}beginIndex> {digits} ; '
        f'<urn:p> "{digits}"^^<{XSD}nonNegativeInteger> , "x"^^<{XSD}dateTime> .',
        encoding="utf-8",
    )
    found = validate_files([file])

    assert [(v.path, v.start) for v in found if v.value == digits] == [("nif:beginIndex", None)]
    assert caplog.records == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<a:a> <a:b> <a:c> .\n<a:a> nonsense .", "a.ttl:2: "),
        ("a.nq", b"<a:a> <a:b> .", "a.nq:1: "),
        ("a.jsonld", b'{"@context": {},\n "a": [1,}', "a.jsonld:2: "),
        ("a.jsonld", b'{"@context": "https://x.example/context"}', "a.jsonld: "),
        ("a.ttl", b"\xff\xfe\x00", "a.ttl"),
        ("a.ttl", b"<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .", "a.ttl: <a:a>: a triple within a triple"),
        ("a.rdf", BOMB, "a.rdf: RDF/XML with a DOCTYPE is not read"),
        ("a.rdf", BOMB.replace(b"DOCTYPE", b"doctype"), "a.rdf: RDF/XML with a DOCTYPE is not read"),
        ("a.docx", b"", "a.docx: unknown ending"),
        ("gone.ttl", None, "gone.ttl: No such file"),
    ],
)
def test_validation_says_which_file_cannot_be_read(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    """A file that is no graph is named, with its line."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as error:
        validate_files([file])

    assert message in str(error.value)
    assert "\n" not in str(error.value)
