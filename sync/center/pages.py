"""The county's pages: login, overview, cases, one case. HTML made here, no script, every form with its token.

Pages know templates and the functions of `reading`; they decide nothing. Which right a page asks for stands beside its
route, and what a township's head may not see is left out where statements are bound (`database.seen_from`).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mediator.core.calendar import Calendar
from mediator.core.codes import CaseStatus
from mediator.core.dates import chinese_moment
from mediator.core.identifiers import mask_address, mask_id, mask_phone
from mediator.core.money import figures
from mediator.errors import MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import enrollment, lending, reading, supervising
from sync.center.accounts import FrontDoor, Session
from sync.center.board import trend
from sync.center.case_sight import sight_of
from sync.center.county import Center, day_of, moment_of
from sync.center.database import seen_from, sight
from sync.center.ladder import steps
from sync.center.limiting import Limiter
from sync.center.problems import sentence_of, status_of
from sync.center.published import tables_of
from sync.center.reading import PAGE, Query
from sync.center.roles import Right, terms_of
from sync.center.searching import look_for
from sync.center.svg import svg

TEMPLATES: Final = Path(__file__).parents[2] / "templates" / "center"
COOKIE: Final = "mediator_session"
SECURE_COOKIE: Final = f"__Host-{COOKIE}"
KNOCKS: Final = {"burst": 20, "per_minute": 10}
HERE: Final = frozenset({"127.0.0.1", "::1"})
MAX_FORM: Final = 16 << 10
MOST_FIELDS: Final = 240
SLOWEST: Final = 60.0
OWN_PAGE: Final = frozenset({"same-origin", "none"})
SILENT_WORKDAYS: Final = 3
ORDERS_AT_HOME: Final = 5
Page = Callable[[Request, Session], Awaitable[Response]]


def environment() -> Environment:
    """Templates: everything escaped, an unknown name is an error and never an empty place."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {
        "yuan": figures, "masked_id": mask_id, "masked_phone": mask_phone, "masked_address": mask_address,
        "moment": chinese_moment, "role_terms": terms_of,
    }  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Pages:
    """The people's door."""

    center: Center
    door: FrontDoor
    templates: Environment
    knocks: Limiter

    def routes(self) -> list[Route]:
        """Every page."""
        return [
            Route("/login", self.login, methods=["GET", "POST"]),
            Route("/logout", self.inside(self.logout, Right.OWN, posted=True, owing=True), methods=["POST"]),
            Route("/style.css", self.style, methods=["GET"]),
            Route("/icon.svg", self.icon, methods=["GET"]),
            Route("/", self.inside(self.home, Right.OWN), methods=["GET"]),
            Route("/cases", self.inside(self.cases, Right.CASES), methods=["GET"]),
            Route("/cases/{case}", self.inside(self.case, Right.CASES), methods=["GET"]),
        ]

    def inside(
        self, page: Page, right: Right, *, posted: bool = False, owing: bool = False, most: int = MAX_FORM,
        files: int = 0,
    ) -> Callable[[Request], Awaitable[Response]]:  # fmt: skip
        """A page for people who are logged in and have this right; a posted form must bear the session's token.

        `owing` opens it also to who first has to change a password or set up a second factor.
        """

        async def guarded(request: Request) -> Response:
            token = token_in(request)
            session = await run_in_threadpool(self.door.session, token) if token else None
            if session is None:
                return RedirectResponse("/login", 303)
            if session.owed and not owing:
                return RedirectResponse("/account", 303)
            try:
                if posted:
                    await check_form(request, session, most=most, files=files)
                if not session.may(right):
                    raise RefusedByRule("page.right")
                with seen_from(session.township):
                    return await page(request, session)
            except MediatorError as error:
                return self.problem(error, session)
            finally:
                await request.close()

        return guarded

    def html(self, name: str, session: Session | None, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page from its template."""
        now = moment_of(self.center.now())
        shared = {"session": session, "center": self.center.card, "now": now, "page": name}
        return HTMLResponse(self.templates.get_template(f"{name}.html").render(**shared, **facts), status)

    def problem(self, error: MediatorError, session: Session | None) -> Response:
        """A refusal in words."""
        return waiting(self.html("problem", session, status_of(error), sentence=sentence_of(error.code)), error)

    async def style(self, _request: Request) -> Response:
        """The one style sheet."""
        return Response((TEMPLATES / "style.css").read_bytes(), media_type="text/css")

    async def icon(self, _request: Request) -> Response:
        """The mark in the browser's tab."""
        return Response((TEMPLATES / "icon.svg").read_bytes(), media_type="image/svg+xml")

    async def login(self, request: Request) -> Response:
        """The door: a wrong pair says only that it was wrong."""
        if request.method == "GET":
            return self.html("login", None, sentence="")
        try:
            refuse_plain(request)
            refuse_foreign(request)
            self.knocks.take(request.client.host if request.client else "")
            form = await form_of(request)
            typed = (text(form, "login"), text(form, "password"), text(form, "code"))
            opened = await run_in_threadpool(self.door.enter, *typed)
        except MediatorError as error:
            return waiting(self.html("login", None, status_of(error), sentence=sentence_of(error.code)), error)
        answer = RedirectResponse("/", 303)
        name, secure = cookie_of(request), request.url.scheme == "https"
        answer.set_cookie(name, opened.token, httponly=True, samesite="strict", secure=secure, path="/")
        return answer

    async def logout(self, request: Request, _session: Session) -> Response:
        """End the session."""
        await run_in_threadpool(self.door.leave, token_in(request))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(cookie_of(request), path="/", secure=request.url.scheme == "https", httponly=True)
        return answer

    async def home(self, _request: Request, session: Session) -> Response:
        """首页; who sees no case begins with the computers."""
        if not session.may(Right.CASES):
            return RedirectResponse("/devices", 303)
        facts = await run_in_threadpool(self._home)
        return self.html("home", session, **facts)

    def _home(self) -> Mapping[str, Any]:
        rows = reading.townships(self.center)
        overdue, count = reading.cases(self.center, Query(late=True, limit=10))
        orders, orders_waiting = supervising.awaited(self.center, limit=ORDERS_AT_HOME)
        calendar, chart = tables_of(self.center).calendar, trend(self.center)
        told = [(row, self.seen(row.seen), self.silent_days(row.seen, calendar)) for row in rows]
        return {
            "townships": told, "accepted": sum(row.accepted for row in rows),
            "mediating": sum(row.mediating for row in rows), "agreed": sum(row.agreed for row in rows), "late": count,
            "late_places": sum(row.late > 0 for row in rows), "overdue": overdue,
            "silent": sum(days > 0 for _, _, days in told), "desks": sum(row.desks for row in rows),
            "orders": orders, "orders_waiting": orders_waiting, "chart": chart, "picture": svg(chart, key="trend"),
            "tasks": 0 if sight() else len(reading.put_aside(self.center)) + len(enrollment.requests(self.center)),
        }  # fmt: skip

    def seen(self, at: int) -> str:
        """`今天 09:10`, `昨天 17:06`, `11-10`."""
        if not at:
            return "尚未交换"
        moment, today = moment_of(at), self.center.today()
        if moment.date() == today:
            return f"今天 {moment:%H:%M}"
        if moment.date() == today - timedelta(days=1):
            return f"昨天 {moment:%H:%M}"
        return f"{moment:%m-%d}" if moment.year == today.year else f"{moment:%Y-%m-%d}"

    def silent_days(self, at: int, calendar: Calendar) -> int:
        """Days since the last exchange once there were three workdays in them, else 0; 0 too for who never came."""
        if not at or calendar.after_workdays(day_of(at), SILENT_WORKDAYS) > self.center.today():
            return 0
        return (self.center.today() - day_of(at)).days

    async def cases(self, request: Request, session: Session) -> Response:
        """案件: list, filters, pages."""
        asked = request.query_params
        number = asked.get("page", "1")
        page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
        query = Query(
            township=asked.get("township", "")[:12], status=asked.get("status", "")[:32], late=asked.get("late") == "1",
            text=asked.get("q", "").strip()[:64], offset=(page - 1) * PAGE,
        )  # fmt: skip
        parts = asked.get("parts") == "1"
        found = await run_in_threadpool(lambda: look_for(self.center, query, parts=parts))
        facts: dict[str, Any] = {
            "found": found, "query": query, "page_number": page, "parts": parts,
            "places": [(code, self.center.places.name(code)) for code in self.center.townships()],
            "last": max((found.total + PAGE - 1) // PAGE, 1), "statuses": [(e.value, e.term) for e in CaseStatus],
        }  # fmt: skip
        return self.html("cases", session, **facts)

    async def case(self, request: Request, session: Session) -> Response:
        """案件页: the folded record; author signatures are checked before anything is shown as evidence."""
        ref = request.path_params["case"]
        shown = await run_in_threadpool(lambda: reading.show(self.center, ref, who=session.login))
        orders = await run_in_threadpool(supervising.orders_of, self.center, shown.case)
        sight = await run_in_threadpool(sight_of, self.center, shown.case)
        facts: dict[str, Any] = {"shown": shown, "case": shown.case, "told": shown.told, "orders": orders}
        facts["ladders"] = {each.order.id: steps(each, shown.case.course.orders) for each in orders}
        facts |= {"sight": sight, "places": await run_in_threadpool(lending.places, self.center, ref)}
        return self.html("case", session, **facts, moment_of=moment_of)


def waiting(answer: HTMLResponse, error: MediatorError) -> HTMLResponse:
    """The answer with the seconds after which it is worth another try, if the error names them."""
    if "retry_after" in error.facts:
        answer.headers["Retry-After"] = str(error.facts["retry_after"])
    return answer


def cookie_of(request: Request) -> str:
    """The session's cookie; over https under a name that browsers let no other host and no open line set."""
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE


def token_in(request: Request) -> str:
    """The session's token as shown, empty for none."""
    return request.cookies.get(cookie_of(request), "")


async def form_of(request: Request, *, most: int = MAX_FORM, files: int = 0) -> FormData:
    """A form of so many bytes and files; raises Unacceptable `request.size`, WorldFailed `request.slow`."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        raise Unacceptable("request.size")
    try:
        async with asyncio.timeout(SLOWEST):
            return await request.form(max_files=files, max_fields=MOST_FIELDS)
    except TimeoutError:
        raise WorldFailed("request.slow") from None


def text(form: FormData, name: str) -> str:
    """A field's text, empty when it is missing or a file; a password keeps its blanks."""
    value = form.get(name, "")
    if not isinstance(value, str):
        return ""
    return value if name.endswith("password") else value.strip()


async def check_form(request: Request, session: Session, *, most: int, files: int) -> None:
    """Raise RefusedByRule `form.token` unless the form was made for this session and comes from our own page."""
    refuse_foreign(request)
    form = await form_of(request, most=most, files=files)
    if not same_token(text(form, "token"), session.csrf):
        raise RefusedByRule("form.token")


def same_token(shown: str, wanted: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(shown.encode(), wanted.encode())


def refuse_foreign(request: Request) -> None:
    """Raise RefusedByRule `form.token` for a form that another site's page sends.

    What the browser says of the site counts first: under our own referrer policy it hides the origin as `null`.
    """
    site, origin = request.headers.get("sec-fetch-site", ""), request.headers.get("origin", "")
    if site in OWN_PAGE or (not site and (not origin or urlsplit(origin).netloc == request.headers.get("host", ""))):
        return
    raise RefusedByRule("form.token")


def refuse_plain(request: Request) -> None:
    """Raise RefusedByRule `login.plain` for a password over a line that anybody could read."""
    host = request.client.host if request.client else ""
    if request.url.scheme != "https" and host not in HERE:
        raise RefusedByRule("login.plain")
