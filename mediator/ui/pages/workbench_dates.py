"""What the workbench shows by day: today's sittings, what is late or near with how it was counted, the week."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from mediator.casework import snoozing, workbench
from mediator.casework.workbench import Bench, Called, Day, Sitting
from mediator.core.deadlines import DeadlineState
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import read_day
from mediator.ui.pieces.labels import label, restyle
from mediator.ui.pieces.reasons import ReasonLine
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

WEEKDAYS: Final = "一二三四五六日"
MOST: Final = 1000
TONES: Final = {DeadlineState.OVERDUE: "late", DeadlineState.NEAR: "soon"}
COUNTED: Final = ("hearings", "owed", "visits", "orders")


def weekday(day: date) -> str:
    """`星期三`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def time_left(each: Called, now: datetime) -> str:
    """`逾期 1 天`, `今天`, `今天 14:50 前`, `剩 9 天`."""
    if each.days:
        return say("workbench.late", days=-each.days) if each.days < 0 else say("workbench.left", days=each.days)
    if each.due_at is None:
        return say("workbench.today")
    return say("workbench.today_over" if now > each.due_at else "workbench.today_until", at=f"{each.due_at:%H:%M}")


def tone(each: Called, now: datetime) -> str:
    """Late, soon or calm."""
    over = each.due_at is not None and now > each.due_at
    return "late" if over else TONES.get(each.state, "calm")


def figure(count: int) -> str:
    """A count that stops at a thousand says so."""
    return say("workbench.at_least", count=count) if count >= MOST else str(count)


class SittingsCard(Card):
    """今天的调解; Enter goes into the sitting."""

    def __init__(self, seat: Seat) -> None:
        """None yet."""
        super().__init__(say("workbench.hearings"))
        columns: tuple[Column[Sitting], ...] = (
            Column(say("workbench.time"), lambda each: each.at, 4),
            Column(say("workbench.case"), lambda each: each.number, 12),
            Column(say("workbench.title_of"), lambda each: each.title),
            Column(say("workbench.place"), lambda each: each.place, 10),
        )
        self.rows: Rows[Sitting] = Rows(columns)
        self.table = Table(self.rows, say("workbench.hearings"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("workbench.none_of_it")
        self.table.opened.connect(lambda row: seat.went.emit("hearing", self.rows.rows[row].case))
        self.put(self.table)

    def show_bench(self, bench: Bench) -> None:
        """Today's, the first of them chosen."""
        self.rows.show_rows(bench.hearings)
        self.aside.setText(say("workbench.count_hearings", count=len(bench.hearings)))
        if bench.hearings:
            self.table.selectRow(0)


class DeadlinesCard(Card):
    """期限: how a date was counted stands below the list for the row that is chosen or pointed at; Enter opens."""

    def __init__(self, seat: Seat) -> None:
        """None yet."""
        super().__init__(say("workbench.deadlines"))
        self.seat = seat
        columns: tuple[Column[Called], ...] = (
            Column(say("workbench.time"), lambda each: time_left(each, self.now()), 8, tone=self.tone),
            Column(say("workbench.case"), lambda each: each.number, 12),
            Column(say("workbench.to_do"), lambda each: f"{each.label}：{each.title}"),
        )
        self.rows: Rows[Called] = Rows(columns)
        self.table = Table(self.rows, say("workbench.deadlines"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("workbench.none_of_it")
        self.table.setMouseTracking(True)
        self.table.entered.connect(self.explain)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self.explain(index))
        self.table.opened.connect(lambda row: seat.went.emit("case_page", self.rows.rows[row].case))
        self.put(self.table, 1)
        self.how = label("", "aside", wrap=True)
        self.how.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        self.how.hide()
        self.put(self.how)
        self.every = False
        self.bench: Bench | None = None
        self.all = button("", self.show_all, kind="link")
        self.all.hide()
        self.head.addWidget(self.all)
        self.head.addWidget(button(say("workbench.later"), self.ask_later, kind="small"))
        self.until = QLineEdit()
        self.until.setAccessibleName(say("workbench.until"))
        self.until.setPlaceholderText(say("workbench.until"))
        self.line = ReasonLine(say("workbench.why"), say("workbench.why_hint"), say("workbench.later_done"))
        row = self.line.layout()
        assert isinstance(row, QBoxLayout)
        row.insertWidget(0, self.until)
        self.line.given.connect(self.snooze)
        self.line.left.connect(self.line.hide)
        self.put(self.line)

    @property
    def unkept(self) -> bool:
        """A reason that was typed and not kept."""
        return bool(self.line.typed.text().strip())

    def show_all(self) -> None:
        """Those that were put off as well, or no longer."""
        self.every = not self.every
        if self.bench is not None:
            self.show_bench(self.bench)

    @property
    def current(self) -> Called | None:
        """The chosen deadline."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def ask_later(self) -> None:
        """To which day, and why."""
        if self.current is not None:
            self.line.ask(say("workbench.why"))
            self.until.setFocus()

    def snooze(self, reason: str) -> None:
        """Put the chosen one off; the period runs on."""
        each, day = self.current, read_day(self.until.text())
        if each is None:
            return
        if day is None:
            self.how.setText(say("workbench.wrong_day"))
            self.until.setFocus()
            return
        work = partial(snoozing.snooze, self.seat.desk, each, day, reason)
        self.seat.once("snooze", work, self.is_later)

    def is_later(self, _done: None) -> None:
        """The line goes; the list is read again."""
        for each in (self.until, self.line.typed):
            each.clear()
        self.line.hide()
        self.seat.deed(partial(snoozing.bench, self.seat.desk), self.show_bench)

    def now(self) -> datetime:
        """The moment that counts where hours are counted."""
        return self.seat.desk.workshop.clock.now()

    def tone(self, each: Called) -> str:
        """Late, soon or calm."""
        return tone(each, self.now())

    def show_bench(self, bench: Bench) -> None:
        """Those near or late, the longest late first; the chosen row stays where it was."""
        place, self.bench = self.table.currentIndex().row(), bench
        called = (*bench.called, *bench.later) if self.every else bench.called
        self.rows.show_rows(called)
        self.all.setText(say("workbench.hide_later" if self.every else "workbench.show_later", count=len(bench.later)))
        self.all.setAccessibleName(self.all.text())
        self.all.setVisible(bool(bench.later))
        words = say("workbench.count_deadlines", late=figure(bench.late), soon=figure(bench.near))
        self.aside.setText(words)
        self.how.setVisible(bool(called))
        if called:
            self.table.selectRow(min(max(place, 0), len(called) - 1))

    def explain(self, index: QModelIndex) -> None:
        """Ask how a date was counted."""
        if 0 <= index.row() < len(self.rows.rows):
            each = self.rows.rows[index.row()]
            self.seat.deed(partial(workbench.explained, self.seat.desk, each), partial(self.show_how, each))

    def show_how(self, each: Called, words: str) -> None:
        """In one sentence, with what it is about."""
        self.how.setText(say("workbench.how", label=each.label, words=words) if words else each.label)


class WeekCard(Card):
    """本周安排: seven days side by side, in words."""

    def __init__(self, seat: Seat) -> None:
        """Seven empty days."""
        super().__init__(say("workbench.week"))
        row = QHBoxLayout()
        row.setSpacing(0)
        self.days: list[DayCell] = [DayCell() for _ in WEEKDAYS]
        for each in self.days:
            row.addWidget(each, 1)
        self.body.addLayout(row)

    def show_bench(self, bench: Bench) -> None:
        """What each day brings."""
        for cell, day in zip(self.days, bench.week, strict=True):
            cell.show_day(day, today=day.on == bench.today)


class DayCell(QFrame):
    """One day: its name, and what stands on it."""

    def __init__(self) -> None:
        """Nothing on it."""
        super().__init__()
        self.setProperty("kind", "day")
        column = QVBoxLayout(self)
        column.setContentsMargins(space("s"), space("xs"), space("xs"), space("s"))
        column.setSpacing(0)
        self.name, self.words = label("", "strong", wrap=True), label("", "small", wrap=True)
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addStretch(1)

    def show_day(self, day: Day, *, today: bool) -> None:
        """`周三 12`, and below it a line for each thing."""
        restyle(self, today=today)
        self.name.setText(say("workbench.day", name=WEEKDAYS[day.on.weekday()], day=day.on.day))
        counts = {name: getattr(day, name) for name in COUNTED}
        lines = [say(f"workbench.on_{name}", count=count) for name, count in counts.items() if count]
        self.words.setText("\n".join(lines))
