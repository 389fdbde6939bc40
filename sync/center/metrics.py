"""Figures of a running service in Prometheus text, and its log as JSON lines: counts and codes, never a value.

They are told to this machine alone; a proxy beside the service shows its callers' own addresses.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mediator.errors import RefusedByRule
from sync.center.county import Center
from sync.center.judging import ENROLLED
from sync.center.problems import problem
from sync.center.tables import CASE_ROW, DESK, ENROLL_REQUEST, QUARANTINE

HERE: Final = frozenset({"127.0.0.1", "::1"})
MEDIA: Final = "text/plain; version=0.0.4"
STEPS: Final = (0.05, 0.1, 0.3, 1.0, 3.0, 5.0, 10.0)
HEADS: Final = func.sum(DESK.c.head_n)
LATEST: Final = func.max(DESK.c.last_seen)
ABOUT: Final = {
    "desks": "Computers in use", "cases": "Cases held", "dirty": "Cases that wait to be folded",
    "entries": "Entries received from computers", "aside": "Bundles that wait for a person",
    "requests": "Computers that wait to be admitted", "heard": "Latest exchange, seconds since 1970",
}  # fmt: skip


@dataclass
class Figures:
    """What this process has answered; `door` is `sync` for laptops and `pages` for people."""

    answered: Counter[tuple[str, int]] = field(default_factory=Counter)
    quick: Counter[tuple[str, float]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, door: str, status: int, seconds: float) -> None:
        """One answer."""
        with self.lock:
            self.answered[door, status] += 1
            self.seconds[door] += seconds  # type: ignore[assignment]  # a Counter adds up seconds as well as counts
            for step in STEPS:
                self.quick[door, step] += seconds <= step

    def lines(self) -> Iterator[str]:
        """As Prometheus reads it."""
        yield "# TYPE mediator_answers_total counter"
        for (door, status), count in sorted(self.answered.items()):
            yield f'mediator_answers_total{{door="{door}",status="{status}"}} {count}'
        yield "# TYPE mediator_answer_seconds histogram"
        for door in sorted(self.seconds):
            total = sum(count for (of, _), count in self.answered.items() if of == door)
            for step in STEPS:
                yield f'mediator_answer_seconds_bucket{{door="{door}",le="{step}"}} {self.quick[door, step]}'
            yield f'mediator_answer_seconds_bucket{{door="{door}",le="+Inf"}} {total}'
            yield f'mediator_answer_seconds_sum{{door="{door}"}} {self.seconds[door]:.3f}'
            yield f'mediator_answer_seconds_count{{door="{door}"}} {total}'


class Counted:
    """Counts every answer of an application."""

    def __init__(self, inner: ASGIApp, figures: Figures) -> None:
        """Around the whole application."""
        self.inner, self.figures = inner, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; what broke before it answered counts as 500."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        status, start = [500], time.perf_counter()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
                door = "sync" if scope["path"].startswith("/sync/") else "pages"
                self.figures.note(door, status[0], time.perf_counter() - start)
            await send(message)

        await self.inner(scope, receive, noting)


def metrics_route(center: Center, figures: Figures) -> Route:
    """`/metrics`, for this machine alone; to everybody else there is no such page."""

    async def told(request: Request) -> Response:
        if request.client is None or request.client.host not in HERE:
            return problem(RefusedByRule("page.unknown"))
        held = await run_in_threadpool(gauges, center)
        told = [f"# HELP mediator_{name} {ABOUT[name]}\n# TYPE mediator_{name} gauge\nmediator_{name} {value}"
                for name, value in held.items()]  # fmt: skip
        return PlainTextResponse("\n".join([*told, *figures.lines(), ""]), media_type=MEDIA)

    return Route("/metrics", told, methods=["GET"])


def gauges(center: Center) -> dict[str, int]:
    """What the county holds now; entries by the heads of chains, so that nothing is counted row by row."""
    with center.database.reading() as scope:
        columns: list[Any] = [func.count(), *(func.coalesce(each, 0) for each in (HEADS, LATEST))]
        own: Any = scope.rows(select(*columns).where(DESK.c.state == ENROLLED))[0]
        counts = {
            name: int(scope.value(select(func.count()).select_from(table)) or 0)
            for name, table in (("cases", CASE_ROW), ("aside", QUARANTINE))
        }
        dirty = select(func.count()).select_from(CASE_ROW).where(CASE_ROW.c.dirty > 0)
        waiting = select(func.count()).select_from(ENROLL_REQUEST).where(ENROLL_REQUEST.c.state == "waiting")
        more = {"dirty": int(scope.value(dirty) or 0), "requests": int(scope.value(waiting) or 0)}
    return {"desks": int(own[0]), "entries": int(own[1]), "heard": int(own[2]) // 1000, **counts, **more}


class JsonLines(logging.Formatter):
    """One object a line: when, how grave, where, what; of an error its kind alone, for a trace may hold what people
    wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        """A line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "where": record.name, "event": record.getMessage(),
        }  # fmt: skip
        kind = record.exc_info[0] if record.exc_info else None
        return json.dumps(told | ({"error": kind.__name__} if kind else {}), ensure_ascii=False)
