"""What one client does is not felt by the others: slow, large and deadly queries, many clients, rebuilds, signals."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests
from servers import command, environment, serving, start, write_graph

from conflict_kg import store

WORST = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (STR(?c) > STR(?i)) }"
DEADLY = f"SELECT * {{ ?s ?p ?o FILTER ({' || '.join(['?o = 1'] * 15_000)}) }}"


def query(address: str, text: str, accept: str = "text/csv") -> requests.Response:
    """What the endpoint answers to a query."""
    return requests.post(f"{address}/sparql", data={"query": text}, headers={"Accept": accept}, timeout=60)


def test_slow_query_is_stopped_and_others_go_on(tmp_path: Path) -> None:
    """Stopped with a status of its own; meanwhile, and after it, others get their answers."""
    with (
        serving(write_graph(tmp_path / "graph"), "--time-limit", 2, "--readers", 2) as address,
        ThreadPoolExecutor() as pool,
    ):
        slow = pool.submit(query, address, WORST)
        answered = 0
        while not slow.done():
            assert query(address, "ASK {}").status_code == 200
            answered += 1
        response = slow.result()
        assert response.status_code == 504
        assert response.text == "stopped: no answer within the time limit of 2 seconds\n"
        assert answered > 1
        both = [pool.submit(query, address, WORST) for _ in range(3)]  # more than there are readers
        assert query(address, "ASK {}").status_code == 200
        assert {one.result().status_code for one in both} == {504}
        assert query(address, "ASK {}").text == "true"


def test_query_that_ends_its_process_hurts_no_other(tmp_path: Path) -> None:
    """A chain of operators on which the store's parser runs out of stack; sent again and again."""
    with serving(write_graph(tmp_path / "graph"), "--readers", 2) as address, ThreadPoolExecutor() as pool:
        deadly = [pool.submit(query, address, DEADLY) for _ in range(4)]
        others = [pool.submit(query, address, "ASK {}") for _ in range(8)]
        assert {one.result().status_code for one in deadly} == {500}
        assert {one.result().status_code for one in others} == {200}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
def test_readers_that_somebody_kills_are_replaced(tmp_path: Path) -> None:
    """As the system does when memory runs out; the next query is answered by a new one."""
    process, address = start(write_graph(tmp_path / "graph"), "--readers", 2)
    try:
        for _ in range(2):
            assert query(address, "ASK {}").status_code == 200
            readers = [pid for pid in _descendants(process.pid) if not _children(pid) and _parent(pid) != process.pid]
            assert readers
            for pid in readers:
                os.kill(pid, signal.SIGKILL)
            _await_end(readers)
            assert [query(address, "ASK {}").status_code for _ in range(4)] == [200] * 4
    finally:
        process.terminate()
        assert process.communicate(timeout=30)[1] == ""


def test_query_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    """By the limit of its process, or by the time limit; the machine keeps its memory."""
    long = ", ".join(["STR(?a)", "STR(?d)", "STR(?g)"] * 20)
    hungry = f"SELECT ?x {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND (CONCAT({long}) AS ?x) }} ORDER BY ?x"
    with serving(write_graph(tmp_path / "graph"), "--memory-limit", 300, quiet=False) as address:
        assert query(address, hungry).status_code in (500, 504)
        assert query(address, "ASK {}").text == "true"


def test_hundred_clients_are_all_answered(tmp_path: Path) -> None:
    """Each with its own answer, while the worst query runs as well."""
    with (
        serving(write_graph(tmp_path / "graph"), "--time-limit", 5, "--readers", 2) as address,
        ThreadPoolExecutor(101) as pool,
    ):
        worst = pool.submit(query, address, WORST)
        answers = list(pool.map(lambda number: query(address, f"SELECT ({number} AS ?n) {{}}"), range(100)))
        assert [answer.status_code for answer in answers] == [200] * 100
        assert [int(answer.text.splitlines()[1]) for answer in answers] == list(range(100))
        assert worst.result().status_code == 504


def test_large_results_are_cut_and_say_so(tmp_path: Path) -> None:
    """Tables and triples; a whole graph is refused instead, since half of one would be taken for it."""
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    with serving(write_graph(tmp_path / "graph"), "--result-limit", 1) as address:
        for accept in ("application/sparql-results+json", "text/csv"):
            response = query(address, text, accept)
            assert response.status_code == 200
            rows = (
                len(response.json()["results"]["bindings"]) if "json" in accept else len(response.text.splitlines()) - 1
            )
            assert response.headers["Notices"] == f'["cut after {rows} rows: the result is larger than 1000000 bytes"]'
        triples = query(address, "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "application/n-triples")
        assert triples.headers["Notices"].startswith(f'["cut after {len(triples.text.splitlines())} triples')
        assert "Notices" not in query(address, "ASK {}").headers


def test_whole_graphs_are_never_cut(tmp_path: Path) -> None:
    """Where one is too large it is refused."""
    name = ox.NamedNode("https://conflict-kg.example/graph/large")
    quads = [ox.Quad(name, name, ox.Literal(f"{number:050}"), name) for number in range(8000)]
    store.write(tmp_path / "graph", quads, {})
    with serving(tmp_path / "graph", "--result-limit", 1) as address:
        response = requests.get(f"{address}/store", params={"graph": name.value}, timeout=30)
    assert (response.status_code, "use conflict-kg export" in response.text) == (403, True)


def test_graph_that_is_built_anew_is_taken_up(tmp_path: Path) -> None:
    """By every reader, with its next query; one that is taken away is told until there is one again."""
    name = ox.NamedNode("https://conflict-kg.example/graph/account")

    def build(number: int) -> None:
        store.write(tmp_path / "graph", [ox.Quad(name, name, ox.Literal(number), name)], {})

    build(0)
    with serving(tmp_path / "graph", "--readers", 3) as address, ThreadPoolExecutor(6) as pool:
        for number in range(1, 8):
            build(number)
            answers = list(pool.map(lambda _: query(address, "SELECT ?o { ?s ?p ?o }").text, range(6)))
            assert answers == [f"o\r\n{number}\r\n"] * 6
        (tmp_path / "graph" / "current").rename(tmp_path / "graph" / "elsewhere")
        gone = query(address, "ASK {}")
        assert (gone.status_code, "no graph here yet" in gone.text) == (503, True)
        (tmp_path / "graph" / "elsewhere").rename(tmp_path / "graph" / "current")
        assert query(address, "ASK {}").status_code == 200


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_server_ends_when_told_to_even_in_the_middle_of_a_query(tmp_path: Path, number: signal.Signals) -> None:
    """With code 0 and no word, and the client is told."""
    process, address = start(write_graph(tmp_path / "graph"), "--time-limit", 60)
    assert query(address, "ASK {}").status_code == 200
    with ThreadPoolExecutor() as pool:
        before = _ticks(process.pid)
        running = pool.submit(query, address, WORST)
        _await_work(process.pid, before)
        process.send_signal(number)
        errors = process.communicate(timeout=30)[1]
        assert running.result().status_code == 503
    assert (process.returncode, errors) == (0, "")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")
def test_readers_do_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    """Nor do they finish the query that they are at."""
    process, address = start(write_graph(tmp_path / "graph"), "--time-limit", 60)
    assert query(address, "ASK {}").status_code == 200
    with ThreadPoolExecutor() as pool:
        before = _ticks(process.pid)
        running = pool.submit(query, address, WORST)
        _await_work(process.pid, before)
        family = _descendants(process.pid)
        process.kill()
        process.communicate()
        assert isinstance(running.exception(), requests.ConnectionError)
    assert len(family) >= 3
    _await_end(family)


def _await_work(pid: int, before: int) -> None:
    """Waits until the processes below one have taken a third of a second of a processor more than before."""
    late = time.monotonic() + 50
    while _ticks(pid) < before + os.sysconf("SC_CLK_TCK") / 3:
        assert time.monotonic() < late
        time.sleep(0.05)


def _ticks(pid: int) -> int:
    """The time of a processor that the processes below one have taken so far."""
    return sum(int(ticks) for child in _descendants(pid) for ticks in _stat(child)[11:13])


def _await_end(pids: list[int]) -> None:
    end = time.monotonic() + 20
    while (alive := [pid for pid in pids if _runs(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert alive == []


def _children(pid: int) -> list[int]:
    try:
        return [
            int(word)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for word in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _descendants(pid: int) -> list[int]:
    return [one for child in _children(pid) for one in (child, *_descendants(child))]


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _stat(pid: int) -> list[str]:
    """The fields of a process from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _runs(pid: int) -> bool:
    """Whether a process is there and has not ended already."""
    try:
        return _stat(pid)[0] != "Z"
    except OSError:
        return False


def test_port_in_use_and_missing_graph_are_told_in_one_line(endpoint: str, served_graph: Path, tmp_path: Path) -> None:
    """With code 2."""
    port = endpoint.rpartition(":")[2]
    for options, told in (
        (["--port", port, "--graph", served_graph], f"--port {port}: cannot listen there: "),
        (["--port", 0, "--graph", tmp_path / "none"], "no graph here; build one with"),
    ):
        done = subprocess.run(
            command("serve", *options), capture_output=True, text=True, env=environment(), check=False
        )
        assert done.returncode == 2
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
        assert told in done.stderr


def test_query_and_ask_have_a_time_limit_too(served_graph: Path) -> None:
    """With code 2; what is quick is not touched by it."""
    words = command("query", "-", "--graph", served_graph, "--time-limit", "1")
    slow = subprocess.run(words, input=WORST, capture_output=True, text=True, env=environment(), check=False)
    assert (slow.returncode, slow.stdout) == (2, "")
    assert slow.stderr == "conflict-kg: stopped: no answer within the time limit of 1 seconds\n"
    words = command("ask", "coverage", "--graph", served_graph, "--time-limit", "60", "--format", "json")
    quick = subprocess.run(words, capture_output=True, text=True, env=environment(), check=False)
    assert (quick.returncode, quick.stderr) == (0, "")
    assert os.linesep in quick.stdout
