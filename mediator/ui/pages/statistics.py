"""台账统计: a report of a period, each figure with its formula and its list, charts, files and paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework import reports
from mediator.casework.complaints import sentence
from mediator.casework.reading import CaseRow
from mediator.casework.reports import Kind, Written
from mediator.core.indicators import Row
from mediator.core.tabled import Report
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.documents_printing import print_pages
from mediator.ui.pages.statistics_list import ListBehind
from mediator.ui.pages.statistics_period import PeriodChooser
from mediator.ui.pages.statistics_target import ReportTarget
from mediator.ui.pages.statistics_view import ReportView
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.printers import named
from mediator.ui.pieces.rings import ring
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

PAUSE_MS: Final = 120
KIND_CHARS: Final = 10
USUAL: Final = {"month": "month", "mediation_statistics": "month", "quarter": "quarter"}
WHOLE_YEAR: Final = "year"


class StatisticsPage(Page):
    """The kind on the left, the period above; a newer wish leaves an older one unanswered."""

    name = "statistics"

    def __init__(self, seat: Seat) -> None:
        """The month's report of the running month."""
        super().__init__(seat, say("statistics.title"))
        self.asked = 0
        self.period = PeriodChooser(seat.preferences.look, seat.desk.today, self.ask)
        self.head.addWidget(self.period)
        self.head.addStretch(1)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(say("statistics.counting"))
        self.busy.setTextVisible(False)
        self.told = Note("")
        for each in (self.busy, self.told):
            each.hide()
            self.body.addWidget(each)
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(PAUSE_MS)
        self.later.timeout.connect(self.ask)
        self.kinds = self._kinds()
        self.view = ReportView(seat.preferences.look, self.open_rows)
        self.behind = ListBehind(seat, self.show_figures)
        self.target = ReportTarget(self.write, self.print_report)
        self._lay_out()

    def _kinds(self) -> QListWidget:
        """Every kind of report."""
        kinds = QListWidget()
        kinds.setAccessibleName(say("statistics.kinds"))
        kinds.setFixedWidth(self.seat.preferences.look.wide(KIND_CHARS))
        for each in reports.KINDS:
            kinds.addItem(each.title)
        kinds.setCurrentRow(0)
        kinds.currentRowChanged.connect(lambda _: self.choose_kind())
        kinds.itemActivated.connect(lambda _: self.view.take_focus())
        ring(kinds)
        return kinds

    def _lay_out(self) -> None:
        """Kinds, then figures or the list behind one of them, and the files below."""
        card = Card(say("statistics.kinds"))
        card.put(self.kinds)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("m"))
        column.addWidget(self.view, 1)
        column.addWidget(self.target)
        self.stack = QStackedWidget()
        for each in (figures, self.behind):
            self.stack.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(card)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)

    @property
    def kind(self) -> Kind:
        """The chosen kind."""
        return reports.KINDS[max(self.kinds.currentRow(), 0)]

    def enter(self, case: str = "") -> None:
        """Count anew; what stood here stays until the answer comes."""
        self.kinds.setFocus() if self.stack.currentIndex() == 0 else self.behind.table.setFocus()
        self.ask()

    def home(self) -> QWidget:
        """The kinds."""
        return self.kinds

    def choose_kind(self) -> None:
        """Another kind, over its usual period unless one was picked by hand; asked after a pause of the arrows."""
        if not self.period.touched:
            self.period.show_period(USUAL.get(self.kind.id, WHOLE_YEAR))
        self.show_figures(focus=False)
        self.later.start()

    def ask(self) -> None:
        """Count beside the screen and beside the deeds."""
        self.later.stop()
        self.asked += 1
        days = self.period.days
        if days is None:
            self.told.tell(say("statistics.no_day"), "late")
            return
        self.told.tell("")
        self.busy.show()
        asked, kind, desk = self.asked, self.kind, self.seat.desk

        def count() -> Report | None:
            if asked != self.asked:
                return None
            return reports.report(desk, kind, reports.span_of(desk, kind, *days))

        self.seat.heavy(count, partial(self.counted, asked), partial(self.refused, asked))

    def counted(self, asked: int, report: Report | None) -> None:
        """Show what was counted, unless something else is wanted by now."""
        if asked == self.asked and report is not None:
            self.busy.hide()
            self.view.show_report(report)

    def refused(self, asked: int, error: MediatorError) -> None:
        """Say why."""
        if asked == self.asked:
            self.busy.hide()
            self.told.tell(sentence(error), "late")

    def open_rows(self, name: str, rows: Sequence[Row], one: bool) -> None:
        """The list behind a figure; a line of a ledger goes to its matter at once."""
        if one:
            self.seat.went.emit("case_page", rows[0].case)
            return
        desk = self.seat.desk
        self.seat.deed(lambda: reports.behind(desk, rows), partial(self.show_list, name))

    def show_list(self, name: str, rows: tuple[CaseRow, ...]) -> None:
        """Instead of the figures."""
        self.stack.setCurrentIndex(1)
        self.behind.show_rows(name, rows)

    def show_figures(self, *, focus: bool = True) -> None:
        """Back to the figure that was opened."""
        if self.stack.currentIndex() == 0:
            return
        self.stack.setCurrentIndex(0)
        if focus:
            self.view.take_focus()

    def write(self, form: str) -> None:
        """The report on the screen as a file."""
        report, out, desk = self.view.report, self.target.out, self.seat.desk
        if report is not None:
            work = partial(reports.write, desk, report, formats=(form,), out=out)
            self.seat.once("report", work, self.written, self.not_written, heavy=True)

    def written(self, files: tuple[Written, ...]) -> None:
        """Say where it is."""
        self.told.tell(say("statistics.written", path="、".join(str(each.path) for each in files)))

    def not_written(self, error: MediatorError) -> None:
        """Say why."""
        self.told.tell(sentence(error), "late")

    def print_report(self) -> None:
        """Ask for a printer, then send."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.view.report is not None and QPrintDialog(printer, self).exec():
            self.send(self.view.report, printer)

    def send(self, report: Report, printer: QPrinter) -> None:
        """To a printer that was chosen."""
        self.told.tell(say("documents.printing"))
        desk, job = self.seat.desk, named(printer)

        def work() -> int:
            return print_pages(reports.printed(desk, report), job)

        self.seat.once("print", work, self.is_printed, self.not_written, heavy=True)

    def is_printed(self, pages: int) -> None:
        """The printer has them."""
        self.told.tell(say("documents.printed", count=pages))

    def hurry(self) -> None:
        """Count what waits for the arrows to rest."""
        if self.later.isActive():
            self.ask()

    def refresh(self, cases: frozenset[str]) -> None:
        """Cases changed: count anew after a pause."""
        self.later.start()
