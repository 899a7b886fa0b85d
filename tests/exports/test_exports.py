"""The table of formats: each has a writer, and what it writes stands in a file or a folder, whole."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import samples

from conflict_kg import cli, store
from conflict_kg.errors import InputError
from conflict_kg.exports import FORMATS, save, write
from conflict_kg.graph import quads
from conflict_kg.reasoning import infer


@pytest.fixture(name="kept", scope="module")
def _kept() -> ox.Store:
    asserted = quads(samples.readings(), samples.account())
    kept = ox.Store()
    kept.extend([*asserted, *infer(asserted)])
    return kept


@pytest.mark.parametrize("format", FORMATS)
def test_exports_depend_on_the_graph_alone(kept: ox.Store, format: str) -> None:
    """A store that was filled in another order gives the same bytes, and an empty one others, too."""
    other = ox.Store()
    other.extend(sorted(kept, key=str, reverse=True))

    assert write(kept, format) == write(other, format)
    assert write(ox.Store(), format) != write(kept, format)


def test_exports_of_an_unknown_format() -> None:
    """The message names those that there are."""
    with pytest.raises(InputError, match="no such format: 'docx'; there are turtle, trig"):
        write(ox.Store(), "docx")


def test_save_replaces_a_file(tmp_path: Path) -> None:
    """The new one stands where the old one stood."""
    (tmp_path / "one").write_bytes(b"old")
    save(b"new", tmp_path / "one")
    assert (tmp_path / "one").read_bytes() == b"new"


def test_save_tells_what_cannot_be_written(tmp_path: Path) -> None:
    """A folder that is not there, a file where a folder is to be, and a folder of somebody else's."""
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(InputError, match="cannot be written: No such file"):
        save(b"new", tmp_path / "gone" / "file")
    with pytest.raises(InputError, match="is a file; this format is a folder"):
        save({"deeper/a.csv": b"1"}, tmp_path / "one")
    with pytest.raises(InputError, match="not empty and not made by export"):
        save({"a.csv": b"1"}, tmp_path)
    assert (tmp_path / "one").read_bytes() == b"old"


def test_export_command_writes_what_the_format_gives(
    capsys: pytest.CaptureFixture[str], kept: ox.Store, tmp_path: Path
) -> None:
    """To a file and to standard output."""
    store.write(tmp_path / "graph", sorted(kept, key=str), {})
    words = ["export", "--format", "nquads", "--graph", str(tmp_path / "graph")]
    assert cli.main(words) == 0
    assert capsys.readouterr().out.encode() == write(kept, "nquads")
    assert cli.main([*words, "--output", str(tmp_path / "out.nq")]) == 0
    assert (tmp_path / "out.nq").read_bytes() == write(kept, "nquads")
