"""Names that people type, to nodes of the graph."""

from functools import cache

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.errors import InputError
from conflict_kg.graph import BASE, Names, quads
from conflict_kg.linking import gazetteer
from conflict_kg.questions.binding import ParameterType
from conflict_kg.questions.nodes import Node, base, find, tail

NAMES = Names(BASE)


@cache
def store() -> ox.Store:
    """The samples, and places whose names meet."""
    store = ox.Store()
    store.bulk_extend(quads(samples.readings(), samples.account()))
    store.extend(place("hama-town", "Hama Tepe", "Settlement"))
    store.extend(place("hama-area", "Hama Tepe", "Area"))
    store.extend(place("gate-1", "South Gate", "Part"))
    store.extend(place("gate-2", "South Gate", "Part"))
    return store


def place(id: str, label: str, kind: str) -> list[ox.Quad]:
    """A place in the reference graph."""
    node, graph, ckg = NAMES.place(id), NAMES.graph("reference"), "https://w3id.org/conflict-kg/ns#"
    return [
        ox.Quad(node, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal(label), graph),
        ox.Quad(node, ox.NamedNode(f"{ckg}placeKind"), ox.NamedNode(ckg + kind), graph),
    ]


def found(type: ParameterType, name: str) -> Node:
    """The node of that name; a warning fails the test."""
    return find(store(), type, name, option="place", warn=pytest.fail)


@pytest.mark.parametrize(
    "name", ["Qara Tepe", "qara tepe", "QARA-TEPE", "Qāra Tepé", "al-Qara Tepe", "El Qara Tepe", "’Qara Tepe"]
)
def test_find_takes_spellings_as_one(name: str) -> None:
    """Case, accents, hyphens, apostrophes and articles make no difference."""
    assert found(ParameterType.PLACE, name).iri == NAMES.place(samples.QARA_TEPE.id).value


def test_find_takes_other_names_and_iris() -> None:
    """An actor is found by the name that one report has for it; an IRI stands for itself."""
    assert found(ParameterType.ACTOR, "Front fighters").label == "Northern Front"
    assert found(ParameterType.TOPIC, "Federal Army").iri == NAMES.actor("federal-army").value
    iri = NAMES.place(samples.BAZAAR.id).value
    assert found(ParameterType.PLACE, iri) == Node(iri, "Old Bazaar")
    assert found(ParameterType.PLACE, "https://elsewhere.example/x") == Node("https://elsewhere.example/x", None)


def test_find_knows_actors_and_places_that_no_report_names() -> None:
    """The lexicon and the gazetteer stand in where the graph has nobody of the name."""
    assert found(ParameterType.ACTOR, "ISIL").iri == NAMES.actor("islamic-state").value
    entry = gazetteer().search("Mosul")[0]
    told: list[str] = []
    node = find(store(), ParameterType.PLACE, "al-Mosul", option="place", warn=told.append)
    assert (node.iri, node.label) == (NAMES.place(entry.id).value, entry.name)


def test_find_takes_the_settlement_before_the_area_and_says_so() -> None:
    """The choice, and what was passed over, is told in a line."""
    told: list[str] = []
    node = find(store(), ParameterType.PLACE, "Hama Tepe", option="place", warn=told.append)
    assert node.iri == NAMES.place("hama-town").value
    (line,) = told
    assert line.startswith(
        "--place: 'Hama Tepe' taken as Hama Tepe (settlement) <https://conflict-kg.example/place/hama-town>"
    )
    assert line.endswith(", not Hama Tepe (area) <https://conflict-kg.example/place/hama-area>")


def test_find_refuses_a_tie_with_the_candidates() -> None:
    """Two places with an equal right to the name are both listed."""
    with pytest.raises(InputError, match=r"'South Gate' is the name of several: .*place/gate-1>; .*place/gate-2>"):
        found(ParameterType.PLACE, "South Gate")


def test_find_refuses_an_unknown_name_with_suggestions() -> None:
    """What is nearly so is suggested; what is nothing like it is not."""
    with pytest.raises(InputError, match=r"^--place: no place 'Qara Tepa Qara' is known; did you mean Qara Tepe\?$"):
        found(ParameterType.PLACE, "Qara Tepa Qara")
    with pytest.raises(InputError, match=r"^--place: no actor 'Zzyzx Xyzzy' is known$"):
        found(ParameterType.ACTOR, "Zzyzx Xyzzy")
    for name in ("", "  ", "“”"):
        with pytest.raises(InputError, match="is not a name"):
            found(ParameterType.PLACE, name)


def test_find_refuses_a_broken_iri() -> None:
    """What looks like an IRI has to be one."""
    with pytest.raises(InputError, match="is not an IRI"):
        found(ParameterType.PLACE, "https://x.example/{a}")


def test_tail_is_safe_against_quotes() -> None:
    """Whatever is given is looked for as it is."""
    with pytest.raises(InputError, match="nothing in the graph begins with"):
        tail(store(), 'claim/") } #', option="explain")


def test_tail_refuses_bytes_that_are_no_text() -> None:
    """As the command line hands them on."""
    with pytest.raises(InputError, match=r"^explain: '\\udcff\\udcfe' is not Unicode text$"):
        tail(store(), "\udcff\udcfe", option="explain")


@pytest.mark.parametrize("start", [BASE, "https://kg.example/war#"])
def test_base_is_that_of_the_build(start: str) -> None:
    """Read from the graph, whatever it ends in."""
    other = ox.Store()
    other.bulk_extend(quads(samples.readings(), samples.account(), base=start))
    assert base(other) == start
    node = find(other, ParameterType.PLACE, "Qara Tepe", option="place", warn=pytest.fail)
    assert node.iri == f"{start}place/{samples.QARA_TEPE.id}"
