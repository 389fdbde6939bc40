"""Supervision at the county: what ought to be issued, how issued orders stand, and the county's own words on a case.

Judged by the same code as at the room, and only by what the room has told: a day after its last exchange is not held
against it. Every order goes down with the township's feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, or_, select, update

from mediator.core.codes import OrderSort, OrderState, Verdict
from mediator.core.course import Order, OrderId
from mediator.core.records import Case, CaseId
from mediator.core.supervision import RULE_OF, Matter, Standing, Wanted, matter_of, standings, wanted
from mediator.core.text import clean
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from mediator.journal.records import case_of
from mediator.journal.streams import desk_stream
from sync.center.chain import say
from sync.center.county import Center
from sync.center.custody import open_feeds
from sync.center.database import Scope
from sync.center.folding import fold_one, log_of
from sync.center.heard import heard_of
from sync.center.ladder import Step, steps
from sync.center.matters import matter_in
from sync.center.published import tables_in, tables_of
from sync.center.reading import PAGE, CaseLine, line_with, told_in
from sync.center.tables import CASE_ROW

LONGEST: Final = 2_000
HAVING: Final = CASE_ROW.c.orders > 0
ATTENDED: Final = CASE_ROW.c.attended > 0
URGENT: Final = (OrderState.ANSWERED, OrderState.LATE, OrderState.WAITING, OrderState.SILENT, OrderState.UNSEEN)


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Which orders: all when everything is empty; a page of them. `waiting` asks only for those that somebody owes."""

    township: str = ""
    sort: str = ""
    state: str = ""
    offset: int = 0
    limit: int = PAGE
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order that ought to be issued now, with its case; `heard` is the day up to which the room has told."""

    line: CaseLine
    wanted: Wanted
    heard: date


@dataclass(frozen=True, slots=True)
class Followed:
    """An order that was raised or issued, how it stands and what became of it, with its case."""

    line: CaseLine
    standing: Standing
    steps: tuple[Step, ...]


def proposals(center: Center, query: OrderQuery) -> tuple[Proposal, ...]:
    """What ought to be issued now and lies nowhere yet, the most urgent first."""
    tables = tables_of(center)
    near = (CASE_ROW.c.asked_from != "") & (CASE_ROW.c.asked_from <= center.today().isoformat())
    found = [
        Proposal(line, each, heard)
        for line, matter, heard in matters(center, or_(near, CASE_ROW.c.advice > 0), query.township)
        for each in wanted(matter, heard, tables)
        if query.sort in ("", each.sort.value)
    ]
    return tuple(sorted(found, key=urgency))


def urgency(each: Proposal) -> tuple[int, str, str]:
    """督办 before 催办 before 工作建议, the oldest day first."""
    ladder = (OrderSort.SUPERVISE, OrderSort.URGE, OrderSort.SUGGEST)
    return ladder.index(each.wanted.sort), str(each.wanted.due or ""), each.wanted.id


def every_order(center: Center, query: OrderQuery) -> list[Followed]:
    """All orders of a query: what the county has to judge, what rooms have to answer, the rest."""
    tables, waits = tables_of(center), query.state in {each.value for each in URGENT}
    rows = ATTENDED if waits or query.waiting else HAVING
    found = [
        Followed(line, each, steps(each, matter.orders))
        for line, matter, heard in matters(center, rows, query.township)
        for each in standings(matter, today=center.today(), tables=tables, as_of=heard)
        if query.sort in ("", each.order.sort.value)
        and query.state in ("", each.state.value)
        and (each.waits or not query.waiting)
    ]
    return sorted(found, key=waiting_first)


def followed(center: Center, query: OrderQuery) -> tuple[tuple[Followed, ...], int]:
    """A page of them and how many there are."""
    found = every_order(center, query)
    return tuple(found[query.offset : query.offset + query.limit]), len(found)


def awaited(center: Center, *, limit: int) -> tuple[tuple[Followed, ...], int]:
    """The first orders that wait for the room's answer or the county's verdict, and how many there are."""
    found = every_order(center, OrderQuery(waiting=True))
    return tuple(found[:limit]), len(found)


def waiting_first(each: Followed) -> tuple[int, str, str]:
    """What the county has to judge, then what the room owes, the latest first, then what is over."""
    stands = each.standing
    return URGENT.index(stands.state) if stands.waits else len(URGENT), str(stands.answer_by or ""), stands.order.id


def matters(center: Center, condition: Any, township: str) -> Iterator[tuple[CaseLine, Matter, date]]:
    """Cases by a condition, as supervision sees them; a row that somebody changed is told of elsewhere."""
    wanted_rows = select(CASE_ROW).where(condition)
    if township:
        wanted_rows = wanted_rows.where(CASE_ROW.c.township == township)
    with center.database.reading() as scope:
        rows = scope.rows(wanted_rows.order_by(CASE_ROW.c.case))
        heard = heard_of(center, scope, rows)
    for row in rows:
        try:
            told = told_in(center, row)
        except MediatorError:
            continue
        yield line_with(center, row, told, {}), matter_in(CaseId(row.case), told), heard[row.case]


def orders_of(center: Center, case: Case) -> tuple[Standing, ...]:
    """The orders of one folded case and how they stand."""
    with center.database.reading() as scope:
        heard = heard_of(center, scope, scope.rows(select(CASE_ROW).where(CASE_ROW.c.case == case.id)))
        tables = tables_in(center, scope)
    today = center.today()
    seen = matter_of(case, today=today, calendar=tables.calendar, rules=tables.rules)
    return tuple(standings(seen, today=today, tables=tables, as_of=heard.get(case.id)))


def issue(center: Center, picked: Sequence[tuple[str, str]], *, who: str) -> int:
    """Issue the picked orders (case, order), each if it is still wanted; how many. One transaction for each case."""
    chosen: dict[str, set[str]] = {}
    for case, order in picked:
        chosen.setdefault(case, set()).add(order)
    return sum(issue_in(center, StreamId(case), orders, who=who) for case, orders in sorted(chosen.items()))


def issue_in(center: Center, case: StreamId, orders: set[str], *, who: str) -> int:
    """Those of one case, judged again by what it holds inside the transaction: an order that came meanwhile is not
    issued a second time. Raises Unacceptable `case.unknown`.
    """

    def work(scope: Scope) -> int:
        row = locked_case(scope, case)
        heard = heard_of(center, scope, [row])[case]
        now, tables = matter_now(center, scope, case), tables_in(center, scope)
        due = [each for each in wanted(now, heard, tables) if each.id in orders]
        for each in due:
            tell(center, scope, row, "supervision.issued", {"id": each.id, "fields": fields_of(each)}, who=who)
        return len(due)

    count = center.database.write(work)
    fold_one(center, case)
    return count


def judge(center: Center, case: str, order: str, *, verdict: Verdict, text: str, who: str) -> None:
    """The county's word on an answer; a returned one says why.

    Raises Unacceptable `case.unknown`, `order.unknown`, RefusedByRule `order.unanswered`, `order.reason`.
    """
    why = said(text)
    if verdict is Verdict.RETURNED and not why:
        raise RefusedByRule("order.reason")

    def work(scope: Scope) -> None:
        row = locked_case(scope, StreamId(case))
        found = order_in(center, scope, row, OrderId(order))
        if found is None:
            raise Unacceptable("order.unknown")
        if not found.answer or found.verdict:
            raise RefusedByRule("order.unanswered")
        fields = {"verdict": verdict.value, "verdict_text": why}
        tell(center, scope, row, "supervision.judged", {"id": order, "fields": fields}, who=who)

    center.database.write(work)
    fold_one(center, StreamId(case))


def instruct(
    center: Center, cases: Sequence[str], text: str, *, who: str, sort: OrderSort = OrderSort.SUGGEST
) -> tuple[OrderId, ...]:
    """The same order in a person's own words to each of these cases; it names no duty, so that nothing outlives it.

    Raises RefusedByRule `order.empty`, `order.none`, Unacceptable `case.unknown`; one transaction for each case.
    """
    fields = {"sort": sort.value, "rule": RULE_OF[sort], "text": required(text)}
    if not cases:
        raise RefusedByRule("order.none")
    given = {case: OrderId(center.random(16).hex()) for case in cases}
    for case, key in given.items():
        speak(center, case, "supervision.issued", {"id": key, "fields": fields}, who=who)
    return tuple(given.values())


def comment(center: Center, case: str, text: str, *, who: str) -> None:
    """批示: a leader's word on a case; raises RefusedByRule `order.empty`, Unacceptable `case.unknown`."""
    speak(center, case, "order.issued", {"text": required(text)}, who=who)


def speak(center: Center, case: str, kind: str, body: Mapping[str, object], *, who: str) -> None:
    """One entry of the county's in a case."""
    center.database.write(lambda scope: tell(center, scope, locked_case(scope, StreamId(case)), kind, body, who=who))
    fold_one(center, StreamId(case))


def tell(center: Center, scope: Scope, row: Row[Any], kind: str, body: Mapping[str, object], *, who: str) -> None:
    """The entry into the case and down to whoever has it, and who did it into the center's own log."""
    say(center, scope, StreamId(row.case), kind, body, feeds=open_feeds(scope, StreamId(row.case)))
    noted = {"login": who, "case": row.case, "kind": kind}
    say(center, scope, desk_stream(center.desk), "audit.case_supervised", noted, feeds=[])
    scope.change(update(CASE_ROW).where(CASE_ROW.c.case == row.case).values(dirty=CASE_ROW.c.dirty + 1))


def locked_case(scope: Scope, case: StreamId) -> Row[Any]:
    """The row of a case, locked; raises Unacceptable `case.unknown`."""
    row = scope.locked(select(CASE_ROW).where(CASE_ROW.c.case == case))
    if row is None:
        raise Unacceptable("case.unknown")
    return row


def order_in(center: Center, scope: Scope, row: Row[Any], order: OrderId) -> Order | None:
    """An order of a locked case as it stands: told by the case's row, or by its entries where these are newer."""
    if row.dirty:
        held = case_now(center, scope, StreamId(row.case)).course.orders
        return next((each for each in held if each.id == order), None)
    return matter_in(CaseId(row.case), told_in(center, row)).order(order)


def matter_now(center: Center, scope: Scope, case: StreamId) -> Matter:
    """What supervision sees of a case inside a transaction."""
    tables = tables_in(center, scope)
    return matter_of(case_now(center, scope, case), today=center.today(), calendar=tables.calendar, rules=tables.rules)


def case_now(center: Center, scope: Scope, case: StreamId) -> Case:
    """A case as its entries have it inside a transaction."""
    log = log_of(center, scope, case)
    return case_of(CaseId(case), log.state, waiting=log.waiting)


def fields_of(each: Wanted) -> dict[str, object]:
    """An order's fields, the same as the room writes."""
    fields = {"sort": each.sort.value, "rule": each.rule, "text": each.text, "place": each.place}
    due = {"due": each.due.isoformat()} if each.due else {}
    return {name: value for name, value in (fields | due).items() if value}


def said(text: str) -> str:
    """A person's words, cleaned as everywhere and no longer than a page; raises Unacceptable `text.surrogate`."""
    return clean(text).text.strip()[:LONGEST]


def required(text: str) -> str:
    """Words that say something; raises RefusedByRule `order.empty`."""
    found = said(text)
    if not found:
        raise RefusedByRule("order.empty")
    return found
