"""One report on the screen: its tables behind tabs, its charts, and a line that says what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QTabWidget, QVBoxLayout, QWidget

from mediator.core.indicators import Row
from mediator.core.tabled import Report, Tabled
from mediator.ui.pages.statistics_figures import FiguresTable, is_ledger, named_by, nothing_in, rows_behind
from mediator.ui.pages.statistics_pictures import Picture, pictures
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.chart import ChartView
from mediator.ui.pieces.labels import Note, label
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

Opened = Callable[[str, Sequence[Row], bool], None]


class ReportView(QWidget):
    """`opened(name, rows, one)` for the list behind a figure; `one` says that it is a line of a ledger, one matter."""

    def __init__(self, look: Look, opened: Opened) -> None:
        """Nothing counted yet."""
        super().__init__()
        self.look, self.opened = look, opened
        self.report: Report | None = None
        self.none = Note("")
        self.none.hide()
        self.card = Card("")
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(say("statistics.tables"))
        self.tabs.currentChanged.connect(lambda _: self.look_on())
        self.line = label("", "aside", wrap=True)
        self.line.setAccessibleName(say("statistics.meaning"))
        self.line.setMinimumHeight(2 * self.line.fontMetrics().lineSpacing())
        self.line.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        self.card.put(self.tabs, 1)
        self.card.put(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("m"))
        column.addWidget(self.none)
        column.addWidget(self.card, 1)

    def show_report(self, report: Report) -> None:
        """Another report; the same one leaves everything where it stands, the same kind keeps its tab."""
        if report == self.report:
            return
        same = self.report is not None and self.report.kind == report.kind
        place, cell = (self.tabs.currentIndex(), self.cell) if same else (0, (0, -1))
        held = self.has_keyboard(self.tabs)
        self.report = report
        self.card.title.setText(report.title)
        self.card.aside.setText(say("statistics.span", span=report.span.words, day=report.span.as_of.isoformat()))
        self.none.tell(say("statistics.none", span=report.span.words) if nothing_in(report) else "", "soon")
        self._put_panes([*map(self._table, report.tables), *self._charts(report)])
        self.tabs.setCurrentIndex(min(place, self.tabs.count() - 1))
        self.look_on(cell)
        if held:
            self.take_focus()

    @property
    def cell(self) -> tuple[int, int]:
        """The cell that is looked at in the table in front."""
        shown = self.tabs.currentWidget()
        index = shown.currentIndex() if isinstance(shown, FiguresTable) else None
        return (index.row(), index.column()) if index is not None and index.isValid() else (0, -1)

    def _put_panes(self, panes: list[tuple[str, QWidget]]) -> None:
        """These instead of the ones before."""
        before = [self.tabs.widget(place) for place in range(self.tabs.count())]
        self.tabs.clear()
        for old in filter(None, before):
            old.deleteLater()
        for words, pane in panes:
            self.tabs.addTab(pane, words)

    def _table(self, table: Tabled) -> tuple[str, QWidget]:
        """One table; its note stands below it."""
        shown = FiguresTable(table, self.look)
        shown.looked.connect(self.line.setText)
        shown.pressed_at.connect(self.press)
        return table.title, shown

    def _charts(self, report: Report) -> list[tuple[str, QWidget]]:
        """All charts of the report on one sheet."""
        found = pictures(report)
        if not found:
            return []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(space("m"))
        for each in found:
            column.addWidget(self._chart(each))
        column.addStretch(1)
        return [(say("statistics.charts"), scrolled(inside))]

    def _chart(self, picture: Picture) -> Card:
        """One chart in its frame."""
        card = Card(picture.title, say("statistics.chart_about"), padded=True)
        view = ChartView(self.look, picture.make, picture.labels)
        view.told.connect(lambda words: self.line.setText(f"{picture.title}：{words}"))
        view.opened.connect(
            lambda series, place: self.opened(
                f"{picture.title} · {view.words_of(view.at)}", picture.rows[series][place], False
            )
        )
        card.put(view)
        return card

    def press(self, table: Tabled, line: int, place: int) -> None:
        """The list behind a cell, where there is one."""
        rows = rows_behind(table, line, place)
        if rows:
            self.opened(named_by(table, line, place), rows, is_ledger(table))

    def look_on(self, cell: tuple[int, int] = (0, -1)) -> None:
        """What the line says of the table in front; a chart that has the keyboard has spoken already."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, FiguresTable):
            shown.start(*cell)
        elif shown is None or not self.has_keyboard(shown):
            self.line.setText("")

    def has_keyboard(self, part: QWidget) -> bool:
        """Whether the next key goes into a part of the page."""
        focus = QApplication.focusWidget()
        return focus is not None and part.isAncestorOf(focus)

    def take_focus(self) -> None:
        """Into the table in front."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, FiguresTable):
            shown.setFocus()
        elif shown is not None:
            chart = shown.findChild(ChartView)
            if chart is not None:
                chart.setFocus()
