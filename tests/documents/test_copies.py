"""copies.py, and what follows from copies in account and graph: two papers with one wire story are one origin."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from spacy.language import Language

from conflict_kg import store
from conflict_kg.build import add, build
from conflict_kg.documents import make_report
from conflict_kg.documents.copies import copies, signature
from conflict_kg.model import Report
from conflict_kg.questions import load
from conflict_kg.questions.answers import answer
from conflict_kg.resources import folder

WIRE = (
    "Rebels captured the city of Mosul on Sunday. The army withdrew to a base in the south of the province after three "
    "days of fighting in the streets. A police officer said that at least 40 people were killed in Mosul. Thousands of "
    "residents left their homes during the night and walked along the road to the east, where tents had been set up in "
    "a field beside the river. Shops and schools were closed, and the power was out in most districts on Monday."
)
OTHER = (
    "Government troops tried to push into the northern districts of Mosul on Tuesday, witnesses said. Aircraft struck "
    "two bridges and a depot near the airport. Doctors in the only hospital that was still open asked for blood and "
    "for bandages. The governor, who had fled to the capital, spoke of a setback that would not last, and promised "
    "that reinforcements from three provinces were on their way and would arrive before the end of the week."
)


def report(id: str, text: str, day: int | None = 18, publisher: str | None = None) -> Report:
    """A report of a day in May 2015."""
    return make_report(text, id=id, published=date(2015, 5, day) if day else None, publisher=publisher)


def found(*reports: Report) -> dict[str, str]:
    """Who copies whom, by id."""
    ids = {one.digest: one.id for one in reversed(reports)}
    return {ids[copy]: ids[original] for copy, original in copies(map(signature, reports)).items()}


@pytest.mark.parametrize(
    "text",
    [
        WIRE.replace(" ", "\n"),
        f"Mosul falls\n\n{WIRE}\n\nThe Star with additional reporting from agencies.",
        WIRE.replace("40 people", "45 people").replace("Sunday", "Sunday evening"),
        WIRE.rpartition(" Shops")[0],
        WIRE.upper(),
    ],
)
def test_copies_of_a_wire_story(text: str) -> None:
    """Other line breaks, headlines, ends, words here and there and a missing last sentence leave it a copy."""
    assert found(report("a", WIRE, 18), report("b", text, 19)) == {"b": "a"}


def test_copies_other_story() -> None:
    """Another report on the same place is none."""
    assert found(report("a", WIRE), report("b", OTHER)) == {}


def test_copies_short_texts() -> None:
    """Short texts are copies only where they say the same."""
    assert found(report("a", "Rebels took Alpha on Sunday."), report("b", "Rebels took Alpha on Sunday night.")) == {}
    assert found(report("a", "Rebels took Alpha."), report("b", "Rebels  took\nAlpha.")) == {"b": "a"}
    assert found(report("a", "..."), report("b", "!!!")) == {}


def test_copies_boilerplate_does_not_count() -> None:
    """What a site prints around every article makes none a copy."""
    around = "\n\n".join(["Share this article", "Read more:", "Sign up to our newsletter", "Follow us on Twitter"] * 9)
    first = f"Rebels took Alpha on Sunday, the mayor told reporters.\n\n{around}"
    second = f"The army bombed Beta on Friday, and nobody was hurt.\n\n{around}"

    assert found(report("a", first), report("b", second)) == {}


@pytest.mark.parametrize(
    ("days", "expected"),
    [((18, 19, 20), "a"), ((20, 19, 20), "b"), ((None, None, 20), "c"), ((None, None, None), "a"), ((18, 18, 18), "a")],
)
def test_copies_earliest_is_the_original(days: Sequence[int | None], expected: str) -> None:
    """The earliest is the original; without a date a report counts as late; then the id decides."""
    texts = (WIRE, f"Mosul falls.\n\n{WIRE}", f"{WIRE}\n\nMore follows.")
    reports = [report(id, text, day) for id, text, day in zip("abc", texts, days, strict=True)]

    assert set(found(*reports).values()) == {expected}
    assert expected not in found(*reports)


def test_copies_order_makes_no_difference() -> None:
    """Whatever the order of the signatures, the same are copies of the same."""
    chance = random.Random(7)
    words = WIRE.split()
    reports = []
    for n in range(40):
        changed = [word if chance.random() > n % 8 / 20 else f"word{chance.randrange(999)}" for word in words]
        reports.append(report(f"r{n}", " ".join(changed), 1 + n % 28))
    signatures = [signature(one) for one in reports]
    expected = copies(signatures)
    chance.shuffle(signatures)

    assert copies(signatures) == expected
    assert expected
    assert not set(expected) & set(expected.values())


# ---------------------------------------------------------------- what follows


def folder_of(top: Path, **texts: str) -> Path:
    """A folder of reports, each of the publisher and the day of May 2015 in its name: ``star_18``."""
    top.mkdir(parents=True)
    lines = []
    for name, text in texts.items():
        publisher, day = name.split("_")
        (top / f"{name}.txt").write_text(text)
        lines.append(f'{{"file": "{name}.txt", "publisher": "The {publisher}", "published": "2015-05-{day}"}}')
    (top / "manifest.jsonl").write_text("\n".join(lines))
    return top


def built(top: Path, *, jobs: int = 1, **texts: str) -> ox.Store:
    """The graph of such reports."""
    build([folder_of(top / "reports", **texts)], top / "graph", jobs=jobs, warn=pytest.fail, progress=lambda _: None)
    return store.open_store(top / "graph")


def asked(graph: ox.Store, pattern: str) -> list[str]:
    """The values of ``?x`` in all graphs."""
    prefixes = "PREFIX ckg: <https://w3id.org/conflict-kg/ns#> PREFIX dct: <http://purl.org/dc/terms/>"
    found = graph.query(f"{prefixes} SELECT ?x {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [row["x"].value for row in found]


def origins(graph: ox.Store) -> set[int]:
    """How many origins the stored question counts for what is said of Mosul."""
    question = load([folder("queries")])["independent-sources"]
    result = answer(graph, question, {"place": "Mosul"}, warn=pytest.fail)
    return {int(str(row["origins"])) for row in result.rows}


@pytest.mark.usefixtures("nlp")
def test_copies_count_as_one_origin(tmp_path: Path) -> None:
    """A wire story in two papers has one origin, in its own voice and by its source without a name."""
    graph = built(tmp_path, star_18=WIRE, sun_19=f"Mosul falls\n\n{WIRE}")

    assert len(asked(graph, "[] ckg:copyOf ?x")) == 1
    assert set(asked(graph, "[] a ckg:CasualtyRange ; ckg:origins ?x")) == {"1"}
    assert origins(graph) == {1}


@pytest.mark.usefixtures("nlp")
def test_reports_of_their_own_count_apart(tmp_path: Path) -> None:
    """Two papers that say the same in their own words are two origins."""
    own = "Rebels captured the city of Mosul on Sunday, while soldiers fled from it in cars and on foot."

    assert max(origins(built(tmp_path, star_18=WIRE, sun_19=own))) == 2


@pytest.mark.usefixtures("nlp")
def test_same_text_of_two_publishers(tmp_path: Path) -> None:
    """The very same text in two papers is one document that both have printed, and one origin."""
    graph = built(tmp_path, star_18=WIRE, sun_18=WIRE)

    assert len(asked(graph, "[] dct:publisher ?x")) == 2
    assert origins(graph) == {1}


@pytest.mark.usefixtures("nlp")
def test_copies_that_are_added(tmp_path: Path) -> None:
    """A graph to which the original is added later is the one that is built of all at once, by several processes."""
    texts = {"star_18": WIRE, "sun_19": f"Mosul falls\n\n{WIRE}", "sun_18": WIRE, "post_20": OTHER}
    built(tmp_path / "whole", jobs=2, **texts)
    built(tmp_path, sun_19=texts.pop("sun_19"))
    told: list[str] = []
    add([folder_of(tmp_path / "more", **texts)], tmp_path / "graph", warn=told.append, progress=lambda _: None)

    whole, added = (top / "graph" / "current" / "graph.nq" for top in (tmp_path / "whole", tmp_path))

    assert whole.read_bytes() == added.read_bytes()
    assert b"#copyOf>" in added.read_bytes()
    assert told == []


def test_signature_is_of_the_text_alone(nlp: Language) -> None:
    """Who printed a report and when makes no difference to what it is compared by."""
    one, other = report("a", WIRE, 18), report("b", WIRE, None, "The Star")

    assert nlp.lang == "en"
    assert signature(one).sketch == signature(other).sketch
