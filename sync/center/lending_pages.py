"""转办 on the case page: to which room, why, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sync.center import lending
from sync.center.accounts import Session
from sync.center.county import Center
from sync.center.pages import Pages, form_of, text
from sync.center.roles import Right


@dataclass(frozen=True, slots=True)
class LendingPages:
    """Behind the same door as the other pages."""

    pages: Pages

    @property
    def center(self) -> Center:
        """The county."""
        return self.pages.center

    def routes(self) -> list[Route]:
        """Two deeds of who supervises."""

        def posted(page: Any) -> Any:
            return self.pages.inside(page, Right.SUPERVISE, posted=True)

        return [
            Route("/cases/{case}/grant", posted(self.grant), methods=["POST"]),
            Route("/cases/{case}/release", posted(self.release), methods=["POST"]),
        ]

    async def grant(self, request: Request, session: Session) -> Response:
        """To a room of another township."""
        form, case, who = await form_of(request), request.path_params["case"], session.login
        room, why = text(form, "room"), text(form, "reason")
        await run_in_threadpool(lambda: lending.grant(self.center, case, room, reason=why, who=who))
        return RedirectResponse(f"/cases/{case}", 303)

    async def release(self, request: Request, session: Session) -> Response:
        """Back from it."""
        form, case, who = await form_of(request), request.path_params["case"], session.login
        await run_in_threadpool(lambda: lending.release(self.center, case, text(form, "room"), who=who))
        return RedirectResponse(f"/cases/{case}", 303)
