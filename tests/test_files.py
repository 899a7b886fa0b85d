"""Files are written whole or not at all, and only files are replaced."""

import os
import sys
import threading
from pathlib import Path

import pytest

from conflict_kg.errors import InputError
from conflict_kg.files import standard_input, write_file


def test_write_file_leaves_the_old_one_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing beside it."""
    file = tmp_path / "out"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="out: cannot be written: No space left on device"):
        write_file(file, b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert file.read_bytes() == b"old"


def test_write_file_follows_links(tmp_path: Path) -> None:
    """A link stays a link; what it leads to is written, whether it was there or not."""
    for name in ("there", "gone"):
        (tmp_path / f"{name}-link").symlink_to(name)
    (tmp_path / "there").write_bytes(b"old")
    for name in ("there", "gone"):
        write_file(tmp_path / f"{name}-link", b"new")

        assert (tmp_path / f"{name}-link").is_symlink()
        assert (tmp_path / name).read_bytes() == b"new"


def test_write_file_keeps_permissions(tmp_path: Path) -> None:
    """Those of the file that was there; a new one has those of any new file."""
    secret, plain, other = (tmp_path / name for name in ("secret", "plain", "other"))
    secret.write_bytes(b"old")
    secret.chmod(0o600)
    other.write_bytes(b"")
    write_file(secret, b"new")
    write_file(plain, b"new")

    assert secret.stat().st_mode & 0o777 == 0o600
    assert plain.stat().st_mode == other.stat().st_mode


def test_write_file_writes_into_a_pipe(tmp_path: Path) -> None:
    """Its reader gets the content, and it is still a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_file(pipe, b"content")
    reader.join(timeout=10)

    assert read == [b"content"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", [".", "none/out", "x" * 300])
def test_write_file_says_what_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A folder, a file in no folder, a name that is too long."""
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / name, b"")


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has None for it then."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input: is closed"):
        standard_input()
