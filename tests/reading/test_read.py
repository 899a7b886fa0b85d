"""The chain from a report to its claims, on texts of any shape."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading.docs import pipeline, reading, report_of

from conflict_kg.model import Actor, ControlClaim, Mention, Place
from conflict_kg.reading import read

MARKS = ["“", "”", "‘", "’", '"', "'", ",", ".", ":", "(", ")", "—", "\n\n", "\n", "12"]
PHRASES = """Rebels|captured|Gao|Kunduz|the town|on Monday|said|Moussa Traore|that|which|of|if|not|to|have|IS|seized
control|people|were killed|parts|his|they|army|denied|by|Reuters|according to|because"""
WORDS = [*MARKS, *PHRASES.replace("\n", "|").split("|")]
STORY = (
    "M23 rebels take Goma\n\n“The rebels have captured Goma,” said Willy Lusenge, a spokesman for M23, on Monday. "
    "At least 12 soldiers were killed in the city, according to the army. Congolese troops left Sake on Sunday.\n"
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_read_never_fails_and_quotes_exactly(words: list[str]) -> None:
    """However words and marks are thrown together, claims come in order and each quotes its passage."""
    text = " ".join(words)
    claims = reading(text, "2015-09-29").claims
    for claim in claims:
        assert text[claim.passage.start : claim.passage.end] == claim.passage.quote
    order = [(claim.passage.start, type(claim).__name__) for claim in claims]
    assert order == sorted(order)
    assert len({claim.key for claim in claims}) == len(claims)


def test_read_gives_every_actor_and_place_that_a_claim_names() -> None:
    """And those above and around them, each once, sorted by id."""
    found = reading(STORY, "2025-01-28")
    actors, places = [a.id for a in found.actors], [p.id for p in found.places]
    assert actors == sorted(set(actors))
    assert places == sorted(set(places))
    for claim in found.claims:
        assert {actor.id for actor in claim.actors()} <= set(actors)
        if isinstance(claim, Mention):
            assert claim.entity.id in {*actors, *places}
        if isinstance(claim, ControlClaim):
            assert claim.place.id in places
    assert {a.part_of for a in found.actors if a.part_of} <= set(actors)
    assert {p.located_in for p in found.places if p.located_in} <= set(places)


def test_read_gives_whom_a_source_speaks_for_though_no_list_has_it() -> None:
    """“A source at X” is part of X: the reading has X too, so that the graph never points at nothing."""
    found = reading("A source at the Sake Police Command said that rebels captured Goma.", "2025-01-28")
    above = {a.part_of for a in found.actors if a.part_of and not a.linked}
    assert above
    assert {a.part_of for a in found.actors if a.part_of} <= {a.id for a in found.actors}


def test_read_gives_the_same_claims_again() -> None:
    """A second reading of the same report has the same keys in the same order."""
    first = reading(STORY, "2025-01-28")
    report = report_of(STORY, "2025-01-28")
    second = read(pipeline()(report.view), report)
    assert [claim.key for claim in first.claims] == [claim.key for claim in second.claims]
    assert first.claims == second.claims


def test_read_one_mention_for_each_actor_and_place() -> None:
    """No entity is mentioned twice, and none is both an actor and a place."""
    mentions = [c.entity for c in reading(STORY, "2025-01-28").claims if isinstance(c, Mention)]
    assert all(a.id != b.id for a, b in itertools.combinations(mentions, 2))
    assert {type(entity) for entity in mentions} == {Actor, Place}
