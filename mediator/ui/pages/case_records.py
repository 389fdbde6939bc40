"""The sittings of a case and what was said in them, to read; speaking goes on at the page of the hearing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mediator.casework.desk import BEIJING
from mediator.core.dates import chinese_moment
from mediator.core.recordings import Position
from mediator.core.records import Case, Hearing, Turn
from mediator.ui.pages.case_recordings import RecordingsCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


def record_text(hearing: Hearing) -> str:
    """Speaker by speaker; words that came after the record was closed stand in an annex."""
    return "\n".join(line for line, _ in record_lines(hearing))


def record_lines(hearing: Hearing) -> list[tuple[str, Turn | None]]:
    """Each line of the record with the turn it belongs to; a turn of several lines has several."""
    lines = [(turn, f"{turn.speaker}：{turn.text}") for turn in hearing.turns]
    spoken = [(line, turn) for turn, words in lines if not turn.late for line in words.split("\n")]
    late = [(line, turn) for turn, words in lines if turn.late for line in words.split("\n")]
    return [*spoken, *([(say("case_page.annex"), None), *late] if late else [])]


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
        self.sounds = RecordingsCard(seat, self.heard_at)
        aside = QVBoxLayout()
        aside.setSpacing(space("m"))
        aside.addWidget(left, 3)
        aside.addWidget(self.sounds, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        row.addLayout(aside, 2)
        row.addWidget(self.record_card, 3)

    def when(self, hearing: Hearing) -> str:
        """Day and hour, or that nobody wrote them down."""
        return chinese_moment(hearing.held_at.astimezone(BEIJING)) if hearing.held_at else say("case_page.no_time")

    def state(self, hearing: Hearing) -> str:
        """Whether the record was read out and closed."""
        return say("case_page.closed") if hearing.closed else say("case_page.open")

    def show_case(self, case: Case) -> None:
        """The newest sitting is chosen."""
        self.sounds.show_case(case)
        chosen = self.table.currentIndex().row()
        self.rows.show_rows(case.hearings)
        if case.hearings:
            self.table.selectRow(chosen if 0 <= chosen < len(case.hearings) else len(case.hearings) - 1)
        self.show_record()

    @property
    def chosen(self) -> Hearing | None:
        """The sitting on which the table stands."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def heard_at(self) -> Position | None:
        """Where the sentence is heard in which the cursor stands; None before anybody put it there."""
        hearing, cursor = self.chosen, self.record.textCursor()
        if hearing is None or not (cursor.position() or self.record.hasFocus()):
            return None
        lines = record_lines(hearing)
        turn = lines[cursor.blockNumber()][1] if cursor.blockNumber() < len(lines) else None
        return turn.sound if turn else None

    def show_record(self) -> None:
        """What was said in the chosen sitting."""
        hearing = self.chosen
        self.record_card.aside.setText(say("case_page.turns", count=len(hearing.turns)) if hearing else "")
        self.record.setPlainText(record_text(hearing) if hearing else "")
