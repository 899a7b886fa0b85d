import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from conflict_kg.language import load
from conflict_kg.language.parser import COMPONENT, FILES, SHIPPED

REPORT = (
    "Rebels Capture Air Base as Army Withdraws\n\n"
    "KARSAB (Wire) – Rebel fighters captured the Tel Amin air base on Sunday, two officers said, after government "
    "troops pulled out. “We left at dawn,” said Lt. Col. Samir Haddad, who commanded the garrison. The U.S. State "
    "Department could not confirm the report… At least 40 soldiers were killed (among them a general. He was 52), "
    "a monitor said.\n\n"
    "STATE TV DENIES FALL OF BASE"
)

OTHER = (
    "The militants overran a checkpoint near the river. Its guards fled to the city, which is still held by the army."
)


def _parse(doc: Doc) -> list[tuple[str, ...]]:
    """All that the pipeline says of each token."""
    return [
        (t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.head.i), str(t.is_sent_start), t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def _sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


def _is_sound(doc: Doc) -> bool:
    """Whether each sentence is one tree, whose root is a word where there is one, and no name crosses sentences."""
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        if len(roots) != 1 or roots[0].dep_ != "ROOT" or [t for t in sentence if t.dep_ == "ROOT"] != roots:
            return False
        if any(not sentence.start <= token.head.i < sentence.end for token in sentence):
            return False
        if roots[0].is_space and not all(token.is_space for token in doc):
            return False
        if set(roots[0].subtree) != set(sentence):
            return False
    starts = {sentence.start for sentence in doc.sents}
    return not any(token.i in starts and token.ent_iob_ == "I" for token in doc)


def test_parser_roles_of_active_and_passive(nlp: Language) -> None:
    """Who did what to whom comes out in UD labels, subtypes kept."""
    active = {token.text: token for token in nlp("Government forces recaptured Karsab from the militants on Sunday.")}
    assert (active["forces"].dep_, active["Karsab"].dep_, active["militants"].dep_) == ("nsubj", "obj", "obl")
    assert (active["recaptured"].dep_, active["recaptured"].pos_, active["recaptured"].tag_) == ("ROOT", "VERB", "VBD")
    passive = {token.text: token for token in nlp("Karsab was recaptured by troops who had fled.")}
    assert (passive["Karsab"].dep_, passive["was"].dep_) == ("nsubj:pass", "aux:pass")
    assert (passive["troops"].dep_, passive["fled"].dep_) == ("obl:agent", "acl:relcl")


def test_parser_names(nlp: Language) -> None:
    """Persons, organisations and places are told apart, also over doubled spaces."""
    doc = nlp("Mr. Karim  Haddad of Amnesty International spoke to reporters in Baghdad.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Karim  Haddad", "PER"),
        ("Amnesty International", "ORG"),
        ("Baghdad", "LOC"),
    ]


def test_parser_sentences(nlp: Language) -> None:
    """Line breaks end sentences; brackets, titles and country abbreviations do not."""
    assert [sentence.split()[0] for sentence in _sentences(nlp(REPORT))] == [
        "Rebels",
        "KARSAB",
        "“We",
        "The",
        "At",
        "STATE",
    ]


@pytest.mark.parametrize("headline", ["Rebels Capture Key Town From Army", "REBELS CAPTURE KEY TOWN FROM ARMY"])
def test_parser_headlines(nlp: Language, headline: str) -> None:
    """Capitals do not turn a headline into a name."""
    doc = nlp(headline)
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "amod", "obj", "case", "obl"]


def test_parser_line_break_after_any_word(nlp: Language) -> None:
    """Every line break starts a sentence, wherever it stands."""
    words = OTHER.split(" ")
    for at in range(1, len(words)):
        doc = nlp(" ".join(words[:at]) + "\n" + " ".join(words[at:]))
        broken = next(token for token in doc if token.text == "\n")
        assert doc[broken.i + 1].is_sent_start
        assert broken.head.i == broken.i - 1
        assert _is_sound(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        " \n \t ",
        "\nArmy retreats",
        "  Army retreats  \n",
        "\U0001fae8 \U0001f1ee\U0001f1f6 troops \U0001f680 advance",
        "x" * 5000,
        "a" + "-b" * 400,
        "rebels said they took the town the army said it did not fall " * 30,
        "( " * 200,
        "‘We’ “hold” – it… ’s all — fine ‹›«» §",
        "Lt. Col. Gen. Maj.",
        "\u200b \ufeff \u00a0 \u2028 \x00",
        "الجيش ينسحب 軍隊撤退",
    ],
)
def test_parser_odd_texts(nlp: Language, text: str) -> None:
    """Odd texts are parsed like others: one tree a sentence, white space no root beside words."""
    doc = nlp(text)
    assert doc.text == text
    assert _is_sound(doc)
    assert all(token.pos_ and token.tag_ and token.dep_ for token in doc)
    assert all((token.pos_ == "SPACE") == token.is_space for token in doc)


@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet=st.sampled_from('aZ9 .\n\t()"\u2019\u2026-,'), max_size=60))
def test_parser_any_text(nlp: Language, text: str) -> None:
    """Any text gives one tree a sentence."""
    assert _is_sound(nlp(text))


def test_parser_long_document(nlp: Language) -> None:
    """A document of ten thousand words, without any punctuation, is parsed whole."""
    doc = Doc(nlp.vocab, words=["rebels", "took", "the", "town", "army", "fled", "north", "and"] * 1250)
    parsed = nlp.get_pipe("conflict_kg_parser")(doc)
    assert len(parsed) == 10_000
    assert _is_sound(parsed)
    assert all(len(list(sentence)) <= 126 for sentence in parsed.sents)


@pytest.mark.parametrize("unit", ["(", "9", "\u2019", "a-", '"', "https://a.b/", "(A"])
def test_parser_endless_word(nlp: Language, unit: str) -> None:
    """What goes on without a blank is one word; taken apart mark by mark, it would take minutes."""
    text = f"The army left {unit * 20_000} on Sunday."
    doc = nlp(text)
    assert doc.text == text
    assert [token.text for token in doc] == ["The", "army", "left", unit * 20_000, "on", "Sunday", "."]


@pytest.mark.parametrize("unit", ["Ahmed said Omar said ", "the army took Mosul, ", '"He said ', "( x "])
def test_parser_endless_sentence(nlp: Language, unit: str) -> None:
    """No sentence has more words than fit into one window, so that what is done within each has a bound."""
    assert max(len(sentence) for sentence in nlp(unit * 150).sents) <= 126


def test_parser_same_document_same_parse(nlp: Language) -> None:
    """What a document gets does not depend on the documents around it, their order, the batch or the process."""
    texts = [REPORT, OTHER, "", "Short.", OTHER * 5]
    alone = [_parse(nlp(text)) for text in texts]
    assert [_parse(doc) for doc in nlp.pipe(texts, batch_size=5)] == alone
    assert [_parse(doc) for doc in nlp.pipe(texts[::-1], batch_size=2)] == alone[::-1]
    assert [_parse(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == alone


def test_parser_same_parse_in_another_process(nlp: Language) -> None:
    """Another process with another hash seed says the same."""
    program = (
        "import sys; from conflict_kg.language import load; "
        "print([(t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in load()(sys.argv[1])])"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    other = subprocess.run(
        [sys.executable, "-c", program, REPORT],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert other.stdout.strip() == str([(t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in nlp(REPORT)])


def test_parser_disk_round_trip(nlp: Language, tmp_path: Path) -> None:
    """A pipeline written to a folder is read back by spaCy and parses the same."""
    nlp.to_disk(tmp_path / "saved")
    assert _parse(spacy.load(tmp_path / "saved")(REPORT)) == _parse(nlp(REPORT))


def test_parser_shipped_folder_is_a_pipeline(nlp: Language) -> None:
    """SpaCy loads it without being told of conflict_kg first, and it parses as the package's own pipeline does."""
    program = (
        "import sys, spacy; "
        "print([(t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in spacy.load(sys.argv[1])(sys.argv[2])])"
    )
    command = [sys.executable, "-c", program, str(SHIPPED), REPORT]
    other = subprocess.run(command, capture_output=True, check=True, text=True)
    assert other.stdout.strip() == str([(t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in nlp(REPORT)])


def test_parser_threads_do_not_matter(nlp: Language) -> None:
    """Two threads give the same parse as one."""
    assert _parse(load(threads=2)(REPORT)) == _parse(nlp(REPORT))


def test_parser_morphology(nlp: Language) -> None:
    """Features are those of Universal Dependencies; white space has none."""
    doc = nlp("They  were killed.")
    assert [str(token.morph) for token in doc if token.is_space] == [""]
    assert doc[0].morph.to_dict()["Number"] == "Plur"
    assert doc[2].morph.to_dict()["Tense"] == "Past"
    assert doc[3].morph.to_dict()["Voice"] == "Pass"


def test_parser_labels(nlp: Language) -> None:
    """The component names its relations as they stand in ``dep``."""
    labels = nlp.pipe_labels["conflict_kg_parser"]
    assert {"nsubj", "nsubj:pass", "ROOT"} <= set(labels)
    assert "root" not in labels


def test_parser_weights_are_those_released() -> None:
    """Every file of the weights has the SHA-256 that is written down beside it."""
    folder = SHIPPED / COMPONENT
    lines = (folder / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    released = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert {*released, "CHECKSUMS"} == set(FILES) == {path.name for path in folder.iterdir()}
    for name, digest in released.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
