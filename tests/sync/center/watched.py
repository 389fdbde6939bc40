"""A matter that is watched from both sides: at the room's laptop in memory, and at the county."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import OrderSort, OrderState
from mediator.core.published import as_shipped
from mediator.core.records import Case, CaseId
from mediator.core.supervision import matter_of, wanted
from mediator.journal.entry import StreamId
from mediator.journal.records import case_of
from sync.center import supervising
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.supervising import OrderQuery
from tests.sync.center.test_exchange import by_network
from tests.sync.fakes import Clock
from tests.sync.world import Desk

CALENDAR = shipped_calendar()
CASE = StreamId("ab" * 16)
ALL = OrderQuery()
DAY = 86_400_000


def on_day(center: Center, day: date, hour: int = 2) -> None:
    """The county's clock stands on this day, and moves on by seconds."""
    assert isinstance(center.now, Clock)
    center.now.ms = int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp() * 1000)


def a_matter(desk: Desk, case: StreamId = CASE, accepted: str = "2026-03-02") -> None:
    """A case in mediation; accepted on 2 March 2026 it ends on 2 April, near from 26 March on."""
    write = desk.writer.write
    write(case, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation", "accepted_on": accepted}})
    write(case, "case.moved", {"to": "in_mediation"})
    write(case, "hearing.opened", {"id": "05" * 16, "fields": {"held_at": 1_772_500_000_000, "mediators": ["李"]}})


def at_the_room(desk: Desk, case: StreamId = CASE) -> Case:
    """The case as the laptop has it."""
    log = desk.journal.log(case)
    return case_of(CaseId(case), log.state, waiting=log.waiting)


def room_looks(desk: Desk, day: date, case: StreamId = CASE) -> list[str]:
    """What the program at the room does on a day: notes what came and raises what is due; the ids it raised."""
    here, on = at_the_room(desk, case), day.isoformat()
    for order in here.course.orders:
        if order.received_on is None:
            desk.writer.write(case, "supervision.received", {"id": order.id, "on": on})
    due = wanted(matter_of(here, today=day, calendar=CALENDAR), day, as_shipped(CALENDAR))
    for each in due:
        body: dict[str, object] = {"id": each.id, "on": on, "fields": supervising.fields_of(each)}
        desk.writer.write(case, "supervision.raised", body)
    return [each.id for each in due]


def room_answers(desk: Desk, order: str, text: str, day: date) -> None:
    """An answer."""
    fields = {"answer": text, "answered_on": day.isoformat(), "answered_by": "李调解"}
    desk.writer.write(CASE, "supervision.answered", {"id": order, "fields": fields})


def sent(center: Center, desk: Desk) -> None:
    """One exchange, folded."""
    by_network(center, desk)
    assert fold_dirty(center) == 0


def d03(center: Center) -> list[tuple[OrderSort, str]]:
    """What is to be issued about the end of mediation: sort and case."""
    found = supervising.proposals(center, ALL)
    return [(each.wanted.sort, each.line.id) for each in found if each.wanted.rule == "D03"]


def stands(center: Center, query: OrderQuery = ALL) -> list[tuple[OrderSort, OrderState]]:
    """Every order about the end of mediation."""
    found, _ = supervising.followed(center, query)
    return [(each.standing.order.sort, each.standing.state) for each in found if each.standing.order.rule == "D03"]


def issue_all(center: Center) -> int:
    """The county issues whatever it proposes."""
    picked = [(each.line.id, each.wanted.id) for each in supervising.proposals(center, ALL)]
    return supervising.issue(center, picked, who="shen")
