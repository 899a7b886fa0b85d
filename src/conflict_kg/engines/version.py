"""What readings depend on beside their report, as one digest: where it differs a report has to be read anew."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from conflict_kg import language

READ_BY = (
    *("language", "lexicon", "linking", "reading", "documents", "engines/reader.py"),
    *("errors.py", "files.py", "limits.py", "model.py", "processes.py", "serial.py"),
)
"""What of this package has a part in a reading: files, and folders with all that is in them."""
LIBRARIES = ("numpy", "onnxruntime", "spacy", "spacy-lookups-data")
"""Other packages whose versions may change a reading."""

_PACKAGE = Path(__file__).resolve().parents[1]


def reading_version(language_model: str | None = None) -> str:
    """Thirty-two hexadecimal digits for the code, the words and the language model that reports are read with.

    ``language_model`` is as in ``language.load``. Raises ``InputError`` where it cannot be used.
    """
    whole = hashlib.sha256(_own().encode())
    if language_model is not None:
        nlp = language.load(language_model)
        whole.update(json.dumps(nlp.meta, sort_keys=True, default=str).encode())
        if nlp.path is not None:
            _feed(whole, nlp.path, sorted(path for path in nlp.path.rglob("*") if path.is_file()))
    return whole.hexdigest()[:32]


@cache
def _own() -> str:
    whole = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in LIBRARIES).encode())
    _feed(whole, _PACKAGE, _files())
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    for name in READ_BY:
        path = _PACKAGE / name
        if path.is_file():
            yield path
        else:
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")


def _feed(whole: "hashlib._Hash", top: Path, files: Iterable[Path]) -> None:
    for path in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.relative_to(top).as_posix()} {digest}\n".encode())
