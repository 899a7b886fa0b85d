"""An experiment's settings, read from a TOML file; ``minilm.toml`` is that of the shipped weights."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from conflict_kg.errors import InputError
from training.language.augment import Rates


@dataclass(frozen=True, slots=True)
class Corpora:
    """Where each corpus lies below the folder of corpora; the README says where each comes from."""

    ewt: str
    gum: str
    uner: str
    wikigold: str
    politics: str
    re3d: str
    meantime: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the classifiers."""

    arcs: int
    relations: int
    beside: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How to train; the learning rates climb during ``warmup`` and then fall in a line to nothing."""

    seed: int
    epochs: int
    batch: int
    """Pieces in a batch of one worker, padding included."""
    workers: int
    """Processes of one thread that share each step on a CPU; a GPU has one."""
    words: bool
    """Whether the embeddings of pieces are trained too."""
    encoder_rate: float
    head_rate: float
    warmup: float
    """Share of all steps."""
    decay: float
    clip: float
    dropout: float
    head_dropout: float
    losses: dict[str, float]
    """What each layer's loss counts."""
    repeats: dict[str, float]
    """How often an epoch has the sentences of a set, or the share of them that it has; once where none is named."""


@dataclass(frozen=True, slots=True)
class Refit:
    """How to train the classifiers further on the vectors of the 8-bit encoder; the rest is as in ``Fit``."""

    readings: int
    """How often the encoder reads the corpora, each time as other writers would have put them."""
    passes: int
    """Over all readings."""
    windows: int
    """In a batch."""
    rate: float
    beside_rate: float
    """Of what words show to their neighbours."""
    losses: dict[str, float]
    """What each layer's loss counts; one that counts nothing leaves its layer as it is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of one experiment."""

    base: str
    """The installed package that has the starting weights."""
    corpora: Corpora
    shape: Shape
    fit: Fit
    refit: Refit
    augment: Rates


SETS = frozenset({"ewt", "gum", "wikigold", "politics", "re3d", "meantime", "labelled"})
"""The sets of sentences that an epoch is made of."""

LOSSES = frozenset({"arcs", "relations", "tags", "pos", "features", "starts", "names"})


def read_settings(path: Path) -> Settings:
    """The settings in a file; raises ``InputError`` for one that is missing, unknown or of the wrong kind."""
    try:
        read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}") from error
    _check(path, "the file", read, {field.name for field in fields(Settings)})
    tables = {name: _table(path, name, read[name], of) for name, of in _TABLES.items()}
    settings = Settings(base=str(read["base"]), **tables)
    _check(path, "[fit] losses", settings.fit.losses, LOSSES)
    _check(path, "[refit] losses", settings.refit.losses, LOSSES)
    if unknown := sorted(set(settings.fit.repeats) - SETS):
        raise InputError(f"{path}: [fit] repeats: no set is called {', '.join(unknown)}")
    return settings


_TABLES: dict[str, Any] = {"corpora": Corpora, "shape": Shape, "fit": Fit, "refit": Refit, "augment": Rates}
_KINDS: dict[Any, Any] = {str: str, bool: bool, int: int, float: (int, float)}


def _table(path: Path, name: str, read: object, of: Any) -> Any:
    if not isinstance(read, dict):
        raise InputError(f"{path}: [{name}] is no table")
    _check(path, f"[{name}]", read, {field.name for field in fields(of)})
    for field in fields(of):
        if not isinstance(read[field.name], _KINDS.get(field.type, dict)):
            raise InputError(f"{path}: [{name}] {field.name}: a value of another kind is needed")
    return of(**read)


def _check(path: Path, where: str, found: Iterable[str], needed: Iterable[str]) -> None:
    missing, unknown = sorted(set(needed) - set(found)), sorted(set(found) - set(needed))
    if missing:
        raise InputError(f"{path}: {where} lacks {', '.join(missing)}")
    if unknown:
        raise InputError(f"{path}: {where} has what is not known: {', '.join(unknown)}")
