"""我的账号: the own password, the second factor, its codes on paper; whoever owes one of them comes here first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.errors import MediatorError, RefusedByRule
from sync.center import factor, people
from sync.center.accounts import Session
from sync.center.hands import Hands
from sync.center.pages import Pages, form_of, text
from sync.center.problems import sentence_of, status_of
from sync.center.roles import OF_COUNTY, Right


@dataclass(frozen=True, slots=True)
class AccountPages:
    """Behind the same door, open also to who owes something."""

    pages: Pages
    hands: Hands

    def routes(self) -> list[Route]:
        """The page and its three forms."""

        def inside(page: Any, *, posted: bool = False) -> Any:
            return self.pages.inside(page, Right.OWN, posted=posted, owing=True)

        return [
            Route("/account", inside(self.account), methods=["GET"]),
            Route("/account/password", inside(self.password, posted=True), methods=["POST"]),
            Route("/account/code", inside(self.code, posted=True), methods=["POST"]),
            Route("/account/spare", inside(self.spare, posted=True), methods=["POST"]),
        ]

    async def account(self, _request: Request, session: Session) -> Response:
        """What the own account has and owes."""
        return await run_in_threadpool(self._account, session, None, ())

    def _account(self, session: Session, error: MediatorError | None, spare: tuple[str, ...]) -> Response:
        center = self.pages.center
        row = next(each for each in people.accounts(center) if each.login == session.login)
        offered = None if row.code_on or session.owed == "password" else factor.offer(center, session.login)
        facts: dict[str, Any] = {
            "row": row, "offered": offered, "picture": self.hands.picture(offered.address) if offered else "",
            "spare": spare, "left": len(factor.spare_in(center, row)), "needs_code": bool(session.roles & OF_COUNTY),
            "sentence": sentence_of(error.code) if error else "", "roles": [each.term for each in session.roles],
            "place": center.places.name(session.township) if session.township else "",
        }  # fmt: skip
        return self.pages.html("account", session, status_of(error) if error else 200, **facts)

    async def password(self, request: Request, session: Session) -> Response:
        """Another password, typed twice; afterwards everybody logs in anew."""
        form = await form_of(request)
        old, new, again = (text(form, name) for name in ("password", "new_password", "again_password"))
        try:
            if new != again:
                raise RefusedByRule("account.again")
            weak = self.hands.weak(new, session.login)
            if weak:
                raise RefusedByRule(f"password.{weak[0]}")
            await run_in_threadpool(self._change, session, old, new)
        except MediatorError as error:
            return await run_in_threadpool(self._account, session, error, ())
        return RedirectResponse("/login", 303)

    def _change(self, session: Session, old: str, new: str) -> None:
        people.change_password(self.pages.center, self.pages.door, session.login, old=old, new=new)

    async def code(self, request: Request, session: Session) -> Response:
        """The telephone shows the right digits: the codes on paper, this once."""
        form, center = await form_of(request), self.pages.center
        try:
            spare = await run_in_threadpool(factor.confirm, center, session.login, text(form, "code"))
        except MediatorError as error:
            return await run_in_threadpool(self._account, session, error, ())
        return await run_in_threadpool(self._account, replaced(session), None, spare)

    async def spare(self, request: Request, session: Session) -> Response:
        """Other codes on paper, for the password and a code."""
        form = await form_of(request)
        try:
            made = await run_in_threadpool(self._spare, session, text(form, "password"), text(form, "code"))
        except MediatorError as error:
            return await run_in_threadpool(self._account, session, error, ())
        return await run_in_threadpool(self._account, session, None, made)

    def _spare(self, session: Session, password: str, code: str) -> tuple[str, ...]:
        if not self.pages.door.proved(session.login, password):
            raise RefusedByRule("account.password")
        return factor.new_spare(self.pages.center, session.login, code)


def replaced(session: Session) -> Session:
    """The session once nothing is owed any more."""
    return Session(session.login, session.csrf, session.roles, session.township)
