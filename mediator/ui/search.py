"""The search above every page: hits while typing, exact to the character, opened by Enter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from mediator.casework import searching
from mediator.casework.searching import Hit, Hits
from mediator.core.terms import field_term
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

PAUSE_MS: Final = 40
SHOWN: Final = 12
KEY: Final = "Ctrl+K"
ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ALL: Final = Qt.ItemDataRole.UserRole + 1


class SearchBox(QLineEdit):
    """Ctrl+K. Down goes into the hits, Enter opens one, Ctrl+Enter shows all of them on a page, Esc leaves."""

    def __init__(self, seat: Seat) -> None:
        """An empty search."""
        super().__init__()
        self.seat = seat
        self.setPlaceholderText(say("frame.search"))
        self.setAccessibleName(say("frame.search"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, space("s"), 0)
        inside.addStretch(1)
        self.key = label(KEY, "small")
        self.key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(self.key)
        self.textChanged.connect(lambda words: self.key.setHidden(bool(words)))
        self.setTextMargins(0, 0, self.key.sizeHint().width(), 0)
        self.hits = QListWidget(self)
        self.hits.setWindowFlag(Qt.WindowType.ToolTip)
        self.hits.setAccessibleName(say("frame.hits"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.itemClicked.connect(self.open)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.textEdited.connect(lambda _: self._pause.start())

    def hideEvent(self, event: QHideEvent) -> None:
        """Covered or locked: nothing that was found stays on the screen."""
        super().hideEvent(event)
        self.hits.hide()

    def take_focus(self) -> None:
        """Ready to type over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def ask(self) -> None:
        """Search beside the screen; an answer to an older question is thrown away. Traces are left by opening."""
        self._pause.stop()
        asked = self.text().strip()
        if not asked:
            self.hits.hide()
            return
        self.seat.deed(
            lambda: searching.search(self.seat.desk, searching.typed(asked, limit=SHOWN), traced=False),
            lambda hits: self.show_hits(hits) if self.text().strip() == asked else None,
        )

    def show_hits(self, hits: Hits) -> None:
        """The list under the box."""
        self.hits.clear()
        for hit in hits.hits:
            self.add_hit(hit)
        if hits.alike:
            self.add_heading(say("frame.alike", count=hits.alike_total))
        for hit in hits.alike[: SHOWN - len(hits.hits)]:
            self.add_hit(hit)
        self.add_way_to_all(hits)
        self.step_to(0, 1)
        self.hits.setGeometry(0, 0, self.width(), min(self.hits.count(), SHOWN + 2) * (self.height() + 2) + 4)
        self.hits.move(self.mapToGlobal(QPoint(0, self.height())))
        self.hits.show()

    def add_hit(self, hit: Hit) -> None:
        """Number, what kind of text it stands in, the words around it with the place in brackets."""
        item = QListWidgetItem(f"{hit.number}  {field_term(hit.field)}：{bracketed(hit)}")
        item.setData(Qt.ItemDataRole.UserRole, hit)
        self.hits.addItem(item)

    def add_way_to_all(self, hits: Hits) -> None:
        """The last line leads to every hit; without any it says so."""
        if not self.hits.count():
            self.add_heading(say("frame.no_hits"))
            return
        item = QListWidgetItem(say("frame.all_hits", count=f"{hits.total + hits.alike_total:,}"))
        item.setData(ALL, self.text().strip())
        self.hits.addItem(item)

    def add_heading(self, words: str) -> None:
        """A line that nobody opens."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.hits.addItem(item)

    def step_to(self, row: int, step: int) -> None:
        """The next hit from a row on in a direction; headings are passed over, at the end nothing moves."""
        while 0 <= row < self.hits.count():
            if self.hits.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.hits.setCurrentRow(row)
                return
            row += step

    def open(self, item: QListWidgetItem | None) -> None:
        """Go to the case of a hit, at its place; from the last line to the page of all hits."""
        self.hits.hide()
        if item is None:
            return
        hit, words = item.data(Qt.ItemDataRole.UserRole), item.data(ALL)
        if words:
            self.show_all(str(words))
        elif isinstance(hit, Hit):
            self.clear()
            self.seat.sought = hit
            self.seat.went.emit("case_page", hit.case)

    def show_all(self, words: str) -> None:
        """The page of hits, with its conditions."""
        self.hits.hide()
        if words:
            self.clear()
            self.seat.words = words
            self.seat.went.emit("found", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the hits, Enter opens, Esc leaves."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.hits.isVisible():
            self.step_to(self.hits.currentRow() + step, step)
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.show_all(self.text().strip())
        elif event.key() in ENTER and self.hits.isVisible():
            self.open(self.hits.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.hits.hide()
            self.clear()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def bracketed(hit: Hit) -> str:
    """The excerpt with each found place between brackets, for eye and ear alike."""
    words, at = "", 0
    for start, end in hit.marks:
        words += f"{hit.excerpt[at:start]}【{hit.excerpt[start:end]}】"
        at = end
    return words + hit.excerpt[at:]
