import spacy
from spacy.tokens import Doc, Span

from conflict_kg.language.breaks import rename_names, set_breaks

VOCAB = spacy.blank("en").vocab


def test_breaks_after_line_breaks() -> None:
    """The word after white space with a line break starts a sentence; other words are left open."""
    doc = set_breaks(Doc(VOCAB, words=["\n", "Army", "retreats", "\n\n", " ", "Rebels", "  ", "advance", "\n"]))
    assert [token.text for token in doc if token.i and token.is_sent_start] == ["Army", "Rebels"]
    assert doc[2].is_sent_start is None


def test_breaks_in_a_text_without_any() -> None:
    """Without a line break nothing is decided."""
    doc = set_breaks(Doc(VOCAB, words=["Army", "retreats"]))
    assert doc[1].is_sent_start is None
    assert len(set_breaks(Doc(VOCAB))) == 0


def test_breaks_names_are_renamed() -> None:
    """Persons and places get the labels used here; labels that are the same stay."""
    doc = Doc(VOCAB, words=["Karim", "saw", "Iraqi", "troops", "at", "Baiji", "on", "Sunday"])
    doc.ents = [Span(doc, 0, 1, "PERSON"), Span(doc, 2, 3, "NORP"), Span(doc, 5, 6, "GPE"), Span(doc, 7, 8, "DATE")]
    assert [ent.label_ for ent in rename_names(doc).ents] == ["PER", "NORP", "LOC", "DATE"]
