"""What a year came to, judged: each order on its day, each figure the same at rooms and county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from mediator.casework import reports
from mediator.core.codes import OrderSort
from mediator.core.course import Order
from mediator.core.indicators import Figure, all_figures
from mediator.core.spans import Span
from mediator.store import figures as room
from sync.center import figures as county
from tests.sync.world import TOWNSHIP
from tests.township.arithmetic import DAY, Promise, workdays
from tests.township.matters import Matter
from tests.township.year import FRIDAY, Year, looks, online

Ordered = tuple[OrderSort, str, date]
ANSWER_WITHIN = 2


def seen(year: Year, matter: Matter, when: Callable[[date], bool]) -> set[date]:
    """The first day of such days on which the room looks, and the first on which the county does."""
    days = [day for day in year.days() if when(day)]
    looked = (day for day in days if looks(matter.desk, day))
    told = (day for day in days if day.weekday() == FRIDAY and online(matter.desk, day))
    return {day for day in (next(looked, None), next(told, None)) if day}


def wanted(year: Year, matter: Matter, orders: dict[Ordered, Order]) -> dict[Ordered, set[date]]:
    """By sort, rule and last day: the days on which an order about it may have been raised."""
    found: dict[Ordered, set[date]] = {}

    def want(sort: OrderSort, promise: Promise, when: Callable[[date], bool]) -> None:
        days = seen(year, matter, lambda day: promise.runs(day) and when(day))
        if days:
            found.setdefault((sort, promise.rule, promise.due), set()).update(days)

    for each in (each for each in matter.promises if not each.right):
        want(OrderSort.URGE, each, lambda day, each=each: each.amber <= day <= each.due)  # type: ignore[misc]  # this turn's
        late = left_unanswered(orders.get((OrderSort.URGE, each.rule, each.due)))
        want(OrderSort.SUPERVISE, each, lambda day, each=each, late=late: day > each.due or late(day))  # type: ignore[misc]  # this turn's
    return found


def left_unanswered(urged: Order | None) -> Callable[[date], bool]:
    """Whether on a day an urge that the room has had for longer than two working days is without an answer."""
    if urged is None or urged.received_on is None:
        return lambda _: False
    by, answered = workdays(urged.received_on, ANSWER_WITHIN), urged.answered_on or date.max
    return lambda day: by < day <= answered


def wrong_orders(year: Year) -> Iterator[tuple[str, Ordered, date | None]]:
    """Orders that were raised on no day of theirs, or never."""
    for matter in (each for each in year.matters if each.id):
        raised = {(each.sort, each.rule, each.due): each for each in year.orders_of(matter) if each.due}
        due = wanted(year, matter, raised)
        for key in raised.keys() | due.keys():
            on = raised[key].issued_on if key in raised else None
            if on not in due.get(key, ()):
                yield matter.id, key, on


def spans(year: Year) -> Iterator[Span]:
    """Every month, quarter and year that the days touch."""
    for months in (1, 3, 12):
        day = date(year.first.year, (year.first.month - 1) // months * months + 1, 1)
        while day <= year.last:
            after = (day + timedelta(days=31 * months)).replace(day=1)
            after = date(after.year, (after.month - 1) // months * months + 1, 1)
            yield Span(day, after - DAY, year.last)
            day = after


def unequal_figures(year: Year) -> Iterator[tuple[str, Span]]:
    """Indicators that a room tells otherwise than the county, and figures whose list has another length."""
    for span in spans(year):
        theirs = all_figures(county.facts(year.town.center, span, township=TOWNSHIP), span)
        for desk in year.town.desks:
            for mine, other in zip(all_figures(room.facts(desk.vault, span), span), theirs, strict=True):
                if mine != other or not listed(year, mine):
                    yield mine.indicator.code, span


def listed(year: Year, each: Figure) -> bool:
    """The list behind a figure has as many rows as the figure says."""
    rows = reports.behind(year.town.desks[0], each.hits)
    return len(rows) == len(each.hits) and (each.indicator.shape != "count" or each.total == len(rows))
