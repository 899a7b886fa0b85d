"""The shipped pipeline, loaded once."""

import pytest
from spacy.language import Language

from conflict_kg.language import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the package ships."""
    return load()
