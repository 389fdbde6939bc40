"""用户: accounts, roles and townships; a first password is shown once, to be told by word of mouth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.errors import MediatorError
from sync.center import people
from sync.center.accounts import Session
from sync.center.pages import Pages, form_of, text
from sync.center.people import Wanted
from sync.center.problems import sentence_of, status_of
from sync.center.roles import Right, Role, roles_in


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown above the list this once: a first password and whose it is, or what was wrong."""

    login: str = ""
    password: str = ""
    error: MediatorError | None = None


@dataclass(frozen=True, slots=True)
class PeoplePages:
    """Behind the same door as the other pages."""

    pages: Pages

    def routes(self) -> list[Route]:
        """The list and what is done from it."""

        def inside(page: Any, *, posted: bool = False) -> Any:
            return self.pages.inside(page, Right.USERS, posted=posted)

        return [
            Route("/users", inside(self.users), methods=["GET"]),
            Route("/users/add", inside(self.add, posted=True), methods=["POST"]),
            Route("/users/change", inside(self.change, posted=True), methods=["POST"]),
            Route("/users/reset", inside(self.reset, posted=True), methods=["POST"]),
            Route("/users/switch", inside(self.switch, posted=True), methods=["POST"]),
        ]

    async def users(self, _request: Request, session: Session) -> Response:
        """Everybody with an account."""
        return await run_in_threadpool(self._users, session, Told())

    def _users(self, session: Session, told: Told) -> Response:
        center = self.pages.center
        place, here = center.places.name, people.logged_in(center)
        rows = [
            (row, roles_in(row.role), place(row.township) if row.township else "", self.pages.seen(row.came),
             here.get(row.login, 0))
            for row in people.accounts(center)
        ]  # fmt: skip
        facts: dict[str, Any] = {
            "rows": rows, "told": told, "sentence": sentence_of(told.error.code) if told.error else "",
            "roles": list(Role), "places": [(each, place(each)) for each in center.townships()],
        }  # fmt: skip
        return self.pages.html("users", session, status_of(told.error) if told.error else 200, **facts)

    async def add(self, request: Request, session: Session) -> Response:
        """A new account."""
        wanted = wanted_in(await form_of(request))
        center, door = self.pages.center, self.pages.door

        def deed() -> Told:
            return Told(wanted.login, people.add(center, door, wanted, who=session.login))

        return await run_in_threadpool(self._told, session, deed)

    async def reset(self, request: Request, session: Session) -> Response:
        """For somebody who lost password or telephone."""
        login = text(await form_of(request), "login")
        center, door = self.pages.center, self.pages.door

        def deed() -> Told:
            return Told(login, people.reset(center, door, login, who=session.login))

        return await run_in_threadpool(self._told, session, deed)

    def _told(self, session: Session, deed: Any) -> Response:
        try:
            told = deed()
        except MediatorError as error:
            told = Told(error=error)
        return self._users(session, told)

    async def change(self, request: Request, session: Session) -> Response:
        """Other roles, another township."""
        wanted = wanted_in(await form_of(request))
        await run_in_threadpool(lambda: people.change(self.pages.center, wanted, who=session.login))
        return RedirectResponse("/users", 303)

    async def switch(self, request: Request, session: Session) -> Response:
        """Out of use, or in use again."""
        form = await form_of(request)
        login, off = text(form, "login"), text(form, "off") == "1"
        await run_in_threadpool(lambda: people.switch(self.pages.center, login, off=off, who=session.login))
        return RedirectResponse("/users", 303)


def wanted_in(form: FormData) -> Wanted:
    """An account as the form describes it."""
    ticked = " ".join(each for each in form.getlist("role") if isinstance(each, str))
    return Wanted(text(form, "login"), roles_in(ticked), text(form, "township"))
