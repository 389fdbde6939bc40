"""Every kind of paper in one list by its group: space ticks, Enter shows; one control, however many kinds there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from mediator.ui.pieces.rings import ring
from mediator.ui.pieces.tags import draw_tag, tag_width
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

Index = QModelIndex | QPersistentModelIndex
KIND: Final = Qt.ItemDataRole.UserRole
STATE: Final = Qt.ItemDataRole.UserRole + 1
TONE: Final = Qt.ItemDataRole.UserRole + 2
TICK: Final = 5


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of paper and how often it was issued for the case."""

    id: str
    title: str
    group: str
    issued: int
    blocked: bool

    @property
    def words(self) -> str:
        """`已出 2 份`, `可以签发`, or that something is still missing."""
        if self.blocked:
            return say("documents.gap_again", count=self.issued) if self.issued else say("documents.gap")
        return say("documents.times", count=self.issued) if self.issued else say("documents.ready")

    @property
    def short(self) -> str:
        """The same in a word or two, for a narrow list."""
        if self.blocked:
            return say("documents.short_again", count=self.issued) if self.issued else say("documents.short_gap")
        return self.words

    @property
    def tone(self) -> str:
        """Something is missing, it is out, or it may be made."""
        return "soon" if self.blocked else "done" if self.issued else "calm"


class KindPainter(QStyledItemDelegate):
    """Tick and title as usual, the state as a tag on the right."""

    def __init__(self, look: Look) -> None:
        """Colours from the look."""
        super().__init__()
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as a row of a table."""
        return QSize(0, self.look.px("table_row"))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The title gives way to the state."""
        super().initStyleOption(option, index)
        state = index.data(STATE)
        if state:
            room = option.rect.width() - tag_width(option.font, state) - TICK * self.look.px("table")
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Headings have no state."""
        super().paint(painter, option, index)
        state, box = index.data(STATE), option.rect
        if state:
            left = box.right() - tag_width(option.font, state) - space("m")
            draw_tag(painter, self.look, str(index.data(TONE)), state, (left, box.center().y()))


class KindList(QListWidget):
    """`looked(kind)` for the kind that was ticked, `opened(kind)` for Enter; ticks stay while the states change."""

    looked = Signal(str)
    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        """Empty until a case is shown."""
        super().__init__()
        self.kind_painter = KindPainter(look)
        self.setItemDelegate(self.kind_painter)
        self.setAccessibleName(say("documents.kinds"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.opened.emit(str(item.data(KIND))))
        self.itemChanged.connect(
            lambda item: self.look_at(item) if item.checkState() == Qt.CheckState.Checked else None
        )
        self.lines: tuple[KindLine, ...] = ()
        ring(self)

    def look_at(self, item: QListWidgetItem) -> None:
        """Show the paper of a row."""
        if item.data(KIND):
            self.looked.emit(str(item.data(KIND)))

    def choose(self, kind: str) -> None:
        """The row of a kind."""
        self.setCurrentItem(next((item for item in self.rows() if item.data(KIND) == kind), self.currentItem()))

    def show_lines(self, lines: Sequence[KindLine]) -> None:
        """Kinds with their states; the same ones again change nothing, ticks and the chosen row stay."""
        if tuple(lines) == self.lines:
            return
        ticked, place = set(self.ticked()), max(self.currentRow(), 1)
        self.lines = tuple(lines)
        self.blockSignals(True)
        self.clear()
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self.addItem(heading(group))
            self.addItem(row_of(line, ticked=line.id in ticked))
        self.setCurrentRow(min(place, self.count() - 1))
        self.blockSignals(False)

    def show_only(self, words: str) -> None:
        """Only kinds whose title or group holds these words; a group without any left goes as well."""
        wanted = words.strip()
        shown = [line for line in self.lines if wanted in line.title or wanted in line.group]
        kinds, groups = {line.id for line in shown}, {line.group for line in shown}
        for item in map(self.item, range(self.count())):
            kind = item.data(KIND)
            item.setHidden(kind not in kinds if kind else item.text() not in groups)
        left = [item for item in self.rows() if not item.isHidden()]
        if left and self.currentItem() not in left:
            self.setCurrentItem(left[0])

    def rows(self) -> Iterable[QListWidgetItem]:
        """Rows of kinds, without headings."""
        return (item for item in map(self.item, range(self.count())) if item.data(KIND))

    def ticked(self) -> list[str]:
        """Kinds that are ticked, in their order."""
        return [str(item.data(KIND)) for item in self.rows() if item.checkState() == Qt.CheckState.Checked]

    def tick(self, kind: str, *, on: bool = True) -> None:
        """Tick a kind as the space key does."""
        for item in self.rows():
            if item.data(KIND) == kind:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def untick(self) -> None:
        """Nothing is chosen any more."""
        for kind in self.ticked():
            self.tick(kind, on=False)


def heading(group: str) -> QListWidgetItem:
    """A group's name; the keyboard passes over it."""
    item = QListWidgetItem(group)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    face = item.font()
    face.setBold(True)
    item.setFont(face)
    return item


def row_of(line: KindLine, *, ticked: bool) -> QListWidgetItem:
    """A kind; the ear hears its state with it."""
    item = QListWidgetItem(line.title)
    item.setData(KIND, line.id)
    item.setData(STATE, line.short)
    item.setToolTip(line.words)
    item.setData(TONE, line.tone)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title}，{line.words}")
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item
