"""The one window: the gate, then the house; locking goes back, blanking covers everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework import opening, practising
from mediator.casework.desk import Desk, Workshop
from mediator.errors import MediatorError
from mediator.ui.clip import ClipWatch
from mediator.ui.daily import DayWatch
from mediator.ui.gate import Gate
from mediator.ui.idle import IdleWatch
from mediator.ui.on_air import OnAir
from mediator.ui.on_air_bar import OnAirBar
from mediator.ui.pages.door import DoorPage
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pieces.labels import label
from mediator.ui.preferences import Preferences
from mediator.ui.roadwatch import RoadWatch
from mediator.ui.seat import Seat
from mediator.ui.theme import dress
from mediator.ui.words import say
from mediator.ui.worker import Worker

if TYPE_CHECKING:
    from mediator.ui.frame import Frame

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
        self.days: DayWatch | None = None
        self.road: RoadWatch | None = None
        self.setWindowTitle(say("frame.window"))
        self.setMinimumSize(*SMALLEST)
        self.resize(WIDTH, HEIGHT)
        self.idle = IdleWatch()
        self.clip = ClipWatch()
        self.idle.warned.connect(self.warn_idle)
        self.idle.touched.connect(self.calm_idle)
        self.idle.expired.connect(lambda: self.lock(whatever=True))
        self.stack = QStackedWidget()
        self.on_air = OnAir()
        self.bar = OnAirBar(self.on_air, self.is_elsewhere)
        self.setCentralWidget(below(self.bar, self.stack))
        self.gate = Gate(workshop, place, self.worker)
        self.gate.opened.connect(self.sit_down)
        self.cover, self.leaving = blank_sheet(say("frame.blanked")), blank_sheet(say("frame.leaving"))
        self.parting, self.whatever, self.signing_off = False, False, False
        self.then: Callable[[], object] = self.show_door
        for sheet in (self.gate, self.cover, self.leaving):
            self.stack.addWidget(sheet)
        QShortcut(QKeySequence("Esc"), self.cover, self.uncover)
        QShortcut(QKeySequence("F12"), self.cover, self.uncover)

    def sit_down(self, desk: Desk) -> None:
        """A vault is open: build the house."""
        self.seat = Seat(desk, self.worker, self.preferences, self.on_air)
        self.seat.lock_asked.connect(self.lock)
        self.seat.blank_asked.connect(self.blank)
        self.seat.look_changed.connect(self.redress)
        self.seat.idle_changed.connect(self.watch)
        self.seat.again_asked.connect(partial(self.begin_practice_again, desk.vault.folder))
        self.setWindowTitle(say("practice.window" if desk.practice else "frame.window"))
        self.greet(desk)
        self.house = self._built(self.seat)
        self.bar.sit_down(self.seat)
        self.stack.addWidget(self.house)
        self.stack.setCurrentWidget(self.house)
        self.house.page.keep_focus()
        self.begin_watches()

    def begin_watches(self) -> None:
        """What a desk does by itself while somebody sits at it."""
        assert self.seat is not None
        self.days, self.road = DayWatch(self.seat), RoadWatch(self.seat)

    def end_watches(self) -> None:
        """The desk is about to be left."""
        for watch in (self.days, self.road):
            if watch is not None:
                watch.stop()

    def greet(self, desk: Desk) -> None:
        """Who has just made the first vault gets every page explained until he says that he knows."""
        if isinstance(self.gate.currentWidget(), FirstRunPage) and not desk.practice:
            self.preferences.hints = True
            assert self.seat is not None
            self.seat.deed(self.preferences.keep)

    def _built(self, seat: Seat) -> Frame:
        """A house whose desk is watched, longer while a hearing is on."""
        from mediator.ui.frame import Frame  # the door stands open half a second sooner without every page

        house = Frame(seat)
        house.turned.connect(self.watch)
        self.idle.listen(self.windowHandle())
        self.watch()
        return house

    def watch(self, page: str = "") -> None:
        """Count the minutes that the user chose for a page."""
        chosen = self.preferences
        self.idle.watch(chosen.hearing_idle if page == "hearing" else chosen.idle)

    def is_elsewhere(self) -> bool:
        """Whether the page that shows a recording is not on the screen."""
        return self.house is None or self.stack.currentWidget() is not self.house or self.house.page.name != "hearing"

    def warn_idle(self) -> None:
        """Half a minute before it is locked."""
        if self.house is not None:
            self.house.trouble.tell(say("frame.idle"), "soon")

    def calm_idle(self) -> None:
        """Somebody is there."""
        if self.house is not None:
            self.house.trouble.tell("")

    def redress(self) -> None:
        """Another theme or text size: the house is built again once every word is kept, at the page it was on."""
        if self.house is None or self.parting:
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.preferences.look)
        self.house.close_pages()
        self.house.setEnabled(False)
        self.worker.then(self._rebuild)

    def _rebuild(self) -> None:
        """Pages with words that are nowhere else move in as they are, at their old size, until the words are kept."""
        if self.house is None or self.seat is None:
            return
        old = self.house
        page, case = old.page.name, old.page.case
        self.seat.disconnect(old)
        self.house = self._built(self.seat)
        self.house.take_in([each for each in old.built.values() if each.unkept()])
        self.house.go(page, case)
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
        """Save what is typed, wait for every deed, close the vault, show the gate; the screen is covered meanwhile.

        What cannot be kept holds the door once and is named; the second time, or `whatever` stands there, it is left.
        """
        self.leave_house(self.show_door, whatever=whatever)

    def begin_practice_again(self, place: Path) -> None:
        """The practice room as on its first day; what was typed there goes with it."""
        fresh = partial(practising.begin_again, self.workshop, place)
        self.leave_house(lambda: self.worker.deed(fresh, self.sit_down, failed=self.told_at_door), whatever=True)

    def told_at_door(self, error: MediatorError) -> None:
        """What went wrong between two rooms is said at the gate."""
        self.show_door()
        page = self.gate.currentWidget()
        if isinstance(page, DoorPage):
            page.failed(error)

    def show_door(self) -> None:
        """The gate of the vault that was left."""
        self.setWindowTitle(say("frame.window"))
        self.stack.setCurrentWidget(self.gate)
        self.gate.show_door()

    def leave_house(self, then: Callable[[], object], *, whatever: bool = False) -> None:
        """Begin to leave, `then` follows once the vault is closed; asked again on the way, the last wish counts."""
        if self.house is None:
            return
        self.then, self.whatever = then, whatever or (self.parting and self.whatever)
        if not self.parting:
            self.parting = True
            self.end_watches()
            self.house.close_pages()
            self.stack.setCurrentWidget(self.leaving)
            self.worker.then(self._all_told)

    def _all_told(self) -> None:
        """Every deed has answered: stay if words would be lost and nobody knows yet, else close the vault."""
        self.parting = False
        if self.house is None or self.seat is None:
            return
        if not self.whatever and self.house.hold_for_unkept():
            self.stack.setCurrentWidget(self.house)
            self.house.page.keep_focus()
            self.begin_watches()
            return
        self.seat.leave()
        self.bar.stand_up()
        self.idle.stop()
        self.clip.wipe()
        self.stack.removeWidget(self.house)
        self.house.deleteLater()
        desk, self.house, self.seat, self.days, self.road = self.seat.desk, None, None, None, None
        self.worker.deed(partial(opening.lock, desk), self._closed, failed=self._closed)

    def _closed(self, _answer: object) -> None:
        """The vault is closed, or as closed as it can be."""
        self.then()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks first; a vault that is just being opened or closed is waited for beside the screen.

        Words that cannot be kept hold it once, as they hold locking. A recording is ended first, for without a
        window nobody could stop it.
        """
        if self.on_air.on and not self.signing_off:
            self.signing_off = True
            event.ignore()
            self.on_air.ended.connect(self.close, Qt.ConnectionType.SingleShotConnection)
            self.on_air.stop()
            return
        if self.house is None and not self.worker.waiting:
            self.gate.leave_door()
            super().closeEvent(event)
            return
        event.ignore()
        if self.house is None:
            self.worker.then(self.close)
        else:
            self.leave_house(self.close)


def below(bar: QWidget, rest: QWidget) -> QWidget:
    """A bar above everything else."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(rest, 1)
    return whole


def blank_sheet(text: str) -> QWidget:
    """What stands on the screen while it is covered."""
    sheet = QWidget()
    sheet.setObjectName("blank")
    column = QVBoxLayout(sheet)
    column.addStretch(1)
    words = label(text, "aside")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(words)
    column.addStretch(1)
    return sheet
