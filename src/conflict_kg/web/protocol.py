"""SPARQL 1.1 Protocol and Graph Store Protocol: a request comes in, a job or a refusal goes out.

https://www.w3.org/TR/sparql11-protocol/ (section 2.1), https://www.w3.org/TR/sparql11-http-rdf-update/ (section 5.2)
"""

from urllib.parse import parse_qsl

from conflict_kg.questions.sparql import Dataset
from conflict_kg.web.jobs import Ask, Describe, Job, Query, ReadGraph, ReadReport, Reply, refusal

LONGEST = 1_000_000
"""Bytes of a request's body; a longer one is refused."""
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_READ_ONLY = "the graph is read-only: updates are refused"

Pairs = list[tuple[str, str]]


def sparql_get(query_string: bytes, accept: str, endpoint: str) -> Job | Reply:
    """A query in the address; without any the service describes itself."""
    if not query_string:
        return Describe(endpoint, accept)
    pairs = _pairs(query_string)
    return pairs if isinstance(pairs, Reply) else _query(pairs, accept)


def sparql_post(query_string: bytes, body: bytes, content_type: str, accept: str) -> Job | Reply:
    """A query in a form, or as the body with its graphs in the address."""
    media_type, _, options = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type == "application/sparql-update":
        return refusal(403, _READ_ONLY)
    if media_type not in (_FORM, _DIRECT):
        return refusal(415, f"send {_FORM} or {_DIRECT}")
    if "charset" in options.lower() and "utf-8" not in options.lower():
        return refusal(415, "send the query in UTF-8")
    if media_type == _FORM:
        pairs = _pairs(body)
        return pairs if isinstance(pairs, Reply) else _query(pairs, accept)
    pairs = _pairs(query_string)
    if isinstance(pairs, Reply):
        return pairs
    if any(name in ("query", "update") for name, _ in pairs):
        return refusal(400, "the body is the query; the address may name graphs only")
    try:
        return _query([("query", body.decode()), *pairs], accept)
    except UnicodeDecodeError as error:
        return refusal(400, f"the query is not UTF-8 text (byte {error.start})")


def graph_get(query_string: bytes, accept: str) -> Job | Reply:
    """A graph named in the address by ``graph=IRI``, or all as one for ``default``."""
    pairs = _pairs(query_string)
    if isinstance(pairs, Reply):
        return pairs
    if [name for name, _ in pairs] == ["default"]:
        return ReadGraph(None, accept)
    if [name for name, _ in pairs] == ["graph"]:
        return ReadGraph(pairs[0][1], accept)
    return refusal(400, "name one graph: ?graph=IRI, or ?default for all of them as one")


def ask_get(question: str, query_string: bytes, accept: str, without: str | None = None) -> Job | Reply:
    """A stored question with its arguments in the address, asked of the graph without a document where one is named."""
    pairs = _pairs(query_string)
    if isinstance(pairs, Reply):
        return pairs
    arguments = dict(pairs)
    if len(arguments) < len(pairs):
        return refusal(400, "a parameter is given twice")
    return Ask(question, arguments, accept, without)


def report_get(query_string: bytes) -> Job | Reply:
    """A report named in the address by ``document=NAME``."""
    pairs = _pairs(query_string)
    if isinstance(pairs, Reply):
        return pairs
    if [name for name, _ in pairs] != ["document"]:
        return refusal(400, "name one report: ?document=NAME")
    return ReadReport(pairs[0][1])


def _pairs(encoded: bytes) -> Pairs | Reply:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10_000)
    except ValueError:
        return refusal(400, "the parameters are not percent-encoded UTF-8")


def _query(pairs: Pairs, accept: str) -> Job | Reply:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        return refusal(403, _READ_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        return refusal(400, f"{len(queries)} queries; give one")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    return Query(queries[0], accept, Dataset(default, named))
