import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from conflict_kg.errors import InputError
from conflict_kg.language import load
from conflict_kg.language.pipelines import NEEDED_RELATIONS


class ToyParser:
    """Hangs every word on the one before; stands for a parser of someone else's."""

    def __init__(self, labels: list[str]) -> None:
        self.labels = tuple(labels)

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.head = doc[token.i - 1] if token.i and not token.is_sent_start else token
            token.dep_ = "dep"
        return doc

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to keep: the labels stand in the configuration."""

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to read."""


@Language.factory("toy_parser", default_config={"labels": []}, assigns=["token.dep", "token.head"])
def make_toy_parser(nlp: Language, name: str, labels: list[str]) -> ToyParser:  # noqa: ARG001  # spaCy passes them
    """The toy with the labels that the configuration gives."""
    return ToyParser(labels)


@Language.component("toy_tagger", assigns=["token.pos"])
def toy_tagger(doc: Doc) -> Doc:
    """Make every word a verb, and the last one a person."""
    for token in doc:
        token.pos_ = "VERB"
    doc.ents = [Span(doc, len(doc) - 1, len(doc), "PERSON")]
    return doc


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., str]:
    """Writes a pipeline of toys to a folder and returns the folder's name."""

    def write(relations: frozenset[str], *, tagger: bool = True) -> str:
        nlp = spacy.blank("en")
        nlp.add_pipe("toy_parser", config={"labels": sorted(relations)})
        if tagger:
            nlp.add_pipe("toy_tagger")
        nlp.to_disk(tmp_path / "toy")
        return str(tmp_path / "toy")

    return write


def test_pipelines_shipped(nlp: Language) -> None:
    """Without a name the shipped pipeline is loaded."""
    assert nlp.pipe_names == ["conflict_kg_parser", "conflict_kg_lemmatizer"]


def test_pipelines_shipped_from_disk(nlp: Language, tmp_path: Path) -> None:
    """The shipped pipeline may be saved and named by its folder; nothing is added to it."""
    nlp.to_disk(tmp_path / "own")
    assert load(str(tmp_path / "own")).pipe_names == nlp.pipe_names


def test_pipelines_other_with_universal_dependencies(save: Callable[..., str]) -> None:
    """Another pipeline gets our line breaks before its parser, our labels for names, and lemmas if it has none."""
    nlp = load(save(NEEDED_RELATIONS - {"acl"} | {"acl:relcl"}))
    assert nlp.pipe_names == [
        "conflict_kg_breaks",
        "toy_parser",
        "toy_tagger",
        "conflict_kg_names",
        "conflict_kg_lemmatizer",
    ]
    doc = nlp("Militants fled\nTroops advanced")
    assert [sentence.text for sentence in doc.sents] == ["Militants fled\n", "Troops advanced"]
    assert [token.lemma_ for token in doc if not token.is_space] == ["militant", "flee", "troop", "advance"]
    assert [ent.label_ for ent in doc.ents] == ["PER"]


def test_pipelines_other_labels_refused(save: Callable[..., str]) -> None:
    """A pipeline with the labels of spaCy's own English models is refused, and the labels are told."""
    name = save(NEEDED_RELATIONS - {"obj", "obl", "acl"} | {"dobj", "pobj", "prep", "relcl"})
    with pytest.raises(InputError) as raised:
        load(name)
    assert str(raised.value) == (
        f"language model {name}: its parse is not labelled with Universal Dependencies: "
        "it lacks acl, obj, obl and has dobj, pobj, prep, relcl"
    )


def test_pipelines_without_parser_refused(tmp_path: Path) -> None:
    """A pipeline without a parser is refused."""
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(InputError, match=r"blank: has no parser; one with Universal Dependencies labels is needed$"):
        load(str(tmp_path / "blank"))


def test_pipelines_without_parts_of_speech_refused(save: Callable[..., str]) -> None:
    """A pipeline that sets no parts of speech is refused."""
    with pytest.raises(InputError, match=r"sets no parts of speech"):
        load(save(NEEDED_RELATIONS, tagger=False))


@pytest.mark.parametrize("name", ["no_such_pipeline", "/no/such/folder", ".", ""])
def test_pipelines_not_found(name: str) -> None:
    """A name that is no pipeline is told in one line."""
    with pytest.raises(InputError, match=r"\Alanguage model .*: cannot be loaded as a spaCy pipeline: [^\n]+\Z"):
        load(name)


def test_pipelines_without_onnxruntime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without onnxruntime the message says what to install."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(InputError, match="pip install onnxruntime"):
        load()
