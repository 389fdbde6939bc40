"""帮助: what a page is for, in two sentences, its keys first, then every other; F1 or Esc leads back to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.labels import key_mark, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say, sheet

GROUPS: Final = ("everywhere", "lists", "hearing", "composer", "papers")
OWN: Final = {"hearing": ("hearing",), "composer": ("composer",), "documents": ("papers",)}
USUAL: Final = ("lists",)
BAR: Final = "｜"


def keys_of(group: str) -> list[tuple[str, str]]:
    """Key and what it does, in the order of the catalogue: `Ctrl+K｜查案件`."""
    lines = (words for name, words in sheet("keys").items() if name.startswith(f"{group}_"))
    return [(key, what) for key, _, what in (line.partition(BAR) for line in lines)]


def columns_for(page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The groups of keys for who comes from a page: its own on the left, what holds everywhere on the right."""
    own = OWN.get(page, USUAL)
    rest = tuple(group for group in GROUPS if group not in (*own, "everywhere"))
    return (*own, *rest[1:]), ("everywhere", *rest[:1])


class KeysPage(Page):
    """Nothing to do here but read; what was being typed elsewhere stands where it stood."""

    name = "keys"

    def __init__(self, seat: Seat) -> None:
        """Empty until somebody comes from a page."""
        super().__init__(seat, say("keys.title"))
        self.head.addWidget(label(say("keys.about"), "aside"))
        self.head.addStretch(1)
        self.manual = button(say("keys.manual"), self.open_manual)
        self.back = button(say("keys.back"), seat.keys_asked.emit)
        self.head.addWidget(self.manual)
        self.head.addWidget(self.back)
        QShortcut(QKeySequence("Esc"), self, self.back.click)
        self.origin = ""
        self.area = scrolled(QWidget())
        self.body.addWidget(self.area, 1)
        self.come_from("workbench")

    def come_from(self, page: str) -> None:
        """Lead with what this page is for and with its keys."""
        if page == self.origin:
            return
        self.origin = page
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, space("s"), 0)
        whole.setSpacing(space("m"))
        about = Card(say("keys.this_page", page=say(f"frame.{page}")), padded=True)
        about.put(label(say(f"help.{page}"), wrap=True))
        whole.addWidget(about)
        columns = QHBoxLayout()
        columns.setSpacing(space("m"))
        for groups in columns_for(page):
            columns.addLayout(self._column(groups), 1)
        whole.addLayout(columns)
        self.area.setWidget(inside)

    def _column(self, groups: tuple[str, ...]) -> QVBoxLayout:
        """Cards below each other."""
        column = QVBoxLayout()
        column.setSpacing(space("m"))
        for group in groups:
            column.addWidget(self._card(group))
        column.addStretch(1)
        return column

    def _card(self, group: str) -> Card:
        """The keys of one place."""
        card = Card(say(f"keys.{group}"), padded=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space("m"))
        grid.setColumnMinimumWidth(0, self.seat.preferences.look.wide(6))
        grid.setColumnStretch(1, 1)
        for row, (key, what) in enumerate(keys_of(group)):
            grid.addWidget(key_mark(key), row, 0)
            grid.addWidget(label(what, wrap=True), row, 1)
        card.body.addLayout(grid)
        return card

    def open_manual(self) -> None:
        """The chapter about the page one comes from."""
        self.seat.went.emit("manual", self.origin)

    def enter(self, case: str = "") -> None:
        """`case` is no case here but the page one comes from."""
        if case:
            self.come_from(case)

    def home(self) -> QWidget:
        """The way back."""
        return self.back
