"""nquads.py: what is told of a line without parsing it is what a parser finds in it."""

import string

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.nquads import by_subject, leads_to, subject, terms

_NAMED = st.text(string.ascii_letters + string.digits + "/-éب", min_size=1).map(
    lambda end: ox.NamedNode(f"urn:x:{end}")
)
_BLANK = st.just(ox.BlankNode("b1"))
_TEXT = st.text(st.characters(codec="utf-8"))
_LITERAL = _TEXT.map(ox.Literal) | st.builds(lambda text: ox.Literal(text, language="en"), _TEXT)
_QUAD = st.builds(ox.Quad, _NAMED | _BLANK, _NAMED, _NAMED | _BLANK | _LITERAL, _NAMED)


@given(st.lists(_QUAD))
def test_nquads_terms_are_those_of_a_parser(quads: list[ox.Quad]) -> None:
    """Whatever a literal holds: spaces, breaks of lines, brackets."""
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)

    assert [subject(line).decode() for line in lines] == [str(quad.subject) for quad in quads]
    assert [terms(line)[1].decode() for line in lines] == [str(quad.predicate) for quad in quads]
    assert [leads_to(line) for line in lines] == [
        str(quad.object).encode() if isinstance(quad.object, ox.NamedNode) else None for quad in quads
    ]


def test_nquads_stand_together_by_subject() -> None:
    """Those that follow one another; the same subject comes again where others lie between."""
    lines = [b"<a> <p> <b> <g> .\n", b"<a> <q> <c> <g> .\n", b'<b> <p> "a b" <g> .\n', b"<a> <p> <d> <h> .\n"]

    assert list(by_subject(lines)) == [(b"<a>", lines[:2]), (b"<b>", lines[2:3]), (b"<a>", lines[3:])]
