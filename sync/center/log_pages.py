"""审计: who did what and when, who looked at which case; every line read from a signed entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediator.core.dates import parse_iso_day
from mediator.errors import Unacceptable
from mediator.journal.streams import desk_stream
from sync.center import log
from sync.center.accounts import Session
from sync.center.chain import say
from sync.center.county import Center, moment_of
from sync.center.log import KINDS, OF_CASES, LogQuery
from sync.center.pages import Pages
from sync.center.reading import PAGE, numbers_of
from sync.center.roles import Right
from sync.center.statistics_pages import page_in

FILTERS: Final = ("login", "kind", "about", "first", "last")


@dataclass(frozen=True, slots=True)
class LogPages:
    """Behind the same door as the other pages."""

    pages: Pages

    def routes(self) -> list[Route]:
        """The log, and the check of its whole chain."""
        inside = self.pages.inside
        return [
            Route("/audit", inside(self.log, Right.AUDIT), methods=["GET"]),
            Route("/audit/check", inside(self.check, Right.AUDIT, posted=True), methods=["POST"]),
        ]

    async def log(self, request: Request, session: Session) -> Response:
        """A page of it, by the filters."""
        facts = await run_in_threadpool(self._log, dict(request.query_params), session)
        return self.pages.html("audit", session, **facts, checked=None)

    def _log(self, asked: Mapping[str, str], session: Session) -> dict[str, Any]:
        center, page = self.pages.center, page_in(asked.get("page", "1"))
        query = query_in(asked, whole=session.sees_all, page=page)
        found, total = log.lines(center, query)
        cases = [str(each.told["case"]) for each in found if each.told.get("case")]
        return {
            "lines": [(each, moment_of(each.at)) for each in found], "total": total, "query": query,
            "page_number": page, "last": max((total + PAGE - 1) // PAGE, 1), "people": log.people(center),
            "kinds": {kind: words for kind, words in KINDS.items() if session.sees_all or kind not in OF_CASES},
            "numbers": numbers_of(center, cases), "place": center.places.name,
            "params": urlencode({name: asked.get(name, "")[:64] for name in FILTERS if asked.get(name)}),
        }  # fmt: skip

    async def check(self, _request: Request, session: Session) -> Response:
        """The whole chain read again, and who asked for it."""
        facts = await run_in_threadpool(self._checked, session)
        return self.pages.html("audit", session, **facts)

    def _checked(self, session: Session) -> dict[str, Any]:
        center = self.pages.center
        count, findings = log.whole_chain(center)
        noted = {"login": session.login, "entries": count, "findings": len(findings)}
        note(center, noted)
        return self._log({}, session) | {"checked": (count, findings)}


def note(center: Center, noted: Mapping[str, object]) -> None:
    """That somebody had the log checked is a line of it too."""
    center.database.write(
        lambda scope: say(center, scope, desk_stream(center.desk), "audit.log_checked", noted, feeds=[])
    )


def query_in(asked: Mapping[str, str], *, whole: bool, page: int) -> LogQuery:
    """What the filters ask; a day that is none filters nothing."""
    words = {name: asked.get(name, "")[:64] for name in ("login", "kind", "about")}
    days = {name: day_in(asked.get(name, "")) for name in ("first", "last")}
    return LogQuery(**words, **days, whole=whole, offset=(page - 1) * PAGE)  # type: ignore[arg-type]  # texts and days


def day_in(text: str) -> date | None:
    """A day that was chosen, None for none."""
    try:
        return parse_iso_day(text[:10]) if text else None
    except Unacceptable:
        return None
