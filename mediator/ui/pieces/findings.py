"""Findings: blocking ones first, each with its source; Enter goes to the place, Space asks to pass a warning over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mediator.core.lint import Finding, Severity
from mediator.ui.pieces.rings import ring
from mediator.ui.pieces.tags import draw_tag, tag_width
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

Index = QModelIndex | QPersistentModelIndex
FINDING: Final = Qt.ItemDataRole.UserRole + 1
TONE_OF: Final = {Severity.BLOCK: "late", Severity.WARN: "soon"}
WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
NARROW: Final = 9


def below(finding: Finding) -> str:
    """The small words of a finding: its source, and why and by whom it was passed over."""
    source = say("findings.source", source=finding.source)
    passed = say("findings.passed_by", reason=finding.reason, by=finding.by) if finding.reason else ""
    return "\n".join(part for part in (source, passed) if part)


def asks_reason(finding: Finding) -> bool:
    """Whether a reason may be given: for a warning that nobody answered for."""
    return finding.severity is Severity.WARN and not finding.reason


def word_of(finding: Finding) -> str:
    """What its tag says."""
    return say("findings.passed") if finding.reason else say(f"findings.{finding.severity.value}")


class FindingPainter(QStyledItemDelegate):
    """A tag, the words, and below them in small where the rule stands; nothing is ever cut off.

    A warning that was passed over is grey and says why.

    Where the list is narrower than three tags the words stand below the tag instead of beside it.
    """

    def __init__(self, look: Look, *, brief: bool = False) -> None:
        """Faces and colours from the look; `brief` leaves out the small words."""
        super().__init__()
        self.look, self.brief = look, brief
        self.plain, self.small = QFont(), QFont()
        self.plain.setPixelSize(look.px("table"))
        self.small.setPixelSize(look.px("caption"))
        words = [say("findings.passed"), *(say(f"findings.{each.value}") for each in Severity)]
        self.tag_px = max(tag_width(self.plain, each) for each in words)

    def small_words(self, finding: Finding) -> str:
        """What stands below the words."""
        return "" if self.brief else below(finding)

    def layout(self, width: int, finding: Finding) -> tuple[QRect, QRect]:
        """Where words and source stand in a row of so many pixels, seen from its upper left corner."""
        edge, beside = space("m"), width > NARROW * self.look.px("table") + 2 * self.tag_px
        left = edge + self.tag_px + space("s") if beside else edge
        words, source = QFontMetrics(self.plain), QFontMetrics(self.small)
        top = space("s") if beside else 2 * space("s") + words.height()
        room = QRect(left, top, width - left - edge, 1 << 16)
        upper = words.boundingRect(room, WRAP, finding.message)
        under = QRect(left, upper.bottom() + 2, room.width(), 1 << 16)
        small = self.small_words(finding)
        lower = source.boundingRect(under, WRAP, small) if small else QRect(under.topLeft(), QSize(0, 0))
        return QRect(room.topLeft(), QSize(room.width(), upper.height())), lower

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as both need."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        _, lower = self.layout(width, index.data(FINDING))
        return QSize(width, lower.bottom() + space("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, tag, words, source."""
        finding: Finding = index.data(FINDING)
        box, colour = option.rect, self.look.colour
        words, source = (each.translated(box.topLeft()) for each in self.layout(box.width(), finding))
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colour("accent_soft")))
        painter.setPen(QColor(colour("line")))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setFont(self.plain)
        middle = box.top() + space("s") + QFontMetrics(self.plain).height() // 2
        tone = "calm" if finding.reason else TONE_OF.get(finding.severity, "calm")
        draw_tag(painter, self.look, tone, word_of(finding), (box.left() + space("m"), middle))
        painter.setFont(self.plain)
        painter.setPen(QColor(colour("text_3" if finding.reason else "text")))
        painter.drawText(words, WRAP, finding.message)
        painter.setFont(self.small)
        painter.setPen(QColor(colour("text_3")))
        painter.drawText(source.adjusted(0, 0, 2, 0), WRAP, self.small_words(finding))
        painter.restore()


class FindingList(QListWidget):
    """`chosen(place)` for the finding that was opened, `doubted(finding)` for a warning on which Space was pressed."""

    chosen = Signal(str)
    doubted = Signal(object)

    def __init__(self, name: str, look: Look, *, brief: bool = False) -> None:
        """Empty; `brief` gives each finding its words alone."""
        super().__init__()
        self.setAccessibleName(name)
        self.painter_of_findings = FindingPainter(look, brief=brief)
        self.setItemDelegate(self.painter_of_findings)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole))))
        self.shown: tuple[Finding, ...] = ()
        ring(self)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """What is wrong and where the rule stands; the same findings again leave the chosen one chosen."""
        in_order = tuple(sorted(found, key=lambda one: list(Severity).index(one.severity)))
        if in_order == self.shown:
            return
        place, self.shown = self.currentRow(), in_order
        self.clear()
        for each in in_order:
            words = say("findings.line", severity=word_of(each), message=each.message, source=each.source)
            passed = say("findings.passed_by", reason=each.reason, by=each.by) if each.reason else ""
            item = QListWidgetItem(words + passed)
            item.setData(Qt.ItemDataRole.UserRole, each.place)
            item.setData(FINDING, each)
            self.addItem(item)
        first = 0 if self.hasFocus() else -1
        self.setCurrentRow(min(max(place, first), self.count() - 1))

    @property
    def current(self) -> Finding | None:
        """The chosen finding."""
        item = self.currentItem()
        found: Finding | None = item.data(FINDING) if item else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space asks for a reason where a warning is open."""
        found = self.current
        if event.key() == Qt.Key.Key_Space and found is not None and asks_reason(found):
            self.doubted.emit(found)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Enter works at once: the first finding is chosen where none was."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other heights."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
