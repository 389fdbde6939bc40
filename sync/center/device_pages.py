"""设备: codes, requests that wait, computers in use with their chains, and the last word on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sync.center import enrollment, quarantine, reading, retiring, revocation
from sync.center.accounts import Session
from sync.center.county import Center, moment_of
from sync.center.device import device_of
from sync.center.pages import Pages, form_of, text
from sync.center.roles import Right


@dataclass(frozen=True, slots=True)
class DevicePages:
    """Behind the same door as the other pages."""

    pages: Pages

    @property
    def center(self) -> Center:
        """The county."""
        return self.pages.center

    def routes(self) -> list[Route]:
        """Every page about computers."""

        def inside(page: Any, *, posted: bool = False) -> Any:
            return self.pages.inside(page, Right.DEVICES, posted=posted)

        return [
            Route("/devices", inside(self.devices), methods=["GET"]),
            Route("/devices/code", inside(self.code, posted=True), methods=["POST"]),
            Route("/devices/decide", inside(self.decide, posted=True), methods=["POST"]),
            Route("/devices/aside", inside(self.aside, posted=True), methods=["POST"]),
            Route("/devices/revoke", inside(self.revoke, posted=True), methods=["POST"]),
            Route("/devices/retire", inside(self.retire, posted=True), methods=["POST"]),
            Route("/devices/replace", inside(self.replace, posted=True), methods=["POST"]),
            Route("/devices/{desk}", inside(self.device), methods=["GET"]),
        ]

    async def devices(self, _request: Request, session: Session) -> Response:
        """The list, with what waits for a person above it."""
        return await run_in_threadpool(self._devices, session, None)

    def _devices(self, session: Session, code: enrollment.Code | None) -> Response:
        place, seen = self.center.places.name, self.pages.seen
        facts: dict[str, Any] = {
            "rows": [(row, place(row.township), seen(row.last_seen)) for row in reading.devices(self.center)],
            "asked": enrollment.requests(self.center), "code": code,
            "expires": moment_of(code.expires) if code else None,
            "aside": [(row, place(row.township), seen(row.arrived)) for row in reading.put_aside(self.center)],
            "places": [(each, place(each)) for each in self.center.townships()],
        }  # fmt: skip
        return self.pages.html("devices", session, **facts)

    async def device(self, request: Request, session: Session) -> Response:
        """One computer: its keys, its chain without or with holes, what it was given; raises `desk.unknown`."""
        found = await run_in_threadpool(device_of, self.center, request.path_params["desk"])
        facts: dict[str, Any] = {
            "found": found, "row": found.row, "place": self.center.places.name(found.row.township),
            "seen": self.pages.seen, "moment_of": moment_of,
        }  # fmt: skip
        return self.pages.html("device", session, **facts)

    async def code(self, request: Request, session: Session) -> Response:
        """A fresh code, shown this once."""
        form, who = await form_of(request), session.login
        confirm = text(form, "confirm") == "1"
        make = enrollment.make_code
        code = await run_in_threadpool(lambda: make(self.center, text(form, "township"), confirm=confirm, who=who))
        return await run_in_threadpool(self._devices, session, code)

    async def decide(self, request: Request, session: Session) -> Response:
        """A person compared the digits by telephone."""
        form, who = await form_of(request), session.login
        digits, place, good = text(form, "digits"), text(form, "township"), text(form, "good") == "1"
        decide = enrollment.decide
        await run_in_threadpool(lambda: decide(self.center, digits, township=place, good=good, who=who))
        return RedirectResponse("/devices", 303)

    async def aside(self, request: Request, session: Session) -> Response:
        """A person's word on a bundle that was put aside."""
        form, who = await form_of(request), session.login
        deed = quarantine.adopt if text(form, "good") == "1" else quarantine.drop
        await run_in_threadpool(lambda: deed(self.center, text(form, "bundle"), who=who))
        return RedirectResponse("/devices", 303)

    async def revoke(self, request: Request, session: Session) -> Response:
        """A computer is lost or stolen."""
        form, who = await form_of(request), session.login
        await run_in_threadpool(lambda: revocation.revoke(self.center, text(form, "desk"), who=who))
        return RedirectResponse("/devices", 303)

    async def retire(self, request: Request, session: Session) -> Response:
        """A computer is no longer used."""
        form, who = await form_of(request), session.login
        await run_in_threadpool(lambda: retiring.retire(self.center, text(form, "desk"), who=who))
        return RedirectResponse("/devices", 303)

    async def replace(self, request: Request, session: Session) -> Response:
        """A code for the computer that takes this one's place."""
        form, who = await form_of(request), session.login
        code = await run_in_threadpool(lambda: retiring.replace(self.center, text(form, "desk"), who=who))
        return await run_in_threadpool(self._devices, session, code)
