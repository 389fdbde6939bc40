"""督办: what ought to be issued and what was, the county's verdicts and words, one order as a sheet to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.core.codes import OrderSort, OrderState, Verdict
from mediator.core.records import Case
from mediator.core.supervision import Standing, within
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from sync.center import reading, supervising
from sync.center.accounts import Session
from sync.center.pages import Pages, form_of, text
from sync.center.problems import sentence_of, status_of
from sync.center.published import tables_of
from sync.center.reading import PAGE
from sync.center.roles import Right
from sync.center.supervising import OrderQuery, Proposal

PROPOSED: Final = 100
SORTS: Final = tuple((each.value, each.term) for each in OrderSort)
TITLES: Final = {OrderSort.URGE: "催办单", OrderSort.SUPERVISE: "督办单", OrderSort.SUGGEST: "工作建议书"}


@dataclass(frozen=True, slots=True)
class Written:
    """An order in a person's own words, and the cases that are to get it: as many as a page of the list holds."""

    cases: tuple[str, ...]
    sort: OrderSort
    text: str


@dataclass(frozen=True, slots=True)
class OrderPages:
    """Behind the same door as the other pages."""

    pages: Pages

    def routes(self) -> list[Route]:
        """Every page of supervision."""
        inside = self.pages.inside
        return [
            Route("/orders", inside(self.orders, Right.CASES), methods=["GET"]),
            Route("/orders/issue", inside(self.issue, Right.SUPERVISE, posted=True), methods=["POST"]),
            Route("/orders/write", inside(self.write, Right.SUPERVISE, posted=True), methods=["POST"]),
            Route("/orders/judge", inside(self.judge, Right.SUPERVISE, posted=True), methods=["POST"]),
            Route("/orders/{case}/{order}", inside(self.sheet, Right.CASES), methods=["GET"]),
            Route("/cases/{case}/comment", inside(self.comment, Right.SUPERVISE, posted=True), methods=["POST"]),
        ]

    async def orders(self, request: Request, session: Session) -> Response:
        """What ought to be issued now, and all that was raised or issued, with filters."""
        asked = request.query_params
        number = asked.get("page", "1")
        page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
        query = OrderQuery(
            asked.get("township", "")[:12], asked.get("sort", "")[:16], asked.get("state", "")[:16], (page - 1) * PAGE,
            waiting=asked.get("waiting") == "1",
        )  # fmt: skip
        facts = await run_in_threadpool(self._orders, query)
        ticked = asked.get("pick") == "all"
        return self.pages.html("orders", session, **facts, query=query, page_number=page, ticked=ticked)

    def _orders(self, query: OrderQuery) -> dict[str, Any]:
        center = self.pages.center
        proposed = supervising.proposals(center, query) if not query.state else ()
        found, total = supervising.followed(center, query)
        places = [(code, center.places.name(code)) for code in center.townships()]
        return {
            "proposed": proposed[:PROPOSED], "proposed_total": len(proposed), "found": found, "total": total,
            "last": max((total + PAGE - 1) // PAGE, 1), "places": places,
            "sorts": SORTS,
            "states": [(each.value, each.term) for each in OrderState],
        }  # fmt: skip

    async def issue(self, request: Request, session: Session) -> Response:
        """The picked ones: shown once more, and issued when that page is confirmed."""
        form, center = await form_of(request), self.pages.center
        picked = picks_of(form)
        if text(form, "confirm") == "1":
            await run_in_threadpool(lambda: supervising.issue(center, picked, who=session.login))
            return RedirectResponse("/orders", 303)
        chosen = await run_in_threadpool(self._chosen, picked)
        return self.pages.html("issue", session, chosen=chosen, places=len({each.line.township for each in chosen}))

    def _chosen(self, picked: Sequence[tuple[str, str]]) -> list[Proposal]:
        """Those of the picked that are still wanted; raises RefusedByRule `order.none`."""
        wanted, asked = supervising.proposals(self.pages.center, OrderQuery()), set(picked)
        chosen = [each for each in wanted if (each.line.id, each.wanted.id) in asked]
        if not chosen:
            raise RefusedByRule("order.none")
        return chosen

    async def judge(self, request: Request, session: Session) -> Response:
        """The verdict on an answer; back to where the form stood."""
        form, center = await form_of(request), self.pages.center
        verdict = Verdict.ACCEPTED if text(form, "verdict") == Verdict.ACCEPTED.value else Verdict.RETURNED
        case, order, why = text(form, "case"), text(form, "order"), text(form, "text")
        deed = supervising.judge
        await run_in_threadpool(lambda: deed(center, case, order, verdict=verdict, text=why, who=session.login))
        return RedirectResponse(f"/cases/{case}" if text(form, "back") == "case" else "/orders", 303)

    async def write(self, request: Request, session: Session) -> Response:
        """An order in a person's own words to the ticked cases: typed on a page of its own, sent from there."""
        form, center = await form_of(request), self.pages.center
        asked = written_in(form)
        if text(form, "confirm") != "1":
            return await self._write(session, asked)
        deed = supervising.instruct
        try:
            await run_in_threadpool(
                lambda: deed(center, asked.cases, asked.text, who=session.login, sort=asked.sort)
            )  # fmt: skip
        except RefusedByRule as error:
            return await self._write(session, asked, error)
        return RedirectResponse(f"/cases/{asked.cases[0]}" if text(form, "back") == "case" else "/orders", 303)

    async def _write(self, session: Session, asked: Written, error: MediatorError | None = None) -> Response:
        """The page to type on; raises RefusedByRule `order.none` without a case."""
        lines = await run_in_threadpool(reading.lines_of, self.pages.center, asked.cases)
        if not lines:
            raise RefusedByRule("order.none")
        facts: dict[str, Any] = {"lines": lines, "text": asked.text, "sort": asked.sort.value, "sorts": SORTS}
        sentence = sentence_of(error.code) if error else ""
        return self.pages.html("write", session, status_of(error) if error else 200, **facts, sentence=sentence)

    async def comment(self, request: Request, session: Session) -> Response:
        """A leader's comment."""
        form, case, center = await form_of(request), request.path_params["case"], self.pages.center
        await run_in_threadpool(lambda: supervising.comment(center, case, text(form, "text"), who=session.login))
        return RedirectResponse(f"/cases/{case}", 303)

    async def sheet(self, request: Request, session: Session) -> Response:
        """One order as the paper that the browser prints; raises Unacceptable `order.unknown`."""
        ref, order = request.path_params["case"], request.path_params["order"]
        case, place, standing = await run_in_threadpool(lambda: self._sheet(ref, order, session.login))
        facts: dict[str, Any] = {"case": case, "township": place, "standing": standing, "order": standing.order}
        center, sort = self.pages.center, standing.order.sort
        time = await run_in_threadpool(lambda: within(sort, center.today(), tables_of(center)))
        return self.pages.html("order", session, **facts, title=TITLES[sort], within=time)

    def _sheet(self, ref: str, order: str, who: str) -> tuple[Case, str, Standing]:
        shown = reading.show(self.pages.center, ref, who=who)
        found = next(
            (each for each in supervising.orders_of(self.pages.center, shown.case) if each.order.id == order), None
        )
        if found is None:
            raise Unacceptable("order.unknown")
        return shown.case, shown.township, found


def written_in(form: FormData) -> Written:
    """What a form says; a sort that is none is a suggestion."""
    cases = dict.fromkeys(each for each in form.getlist("case") if isinstance(each, str))
    sort = next((each for each in OrderSort if each.value == text(form, "sort")), OrderSort.SUGGEST)
    return Written(tuple(cases)[:PAGE], sort, text(form, "text"))


def picks_of(form: FormData) -> list[tuple[str, str]]:
    """Case and order of every ticked line; anything else is no line of ours."""
    ticked = [each for each in form.getlist("pick") if isinstance(each, str)]
    pairs = [each.split(":") for each in ticked if each.count(":") == 1]
    return [(case, order) for case, order in pairs]
