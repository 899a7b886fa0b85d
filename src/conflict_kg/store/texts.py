"""The words of the reports, kept beside the graph: one JSON object a line, in the order of the reports' names.

The graph itself holds only the passages that claims rest on, so that it can be published where whole texts cannot.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from conflict_kg.model import Report

FILE = "texts.jsonl"
"""Its name in the folder of a build."""


def lines(reports: Iterable[Report]) -> str:
    """The content of the file.

    >>> print(_start("a") + '"Words."}')
    {"document": "a", "text": "Words."}
    """
    return "".join(
        f"{_start(report.id)}{json.dumps(report.text)}}}\n" for report in sorted(reports, key=lambda one: one.id)
    )


def find(build: Path, document: str) -> str | None:
    """The text of a report in the folder of a build; None where the folder has no text of that name."""
    start = _start(document).encode()
    try:
        with (build / FILE).open("rb") as file:
            line = next((line for line in file if line.startswith(start)), None)
    except FileNotFoundError:  # a build of a version that kept no texts
        return None
    if line is None:
        return None
    text = json.loads(line)["text"]
    assert isinstance(text, str)
    return text


def _start(document: str) -> str:
    """How the line of a report begins: no line of another does, and none need be parsed to be passed over."""
    return f'{{"document": {json.dumps(document)}, "text": '
