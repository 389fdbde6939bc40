"""The two tables beside the kinds: the case to choose when none was named, and what was issued for it."""

from __future__ import annotations

from collections.abc import Callable

from mediator.casework.reading import CaseRow
from mediator.core.records import IssuedPaper
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


class IssuedCard(Card):
    """已签发; Enter writes the very bytes again."""

    def __init__(self, look: Look, again: Callable[[str], None]) -> None:
        """`again(number)`."""
        super().__init__(say("documents.issued"), say("documents.issued_about"))
        columns: tuple[Column[IssuedPaper], ...] = (
            Column(say("documents.number"), lambda each: each.number, 13),
            Column(say("documents.paper"), lambda each: each.title),
            Column(say("documents.pages"), lambda each: str(each.pages), 2, number=True),
        )
        self.rows: Rows[IssuedPaper] = Rows(columns)
        self.table = Table(self.rows, say("documents.issued"), look=look)
        self.table.fit(columns)
        self.table.empty = say("documents.none_issued")
        self.table.opened.connect(lambda row: again(self.rows.rows[row].number))
        self.put(self.table)
