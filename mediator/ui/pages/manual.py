"""使用手册: chapters on the left, one of them on the right; it lies in the program and needs no network."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from mediator.ui.manual import chapter_for, chapters, folder
from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LIST: Final = 14


class Book(QTextBrowser):
    """Markdown whose pictures are never wider than the page."""

    def __init__(self) -> None:
        """Nothing to read yet."""
        super().__init__()
        self.words, self.wide = "", 0
        self.setOpenLinks(False)
        self.setSearchPaths([str(folder())])
        self.document().setDocumentMargin(space("xl"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def read(self, words: str) -> None:
        """From the beginning."""
        self.words, self.wide = words, self.room()
        self.setMarkdown(words)
        self.verticalScrollBar().setValue(0)

    def room(self) -> int:
        """Pixels between the margins."""
        return max(self.viewport().width() - 2 * space("xl") - self.verticalScrollBar().sizeHint().width(), 1)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture as wide as there is room for, at most as it is."""
        picture = QImage(str(folder() / QUrl(name).toString()))
        if picture.isNull() or picture.width() <= self.room():
            return picture
        return picture.scaledToWidth(self.room(), Qt.TransformationMode.SmoothTransformation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other pictures; one reads on where one was."""
        super().resizeEvent(event)
        if self.words and self.room() != self.wide:
            place = self.verticalScrollBar().value()
            self.read(self.words)
            self.verticalScrollBar().setValue(place)


class ManualPage(Page):
    """Up and Down choose a chapter, Tab goes into it, the arrows scroll, Esc leads back."""

    name: ClassVar[str] = "manual"

    def __init__(self, seat: Seat) -> None:
        """Nothing chosen yet."""
        super().__init__(seat, say("frame.manual"))
        self.head.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("keys.chapters"))
        self.list.setFixedWidth(seat.preferences.look.wide(LIST))
        self.list.addItems([each.title for each in chapters()])
        self.text = Book()
        self.text.setAccessibleName(say("keys.chapter"))
        self.back = button(say("keys.back"), seat.keys_asked.emit)
        QShortcut(QKeySequence("Esc"), self, self.back.click)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.back)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        self.body.addLayout(row, 1)
        self.list.currentRowChanged.connect(self.show_chapter)

    def enter(self, case: str = "") -> None:
        """`case` is no case here but the page that somebody asks about."""
        self.list.setCurrentRow(chapter_for(case))

    def show_chapter(self, place: int) -> None:
        """One chapter from its beginning."""
        if 0 <= place < len(chapters()):
            self.text.read(chapters()[place].text)

    def home(self) -> QWidget:
        """The list of chapters."""
        return self.list
