"""A report over HTTP, as the page shows it."""

import json

import pytest
import requests
import samples


def get(endpoint: str, **parameters: str | list[str]) -> requests.Response:
    """What the endpoint answers."""
    return requests.get(f"{endpoint}/report", params=parameters, timeout=30)


def test_report_comes_with_its_text_and_claims(endpoint: str) -> None:
    """As JSON; each passage stands where its offsets say."""
    response = get(endpoint, document=samples.FALL.id)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    report = json.loads(response.content)
    assert report["text"] == samples.FALL.text
    assert len(report["found"]) == 5
    for found in report["found"]:
        assert report["text"][found["start"] : found["end"]] == found["quote"]
        assert found["node"]["says"]


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"document": "nothing"}, 404, "no report 'nothing' is in the graph"),
        ({"document": "../../etc/passwd"}, 404, "no report '../../etc/passwd' is in the graph"),
        ({"document": "\n\x00<b>"}, 404, r"no report '\n\x00<b>' is in the graph"),
        ({}, 400, "name one report: ?document=NAME"),
        ({"document": ["a", "b"]}, 400, "name one report: ?document=NAME"),
        ({"file": "a"}, 400, "name one report: ?document=NAME"),
    ],
)
def test_wrong_reports_are_told_in_one_line(
    endpoint: str, parameters: dict[str, str | list[str]], status: int, told: str
) -> None:
    """By status and text."""
    response = get(endpoint, **parameters)
    assert (response.status_code, response.text) == (status, f"{told}\n")
