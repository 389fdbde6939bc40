"""The door for the workbench: all that today asks for in one visit to the vault, none of it by opening a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mediator.core.agenda import Planned
from mediator.core.codes import CaseStatus, Category
from mediator.store import counting, dues
from mediator.store.appending import Ledger
from mediator.store.counting import Entry
from mediator.store.dues import DueRow
from mediator.store.figures import fold_missing
from mediator.store.listing import CaseRow
from mediator.store.vault import Vault

WEEK: Final = timedelta(days=6)
SHOWN_ORDERS: Final = 3
# Nothing that is owed is older than the oldest record the county keeps.
EVER: Final = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of each list a page can show, and how far it looks ahead for obligations."""

    today: date
    shown: int
    until: date
    statuses: tuple[CaseStatus, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What there is: lists cut to what can be shown, counts of the whole. `week` counts by ISO day and sort."""

    hearings: tuple[Entry, ...]
    called: tuple[DueRow, ...]
    late: int
    near: int
    owed: tuple[Entry, ...]
    orders: dict[str, int]
    newest_orders: tuple[Entry, ...]
    week: dict[tuple[str, str], int]
    undated: tuple[CaseRow, ...]
    undated_count: int


def today_of(vault: Vault, asked: Asked) -> Today:
    """All of it, as of one moment."""

    def work(ledger: Ledger) -> Today:
        fold_missing(ledger)
        connection, day = ledger.connection, asked.today
        monday = day - timedelta(days=day.weekday())
        late, near = dues.counted(connection, day)
        undated, count = counting.undated(connection, asked.statuses, asked.shown)
        tags = (*(each.value for each in Category), "")
        return Today(
            hearings=counting.planned(connection, (Planned.HEARING,), (day, day)),
            called=dues.called(connection, day, asked.shown),
            late=late,
            near=near,
            owed=counting.planned(connection, (Planned.OBLIGATION,), (EVER, asked.until), asked.shown),
            orders=counting.tags(connection, Planned.WORK_ORDER),
            newest_orders=tuple(
                each for tag in tags for each in counting.newest(connection, Planned.WORK_ORDER, tag, SHOWN_ORDERS)
            ),
            week=counting.by_day(connection, tuple(Planned), (monday, monday + WEEK)),
            undated=undated,
            undated_count=count,
        )

    return vault.on_thread(work)


def owed_and_called(vault: Vault, asked: Asked, rule: str) -> tuple[tuple[Entry, ...], tuple[DueRow, ...]]:
    """What is owed until the day that is asked for, and the deadlines of one rule that are near or late."""

    def work(ledger: Ledger) -> tuple[tuple[Entry, ...], tuple[DueRow, ...]]:
        fold_missing(ledger)
        owed = counting.planned(ledger.connection, (Planned.OBLIGATION,), (EVER, asked.until), asked.shown)
        return owed, dues.called(ledger.connection, asked.today, asked.shown, rule=rule)

    return vault.on_thread(work)
