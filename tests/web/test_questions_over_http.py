"""The stored questions over HTTP: the rows of the command line, and a description that programs can hold them to."""

import json
import re
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
import requests
from servers import command, environment, serving

from conflict_kg.commands.stored import every

QUESTIONS = every([])
ARGUMENTS = {
    "who-controlled": {"place": "Qara Tepe", "date": "2031-03-10", "known-by": "2031-12-31"},
    "held-by": {"actor": "Northern Front", "date": "2031-03-10"},
    "coverage": {},
    "statements-about": {"topic": "Qara Tepe"},
}


def ask(address: str, question: str, accept: str = "*/*", **arguments: str | list[str]) -> requests.Response:
    """What the endpoint answers."""
    return requests.get(f"{address}/ask/{question}", params=arguments, headers={"Accept": accept}, timeout=30)


def printed(graph: Path, question: str, arguments: dict[str, str], format: str) -> tuple[str, list[str]]:
    """What the command line prints, and what it tells besides."""
    options = [word for name, value in arguments.items() for word in (f"--{name}", value)]
    words = command("ask", question, *options, "--graph", graph, "--format", format)
    done = subprocess.run(words, capture_output=True, text=True, env=environment(), check=True)
    return done.stdout, [line.removeprefix("conflict-kg: ") for line in done.stderr.splitlines()]


@pytest.mark.parametrize("question", ARGUMENTS)
def test_rows_are_those_of_the_command_line(endpoint: str, served_graph: Path, question: str) -> None:
    """To the byte, with its notices in a header."""
    response = ask(endpoint, question, **ARGUMENTS[question])
    text, told = printed(served_graph, question, ARGUMENTS[question], "json")
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    assert response.text == text
    assert json.loads(response.headers.get("Notices", "[]")) == told


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("application/sparql-results+json", "sparql-json"),
        ("application/sparql-results+xml", "sparql-xml"),
    ],
)
def test_other_formats_are_those_of_the_command_line(
    endpoint: str, served_graph: Path, accept: str, format: str
) -> None:
    """Chosen by the Accept header."""
    response = ask(endpoint, "coverage", accept)
    assert response.headers["Content-Type"].partition(";")[0] == accept
    assert response.content.decode() == printed(served_graph, "coverage", {}, format)[0]


@pytest.mark.parametrize(
    ("question", "arguments", "status", "told"),
    [
        ("nothing", {}, 404, "no question 'nothing'; there are besieged,"),
        ("who-controlled", {"date": "2031-03-10"}, 400, "who-controlled needs --place"),
        ("who-controlled", {"place": "Qara Tepe", "date": "10 March"}, 400, "--date: '10 March' is not a date"),
        ("who-controlled", {"place": "Qara Tepe", "date": "2031-03-10", "colour": "red"}, 400, "no parameter --colour"),
        ("who-controlled", {"place": ["Qara Tepe", "Baghdad"], "date": "2031-03-10"}, 400, "given twice"),
        (
            "who-controlled",
            {"place": "Nowhere-at-all", "date": "2031-03-10"},
            404,
            "no place 'Nowhere-at-all' is known",
        ),
        ("who-controlled", {"place": "", "date": "2031-03-10"}, 400, "is not a name"),
        ("who-controlled", {"place": "<b>\n}", "date": "2031-03-10"}, 404, r"no place '<b>\n}' is known"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    endpoint: str, question: str, arguments: dict[str, str | list[str]], status: int, told: str
) -> None:
    """By status and text, which is no HTML."""
    response = ask(endpoint, question, "*/*", **arguments)
    assert response.status_code == status
    assert told in response.text
    assert response.text.count("\n") == 1
    assert response.headers["Content-Type"].startswith("text/plain")


def test_media_types_that_cannot_be_sent_are_told(endpoint: str) -> None:
    """With those that can."""
    response = ask(endpoint, "coverage", "image/png")
    assert (response.status_code, "application/json" in response.text) == (406, True)


# ---------------------------------------------------------------- the description


def document(endpoint: str) -> dict[str, Any]:
    """The OpenAPI document."""
    found = requests.get(f"{endpoint}/openapi.json", timeout=30).json()
    assert isinstance(found, dict)
    return found


def test_description_has_one_operation_for_each_question(endpoint: str) -> None:
    """With its parameters, their types, defaults and examples."""
    paths = document(endpoint)["paths"]
    assert set(paths) == {f"/ask/{name}" for name in QUESTIONS}
    for name, question in QUESTIONS.items():
        operation = paths[f"/ask/{name}"]["get"]
        assert (operation["operationId"], operation["summary"]) == (name, question.summary)
        described = {one["name"]: one for one in operation["parameters"]}
        assert {n: one["required"] for n, one in described.items()} == {p.name: p.required for p in question.parameters}
    known_by = next(one for one in paths["/ask/who-controlled"]["get"]["parameters"] if one["name"] == "known-by")
    assert known_by["schema"] == {"type": "string", "format": "date", "default": "9999-12-31"}
    assert known_by["example"] == "2015-06-30"


def test_description_holds_under_any_request(endpoint: str) -> None:
    """What schemathesis makes up from it, right and wrong, is answered as it says, and never by an error of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries that it brings along
        import schemathesis
        from hypothesis import HealthCheck, Phase, given, settings
        from schemathesis.checks import not_a_server_error
        from schemathesis.specs.openapi import checks

        schema = schemathesis.openapi.from_url(f"{endpoint}/openapi.json")
        for result in schema.get_all_operations():
            operation = result.ok()  # type: ignore[union-attr]  # raises where it is not

            @given(case=operation.as_strategy())
            @settings(
                max_examples=12,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def holds(case: Any) -> None:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    case.call_and_validate(
                        checks=[
                            not_a_server_error,
                            checks.status_code_conformance,
                            checks.content_type_conformance,
                            checks.response_schema_conformance,
                        ]
                    )

            holds()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_answers_have_the_form_that_the_description_says(endpoint: str, name: str) -> None:
    """With the examples that it gives itself; places of another war are known all the same."""
    arguments = {p.name: p.example or "" for p in QUESTIONS[name].parameters if p.required}
    if name == "evidence":
        found = requests.get(
            f"{endpoint}/sparql",
            params={"query": "SELECT ?c { ?c <https://w3id.org/conflict-kg/ns#evidence> ?p } LIMIT 1"},
            timeout=30,
        ).json()
        arguments = dict.fromkeys(arguments, found["results"]["bindings"][0]["c"]["value"])
    response = ask(endpoint, name, **arguments)
    assert response.status_code in (200, 404), response.text
    if response.status_code == 200:
        schema = document(endpoint)["paths"][f"/ask/{name}"]["get"]["responses"]["200"]["content"]
        items = schema["application/json"]["schema"]["items"]
        assert all(set(row) == set(items["properties"]) for row in response.json())


# ---------------------------------------------------------------- questions of one's own, the page, browsers


def test_questions_of_ones_own_are_served_and_described(served_graph: Path, tmp_path: Path) -> None:
    """What their headers say is text."""
    text = '#+ summary: <script>alert("1 & 2")</script>\nSELECT (1 AS ?one) WHERE {}\n'
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    with serving(served_graph, "--queries", tmp_path) as address:
        assert ask(address, "mine").json() == [{"one": 1}]
        described = requests.get(f"{address}/openapi.json", timeout=30).json()
    assert described["paths"]["/ask/mine"]["get"]["summary"] == '<script>alert("1 & 2")</script>'


def test_page_comes_under_a_strict_policy(endpoint: str) -> None:
    """What it loads is there, and nothing from elsewhere may be loaded."""
    page = requests.get(f"{endpoint}/", timeout=30)
    loaded = re.findall(r'(?:src|href)="(/[^"]*)"', page.text)
    assert "/static/app.js" in loaded
    assert all(requests.get(f"{endpoint}{address}", timeout=30).ok for address in loaded)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    style = requests.get(f"{endpoint}/static/page.css", timeout=30)
    assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert requests.get(f"{endpoint}/static/../app.py", timeout=30).status_code == 404
    assert requests.get(f"{endpoint}/static/%2e%2e/app.py", timeout=30).status_code == 404
    assert requests.get(f"{endpoint}/nothing", timeout=30).status_code == 404


def test_browsers_may_read_from_this_machine_and_from_where_the_user_says(endpoint: str, served_graph: Path) -> None:
    """A page from elsewhere may not, unless it is named."""

    def allowed(address: str, origin: str) -> str | None:
        preflight = requests.options(
            f"{address}/sparql",
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "Content-Type",
            },
            timeout=30,
        )
        response = requests.get(f"{address}/sparql?query=ASK%20%7B%7D", headers={"Origin": origin}, timeout=30)
        name = "Access-Control-Allow-Origin"
        assert (preflight.status_code == 200) is (name in response.headers)
        return response.headers.get(name)

    assert allowed(endpoint, "http://localhost:3000") == "http://localhost:3000"
    assert allowed(endpoint, "https://elsewhere.example") is None
    assert allowed(endpoint, "https://localhost.elsewhere.example") is None
    with serving(served_graph, "--allow-origin", "https://elsewhere.example") as address:
        assert allowed(address, "https://elsewhere.example") == "https://elsewhere.example"


def test_names_that_lead_here_by_a_trick_are_refused(endpoint: str) -> None:
    """A page may let a name of its own point to this machine; under that name nothing is served."""
    for host in ("elsewhere.example", "localhost.elsewhere.example"):
        assert requests.get(f"{endpoint}/", headers={"Host": host}, timeout=30).status_code == 400


# ---------------------------------------------------------------- without a report


def test_questions_can_be_asked_as_if_a_report_had_never_been_read(endpoint: str) -> None:
    """Its documents' claims are gone, and what rested on them; the others' answers stay."""
    reports = {row["document"]: row["document_id"].rpartition("/")[2] for row in ask(endpoint, "coverage").json()}
    fall = reports["fall"]
    rows = requests.get(f"{endpoint}/without/{fall}/ask/coverage", timeout=60).json()
    assert {row["document"] for row in rows} == set(reports) - {"fall"}
    told = requests.get(f"{endpoint}/without/{fall}/ask/control-sources?place=Qara%20Tepe", timeout=60).json()
    assert told
    before = ask(endpoint, "control-sources", place="Qara Tepe").json()
    assert {row["period"] for row in before} != {row["period"] for row in told}


def test_questions_without_an_unknown_report_are_refused(endpoint: str) -> None:
    """One line, as for any other name that nothing bears; an unknown question is one, too."""
    unknown = requests.get(f"{endpoint}/without/0000000000000000/ask/coverage", timeout=60)
    assert (unknown.status_code, unknown.text) == (404, "no document '0000000000000000' in the graph\n")
    assert requests.get(f"{endpoint}/without/0000000000000000/ask/nothing", timeout=60).status_code == 404
