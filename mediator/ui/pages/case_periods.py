"""期限与督促: every period with its state and explanation, what the head approved, what happened, and the orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import period_sight, periods, supervising
from mediator.casework.desk import Desk
from mediator.casework.period_sight import Period, PeriodSight
from mediator.casework.periods import Approval
from mediator.casework.supervising import CaseOrder
from mediator.core.codes import PeriodStep
from mediator.core.dates import chinese_date
from mediator.core.deadlines import DeadlineState
from mediator.core.records import CaseId
from mediator.errors import MediatorError, Unacceptable
from mediator.ui.pages.case_asking import AskingPane
from mediator.ui.pages.case_noted import Noted, noted, void
from mediator.ui.pages.case_sight import time_left
from mediator.ui.pages.orders_card import OrdersCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Choice, Sent, read_day
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.reasons import ReasonLine
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {
    DeadlineState.OVERDUE: "late", DeadlineState.NEAR: "soon", DeadlineState.STOPPED: "soon",
    DeadlineState.DONE: "done",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeriodsSeen:
    """Periods, what happened, and orders of one case."""

    sight: PeriodSight
    orders: tuple[CaseOrder, ...]


def look(desk: Desk, case: CaseId) -> PeriodsSeen:
    """All of it in one go beside the screen."""
    orders = tuple(CaseOrder(case, "", "", each) for each in supervising.orders_of(desk, case))
    return PeriodsSeen(period_sight.sight_of(desk, case), orders)


class PeriodsPane(AskingPane[PeriodsSeen]):
    """Periods and happenings on the left, orders on the right."""

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is shown."""
        super().__init__(seat, look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        sheet = QWidget()
        left = QVBoxLayout(sheet)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(space("m"))
        left.addWidget(self._periods(), 3)
        left.addWidget(self._events(), 2)
        row.addWidget(scrolled(sheet), 3)
        self.orders = OrdersCard(seat, across=False)
        row.addWidget(self.orders, 2)

    def _periods(self) -> Card:
        """期限, with a line for what the head approved."""
        columns: tuple[Column[Period], ...] = (
            Column(say("periods.what"), lambda each: each.deadline.label),
            Column(say("periods.due"), lambda each: chinese_date(each.deadline.due), 10),
            Column(say("periods.state"), self.state, 10, tone=lambda each: TONES.get(each.state, "calm")),
        )
        self.periods: Rows[Period] = Rows(columns, hint=lambda each: each.deadline.explanation)
        card = Card(say("periods.title"))
        self.table = Table(self.periods, say("periods.title"), look=self.seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("periods.none")
        self.table.show_at_least(3)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        self.table.opened.connect(lambda _row: self.to_change())
        card.put(self.table, 1)
        self.how = label("", "aside", wrap=True)
        self.how.setContentsMargins(space("m"), space("s"), space("m"), 0)
        card.put(self.how)
        self.step = Choice(say("periods.step"), [], lambda _: self.ask_length())
        self.length, self.by, self.why = (self.line(name) for name in ("length", "by", "why"))
        self.change = button(say("periods.change"), self.approve, kind="small")
        card.body.addLayout(self._row(self.step, self.length, self.by, self.why, self.change))
        return card

    def _events(self) -> Card:
        """办理环节: what may be noted by the rules, with its day."""
        columns: tuple[Column[Noted], ...] = (
            Column(say("periods.on"), lambda each: chinese_date(each.on), 10),
            Column(say("periods.word"), lambda each: each.word, 11),
            Column(say("periods.text"), lambda each: each.text),
            Column(say("periods.who"), lambda each: each.by, 8),
        )
        self.events: Rows[Noted] = Rows(columns)
        card = Card(say("periods.events"))
        card.head.addWidget(button(say("periods.void"), self.ask_void, kind="small"))
        self.event_table = Table(self.events, say("periods.events"), look=self.seat.preferences.look)
        self.event_table.fit(columns)
        self.event_table.empty = say("periods.no_events")
        self.event_table.show_at_least(2)
        self.voiding = ReasonLine(say("periods.void_why"), say("periods.void_hint"), say("periods.void_done"))
        self.voiding.given.connect(self.void)
        self.voiding.left.connect(self.voiding.hide)
        card.put(self.event_table, 1)
        card.put(self.voiding)
        self.word = Choice(say("periods.word"), [], lambda _: None)
        self.on, self.text, self.who = (self.line(name) for name in ("on", "text", "who"))
        self.note = button(say("periods.record"), self.record, kind="small")
        card.body.addLayout(self._row(self.word, self.on, self.text, self.who, self.note))
        return card

    def line(self, name: str) -> QLineEdit:
        """A line named inside itself."""
        made = QLineEdit()
        made.setAccessibleName(say(f"periods.{name}"))
        made.setPlaceholderText(say(f"periods.{name}_hint"))
        made.setToolTip(made.placeholderText())
        return made

    def _row(self, *parts: QWidget) -> QHBoxLayout:
        """Fields below a list."""
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        for each in parts:
            row.addWidget(each, int(isinstance(each, QLineEdit)))
        return row

    def to_change(self) -> None:
        """Enter on a period leads to what the head may approve of it."""
        if self.step.isEnabled():
            self.step.setFocus()

    def state(self, each: Period) -> str:
        """`剩 9 天`, `逾期 1 天`, `中止`, `已办结`."""
        running = each.state in {DeadlineState.RUNNING, DeadlineState.NEAR, DeadlineState.OVERDUE}
        return time_left(each.deadline.due, self.seat.desk.today()) if running else each.state.term

    @property
    def current(self) -> Period | None:
        """The chosen period."""
        place = self.table.currentIndex().row()
        return self.periods.rows[place] if 0 <= place < len(self.periods.rows) else None

    @property
    def unkept(self) -> bool:
        """A reason, an answer or a note that was typed and not kept."""
        return self.orders.unkept or any(each.text().strip() for each in self.typed)

    def forget(self) -> None:
        """Nothing typed for another case stays."""
        for each in (*self.typed, self.on, self.orders.answer):
            each.clear()
        self.voiding.hide()

    @property
    def typed(self) -> tuple[QLineEdit, ...]:
        """Where words may stand that nobody kept yet."""
        return self.length, self.by, self.why, self.text, self.who, self.voiding.typed

    def ask_void(self) -> None:
        """A line for the reason, about the chosen one."""
        place = self.event_table.currentIndex().row()
        if 0 <= place < len(self.events.rows):
            self.voiding.ask(say("periods.void_of", word=self.events.rows[place].word))
            self.voiding.typed.setFocus()

    def void(self, reason: str) -> None:
        """It was noted by mistake: it counts no more, its entry and the reason stay."""
        place = self.event_table.currentIndex().row()
        if self.case is not None and 0 <= place < len(self.events.rows):
            work = partial(void, self.seat.desk, self.case.id, self.events.rows[place], reason)
            self.seat.once("void", work, self.is_void)

    def is_void(self, _done: None) -> None:
        """The line goes."""
        self.voiding.typed.clear()
        self.voiding.hide()

    def show_answer(self, answer: PeriodsSeen) -> None:
        """Paint it; the chosen period stays chosen."""
        place = self.table.currentIndex().row()
        self.periods.show_rows(answer.sight.periods)
        if answer.sight.periods:
            self.table.selectRow(min(max(place, 0), len(answer.sight.periods) - 1))
        self.events.show_rows(noted(answer.sight))
        self.event_table.selectRow(0)
        picked = self.word.value
        self.word.clear()
        for word in answer.sight.words:
            self.word.addItem(word.term, word.value)
        self.word.show_value(picked)
        for each in (self.word, self.on, self.text, self.who, self.note):
            each.setEnabled(bool(answer.sight.words))
        self.orders.show_orders(answer.orders, say("orders.count", count=len(answer.orders)))
        self.show_chosen()

    def show_chosen(self) -> None:
        """How it was counted, what follows, and what may be approved of it."""
        each = self.current
        deadline = each.deadline if each else None
        self.how.setText(f"{deadline.explanation}{say('periods.source', text=deadline.source)}" if deadline else "")
        self.how.setVisible(deadline is not None)
        picked = self.step.value
        self.step.clear()
        for step in each.steps if each else ():
            self.step.addItem(step.term, step.value)
        self.step.show_value(picked)
        for part in (self.step, self.length, self.by, self.why, self.change):
            part.setEnabled(bool(each and each.steps))
        self.ask_length()

    def ask_length(self) -> None:
        """A length stands beside an extension alone."""
        self.length.setVisible(self.step.value in ("", PeriodStep.EXTENDED.value))

    def approve(self) -> None:
        """Keep what the head approved of the chosen period."""
        each, case = self.current, self.case
        if each is None or case is None or not each.steps:
            return
        approval, rule = Approval(self.by.text(), self.why.text()), each.deadline.rule
        work = {
            PeriodStep.EXTENDED.value: partial(periods.extend, length=self.count(), approval=approval),
            PeriodStep.PAUSED.value: partial(periods.pause, approval=approval),
            PeriodStep.RESUMED.value: partial(periods.resume, approval=approval),
        }[self.step.value]
        sent = Sent(self.length, self.by, self.why)
        self.seat.once("period", partial(work, self.seat.desk, case.id, rule), lambda _: sent.clear())

    def count(self) -> int:
        """The length as a number; what is no number is refused as a length of nothing."""
        text = self.length.text().strip()
        return int(text) if text.isdecimal() and len(text) < len("1000") else 0

    def record(self) -> None:
        """Note that something happened; without a day it was today."""
        if self.case is None or not self.word.value:
            return
        try:
            day = self.day()
        except MediatorError as error:
            self.seat.troubled.emit(error)
            return
        work = partial(
            periods.record_event, self.seat.desk, self.case.id, self.word.value, on=day, text=self.text.text(),
            by=self.who.text(),
        )  # fmt: skip
        sent = Sent(self.on, self.text, self.who)
        self.seat.once("event", work, lambda _: sent.clear())

    def day(self) -> date | None:
        """The day that was typed, None for none; raises Unacceptable `date.form`."""
        found = read_day(self.on.text())
        if found is None and self.on.text().strip():
            raise Unacceptable("date.form")
        return found
