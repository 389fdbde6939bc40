"""Cards: a framed part of a page with a heading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from mediator.ui.pieces.labels import label
from mediator.ui.tokens import space

HEAD_MARGIN = 5


class Card(QFrame):
    """A heading, an aside, room for a button on the right (`head`), and a body."""

    def __init__(self, title: str, aside: str = "", *, padded: bool = False) -> None:
        """`padded` keeps the body off the frame; tables go to the edge."""
        super().__init__()
        self.setProperty("kind", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QFrame()
        top.setProperty("kind", "cardhead")
        self.head = QHBoxLayout(top)
        self.head.setContentsMargins(space("m"), HEAD_MARGIN, space("m"), HEAD_MARGIN)
        self.head.setSpacing(space("s"))
        self.title, self.aside = label(title, "section"), label(aside, "aside")
        self.head.addWidget(self.title)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        column.addWidget(top)
        self.body = QVBoxLayout()
        edge = (space("m"), space("s")) if padded else (0, 0)
        self.body.setContentsMargins(edge[0], edge[1], edge[0], edge[1])
        self.body.setSpacing(space("s") if padded else 0)
        column.addLayout(self.body, 1)

    def put(self, widget: QWidget, stretch: int = 0) -> None:
        """Add to the body."""
        self.body.addWidget(widget, stretch)


def scrolled(inside: QWidget) -> QScrollArea:
    """A sheet that scrolls up and down where the screen is low or the text is large; it follows the focus."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def tabbed(name: str, panes: list[tuple[str, QWidget]]) -> QTabWidget:
    """Panes behind each other under their words, a line between; the arrows change them, `name` is for the ear."""
    made = QTabWidget()
    made.tabBar().setDrawBase(False)
    made.tabBar().setAccessibleName(name)
    for words, pane in panes:
        made.addTab(pane, words)
    return made
