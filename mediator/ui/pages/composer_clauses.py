"""The clauses of an agreement: typed in place, kept after a pause, moved with Alt and the arrows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mediator.casework import agreement, reading
from mediator.casework.intake import Seen
from mediator.core.records import Agreement, CaseId, Clause, ClauseId
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Field
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TOP = 6


class ClauseRow(QWidget):
    """One clause: its number, its words, a way to take it out."""

    def __init__(self, card: ClausesCard, number: int, clause: Clause) -> None:
        """Show a clause."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.id = clause.id
        number_of = label(say("composer.nth", number=number), "strong")
        row.addWidget(number_of, 0, Qt.AlignmentFlag.AlignTop)
        number_of.setContentsMargins(0, TOP, 0, 0)
        self.field = Field(say("composer.clause", number=number), partial(card.save, clause.id), folds=True)
        self.field.show_text(clause.text)
        row.addWidget(self.field, 1)
        row.addWidget(
            button(say("composer.take_out"), partial(card.remove, clause.id), kind="link"), 0, Qt.AlignmentFlag.AlignTop
        )
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            moved = QShortcut(QKeySequence(keys), self.field, partial(card.move_clause, clause.id, by))
            moved.setContext(moved.context().WidgetWithChildrenShortcut)


class ClausesCard(Card):
    """`changed` after every kept change."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        """No clauses yet."""
        super().__init__(say("composer.clauses"), say("composer.clauses_about"))
        self.seat, self.case = seat, CaseId("")
        self.rows: dict[ClauseId, ClauseRow] = {}
        self.adding = button(say("composer.add_clause"), self.add, kind="small", key="Ctrl+Return")
        self.head.addWidget(self.adding)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setSpacing(space("s"))
        self.column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        self.put(area, 1)

    def show_clauses(self, case: CaseId, found: Agreement, *, frozen: bool) -> None:
        """Rows are built anew only when clauses came, went or moved; words being typed are left alone."""
        self.case = case
        if [each.id for each in found.clauses] != list(self.rows):
            for row in self.rows.values():
                self.column.removeWidget(row)
                row.deleteLater()
            self.rows = {each.id: ClauseRow(self, place, each) for place, each in enumerate(found.clauses, start=1)}
            for place, row in enumerate(self.rows.values()):
                self.column.insertWidget(place, row)
        for each in found.clauses:
            self.rows[each.id].field.show_text(each.text)
            self.rows[each.id].setEnabled(not frozen)

    def seen(self) -> Seen:
        """What this desk has seen of the case; asked on the worker's lane."""
        return reading.reread(self.seat.desk, self.case).seen

    def add(self) -> None:
        """A further clause, ready to type."""
        desk, case = self.seat.desk, self.case
        self.seat.deed(lambda: agreement.add_clause(desk, case, self.seen(), text=""), self.added)

    def added(self, clause: ClauseId) -> None:
        """Put the focus into it once it is shown."""
        self.changed.emit()
        self.seat.deed(lambda: None, lambda _: self.focus_on(clause))

    def focus_on(self, clause: str) -> None:
        """Type in this clause."""
        if clause in self.rows:
            self.rows[ClauseId(clause)].field.input.setFocus()

    def save(self, clause: ClauseId, text: str) -> None:
        """Keep the words of a clause."""
        desk, case = self.seat.desk, self.case
        work = lambda: agreement.save_clause(desk, case, self.seen(), clause=clause, text=text)  # noqa: E731
        self.seat.deed(work, lambda _: self.changed.emit())

    def remove(self, clause: ClauseId) -> None:
        """Take a clause out; it stays in the case's course."""
        desk, case = self.seat.desk, self.case
        work = lambda: agreement.remove_clause(desk, case, self.seen(), clause=clause)  # noqa: E731
        self.seat.deed(work, lambda _: self.changed.emit())

    def move_clause(self, clause: ClauseId, by: int) -> None:
        """One place up or down."""
        order = list(self.rows)
        at = order.index(clause)
        to = at + by
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            desk, case = self.seat.desk, self.case
            work = lambda: agreement.order_clauses(desk, case, self.seen(), order=order)  # noqa: E731
            self.seat.deed(work, lambda _: self.changed.emit())

    def flush(self) -> None:
        """Keep everything typed."""
        for row in self.rows.values():
            row.field.flush()
