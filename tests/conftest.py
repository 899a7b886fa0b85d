"""What all tests share: the seed reports and their graph, and that a skipped test is a failure where CI is set."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from spacy.language import Language

from conflict_kg.build import build
from conflict_kg.language import load

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the package ships, loaded once."""
    return load()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed reports."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_graph(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seed reports, built as a user builds it."""
    output = tmp_path_factory.mktemp("seeds") / "graph"
    built = build([seeds], output, warn=pytest.fail, progress=lambda _: None)
    assert built.violations == ()
    return output


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where CI is set: a check that does not run proves nothing."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that is skipped while it is collected."""
    report = yield
    _fail_if_skipped(report)
    return report
