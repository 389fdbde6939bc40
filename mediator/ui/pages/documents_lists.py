"""The table that stands in the place of the kinds while no case was named."""

from __future__ import annotations

from collections.abc import Callable

from mediator.casework.reading import CaseRow
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.tokens import Look
from mediator.ui.words import say


class PickCard(Card):
    """选一个案件; Enter takes it."""

    def __init__(self, look: Look, picked: Callable[[str], None]) -> None:
        """`picked(case)`."""
        super().__init__(say("documents.pick"))
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("documents.case"), lambda each: each.number, 14),
            Column(say("documents.matter"), lambda each: each.title),
        )
        self.rows: Rows[CaseRow] = Rows(columns)
        self.table = Table(self.rows, say("documents.pick"), look=look)
        self.table.fit(columns)
        self.table.opened.connect(lambda row: picked(self.rows.rows[row].id))
        self.put(self.table)

    def show_cases(self, rows: tuple[CaseRow, ...]) -> None:
        """The first one is chosen."""
        self.rows.show_rows(rows)
        if rows:
            self.table.selectRow(0)
        self.table.setFocus()
