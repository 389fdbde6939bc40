"""工作台: what today asks for, in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import opening, snoozing
from mediator.casework.workbench import Bench
from mediator.core.dates import chinese_date
from mediator.ui.page import Page
from mediator.ui.pages.orders_card import OrdersCard
from mediator.ui.pages.workbench_dates import DeadlinesCard, SittingsCard, WeekCard, weekday
from mediator.ui.pages.workbench_queue import WaitingTabs
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LEFT, RIGHT = 58, 42


class WorkbenchPage(Page):
    """Sittings and deadlines on the left, what waits, orders, exchange and backup on the right; Enter opens."""

    name = "workbench"

    def __init__(self, seat: Seat) -> None:
        """The cards and two ways to begin."""
        super().__init__(seat)
        self.day = label("", "aside")
        self.head.addWidget(self.day)
        self.head.addStretch(1)
        self.head.addWidget(button(say("workbench.register"), lambda: seat.went.emit("intake", "")))
        self.begin = button(say("workbench.begin"), lambda: seat.went.emit("hearing", ""), kind="primary")
        self.head.addWidget(self.begin)
        self.empty = Note("")
        self.empty.hide()
        self.body.addWidget(self.empty)
        sheet = QWidget()
        self.body.addWidget(scrolled(sheet), 1)
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(space("m"))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, LEFT), (self.right, RIGHT)):
            column.setSpacing(space("m"))
            columns.addLayout(column, share)
        self._hearings()
        self.in_pieces(self._deadlines, self._week, self._waiting, self._orders, self._state)

    def _hearings(self) -> None:
        """What is seen first; the other cards follow it."""
        self.hearings = SittingsCard(self.seat)
        self.left.addWidget(self.hearings, 2)
        self.hearings.table.show_at_least(1)

    def _deadlines(self) -> None:
        """期限."""
        self.deadlines = DeadlinesCard(self.seat)
        self.left.addWidget(self.deadlines, 5)
        self.deadlines.table.show_at_least(4)

    def _week(self) -> None:
        """本周."""
        self.week = WeekCard(self.seat)
        self.left.addWidget(self.week)

    def _waiting(self) -> None:
        """What waits, by lists."""
        self.waiting_lists = WaitingTabs(self.seat)
        self.right.addWidget(self.waiting_lists, 4)
        for table in self.waiting_lists.tables:
            table.show_at_least(2)

    def _orders(self) -> None:
        """催办, 督办, 工作建议."""
        self.orders = OrdersCard(self.seat, across=True)
        self.right.addWidget(self.orders, 4)
        self.orders.table.show_at_least(2)

    def _state(self) -> None:
        """同步与备份."""
        card = Card(say("workbench.state"), padded=True)
        self.right.addWidget(card)
        card.head.addWidget(button(say("workbench.to_sync"), lambda: self.seat.went.emit("sync", ""), kind="small"))
        card.head.addWidget(
            button(say("workbench.to_backup"), lambda: self.seat.went.emit("settings", ""), kind="small")
        )
        self.synced, self.backed = label(wrap=True), label(wrap=True)
        self.recovery = label(say("workbench.recovery"), "fault", wrap=True)
        self.recovery.hide()
        for line in (self.synced, self.backed, self.recovery):
            card.put(line)

    def enter(self, case: str = "") -> None:
        """Ask the vault what today asks for."""
        self.show_day()
        self.when_whole(self.ask)
        self.when_whole(self.ask_recovery)

    def ask_recovery(self) -> None:
        """Whether the recovery sheet was typed back."""
        self.seat.deed(lambda: opening.recovery_confirmed(self.seat.desk), self.recovery.setHidden)

    def show_day(self) -> None:
        """Which day it is."""
        today = self.seat.desk.today()
        self.title.setText(say("workbench.title_on", month=today.month, day=today.day, weekday=weekday(today)))
        self.day.setText(say("workbench.year", year=today.year))

    def ask(self) -> None:
        """One answer for every card."""
        self.seat.deed(partial(snoozing.bench, self.seat.desk), self.show_bench)

    def home(self) -> QWidget:
        """Today's first hearing, Enter goes in; without one, the button that begins one."""
        return self.hearings.table if self.hearings.rows.rows else self.begin

    def unkept(self) -> bool:
        """An answer to an order or a reason for later, typed and not sent."""
        return self.whole and (self.orders.unkept or self.deadlines.unkept)

    def refresh(self, cases: frozenset[str]) -> None:
        """Any change may change what is due; so does another day."""
        self.show_day()
        self.when_whole(self.ask)

    def show_bench(self, bench: Bench) -> None:
        """Every card from one answer; whoever has not begun anything yet stands at the first sitting."""
        waiting = self.begin.hasFocus() or self.hearings.table.hasFocus()
        for card in (self.hearings, self.deadlines, self.week, self.waiting_lists):
            card.show_bench(bench)
        self.orders.show_orders(bench.orders, say("orders.count_cases", count=bench.cases_under_order))
        lists = (bench.hearings, bench.called, bench.owed, bench.queued, bench.orders, bench.undated)
        self.empty.tell("" if any(lists) else say("workbench.nothing"))
        self.show_state(bench)
        if waiting:
            self.home().setFocus()

    def show_state(self, bench: Bench) -> None:
        """Exchange and backup in sentences; a practice room has neither and says so."""
        if self.seat.desk.practice:
            self.synced.setText(say("practice.no_road"))
            self.backed.setText(say("practice.no_backup"))
            return
        last = bench.sync.last
        if bench.sync.state != "enrolled":
            synced = say("workbench.alone")
        elif last is None:
            synced = say("workbench.never_synced", center=bench.sync.center)
        else:
            synced = say("workbench.synced", day=chinese_date(last.at.date()), time=f"{last.at:%H:%M}")
        conflicts = say("workbench.conflicts", count=bench.conflicts) if bench.conflicts else ""
        self.synced.setText(synced + say("workbench.waiting", count=f"{bench.unsent:,}") + conflicts)
        backed = bench.last_backup
        self.backed.setText(
            say("workbench.backed", day=chinese_date(backed.date())) if backed else say("workbench.no_backup")
        )
