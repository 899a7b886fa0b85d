"""The web application: which address is answered by what, and the headers that every answer carries."""

import json
from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conflict_kg.questions.binding import Question
from conflict_kg.web import protocol
from conflict_kg.web.jobs import Job, Reply, refusal
from conflict_kg.web.openapi import document
from conflict_kg.web.pool import Pool

HOSTS = ("localhost", "127.0.0.1")
"""Names under which the server may be asked; a page of another name that leads here is refused."""
_LOOPBACK = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_READ = ["GET", "HEAD"]
_STATIC = Path(__file__).parent / "static"
"""The page: what a browser gets."""


def application(pool: Pool, questions: Mapping[str, Question], origins: tuple[str, ...]) -> Starlette:
    """The application. Pages from ``origins`` may read it in a browser, besides those from this machine."""

    async def sparql(request: Request) -> Response:
        accept, query_string = _accept(request), request.scope["query_string"]
        if request.method == "POST":
            body = await _body(request)
            if isinstance(body, Reply):
                return _response(body)
            content_type = request.headers.get("content-type", "")
            return await done(protocol.sparql_post(query_string, body, content_type, accept))
        return await done(protocol.sparql_get(query_string, accept, _address(request) + "/sparql"))

    async def store(request: Request) -> Response:
        return await done(protocol.graph_get(request.scope["query_string"], _accept(request)))

    async def ask(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in questions:
            return _response(refusal(404, f"no question {name!r}; there are {', '.join(questions)}"))
        document = request.path_params.get("document")
        return await done(protocol.ask_get(name, request.scope["query_string"], _accept(request), document))

    async def report(request: Request) -> Response:
        return await done(protocol.report_get(request.scope["query_string"]))

    async def done(job: Job | Reply) -> Response:
        return _response(job if isinstance(job, Reply) else await pool.run(job))

    async def openapi(_: Request) -> Response:
        return JSONResponse(document(questions.values()))

    async def home(_: Request) -> Response:
        return FileResponse(_STATIC / "index.html")

    return Starlette(
        routes=[
            Route("/", home, methods=_READ),
            Route("/sparql", sparql, methods=[*_READ, "POST"]),
            Route("/store", store, methods=_READ),
            Route("/ask/{name}", ask, methods=_READ),
            Route("/without/{document}/ask/{name}", ask, methods=_READ),
            Route("/report", report, methods=_READ),
            Route("/openapi.json", openapi, methods=_READ),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(_Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(
                CORSMiddleware,
                allow_origins=origins,
                allow_origin_regex=_LOOPBACK,
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type"],
                expose_headers=["Notices"],
            ),
        ],
        exception_handlers={HTTPException: _refused},
    )


class _Headers:
    """Adds what every answer carries, refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in _HEADERS.items()),
                ]
            await send(message)

        await self._app(scope, receive, send_more)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _response(refusal(error.status_code, error.detail.lower()))
    response.headers.update(error.headers or {})
    return response


async def _body(request: Request) -> bytes | Reply:
    """The request's body, as far as it is not too long."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > protocol.LONGEST:
                return refusal(413, f"the query is longer than {protocol.LONGEST} bytes")
    except ClientDisconnect:
        return refusal(400, "the request ended early")
    return bytes(body)


def _address(request: Request) -> str:
    """Where the server listens, whatever the client calls it."""
    host, port = request.scope["server"]
    return f"http://{host}:{port}"


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _response(reply: Reply) -> Response:
    # JSON keeps a line break or a letter of another script out of the header.
    headers = {"Vary": "Accept"} | ({"Notices": json.dumps(reply.notices)} if reply.notices else {})
    if reply.status == 503:
        headers["Retry-After"] = "5"
    return Response(reply.content, reply.status, headers, reply.media_type)
