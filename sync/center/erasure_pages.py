"""依法删除 in the browser: one person asks, another decides, and who has not carried out what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.core.erasures import ErasureGround
from sync.center import erasing, reading
from sync.center.accounts import Session
from sync.center.county import Center, moment_of
from sync.center.pages import Pages, form_of, text
from sync.center.roles import Right

GROUNDS = {each.value: each.term for each in ErasureGround}


@dataclass(frozen=True, slots=True)
class ErasurePages:
    """Behind the same door as the other pages."""

    pages: Pages

    @property
    def center(self) -> Center:
        """The county."""
        return self.pages.center

    def routes(self) -> list[Route]:
        """One page and three deeds of who supervises."""

        def posted(page: Any) -> Any:
            return self.pages.inside(page, Right.SUPERVISE, posted=True)

        return [
            Route("/erasures", self.pages.inside(self.listed, Right.SUPERVISE), methods=["GET"]),
            Route("/erasures/ask", posted(self.ask), methods=["POST"]),
            Route("/erasures/decide", posted(self.decide), methods=["POST"]),
            Route("/erasures/drop", posted(self.drop), methods=["POST"]),
        ]

    async def listed(self, _request: Request, session: Session) -> Response:
        """What waits for a second person, and every erasure with the computers that have not answered."""
        asked = await run_in_threadpool(erasing.asked_for, self.center)
        lines = await run_in_threadpool(erasing.listed, self.center)
        return self.pages.html(
            "erasures", session, asked=[(each, moment_of(each.at)) for each in asked], grounds=GROUNDS,
            lines=[(each, moment_of(each.at)) for each in lines],
        )  # fmt: skip

    async def ask(self, request: Request, session: Session) -> Response:
        """The first person's word, on the case of a number."""
        form, who = await form_of(request), session.login
        number, ground = text(form, "case"), text(form, "ground")

        def work() -> None:
            erasing.ask(self.center, reading.find(self.center, number), ground, who=who)

        await run_in_threadpool(work)
        return RedirectResponse("/erasures", 303)

    async def decide(self, request: Request, session: Session) -> Response:
        """The second person's word."""
        form, who = await form_of(request), session.login
        await run_in_threadpool(lambda: erasing.decide(self.center, text(form, "case"), who=who))
        return RedirectResponse("/erasures", 303)

    async def drop(self, request: Request, session: Session) -> Response:
        """Nothing is erased."""
        form, who = await form_of(request), session.login
        await run_in_threadpool(lambda: erasing.drop(self.center, text(form, "case"), who=who))
        return RedirectResponse("/erasures", 303)
