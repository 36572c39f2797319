"""The local web page: paste, drop or open a page, see what goes and why, switch rules, copy what is left.

The server hands out a few files of its own and answers `POST /api/clean`; everything it is asked passes the checks of `gate` first, every page is
cleaned in a child (`answers.Guard`), and what comes back is JSON. It opens no connection and keeps nothing.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cleaner import __version__
from cleaner.edits import family
from cleaner.options import Options
from cleaner.views.answers import CHOICES, Bad, Guard, request_of
from cleaner.views.document import static
from cleaner.views.folder import Folder, Refused
from cleaner.views.gate import HEADERS, Denied, Gate

__all__ = ["MAX_BODY", "MAX_PAGE", "Settings", "application", "serve_on"]

MAX_PAGE = 16_000_000  # bytes of a page; the largest of 3 billion in a crawl of the web are cut at 1 MB
MAX_BODY = 24_000_000  # bytes of a request: base64 makes 4 of 3, and JSON adds a little
PAGE_TIMEOUT = 10.0  # seconds of processor time for a page: one of 1 MB takes less than one
CONNECTIONS = 64  # at once; a person needs six
FILES = {
    "/": ("index.html", "text/html"),
    "/serve.css": ("serve.css", "text/css"),
    "/view.css": ("view.css", "text/css"),
    "/serve.js": ("serve.js", "text/javascript"),
    "/view.js": ("view.js", "text/javascript"),
    "/openapi.json": ("openapi.json", "application/json"),
}

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


@dataclass(frozen=True)
class Settings:
    """What the server was started with. reasons: each rule's sentence by its name."""

    token: str
    host: str
    port: int
    options: Options = field(default_factory=Options)
    folder: Folder | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    page_timeout: float = PAGE_TIMEOUT
    max_body: int = MAX_BODY
    max_page: int = MAX_PAGE


class Guarded:
    """The application behind its gate: what is refused is answered before anything of it is read."""

    def __init__(self, inner: Starlette, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
        if scope["type"] != "http":
            return
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key = name.decode("latin-1").lower()
            headers[key] = value.decode("latin-1") if key not in headers else headers[key] + ", " + value.decode("latin-1")

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
            await send(message)

        if denied := self._gate.denied(scope["method"], scope["path"], headers):
            await _refusal(denied)(scope, receive, with_headers)
            return
        await self._inner(scope, receive, with_headers)


def _refusal(denied: Denied) -> Response:
    extra = {"connection": "close"} if denied.status in (411, 413) else {}
    return JSONResponse({"error": denied.message}, denied.status, headers=extra)


def application(settings: Settings, guard: Guard) -> Guarded:
    """The ASGI application."""
    gate = Gate(settings.host, settings.port, settings.token, settings.max_body)
    routes = [Route(path, partial(_file, name=name, kind=kind), methods=["GET"]) for path, (name, kind) in FILES.items()]
    routes += [
        Route("/api/about", partial(_about, settings=settings), methods=["GET"]),
        Route("/api/folder", partial(_folder, settings=settings), methods=["GET"]),
        Route("/api/clean", partial(_clean, settings=settings, guard=guard, gate=gate), methods=["POST"]),
    ]
    handlers: Any = {404: _no_such, 405: _no_such, 500: _no_such}
    return Guarded(Starlette(routes=routes, exception_handlers=handlers), gate)


async def _no_such(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    said = {404: "there is nothing here", 405: "this address takes another method"}.get(status, "the server failed")
    return JSONResponse({"error": said}, status)


async def _file(request: Request, *, name: str, kind: str) -> Response:
    return Response(static(name), media_type=kind)


async def _about(request: Request, *, settings: Settings) -> Response:
    rules = [{"name": name, "family": family(name), "why": why} for name, why in settings.reasons.items()]
    chosen = {name: getattr(settings.options, name) for name in CHOICES}
    lists = {"select": list(settings.options.select), "ignore": list(settings.options.ignore)}
    about = {
        "version": __version__,
        "folder": settings.folder.root.name if settings.folder else None,
        "rules": rules,
        "choices": {name: list(values) for name, values in CHOICES.items()},
        "options": {**chosen, **lists},
        "max_page": settings.max_page,
        "page_timeout": settings.page_timeout,
    }
    return JSONResponse(about)


async def _folder(request: Request, *, settings: Settings) -> Response:
    if settings.folder is None:
        return _refusal(Denied(404, "cleaner serve was started without a folder: cleaner serve FOLDER"))
    path = request.query_params.get("path", "")
    try:
        entries, more = await run_in_threadpool(settings.folder.entries, path)
    except Refused as refused:
        return _refusal(Denied(refused.status, str(refused)))
    return JSONResponse({"path": path, "entries": [entry._asdict() for entry in entries], "more": more})


async def _clean(request: Request, *, settings: Settings, guard: Guard, gate: Gate) -> Response:
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > gate.limit:
                return _refusal(gate.too_long())
    except ClientDisconnect:
        return Response(status_code=400)
    try:
        asked = await run_in_threadpool(request_of, bytes(body), settings.options, settings.reasons)
        data = asked.data
        if asked.path:
            if settings.folder is None:
                return _refusal(Denied(404, "cleaner serve was started without a folder: cleaner serve FOLDER"))
            data = await run_in_threadpool(settings.folder.read, asked.path, settings.max_page)
        return Response(await run_in_threadpool(guard.answer, asked, data), media_type="application/json")
    except Bad as bad:
        return _refusal(Denied(400, str(bad)))
    except Refused as refused:
        return _refusal(Denied(refused.status, str(refused)))


def serve_on(bound: socket.socket, settings: Settings, ready: Callable[[], None]) -> None:
    """Serve on a bound socket until interrupted; `ready` is called when the first request can come."""
    import uvicorn

    guard = Guard(
        settings.options,
        page_timeout=settings.page_timeout,
        max_page_bytes=settings.max_page,
        reasons=settings.reasons,
    )
    config = uvicorn.Config(
        application(settings, guard),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    server = uvicorn.Server(config)

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.02)
        if server.started:
            ready()
        await serving

    try:
        asyncio.run(run())
    finally:
        guard.close()


def openapi() -> dict[str, Any]:
    """The description of the API, as the server hands it out."""
    described: dict[str, Any] = json.loads(static("openapi.json"))
    return described
