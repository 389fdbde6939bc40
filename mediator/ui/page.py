"""What every page is: a widget of the house with a name, told when it is entered and left."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.ui.pieces.labels import Elided
from mediator.ui.seat import Seat
from mediator.ui.tokens import space


class Page(QWidget):
    """A page. Subclasses build their widgets in `__init__`, ask casework in `enter` and never block.

    `nav` names the entry that is lit, `takes_digits` keeps Ctrl+1..9 for the page, `case` is what it is about.
    `head` is the row of the title: put asides and buttons there. `body` is the column below it. A page of many parts
    builds what is seen first in `__init__` and the others `in_pieces`; until it is `whole` only the first may be used.
    """

    name: ClassVar[str] = ""
    nav: ClassVar[str] = ""
    takes_digits: ClassVar[bool] = False
    case: str = ""

    def __init__(self, seat: Seat, title: str = "") -> None:
        """An empty page with a head and a body."""
        super().__init__(seat.floor)
        self.seat = seat
        self.setObjectName("page")
        column = QVBoxLayout(self)
        column.setContentsMargins(space("l"), space("m"), space("l"), space("m"))
        column.setSpacing(space("m"))
        self.head = QHBoxLayout()
        self.head.setSpacing(space("m"))
        self.title = Elided(title, "title")
        self.head.addWidget(self.title)
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(space("m"))
        column.addLayout(self.body, 1)
        self._pieces: list[Callable[[], None]] = []
        self._after: list[Callable[[], None]] = []
        self._turn = QTimer(self)  # with no wait: after every key that was pressed and everything that must be painted
        self._turn.timeout.connect(self._next_piece)

    def in_pieces(self, *pieces: Callable[[], None]) -> None:
        """Do these one after the other, each in a further turn of the event loop, so that none holds the screen."""
        self._pieces += pieces
        if pieces:
            self._turn.start()

    def _next_piece(self) -> None:
        """One piece, or one thing that waited for all of them."""
        piece = (self._pieces or self._after).pop(0)
        if self.at_rest:
            self._turn.stop()
        piece()

    @property
    def whole(self) -> bool:
        """Whether every piece stands."""
        return not self._pieces

    @property
    def at_rest(self) -> bool:
        """Whether every piece stands, and nothing waits any more that came too early."""
        return not (self._pieces or self._after)

    def when_whole(self, then: Callable[[], None]) -> None:
        """Call `then` now, or in a turn after the last piece."""
        if self.at_rest:
            then()
        else:
            self._after.append(then)
            self._turn.start()

    def enter(self, case: str = "") -> None:
        """The page is shown, for a case if one is named: ask for what it shows and put the focus."""

    def keep_focus(self) -> None:
        """The keyboard is never in the air: a page that put the focus nowhere gets it on its first control."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            return
        first = self.home() or next(filter(self._takes_keys, self.findChildren(QWidget)), None)
        if first is not None:
            first.setFocus()

    def _takes_keys(self, each: QWidget) -> bool:
        """Whether Tab would stop there."""
        return bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.isEnabled() and each.isVisibleTo(self)

    def home(self) -> QWidget | None:
        """Where the keyboard starts: the control for the likeliest next step, nothing that changes a case."""
        return None

    def search(self) -> QLineEdit | None:
        """The line Ctrl+F goes to on this page; None leads to the search above every page."""
        return None

    def leave(self) -> None:
        """Another page comes: whatever is typed and not yet asked to be saved is saved now."""

    def unkept(self) -> bool:
        """Whether words stand here that are nowhere else: refused by the disk, or of a form nobody has sent yet."""
        return False

    def hurry(self) -> None:
        """Do now what waits for a pause in typing: before a picture is taken, or a test looks."""

    def refresh(self, cases: frozenset[str]) -> None:
        """Cases changed, by this desk or by an exchange, while the page is on the screen."""
