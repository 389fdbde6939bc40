"""Lines to a county: which addresses may be used, through which proxy, and whether anything answers there."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mediator.casework.county import ever
from mediator.errors import Unacceptable

if TYPE_CHECKING:
    from sync.carriers.http import HttpCarrier
    from sync.wire.bundle import Sealer
    from sync.wire.cards import CenterCard

KNOCK_S: Final = 3.0
PORTS: Final = {"https": 443, "http": 80}
OPEN_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def checked_url(url: str) -> str:
    """A center's address: https, or plain http on this machine alone. Raises Unacceptable `sync.url`."""
    if not is_open_address(url):
        raise Unacceptable("sync.url", where=url[:200])
    return url.rstrip("/")


def is_open_address(url: str) -> bool:
    """True for an address that the network library takes too and that says how it is protected."""
    from httpx import URL, InvalidURL

    try:
        parts, _ = urlsplit(url), URL(url)
        fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OPEN_HOSTS)
        return fine and bool(parts.hostname) and parts.port != 0
    except (ValueError, InvalidURL):
        return False


@contextmanager
def network(
    url: str, card: CenterCard | None = None, *, proxy: str = "", going: Callable[[], bool] = ever
) -> Iterator[HttpCarrier]:
    """The network road to a center, whose card says by what it is known; raises Unacceptable `sync.url`.

    `proxy` is the office's, empty for none; a center on this machine is asked without it. Once `going` says no, the
    road ends before its next request.
    """
    from sync.carriers import http

    with http.client(checked_url(url), card, proxy=proxy_for(url, proxy)) as client:
        yield http.HttpCarrier(client, going=going)


def proxy_for(url: str, proxy: str) -> str:
    """The proxy an address is asked through; this machine itself needs none."""
    return "" if urlsplit(url).hostname in OPEN_HOSTS else proxy


def card_at(url: str, sealer: Sealer, *, proxy: str = "") -> CenterCard:
    """The card of the center at an address, by its signature alone; nothing is sent to whoever answers."""
    from sync.session.joining import read_card

    return read_card(shown_at(url, proxy=proxy), sealer)


def shown_at(url: str, *, proxy: str = "") -> bytes:
    """What the center at an address shows of itself."""
    from sync.carriers import http

    return http.first_card(checked_url(url), proxy=proxy_for(url, proxy))


def answers(url: str, *, proxy: str = "") -> bool:
    """Whether anything opens a line at a center's address, or at the proxy before it; not one byte is sent."""
    way = urlsplit(proxy_for(url, proxy) or url)
    try:
        with socket.create_connection((way.hostname or "", way.port or PORTS[way.scheme]), timeout=KNOCK_S):
            return True
    except (OSError, UnicodeError, KeyError):
        return False
