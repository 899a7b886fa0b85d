"""Standard input as bytes, and files that are written whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from conflict_kg.errors import InputError


def standard_input() -> bytes:
    """All of standard input. Raises ``InputError`` where it is closed or cannot be read."""
    if sys.stdin is None:
        raise InputError("standard input: is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(f"standard input: {error.strerror or error}") from None


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all; a link stays one, and what it leads to is written.

    A pipe or a device is written to as it is: only a file can be replaced. Raises ``InputError`` where it cannot be
    written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(Path(os.path.realpath(path)), content)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None


def _replace(path: Path, content: bytes) -> None:
    """Writes beside the file, then puts the new one in its place in one step."""
    permissions = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".conflict-kg-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(permissions)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    """The permissions that a file does not get when it is made."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
