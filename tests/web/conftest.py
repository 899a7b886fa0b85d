"""One endpoint over the samples, for all tests that only read from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import serving, write_graph


@pytest.fixture(scope="session")
def served_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the endpoint serves."""
    return write_graph(tmp_path_factory.mktemp("served") / "graph")


@pytest.fixture(scope="session")
def endpoint(served_graph: Path) -> Iterator[str]:
    """The address of the endpoint, without the last slash."""
    with serving(served_graph, "--time-limit", 30, "--readers", 2) as address:
        yield address
