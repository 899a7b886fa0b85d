"""What readings, and what follows from them, depend on beside reports, as digests.

Where one differs a report has to be read anew, or what follows to be derived anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from conflict_kg.resources import folder

READ_BY = (
    *("language", "lexicon", "linking", "reading", "documents", "engines/reader.py"),
    *("errors.py", "files.py", "limits.py", "model.py", "processes.py", "serial.py"),
)
"""What of this package has a part in a reading: files, and folders with all that is in them."""
LIBRARIES = ("numpy", "onnxruntime", "spacy", "spacy-lookups-data")
"""Other packages whose versions may change a reading."""
DERIVED_BY = (
    *("account", "assembly", "graph", "documents/copies.py", "lexicon/codes.toml", "linking/names.py"),
    *("errors.py", "model.py", "nquads.py", "records.py", "resources.py", "serial.py", "vocabulary.py"),
)
"""What of this package has a part in what follows from a reading; the ontology has one, too."""
DERIVING_LIBRARIES = ("numpy", "pyoxigraph", "rensa")

_PACKAGE = Path(__file__).resolve().parents[1]


def reading_version(language_model: str | None = None) -> str:
    """Thirty-two hexadecimal digits for the code, the words and the language model that reports are read with.

    ``language_model`` is as in ``language.load``. Raises ``InputError`` where it cannot be used.
    """
    whole = hashlib.sha256(_own().encode())
    if language_model is not None:
        from conflict_kg import language

        nlp = language.load(language_model)
        whole.update(json.dumps(nlp.meta, sort_keys=True, default=str).encode())
        if nlp.path is not None:
            _feed(whole, nlp.path, sorted(path for path in nlp.path.rglob("*") if path.is_file()))
    return whole.hexdigest()[:32]


@cache
def _own() -> str:
    return _of(READ_BY, LIBRARIES).hexdigest()


@cache
def deriving_version() -> str:
    """Thirty-two hexadecimal digits for the code and the terms that a graph is made from readings with."""
    whole = _of(DERIVED_BY, DERIVING_LIBRARIES)
    _feed(whole, folder("ontology"), sorted(folder("ontology").glob("*.ttl")))
    return whole.hexdigest()[:32]


def _of(own: Iterable[str], libraries: Iterable[str]) -> "hashlib._Hash":
    whole = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in libraries).encode())
    _feed(whole, _PACKAGE, _files(own))
    return whole


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
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
