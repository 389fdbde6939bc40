"""The clauses of an agreement: typed in place, kept after a pause, moved with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mediator.casework import agreement, reading
from mediator.core.clauses import template_of
from mediator.core.records import Agreement, CaseId, Clause, ClauseId
from mediator.errors import MediatorError
from mediator.ui.pages.composer_keeping import Keep
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Field
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TOP: Final = 6
MOVES: Final = (("Alt+Up", -1), ("Alt+Down", 1))


class ClauseRow(QWidget):
    """One clause: its number, its words, a way to take it out."""

    def __init__(self, card: ClausesCard, clause: Clause) -> None:
        """Show a clause; its number follows from its place."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.id = clause.id
        self.number = label("", "strong")
        self.number.setContentsMargins(0, TOP, 0, 0)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        self.field = Field(say("composer.clause", number=""), partial(card.save, clause.id), folds=True)
        row.addWidget(self.field, 1)
        self.clause = clause
        self.refill = button(say("composer.refill"), lambda: card.refill(self.clause), kind="link")
        self.refill.setToolTip(say("composer.refill_about"))
        row.addWidget(self.refill, 0, Qt.AlignmentFlag.AlignTop)
        self.out = button(say("composer.take_out"), partial(card.remove, clause.id), kind="link")
        row.addWidget(self.out, 0, Qt.AlignmentFlag.AlignTop)
        for keys, by in MOVES:
            moved = QShortcut(QKeySequence(keys), self.field, partial(card.move_clause, clause.id, by))
            moved.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_clause(self, number: int, clause: Clause, *, frozen: bool) -> None:
        """Its place and its words; words being typed are left alone."""
        self.number.setText(say("composer.nth", number=number))
        self.field.input.setAccessibleName(say("composer.clause", number=number))
        self.out.setAccessibleName(say("composer.take_out_nth", number=number))
        self.clause = clause
        self.refill.setAccessibleName(say("composer.refill_nth", number=number))
        self.refill.setVisible(template_of(clause.template) is not None)
        self.field.show_text(clause.text)
        self.setEnabled(not frozen)


class ClausesCard(Card):
    """Every clause in its row; `keep` is the page's way to keep a change and read the case again."""

    def __init__(self, seat: Seat, keep: Keep, choose: Callable[[], None], refill: Callable[[Clause], None]) -> None:
        """No clauses yet; `choose` leads to the library, `refill` there with a clause that came from it."""
        super().__init__(say("composer.clauses"), say("composer.clauses_about"))
        self.seat, self.keep, self.case, self.refill = seat, keep, CaseId(""), refill
        self.rows: dict[ClauseId, ClauseRow] = {}
        self.wanted = ClauseId("")
        self.adding = button(say("composer.add_clause"), self.add, kind="small", key="Ctrl+Return")
        self.choosing = button(say("composer.from_library"), choose, kind="small")
        self.head.addWidget(self.adding)
        self.head.addWidget(self.choosing)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setSpacing(space("s"))
        self.column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.put(self.area, 1)

    def show_clauses(self, case: CaseId, found: Agreement, *, frozen: bool) -> None:
        """Rows of clauses that stay stay as they are, cursor and all; only what came, went or moved is touched."""
        if case != self.case:
            self.clear()
        self.case = case
        for gone in set(self.rows) - {each.id for each in found.clauses}:
            self.take(gone)
        self.rows = {each.id: self.rows.get(each.id) or ClauseRow(self, each) for each in found.clauses}
        for place, each in enumerate(found.clauses):
            row = self.rows[each.id]
            if self.column.indexOf(row) != place:
                self.column.insertWidget(place, row)
            row.show_clause(place + 1, each, frozen=frozen)
        self.adding.setEnabled(not frozen)
        self.choosing.setEnabled(not frozen)
        self.focus_on(self.wanted)

    def clear(self) -> None:
        """Nothing of the case before."""
        for each in list(self.rows):
            self.take(each)

    def take(self, clause: ClauseId) -> None:
        """A clause that is gone; the keyboard goes on at the next one."""
        row = self.rows.pop(clause)
        self.column.removeWidget(row)
        row.deleteLater()

    def add(self) -> None:
        """A further clause, ready to type."""
        desk, case = self.seat.desk, self.case
        self.keep(
            lambda: agreement.add_clause(desk, case, reading.reread(desk, case).seen, text=""),
            self.added,
            once="clause",
        )

    def added(self, clause: ClauseId) -> None:
        """Put the focus into it once it is shown."""
        self.wanted = clause

    def focus_on(self, clause: str) -> None:
        """Type in this clause, and see it."""
        row = self.rows.get(ClauseId(clause))
        if row is not None:
            self.wanted = ClauseId("")
            row.field.input.setFocus()
            self.area.ensureWidgetVisible(row)

    def save(self, clause: ClauseId, text: str) -> None:
        """Keep the words of a clause; where they cannot be kept they stay and are told again."""
        desk, case = self.seat.desk, self.case

        def work() -> object:
            return agreement.save_clause(desk, case, reading.reread(desk, case).seen, clause=clause, text=text)

        self.keep(work, None, partial(self.not_saved, clause))

    def not_saved(self, clause: ClauseId, error: MediatorError) -> None:
        """The words stay in the field."""
        if clause in self.rows:
            self.rows[clause].field.not_kept()
        self.seat.troubled.emit(error)

    def remove(self, clause: ClauseId) -> None:
        """Take a clause out; it stays in the case's course."""
        desk, case = self.seat.desk, self.case
        self.keep(
            lambda: agreement.remove_clause(desk, case, reading.reread(desk, case).seen, clause=clause), once="take_out"
        )

    def move_clause(self, clause: ClauseId, by: int) -> None:
        """One place up or down; the cursor goes with it."""
        order = list(self.rows)
        at = order.index(clause)
        to = at + by
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            desk, case = self.seat.desk, self.case
            self.keep(
                lambda: agreement.order_clauses(desk, case, reading.reread(desk, case).seen, order=order), once="move"
            )
            self.wanted = clause

    def flush(self) -> None:
        """Keep everything typed."""
        for row in self.rows.values():
            row.field.flush()
