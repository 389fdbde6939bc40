"""The county's one program for the web: both doors, and what holds for every answer."""

from __future__ import annotations

import logging
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mediator.errors import Bug, RefusedByRule
from sync.center.account_pages import AccountPages
from sync.center.accounts import FrontDoor
from sync.center.api import api_of
from sync.center.county import Center, PasswordHash
from sync.center.device_pages import DevicePages
from sync.center.erasure_pages import ErasurePages
from sync.center.hands import Hands
from sync.center.lending_pages import LendingPages
from sync.center.limiting import Limiter
from sync.center.log_pages import LogPages
from sync.center.metrics import Counted, Figures, metrics_route
from sync.center.order_pages import OrderPages
from sync.center.pages import KNOCKS, Pages, environment
from sync.center.paper_pages import PaperPages
from sync.center.people_pages import PeoplePages
from sync.center.problems import problem, sentence_of
from sync.center.rule_pages import RulePages
from sync.center.slips import SlipPages
from sync.center.statistics_pages import Book, StatisticsPages

LOG: Final = logging.getLogger("mediator.center")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NO_HANDS: Final = Hands()
HTTPS_ONLY: Final = "max-age=31536000"


class Guarded:
    """Headers on every answer, also on those nobody thought of."""

    def __init__(self, inner: ASGIApp) -> None:
        """Around the whole application."""
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers where an answer begins."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
            await send(message)

        await self.inner(scope, receive, with_headers)


def people_routes(pages: Pages, book: Book | None = None, hands: Hands = NO_HANDS) -> list[Route]:
    """Every page of the people's door."""
    more = (
        OrderPages(pages), LendingPages(pages), ErasurePages(pages), PaperPages(pages, hands.layouts), RulePages(pages),
        StatisticsPages(pages, book), DevicePages(pages), PeoplePages(pages), LogPages(pages),
        SlipPages(pages, hands), AccountPages(pages, hands), pages,
    )  # fmt: skip
    return [route for each in more for route in each.routes()]


def application(center: Center, stretch: PasswordHash, book: Book | None = None, *, hands: Hands = NO_HANDS) -> ASGIApp:
    """Laptops' door and people's door over one center.

    `stretch` is the slow hash of passwords, `book` writes a report as a spreadsheet; without one there are no files.
    """
    pages = Pages(center, FrontDoor(center, stretch), environment(), Limiter(**KNOCKS, now=center.now))

    async def unknown(request: Request, error: Exception) -> Response:
        """No such page or no such method: as a problem for laptops, in words for people."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        if request.url.path.startswith("/sync/"):
            return problem(RefusedByRule("page.unknown"))
        return pages.html("problem", None, status, sentence=sentence_of("page.unknown"))

    async def broken(request: Request, error: Exception) -> Response:
        """The web request's door: a defect is logged by its kind alone and told in words."""
        LOG.error("request failed: %s %s", request.method, type(error).__name__)
        if request.url.path.startswith("/sync/"):
            return problem(Bug("center.defect"))
        return pages.problem(Bug("center.defect"), None)

    figures = Figures()
    routes = [*api_of(center).routes(), *people_routes(pages, book, hands), metrics_route(center, figures)]
    inner = Starlette(routes=routes, exception_handlers={HTTPException: unknown, 500: broken})
    return Counted(Guarded(inner), figures)
