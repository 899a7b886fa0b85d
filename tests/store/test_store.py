"""The folder of a build is whole at any moment, and nothing else in the world is touched."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import conflict_kg
from conflict_kg.errors import InputError
from conflict_kg.store import MARKER, current, open_store, write

GRAPH = ox.NamedNode("https://conflict-kg.example/graph/account")
PREDICATE = ox.NamedNode("https://conflict-kg.example/is")


def _quads(word: str, count: int = 3) -> list[ox.Quad]:
    nodes = [ox.NamedNode(f"https://conflict-kg.example/node/{number:04}") for number in range(count)]
    return [ox.Quad(node, PREDICATE, ox.Literal(word), GRAPH) for node in nodes]


def _words(folder: Path) -> list[str]:
    """What a folder's graph says, after checking that files and store say the same."""
    store = open_store(folder)
    words = [quad.object.value for quad in store if isinstance(quad.object, ox.Literal)]
    build = current(folder)
    assert sorted(map(str, ox.parse(path=build / "graph.nq"))) == sorted(map(str, store))
    assert (build / "word.txt").read_text(encoding="utf-8") == words[0]
    return words


def _write(folder: Path, word: str, count: int = 3) -> Path:
    return write(folder, _quads(word, count), {"word.txt": word.encode()})


def test_store_gives_back_what_was_written(tmp_path: Path) -> None:
    """A graph is written into a new folder and read from it, for reading only."""
    folder = tmp_path / "new" / "graph"
    build = _write(folder, "one")

    assert _words(folder) == ["one", "one", "one"]
    assert build == current(folder)
    with pytest.raises(RuntimeError, match="read-write"):
        open_store(folder).add(_quads("two")[0])


def test_store_writes_nothing_for_the_same_build(tmp_path: Path) -> None:
    """The same content again changes no file."""

    def files() -> list[tuple[str, int, int]]:
        return sorted((str(path), path.lstat().st_ino, path.lstat().st_mtime_ns) for path in builds.rglob("*"))

    builds = tmp_path / "builds"
    first = _write(tmp_path, "one")
    before = files()

    assert _write(tmp_path, "one") == first
    assert files() == before


def test_store_keeps_the_build_before(tmp_path: Path) -> None:
    """A reader of the last build goes on reading; older builds and leftovers are removed."""
    _write(tmp_path, "one")
    _write(tmp_path, "two")
    reader = open_store(tmp_path)
    (tmp_path / "builds" / ".leftover").mkdir()
    _write(tmp_path, "three")

    assert {quad.object for quad in reader} == {ox.Literal("two")}
    assert _words(tmp_path)[0] == "three"
    assert len(list((tmp_path / "builds").iterdir())) == 2


@pytest.mark.parametrize("part", ["*", "*.sst", "CURRENT"])
def test_store_mends_a_damaged_build(part: str, tmp_path: Path) -> None:
    """Where somebody removed a part of a build, reading says so, and building again mends it."""
    build = _write(tmp_path, "one")
    for file in (build / "store").glob(part):
        file.unlink()
    with pytest.raises(InputError, match="the graph is damaged; build it anew"):
        open_store(tmp_path)
    _write(tmp_path, "one")

    assert _words(tmp_path)[0] == "one"


@pytest.mark.parametrize("content", ["notes.txt", "current", ".git"])
def test_store_leaves_other_folders_alone(content: str, tmp_path: Path) -> None:
    """A folder with something in it that is not ours is refused and stays as it is."""
    (tmp_path / content).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty and not made by conflict-kg"):
        _write(tmp_path, "one")
    with pytest.raises(InputError, match="not a folder that conflict-kg build has written"):
        open_store(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [content]


def test_store_refuses_files(tmp_path: Path) -> None:
    """A file is no folder to build into, nor one to read from."""
    file = tmp_path / "graph"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        _write(file, "one")
    with pytest.raises(InputError, match="not a folder"):
        open_store(file)
    with pytest.raises(InputError, match="cannot be written"):
        _write(file / "below", "one")

    assert file.read_text(encoding="utf-8") == "mine"


def test_store_says_where_no_graph_is(tmp_path: Path) -> None:
    """A folder that is missing, or was never finished, is told with the command that makes one."""
    with pytest.raises(
        InputError, match=r"graph/: no graph here; build one with: conflict-kg build PATH\.\.\. --output"
    ):
        open_store(tmp_path / "graph")
    (tmp_path / MARKER).write_text('{"layout": 1}', encoding="utf-8")
    with pytest.raises(InputError, match="no graph here yet"):
        open_store(tmp_path)
    (tmp_path / MARKER).write_text('{"layout": 99}', encoding="utf-8")
    with pytest.raises(InputError, match="another version"):
        open_store(tmp_path)


WRITER = """
import sys
from pathlib import Path
import pyoxigraph as ox
from conflict_kg.store import write
folder, word, builds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(builds):
    text = f"{word}-{number}"
    node, is_, graph = (ox.NamedNode(f"https://conflict-kg.example/{name}") for name in ("node", "is", "graph"))
    quads = [ox.Quad(ox.NamedNode(f"{node.value}{n}"), is_, ox.Literal(text), graph) for n in range(2000)]
    write(folder, quads, {"word.txt": text.encode()})
print("done", flush=True)
"""


def _start(folder: Path, word: str, builds: int = 1) -> subprocess.Popen[str]:
    """Another process that makes one build after the other, at the point where it begins to."""
    command = [sys.executable, "-c", WRITER, str(folder), word, str(builds)]
    source = str(Path(conflict_kg.__file__).parents[1])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": source})
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_store_survives_being_killed(tmp_path: Path) -> None:
    """Killed at odd moments, a build leaves an older graph or its own, whole; the next build succeeds."""
    _write(tmp_path, "first", 2000)
    for number, seconds in enumerate((0.05, 0.17, 0.23, 0.08, 0.14, 0.02, 0.2, 0.26, 0.29)):
        process = _start(tmp_path, f"word-{number}", builds=1000)
        time.sleep(seconds)
        process.kill()
        process.communicate()
        words = _words(tmp_path)

        assert len(words) == 2000
        assert len(set(words)) == 1
    _write(tmp_path, "last", 5)

    assert _words(tmp_path) == ["last"] * 5
    assert len(list((tmp_path / "builds").iterdir())) == 2


def test_store_is_whole_for_readers_while_builds_are_killed(tmp_path: Path) -> None:
    """Readers that open the graph again and again, on disk and in memory, see one build or another, never a mixture."""
    _write(tmp_path, "first", 2000)
    seen: set[str] = set()
    for number in range(3):
        process = _start(tmp_path, f"word-{number}", builds=1000)
        end, late = time.monotonic() + 0.7, time.monotonic() + 60
        while time.monotonic() < end or (len(seen) == 1 and time.monotonic() < late):  # a busy machine starts slowly
            for size in (0, 10**9):
                words = [quad.object.value for quad in open_store(tmp_path, in_memory=size)]
                assert len(words) == 2000
                assert len(set(words)) == 1
                seen |= set(words)
        process.kill()
        process.communicate()

    assert len(seen) > 1


def test_store_cleans_what_killed_builds_have_left(tmp_path: Path) -> None:
    """Whatever step they were at, even where the next build is of the same content."""
    build = _write(tmp_path, "one")
    (tmp_path / ".current").symlink_to("builds/none")
    (tmp_path / f".{MARKER}").write_text("{", encoding="utf-8")
    shutil.copytree(build, build.with_name(".unfinished"))
    shutil.copytree(build, build.with_name(f".{'0' * 32}.removed"))
    (build.with_name("0" * 32)).mkdir()

    assert _write(tmp_path, "one") == build
    assert _words(tmp_path) == ["one"] * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "builds", MARKER, "current"]
    assert list((tmp_path / "builds").iterdir()) == [build]


def test_store_in_memory_is_the_one_on_disk(tmp_path: Path) -> None:
    """The same quads, and as whole."""
    build = _write(tmp_path, "one")
    assert set(open_store(tmp_path, in_memory=10**6)) == set(open_store(tmp_path))
    (build / "graph.nq").unlink()
    with pytest.raises(InputError, match="the graph is damaged; build it anew"):
        open_store(tmp_path, in_memory=10**6)


def test_store_can_be_killed_at_its_first_build(tmp_path: Path) -> None:
    """Whatever a killed first build leaves, the next one accepts the folder as ours."""
    for number in range(4):
        folder = tmp_path / str(number)
        process = _start(folder, "first")
        time.sleep(number * 0.01)
        process.kill()
        process.communicate()
        _write(folder, "second")

        assert _words(folder) == ["second"] * 3


def test_store_lets_one_build_write_at_a_time(tmp_path: Path) -> None:
    """Of two builds into one folder each is whole, and the later counts."""
    processes = [_start(tmp_path, word) for word in ("one", "two")]
    outputs = [process.communicate()[0] for process in processes]

    assert outputs == ["done\n", "done\n"]
    assert len(set(_words(tmp_path))) == 1
    assert len(list((tmp_path / "builds").iterdir())) == 2
