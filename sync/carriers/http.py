"""The network road: HTTPS requests whose bodies are bundles (sync-design 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx

from mediator.errors import Unacceptable, WorldFailed
from mediator.journal.port import Outgoing
from sync.session.ports import Answer
from sync.wire.bundle import MAGIC
from sync.wire.limits import MAX_BUNDLE, MAX_INLINE, MAX_PATCH

MEDIA: Final = "application/vnd.mediator.bundle"
RETRIES: Final = 5


def client(url: str) -> httpx.Client:
    """A client for one center: certificates are checked, redirects are not followed, no proxy is guessed."""
    return httpx.Client(
        base_url=url, timeout=httpx.Timeout(60, connect=10), follow_redirects=False, trust_env=False,
        headers={"Accept": MEDIA, "Cache-Control": "no-store"},
    )  # fmt: skip


@dataclass
class HttpCarrier:
    """Offers a bundle whole when it is small, else in pieces that resume where the center is."""

    http: httpx.Client
    name: str = "network"
    requests: int = 0
    progress: Callable[[int, int], None] = field(default=lambda _sent, _total: None)

    def fetch(self) -> Answer:
        """Nothing lies on a network before one asks."""
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        """Send a bundle and bring the answer back; raises WorldFailed `network.*`."""
        if len(outgoing.data) <= MAX_INLINE:
            return self._answer(self._request("POST", "/sync/v1/exchange", content=outgoing.data))
        return self._in_pieces(outgoing)

    def absorbed(self, down: bytes, *, covered: int) -> None:
        """Nothing to tidy up."""

    def card(self) -> bytes:
        """The center's card; whatever answers instead is told apart by the reader."""
        response = self._request("GET", "/sync/v1/center")
        if response.status_code != 200:
            raise Unacceptable("center.card")
        return response.content

    def enroll(self, request: bytes) -> Answer:
        """Ask to join: an answer bundle, or a code (`enroll.waiting`, `enroll.code`, …)."""
        response = self._request("POST", "/sync/v1/enroll", content=request)
        return Answer(code="enroll.waiting") if response.status_code == 202 else self._answer(response)

    def _request(self, method: str, path: str, *, content: bytes | None = None, **headers: str) -> httpx.Response:
        self.requests += 1
        named = {"Content-Type": MEDIA} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            response = self.http.request(method, path, content=content, headers=named)
        except httpx.ConnectError:
            raise WorldFailed("network.unreachable") from None
        except httpx.HTTPError:
            raise WorldFailed("network.cut") from None
        if len(response.content) > MAX_BUNDLE:
            raise Unacceptable("bundle.size")
        if response.status_code in (429, 503):
            raise WorldFailed("network.busy", seconds=response.headers.get("Retry-After", ""))
        if response.status_code >= 500:
            raise WorldFailed("network.center")
        return response

    def _answer(self, response: httpx.Response) -> Answer:
        """A bundle, or a problem with its code; anything else is not the county center (row 14)."""
        if response.status_code == 200 and response.content.startswith(MAGIC):
            return Answer(down=(response.content,))
        try:
            problem = response.json() if response.status_code >= 400 else {}
            code, have = str(problem["code"]), problem.get("have")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unacceptable("network.not_center") from None
        return Answer(code=code, have=have if isinstance(have, int) else None)

    def _in_pieces(self, outgoing: Outgoing) -> Answer:
        """Ticket, pieces from the offset the center holds, receipt."""
        ticket = f"/sync/v1/up/{outgoing.bundle}"
        total = len(outgoing.data)
        opened = self._request("POST", ticket, content=outgoing.data[:24], Upload_Length=str(total))
        if opened.status_code >= 400:
            return self._answer(opened)
        offset = offset_of(opened)
        while offset < total:
            piece = outgoing.data[offset : offset + MAX_PATCH]
            answer = self._request("PATCH", ticket, content=piece, Upload_Offset=str(offset))
            if answer.status_code not in (204, 409):
                return self._answer(answer)
            offset = offset_of(answer)
            self.progress(offset, total)
        return self._answer(self._request("GET", f"{ticket}/receipt"))


def offset_of(response: httpx.Response) -> int:
    """Where the center is, never where we think it is."""
    try:
        return int(response.headers["Upload-Offset"])
    except (KeyError, ValueError):
        raise Unacceptable("network.not_center") from None
