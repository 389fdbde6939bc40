"""The record as it grows: a model of turns and how one is painted. Adding a turn costs the same after 3,000."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mediator.core.recordings import Position
from mediator.core.records import Turn, TurnId
from mediator.ui.pieces.rings import ring
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

Index = QModelIndex | QPersistentModelIndex
PAD: Final = 6
BATCH: Final = 100
EDGE: Final = space("m")
TIME_CHARS: Final = 4
SPEAKER_CHARS: Final = 5
LINE: Final = Qt.ItemDataRole.UserRole
LABEL: Final = Qt.ItemDataRole.UserRole + 1
WRAP: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Line:
    """A turn on the screen; `time` is empty until it is on disk, `id` then names it."""

    speaker: str
    text: str
    time: str = ""
    id: str = ""
    corrected: int = 0
    late: bool = False
    marked: bool = False
    party: bool = False
    sound: Position | None = None


def line_of(turn: Turn) -> Line:
    """A recorded turn as a line."""
    time = f"{turn.said_at:%H:%M:%S}" if turn.said_at else "—"
    return Line(
        turn.speaker, turn.text, time, turn.id, len(turn.corrected_from), turn.late, turn.marked, bool(turn.party),
        turn.sound,
    )  # fmt: skip


def ask_or_answer(before: Line | None, line: Line) -> str:
    """问 before a question of whoever is no party, 答 before what a party says to it; nothing else is labelled."""
    if asks(line):
        return say("hearing.ask")
    return say("hearing.answer") if line.party and before is not None and asks(before) else ""


def asks(line: Line) -> bool:
    """A question of the one who leads."""
    return not line.party and line.text.rstrip().endswith(("？", "?"))


class Turns(QAbstractListModel):
    """Lines in order of speech; `said` counts their characters."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.lines: list[Line] = []
        self.said = 0

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line itself for the painter, its words for readers of the screen."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == LABEL:
            return ask_or_answer(self.lines[index.row() - 1] if index.row() else None, line)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{line.time} {line.speaker}：{line.text}"
        return None

    def show_all(self, turns: tuple[Turn, ...]) -> None:
        """A whole record."""
        self.beginResetModel()
        self.lines = [line_of(turn) for turn in turns]
        self.said = sum(len(line.text) for line in self.lines)
        self.endResetModel()

    def add(self, speaker: str, text: str, *, party: bool = False, sound: Position | None = None) -> Line:
        """A further line that is not on disk yet."""
        row, line = len(self.lines), Line(speaker, text, party=party, sound=sound)
        self.beginInsertRows(QModelIndex(), row, row)
        self.lines.append(line)
        self.said += len(text)
        self.endInsertRows()
        return line

    def row_of(self, line: Line) -> int:
        """Where this very line stands, looked for from the end; -1 once it was read anew."""
        return next((row for row in range(len(self.lines) - 1, -1, -1) if self.lines[row] is line), -1)

    def change(self, line: Line, **facts: object) -> None:
        """Other facts of a line; one that was read anew meanwhile has them already."""
        row = self.row_of(line)
        if row < 0:
            return
        self.lines[row] = replace(line, **facts)  # type: ignore[arg-type]  # names of Line's own fields
        self.said += len(self.lines[row].text) - len(line.text)
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def remove(self, line: Line) -> None:
        """Take a line back that could not be saved."""
        row = self.row_of(line)
        if row < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self.said -= len(self.lines.pop(row).text)
        self.endRemoveRows()

    def line_of(self, turn: TurnId) -> Line | None:
        """The line of a turn, looked for from the end."""
        return next((line for line in reversed(self.lines) if line.id == turn), None)


class TurnPainter(QStyledItemDelegate):
    """Time, speaker and wrapped words; heights are remembered by words and width."""

    def __init__(self, look: Look, scale: int = 1) -> None:
        """Faces and colours from the look; `scale` makes the words so many times as big."""
        super().__init__()
        self.look = look
        self.plain, self.strong, self.small = QFont(), QFont(), QFont()
        self.plain.setPixelSize(look.px("hearing") * scale)
        self.strong.setPixelSize(look.px("hearing") * scale)
        self.strong.setBold(True)
        self.small.setPixelSize(look.px("table"))
        self.metrics = QFontMetrics(self.plain)
        wide = self.metrics.horizontalAdvance("国")
        self.time_px, self.speaker_px = wide * TIME_CHARS // scale, wide * SPEAKER_CHARS
        self.heights: dict[tuple[str, str, int], int] = {}

    def words_of(self, line: Line, label: str = "") -> str:
        """The words with what must be said about them."""
        marks = [say("hearing.marked")] if line.marked else []
        marks += [say("hearing.corrected", count=line.corrected)] if line.corrected else []
        marks += [say("hearing.late")] if line.late else []
        return label + line.text + ("　" + "　".join(marks) if marks else "")

    def room(self, width: int) -> int:
        """Width left for words."""
        return max(width - self.time_px - self.speaker_px - 2 * EDGE - PAD, self.metrics.horizontalAdvance("国") * 6)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of the wrapped words."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        return QSize(width, self.height_of(index.data(LINE), width, index.data(LABEL)))

    def height_of(self, line: Line, width: int, label: str = "") -> int:
        """Height of a line in a view of this width."""
        words = self.words_of(line, label)
        key = (words, line.speaker, width)
        if key not in self.heights:
            box = self.metrics.boundingRect(QRect(0, 0, self.room(width), 1 << 20), int(WRAP), words)
            name = self.metrics.boundingRect(QRect(0, 0, self.speaker_px, 1 << 20), int(WRAP), line.speaker)
            self.heights[key] = max(box.height(), name.height()) + 2 * PAD
        return self.heights[key]

    def about(self, speaker: str, text: str, width: int) -> int:
        """About as high as `height_of`, a little more: by counting characters, so that thousands cost no time."""
        fits = max(self.room(width) // self.metrics.horizontalAdvance("国") - 1, 1)
        rows = sum(max(-(-len(part) // fits), 1) for part in text.split("\n"))
        names = -(-len(speaker) // SPEAKER_CHARS)
        return max(rows, names) * self.metrics.lineSpacing() + 2 * PAD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One turn."""
        line, box = index.data(LINE), option.rect
        words = self.words_of(line, index.data(LABEL))
        colour = self.look.colour
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colour("accent_soft")))
        y, height = box.y() + PAD, box.height() - 2 * PAD
        painter.setFont(self.small)
        painter.setPen(QColor(colour("text_3")))
        painter.drawText(
            QRect(box.x() + EDGE, y + 2, self.time_px, height), int(WRAP), line.time or say("hearing.saving")
        )
        painter.setFont(self.strong)
        painter.setPen(QColor(colour("text")))
        left = box.x() + EDGE + self.time_px
        painter.drawText(QRect(left, y, self.speaker_px, height), int(WRAP), line.speaker)
        painter.setFont(self.plain)
        painter.setPen(QColor(colour("text" if line.time else "text_3")))
        left += self.speaker_px + PAD
        painter.drawText(QRect(left, y, self.room(box.width()), height), int(WRAP), words)
        painter.restore()


class TurnList(QListView):
    """The record on the screen, laid out bit by bit; it stays at the end unless the reader scrolled up."""

    def __init__(self, turns: Turns, look: Look, *, scale: int = 1) -> None:
        """An empty record; `scale` as the painter takes it."""
        super().__init__()
        self.at_end = True
        self.painter_of_turns = TurnPainter(look, scale)
        self.setModel(turns)
        self.setItemDelegate(self.painter_of_turns)
        self.setAccessibleName(say("hearing.record"))
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: self.follow())
        bar.actionTriggered.connect(lambda _: QTimer.singleShot(0, self, self.look_where))
        turns.rowsInserted.connect(lambda *_: self.to_end())
        turns.modelReset.connect(self.to_end)
        ring(self)

    def look_where(self) -> None:
        """The reader moved: at the end or not."""
        self.at_end = self.verticalScrollBar().value() == self.verticalScrollBar().maximum()

    def follow(self) -> None:
        """More was laid out: the newest turn stays in view."""
        if self.at_end:
            self.scrollToBottom()

    def to_end(self) -> None:
        """Show the newest turn."""
        self.at_end = True
        QTimer.singleShot(0, self, self.follow)
