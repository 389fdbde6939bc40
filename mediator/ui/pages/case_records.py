"""The sittings of a case and what was said in them, to read; speaking goes on at the page of the hearing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from mediator.casework.desk import BEIJING
from mediator.core.dates import chinese_moment
from mediator.core.records import Case, Hearing
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


def record_text(hearing: Hearing) -> str:
    """Speaker by speaker; words that came after the record was closed stand in an annex."""
    lines = [f"{turn.speaker}：{turn.text}" for turn in hearing.turns if not turn.late]
    late = [f"{turn.speaker}：{turn.text}" for turn in hearing.turns if turn.late]
    return "\n".join([*lines, *([say("case_page.annex"), *late] if late else [])])


class RecordsPane(QWidget):
    """Sittings on the left, the record of the chosen one on the right."""

    def __init__(self, seat: Seat, hear: Callable[[], None]) -> None:
        """No sittings yet; `hear` leads to the page of the hearing."""
        super().__init__()
        columns: tuple[Column[Hearing], ...] = (
            Column(say("case_page.held_at"), self.when, 12),
            Column(say("case_page.place"), lambda each: each.place),
            Column(say("case_page.record_state"), self.state, 5, tone=lambda each: "done" if each.closed else "soon"),
        )
        self.rows: Rows[Hearing] = Rows(columns)
        self.table = Table(self.rows, say("case_page.sittings"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("case_page.no_sittings")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_record())
        left = Card(say("case_page.sittings"))
        left.head.addWidget(button(say("case_page.to_hearing"), hear, kind="small"))
        left.put(self.table)
        self.record_card = Card(say("case_page.record"))
        self.record = QPlainTextEdit()
        self.record.setReadOnly(True)
        self.record.setProperty("kind", "reading")
        self.record.setTabChangesFocus(True)
        self.record.setAccessibleName(say("case_page.record"))
        self.record_card.put(self.record)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(left, 2)
        row.addWidget(self.record_card, 3)

    def when(self, hearing: Hearing) -> str:
        """Day and hour, or that nobody wrote them down."""
        return chinese_moment(hearing.held_at.astimezone(BEIJING)) if hearing.held_at else say("case_page.no_time")

    def state(self, hearing: Hearing) -> str:
        """Whether the record was read out and closed."""
        return say("case_page.closed") if hearing.closed else say("case_page.open")

    def show_case(self, case: Case) -> None:
        """The newest sitting is chosen."""
        chosen = self.table.currentIndex().row()
        self.rows.show_rows(case.hearings)
        if case.hearings:
            self.table.selectRow(chosen if 0 <= chosen < len(case.hearings) else len(case.hearings) - 1)
        self.show_record()

    def show_record(self) -> None:
        """What was said in the chosen sitting."""
        place = self.table.currentIndex().row()
        hearing = self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None
        self.record_card.aside.setText(say("case_page.turns", count=len(hearing.turns)) if hearing else "")
        self.record.setPlainText(record_text(hearing) if hearing else "")
