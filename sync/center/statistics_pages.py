"""统计: a report of a period for the county or a township; each figure opens its list, each report comes as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediator.core.dates import parse_iso_day
from mediator.core.reporting import KINDS, LEDGERS, Kind, days_of, span_for
from mediator.core.spans import Span
from mediator.core.tabled import Report
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.streams import desk_stream
from sync.center import statistics
from sync.center.accounts import Session
from sync.center.chain import say
from sync.center.county import Center, moment_of
from sync.center.pages import Pages
from sync.center.roles import Right
from sync.center.svg import svg

PERIODS: Final = {
    "month": "本月", "last_month": "上月", "quarter": "本季度", "last_quarter": "上季度", "year": "本年",
    "last_year": "上年", "own": "自定日期",
}  # fmt: skip
LINES: Final = 200
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 1, 1)
# A report as the bytes of a spreadsheet: who reports, and the moment of counting. The start-up file hands it in.
Book = Callable[[Report, str, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen; `params` name it again in a link."""

    kind: Kind
    period: str
    span: Span
    township: str

    @property
    def params(self) -> str:
        """The same choice, for the query of a link."""
        days = {"first": self.span.first.isoformat(), "last": self.span.last.isoformat()}
        return urlencode({"kind": self.kind.id, "period": "own", **days, "township": self.township})


@dataclass(frozen=True, slots=True)
class StatisticsPages:
    """Behind the same door as the other pages; without a `book` no report comes as a file."""

    pages: Pages
    book: Book | None = None

    def routes(self) -> list[Route]:
        """The report, the list behind a figure, the file."""
        inside = self.pages.inside
        return [
            Route("/statistics", inside(self.report, Right.CASES), methods=["GET"]),
            Route("/statistics/list", inside(self.list, Right.CASES), methods=["GET"]),
            Route("/statistics/file", inside(self.file, Right.CASES), methods=["GET"]),
        ]

    async def report(self, request: Request, session: Session) -> Response:
        """The tables and charts of what was chosen; wrong days are told above the running month's."""
        center = self.pages.center
        try:
            asked, wrong = asked_in(request.query_params, center), False
        except Unacceptable:
            asked, wrong = asked_in({}, center), True
        facts = await run_in_threadpool(shown, center, asked)
        more = {"wrong": wrong, "book": self.book is not None}
        return self.pages.html("statistics", session, 422 if wrong else 200, asked=asked, **facts, **more)

    async def list(self, request: Request, session: Session) -> Response:
        """The list behind one figure; raises Unacceptable `figure.unknown`."""
        center, params = self.pages.center, request.query_params
        asked, page = asked_in(params, center), page_in(params.get("page", "1"))
        name, lines, total = await run_in_threadpool(listed, center, asked, params.get("cell", ""), page)
        facts: dict[str, Any] = {
            "asked": asked, "title": name, "lines": lines, "total": total, "page_number": page,
            "cell": params.get("cell", ""), "first": (page - 1) * LINES, "last": max((total + LINES - 1) // LINES, 1),
        }  # fmt: skip
        return self.pages.html("behind", session, **facts, place=center.places.name)

    async def file(self, request: Request, session: Session) -> Response:
        """The same report as a spreadsheet, as the desks write it; who took it is noted."""
        if self.book is None:
            raise Unacceptable("page.unknown")
        center, asked = self.pages.center, asked_in(request.query_params, self.pages.center)
        data = await run_in_threadpool(written, center, asked, self.book, session.login)
        name = quote(f"{asked.kind.title}_{asked.span.words}{center.places.name(asked.township)}.xlsx")
        head = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(data, media_type=XLSX, headers=head)


def page_in(text: str) -> int:
    """A page's number from 1."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def asked_in(params: Mapping[str, str], center: Center) -> Asked:
    """What a link or the form asks for; raises Unacceptable `figure.days` for days that are none."""
    kind = next((each for each in KINDS if each.id == params.get("kind")), KINDS[0])
    usual = {1: "month", 3: "quarter"}.get(kind.months, "year")
    wanted, township = params.get("period", usual), params.get("township", "")
    period = wanted if wanted in PERIODS else usual
    span = span_in(kind, period, params, center.today())
    return Asked(kind, period, span, township if township in center.places.names else "")


def span_in(kind: Kind, period: str, params: Mapping[str, str], today: date) -> Span:
    """The days of a period, or the two that were typed."""
    try:
        first, last = days_of(period, today) if period != "own" else (day_in(params, "first"), day_in(params, "last"))
        return span_for(kind, today, first, last)
    except MediatorError:
        raise Unacceptable("figure.days") from None


def day_in(params: Mapping[str, str], name: str) -> date:
    """A day that was typed; raises Unacceptable `figure.days`."""
    day = parse_iso_day(params.get(name, "")[:10])
    if not FIRST_DAY <= day < LAST_DAY:
        raise Unacceptable("figure.days")
    return day


def shown(center: Center, asked: Asked) -> dict[str, Any]:
    """The report with its charts."""
    made = statistics.report(center, asked.kind, asked.span, township=asked.township)
    drawn = [(chart, svg(chart, key=f"chart-{place}")) for place, chart in enumerate(statistics.pictures(made))]
    places = [(code, center.places.name(code)) for code in center.townships()]
    return {
        "made": made, "drawn": drawn, "places": places, "kinds": KINDS, "periods": PERIODS, "ledgers": LEDGERS,
        "unit": center.places.name(asked.township) if asked.township else center.card.name,
    }  # fmt: skip


def listed(center: Center, asked: Asked, cell: str, page: int) -> tuple[str, tuple[statistics.Behind, ...], int]:
    """Name of a figure, a page of its list and how long that is."""
    made = statistics.report(center, asked.kind, asked.span, township=asked.township)
    name, rows = statistics.cell_of(made, cell)
    first = (page - 1) * LINES
    return name, statistics.behind(center, rows[first : first + LINES]), len(rows)


def written(center: Center, asked: Asked, book: Book, who: str) -> bytes:
    """The file, and an entry that says who took which."""
    made = statistics.report(center, asked.kind, asked.span, township=asked.township)
    unit = center.places.name(asked.township) if asked.township else center.card.name
    data = book(made, unit, moment_of(center.now()))
    span = [asked.span.first.isoformat(), asked.span.last.isoformat()]
    noted = {"login": who, "report": asked.kind.id, "span": span, "township": asked.township}
    center.database.write(
        lambda scope: say(center, scope, desk_stream(center.desk), "audit.report_made", noted, feeds=[])
    )
    return data
