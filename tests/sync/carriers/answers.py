"""Counties that are one function over HTTP: they answer what a test wants said."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import httpx

from mediator.journal.port import Outgoing
from sync.carriers.http import HttpCarrier
from sync.session.ports import Answer
from sync.wire.bundle import MAGIC
from sync.wire.limits import MAX_INLINE

SMALL = Outgoing("b" * 32, 1, 0, 1, "0" * 64, MAGIC + b"up")
LARGE = Outgoing("b" * 32, 1, 0, 1, "0" * 64, MAGIC + bytes(2 * MAX_INLINE))
DOWN = MAGIC + b"down"
Handler = Callable[[httpx.Request], httpx.Response]


def carrier(handler: Handler) -> HttpCarrier:
    """A carrier whose county is a function."""
    return HttpCarrier(httpx.Client(base_url="http://county.example", transport=httpx.MockTransport(handler)))


def reply(status: int, *, content: bytes = b"", headers: Mapping[str, str | bytes] | None = None) -> httpx.Response:
    """An answer that is still on the line."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))  # type: ignore[arg-type]


def offered(handler: Handler, outgoing: Outgoing = SMALL) -> Answer:
    """The answer to an offer."""
    answer = carrier(handler).offer(outgoing)
    return Answer(tuple(answer.down), answer.code, answer.have)


def problem(status: int, body: object, **headers: str) -> Handler:
    """A county that refuses."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _request: reply(status, content=content, headers=named)
