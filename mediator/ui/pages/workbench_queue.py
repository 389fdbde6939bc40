"""What waits without an hour: letters by category, what is owed soon, open cases without a next day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework.reading import CaseRow
from mediator.casework.workbench import Bench, Owed, Queued
from mediator.core.codes import Category
from mediator.ui.pieces.cards import tabbed
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

T = TypeVar("T")
BAR: Final = 4
PANES: Final = ("queue", "due", "undated")


def hue(category: Category | None) -> str:
    """`蓝`, empty for a letter that nobody has sorted yet."""
    return category.term[0] if category else ""


def sort_of(category: Category | None) -> str:
    """`咨询`, `多部门`; the words in the term's brackets."""
    return category.term.partition("（")[2].removesuffix("）") if category else say("workbench.unsorted")


class CategoryCell(QFrame):
    """One category: a bar of its colour above, its words and how many wait below."""

    def __init__(self, look: Look, category: Category | None) -> None:
        """None waits yet."""
        super().__init__()
        self.ground = QColor(look.colour(f"cat_{category.value}" if category else "line_strong"))
        self.category = category
        column = QVBoxLayout(self)
        column.setContentsMargins(space("s"), BAR + space("xs"), space("xs"), space("xs"))
        column.setSpacing(0)
        self.count = label("", "strong")
        column.addWidget(label(sort_of(category), "small"))
        column.addWidget(self.count)

    def show_count(self, count: int) -> None:
        """`蓝 4`."""
        self.count.setText(f"{hue(self.category)} {count}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), BAR, self.ground)
        painter.end()


class WaitingTabs(QWidget):
    """收件分类, 到期履行, 没有下次日期: one list at a time, the counts of all in their tabs."""

    def __init__(self, seat: Seat) -> None:
        """Empty."""
        super().__init__()
        self.seat = seat
        self.queued, self.owed, self.undated = self._rows()
        self.cells = [CategoryCell(seat.preferences.look, each) for each in (*Category, None)]
        self.tables = (
            self._table(self.queued, "queue", lambda each: each.case),
            self._table(self.owed, "due", lambda each: each.case),
            self._table(self.undated, "undated", lambda each: each.id),
        )
        panes: list[QWidget] = [self._queue(self.tables[0]), *self.tables[1:]]
        named = [(say(f"workbench.{name}_tab", count=0), pane) for name, pane in zip(PANES, panes, strict=True)]
        self.tabs = tabbed(say("workbench.waiting_lists"), named)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)

    def _rows(self) -> tuple[Rows[Queued], Rows[Owed], Rows[CaseRow]]:
        """The three lists."""
        return (
            Rows((
                Column(say("workbench.category"), lambda each: f"{hue(each.category)} {sort_of(each.category)}", 6),
                Column(say("workbench.title_of"), lambda each: each.title),
                Column(say("workbench.arrived"), self.arrived, 6),
            )),
            Rows((
                Column(say("workbench.until"), self.until, 7, tone=lambda each: "late" if each.late else "calm"),
                Column(say("workbench.case"), lambda each: each.number, 9),
                Column(say("workbench.owed"), lambda each: each.words),
            )),
            Rows((
                Column(say("workbench.case"), lambda each: each.number, 11),
                Column(say("workbench.title_of"), lambda each: each.title),
            )),
        )  # fmt: skip

    def _queue(self, table: Table) -> QWidget:
        """The categories side by side above their letters."""
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        for each in self.cells:
            row.addWidget(each, 1)
        column.addLayout(row)
        column.addWidget(table, 1)
        return pane

    def _table(self, rows: Rows[T], name: str, case: Callable[[T], str]) -> Table:
        """A list whose rows open their case."""
        made = Table(rows, say(f"workbench.{name}"), look=self.seat.preferences.look)
        made.fit(rows.columns)
        made.empty = say("workbench.none_of_it")
        made.opened.connect(lambda row: self.seat.went.emit("case_page", case(rows.rows[row])))
        return made

    def arrived(self, each: Queued) -> str:
        """`09:20`, `昨天`, `11-10`."""
        days = (self.seat.desk.today() - each.arrived_on).days
        if days == 0:
            return each.at or say("workbench.today")
        return say("workbench.yesterday") if days == 1 else f"{each.arrived_on:%m-%d}"

    def until(self, each: Owed) -> str:
        """`逾期 3 天`, `今天`, `剩 2 天`."""
        days = (each.due_on - self.seat.desk.today()).days
        if days == 0:
            return say("workbench.today")
        return say("workbench.late", days=-days) if days < 0 else say("workbench.left", days=days)

    def show_bench(self, bench: Bench) -> None:
        """All three; a list that is empty gives way to one that is not, unless somebody stands in it."""
        lists: tuple[tuple[Rows[Any], tuple[Any, ...]], ...] = (
            (self.queued, bench.queued), (self.owed, bench.owed), (self.undated, bench.undated),
        )  # fmt: skip
        for rows, shown in lists:
            rows.show_rows(shown)
        counts = dict(bench.queue)
        for cell in self.cells:
            cell.show_count(counts.get(cell.category, 0))
            cell.setVisible(cell.category is not None or counts.get(None, 0) > 0)
        for place, count in enumerate((sum(counts.values()), len(bench.owed), bench.undated_count)):
            self.tabs.setTabText(place, say(f"workbench.{PANES[place]}_tab", count=count))
        filled = [place for place, (_, shown) in enumerate(lists) if shown]
        if filled and self.tabs.currentIndex() not in filled and not self.tabs.hasFocus():
            self.tabs.setCurrentIndex(filled[0])
