"""The command line: what goes to which stream, exit codes, and one clear line for whatever is wrong."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import samples

from conflict_kg import cli, records, store
from conflict_kg.commands import console
from conflict_kg.errors import InputError
from conflict_kg.graph import BASE, Names, quads
from conflict_kg.questions import rendering
from conflict_kg.reasoning import infer

NAMES = Names(BASE)


@pytest.fixture(name="graph", scope="module")
def _graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the samples."""
    folder = tmp_path_factory.mktemp("built") / "graph"
    asserted = quads(samples.readings(), samples.account())
    store.write(folder, sorted([*asserted, *infer(asserted)], key=str), {})
    return folder


class Run:
    """What a run of the command line left behind."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        self.code = cli.main([str(word) for word in words])
        self.out, self.err = capsys.readouterr()


def failed(run: Run, code: int = 2) -> str:
    """The one line that a failed run told; it printed no result."""
    assert run.code == code
    assert run.out == ""
    (line,) = run.err.splitlines()
    assert line.startswith("conflict-kg: ")
    assert "Traceback" not in line
    return line.removeprefix("conflict-kg: ")


# ---------------------------------------------------------------- help


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """And without any words the same comes as an error."""
    run = Run(capsys, "--help")
    assert run.code == 0
    assert all(f"\n  {name} " in run.out for name in cli.cli.commands)
    bare = Run(capsys)
    assert (bare.code, bare.out) == (2, "")
    assert "Usage: conflict-kg" in bare.err


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_help_of_each_command_ends_its_text_with_an_example(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """What a newcomer can copy."""
    run = Run(capsys, name, "--help")
    assert run.code == 0
    assert "Example: " in run.out
    assert f"conflict-kg {name}" in run.out.split("Example: ")[1]


def test_help_of_a_question_shows_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what it takes, its default and an example."""
    run = Run(capsys, "ask", "who-controlled", "--help")
    text = " ".join(run.out.split())
    assert run.code == 0
    assert "Example: conflict-kg ask who-controlled --place Ramadi --date 2015-06-01" in text
    assert "--known-by DATE" in text
    assert "default 9999-12-31" in text


def test_help_does_not_load_the_language_model() -> None:
    """Neither help nor a question waits for spaCy."""
    code = (
        "import sys; from conflict_kg.cli import main; main(['ask', 'who-controlled', '--help']);"
        "sys.exit('spacy' in sys.modules or 'rdflib' in sys.modules or 'rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_formats_are_those_of_rendering() -> None:
    """The list that the command line repeats so as not to import it."""
    assert console.RESULT_FORMATS == rendering.FORMATS


# ---------------------------------------------------------------- ask


def test_ask_prints_json_by_the_questions_variables(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    """A list of objects on standard output, nothing on standard error."""
    run = Run(
        capsys,
        "ask",
        "who-controlled",
        "--place",
        "qara tepe",
        "--date",
        "2031-03-10",
        "--format",
        "json",
        "--graph",
        graph,
    )
    (row,) = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert (row["controller"], row["controller_id"]) == ("Northern Front", f"{BASE}actor/northern-front")
    assert set(row["supporting"][0]) == {"source", "document", "quote", "start", "end", "claim"}


def test_ask_prints_a_table_without_colour(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    """The answer with the sentence beneath, in plain characters."""
    run = Run(capsys, "ask", "who-controlled", "--place", "Qara Tepe", "--date", "2031-03-10", "--graph", graph)
    assert "“The Northern Front seized Qara Tepe on Tuesday”" in run.out
    assert "\x1b" not in run.out
    assert max(map(len, run.out.splitlines())) <= rendering.PIPE_WIDTH


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("csv", "place,place_id,controller"),
        ("tsv", "place\tplace_id"),
        ("sparql-json", '{"head":'),
        ("sparql-xml", "<?xml"),
    ],
)
def test_ask_prints_other_formats(capsys: pytest.CaptureFixture[str], graph: Path, format: str, begins: str) -> None:
    """Each begins as its standard says."""
    run = Run(
        capsys,
        "ask",
        "who-controlled",
        "--place",
        "Qara Tepe",
        "--date",
        "2031-03-10",
        "--format",
        format,
        "--graph",
        graph,
    )
    assert run.code == 0
    assert run.out.startswith(begins)
    assert "Northern Front" in run.out


def test_ask_known_by_says_how_many_reports_have_no_date(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    """The answer is on standard output, what was left out on standard error."""
    run = Run(
        capsys,
        "ask",
        "held-by",
        "--actor",
        "Northern Front",
        "--date",
        "2031-03-10",
        "--known-by",
        "2031-03-05",
        "--graph",
        graph,
    )
    assert run.code == 0
    assert run.err == "conflict-kg: --known-by: 1 report without a date left out\n"
    assert "Qara Tepe" in run.out


def test_ask_says_when_nothing_matches(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    """No rows are no failure: an empty list, and a line for people."""
    run = Run(capsys, "ask", "contested-on", "--date", "2030-01-01", "--format", "json", "--graph", graph)
    assert (run.code, run.out, run.err) == (0, "[]\n", "conflict-kg: nothing in the graph matches\n")


def test_ask_takes_questions_from_the_users_folder(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path
) -> None:
    """The option may stand before or after the question."""
    (tmp_path / "count-places.rq").write_text(
        "#+ summary: How many places there are\n"
        "SELECT (COUNT(?place) AS ?places) WHERE { ?place a <https://w3id.org/conflict-kg/ns#Place> }\n",
        encoding="utf-8",
    )
    for words in (["ask", "count-places", "--queries", tmp_path], ["ask", "--queries", tmp_path, "count-places"]):
        run = Run(capsys, *words, "--format", "json", "--graph", graph)
        assert json.loads(run.out) == [{"places": 4}]
    assert "count-places" in Run(capsys, "ask", "--queries", tmp_path, "--help").out
    assert "count-places" in Run(capsys, "questions", "--queries", tmp_path).out


WHO = ["ask", "who-controlled"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            ["ask", "who-controled"], "no question 'who-controled'; did you mean who-controlled", id="question"
        ),
        pytest.param([*WHO, "--plce", "x"], "No such option '--plce'", id="option"),
        pytest.param([*WHO, "--place", "Qara Tepe"], "who-controlled needs --date (The day)", id="missing"),
        pytest.param(
            [*WHO, "--place", "Qara Tepe", "--date", "2015-13-01"],
            "--date: '2015-13-01' is not a date (YYYY-MM-DD)",
            id="date",
        ),
        pytest.param(
            [*WHO, "--place", "Zzyzx", "--date", "2015-12-01"], "--place: no place 'Zzyzx' is known", id="place"
        ),
        pytest.param(
            [*WHO, "--place", "\udcff", "--date", "2015-12-01"], "--place: '\\udcff' is not Unicode text", id="bytes"
        ),
        pytest.param(
            [*WHO, "--place", "x\x1b[31m", "--date", "2015-12-01"],
            "--place: no place 'x\\x1b[31m' is known",
            id="escapes",
        ),
        pytest.param([*WHO, "--format", "yaml"], "Invalid value for '--format'", id="format"),
        pytest.param(["ask", "coverage", "--queries", "/none"], "/none: no such folder of questions", id="queries"),
        pytest.param(["explain", "period/zzz"], "explain: nothing in the graph begins with", id="explain"),
        pytest.param(["explain", "--names", "/none.txt"], "/none.txt", id="names"),
        pytest.param(["explain", "--names", ""], "the path is empty", id="names-empty"),
        pytest.param(
            ["explain", "period/p-b", "--published", "2015-05-18"],
            "--published and --language-model go with --names",
            id="names-only",
        ),
        pytest.param(["query", "/none.rq"], "/none.rq: No such file or directory", id="query"),
        pytest.param(["frobnicate"], "No such command 'frobnicate'", id="command"),
        pytest.param(
            ["export", "--format", "turtle", "--output", "/none/x.ttl"], "/none/x.ttl: cannot be written", id="export"
        ),
        pytest.param(["export", "--format", "turtle", "--output", ""], "'--output': the path is empty", id="no-output"),
        pytest.param(["extract", ""], "the path is empty", id="empty-path"),
        pytest.param(["explain", "\udcff\udcfe"], "explain: '\\udcff\\udcfe' is not Unicode text", id="no-text"),
        pytest.param(["validate", "/none.ttl"], "/none.ttl: ", id="validate"),
        pytest.param(["build"], "Missing argument 'PATH...'", id="nothing-to-build"),
        pytest.param(["build", "/none"], "/none", id="no-such-path"),
        pytest.param(["build", "/none", "--master", "x"], "--master goes with --engine spark", id="no-spark"),
        pytest.param(
            ["build", "/none", "--engine", "spark", "--jobs", "2"], "--columns and --jobs go with", id="spark-jobs"
        ),
        pytest.param(
            ["extract", "/none", "--published", "May"], "--published: 'May' is not a date (YYYY-MM-DD)", id="published"
        ),
    ],
)
def test_wrong_use_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], graph: Path, words: list[str], told: str
) -> None:
    """Exit code 2, one line on standard error, nothing on standard output."""
    with_graph = words[0] not in ("build", "extract", "frobnicate")
    assert told in failed(Run(capsys, *words, *(["--graph", graph] if with_graph else [])))


def test_no_graph_yet_says_how_to_build_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Neither a missing folder nor one of somebody else's is taken for a graph."""
    assert "conflict-kg build" in failed(Run(capsys, "ask", "coverage", "--graph", tmp_path / "none"))
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert "not a folder that conflict-kg build has written" in failed(
        Run(capsys, "ask", "coverage", "--graph", tmp_path)
    )


# ---------------------------------------------------------------- the other commands


def test_questions_lists_them_as_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With parameters, defaults and examples."""
    assert "--place: The place, by name or IRI  [required; as in Ramadi]" in Run(capsys, "questions").out
    described = {
        question["name"]: question for question in json.loads(Run(capsys, "questions", "--format", "json").out)
    }
    assert described["casualties"]["parameters"][1]["choices"][0] == "killed"


def test_query_reads_standard_input(
    capsys: pytest.CaptureFixture[str], graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dash stands for it; a byte order mark is no part of the query. Where it is closed that is told."""
    text = (
        "PREFIX ckg: <https://w3id.org/conflict-kg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        "SELECT ?label WHERE { ?place a ckg:Place ; rdfs:label ?label } ORDER BY ?label"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8-sig"))))
    run = Run(capsys, "query", "-", "--format", "csv", "--graph", graph)
    assert run.out.splitlines() == ["label", "Arsavia", "Old Bazaar", "Qara Tepe", "Vesh Province"]
    monkeypatch.setattr(sys, "stdin", None)
    assert failed(Run(capsys, "query", "-", "--graph", graph)) == "standard input: is closed"


def test_explain_prints_text_and_json(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    """The same steps in both."""
    assert "rule: winner holds" in Run(capsys, "explain", "period/p-bazaar", "--graph", graph).out
    tree = json.loads(Run(capsys, "explain", f"{BASE}period/p-bazaar", "--format", "json", "--graph", graph).out)
    assert tree["rule"] == "winner holds"


def test_explain_names_shows_links_with_reasons(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Whom and what each name was linked to, as a table and as JSON; no graph is needed."""
    report = tmp_path / "aden.txt"
    report.write_text("Houthi rebels seized Aden, a port in Yemen. Col. Saleh Batis fled to Labous.", encoding="utf-8")
    table = Run(capsys, "explain", "--names", report, "--published", "2015-03-26")
    assert (table.code, table.err) == (0, "")
    heading, _, *rows = table.out.splitlines()
    assert heading.split() == ["start", "name", "kind", "linked", "to", "reason"]
    assert any(row.split()[:2] == ["0", "Houthi"] and "Houthis" in row and "in the lexicon" in row for row in rows)
    listed = json.loads(Run(capsys, "explain", "--names", report, "--format", "json").out)
    by_name = {row["name"]: row for row in listed}
    assert by_name["Aden"]["id"].startswith("geonames-")
    assert "score" in by_name["Aden"]["reason"]
    assert by_name["Saleh Batis"]["linked_to"] is None
    assert [row["start"] for row in listed] == sorted(row["start"] for row in listed)


def test_export_writes_to_a_file_or_standard_output(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path
) -> None:
    """The same bytes in both."""
    printed = Run(capsys, "export", "--format", "turtle", "--graph", graph)
    written = Run(capsys, "export", "--format", "turtle", "--output", tmp_path / "war.ttl", "--graph", graph)
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "war.ttl").read_text(encoding="utf-8") == printed.out
    assert "Qara Tepe" in printed.out


def test_validate_passes_what_was_built_and_fails_what_is_wrong(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path
) -> None:
    """Exit code 0 and 1; what is wrong is printed."""
    run = Run(capsys, "validate", "--graph", graph)
    assert (run.code, run.out) == (0, "conforms to the shapes\n")
    bad = tmp_path / "bad.ttl"
    bad.write_text("<https://x.example/p> a <https://w3id.org/conflict-kg/ns#ControlPeriod> .", encoding="utf-8")
    run = Run(capsys, "validate", bad)
    assert run.code == 1
    assert "https://x.example/p" in run.out
    assert run.out.splitlines()[-1].endswith("violations")


def test_interrupt_ends_with_130(
    capsys: pytest.CaptureFixture[str], graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a traceback; from then on another interrupt changes nothing."""

    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    handled: list[tuple[object, ...]] = []
    monkeypatch.setattr(store, "open_store", interrupt)
    monkeypatch.setattr(signal, "signal", lambda *given: handled.append(given))
    assert Run(capsys, "validate", "--graph", graph).code == 130
    assert handled == [(signal.SIGINT, signal.SIG_IGN)]


def test_out_ends_quietly_where_nobody_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``| head`` is no failure."""

    class Closed(io.StringIO):
        """A pipe that nobody reads any more."""

        def write(self, _: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return file.fileno()

    with (tmp_path / "stdout").open("w") as file:
        monkeypatch.setattr(sys, "stdout", Closed())
        with pytest.raises(SystemExit) as caught:
            console.out("text")
    assert caught.value.code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full, a disk without room")
def test_out_tells_that_standard_output_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and nothing more when Python ends."""
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        with pytest.raises(InputError, match="standard output: cannot be written: No space left on device"):
            console.out("text")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full, a disk without room")
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["ask", "coverage", "--help"]])
@pytest.mark.parametrize("buffering", [-1, 1], ids=["by blocks", "by lines"])
def test_help_tells_that_standard_output_is_full(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], buffering: int
) -> None:
    """As results do, however much of it Python holds back."""
    with Path("/dev/full").open("w", buffering=buffering) as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        run = Run(capsys, *words)
    assert failed(run) == "standard output: cannot be written: No space left on device"


def test_out_tells_that_standard_output_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has None for it then."""
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", None)
        with pytest.raises(InputError, match="standard output: is closed"):
            console.out("text")


def test_extract_writes_records_of_a_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Standard output without --output, the same lines in the file with it."""
    from conflict_kg import build

    monkeypatch.setattr(build, "extract", lambda *_, **__: list(samples.readings()))
    printed = Run(capsys, "extract", "anything")
    assert printed.out == records.lines(claim for reading in samples.readings() for claim in reading.claims)
    assert Run(capsys, "extract", "anything", "--output", "-").out == printed.out
    written = Run(capsys, "extract", "anything", "--output", tmp_path / "claims.jsonl")
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / "claims.jsonl").read_text(encoding="utf-8") == printed.out


def test_python_runs_the_package_as_the_command() -> None:
    """``python -m conflict_kg`` is the same command line."""
    done = subprocess.run(
        [sys.executable, "-m", "conflict_kg", "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "conflict-kg")


# ---------------------------------------------------------------- evaluate


@pytest.fixture(name="annotated")
def _annotated(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of gold, and the records of the samples."""
    folder, claims = tmp_path / "gold", tmp_path / "claims.jsonl"
    folder.mkdir()
    entry = {"place": "Qara Tepe", "winner": "Northern Front", "kind": "capture", "status": "asserted"}
    (folder / "fall.json").write_text(json.dumps({"control_changes": [entry]}), encoding="utf-8")
    claims.write_text(records.lines(c for reading in samples.readings() for c in reading.claims), encoding="utf-8")
    return folder, claims


def test_evaluate_judges_records_made_before(capsys: pytest.CaptureFixture[str], annotated: tuple[Path, Path]) -> None:
    """Without reading a report; reports without gold are told."""
    gold, claims = annotated
    run = Run(capsys, "evaluate", gold, "--claims", claims, "--format", "json", "--floor", "control=0.2")
    assert (run.code, json.loads(run.out)["all"]["control"]["right"]) == (0, 1)
    assert run.err == "conflict-kg: reports without gold are not judged: district, undated\n"


def test_evaluate_exits_with_1_below_a_floor(capsys: pytest.CaptureFixture[str], annotated: tuple[Path, Path]) -> None:
    """The figures are printed all the same."""
    gold, claims = annotated
    run = Run(capsys, "evaluate", gold, "--claims", claims, "--floor", "casualty=.5")
    assert run.code == 1
    assert run.out.startswith("1 document\n")
    assert run.err.splitlines()[-1] == "conflict-kg: casualty: F1 is 0.000, below 0.5"


def test_evaluate_tells_in_one_line_what_is_wrong(
    capsys: pytest.CaptureFixture[str], annotated: tuple[Path, Path]
) -> None:
    """Nothing to judge, gold that is none, a floor that is none."""
    gold, claims = annotated
    assert "--claims" in failed(Run(capsys, "evaluate", gold))
    assert "is not FIGURE=F1" in failed(Run(capsys, "evaluate", gold, "--claims", claims, "--floor", "x"))
    (gold / "fall.json").write_text('{"control_changes": 1}', encoding="utf-8")
    assert "fall.json: control_changes: 1 is not a list" in failed(Run(capsys, "evaluate", gold, "--claims", claims))
    assert "is not a folder" in failed(Run(capsys, "evaluate", gold / "fall.json", "--claims", claims))
