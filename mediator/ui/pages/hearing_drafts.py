"""语音初稿: what an engine heard, beside what stands in the record; a person takes it over, turn by turn, or not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from mediator.casework import transcribing
from mediator.casework.complaints import sentence
from mediator.casework.speech import ModelKind
from mediator.casework.transcribing import Heard
from mediator.core.records import CaseId, HearingId
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.running import RunningStrip
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.player import Player
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

NO_MODEL = frozenset({"speech.none", "speech.no_model", "speech.changed", "speech.model"})


class DraftsView(Card):
    """`left()` leads back to the record. Nothing here is kept but what somebody takes over."""

    left = Signal()

    def __init__(self, seat: Seat) -> None:
        """No sitting yet."""
        super().__init__(say("hearing.drafts"), padded=True)
        self.seat, self.case, self.sitting = seat, CaseId(""), HearingId("")
        self.head.addWidget(button(say("hearing.drafts_make"), self.make, kind="small"))
        self.head.addWidget(button(say("hearing.back"), self.left.emit, kind="small"))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.player = Player(seat, self)
        QShortcut(QKeySequence("Ctrl+T"), self, self.hear)
        self.put(label(say("hearing.drafts_about"), "aside", wrap=True))
        columns: tuple[Column[Heard], ...] = (
            Column(say("hearing.drafts_speaker"), lambda each: each.turn.speaker, 6),
            Column(say("hearing.record"), lambda each: each.turn.text),
            Column(say("hearing.drafts"), lambda each: each.text),
        )
        self.rows: Rows[Heard] = Rows(columns)
        self.table = Table(self.rows, say("hearing.drafts"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("hearing.drafts_none")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_text())
        self.table.opened.connect(lambda _: self.text.setFocus())
        self.put(self.table, 1)
        self.running = RunningStrip(seat, "drafts")
        self.put(self.running)
        self.told = Note("")
        self.told.hide()
        self.put(self.told)
        self.put(self._line())
        self.put(self._model())

    def _line(self) -> QWidget:
        """The draft of the chosen turn, to be put right and taken over."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("s"))
        self.text = QLineEdit()
        self.text.setAccessibleName(say("hearing.drafts_text"))
        self.text.setPlaceholderText(say("hearing.drafts_text"))
        self.text.returnPressed.connect(self.take_over)
        row.addWidget(self.text, 1)
        row.addWidget(button(say("hearing.drafts_take"), self.take_over, kind="primary"))
        return whole

    def _model(self) -> QWidget:
        """Where an administrator enters a model; hidden while one may be loaded."""
        self.model = QWidget()
        row = QHBoxLayout(self.model)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("s"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(say("hearing.model_folder"))
        self.folder.setPlaceholderText(say("hearing.model_folder"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(say("hearing.model_kind"))
        for each in ModelKind:
            self.kind.addItem(each.term, each)
        row.addWidget(self.folder, 1)
        row.addWidget(self.kind)
        row.addWidget(button(say("hearing.model_enter"), self.enter_model))
        self.model.hide()
        return self.model

    def show_sitting(self, case: CaseId, sitting: HearingId) -> None:
        """Begin at once; drafts of another sitting are gone."""
        self.case, self.sitting = case, sitting
        self.rows.show_rows(())
        self.text.clear()
        self.told.tell("")
        self.table.setFocus()
        self.make()

    def make(self) -> None:
        """Let the engine hear every recorded turn; it can be stopped."""
        work = partial(transcribing.drafts, self.seat.desk, self.case, self.sitting)
        self.running.start(lambda watch: work(watch=watch), partial(self.show_drafts, self.sitting), self.failed)

    def show_drafts(self, sitting: HearingId, found: tuple[Heard, ...]) -> None:
        """Beside the record, unless another sitting is looked at by now."""
        if sitting == self.sitting:
            self.model.hide()
            self.told.tell("")
            self.rows.show_rows(found)
            self.table.selectRow(0)
            self.table.setFocus()

    def show_text(self) -> None:
        """The draft of the chosen turn, for a person to put right."""
        heard = self.chosen
        self.text.setText(heard.text if heard else "")

    def hear(self) -> None:
        """Ctrl+T: the chosen turn is heard; once more, and it is silent."""
        heard = self.chosen
        self.player.press(self.case, heard.turn.sound if heard else None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Silence on another sheet."""
        self.player.stop()
        super().hideEvent(event)

    @property
    def chosen(self) -> Heard | None:
        """The turn on which the table stands."""
        at = self.table.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    def take_over(self) -> None:
        """These words take the place of the turn's, with trace; the next turn is next."""
        heard, words = self.chosen, self.text.text()
        if heard is None or not words.strip():
            return
        work = partial(
            transcribing.take_over, self.seat.desk, self.case, self.sitting, turn=heard.turn.id, text=words,
            engine=heard.engine,
        )  # fmt: skip
        self.seat.once("take_over", work, lambda _: self.is_taken(heard), self.failed)

    def is_taken(self, heard: Heard) -> None:
        """It is in the record: it needs no draft any more."""
        at = self.table.currentIndex().row()
        self.rows.show_rows([each for each in self.rows.rows if each is not heard])
        if self.rows.rows:
            self.table.selectRow(min(at, len(self.rows.rows) - 1))
        self.show_text()
        self.table.setFocus()

    def failed(self, error: MediatorError) -> None:
        """Why not; where a model is what is missing, a line for it."""
        self.told.tell(sentence(error), "soon")
        self.model.setVisible(error.code in NO_MODEL)

    def enter_model(self) -> None:
        """These files and no others from now on; then it begins."""
        folder = Path(self.folder.text().strip()).expanduser()
        work = partial(transcribing.enter_model, self.seat.desk, folder, self.kind.currentData())
        self.seat.once("model", work, lambda _: self.make(), self.failed, heavy=True)
