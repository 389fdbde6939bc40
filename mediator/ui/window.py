"""The one window: the gate, then the house; locking goes back, blanking covers everything."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework import opening
from mediator.casework.desk import Desk, Workshop
from mediator.ui.frame import Frame
from mediator.ui.gate import Gate
from mediator.ui.idle import HEARING, USUAL, IdleWatch
from mediator.ui.pieces.labels import label
from mediator.ui.preferences import Preferences
from mediator.ui.seat import Seat
from mediator.ui.theme import dress
from mediator.ui.words import say
from mediator.ui.worker import Worker

WIDTH, HEIGHT = 1366, 768
SMALLEST: Final = (1024, 640)


class Window(QMainWindow):
    """Gate, house and blank sheet, one shown at a time. Its title never names a person."""

    def __init__(self, workshop: Workshop, place: Path, preferences: Preferences) -> None:
        """Start at the gate."""
        super().__init__()
        self.workshop, self.preferences, self.worker = workshop, preferences, Worker()
        self.seat: Seat | None = None
        self.house: Frame | None = None
        self.setWindowTitle(say("frame.window"))
        self.setMinimumSize(*SMALLEST)
        self.resize(WIDTH, HEIGHT)
        self.idle = IdleWatch()
        self.idle.warned.connect(self.warn_idle)
        self.idle.touched.connect(self.calm_idle)
        self.idle.expired.connect(lambda: self.lock(whatever=True))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.gate = Gate(workshop, place, self.worker)
        self.gate.opened.connect(self.sit_down)
        self.cover = blank_sheet()
        self.stack.addWidget(self.gate)
        self.stack.addWidget(self.cover)
        QShortcut(QKeySequence("Esc"), self.cover, self.uncover)
        QShortcut(QKeySequence("F12"), self.cover, self.uncover)

    def sit_down(self, desk: Desk) -> None:
        """A vault is open: build the house."""
        self.seat = Seat(desk, self.worker, self.preferences)
        self.seat.lock_asked.connect(self.lock)
        self.seat.blank_asked.connect(self.blank)
        self.seat.look_changed.connect(self.redress)
        self.house = self._built(self.seat)
        self.stack.addWidget(self.house)
        self.stack.setCurrentWidget(self.house)
        self.house.page.keep_focus()

    def _built(self, seat: Seat) -> Frame:
        """A house whose desk is watched, longer while a hearing is on."""
        house = Frame(seat)
        house.turned.connect(lambda page: self.idle.watch(HEARING if page == "hearing" else USUAL))
        self.idle.listen(self.windowHandle())
        self.idle.watch()
        return house

    def warn_idle(self) -> None:
        """Half a minute before it is locked."""
        if self.house is not None:
            self.house.trouble.tell(say("frame.idle"), "soon")

    def calm_idle(self) -> None:
        """Somebody is there."""
        if self.house is not None:
            self.house.trouble.tell("")

    def redress(self) -> None:
        """Another theme or text size: the house is built again at the page it was on."""
        if self.house is None or self.seat is None:
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.preferences.look)
        page, old = self.house.page.name, self.house
        old.close_pages()
        self.worker.finish()
        self.seat.disconnect(old)
        self.house = self._built(self.seat)
        self.house.go(page)
        self.stack.addWidget(self.house)
        self.stack.setCurrentWidget(self.house)
        self.house.page.keep_focus()
        self.stack.removeWidget(old)
        old.deleteLater()

    def blank(self) -> None:
        """Cover the screen; nothing is closed."""
        self.stack.setCurrentWidget(self.cover)
        self.cover.setFocus()

    def uncover(self) -> None:
        """Back to the house."""
        if self.house is not None:
            self.stack.setCurrentWidget(self.house)
            self.house.page.keep_focus()

    def lock(self, *, whatever: bool = False) -> None:
        """Save what is typed, wait for every deed, close the vault, show the gate.

        What cannot be kept holds the door once and is named; the second time, or `whatever` stands there, it is left.
        """
        if self.leave_house(whatever=whatever):
            self.stack.setCurrentWidget(self.gate)
            self.gate.show_door()

    def leave_house(self, *, whatever: bool = False) -> bool:
        """Every deed is finished before the vault is closed; False when words would be lost and nobody knows yet."""
        if self.house is None or self.seat is None:
            return True
        self.house.close_pages()
        self.worker.finish()
        if not whatever and self.house.hold_for_unkept():
            self.stack.setCurrentWidget(self.house)
            return False
        self.seat.leave()
        self.idle.stop()
        self.stack.removeWidget(self.house)
        self.house.deleteLater()
        opening.lock(self.seat.desk)
        self.house = self.seat = None
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks first; a vault that is just being opened at the gate is waited for.

        Words that cannot be kept hold it once, as they hold locking.
        """
        self.worker.finish()
        if not self.leave_house():
            event.ignore()
            return
        self.gate.leave_door()
        super().closeEvent(event)


def blank_sheet() -> QWidget:
    """What stands on the screen while it is covered."""
    sheet = QWidget()
    sheet.setObjectName("blank")
    column = QVBoxLayout(sheet)
    column.addStretch(1)
    words = label(say("frame.blanked"), "aside")
    words.setAlignment(words.alignment())
    column.addWidget(words)
    column.addStretch(1)
    return sheet
