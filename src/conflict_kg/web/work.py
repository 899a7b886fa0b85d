"""What a process that reads the graph does with a job. It knows nothing of HTTP but statuses and media types."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from conflict_kg import store
from conflict_kg.errors import AmbiguousNameError, InputError, NoGraphError, UnknownNameError
from conflict_kg.evidence.reports import report_page
from conflict_kg.evidence.without import without
from conflict_kg.questions import pick, sparql
from conflict_kg.questions.binding import Question
from conflict_kg.questions.responses import respond
from conflict_kg.web import media, results
from conflict_kg.web.description import description
from conflict_kg.web.jobs import Ask, Describe, Job, Query, ReadGraph, ReadReport, Reply, refusal

_IN_MEMORY = 30_000_000
"""Bytes of N-Quads, about 150,000 triples, up to which each process keeps the whole graph in its memory."""
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Reader:
    """Answers jobs from the graph in a folder, always from the build that counts."""

    def __init__(self, folder: Path, questions: Mapping[str, Question], limit: int) -> None:
        """``limit`` is how many bytes of results a reply may hold."""
        self._folder = folder
        self._questions = questions
        self._limit = limit
        self._opened: tuple[Path, ox.Store] | None = None
        self._reduced: tuple[Path, str, ox.Store] | None = None

    def __call__(self, job: Job) -> Reply:
        """The reply to a job; one that says what is wrong where it cannot be done."""
        try:
            source = self._source()
            match job:
                case Query():
                    return self._query(source, job)
                case Ask():
                    return self._ask(source if job.without is None else self._without(source, job.without), job)
                case ReadGraph():
                    return self._graph(source, job)
                case Describe():
                    return self._described(source, job)
                case ReadReport():
                    return self._report(source, job)
        except NoGraphError as error:
            return refusal(503, str(error))
        except UnknownNameError as error:
            return refusal(404, str(error))
        except AmbiguousNameError as error:
            return refusal(409, str(error))
        except InputError as error:
            return refusal(400, str(error))

    def _source(self) -> ox.Store:
        build = store.current(self._folder)
        if self._opened is None or self._opened[0] != build:
            self._opened = (build, store.open_store(self._folder, in_memory=_IN_MEMORY))
        return self._opened[1]

    def _without(self, source: ox.Store, document: str) -> ox.Store:
        """The graph without a document; that of the last one asked for is kept, since several questions go to it."""
        assert self._opened is not None
        build = self._opened[0]
        if self._reduced is None or self._reduced[:2] != (build, document):
            self._reduced = None  # two of them need not be held at once
            self._reduced = (build, document, without(source, self._folder, build, document))
        return self._reduced[2]

    def _query(self, source: ox.Store, job: Query) -> Reply:
        found = sparql.run(source, job.text, source="query", dataset=job.dataset)
        offered = media.GRAPHS if isinstance(found, ox.QueryTriples) else media.TABLES
        wanted = media.choose(job.accept, offered)
        if wanted is None:
            return _unacceptable(offered)
        try:
            if isinstance(found, ox.QueryTriples):
                written = results.graph(found, media.GRAPHS[wanted], self._limit)
            else:
                written = results.table(found, media.TABLES[wanted], self._limit)
        except (ValueError, RuntimeError, OSError) as error:  # what only shows in running it
            return refusal(400, f"query: cannot be run: {error}")
        kind = "triples" if isinstance(found, ox.QueryTriples) else "rows"
        cut = f"cut after {written.rows} {kind}: the result is larger than {self._limit} bytes"
        return Reply(200, _typed(wanted), written.content, () if written.rows is None else (cut,))

    def _ask(self, source: ox.Store, job: Ask) -> Reply:
        question = pick(self._questions, job.question)
        wanted = media.choose(job.accept, media.ROWS)
        if wanted is None:
            return _unacceptable(media.ROWS)
        response = respond(source, question, job.arguments, media.ROWS[wanted])
        return Reply(200, _typed(wanted), response.text.encode(errors="replace"), response.notices)

    def _graph(self, source: ox.Store, job: ReadGraph) -> Reply:
        wanted = media.choose(job.accept, media.GRAPHS)
        if wanted is None:
            return _unacceptable(media.GRAPHS)
        if job.name is not None and not _has(source, job.name):
            return refusal(404, f"no graph <{job.name}>")
        dataset = None if job.name is None else sparql.Dataset(default=(job.name,))
        triples = sparql.run(source, _ALL, source="graph", dataset=dataset)
        assert isinstance(triples, ox.QueryTriples)
        written = results.graph(triples, media.GRAPHS[wanted], self._limit)
        if written.rows is not None:  # half a graph would be taken for a whole one
            return refusal(403, f"the graph is larger than {self._limit} bytes; use conflict-kg export")
        return Reply(200, _typed(wanted), written.content)

    def _described(self, source: ox.Store, job: Describe) -> Reply:
        wanted = media.choose(job.accept, media.GRAPHS)
        if wanted is None:
            return _unacceptable(media.GRAPHS)
        graphs = sorted(name.value for name in source.named_graphs())
        return Reply(200, _typed(wanted), description(job.endpoint, graphs, media.GRAPHS[wanted]))

    def _report(self, source: ox.Store, job: ReadReport) -> Reply:
        assert self._opened is not None
        page = report_page(source, self._opened[0], job.document)
        return Reply(200, "application/json", json.dumps(asdict(page), ensure_ascii=False).encode())


def _has(source: ox.Store, name: str) -> bool:
    try:
        return source.contains_named_graph(ox.NamedNode(name))
    except ValueError as error:
        raise InputError(f"graph: {name!r} is not an absolute IRI ({error})") from None


def _unacceptable(offered: Mapping[str, object]) -> Reply:
    return refusal(406, f"there are {', '.join(reversed(list(offered)))}")


def _typed(media_type: str) -> str:
    """Text says that it is UTF-8; the other types have their own rules for it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
