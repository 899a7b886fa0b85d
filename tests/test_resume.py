"""A build that is killed goes on where it was, and leaves no process behind."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from readers import write_reports

import conflict_kg
from conflict_kg import build as chain
from conflict_kg import store
from conflict_kg.assembly.readings import FILE

COUNT = 40

SLOW = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import pytest
from readers import read_as_told
from conflict_kg import build, validation
from conflict_kg.engines import reader
reports, output = Path(sys.argv[1]), Path(sys.argv[2])
class Nothing(dict):
    def __missing__(self, text):
        time.sleep(0.01)
        return ()
read_as_told(pytest.MonkeyPatch(), Nothing())
print("ready", flush=True)
built = build.build([reports], output, warn=print, progress=lambda _: None)
print(built.read, flush=True)
"""
"""Builds in this process, with reports that take a while to read and claim nothing."""


def _kept(output: Path) -> int:
    """How many readings a folder keeps."""
    if not (output / FILE).exists():
        return 0
    with closing(sqlite3.connect(output / FILE, timeout=30)) as base:
        found = base.execute("SELECT name FROM sqlite_master WHERE name = 'reading'").fetchone()
        return int(base.execute("SELECT count(*) FROM reading").fetchone()[0]) if found else 0


def _start(*command: str | Path) -> subprocess.Popen[str]:
    source = str(Path(conflict_kg.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": source}
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )


def test_build_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    """Killed again and again, while reading and after, it never reads twice what it has kept, and ends with all."""
    reports = write_reports(
        tmp_path / "reports.jsonl", [{"id": str(number), "text": f"Report {number}."} for number in range(COUNT)]
    )
    output, here = tmp_path / "graph", Path(__file__).parent
    before = 0
    for seconds in (0.0, 0.13, 0.3, 0.02, 0.5):
        process = _start("-c", SLOW, reports, output, here)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
        process.communicate()
        kept = _kept(output)
        assert kept >= before
        before = kept
    last = _start("-c", SLOW, reports, output, here)
    out, _ = last.communicate(timeout=120)

    assert out == f"ready\n{COUNT - before}\n"
    assert _kept(output) == COUNT
    assert len((store.current(output) / "reports.jsonl").read_text(encoding="utf-8").splitlines()) == COUNT
    assert not list((output / "builds").glob(".*"))


@pytest.mark.skipif(shutil.which("pgrep") is None, reason="pgrep is not installed (Debian: procps)")
def test_build_in_processes_leaves_none_behind(tmp_path: Path) -> None:
    """Processes that read end with the one that was killed; what they read is kept, and the rest is read by others."""
    sentence = "Rebels seized the town of Qara Tepe on 3 March 2031, report number"
    reports = write_reports(
        tmp_path / "reports.jsonl", [{"id": str(number), "text": f"{sentence} {number}. " * 9} for number in range(30)]
    )
    output = tmp_path / "graph"
    process = _start("-m", "conflict_kg", "build", reports, "--output", output, "--jobs", "2")
    end = time.monotonic() + 120
    while _kept(output) < 3:
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.02)
    children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True)
    process.kill()
    process.communicate()
    running = {int(line) for line in children.stdout.split()}
    assert len(running) >= 2
    while running := {pid for pid in running if _is_running(pid)}:
        assert time.monotonic() < end
        time.sleep(0.02)
    kept = _kept(output)
    assert kept < 30
    built = chain.build([reports], output, jobs=1, warn=pytest.fail, progress=lambda _: None)

    assert built.read == 30 - kept
    assert built.reports == 30


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text(encoding="utf-8"))  # ended, and nobody has asked
