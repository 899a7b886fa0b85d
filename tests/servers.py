"""Servers on loopback for tests: our own, and Oxigraph's; each is ended by its own process id."""

import json
import os
import re
import selectors
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
import requests
import samples

import conflict_kg
from conflict_kg import store
from conflict_kg.assembly.readings import REPORTS, Entry, Readings
from conflict_kg.graph import quads
from conflict_kg.reasoning import infer
from conflict_kg.serial import dump_reading
from conflict_kg.store import texts

START_SECONDS = 60


def write_graph(folder: Path) -> Path:
    """A folder that holds the samples."""
    asserted = quads(samples.readings(), samples.account())
    entries = [Entry.of(reading.report, "samples") for reading in samples.readings()]
    files = {
        texts.FILE: texts.lines(reading.report for reading in samples.readings()),
        REPORTS: "".join(json.dumps(asdict(entry)) + "\n" for entry in entries),
    }
    quads_ = sorted([*asserted, *infer(asserted)], key=str)
    store.write(folder, quads_, {name: text.encode() for name, text in files.items()})
    with Readings(folder) as readings:
        for entry, reading in zip(entries, samples.readings(), strict=True):
            readings.keep(entry.key, dump_reading(reading))
    return folder


def command(*words: object) -> list[str]:
    """A command line of ours, run from this checkout."""
    return [sys.executable, "-m", "conflict_kg", *map(str, words)]


def environment(**more: str) -> dict[str, str]:
    """The variables that such a command needs."""
    return os.environ | {"PYTHONPATH": str(Path(conflict_kg.__file__).parents[1])} | more


def start(graph: Path, *options: object) -> tuple[subprocess.Popen[str], str]:
    """The endpoint of a graph in a process of its own, and its address without the last slash."""
    process = subprocess.Popen(
        command("serve", "--port", 0, "--graph", graph, *options), stderr=subprocess.PIPE, text=True, env=environment()
    )
    line = _line(process)
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    if found is None:
        process.kill()
        pytest.fail(f"the server did not start: {line}{process.communicate()[1]}")
    return process, found[0]


def _line(process: subprocess.Popen[str]) -> str:
    """The first line that a process tells; nothing where it tells none in time."""
    assert process.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        return process.stderr.readline() if selector.select(START_SECONDS) else ""


@contextmanager
def serving(graph: Path, *options: object, quiet: bool = True) -> Iterator[str]:
    """The address of an endpoint while it runs, and ends as it should; ``quiet`` if it tells nothing meanwhile."""
    process, address = start(graph, *options)
    try:
        yield address
    finally:
        process.terminate()
        try:
            errors = process.communicate(timeout=30)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            errors = "it had to be killed"
    assert (process.returncode, errors if quiet else "") == (0, "")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of Oxigraph's own server over a folder while it runs."""
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not program.exists():
        pytest.skip("the package oxigraph, which has Oxigraph's server, is not installed")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    words = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(list(map(str, words)), stderr=subprocess.DEVNULL)
    try:
        _await(address)
        yield address
    finally:
        process.kill()
        process.wait()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {readable}
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Virtuoso:
    """A server of Virtuoso that runs; name and password are both ``dba``."""

    address: str
    port: int
    """Of its SQL."""

    def sql(self, statements: str) -> str:
        """What its command line answers to SQL."""
        words = ["isql-vt", f"127.0.0.1:{self.port}", "dba", "dba", "ERRORS=STDOUT", f"exec={statements}"]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout


@contextmanager
def virtuoso(folder: Path, readable: Path) -> Iterator[Virtuoso]:
    """A server of Virtuoso over a new database in a folder; it may read files in the folder ``readable``."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("Virtuoso is not installed: Debian has it as virtuoso-opensource-7")
    port, web = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, web=web, readable=readable), encoding="utf-8")
    words = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{web}"
    try:
        _await(f"{address}/sparql")
        yield Virtuoso(address, port)
    finally:
        process.kill()
        process.wait()


def _await(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            requests.get(address, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert isinstance(port, int)
    return port
