"""How a model is scored."""

import dataclasses

from spacy.language import Language
from spacy.tokens import Doc

from training.language.evaluate import as_published, in_tens, score, spans_of
from training.language.sentences import ANY, PARAGRAPH, Sentence, Tree, allow
from training.language.sentences import TEXT as NEW_TEXT

TEXT = "Rebels seized the town of Fallujah . They left .".split()


def gold(nlp: Language) -> list[Sentence]:
    """What the pipeline itself says of two sentences, as if it were gold."""
    doc = nlp(Doc(nlp.vocab, TEXT))
    sentences = []
    for sent in doc.sents:
        tree = Tree(
            tags=tuple(t.tag_ for t in sent),
            pos=tuple(t.pos_ for t in sent),
            features=tuple(str(t.morph) or "_" for t in sent),
            lemmas=tuple(t.lemma_ for t in sent),
            heads=tuple(0 if t.head == t else t.head.i - sent.start + 1 for t in sent),
            relations=tuple("root" if t.dep_ == "ROOT" else t.dep_ for t in sent),
        )
        names = tuple(allow(f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O") for t in sent)
        sentences.append(Sentence(tuple(t.text for t in sent), tree, names))
    return sentences


def test_what_is_all_right_scores_one(nlp: Language) -> None:
    """Measured against itself the pipeline makes no mistake."""
    figures = score(nlp, [gold(nlp)])
    assert figures["LOC F1"] == 1.0
    assert set(figures.values()) == {1.0}


def test_mistakes_count_once(nlp: Language) -> None:
    """Another kind of name, another head and a missing name show in their figures only."""
    first, second = gold(nlp)
    assert first.tree is not None
    assert first.names is not None
    relations = ("obj", *first.tree.relations[1:])
    place = first.words.index("Fallujah")
    names = tuple(allow("B-PER") if at == place else may for at, may in enumerate(first.names))
    wrong = dataclasses.replace(first, tree=dataclasses.replace(first.tree, relations=relations), names=names)
    figures = score(nlp, [[wrong, second]])
    assert (figures["heads"], figures["tag"], figures["sentences F1"]) == (1.0, 1.0, 1.0)
    assert 0.8 < figures["labelled"] < 1.0
    assert figures["PER F1"] == 0.0


def test_open_gold_does_not_count(nlp: Language) -> None:
    """Where anything is allowed, nothing that is found is wrong."""
    first, second = gold(nlp)
    place = first.words.index("Fallujah")
    open_names = tuple(ANY if at == place else allow("O") for at in range(len(first.words)))
    figures = score(nlp, [[dataclasses.replace(first, names=open_names), second]])
    assert "names F1" not in figures


def test_texts_of_a_treebank(nlp: Language) -> None:
    """In tens a treebank is one run of sentences; as published each text is alone, each paragraph a line."""
    first, second = gold(nlp)
    treebank = [dataclasses.replace(first, opens=NEW_TEXT), dataclasses.replace(second, opens=PARAGRAPH)] * 6
    assert [len(text) for text in in_tens(treebank)] == [10, 2]
    assert [len(text) for text in as_published(treebank)] == [2] * 6
    figures = score(nlp, as_published(treebank))
    assert "sentences F1" not in figures, "all starts are given"
    assert figures["labelled"] == 1.0
    assert "sentences F1" in score(nlp, in_tens(treebank))


def test_gold_spans() -> None:
    """The longest reading; titles are no part; two merged kinds are uncertain."""
    united = (allow("B-ORG", "B-LOC"), allow("I-ORG", "I-LOC"), allow("O"))
    assert spans_of(united) == set()
    title = (allow("O", "B-PER"), allow("B-PER", "I-PER"), allow("I-PER"), allow("O", "I-PER"))
    assert spans_of(title) == {(1, 3, "PER")}
