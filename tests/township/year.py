"""The year itself: every step on its day, the rooms' look each evening, an exchange each Friday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mediator.casework import supervising
from mediator.core.codes import OrderState
from mediator.core.course import Order
from mediator.core.records import CaseId
from sync.center import supervising as county
from sync.center.supervising import OrderQuery
from tests.casework.desks import case_of
from tests.township.arithmetic import DAY
from tests.township.deeds import done
from tests.township.matters import Matter, Step
from tests.township.town import Called, Town

THURSDAY, FRIDAY = 3, 4
OFFLINE: Final = (date(2025, 11, 10), date(2025, 12, 12))
NINE_IN_TEN: Final = 230


@dataclass
class Year:
    """A town and what is to happen in it from one day to another, with everything that was wrong on the way.

    `uncalled` tells what a list called otherwise than the calendar on the wall, `twice` of orders about one thing,
    `blamed` of lateness that the county told of days of which the room had not told.
    """

    town: Town
    matters: Sequence[Matter]
    first: date
    last: date
    uncalled: list[tuple[date, set[Called], set[Called]]] = field(default_factory=list)
    twice: list[tuple[date, str]] = field(default_factory=list)
    blamed: list[tuple[date, str]] = field(default_factory=list)

    def run(self) -> Year:
        """All of it, and a last exchange in which each room takes what the other brought."""
        agenda = defaultdict[date, list[tuple[Matter, Step]]](list)
        for matter in self.matters:
            for step in matter.steps:
                agenda[step.on].append((matter, step))
        for day in self.days():
            self.day(day, agenda[day])
        self.town.exchanged((0, 1), times=2)
        self.counted(self.last)
        self.numbered_once()
        return self

    def days(self) -> Iterator[date]:
        """From the first to the last."""
        return (self.first + n * DAY for n in range((self.last - self.first).days + 1))

    def day(self, day: date, steps: Sequence[tuple[Matter, Step]]) -> None:
        """Work from nine on, the look in the evening, the county after it."""
        town = self.town
        town.at(day, 9)
        for matter, step in steps:
            done(town.desks[matter.desk], matter, step)
        town.at(day, 17)
        for place in (0, 1):
            if looks(place, day):
                supervising.raise_due(town.desks[place])
                if at_hand(place, day):
                    town.answered(place, self.mine(place), willing)
            self.compared(place, day)
        if day.weekday() == FRIDAY:
            town.at(day, 18)
            town.exchanged([place for place in (0, 1) if online(place, day)], by_stick=day.day < 8)
            town.judged()
            town.issued()
            self.counted(day)

    def mine(self, place: int) -> frozenset[str]:
        """The cases that a room took in."""
        return frozenset(each.id for each in self.matters if each.desk == place and each.id)

    def compared(self, place: int, day: date) -> None:
        """What is called against what ought to be."""
        mine = [each for each in self.matters if each.desk == place and each.id]
        wanted = {(each.id, *promise.key) for each in mine for promise in each.promises if promise.called(day)}
        called = self.town.called(place, frozenset(each.id for each in mine))
        if called != wanted:
            self.uncalled.append((day, called - wanted, wanted - called))

    def counted(self, day: date) -> None:
        """No two open orders about one thing at any desk, none at all at the county, and nobody late on a day that was
        not told.
        """
        for place, desk in enumerate(self.town.desks):
            waiting = defaultdict[str, list[Order]](list)
            for held in desk.vault.orders_waiting():
                waiting[held.case].append(held.order)
            for case, orders in waiting.items():
                self.doubled(day, f"{place}/{case}", orders)
        owners = {each.id: each.desk for each in self.matters}
        by_case = defaultdict[str, list[Order]](list)
        for each in county.every_order(self.town.center, OrderQuery()):
            by_case[each.line.id].append(each.standing.order)
            late = each.standing.state is OrderState.LATE and each.standing.answer_by
            if late and late >= self.town.told[owners[each.line.id]]:
                self.blamed.append((day, each.line.id))
        for case, orders in by_case.items():
            self.doubled(day, f"county/{case}", orders)

    def numbered_once(self) -> None:
        """At the end, of all that was ever raised anywhere: orders stay in the record whatever became of them."""
        for place, desk in enumerate(self.town.desks):
            for each in self.matters:
                if each.id:
                    self.doubled(self.last, f"{place}/{each.id}", case_of(desk, CaseId(each.id)).course.orders)

    def doubled(self, day: date, where: str, orders: Iterable[Order]) -> None:
        """Note a case with two orders about one thing."""
        about = [(each.sort, each.rule, each.due, each.place) for each in orders]
        if len(set(about)) < len(about):
            self.twice.append((day, where))

    def orders_of(self, matter: Matter) -> tuple[Order, ...]:
        """The orders of a matter as its own room has them."""
        return case_of(self.town.desks[matter.desk], CaseId(matter.id)).course.orders


def looks(place: int, day: date) -> bool:
    """Whether a room's program looks on a day: the second's does not before an exchange, the county does."""
    return place == 0 or day.weekday() not in (THURSDAY, FRIDAY) or not at_hand(place, day)


def online(place: int, day: date) -> bool:
    """The second room is cut off for a month."""
    return place == 0 or not OFFLINE[0] <= day <= OFFLINE[1]


def at_hand(place: int, day: date) -> bool:
    """Whether somebody answers orders: not in the second room in the week before it is cut off."""
    return place == 0 or not OFFLINE[0] - 7 * DAY <= day < OFFLINE[0]


def willing(order: str) -> bool:
    """Nine orders in ten are answered, on the day they are seen."""
    return int(order[:2], 16) < NINE_IN_TEN
