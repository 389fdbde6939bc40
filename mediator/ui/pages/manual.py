"""使用手册: chapters on the left, one of them on the right; it lies in the program and needs no network."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from mediator.ui.manual import chapter_for, chapters, folder
from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LIST: Final = 14


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
        self.text = QTextBrowser()
        self.text.setAccessibleName(say("keys.chapter"))
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(folder())])
        self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{folder()}/"))
        self.text.document().setDocumentMargin(space("xl"))
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
            self.text.setMarkdown(chapters()[place].text)
            self.text.verticalScrollBar().setValue(0)

    def home(self) -> QWidget:
        """The list of chapters."""
        return self.list
