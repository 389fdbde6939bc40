"""What laptops ask over HTTPS: card, joining, exchange, uploads in pieces (sync-design 5)."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mediator.errors import MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import snapshots, uploads
from sync.center.absorb import anybody
from sync.center.answering import Answered, exchange
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.enrollment import Joined, Outcome, join
from sync.center.folding import Folding
from sync.center.leases import leased
from sync.center.limiting import Gate, Limiter
from sync.center.problems import problem
from sync.center.revocation import revocation_list
from sync.center.uploads import Place
from sync.center.voices import as_known
from sync.session.joining import card_body, read_request
from sync.wire.limits import MAX_INLINE, MAX_PATCH

MEDIA: Final = "application/vnd.mediator.bundle"
MAX_REQUEST: Final = 64 << 10
MAX_DOWN: Final = 1 << 20
RANGE: Final = re.compile(r"bytes=([0-9]{1,12})-")
SLOWEST: Final = 60.0
FAULTS: Final = {"burst": 30, "per_minute": 30}
JOINING: Final = {"burst": 20, "per_minute": 10}
ASKING: Final = {"burst": 120, "per_minute": 120}
FLOW: Final = {"burst": 64 << 20, "per_minute": 60 * (16 << 20)}
SMALLEST_PIECE: Final = 64 << 10
ABSORBS_PER_CORE: Final = 2
LARGE_AT_ONCE: Final = 1  # one such bundle costs up to 150 MiB while it is opened (G10)
QUEUE: Final = 200
Handler = Callable[[Request], Awaitable[Response]]


async def body_of(request: Request, limit: int) -> bytes:
    """The body, never more than `limit` of it; raises Unacceptable `request.size`, WorldFailed `request.slow`."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(SLOWEST):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise Unacceptable("request.size")
                parts.append(part)
    except (TimeoutError, ClientDisconnect):
        raise WorldFailed("request.slow") from None
    return b"".join(parts)


def address_of(request: Request) -> str:
    """Who asks, for counting."""
    return request.client.host if request.client else ""


def number_in(request: Request, name: str) -> int:
    """A whole number in a header; raises Unacceptable `request.header`."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Unacceptable("request.header", where=name)
    return int(text)


@dataclass(frozen=True, slots=True)
class Api:
    """The laptops' door."""

    center: Center
    asking: Limiter
    flow: Limiter
    joining: Limiter
    faults: Limiter
    gate: Gate
    large: Gate
    folding: Folding

    def routes(self) -> list[Route]:
        """Every path of the protocol."""
        return [
            Route("/sync/v1/center", self.guarded(self.card), methods=["GET"]),
            Route("/sync/v1/crl", self.guarded(self.revoked), methods=["GET"]),
            Route("/sync/v1/enroll", self.guarded(self.enroll), methods=["POST"]),
            Route("/sync/v1/exchange", self.guarded(self.exchange), methods=["POST"]),
            Route("/sync/v1/up/{ticket}/receipt", self.guarded(self.receipt), methods=["GET"]),
            Route("/sync/v1/down/{ticket}", self.guarded(self.down), methods=["GET"]),
            Route("/sync/v1/up/{ticket}", self.guarded(self.upload), methods=["HEAD", "POST", "PATCH", "DELETE"]),
        ]

    def guarded(self, handler: Handler) -> Handler:
        """A handler whose errors become problems, and whose faults are counted against the address."""

        async def guarded(request: Request) -> Response:
            address = address_of(request)
            try:
                self.charge(request, address)
                return await handler(request)
            except MediatorError as error:
                if isinstance(error, Unacceptable):
                    self.faults.spend(address)
                return problem(error)

        return guarded

    def charge(self, request: Request, address: str) -> None:
        """Count a request; pieces count by their bytes, for a large bundle is many of them."""
        if request.method == "PATCH":
            self.flow.take(address, max(min(number_in(request, "content-length"), MAX_PATCH), SMALLEST_PIECE))
        else:
            self.asking.take(address)
        self.faults.check(address)

    async def card(self, _request: Request) -> Response:
        """The center's signed card."""
        body = card_body(self.center.card, self.center.sealer, chain=self.center.chain)
        return Response(body, media_type="application/json")

    async def revoked(self, request: Request) -> Response:
        """The signed list of revoked desks, by its number; who has it already is told so."""
        no, body = await run_in_threadpool(revocation_list, self.center)
        tag = {"ETag": f'"{no}"'}
        if request.headers.get("if-none-match") == tag["ETag"]:
            return Response(status_code=304, headers=tag)
        return Response(body, media_type="application/json", headers=tag)

    async def enroll(self, request: Request) -> Response:
        """Answer a request to join, or say that a person must look first."""
        self.joining.take(address_of(request))
        data = await body_of(request, MAX_REQUEST)
        joined = await run_in_threadpool(self._join, data)
        if joined.outcome is Outcome.WAITING:
            return JSONResponse({"code": str(joined.outcome), "digits": joined.digits}, 202)
        return Response(joined.answer, media_type=MEDIA)

    def _join(self, data: bytes) -> Joined:
        center = as_known(self.center, data)
        return join(center, read_request(data, center=center.card.center, sealer=center.voice))

    async def exchange(self, request: Request) -> Response:
        """A small bundle at once: its answer is receipt and feeds; cases are folded once the answer is out."""
        data = await body_of(request, MAX_INLINE)
        async with self.gate.passed():
            answered = await run_in_threadpool(self._answered, data)
        return Response(answered.down, media_type=MEDIA, background=BackgroundTask(self.folding))

    async def upload(self, request: Request) -> Response:
        """One step of a large bundle."""
        steps = {"HEAD": self._place, "POST": self._open, "PATCH": self._piece, "DELETE": self._drop}
        return await steps[request.method](request, request.path_params["ticket"])

    async def _place(self, _request: Request, ticket: str) -> Response:
        return placed(await run_in_threadpool(uploads.place_of, self.center, ticket), 200)

    async def _open(self, request: Request, ticket: str) -> Response:
        length = number_in(request, "upload-length")
        start = await body_of(request, MAX_REQUEST)
        place = await run_in_threadpool(uploads.open_upload, self.center, ticket, length=length, start=start)
        return placed(place, 201)

    async def _piece(self, request: Request, ticket: str) -> Response:
        offset = number_in(request, "upload-offset")
        piece = await body_of(request, MAX_PATCH)
        return placed(await run_in_threadpool(uploads.add_piece, self.center, ticket, offset, piece), 204)

    async def _drop(self, _request: Request, ticket: str) -> Response:
        await run_in_threadpool(uploads.forget, self.center, ticket)
        return Response(status_code=204)

    async def receipt(self, request: Request) -> Response:
        """Take the whole bundle in and answer it; asked again, it gives the same receipt."""
        async with self.large.passed(), self.gate.passed():
            data = await run_in_threadpool(self._taken, request.path_params["ticket"])
        return Response(data, media_type=MEDIA, background=BackgroundTask(self.folding))

    async def down(self, request: Request) -> Response:
        """A bundle that waits, from the byte on that the laptop lacks; it is frozen, so that it can be gone on with."""
        ticket = request.path_params["ticket"]
        async with self.gate.passed():
            length = await run_in_threadpool(snapshots.length_of, self.center, ticket)
        start = start_of(request, length)
        end = min(start + MAX_DOWN, length)
        data = await run_in_threadpool(snapshots.read_piece, self.center, ticket, start, end)
        self.flow.take(address_of(request), max(len(data), SMALLEST_PIECE))
        headers = {
            "Content-Range": f"bytes {start}-{end - 1}/{length}",
            "ETag": f'"{ticket}"',
            "Cache-Control": "no-store",
        }
        return Response(data, 206, headers, media_type=MEDIA)

    def _answered(self, data: bytes) -> Answered:
        with self.folding.turn:
            return answer(self.center, data)

    def _taken(self, ticket: str) -> bytes:
        data = uploads.whole(self.center, ticket)
        try:
            with leased(self.center, ticket) as mine, self.folding.turn:
                down = answer(self.center, data, first=mine).down
        except MediatorError as error:
            if uploads.is_final(error) or isinstance(error, RefusedByRule):
                uploads.forget(self.center, ticket)
            raise
        return down


def start_of(request: Request, length: int) -> int:
    """The first byte asked for, 0 without a range; raises Unacceptable `request.header`."""
    asked = RANGE.fullmatch(request.headers.get("range", "bytes=0-"))
    if asked is None or int(asked[1]) >= length:
        raise Unacceptable("request.header", where="Range")
    return int(asked[1])


def answer(center: Center, data: bytes, *, first: Callable[[Scope], None] = anybody) -> Answered:
    """An exchange by network: what is large waits under tickets."""
    return exchange(center, data, beside=snapshots.by_ticket, first=first)


def placed(place: Place, status: int) -> Response:
    """Where the center is."""
    headers = {"Upload-Offset": str(place.held), "Upload-Length": str(place.length)}
    return Response(status_code=status, headers=headers)


def api_of(center: Center) -> Api:
    """The door with its limits (sync-design 5)."""
    asking, flow, joining, faults = (Limiter(**each, now=center.now) for each in (ASKING, FLOW, JOINING, FAULTS))
    gate = Gate(at_once=ABSORBS_PER_CORE * (os.cpu_count() or 1), queue=QUEUE)
    return Api(center, asking, flow, joining, faults, gate, Gate(at_once=LARGE_AT_ONCE, queue=QUEUE), Folding(center))
