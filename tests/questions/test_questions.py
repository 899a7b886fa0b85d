"""Stored questions: reading the files, binding parameters, and what the shipped ones answer on the samples."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st
from stored_questions import NAMES, questions, store

from conflict_kg.errors import InputError
from conflict_kg.questions import load, pick
from conflict_kg.questions.answers import Answer, answer, value
from conflict_kg.questions.binding import Question, bind
from conflict_kg.resources import folder
from conflict_kg.vocabulary import LABEL, SKOS, TYPE, XSD, term

PERIOD_KEYS = {
    *("place", "place_id", "controller", "controller_id", "status", "basis"),
    *("since_earliest", "since_latest", "until_earliest", "until_latest", "supporting", "opposing"),
}


def ask(name: str, *, warn: Any = pytest.fail, **arguments: str) -> Answer:
    """The answer to a question; a warning fails the test."""
    given = {key.replace("_", "-"): value for key, value in arguments.items()}
    return answer(store(), questions()[name], given, warn=warn)


def rows(name: str, **arguments: str) -> list[dict[str, Any]]:
    """The rows that answer a question."""
    return [dict(row) for row in ask(name, **arguments).rows]


# ---------------------------------------------------------------- what they answer


def test_who_controlled_gives_the_holder_with_the_sentences() -> None:
    """The row of the place asked for comes first, with its status, dates and supporting words."""
    first, *parts = rows("who-controlled", place="Qara Tepe", date="2031-03-10")
    assert set(first) >= PERIOD_KEYS
    assert first["place_id"] == NAMES.place(samples.QARA_TEPE.id).value
    assert (first["controller"], first["status"], first["basis"]) == ("Northern Front", "held", "confirmed")
    assert (first["since_earliest"], first["until_latest"], first["certain"]) == ("2031-03-04", None, True)
    assert {item["source"] for item in first["supporting"]} == {"Meridian Wire", "Notes from the hills"}
    for item in first["supporting"]:
        report = next(r.report for r in samples.readings() if r.report.id == item["document"])
        assert report.text[item["start"] : item["end"]] == item["quote"]
    assert parts == []


def test_who_controlled_lists_parts_after_the_place_and_who_opposes() -> None:
    """A district with a holder of its own follows, with the denial beside the claim."""
    whole, part = rows("who-controlled", place="Qara Tepe", date="2031-03-20")
    assert (whole["place"], whole["controller"]) == ("Qara Tepe", "Northern Front")
    assert (part["place"], part["controller"], part["basis"]) == ("Old Bazaar", "Federal Army of Arsavia", "claimed")
    assert [item["source"] for item in part["opposing"]] == ["Northern Front"]


def test_who_controlled_on_the_day_of_a_change_names_the_new_holder() -> None:
    """Intervals are half open: the loser's ends on the day on which the winner's begins."""
    assert [row["controller"] for row in rows("who-controlled", place="Qara Tepe", date="2031-03-04")] == [
        "Northern Front"
    ]
    before = rows("who-controlled", place="Qara Tepe", date="2031-03-03")
    assert [(row["controller"], row["basis"]) for row in before] == [("Federal Army of Arsavia", "inferred")]


def test_who_controlled_says_unknown_for_a_known_place_without_claims() -> None:
    """A place that the graph knows but no report speaks of gives one row without a holder."""
    (row,) = rows("who-controlled", place="Arsavia", date="2031-03-01", known_by="2031-03-01")
    assert (row["place"], row["controller"], row["status"]) == ("Arsavia", None, "unknown")
    assert row["place_id"] == NAMES.place(samples.ARSAVIA.id).value
    assert row["supporting"] == row["opposing"] == ()
    assert row["basis"] is row["since_earliest"] is row["until_latest"] is None


def test_who_controlled_known_by_answers_from_the_reports_of_the_time() -> None:
    """A report counts from the day on which it was published; undated ones only at the end of time."""
    assert [
        r["status"] for r in rows("who-controlled", place="Qara Tepe", date="2031-03-21", known_by="2031-03-04")
    ] == ["unknown"]
    then, *parts = rows("who-controlled", place="Qara Tepe", date="2031-03-21", known_by="2031-03-05")
    assert {item["document"] for item in then["supporting"]} == {"fall"}
    assert parts == []
    now, *_ = rows("who-controlled", place="Qara Tepe", date="2031-03-21")
    assert {item["document"] for item in now["supporting"]} == {"fall", "undated"}


def period(**days: str) -> list[ox.Quad]:
    """One control period in a graph by itself, with the codes that its row needs."""
    node, place, held = NAMES.period("p"), NAMES.place("town"), term("HeldWhole")
    triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (node, TYPE, term("ControlPeriod")),
        (node, term("atPlace"), place),
        (node, term("controlIn"), place),
        (node, term("holding"), held),
        (held, ox.NamedNode(f"{SKOS}notation"), ox.Literal("held")),
        (place, LABEL, ox.Literal("Town")),
        *((node, term(name), ox.Literal(day, datatype=ox.NamedNode(f"{XSD}date"))) for name, day in days.items()),
    ]
    return [ox.Quad(*triple, NAMES.graph("account")) for triple in triples]


SINCE = {"phaseSinceEarliest": "2031-01-10", "phaseSinceLatest": "2031-01-20"}
UNTIL = {"phaseUntilEarliest": "2031-01-10", "phaseUntilLatest": "2031-01-20"}


@pytest.mark.parametrize(
    ("bounds", "day", "certain"),
    [
        pytest.param(SINCE, "2031-01-09", None, id="before"),
        pytest.param(
            SINCE,
            "2031-01-10",
            False,
            id="perhaps-begun",
        ),
        pytest.param(
            SINCE,
            "2031-01-20",
            True,
            id="surely-begun",
        ),
        pytest.param({"phaseSinceLatest": "2031-01-20"}, "2031-01-19", None, id="only-latest-start-before"),
        pytest.param({"phaseSinceLatest": "2031-01-20"}, "2031-01-20", True, id="only-latest-start-on"),
        pytest.param(UNTIL, "2031-01-09", True, id="not-ended"),
        pytest.param(
            UNTIL,
            "2031-01-10",
            False,
            id="perhaps-ended",
        ),
        pytest.param(UNTIL, "2031-01-20", None, id="ended"),
        pytest.param({"phaseUntilEarliest": "2031-01-10"}, "2031-01-10", None, id="only-earliest-end"),
        pytest.param({"phaseSinceEarliest": "2031-01-10"}, "2031-01-20", False, id="only-earliest-start"),
        pytest.param({"phaseUntilLatest": "2031-01-20"}, "2031-01-19", False, id="only-latest-end"),
        pytest.param({"untilLatest": "2031-01-20", "phaseUntilLatest": "2031-01-10"}, "2031-01-15", None, id="phase"),
        pytest.param({}, "9999-12-31", True, id="open"),
    ],
)
def test_who_controlled_covers_the_days_that_the_bounds_allow(
    bounds: dict[str, str], day: str, certain: bool | None
) -> None:
    """A day counts where the phase may cover it, and is certain where it must; None: no row."""
    small = ox.Store()
    small.extend(period(**bounds))
    found = answer(
        small, questions()["who-controlled"], {"place": NAMES.place("town").value, "date": day}, warn=pytest.fail
    ).rows
    assert [row["certain"] for row in found if row["status"] == "held"] == ([] if certain is None else [certain])


def test_control_timeline_runs_in_order_of_time() -> None:
    """The place first, earliest period first, with numbers of claims."""
    found = rows("control-timeline", place="Qara Tepe")
    assert [(r["place"], r["controller"], r["claims_for"], r["claims_against"]) for r in found] == [
        ("Qara Tepe", "Federal Army of Arsavia", 2, 0),
        ("Qara Tepe", "Northern Front", 3, 0),
        ("Old Bazaar", "Federal Army of Arsavia", 1, 1),
    ]


def test_control_timeline_tells_phases_apart_from_holdings() -> None:
    """The bounds of a phase stand beside those of the holding where they are others."""
    holding = {"sinceEarliest": "2031-01-10", "sinceLatest": "2031-01-10", "untilLatest": "2031-03-01"}
    first = {"phaseSinceEarliest": "2031-01-10", "phaseSinceLatest": "2031-01-10"}
    later = {"phaseSinceEarliest": "2031-01-10", "phaseSinceLatest": "2031-02-01", "phaseUntilLatest": "2031-03-01"}
    names = ("since_latest", "until_latest", "phase_since_earliest", "phase_since_latest", "phase_until_latest")
    for phase, told in (
        (first | {"phaseUntilLatest": "2031-02-01"}, (None, None, "2031-02-01")),
        (first | {"phaseUntilLatest": "2031-03-01"}, (None, None, None)),
        (later, ("2031-01-10", "2031-02-01", None)),
    ):
        small = ox.Store()
        small.extend(period(**holding, **phase))
        town = {"place": NAMES.place("town").value}
        (row,) = answer(small, questions()["control-timeline"], town, warn=pytest.fail).rows
        assert tuple(row[name] for name in names) == ("2031-01-10", "2031-03-01", *told)


def test_held_by_counts_forces_of_the_actor() -> None:
    """What the army holds is held by the government that it belongs to."""
    (row,) = rows("held-by", actor="Arsavian government", date="2031-03-21")
    assert (row["place"], row["controller"]) == ("Old Bazaar", "Federal Army of Arsavia")


def test_contested_on_lists_places_that_claims_oppose() -> None:
    """The district whose recapture is denied is contested; the town that all agree on is not."""
    assert [row["place"] for row in rows("contested-on", date="2031-03-21")] == ["Old Bazaar"]
    assert rows("contested-on", date="2031-03-10") == []


def test_casualties_keep_words_figures_and_the_chain_of_sources() -> None:
    """Each claim is a row, with speaker and relay as lists."""
    (row,) = rows("casualties", place="Qara Tepe", harm="killed")
    assert (row["count_text"], row["low"], row["best"], row["victims"]) == ("At least 40", 40, None, "soldiers")
    assert (row["according_to"], row["relayed_by"]) == (("Tolan Meres",), ("Vesh Radio",))
    assert [row["harm"] for row in rows("casualties", place="Qara Tepe")] == ["displaced", "killed"]


def test_casualty_range_may_leave_place_and_harm_open() -> None:
    """Without parameters every range is listed."""
    assert [(r["harm"], r["origins"]) for r in rows("casualty-range")] == [("displaced", 1), ("killed", 1)]
    assert [r["harm"] for r in rows("casualty-range", place="Vesh Province", harm="killed")] == ["killed"]
    assert rows("casualty-range", place="Old Bazaar") == []


def test_statements_about_finds_claims_and_words() -> None:
    """A statement is about the place of a claim made in it, and about an actor whose name it says."""
    assert [row["according_to"] for row in rows("statements-about", topic="Qara Tepe")] == [("Tolan Meres",)]
    assert [row["according_to"] for row in rows("statements-about", topic="Northern Front")] == [("Tolan Meres",)]
    assert rows("statements-about", topic="Old Bazaar") == []


def test_independent_sources_counts_origins_not_prints() -> None:
    """The same content stands in one row with the number of its origins."""
    found = {row["content"]: row["origins"] for row in rows("independent-sources", place="Qara Tepe")}
    assert found["held: Northern Front"] == 1
    assert found["killed: soldiers, low 40"] == 1
    assert found["lost: Northern Front, denied"] == 1


def test_evidence_gives_the_sentence_and_the_report() -> None:
    """One row with quote, offsets, report and sources."""
    (row,) = rows("evidence", claim=f"claim/{samples.KILLED.key[:8]}")
    assert (row["quote"], row["document"]) == ("At least 40 soldiers were killed", "fall")
    assert (row["publisher"], row["published"]) == ("Meridian Wire", "2031-03-05")


def test_coverage_counts_what_each_report_gave() -> None:
    """One row for each report."""
    found = {
        row["document"]: (row["statements"], row["control"], row["casualties"], row["incidents"])
        for row in rows("coverage")
    }
    assert found == {"district": (0, 3, 1, 0), "fall": (1, 2, 1, 1), "undated": (0, 1, 0, 0)}


def test_incidents_at_a_place_and_its_parts() -> None:
    """Each claim is a row, by default of what happened; days, kind and status narrow it."""
    (row,) = rows("incidents-at", place="Qara Tepe")
    assert (row["place"], row["incident"], row["status"], row["means"]) == (
        "Old Bazaar",
        "bombing",
        "claimed",
        "car_bomb",
    )
    assert (row["near"], row["agent"], row["target"], row["document"]) == (False, (), (), "fall")
    assert row["acled"] == "Explosions/Remote violence: Remote explosive/landmine/IED"
    assert len(rows("incidents-at", place="Old Bazaar", kind="bombing", **{"from": "2031-03-01"})) == 1
    assert rows("incidents-at", place="Old Bazaar", kind="clash") == []
    assert rows("incidents-at", place="Old Bazaar", status="planned") == []


# ---------------------------------------------------------------- binding

PROBE = """#+ summary: Gives its parameters back
#+ params:
#+   text: {type: text}
#+   day: {type: date}
#+   number: {type: integer}
#+   node: {type: iri}
SELECT ?_text ?_day ?_number ?_node WHERE {
  VALUES (?_text ?_day ?_number ?_node) { ("a" UNDEF UNDEF UNDEF) }
}
"""


def probe(folder: Path, text: str = PROBE, name: str = "probe") -> Question:
    """A question of the user's own, from a file in the folder."""
    (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return load([folder])[name]


@pytest.fixture(name="question", scope="module")
def _question(tmp_path_factory: pytest.TempPathFactory) -> Question:
    return probe(tmp_path_factory.mktemp("probe"))


def given_back(question: Question, **arguments: str) -> list[Any]:
    """What the probe gives for the arguments."""
    results = ox.Store().query(bind(question, arguments))
    assert isinstance(results, ox.QuerySolutions)
    (row,) = results
    return [value(row[name]) for name in question.variables]


@given(text=st.text(st.characters(codec="utf-8")))
def test_bind_gives_any_text_back_unchanged(question: Question, text: str) -> None:
    """No text can end its term: what goes in as a parameter comes out as that value and nothing else."""
    assert given_back(question, text=text) == [text, None, None, None]


@given(iri=st.text(st.characters(codec="utf-8")).map("https://x.example/".__add__))
def test_bind_takes_an_iri_or_refuses_it(question: Question, iri: str) -> None:
    """An IRI comes back as it is, or is refused; it never becomes anything else."""
    try:
        bound = given_back(question, node=iri)
    except InputError:
        return
    assert bound == ["a", None, None, iri]


@given(text=st.text())
def test_bind_takes_dates_and_numbers_only_as_such(question: Question, text: str) -> None:
    """Whatever is neither a date nor a number is refused for both."""
    for name in ("day", "number"):
        try:
            bind(question, {name: text})
        except InputError:
            continue
        assert set(text) <= set("0123456789-+")


@pytest.mark.parametrize(
    "text", ["2015-13-01", "2015-02-30", "20150201", "2015-W01-1", "1.2.2015", "", "2015-1-1", "٢٠١٥-٠١-٠١"]
)
def test_bind_refuses_what_is_no_date(question: Question, text: str) -> None:
    """The message names the option, the value and the form."""
    with pytest.raises(InputError) as caught:
        bind(question, {"day": text})
    assert str(caught.value) == f"--day: {text!r} is not a date (YYYY-MM-DD)"


def test_bind_leaves_all_but_the_row_alone(question: Question) -> None:
    """Header, prefixes and body stay as they are."""
    bound = bind(question, {"text": "b"})
    assert bound.replace('("b" UNDEF UNDEF UNDEF)', '("a" UNDEF UNDEF UNDEF)') == question.text


def test_bind_refuses_unknown_and_missing_parameters() -> None:
    """Both are named, with what there is."""
    who = questions()["who-controlled"]
    with pytest.raises(InputError, match="no parameter --when; it has --place, --date, --known-by"):
        bind(who, {"when": "x"})
    with pytest.raises(InputError, match="who-controlled needs --date"):
        bind(who, {"place": "https://x.example/a"})


def test_bind_refuses_a_choice_that_is_none() -> None:
    """The choices are listed."""
    with pytest.raises(InputError, match="--harm: 'hurt' is none of killed, wounded"):
        bind(questions()["casualties"], {"place": "https://x.example/a", "harm": "hurt"})


# ---------------------------------------------------------------- the user's own files


def test_load_takes_the_users_folder_like_the_shipped_one(tmp_path: Path) -> None:
    """A later folder adds questions and replaces those of the same name."""
    probe(tmp_path, name="coverage")
    found = load([folder("queries"), tmp_path])
    assert found["coverage"].summary == "Gives its parameters back"
    assert "who-controlled" in found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("#+ summary: Gives its parameters back\n", "", r"probe\.rq:1: .*summary", id="no-summary"),
        pytest.param("{type: date}", "{type: date", r"probe\.rq:[45]: the header is not YAML", id="broken-yaml"),
        pytest.param(
            "{type: date}", "{type: day}", r"probe\.rq:4: parameter day: type 'day' is none of", id="unknown-type"
        ),
        pytest.param("{type: date}", "{kind: date}", r"probe\.rq:4: parameter day: give", id="unknown-key"),
        pytest.param("#+   day: {type: date}\n", "", r"probe\.rq:2: the header has .* VALUES has", id="not-in-header"),
        pytest.param("VALUES (", "VALUES  ?x { 1 } #(", r"probe\.rq:2: no line of the form", id="no-values"),
        pytest.param(
            '("a" UNDEF',
            '("a" UNDEF UNDEF UNDEF) ("b" UNDEF',
            r"probe\.rq:8: the VALUES line has 2 rows",
            id="two-rows",
        ),
        pytest.param('("a" UNDEF', '("a" "x"', r"probe\.rq:4: the default in VALUES: --day: 'x'", id="bad-default"),
        pytest.param("SELECT", "SELEKT", r"probe\.rq:7: ", id="not-sparql"),
        pytest.param("SELECT ?_text ?_day ?_number ?_node", "ASK", "is a SELECT query", id="ask"),
        pytest.param(
            "#+ params:", "#+ colour: red\n#+ params:", r"probe\.rq:2: unknown header 'colour'", id="unknown-header"
        ),
        pytest.param("#+ params:", "#+ lists: {a: {columns: [b]}}\n#+ params:", "selects no \\?b", id="unknown-column"),
        pytest.param(
            "#+ params:", "#+ otherwise: {about: node}\n#+ params:", r"probe\.rq:2: 'about' names", id="otherwise"
        ),
    ],
)
def test_load_names_file_and_line_of_a_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each broken rule is one line that says where."""
    assert old in PROBE
    with pytest.raises(InputError, match=message) as caught:
        probe(tmp_path, PROBE.replace(old, new, 1))
    assert "\n" not in str(caught.value)


def test_load_refuses_a_missing_folder_and_a_bad_file(tmp_path: Path) -> None:
    """Folder, file name and encoding are checked."""
    with pytest.raises(InputError, match="no such folder"):
        load([tmp_path / "none"])
    (tmp_path / "Big Name.rq").write_text(PROBE, encoding="utf-8")
    with pytest.raises(InputError, match="lower-case"):
        load([tmp_path])
    (tmp_path / "Big Name.rq").rename(tmp_path / "latin.rq").write_bytes("#+ summary: é".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        load([tmp_path])


def test_pick_suggests_a_near_name() -> None:
    """A slip of the pen is told with what was meant."""
    with pytest.raises(InputError, match="no question 'who-controled'; did you mean who-controlled"):
        pick(questions(), "who-controled")
    with pytest.raises(InputError, match="there are besieged, casualties, casualty-range"):
        pick(questions(), "xyz")


def test_fold_gathers_rows_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """Equal rows meet in one; a list of one column is bare values, each once."""
    text = """#+ summary: Lists
#+ lists:
#+   good: {where: {side: a}, columns: [x, y]}
#+   names: {columns: [name]}
SELECT ?key ?side ?x ?y ?name WHERE {
  VALUES (?key ?side ?x ?y ?name) { (2 "a" 1 2 "n") (1 "b" 3 4 "m") (2 "b" 5 6 "m") (2 "a" 1 2 "m")
                                      (3 UNDEF UNDEF UNDEF UNDEF) }
}
"""
    found = answer(ox.Store(), probe(tmp_path, text), {}, warn=pytest.fail)
    assert found.columns == ("key", "good", "names")
    assert [dict(row) for row in found.rows] == [
        {"key": 2, "good": ({"x": 1, "y": 2},), "names": ("n", "m")},
        {"key": 1, "good": (), "names": ("m",)},
        {"key": 3, "good": (), "names": ()},
    ]
