"""A center's application behind a real server on loopback, in a thread that ends with the test."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send


class SeenFrom:
    """Another address of the asker, and a cookie if one is given."""

    def __init__(self, inner: ASGIApp, *, host: str = "127.0.0.1", cookie: str = "") -> None:
        self.inner, self.host, self.cookie = inner, host, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            extra = [(b"cookie", self.cookie.encode())] if self.cookie else []
            scope = {**scope, "client": (self.host, 5), "headers": [*scope["headers"], *extra]}
        await self.inner(scope, receive, send)


@contextmanager
def served(application: ASGIApp) -> Iterator[str]:
    """The address of a running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=port,
        log_config=None,
        lifespan="off",
        server_header=False,
        date_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def client_of(application: ASGIApp) -> Iterator[httpx.Client]:
    """A browser or a laptop at a running server."""
    with served(application) as address, httpx.Client(base_url=address, follow_redirects=False) as made:
        yield made
