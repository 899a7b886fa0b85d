"""Stores of other programs, behind an address: SPARQL 1.1 Protocol for asking, and how every request is made.

Who one is comes from the environment, so that no password stands in a list of processes or a shell's history.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import IO, Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from conflict_kg import __version__
from conflict_kg.errors import InputError
from conflict_kg.store.querytext import builds_triples
from conflict_kg.store.source import GraphName, Results, Subject, Term
from conflict_kg.vocabulary import CKG, OWL

USER, PASSWORD, TOKEN = "CONFLICT_KG_STORE_USER", "CONFLICT_KG_STORE_PASSWORD", "CONFLICT_KG_STORE_TOKEN"
_CONNECT_SECONDS = 10
_READ_SECONDS = 300
"""Without a byte of an answer."""
_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_UNSENT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What names and passwords may not hold (RFC 7617, section 2); Python reads bytes that are no UTF-8 as the last."""
_OURS = f"<{CKG}Claim> a <{OWL}Class>"
"""A triple of the ontology, which every build has in a graph of its own."""


class Connection:
    """Requests to one server, with the name and password, or the token, of the environment."""

    def __init__(self, url: str, *, time_limit: float | None = None) -> None:
        """Raises ``InputError`` for an address that cannot be used or that a password would go to unprotected.

        And for a name, password or token that no request can carry.
        """
        self.url = _checked(url)
        self._timeout = (_CONNECT_SECONDS, time_limit or _READ_SECONDS)
        self._session = requests.Session()
        self._session.auth = _credentials(self.url)
        self._session.headers["User-Agent"] = f"conflict-kg/{__version__}"

    @contextmanager
    def request(
        self,
        method: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        data: bytes | IO[bytes] | list[tuple[str, str]] | None = None,
        absent: int | None = None,
    ) -> Iterator[requests.Response]:
        """The answer, of which the body has still to be read. ``absent`` is a status that is no fault.

        Raises ``InputError`` where the server cannot be reached, breaks off, or answers that something is wrong.
        """
        try:
            response = self._session.request(
                method,
                self.url,
                params=params,
                data=data,
                headers=headers,
                timeout=self._timeout,
                stream=True,
                allow_redirects=method == "GET",
            )
            with response:
                if not response.ok and response.status_code != absent:
                    raise InputError(f"{self.url}: {_fault(response)}")
                if response.is_redirect:
                    raise InputError(f"{self.url}: leads elsewhere: {response.headers['Location']}; give that address")
                yield response
        except (requests.RequestException, OSError) as error:
            raise InputError(f"{self.url}: {_reason(error)}") from None


class RemoteStore:
    """A store that is asked over SPARQL 1.1 Protocol; it answers as ``source.Source`` says."""

    def __init__(self, url: str, *, time_limit: float | None = None) -> None:
        """``url`` is where it takes queries; ``time_limit`` in seconds. Raises ``InputError`` for a bad address."""
        self._connection = Connection(url, time_limit=time_limit)

    def query(
        self,
        query: str,
        *,
        use_default_graph_as_union: bool = False,
        default_graph: list[GraphName] | None = None,
        named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> Results:
        default = self._apart if use_default_graph_as_union else default_graph or ()
        named = self._apart if use_default_graph_as_union else named_graphs or ()
        form = [("query", query)]
        form += [("default-graph-uri", graph.value) for graph in default if isinstance(graph, ox.NamedNode)]
        form += [("named-graph-uri", graph.value) for graph in named]
        accept = _TRIPLES if builds_triples(query) else _RESULTS  # of both, Virtuoso chooses the wrong one
        with self._connection.request("POST", headers={"Accept": accept}, data=form) as response:
            if lacking := _lacking(response):
                raise InputError(f"{self._connection.url}: {lacking}")
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            content = response.content
        return _parsed(content, media_type, self._connection.url)

    def quads_for_pattern(
        self, subject: Subject | None, predicate: ox.NamedNode | None, object: Term | None
    ) -> Iterable[ox.Quad]:
        parts = zip("spo", (subject, predicate, object), strict=True)
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in parts)
        found = self.query(f"CONSTRUCT WHERE {{ {pattern} }}", use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        return (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found)

    def named_graphs(self) -> Iterable[ox.NamedNode | ox.BlankNode]:
        found = self.query("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        assert isinstance(found, ox.QuerySolutions)
        return [graph for row in found if isinstance(graph := row["graph"], ox.NamedNode | ox.BlankNode)]

    @cached_property
    def _apart(self) -> tuple[ox.NamedNode, ...]:
        """The graphs that have to be named for all to count as one; none where the store does so by itself."""
        if self.query(f"ASK {{ {_OURS} }}") or not self.query(f"ASK {{ GRAPH ?graph {{ {_OURS} }} }}"):
            return ()
        return tuple(graph for graph in self.named_graphs() if isinstance(graph, ox.NamedNode))


# ---------------------------------------------------------------- requests


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise InputError(f"{url}: not an address that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        host = parts.netloc.rpartition("@")[2]
        raise InputError(f"{host}: no name or password in an address; set {USER} and {PASSWORD}, or {TOKEN}")
    return url


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Password(HTTPDigestAuth):
    """Basic; digest where the server refuses that and asks for digest. Virtuoso asks only those who say nothing."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__(user, password)
        self._user = user
        self._basic = HTTPBasicAuth(user.encode(), password.encode())

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        super().__call__(request)  # type: ignore[no-untyped-call]  # so in the stubs
        return request if "Authorization" in request.headers else self._basic(request)

    def build_digest_header(self, method: str, url: str) -> str | None:
        try:
            self._user.encode("latin-1")  # as headers are sent
        except UnicodeEncodeError:
            raise InputError(f"{USER}: holds a letter that cannot be sent to a store that asks for digest") from None
        return super().build_digest_header(method, url)  # type: ignore[no-any-return, no-untyped-call]

    def handle_401(self, r: requests.Response, **kwargs: Any) -> requests.Response:
        if r.status_code == 401 and r.request.headers["Authorization"].startswith("Basic"):
            asked = r.request.copy()
            del asked.headers["Authorization"]
            if asked.body is not None and not isinstance(asked.body, bytes | str):
                asked.body.seek(0)
            r.content  # noqa: B018  # reading it keeps the connection
            r = r.connection.send(asked, **kwargs)
        return super().handle_401(r, **kwargs)  # type: ignore[no-any-return, no-untyped-call]


class _Nobody(AuthBase):
    """Keeps requests from looking into a .netrc file that was meant for other programs."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _credentials(url: str) -> AuthBase:
    token, user, password = (os.environ.get(name) for name in (TOKEN, USER, PASSWORD))
    if not token and not user:
        return _Nobody()
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise InputError(f"{url}: a password goes over https:// only")
    if token:
        if not re.fullmatch("[!-~]+", token):
            raise InputError(f"{TOKEN}: holds a character that no token can have, such as a line break")
        return _Bearer(token)
    for name, words in ((USER, user), (PASSWORD, password)):
        if words and _UNSENT.search(words):
            raise InputError(f"{name}: holds a control character or bytes that are not UTF-8")
    return _Password(user or "", password or "")


def _fault(response: requests.Response) -> str:
    """The status and the first words of the body."""
    body = response.raw.read(400, decode_content=True).decode(errors="replace")
    said = " ".join(body.split()) if "html" not in response.headers.get("Content-Type", "") else ""
    return f"{response.status_code} {response.reason}{f': {said}' if said else ''}"


def _lacking(response: requests.Response) -> str | None:
    """Why an answer that looks whole is not, as Virtuoso says beside it: rows left out for time or for their number."""
    if "X-SQL-State" in response.headers:
        return f"answers in part only: {' '.join(response.headers.get('X-SQL-Message', '').split())[:200]}"
    if most := response.headers.get("X-SPARQL-MaxRows"):
        return f"answers with no more than {most[:20]} rows, and there may be more: raise its ResultSetMaxRows"
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted"
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "cannot be reached, or broke off"
    return " ".join(str(error).split())


def _parsed(content: bytes, media_type: str, url: str) -> Results:
    try:
        if media_type in ("application/sparql-results+json", "application/json"):
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        store = ox.Store()
        store.load(content, format=ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.N_TRIPLES)
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{url}: not an answer to SPARQL: {' '.join(str(error).split())}") from None
