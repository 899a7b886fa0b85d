"""The verbs of saying of lexicon/speech.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def speech() -> Mapping[str, frozenset[str]]:
    """The verbs of lexicon/speech.toml."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "speech.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}
