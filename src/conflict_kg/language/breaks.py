"""Small spaCy components that make a pipeline of someone else's keep to the conventions of the shipped one."""

from spacy.language import Language
from spacy.tokens import Doc, Span

_NAMES = {
    "PERSON": "PER",
    "GPE": "LOC",
    "MISC": "OTH",
}
"""Entity labels of OntoNotes and CoNLL, and what they are called here; others stay as they are."""


@Language.component("conflict_kg_breaks", assigns=["token.is_sent_start"])
def set_breaks(doc: Doc) -> Doc:
    """Begin a sentence after each white space that holds a line break; a parser that comes later keeps to it."""
    broken = False
    for token in doc:
        if token.is_space:
            broken = broken or "\n" in token.text
        else:
            if broken and token.i:
                token.is_sent_start = True
            broken = False
    return doc


@Language.component("conflict_kg_names", requires=["doc.ents"], assigns=["doc.ents"])
def rename_names(doc: Doc) -> Doc:
    """Call persons PER, states and cities LOC, and what is only called a name OTH."""
    doc.ents = [Span(doc, ent.start, ent.end, label=_NAMES.get(ent.label_, ent.label_)) for ent in doc.ents]
    return doc
