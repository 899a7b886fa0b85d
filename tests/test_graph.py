"""Readings become the same quads every time, each in one graph, and no report can write an IRI."""

import random
from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest
import samples
from hash_seeds import printed
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.errors import InputError
from conflict_kg.graph import BASE, Names, ordered, quads, triple_key
from conflict_kg.graph.claims import claim_triples
from conflict_kg.model import (
    Account,
    Actor,
    Claim,
    ControlClaim,
    Figure,
    IncidentClaim,
    IncidentKind,
    PlaceKind,
    Reading,
    Status,
)
from conflict_kg.validation import validate
from conflict_kg.vocabulary import CKG, DCT, LABEL, NIF, SKOS, TYPE, term

NAMES = Names(BASE)
NOTHING = Account((), (), ())


def _sample() -> list[ox.Quad]:
    return quads(samples.readings(), samples.account())


def _about(found: list[ox.Quad], node: ox.NamedNode) -> set[tuple[str, str]]:
    """What is said of a node: property names with values, both as short as they can be."""

    def short(iri: str) -> str:
        for space in (CKG, DCT, NIF, SKOS, BASE):
            iri = iri.removeprefix(space)
        return iri.rpartition("#")[2]

    pairs = {(quad.predicate.value, quad.object) for quad in found if quad.subject == node}
    return {(short(p), short(o.value)) for p, o in pairs if not isinstance(o, ox.Triple)}


def _graph_of(found: list[ox.Quad], node: ox.NamedNode) -> str:
    (graph,) = {str(quad.graph_name) for quad in found if quad.subject == node}
    return graph.rpartition("/")[2].rstrip(">")


def test_graph_describes_a_control_claim() -> None:
    """Place, sides, kind, status, extent, dates, source, evidence: all that was read, and nothing else."""
    claim = samples.RETAKEN
    document = f"document/{samples.DISTRICT.digest[:16]}"

    assert _about(_sample(), NAMES.claim(claim.key)) == {
        ("type", "Claim"),
        ("type", "ControlClaim"),
        ("inDocument", document),
        ("evidence", f"passage/{samples.DISTRICT.digest[:16]}-{claim.passage.start}-{claim.passage.end}"),
        ("rule", "control.retake"),
        ("accordingTo", "actor/federal-army"),
        ("reportedOn", "2031-03-20"),
        ("controlKind", "Recapture"),
        ("change", "Gained"),
        ("claimStatus", "Claimed"),
        ("extent", "Full"),
        ("winner", "actor/federal-army"),
        ("loser", "actor/northern-front"),
        ("atPlace", f"place/{samples.BAZAAR.id}"),
        ("beginEarliest", "2031-03-19"),
        ("beginLatest", "2031-03-19"),
        ("timeText", "on Wednesday"),
        ("acled", "Battles: Government regains territory"),
        ("ucdp", "1 state-based"),
        ("plover", "COERCE, seize (192)"),
    }


def test_graph_describes_casualties_and_incidents() -> None:
    """Numbers, words, blame and notes stand with the claim."""
    found = _sample()
    killed = _about(found, NAMES.claim(samples.KILLED.key))
    bomb = _about(found, NAMES.claim(samples.BOMB.key))

    assert {("low", "40"), ("countText", "At least 40"), ("victims", "soldiers"), ("harm", "Killed")} <= killed
    assert {("blamed", "actor/northern-front"), ("statedIn", f"statement/{samples.SAID.key}")} <= killed
    assert {("relayedBy", "actor/vesh-radio"), ("accordingTo", f"actor/{samples.MERES.id}")} <= killed
    assert not {pair for pair in killed if pair[0] in ("best", "high")}
    assert {("incidentKind", "Bombing"), ("note", "could not be independently verified")} <= bomb


def test_graph_links_a_figure_to_the_one_that_it_is_part_of() -> None:
    """And to the one that it comes on top of: both are claims."""
    other = Figure("0" * 20, samples.KILLED.passage, "At least 40")
    claim = replace(samples.KILLED, included_in=other, additional_to=other)
    triples = claim_triples(NAMES, claim, NAMES.claim(claim.key))
    linked = {(p.value.rsplit("#")[-1], o) for _, p, o in triples}
    assert {("includedIn", NAMES.claim("0" * 20)), ("additionalTo", NAMES.claim("0" * 20))} <= linked


def test_graph_describes_what_an_incident_was_done_with_and_its_victims() -> None:
    """Status, means, whether near, the casualty claims of its sentence, and the codebooks' classes."""
    claim = replace(samples.BOMB, near=True, casualties=(samples.KILLED.key,))
    reading = Reading(samples.FALL, (claim, samples.KILLED), (samples.BAZAAR, samples.QARA_TEPE), (samples.OFFICER,))
    told = _about(quads([reading], NOTHING), NAMES.claim(claim.key))

    assert {("claimStatus", "Claimed"), ("means", "CarBomb"), ("nearby", "true")} <= told
    assert ("harming", f"claim/{samples.KILLED.key}") in told
    assert ("acled", "Explosions/Remote violence: Remote explosive/landmine/IED") in told
    assert ("plover", "ASSAULT, explosives (1832)") in told
    assert "ucdp" not in {property for property, _ in told}  # it takes two sides


def test_graph_describes_a_statement() -> None:
    """The speaker is whom it is according to; the role stays with the statement."""
    said = _about(_sample(), NAMES.statement(samples.SAID.key))

    assert {
        ("speaker", f"actor/{samples.MERES.id}"),
        ("accordingTo", f"actor/{samples.MERES.id}"),
        ("speakerRole", "spokesman for the Federal Army"),
        ("direct", "true"),
        ("text", "At least 40 soldiers were killed,"),
    } <= said
    assert ("type", "Claim") not in said


def test_graph_describes_the_account() -> None:
    """A period has its holder, dates, what is known when, and the claims behind it."""
    period = _about(_sample(), NAMES.period("p-bazaar"))

    assert period == {
        ("type", "ControlPeriod"),
        ("atPlace", f"place/{samples.BAZAAR.id}"),
        ("controlIn", f"place/{samples.BAZAAR.id}"),
        ("holder", "actor/federal-army"),
        ("holding", "HeldWhole"),
        ("basis", "ClaimedBasis"),
        ("beganWith", "change/c-bazaar"),
        ("rule", "winner holds"),
        ("sinceEarliest", "2031-03-19"),
        ("sinceLatest", "2031-03-19"),
        ("phaseSinceEarliest", "2031-03-19"),
        ("phaseSinceLatest", "2031-03-19"),
        ("lastKnown", "2031-03-19"),
        ("knownFrom", "2031-03-20"),
        ("claimsFor", "1"),
        ("claimsAgainst", "1"),
        ("supportedBy", f"claim/{samples.RETAKEN.key}"),
        ("opposedBy", f"claim/{samples.DENIED.key}"),
    }


def test_graph_says_who_speaks() -> None:
    """A report speaks as its publisher, be it an actor that reports know or a new one, or as itself."""
    found = _sample()
    sources = {
        claim.key: {value for name, value in _about(found, NAMES.claim(claim.key)) if name == "accordingTo"}
        for claim in (samples.CAPTURE, samples.EXPECTED, samples.HOLDS)
    }
    (gazette,) = sources[samples.EXPECTED.key]
    voice = NAMES.actor(f"report-{samples.UNDATED.digest[:16]}")

    assert sources[samples.CAPTURE.key] == {"actor/meridian-wire"}
    assert gazette.startswith("actor/publisher-harbour-gazette-")
    assert {("label", "Harbour Gazette"), ("actorKind", "Outlet")} <= _about(found, ox.NamedNode(BASE + gazette))
    assert sources[samples.HOLDS.key] == {voice.value.removeprefix(BASE)}
    assert ("label", "Notes from the hills") in _about(found, voice)


def test_graph_settles_what_reports_say_differently() -> None:
    """An entity has one label, one kind, one position; other names are kept as such."""
    front = _about(_sample(), NAMES.actor(samples.FRONT.id))
    readings = samples.readings()
    other = replace(samples.BAZAAR, label="old bazaar", kind=PlaceKind.SITE, located_in="geonames-990000002")
    changed = replace(readings[1], places=(*readings[1].places[:-1], other))
    bazaar = _about(quads([readings[0], changed], NOTHING), NAMES.place(samples.BAZAAR.id))

    assert {("label", "Northern Front"), ("altLabel", "Front fighters"), ("hiddenLabel", "front fighters")} <= front
    assert len([1 for name, _ in front if name == "label"]) == 1
    assert {("label", "Old Bazaar"), ("altLabel", "old bazaar"), ("placeKind", "Part")} <= bazaar
    assert Counter(name for name, _ in bazaar)["locatedIn"] == 1


def test_graph_has_a_graph_for_each_document() -> None:
    """Unnamed sources belong to their document, everybody else and all places to the reference graph."""
    found = _sample()
    fall = samples.FALL.digest[:16]

    assert _graph_of(found, NAMES.actor(samples.OFFICER.id)) == fall
    assert _graph_of(found, NAMES.claim(samples.BOMB.key)) == fall
    assert _graph_of(found, NAMES.actor(samples.MERES.id)) == "reference"
    assert _graph_of(found, NAMES.place(samples.BAZAAR.id)) == "reference"
    assert _graph_of(found, NAMES.range("r-killed")) == "account"


def test_graph_states_nothing_twice() -> None:
    """Each triple stands in one graph, quads are sorted and unique, and there are no blank nodes."""
    found = _sample()
    triples = Counter((quad.subject, quad.predicate, quad.object) for quad in found)

    assert set(triples.values()) == {1}
    assert found == ordered(reversed(found))
    assert found == sorted(found, key=lambda quad: (str(quad.graph_name), *triple_key(quad)))
    assert not [
        quad for quad in found if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


def test_graph_quotes_what_the_passage_says() -> None:
    """Every passage's words are the report's characters between its offsets, mentions included."""
    texts = {NAMES.document(r.report.digest): r.report.text for r in samples.readings()}
    found = _sample()
    values = {(quad.subject, quad.predicate.value): quad.object for quad in found}
    passages = [quad.subject for quad in found if quad.predicate == TYPE and quad.object == term("Passage")]

    assert passages
    for passage in passages:
        document, begin = values[passage, f"{CKG}inDocument"], values[passage, f"{NIF}beginIndex"]
        end, words = values[passage, f"{NIF}endIndex"], values[passage, f"{NIF}anchorOf"]
        assert isinstance(document, ox.NamedNode)
        assert isinstance(begin, ox.Literal)
        assert isinstance(end, ox.Literal)
        assert isinstance(words, ox.Literal)
        assert texts[document][int(begin.value) : int(end.value)] == words.value
    mention = {quad.object for quad in found if quad.predicate == term("mentions")}
    assert NAMES.place(samples.QARA_TEPE.id) in mention


def test_graph_does_not_depend_on_order() -> None:
    """Readings, and claims within an account, in any order give the same quads."""
    expected = _sample()
    for seed in range(5):
        readings = list(samples.readings())
        random.Random(seed).shuffle(readings)  # noqa: S311  only an order
        account = samples.account()
        turned = Account(
            account.changes[::-1], account.periods[::-1], account.ranges[::-1], account.disagreements[::-1]
        )

        assert quads(readings, turned) == expected


def test_graph_does_not_depend_on_the_process() -> None:
    """Processes with other hash seeds give the same bytes."""
    code = (
        "import samples, sys, pyoxigraph as ox; from conflict_kg.graph import quads;"
        "found = quads(samples.readings(), samples.account());"
        "sys.stdout.buffer.write(ox.serialize(found, format=ox.RdfFormat.N_QUADS))"
    )

    assert printed(code) == {ox.serialize(_sample(), format=ox.RdfFormat.N_QUADS)}


def test_graph_joins_reports_with_the_same_text() -> None:
    """One text in two files is one document with both names and publishers, and is valid."""
    readings = samples.readings()
    report = replace(readings[0].report, id="copy", publisher="VESH RADIO", title="Copied", published=None)
    undated = tuple(replace(claim, published=None) for claim in readings[0].claims if not _links(claim))
    unpublished = replace(readings[2].report, id="later", title="Another title")
    copies = [replace(readings[0], report=report, claims=undated), replace(readings[2], report=unpublished)]
    found = quads([*readings, *copies], samples.account())
    document = _about(found, NAMES.document(samples.FALL.digest))

    assert {("fileName", "fall"), ("fileName", "copy"), ("title", samples.FALL.title)} <= document
    assert {("publisher", "actor/meridian-wire"), ("publisher", "actor/vesh-radio")} <= document
    assert Counter(name for name, _ in document)["title"] == 1
    assert validate(found) == ()


def _links(claim: Claim) -> bool:
    return claim.stated_in is not None


def test_graph_uses_the_base() -> None:
    """All instances live below the base that is asked for, and only they do."""
    found = quads(samples.readings(), samples.account(), base="https://war.example/kg#")
    text = " ".join(map(str, found))

    assert BASE not in text
    assert f"<https://war.example/kg#place/{samples.QARA_TEPE.id}>" in text


@pytest.mark.parametrize("base", ["", "war", "https://war.example", "https://war.example/a b/", "https://<x>/"])
def test_graph_refuses_a_base_that_is_none(base: str) -> None:
    """A base that no IRI can be made from is told."""
    with pytest.raises(InputError, match="base"):
        quads([], NOTHING, base=base)


def test_graph_links_to_geonames() -> None:
    """A place of the gazetteer names its entry there, and has a point; another place has neither."""
    found = _sample()
    town = _about(found, NAMES.place(samples.QARA_TEPE.id))

    assert ("exactMatch", "https://sws.geonames.org/990000003/") in town
    assert {("lat", "41.3125"), ("long", "51.625"), ("asWKT", "POINT(51.625 41.3125)")} <= town
    assert not {name for name, _ in _about(found, NAMES.place(samples.BAZAAR.id))} & {"lat", "exactMatch"}


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=50)
@given(ANY, ANY, ANY.filter(bool), ANY.filter(bool))
def test_graph_takes_any_words(title: str, publisher: str, name: str, id: str) -> None:
    """Whatever a report says, and whatever an id is made of, the quads can be written, stored and read back."""
    actor = Actor(id, name, name, samples.FRONT.kind, party=id)
    report = replace(samples.UNDATED, title=title, publisher=publisher, url=name, language=title)
    claim = IncidentClaim(
        passage=samples.HOLDS.passage,
        digest=report.digest,
        published=None,
        according_to=(actor,),
        rule=name,
        kind=IncidentKind.ATTACK,
        status=Status.ASSERTED,
        place=replace(samples.QARA_TEPE, name=name, label=name, latitude=1e-07, longitude=-0.0),
    )
    found = quads([Reading(report, (claim, samples.HOLDS), (), (actor,))], NOTHING)
    text = ox.serialize(found, format=ox.RdfFormat.N_QUADS)
    store = ox.Store()
    store.bulk_extend(found)

    assert text is not None
    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(found) == set(store)
    assert ox.Literal(name) in {quad.object for quad in found if quad.predicate == LABEL}


def test_graph_gives_every_kind_its_change() -> None:
    """Every kind of control claim comes to gained, held or lost, as the ontology says."""
    found = _sample()
    for claim in (claim for reading in samples.readings() for claim in reading.claims):
        if isinstance(claim, ControlClaim):
            changes = [value for name, value in _about(found, NAMES.claim(claim.key)) if name == "change"]
            expected = {
                "capture": "Gained",
                "recapture": "Gained",
                "withdrawal": "Lost",
                "loss": "Lost",
                "holds": "Held",
            }
            assert changes == [expected[claim.kind]]
    assert {quad.object for quad in found if quad.predicate == TYPE} >= {term("Person"), term("Organization")}
