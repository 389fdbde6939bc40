"""工作台: what today asks for, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import opening, reading
from mediator.casework.reading import CaseDeadline, CaseHearing, CaseRow, Workbench
from mediator.core.dates import chinese_date
from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

WEEKDAYS: Final = "一二三四五六日"
SOON: Final = 3
LEFT, RIGHT = 63, 37


def weekday(day: date) -> str:
    """`星期三`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


class WorkbenchPage(Page):
    """Hearings of today, deadlines, cases without a next date, exchange and backup; Enter opens the case."""

    name = "workbench"

    def __init__(self, seat: Seat) -> None:
        """Four cards and two ways to begin."""
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
        columns = QHBoxLayout()
        columns.setSpacing(space("m"))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((left, LEFT), (right, RIGHT)):
            column.setSpacing(space("m"))
            columns.addLayout(column, share)
        self.body.addLayout(columns, 1)
        left.addWidget(self._hearings(), 2)
        left.addWidget(self._deadlines(), 5)
        right.addWidget(self._undated(), 3)
        right.addWidget(self._state(), 2)

    def _hearings(self) -> Card:
        """今天的调解."""
        columns: tuple[Column[CaseHearing], ...] = (
            Column(say("workbench.time"), lambda each: f"{each.hearing.held_at:%H:%M}", 4),
            Column(say("workbench.case"), lambda each: each.number, 12),
            Column(say("workbench.title_of"), lambda each: each.title),
            Column(say("workbench.place"), lambda each: each.hearing.place, 10),
        )
        self.hearings: Rows[CaseHearing] = Rows(columns)
        self.hearings_card = Card(say("workbench.hearings"))
        self.hearings_table = self._table(self.hearings, columns, say("workbench.hearings"))
        self.hearings_table.opened.connect(lambda row: self.seat.went.emit("hearing", self.hearings.rows[row].case))
        self.hearings_card.put(self.hearings_table)
        return self.hearings_card

    def _deadlines(self) -> Card:
        """期限."""
        columns: tuple[Column[CaseDeadline], ...] = (
            Column(say("workbench.time"), self.time_left, 7, tone=self.tone),
            Column(say("workbench.case"), lambda each: each.number, 12),
            Column(say("workbench.to_do"), lambda each: f"{each.deadline.label}：{each.title}"),
            Column(say("workbench.how"), lambda each: each.deadline.explanation, 14),
        )
        self.deadlines: Rows[CaseDeadline] = Rows(columns)
        self.deadlines_card = Card(say("workbench.deadlines"))
        table = self._table(self.deadlines, columns, say("workbench.deadlines"))
        table.opened.connect(lambda row: self.seat.went.emit("case_page", self.deadlines.rows[row].case))
        self.deadlines_card.put(table)
        return self.deadlines_card

    def _undated(self) -> Card:
        """没有下次日期的案件."""
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("workbench.case"), lambda each: each.number, 11),
            Column(say("workbench.title_of"), lambda each: each.title),
        )
        self.undated: Rows[CaseRow] = Rows(columns)
        self.undated_card = Card(say("workbench.undated"))
        table = self._table(self.undated, columns, say("workbench.undated"))
        table.opened.connect(lambda row: self.seat.went.emit("case_page", self.undated.rows[row].id))
        self.undated_card.put(table)
        return self.undated_card

    def _state(self) -> Card:
        """同步与备份."""
        card = Card(say("workbench.state"), padded=True)
        card.head.addWidget(button(say("workbench.to_sync"), lambda: self.seat.went.emit("sync", ""), kind="small"))
        card.head.addWidget(
            button(say("workbench.to_backup"), lambda: self.seat.went.emit("settings", ""), kind="small")
        )
        self.synced, self.waiting, self.backed = label(wrap=True), label(wrap=True), label(wrap=True)
        self.recovery = label(say("workbench.recovery"), "fault", wrap=True)
        self.recovery.hide()
        for line in (self.synced, self.waiting, self.backed, self.recovery):
            card.put(line)
        card.body.addStretch(1)
        return card

    def _table(self, rows: Rows[Any], columns: Sequence[Column[Any]], name: str) -> Table:
        """A table of one of the lists."""
        table = Table(rows, name, look=self.seat.preferences.look)
        table.fit(columns)
        table.empty = say("workbench.none_of_it")
        return table

    def days_left(self, each: CaseDeadline) -> int:
        """Days from today."""
        return each.deadline.days_left(self.seat.desk.today())

    def time_left(self, each: CaseDeadline) -> str:
        """`逾期 1 天`, `今天`, `剩 9 天`."""
        days = self.days_left(each)
        if days == 0:
            return say("workbench.today")
        return say("workbench.late", days=-days) if days < 0 else say("workbench.left", days=days)

    def tone(self, each: CaseDeadline) -> str:
        """Late, soon or calm."""
        days = self.days_left(each)
        return "late" if days < 0 else "soon" if days < SOON else "calm"

    def enter(self, case: str = "") -> None:
        """Ask the vault what today asks for."""
        today = self.seat.desk.today()
        self.title.setText(say("workbench.title_on", month=today.month, day=today.day, weekday=weekday(today)))
        self.day.setText(say("workbench.year", year=today.year))
        self.seat.deed(lambda: reading.workbench(self.seat.desk), self.show_bench)
        self.seat.deed(lambda: opening.recovery_confirmed(self.seat.desk), self.recovery.setHidden)

    def home(self) -> QWidget:
        """Today's first hearing, Enter goes in; without one, the button that begins one."""
        return self.hearings_table if self.hearings.rows else self.begin

    def refresh(self, cases: frozenset[str]) -> None:
        """Any change may change what is due."""
        self.seat.deed(lambda: reading.workbench(self.seat.desk), self.show_bench)

    def show_bench(self, bench: Workbench) -> None:
        """Every card from one answer."""
        self.show_hearings(bench.hearings_today)
        self.deadlines.show_rows(bench.deadlines)
        self.undated.show_rows(bench.undated)
        tones = [self.tone(each) for each in bench.deadlines]
        words = say("workbench.count_deadlines", late=tones.count("late"), soon=tones.count("soon"))
        self.deadlines_card.aside.setText(words)
        self.undated_card.aside.setText(say("workbench.count_cases", count=len(bench.undated)))
        lists = (bench.hearings_today, bench.deadlines, bench.undated)
        self.empty.tell("" if any(lists) else say("workbench.nothing"))
        self.show_state(bench)

    def show_hearings(self, today: tuple[CaseHearing, ...]) -> None:
        """Today's sittings; whoever has not begun anything yet stands at the first of them."""
        waiting = self.begin.hasFocus() or self.hearings_table.hasFocus()
        self.hearings.show_rows(today)
        self.hearings_card.aside.setText(say("workbench.count_hearings", count=len(today)))
        if today:
            self.hearings_table.selectRow(0)
        if waiting:
            self.home().setFocus()

    def show_state(self, bench: Workbench) -> None:
        """Exchange and backup in sentences."""
        last = bench.sync.last
        if bench.sync.state != "enrolled":
            self.synced.setText(say("workbench.alone"))
        elif last is None:
            self.synced.setText(say("workbench.never_synced", center=bench.sync.center))
        else:
            self.synced.setText(say("workbench.synced", day=chinese_date(last.at.date()), time=f"{last.at:%H:%M}"))
        conflicts = say("workbench.conflicts", count=bench.conflicts) if bench.conflicts else ""
        self.waiting.setText(say("workbench.waiting", count=f"{bench.sync.pending:,}") + conflicts)
        backed = bench.last_backup
        self.backed.setText(
            say("workbench.backed", day=chinese_date(backed.date())) if backed else say("workbench.no_backup")
        )
