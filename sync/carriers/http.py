"""The network road: HTTPS requests whose bodies are bundles (sync-design 5)."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

import httpx

from mediator.errors import MediatorError, Unacceptable, WorldFailed
from mediator.journal.port import Outgoing
from sync.carriers.pinning import pinned, unproven
from sync.session.ports import Answer
from sync.wire.bundle import MAGIC, PREFIX
from sync.wire.cards import CenterCard
from sync.wire.limits import MAX_BUNDLE, MAX_INLINE, MAX_PATCH, MAX_PROBLEM
from sync.wire.members import is_count

MEDIA: Final = "application/vnd.mediator.bundle"
RETRIES: Final = 5
CODE: Final = re.compile(r"[a-z_]{1,20}\.[a-z_]{1,30}")
OFFSET: Final = re.compile(r"[0-9]{1,12}")
RUN: Final = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")
MOVING: Final = frozenset({200, 201, 204})
TROUBLES: Final = {429: "network.busy", 503: "network.busy", 507: "center.full"}


@cache
def authorities() -> ssl.SSLContext:
    """Who vouches for a center, read once: reading them costs more than an exchange in which nothing is new."""
    return httpx.create_ssl_context(trust_env=False)


def client(url: str, card: CenterCard | None = None, *, proxy: str = "") -> httpx.Client:
    """A client for one center: certificates are checked, redirects are not followed, no proxy is guessed.

    A center with an authority of its own is known by its card alone; raises Unacceptable `center.card`.
    """
    trusted = pinned(card.ca, card.pins.split()) if card and card.ca else authorities()
    return client_with(url, trusted, proxy=proxy)


def client_with(url: str, trusted: ssl.SSLContext, *, proxy: str = "") -> httpx.Client:
    """The same over what a certificate is checked by; a proxy is asked to CONNECT and hears nothing else."""
    return httpx.Client(
        base_url=url, verify=trusted, timeout=httpx.Timeout(60, connect=10), follow_redirects=False, trust_env=False,
        headers={"Accept": MEDIA, "Cache-Control": "no-store"}, proxy=proxy or None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, read up to its limit."""

    status: int
    headers: httpx.Headers
    body: bytes


@dataclass
class HttpCarrier:
    """Offers a bundle whole when it is small, else in pieces that resume where the center is.

    Before each request `going` is asked: a vault that is being locked sends no more (row 6).
    """

    http: httpx.Client
    name: str = "network"
    requests: int = 0
    progress: Callable[[int, int], None] = field(default=lambda _sent, _total: None)
    going: Callable[[], bool] = field(default=lambda: True)

    def fetch(self) -> Answer:
        """Nothing lies on a network before one asks."""
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        """Send a bundle and bring the answer back; raises WorldFailed `network.*` `center.full`, Unacceptable."""
        if len(outgoing.data) <= MAX_INLINE:
            answer = answer_of(self._request("POST", "/sync/v1/exchange", content=outgoing.data))
        else:
            answer = self._in_pieces(outgoing)
        return replace(answer, bring=self.bring)

    def bring(self, ticket: str) -> bytes:
        """What waits under a ticket, gone on with after a cut; raises WorldFailed `network.*`, Unacceptable."""
        held, total, stalls = bytearray(), 1, 0
        while len(held) < total:
            try:
                reply = self._request("GET", f"/sync/v1/down/{ticket}", Range=f"bytes={len(held)}-")
            except WorldFailed as error:
                stalls += 1
                if error.code != "network.cut" or stalls > RETRIES:
                    raise
                continue
            total, stalls = total_of(reply, len(held)), 0
            held += reply.body
        return bytes(held)

    def absorbed(self, down: bytes, *, covered: int) -> None:
        """Nothing to tidy up."""

    def card(self) -> bytes:
        """The center's card; whatever answers instead is told apart by the reader."""
        reply = self._request("GET", "/sync/v1/center")
        if reply.status != 200:
            raise Unacceptable("center.card")
        return reply.body

    def enroll(self, request: bytes) -> Answer:
        """Ask to join: an answer bundle, or a code (`enroll.waiting`, `enroll.code`, …)."""
        reply = self._request("POST", "/sync/v1/enroll", content=request)
        return Answer(code="enroll.waiting") if reply.status == 202 else answer_of(reply)

    def _request(self, method: str, path: str, *, content: bytes | None = None, **headers: str) -> Reply:
        if not self.going():
            raise WorldFailed("sync.stopped")
        self.requests += 1
        named = {"Content-Type": MEDIA, "Accept-Encoding": "identity"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with self.http.stream(method, path, content=content, headers=named, follow_redirects=False) as response:
                reply = Reply(response.status_code, response.headers, capped(response))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise unmet(untold(error)) from None
        except httpx.ProxyError:
            raise WorldFailed("network.proxy") from None
        except httpx.HTTPError:
            raise WorldFailed("network.cut") from None
        code = TROUBLES.get(reply.status) or ("network.center" if reply.status >= 500 else "")
        if code:
            raise WorldFailed(code)
        return reply

    def _in_pieces(self, outgoing: Outgoing) -> Answer:
        """Ticket, pieces from the offset the center holds, receipt."""
        ticket, total = f"/sync/v1/up/{outgoing.bundle}", len(outgoing.data)
        reply = self._request("POST", ticket, content=outgoing.data[:PREFIX], Upload_Length=str(total))
        offset = furthest = -1
        stalls = 0
        while reply.status in MOVING or (reply.status == 409 and "Upload-Offset" in reply.headers):
            offset = offset_of(reply, total)
            if offset == total:
                return answer_of(self._request("GET", f"{ticket}/receipt"))
            furthest, stalls = (offset, 0) if offset > furthest else (furthest, stalls + 1)
            if stalls > RETRIES:
                raise WorldFailed("network.cut")
            self.progress(offset, total)
            piece = outgoing.data[offset : offset + MAX_PATCH]
            reply = self._request("PATCH", ticket, content=piece, Upload_Offset=str(offset))
        return answer_of(reply)


def first_card(url: str, *, proxy: str = "") -> bytes:
    """The card of a center that nobody here knows yet, or whose key is another now: asked of whoever answers.

    What it says is believed by its signature alone; nothing is sent. Raises like `HttpCarrier.card`.
    """
    with client_with(url, unproven(), proxy=proxy) as asking:
        return HttpCarrier(asking).card()


def unmet(error: BaseException) -> MediatorError:
    """Why a line did not come about; one that broke in the handshake is no sign of an impostor."""
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return WorldFailed("network.cut")
    return Unacceptable("network.pin") if isinstance(error, ssl.SSLError) else WorldFailed("network.unreachable")


def untold(error: BaseException) -> BaseException:
    """What lies under an error of the library."""
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__ or error
    return error


def capped(response: httpx.Response) -> bytes:
    """The body as it is on the line, never unpacked; raises Unacceptable `bundle.size` once it is too long."""
    limit = MAX_BUNDLE if response.status_code in (200, 206) else MAX_PROBLEM
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > limit:
            raise Unacceptable("bundle.size")
        parts.append(part)
    return b"".join(parts)


def answer_of(reply: Reply) -> Answer:
    """A bundle, or a problem with its code; anything else is not the county center (row 14)."""
    if reply.status == 200 and reply.body.startswith(MAGIC):
        return Answer(down=(reply.body,))
    try:
        problem = json.loads(reply.body) if reply.status >= 400 else {}
        code, have = problem["code"], problem.get("have")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unacceptable("network.not_center") from None
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise Unacceptable("network.not_center")
    return Answer(code=code, have=have if is_count(have) else None)


def total_of(reply: Reply, start: int) -> int:
    """How long the whole is of which a reply is the next run; raises Unacceptable `down.unknown` and others."""
    if reply.status != 206:
        raise Unacceptable(answer_of(reply).code or "network.not_center")
    run, end = RUN.fullmatch(reply.headers.get("Content-Range", "")), start + len(reply.body) - 1
    if not reply.body or run is None or (int(run[1]), int(run[2])) != (start, end) or int(run[3]) > MAX_BUNDLE:
        raise Unacceptable("network.not_center")
    return int(run[3])


def offset_of(reply: Reply, total: int) -> int:
    """Where the center is, never where we think it is; raises Unacceptable `network.not_center`."""
    text = reply.headers.get("Upload-Offset", "")
    if not OFFSET.fullmatch(text) or int(text) > total:
        raise Unacceptable("network.not_center")
    return int(text)
