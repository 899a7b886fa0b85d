"""The ontology is complete in itself, and everything that uses it uses terms that it declares."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import samples

from conflict_kg import model
from conflict_kg.graph import quads
from conflict_kg.reasoning import infer
from conflict_kg.resources import folder
from conflict_kg.vocabulary import CKG, OWL, PREFIXES, RDFS, SKOS, TYPE, XSD, change_of, code, compact, ontology, term

ONTOLOGY = folder("ontology")
SH = "http://www.w3.org/ns/shacl#"

ENUMS = {
    "ActorKindScheme": model.ActorKind,
    "PlaceKindScheme": model.PlaceKind,
    "ControlKindScheme": model.ControlKind,
    "StatusScheme": model.Status,
    "ExtentScheme": model.Extent,
    "HarmScheme": model.Harm,
    "IncidentKindScheme": model.IncidentKind,
    "MeansScheme": model.Means,
    "HoldingScheme": model.Holding,
    "BasisScheme": model.Basis,
    "DimensionScheme": model.Dimension,
}


def _triples(name: str) -> list[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    found = []
    for quad in ox.parse(path=ONTOLOGY / name):
        assert not isinstance(quad.subject, ox.Triple)
        assert not isinstance(quad.object, ox.Triple)
        found.append((quad.subject.value, quad.predicate.value, quad.object))
    return found


def _terms() -> dict[str, set[str]]:
    """Every term that the ontology declares, with its types."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in _triples("conflict.ttl"):
        if predicate == TYPE.value and subject.startswith(CKG):
            types[subject].add(compact(value.value))
    return dict(types)


def _properties() -> set[str]:
    return {iri for iri, types in _terms().items() if any(kind.endswith("Property") for kind in types)}


def _values(name: str, predicate: str) -> dict[str, list[ox.Literal]]:
    found: defaultdict[str, list[ox.Literal]] = defaultdict(list)
    for subject, used, value in _triples(name):
        if used == predicate and isinstance(value, ox.Literal):
            found[subject].append(value)
    return dict(found)


def test_ontology_describes_every_term() -> None:
    """Each class, property, code and list has exactly one English label and one English comment."""
    labels, comments = _values("conflict.ttl", f"{RDFS}label"), _values("conflict.ttl", f"{RDFS}comment")
    for iri in _terms():
        assert [label.language for label in labels.get(iri, ())] == ["en"], iri
        assert [comment.language for comment in comments.get(iri, ())] == ["en"], iri
        assert comments[iri][0].value.endswith("."), iri


def test_ontology_declares_whatever_it_describes() -> None:
    """Nothing of ours is described without a type, which a slip of the pen would show."""
    described = {subject for subject, _, _ in _triples("conflict.ttl") if subject.startswith(CKG)}

    assert described == set(_terms())


def test_ontology_labels_tell_terms_apart() -> None:
    """No two classes, no two properties and no two codes of one list share a label."""
    labels = {iri: label[0].value for iri, label in _values("conflict.ttl", f"{RDFS}label").items()}
    schemes = {s: value.value for s, p, value in _triples("conflict.ttl") if p == f"{SKOS}inScheme"}
    kinds = {iri: "property" if iri in _properties() else schemes.get(iri, "class") for iri in _terms()}
    counts = Counter((kinds[iri], labels[iri]) for iri in _terms())

    assert [pair for pair, count in counts.items() if count > 1] == []


def test_ontology_names_differ_in_more_than_case() -> None:
    """Some graph databases do not tell upper from lower case."""
    counts = Counter(iri.casefold() for iri in _terms())

    assert [iri for iri, count in counts.items() if count > 1] == []


def test_ontology_does_not_type_by_use() -> None:
    """Object properties have neither domain nor range: a reasoner would make wrong data right."""
    typed = {s for s, p, _ in _triples("conflict.ttl") if p in (f"{RDFS}domain", f"{RDFS}range")}

    assert not [iri for iri in typed if "owl:ObjectProperty" in _terms()[iri]]


def test_ontology_codes_are_the_values_of_the_model() -> None:
    """Each list has one code for each value of its enumeration, no more and no less."""
    schemes = {
        s: compact(o.value).removeprefix("ckg:") for s, p, o in _triples("conflict.ttl") if p == f"{SKOS}inScheme"
    }
    notations = _values("conflict.ttl", f"{SKOS}notation")
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for iri, scheme in schemes.items():
        (notation,) = notations[iri]
        listed[scheme].add(notation.value)

    assert {iri for iri, types in _terms().items() if "ckg:Code" in types} == set(schemes)
    assert listed.pop("ChangeScheme") == {"gained", "held", "lost"}
    assert listed == {scheme: {str(value) for value in enum} for scheme, enum in ENUMS.items()}


def test_ontology_says_what_each_control_kind_comes_to() -> None:
    """Every control kind has its change, and names its codebook classes."""
    books = _values("conflict.ttl", f"{CKG}codebook")
    for kind in model.ControlKind:
        node = code("ControlKindScheme", kind)
        assert change_of(node) in {term(name) for name in ("Gained", "Held", "Lost")}
        assert any(book.value.startswith("ACLED") for book in books[node.value])


def test_ontology_refuses_terms_that_it_does_not_declare() -> None:
    """A slip of the pen in code fails at once."""
    with pytest.raises(KeyError, match="declares no ckg:atplace"):
        term("atplace")
    with pytest.raises(KeyError):
        code("HarmScheme", "frightened")


@pytest.mark.parametrize("name", ["shapes.ttl", "alignment.ttl"])
def test_ontology_declares_what_other_files_use(name: str) -> None:
    """Shapes and alignment speak of declared terms only."""
    used = {iri for s, p, o in _triples(name) for iri in (s, p, o.value) if iri.startswith(CKG)}

    assert used
    assert used <= set(_terms())


def test_ontology_declares_what_queries_use() -> None:
    """So do the stored questions, and no prefix in them means something else than elsewhere."""
    files = sorted(folder("queries").glob("*.rq"))
    declared = {iri.removeprefix(CKG) for iri in _terms()}

    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"\bckg:(\w+)", text)) <= declared, file.name
        for prefix, namespace in re.findall(r"^PREFIX (\w+): +<([^>]+)>", text, re.MULTILINE):
            assert PREFIXES.get(prefix) == namespace, file.name


def test_ontology_is_used() -> None:
    """Every class and property that is declared is written into graphs, or inferred."""
    found = quads(samples.readings(), samples.account())
    found += infer(found)
    own = {quad for quad in found if not str(quad.graph_name).endswith("graph/ontology>")}
    used = {quad.predicate.value for quad in own} | {quad.object.value for quad in own if quad.predicate == TYPE}  # type: ignore[union-attr]
    names = (
        "high",
        "agent",
        "target",
        "harming",
        "saidOn",
        "endEarliest",
        "includedIn",
        "additionalTo",
        "copyOf",
        "origin",
    )  # no sample has these
    rare = {f"{CKG}{name}" for name in names}
    for_ontology = {f"{CKG}codebook", f"{CKG}Code"}
    declared = {iri for iri, types in _terms().items() if not types & {"ckg:Code", "skos:ConceptScheme"}}

    assert declared - used - rare - for_ontology == set()


def test_ontology_context_covers_all_properties() -> None:
    """JSON-LD has a short key for each property of ours, with the datatype that the ontology gives it."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    ranges = {s: compact(o.value) for s, p, o in _triples("conflict.ttl") if p == f"{RDFS}range"}
    for iri in _properties():
        name = iri.removeprefix(CKG)
        entry = context[name]
        assert entry["@id"] == f"ckg:{name}"
        if "owl:DatatypeProperty" in _terms()[iri]:
            assert entry.get("@type", "xsd:string") == ranges[iri], name
        elif "owl:ObjectProperty" in _terms()[iri]:
            assert entry["@type"] in ("@id", "@vocab"), name
    for key, entry in context.items():
        if isinstance(entry, dict) and entry["@id"].startswith("ckg:"):
            assert f"{CKG}{key}" in _properties(), key
    assert PREFIXES.items() <= context.items()


def test_ontology_shapes_speak() -> None:
    """Every shape with a constraint of its own has a message, and every datatype is one that graphs are written in."""
    triples = _triples("shapes.ttl")
    paths = {s for s, p, _ in triples if p == f"{SH}path"}
    speaking = {s for s, p, _ in triples if p == f"{SH}message"}
    datatypes = {compact(o.value) for _, p, o in triples if p == f"{SH}datatype"}

    assert paths <= speaking
    assert datatypes == {
        "xsd:date",
        "xsd:integer",
        "xsd:decimal",
        "xsd:boolean",
        "xsd:string",
        "xsd:anyURI",
        "geo:wktLiteral",
    }


def test_ontology_shapes_know_all_codes() -> None:
    """The lists that shapes allow are the lists of the ontology, whole."""
    triples = _triples("shapes.ttl")
    first = {s: o.value for s, p, o in triples if p.endswith("#first")}
    rest = {s: o.value for s, p, o in triples if p.endswith("#rest")}
    allowed = []
    for _, predicate, head in triples:
        if predicate == f"{SH}in":
            node, codes = head.value, set()
            while node in first:
                codes.add(first[node])
                node = rest[node]
            allowed.append(frozenset(codes))
    schemes: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in _triples("conflict.ttl"):
        if predicate == f"{SKOS}inScheme":
            schemes[value.value].add(subject)

    assert set(allowed) == {frozenset(codes) for codes in schemes.values()}


def test_ontology_classes_have_shapes_and_are_disjoint() -> None:
    """Every class but the code lists is validated; two classes exclude each other unless one is above the other."""
    classes = {iri for iri, types in _terms().items() if "owl:Class" in types}
    targets = {o.value for _, p, o in _triples("shapes.ttl") if p == f"{SH}targetClass"}
    above = {(s, o.value) for s, p, o in _triples("conflict.ttl") if p == f"{RDFS}subClassOf"}
    apart = {frozenset((s, o.value)) for s, p, o in _triples("conflict.ttl") if p == f"{OWL}disjointWith"}
    tops = classes - {s for s, o in above if o.startswith(CKG)}

    assert targets == classes - {f"{CKG}Code"}
    assert {frozenset((a, b)) for a in tops for b in tops if a != b} <= apart


def test_ontology_has_no_blank_nodes_in_graphs() -> None:
    """Lists get IRIs that do not change between runs, and the chains of places are among them."""
    chain = [s for s, p, o in ontology() if p.value.endswith("#first") and o == term("within")]

    assert not [triple for triple in ontology() if "_:" in {str(node)[:2] for node in triple}]
    assert len(chain) == 2
    assert chain[0].value.startswith(f"{CKG}list-c14n")


def test_ontology_page_names_every_class() -> None:
    """docs/ontology.md speaks of every class and of no term that there is not."""
    page = (Path(__file__).parents[1] / "docs" / "ontology.md").read_text(encoding="utf-8")
    classes = {iri.removeprefix(CKG) for iri, types in _terms().items() if "owl:Class" in types}
    named = set(re.findall(r"`(?:ckg:)?([A-Za-z]+)`", page))

    assert classes <= named
    assert {name for name in named if f"{CKG}{name}" not in _terms()} <= {"ckg", XSD.rpartition("/")[2]}
