"""The recordings of a case: heard again from the beginning or from a sentence, taken out as a file for a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit

from mediator.casework import listening, thinning
from mediator.casework.complaints import sentence
from mediator.casework.listening import Kept
from mediator.casework.thinning import Place
from mediator.core.dates import BEIJING, chinese_moment
from mediator.core.recordings import Position, clock_of
from mediator.core.records import Case
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Sent
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.player import Player
from mediator.ui.seat import Seat
from mediator.ui.words import say


def state_of(kept: Kept) -> str:
    """How it ended; one whose sound was destroyed, or is not on this computer, says that instead."""
    if kept.destroyed:
        return say("case_page.sound_destroyed")
    if not kept.here:
        return say(f"case_page.sound_{kept.place.value}")
    return kept.recording.ending.term if kept.recording.ending else say("case_page.sound_runs")


def begun_at(kept: Kept) -> str:
    """Day and hour."""
    at = kept.recording.begun_at
    return chinese_moment(at.astimezone(BEIJING)) if at else ""


class RecordingsCard(Card):
    """`place()` is where the sentence is heard on which the reader stands, if it was recorded."""

    def __init__(self, seat: Seat, place: Callable[[], Position | None]) -> None:
        """No case yet."""
        super().__init__(say("case_page.sounds"))
        self.seat, self.place = seat, place
        self.case: Case | None = None
        self.player = Player(seat, self)
        self.player.changed.connect(self.show_playing)
        columns: tuple[Column[Kept], ...] = (
            Column(say("case_page.sound_at"), begun_at, 12),
            Column(say("case_page.sound_long"), lambda each: clock_of(each.recording.seconds), 5),
            Column(say("case_page.sound_end"), state_of),
        )
        self.hear = button(say("case_page.sound_hear"), self.press, kind="small")
        self.hear.setToolTip("Ctrl+T")
        self.back = button(say("case_page.sound_back"), self.ask_back, kind="small")
        self.back.hide()
        self.head.addWidget(self.back)
        self.head.addWidget(self.hear)
        QShortcut(QKeySequence("Ctrl+T"), self, self.press, context=Qt.ShortcutContext.WindowShortcut)
        self.rows: Rows[Kept] = Rows(columns)
        self.table = Table(self.rows, say("case_page.sounds"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("case_page.no_sounds")
        self.table.selectionModel().selectionChanged.connect(self.show_back)
        self.put(self.table, 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("case_page.sound_reason"))
        self.reason.setPlaceholderText(say("case_page.sound_reason"))
        self.reason.returnPressed.connect(self.export)
        self.put(self.reason)
        self.told = Note("")
        self.told.hide()
        self.put(self.told)

    @property
    def out(self) -> Path:
        """Where papers go."""
        return Path.home() / say("documents.folder")

    def show_case(self, case: Case) -> None:
        """Another state of the case, or another case, of which nothing stays."""
        if self.case is None or self.case.id != case.id:
            self.player.stop()
            self.told.tell("")
            self.reason.clear()
        self.case = case
        self.setVisible(any(each.recordings for each in case.hearings))
        if self.isVisible():
            self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is looked at: read it now."""
        super().showEvent(event)
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab, another page, another case: silence."""
        self.player.stop()
        super().hideEvent(event)

    def ask(self) -> None:
        """What there is, and whether it is here."""
        if self.case is not None:
            self.seat.deed(partial(listening.recordings, self.seat.desk, self.case.id), self.show_rows)

    def show_rows(self, found: tuple[Kept, ...]) -> None:
        """The newest is chosen."""
        chosen = self.table.currentIndex().row()
        self.rows.show_rows(found)
        if found:
            self.table.selectRow(chosen if 0 <= chosen < len(found) else len(found) - 1)
        self.show_back()

    def show_back(self) -> None:
        """The button stands there while the chosen recording is at the county alone."""
        kept = self.chosen
        self.back.setVisible(kept is not None and not kept.destroyed and kept.place is Place.COUNTY)

    def ask_back(self) -> None:
        """Let the next exchange bring the chosen recording."""
        kept = self.chosen
        if self.case is not None and kept is not None:
            self.seat.deed(partial(thinning.ask_back, self.seat.desk, self.case.id, kept.recording.id), self.asked)

    def asked(self, _place: Place) -> None:
        """Tell it and read the list again."""
        self.told.tell(say("case_page.sound_asked"))
        self.ask()

    @property
    def chosen(self) -> Kept | None:
        """The recording on which the table stands."""
        at = self.table.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    def press(self) -> None:
        """From the sentence on which the reader stands, else the chosen recording from its beginning; or silence."""
        kept = self.chosen
        place = self.place() or (Position(kept.recording.id, 0) if kept else None)
        if self.case is not None:
            self.player.press(self.case.id, place)

    def show_playing(self) -> None:
        """What the button does next."""
        words = say("case_page.sound_silence" if self.player.on else "case_page.sound_hear")
        self.hear.setText(words)
        self.hear.setAccessibleName(words)

    def export(self) -> None:
        """The chosen recording as a file, for the reason that was typed."""
        kept = self.chosen
        if self.case is None or kept is None:
            return
        sent = Sent(self.reason)
        work = partial(
            listening.export_wav, self.seat.desk, self.case.id, kept.recording.id, out=self.out,
            reason=self.reason.text(),
        )  # fmt: skip
        self.seat.once("export_sound", work, partial(self.is_exported, sent), self.failed, heavy=True)

    def is_exported(self, sent: Sent, path: Path) -> None:
        """Where it lies."""
        sent.clear()
        self.told.tell(say("case_page.sound_exported", file=path), "calm")

    def failed(self, error: MediatorError) -> None:
        """Why not; the reason stays."""
        self.told.tell(sentence(error), "late")
