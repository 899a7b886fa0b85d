"""The samples as reports would have them that want to run in the reader's browser: all their words are attacks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import samples

from conflict_kg import store
from conflict_kg.graph import BASE, ONTOLOGY, quads
from conflict_kg.model import Report
from conflict_kg.reasoning import infer
from conflict_kg.store import texts
from conflict_kg.vocabulary import DCT, NIF, XSD

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)></textarea></title>"
    "<a href=javascript:alert(1)>&lt;b&gt; {{1}} ${alert(1)} \u202eevil\u2066 \u0007"
)
ADDRESS = "javascript:alert(document.domain)//"
_OWN = f"{BASE}graph/{ONTOLOGY}"


def write_hostile_graph(folder: Path) -> Path:
    """A folder with the samples in which all names, titles, addresses and words end in ``ATTACK``."""
    asserted = list(_attacking(quads(samples.readings(), samples.account())))
    words = texts.lines(_report(reading.report) for reading in samples.readings())
    store.write(folder, sorted([*asserted, *infer(asserted)], key=str), {texts.FILE: words.encode()})
    return folder


def _report(report: Report) -> Report:
    """Under the name that the graph has for it, with attacks instead of words within passages and after them."""
    text = report.text
    for quote in ("Northern Front seized Qara Tepe on Tuesday", "retaken the Old Bazaar, a district of Qar"):
        text = text.replace(quote, "<img src=x onerror=alert(1)>😀".ljust(len(quote), "!"))
    assert len(text) == len(report.text)
    return replace(report, id=report.id + ATTACK, text=f"{text}\n\n{ATTACK}\n")


def _attacking(found: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in found:
        object = quad.object
        assert isinstance(quad.graph_name, ox.NamedNode)
        if isinstance(object, ox.Literal) and quad.graph_name.value != _OWN:
            if quad.predicate.value == f"{DCT}source":
                object = ox.Literal(ADDRESS, datatype=object.datatype)
            elif object.datatype.value == f"{XSD}string" and quad.predicate.value != f"{NIF}beginIndex":
                object = ox.Literal(object.value + ATTACK)
        yield ox.Quad(quad.subject, quad.predicate, object, quad.graph_name)
