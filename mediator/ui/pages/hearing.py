"""调解: pick a case, open a sitting, record it, read it out, close it. Nothing interrupts."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework import hearing, reading
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import MEETING, CaseRow, Opened, RowQuery
from mediator.core.codes import CaseStatus
from mediator.core.records import Case, CaseId, Hearing
from mediator.ui.page import Page
from mediator.ui.pages.hearing_record import RecordView, whole_text
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Elided, Note, label, spoken, tag
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say

BIGGER = 2
TO_PICK = (CaseStatus.REGISTERED, *MEETING)


class HearingPage(Page):
    """Four sheets, one shown: pick, begin, record, read out."""

    name = "hearing"
    takes_digits = True

    def __init__(self, seat: Seat) -> None:
        """Nothing is open."""
        super().__init__(seat, say("hearing.title"))
        self.aside = Elided("", "aside")
        self.saved = tag("")
        self.saved.setProperty("tone", "done")
        self.saved.hide()
        self.head.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.to_read = button(say("hearing.read_out"), self.read_out)
        self.to_close = button(say("hearing.close"), self.ask_to_close, kind="primary")
        self.head.addWidget(self.to_read)
        self.head.addWidget(self.to_close)
        self.sheets = QStackedWidget()
        self.record = RecordView(seat)
        self.record.closed.connect(self.is_closed)
        self.sheets_by_name = {
            "pick": self._pick(), "begin": self._begin(), "record": self.record, "read": self._read(),
        }  # fmt: skip
        for sheet in self.sheets_by_name.values():
            self.sheets.addWidget(sheet)
        self.confirm = self._confirm()
        self.body.addWidget(self.confirm)
        self.body.addWidget(self.sheets, 1)
        seat.saved.connect(self.show_saved)
        self.show_sheet("pick")

    def _pick(self) -> Card:
        """Cases that can be mediated."""
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("hearing.case"), lambda each: each.number, 14),
            Column(say("hearing.matter"), lambda each: each.title),
            Column(say("hearing.parties"), lambda each: each.parties, 14),
            Column(say("hearing.status"), lambda each: each.status.term, 6),
        )
        self.rows: Rows[CaseRow] = Rows(columns)
        card = Card(say("hearing.pick"), say("hearing.pick_about"))
        card.head.addWidget(button(say("hearing.register"), lambda: self.seat.went.emit("intake", ""), kind="small"))
        self.picker = Table(self.rows, say("hearing.pick"), look=self.seat.preferences.look)
        self.picker.fit(columns)
        self.picker.opened.connect(lambda row: self.enter(self.rows.rows[row].id))
        card.put(self.picker)
        return card

    def _begin(self) -> QWidget:
        """Place, mediators, recorder; all may be left as they stand."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(say("hearing.begin"), say("hearing.begin_about"), padded=True)
        grid = QGridLayout()
        self.place, self.mediators, self.recorder = QLineEdit(), QLineEdit(), QLineEdit()
        for row, (name, field) in enumerate(
            (("place", self.place), ("mediators", self.mediators), ("recorder", self.recorder))
        ):
            words = label(say(f"hearing.{name}"), "label")
            words.setBuddy(field)
            field.setAccessibleName(spoken(words.text()))
            field.returnPressed.connect(self.begin)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        card.body.addLayout(grid)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(say("hearing.begin_now"), self.begin, kind="primary"))
        card.body.addLayout(last)
        column.addWidget(card)
        self.earlier = Note("")
        column.addWidget(self.earlier)
        column.addStretch(1)
        return sheet

    def _read(self) -> Card:
        """The record in large letters, page by page."""
        card = Card(say("hearing.reading"), say("hearing.reading_about"))
        self.big = QPlainTextEdit()
        self.big.setReadOnly(True)
        self.big.setAccessibleName(say("hearing.reading"))
        face = self.big.font()
        face.setPixelSize(int(self.seat.preferences.look.px("hearing") * BIGGER))
        self.big.setFont(face)
        self.big.setStyleSheet(f"font-size: {face.pixelSize()}px;")
        card.head.addWidget(button(say("hearing.back"), lambda: self.show_sheet("record"), kind="small"))
        QShortcut(QKeySequence("Esc"), card, lambda: self.show_sheet("record"))
        card.put(self.big)
        return card

    def _confirm(self) -> Card:
        """What closing means, and the word that must be typed."""
        card = Card(say("hearing.close_title"), padded=True)
        card.put(label(say("hearing.close_about"), "aside", wrap=True))
        self.word = QLineEdit()
        self.word.setAccessibleName(say("hearing.close_word"))
        self.word.setPlaceholderText(say("hearing.close_word"))
        self.word.returnPressed.connect(self.close_record)
        row = QHBoxLayout()
        row.addWidget(self.word, 1)
        row.addWidget(button(say("hearing.not_yet"), self.not_yet))
        row.addWidget(button(say("hearing.close_now"), self.close_record, kind="primary"))
        card.body.addLayout(row)
        card.hide()
        return card

    def show_sheet(self, name: str) -> None:
        """One sheet; reading out and closing belong to the record."""
        self.sheets.setCurrentWidget(self.sheets_by_name[name])
        for press in (self.to_read, self.to_close):
            press.setVisible(name == "record")
        if name != "record":
            self.confirm.hide()
            self.saved.hide()
        else:
            self.record.take_focus()

    def show_saved(self, moment: datetime) -> None:
        """Only while recording, and only after the commit."""
        self.saved.setText(say("hearing.saved", at=f"{moment:%H:%M:%S}"))
        self.saved.setVisible(self.sheets.currentWidget() is self.record)

    def enter(self, case: str = "") -> None:
        """Go on with a case's open sitting, begin one, or pick a case."""
        if not case and self.case and self.sheets.currentWidget() is self.record:
            self.record.take_focus()
            return
        self.case = case
        if case:
            self.seat.deed(lambda: reading.reread(self.seat.desk, CaseId(case)), self.show_case)
            return
        self.title.setText(say("hearing.title"))
        self.aside.setText("")
        self.show_sheet("pick")
        self.seat.deed(lambda: reading.rows(self.seat.desk, RowQuery(TO_PICK, limit=200)), self.show_rows)

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """Cases to pick from, the newest first."""
        self.rows.show_rows(rows)
        if rows:
            self.picker.selectRow(0)
        self.picker.setFocus()

    def show_case(self, opened: Opened) -> None:
        """The newest open sitting, or a form for the next."""
        case = opened.case
        self.title.setText(case.number or case.title)
        sitting = next((each for each in reversed(case.hearings) if not each.closed), None)
        if sitting is not None:
            self.show_record(case, sitting)
            return
        self.aside.setText(case.title)
        self.mediators.setText(self.mediators.text() or self.seat.desk.vault.user.name)
        self.recorder.setText(self.recorder.text() or self.seat.desk.vault.user.name)
        self.earlier.tell(say("hearing.earlier", count=len(case.hearings)) if case.hearings else "")
        self.show_sheet("begin")
        self.place.setFocus()

    def show_record(self, case: Case, sitting: Hearing) -> None:
        """Go on recording."""
        number = [each.id for each in case.hearings].index(sitting.id) + 1
        self.aside.setText(say("hearing.nth", number=number))
        self.record.show_record(case, sitting)
        self.show_sheet("record")

    def begin(self) -> None:
        """Open the sitting; the case moves on by itself."""
        names = tuple(name for name in self.mediators.text().replace("，", "、").replace(" ", "、").split("、") if name)
        form = HearingForm(self.seat.desk.workshop.clock.now(), self.place.text(), names, self.recorder.text())
        case = CaseId(self.case)
        work = partial(hearing.open_hearing, self.seat.desk, case, form)
        self.seat.once("begin", work, lambda _: self.enter(case))

    def read_out(self) -> None:
        """Everything typed is kept first, then shown large."""
        self.record.save_typed()
        self.big.setPlainText(whole_text(self.record.turns.lines))
        self.show_sheet("read")
        self.big.setFocus()

    def ask_to_close(self) -> None:
        """Say what closing means; no dialog."""
        self.confirm.show()
        self.word.clear()
        self.word.setFocus()

    def not_yet(self) -> None:
        """Go on recording."""
        self.confirm.hide()
        self.record.take_focus()

    def close_record(self) -> None:
        """Close once the word stands there."""
        if self.word.text().strip() == say("hearing.close_typed"):
            self.record.close_record()
        else:
            self.word.setFocus()
            self.word.selectAll()

    def is_closed(self) -> None:
        """The record is closed: papers come next."""
        case, self.case = self.case, ""
        self.confirm.hide()
        self.show_sheet("pick")
        self.seat.went.emit("case_page", case)

    def leave(self) -> None:
        """Another page comes: words in the field become a turn."""
        if self.sheets.currentWidget() is self.record:
            self.record.save_typed()

    def unkept(self) -> bool:
        """Words the disk refused stand in the field again."""
        return self.sheets.currentWidget() is self.record and bool(self.record.input.words)

    def refresh(self, cases: frozenset[str]) -> None:
        """An exchange or another page changed the case; our own deeds are shown already."""
        if self.record.own > 0:
            self.record.own -= 1
        elif self.case in cases and self.sheets.currentWidget() is self.record and not self.record.input.words:
            self.enter_again()

    def enter_again(self) -> None:
        """Read the sitting again."""
        self.seat.deed(lambda: reading.reread(self.seat.desk, CaseId(self.case)), self.show_case)
