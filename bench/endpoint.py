"""How fast the endpoint answers, beside Oxigraph's own server with the same query on the same data.

    python bench/endpoint.py graph

The folder is one that ``conflict-kg build`` has written. Both servers run one after the other on this machine, asked
over one and over 32 connections: by wrk where it is installed, which costs little itself, else by a client in Python.
The third line of figures is the same question asked by its name, from a place's name to folded rows.
"""

import asyncio
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from conflict_kg import store
from conflict_kg.commands.stored import every
from conflict_kg.questions import answers

SECONDS = 8
PLACE, DAY = "Ramadi", "2015-06-01"
SCRIPT = """
wrk.method = "POST"
wrk.body = [=[%s]=]
wrk.headers["Content-Type"] = "application/sparql-query"
wrk.headers["Accept"] = "application/sparql-results+json"
"""
DONE = """
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect
  io.write(string.format("RESULT %f %f %f %d\\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests / summary.duration * 1e6, wrong))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked again and again: with a body by POST, without one by GET."""

    url: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds at the median and at the 99th percentile, answers a second, and answers that were none."""

    p50: float
    p99: float
    rate: float
    wrong: int


def main(graph: Path) -> None:
    """Prints the figures."""
    opened = store.open_store(graph)
    query, _ = answers.prepare(opened, every([])["who-controlled"], {"place": PLACE, "date": DAY}, warn=print)
    print(f"{len(opened)} triples, {'wrk' if shutil.which('wrk') else 'a client in Python'}, {SECONDS} s each")
    asked = f"/ask/who-controlled?{urlencode({'place': PLACE, 'date': DAY})}"
    with ours(graph) as address:
        report("conflict-kg serve, /sparql", Load(f"{address}/sparql", query))
        report("conflict-kg serve, /ask", Load(address + asked))
    with theirs(store.current(graph) / store.GRAPH_FILE) as address:
        report("oxigraph serve-read-only", Load(f"{address}/query", query))


def report(name: str, load: Load) -> None:
    """Measures one server in both ways."""
    for connections in (1, 32):
        measure(load, connections, seconds=2)  # warm
        found = measure(load, connections, seconds=SECONDS)
        told = f"p50 {found.p50:7.1f} ms  p99 {found.p99:7.1f} ms  {found.rate:7.1f}/s  {found.wrong} failed"
        print(f"{name:28} {connections:3} connections  {told}")


def measure(load: Load, connections: int, *, seconds: int) -> Figures:
    """One run."""
    return by_wrk(load, connections, seconds) if shutil.which("wrk") else asyncio.run(by_us(load, connections, seconds))


# ---------------------------------------------------------------- clients


def by_wrk(load: Load, connections: int, seconds: int) -> Figures:
    """What wrk measures."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write((SCRIPT % load.body if load.body else "") + DONE)
        script.flush()
        options = ("-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name)
        done = subprocess.run(["wrk", *options, load.url], capture_output=True, text=True, check=True)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    p50, p99, rate, wrong = map(float, line.split()[1:])
    return Figures(p50, p99, rate, int(wrong))


async def by_us(load: Load, connections: int, seconds: int) -> Figures:
    """The same with a client that takes some of the time itself."""
    times: list[float] = []
    wrong = 0
    end = time.monotonic() + seconds

    async def ask() -> None:
        nonlocal wrong
        parts = urlsplit(load.url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while time.monotonic() < end:
            begun = time.monotonic()
            writer.write(_request(load))
            head = await reader.readuntil(b"\r\n\r\n")
            (length,) = (line.split()[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length))
            times.append(1000 * (time.monotonic() - begun))
            wrong += b" 200 " not in head.partition(b"\r\n")[0]
        writer.close()

    await asyncio.gather(*(ask() for _ in range(connections)))
    times.sort()
    return Figures(times[len(times) // 2], times[len(times) * 99 // 100], len(times) / seconds, wrong)


def _request(load: Load) -> bytes:
    parts = urlsplit(load.url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"{'POST' if load.body else 'GET'} {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept: */*"]
    if load.body:
        lines += ["Content-Type: application/sparql-query", f"Content-Length: {len(load.body.encode())}"]
    return "\r\n".join([*lines, "", load.body]).encode()


# ---------------------------------------------------------------- servers


@contextmanager
def ours(graph: Path) -> Iterator[str]:
    """The address of our endpoint."""
    port = _free_port()
    words = [sys.executable, "-m", "conflict_kg", "serve", "--graph", str(graph), "--port", str(port)]
    with _running(words, port) as address:
        yield address


@contextmanager
def theirs(nquads: Path) -> Iterator[str]:
    """The address of Oxigraph's server over the same quads."""
    program = str(Path(sysconfig.get_path("scripts")) / "oxigraph")
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        for words in (("load", "--file", str(nquads)), ("optimize",)):
            subprocess.run([program, words[0], "--location", folder, *words[1:]], check=True, capture_output=True)
        words = [program, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{port}"]
        with _running([*words, "--union-default-graph"], port) as address:
            yield address


@contextmanager
def _running(words: list[str], port: int) -> Iterator[str]:
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


if __name__ == "__main__":
    main(Path(sys.argv[1]))
