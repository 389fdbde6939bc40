"""打印: the real pages on the right; on the left which printer, how often, on which sides, moved by how much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QWidget,
)

from mediator.casework.files_out import staged
from mediator.errors import MediatorError
from mediator.ui.pages.documents_printing import Run, print_pages, print_test
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, labelled
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.paper import PaperView
from mediator.ui.pieces.printers import named
from mediator.ui.preferences import FARTHEST, Sheet
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

HALF: Final = 0.5
MOST: Final = 99
LEFT, RIGHT = 42, 58


@dataclass(frozen=True, slots=True)
class Job:
    """What is printed: its pages, the number the job is called by, how many copies the rule asks for, 0 for a draft."""

    data: bytes
    number: str
    copies: int


class PrintSheet(QWidget):
    """Stands in the place of the papers until `folded(True)`; what is set is kept for the next paper."""

    folded = Signal(bool)

    def __init__(
        self,
        seat: Seat,
        tell: Callable[[str], None],
        failed: Callable[[MediatorError], None],
        *,
        printers: Callable[[], Sequence[str]] = QPrinterInfo.availablePrinterNames,
    ) -> None:
        """`printers()` names those of this computer; it is asked beside the screen, for a far one may be slow."""
        super().__init__()
        self.seat, self.tell, self.failed, self.printers = seat, tell, failed, printers
        self.job = Job(b"", "", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(self._settings(), LEFT)
        card = Card(say("printing.preview"))
        self.paper = PaperView(say("printing.preview"))
        card.put(self.paper, 1)
        row.addWidget(card, RIGHT)
        self.hide()

    def _settings(self) -> Card:
        """One below the other, in the order in which a clerk thinks."""
        card = Card(say("printing.title"), padded=True)
        card.head.addWidget(button(say("printing.back"), self.fold, kind="small", key="Esc"))
        self.none = Note(say("printing.asking"))
        self.printer = Choice(say("printing.printer"), [], lambda _: None)
        self.copies, self.duplex = number(1, MOST, step=1), QCheckBox(say("printing.duplex"))
        self.rule, self.need = label("", "small", wrap=True), label("", "strong", wrap=True)
        self.right, self.down = (number(-FARTHEST, FARTHEST, step=HALF) for _ in "→↓")
        grid = QGridLayout()
        grid.setSpacing(space("s"))
        rows = (("printer", self.printer), ("copies", self.copies), ("right", self.right), ("down", self.down))
        for place, (name, widget) in enumerate(rows):
            words, _ = labelled(say(f"printing.{name}"), widget)
            widget.setAccessibleName(say(f"printing.{name}"))
            grid.addWidget(words, place, 0)
            grid.addWidget(widget, place, 1)
        grid.setColumnStretch(1, 1)
        self.copies.valueChanged.connect(lambda _: self.count())
        self.duplex.toggled.connect(lambda _: self.count())
        self.now = button(say("printing.print"), self.send_chosen, kind="primary")
        self.test = button(say("printing.test"), self.test_chosen, kind="small")
        self.save = button(say("printing.save"), self.choose_file)
        card.put(self.none)
        card.body.addLayout(grid)
        for each in (self.rule, self.duplex, label(say("printing.offset_about"), "small", wrap=True), self.need):
            card.put(each)
        line = QHBoxLayout()
        for press in (self.test, self.save, self.now):
            line.addWidget(press)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addStretch(1)
        return card

    def open(self, job: Job) -> None:
        """Show its pages; the rule's copies are set, sides and offset are as they were last."""
        self.job, kept = job, self.seat.preferences.sheet
        self.paper.show_pdf(job.data)
        self.copies.setValue(max(job.copies, 1))
        self.rule.setText(say("printing.copies_rule", count=job.copies) if job.copies else say("printing.copies_draft"))
        self.duplex.setChecked(kept.duplex)
        self.right.setValue(kept.right)
        self.down.setValue(kept.down)
        self.show_printers(())
        self.none.tell(say("printing.asking"))
        self.count()
        self.show()
        self.folded.emit(False)
        self.save.setFocus()
        self.seat.heavy(self.printers, self.heard_printers, self.failed)

    def heard_printers(self, names: Sequence[str]) -> None:
        """Which there are; without any it is said plainly."""
        self.show_printers(names)
        self.none.tell("" if names else say("printing.none"), "soon")
        if names and self.save.hasFocus():
            self.now.setFocus()

    def show_printers(self, names: Sequence[str]) -> None:
        """The one that was used last stands first in the choice."""
        self.printer.clear()
        for name in names:
            self.printer.addItem(name, name)
        self.printer.show_value(self.seat.preferences.sheet.printer)
        for each in (self.printer, self.now, self.test):
            each.setEnabled(bool(names))

    def count(self) -> None:
        """How many sheets of paper it takes."""
        pages, copies = self.paper.pages, int(self.copies.value())
        each = (pages + 1) // 2 if self.duplex.isChecked() else pages
        self.need.setText(say("printing.sheets", pages=pages, copies=copies, sheets=each * copies))

    @property
    def run(self) -> Run:
        """As it is set."""
        return Run(int(self.copies.value()), self.duplex.isChecked(), (self.right.value(), self.down.value()))

    def chosen(self) -> QPrinter:
        """The chosen printer."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printer.value)
        return printer

    def send_chosen(self) -> None:
        """Print."""
        self.send(self.chosen())

    def send(self, printer: QPrinter) -> None:
        """To a printer; what is set is remembered first."""
        self.keep()
        self.tell(say("documents.printing"))
        work = partial(print_pages, self.job.data, named(printer, self.job.number), self.run)
        self.seat.once("print", work, self.is_printed, self.failed, heavy=True)

    def is_printed(self, pages: int) -> None:
        """The printer has them."""
        self.tell(say("documents.printed", count=pages))
        self.fold()

    def test_chosen(self) -> None:
        """The test page."""
        self.send_test(self.chosen())

    def send_test(self, printer: QPrinter) -> None:
        """A frame and rulers to measure the offset by."""
        self.keep()
        work = partial(print_test, named(printer), self.run.offset)
        self.seat.once("print", work, lambda _: self.tell(say("printing.tested")), self.failed, heavy=True)

    def keep(self) -> None:
        """For the next paper, and after the next start."""
        right, down = self.run.offset
        self.seat.preferences.sheet = Sheet(self.printer.value, self.duplex.isChecked(), right, down)
        self.seat.deed(self.seat.preferences.keep)

    def choose_file(self) -> None:
        """Where the PDF goes."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("printing.save"), f"{self.job.number}.pdf", say("printing.save_files")
        )  # fmt: skip
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """The very pages that are shown."""
        self.seat.once("save", partial(written, file, self.job.data), self.is_saved, self.failed, heavy=True)

    def is_saved(self, file: Path) -> None:
        """Where it lies."""
        self.tell(say("printing.saved", file=file))

    def fold(self) -> None:
        """Back to the papers."""
        self.hide()
        self.folded.emit(True)


def number(least: float, most: float, *, step: float) -> QDoubleSpinBox:
    """A number between bounds, by the arrows or typed; whole where its step is."""
    made = QDoubleSpinBox()
    made.setRange(least, most)
    made.setSingleStep(step)
    made.setDecimals(0 if step >= 1 else 1)
    return made


def written(file: Path, data: bytes) -> Path:
    """A whole file or none."""
    with staged({file: data}):
        return file
