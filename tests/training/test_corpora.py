"""What the readers of the corpora make of a name, in hand-made corpora."""

from pathlib import Path

import pytest
from sample_corpora import write_corpora
from spacy.language import Language

from conflict_kg.errors import InputError
from training.language.corpora import read_columns, read_meantime, read_re3d, read_treebank, read_uner, with_names
from training.language.names import Mention, from_bio, from_mentions
from training.language.sentences import ANY, CLASSES, Allowed, Sentence, allow


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample."""
    return write_corpora(tmp_path_factory.mktemp("corpora"))


def classes(allowed: Allowed) -> str:
    """The classes of a word as text, "*" for all."""
    if allowed == ANY:
        return "*"
    return "|".join(name for number, name in enumerate(CLASSES) if allowed >> number & 1)


def named(sentence: Sentence) -> dict[str, str]:
    """The words that may be more than "O", with what they may be."""
    assert sentence.names is not None
    pairs = zip(sentence.words, sentence.names, strict=True)
    return {word: classes(allowed) for word, allowed in pairs if allowed != allow("O")}


def test_universal_ner_joins_a_treebank_by_words(corpora: Path) -> None:
    """Armies become MIL, days are left open, places of people and nature stay LOC; trees are kept."""
    trees = read_treebank(corpora / "ud_ewt/en_ewt-ud-train.conllu")
    first, second, third = with_names(trees, corpora / "uner_ewt/en_ewt-ud-train.iob2")
    assert named(first) == {"on": "O|B-DATE|I-DATE", "Sunday": "O|B-DATE|I-DATE", "Velmora": "B-LOC"}
    assert named(second) == {"Free": "B-MIL", "Army": "I-MIL", "Omar": "B-PER", "Haddan": "I-PER"}
    assert named(third) == {"Port": "B-LOC|B-FAC", "Sela": "I-LOC|I-FAC"}
    assert first.tree is not None
    assert first.tree.heads[:3] == (2, 0, 4)


def test_gum_names_begin_at_a_proper_noun(corpora: Path) -> None:
    """A noun phrase whose head is no name is none; an adjective in a name is part of it; times are known."""
    first, second, _ = read_treebank(corpora / "ud_gum_open/en_gum-open-train.conllu", entities=True)
    assert named(first) == {"on": "O|B-DATE|I-DATE", "Velmora": "B-LOC", "Sunday": "B-DATE"}
    assert named(second) == {"Free": "B-MIL", "Army": "B-MIL|I-MIL", "Omar": "B-PER", "Haddan": "B-PER|I-PER"}


def test_columns(corpora: Path) -> None:
    """IO names begin where the label changes; what a corpus calls by another name is open where it has a capital."""
    airport, ortists = read_columns(corpora / "wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold")
    assert named(airport) == {"Velmora": "B-FAC", "Airport": "I-FAC"}
    assert named(ortists) == {"Ortists": "*"}
    (person,) = read_columns(corpora / "crossner_politics/politics/dev.txt", "politics")
    assert named(person) == {"Lena": "B-PER", "Ort": "I-PER"}


def test_re3d_holds_a_fifth_back(corpora: Path, nlp: Language) -> None:
    """Each fifth document is for testing."""
    kept = list(read_re3d(corpora / "re3d/train.jsonl", nlp, held_back=False))
    held = list(read_re3d(corpora / "re3d/train.jsonl", nlp, held_back=True))
    assert len(kept) == 4 * len(held)
    assert named(held[0])["Omar"] == "B-PER"
    assert named(held[0])["4"] == "B-DATE"


def test_meantime_reads_the_marked_sentences(corpora: Path, nlp: Language) -> None:
    """A mention is what it refers to; sentences after the fifth are left out."""
    (headline,) = read_meantime(corpora / "meantime_en", nlp)
    assert headline.words == ("Selacorp", "opens", "office", "today")
    assert named(headline) == {"Selacorp": "B-ORG", "today": "B-DATE"}


def test_nested_phrases_leave_the_bounds_open() -> None:
    """In "the Velmora Relief Council" the town and the council both are names."""
    words = "the Velmora Relief Council met".split()
    proper = [False, True, True, True, False]
    found = from_mentions(words, proper, [Mention(0, 4, ("ORG",)), Mention(1, 2, ("LOC",))])
    assert [classes(allowed) for allowed in found] == ["O", "B-ORG|B-LOC", "B-ORG|I-ORG", "B-ORG|I-ORG", "O"]


def test_a_people_before_a_name_may_belong_to_it() -> None:
    """In "the Syrian Army" the adjective is part of the name to some corpora, to others not."""
    words = "the Syrian Army".split()
    found = from_mentions(words, [False, False, True], [Mention(0, 3, ("MIL",))])
    assert [classes(allowed) for allowed in found] == ["O", "B-MIL|B-NORP", "B-MIL|I-MIL"]


def test_times_may_leave_out_their_article() -> None:
    """In "the last week" the time begins with the article or after it, and nowhere else."""
    found = from_mentions("until the last week".split(), [False] * 4, [Mention(1, 4, ("DATE",))])
    assert [classes(allowed) for allowed in found] == ["O|B-DATE|I-DATE", "O|B-DATE", "B-DATE|I-DATE", "I-DATE"]


def test_accidents_of_the_early_universal_ner(tmp_path: Path) -> None:
    """A "B-O" on a full stop is nothing, on a word it may be anything."""
    (tmp_path / "x.iob2").write_text("1\tVelmora\tB-LOC\t-\tme\n2\tTimes\tB-O\t-\tme\n3\t.\tB-O\t-\tme\n")
    ((words, allowed),) = read_uner(tmp_path / "x.iob2")
    assert [classes(may) for may in allowed] == ["B-LOC", "*", "O"]
    assert words == ("Velmora", "Times", ".")


def test_unknown_label_is_an_error(tmp_path: Path) -> None:
    """A label that is not known names the file."""
    (tmp_path / "x.txt").write_text("Velmora B-planet\n")
    with pytest.raises(InputError, match=r"x\.txt: the label planet"):
        list(read_columns(tmp_path / "x.txt", "politics"))


def test_peoples_that_a_corpus_leaves_out_are_known() -> None:
    """An adjective of a country is NORP, in lower case it is nothing."""
    found = from_bio("Iraqi troops , iraqi troops".split(), ["O"] * 5, lambda _, __: None)
    assert [classes(allowed) for allowed in found] == ["B-NORP", "O", "O", "O", "O"]


def test_unknown_labels_are_open() -> None:
    """Where a corpus says only "other", nothing is taught."""
    found = from_bio(["Velmora", "Day"], ["B-OTH", "I-OTH"], lambda _, __: None)
    assert found == (ANY, ANY)
