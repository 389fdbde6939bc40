"""导入台账: a file is understood first, each column may be called otherwise, good lines come in, the others go back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from mediator.casework import ledger_back, ledger_import
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.casework.files_in import bounded
from mediator.casework.ledger_heads import field_words
from mediator.casework.ledger_import import Outcome, Reading
from mediator.casework.ledger_rows import Line
from mediator.core.codes import CaseKind
from mediator.errors import MediatorError, RefusedByRule
from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, labelled
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

KINDS: Final = (("ledger", CaseKind.PEOPLE_MEDIATION), ("hotline", CaseKind.WORK_ORDER))
STOPPED: Final = "ledger.cancelled"
Seen = tuple[Reading, Outcome]


class ImportsPage(Page):
    """File and kind above; columns on the left, refused lines on the right; what came of it in one sentence."""

    name, nav = "imports", "case_list"
    moved = Signal(int, int)

    def __init__(self, seat: Seat) -> None:
        """No file yet."""
        super().__init__(seat, say("imports.title"))
        self.seen: Seen | None = None
        self.received: Seen | None = None
        self.chosen: dict[str, str] = {}
        self.stopped, self.kept = False, 0
        self.head.addWidget(label(say("imports.about"), "aside", wrap=True), 1)
        self.head.addWidget(button(say("imports.back"), lambda: seat.went.emit("case_list", "")))
        self.body.addWidget(self._source())
        self.told, self.progress = Note(""), QProgressBar()
        self.progress.setTextVisible(False)
        for each in (self.told, self.progress):
            each.hide()
            self.body.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self._columns(), 1)
        row.addWidget(self._refused(), 1)
        self.body.addLayout(row, 1)
        self.body.addLayout(self._deeds())
        self.moved.connect(self.show_progress)
        self.show_deeds()

    def _source(self) -> QWidget:
        """Which file, and what it lists."""
        card = Card(say("imports.title"), padded=True)
        self.file = QLineEdit()
        words, _ = labelled(say("imports.file"), self.file)
        self.file.setAccessibleName(say("imports.file_name"))
        self.file.returnPressed.connect(self.look)
        kinds = [(kind.value, say(f"imports.{name}")) for name, kind in KINDS]
        self.kind = Choice(say("imports.what"), kinds, lambda _: self.look())
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.file, 1)
        row.addWidget(button(say("imports.browse"), self.browse, kind="small"))
        for each in labelled(say("imports.what"), self.kind):
            row.addWidget(each)
        row.addWidget(button(say("imports.look"), self.look, kind="small"))
        card.body.addLayout(row)
        return card

    def _columns(self) -> Card:
        """What each column of the file is."""
        fields = [("", say("imports.nothing")), *field_words().items()]
        self.meaning = Choice(say("imports.choose"), fields, self.map_column)
        columns: tuple[Column[tuple[str, str]], ...] = (
            Column(say("imports.column"), lambda each: each[0]),
            Column(say("imports.meaning"), lambda each: words_of(each[1]), 10),
        )
        self.heads: Rows[tuple[str, str]] = Rows(columns)
        card = Card(say("imports.columns"), say("imports.columns_about"))
        self.table = Table(self.heads, say("imports.columns"), look=self.seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("imports.no_file")
        self.table.opened.connect(lambda _: self.meaning.setFocus())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_meaning())
        card.put(self.table, 1)
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        for each in labelled(say("imports.choose"), self.meaning):
            row.addWidget(each)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _refused(self) -> Card:
        """Lines that cannot come in, and why."""
        columns: tuple[Column[tuple[str, Line]], ...] = (
            Column(say("imports.line"), lambda each: f"{each[0]} {each[1].number}".strip(), 8),
            Column(say("imports.why"), lambda each: "；".join(each[1].reasons)),
        )
        self.refused: Rows[tuple[str, Line]] = Rows(columns)
        card = Card(say("imports.lines"))
        self.bad = Table(self.refused, say("imports.lines"), look=self.seat.preferences.look)
        self.bad.fit(columns)
        card.put(self.bad, 1)
        return card

    def _deeds(self) -> QHBoxLayout:
        """Take in, stop, give back."""
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addStretch(1)
        self.give_back = button(say("imports.save_refused"), self.save_refused)
        self.cancel = button(say("imports.cancel"), self.stop)
        self.take = button(say("imports.take"), self.take_in, kind="primary")
        self.receipt = button(say("imports.receipt"), self.choose_receipt)
        for press in (self.give_back, self.receipt, self.cancel, self.take):
            row.addWidget(press)
        return row

    def home(self) -> QWidget:
        """The file."""
        return self.file

    def browse(self) -> None:
        """A file from a folder."""
        chosen, _ = QFileDialog.getOpenFileName(self, say("imports.title"), "", say("imports.files"))
        if chosen:
            self.file.setText(chosen)
            self.look()

    def look(self) -> None:
        """Understand the file afresh; what was chosen for another one is forgotten."""
        self.chosen, self.seen, self.received = {}, None, None
        self.show_deeds()
        self.ask()

    def ask(self) -> None:
        """Understand the file with what was chosen so far; nothing is kept."""
        path, desk, chosen = Path(self.file.text().strip()).expanduser(), self.seat.desk, dict(self.chosen)
        kind = next(each for _, each in KINDS if each.value == self.kind.value)
        if self.file.text().strip():
            self.seat.heavy(partial(understood, desk, path, kind, chosen), self.show_seen, self.refuse)

    def show_seen(self, seen: Seen) -> None:
        """What taking in would do."""
        place = max(self.table.currentIndex().row(), 0)
        self.seen = seen
        reading, outcome = seen
        self.heads.show_rows(
            [pair for part in reading.parts for pair in zip(part.head.words, part.head.fields, strict=True) if pair[0]]
        )
        self.table.selectRow(min(place, self.heads.rowCount() - 1))
        self.refused.show_rows(outcome.refused)
        self.bad.empty = say("imports.none_refused")
        self.told.tell(say("imports.preview", **counts(outcome)), "soon" if outcome.refused else "calm")
        self.show_deeds()

    def show_deeds(self, *, busy: bool = False) -> None:
        """Which buttons make sense now."""
        outcome = self.seen[1] if self.seen else Outcome()
        self.take.setEnabled(bool(outcome.added) and not busy)
        self.cancel.setEnabled(busy)
        self.give_back.setEnabled(bool(outcome.refused) and not busy)
        self.receipt.setVisible(self.received is not None and self.kind.value == CaseKind.WORK_ORDER.value)
        self.receipt.setEnabled(not busy)
        self.progress.setVisible(busy)

    def show_meaning(self) -> None:
        """What the chosen column is at present."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.heads.rows):
            self.meaning.show_value(self.heads.rows[row][1])

    def map_column(self, field: str) -> None:
        """The chosen column is something else; remembered with this header once the file is taken in."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.heads.rows):
            self.chosen[self.heads.rows[row][0]] = field
            self.ask()

    def take_in(self) -> None:
        """Keep the good lines, batch by batch."""
        if self.seen is None:
            return
        self.stopped, self.kept = False, 0
        self.show_deeds(busy=True)
        work = partial(ledger_import.take_in, self.seat.desk, self.seen[0], self.tell)
        self.seat.once("imports", work, self.taken, self.refuse, heavy=True)

    def tell(self, done: int, of: int) -> None:
        """From the other lane, after each batch; raises RefusedByRule `ledger.cancelled` between two of them."""
        self.moved.emit(done, of)
        if self.stopped and done < of:
            raise RefusedByRule(STOPPED)

    def stop(self) -> None:
        """After the batch that is being kept."""
        self.stopped = True

    def show_progress(self, done: int, of: int) -> None:
        """How many of how many are durable."""
        self.kept = done
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.told.tell(say("imports.taking", done=done, all=of))

    def taken(self, outcome: Outcome) -> None:
        """What came of it; the file is looked at again so that nothing is taken in twice."""
        if self.seen is not None:
            self.received = self.seen[0], outcome
            self.seen = self.seen[0], Outcome((), outcome.known, outcome.refused)
        self.told.tell(say("imports.done", **counts(outcome)), "soon" if outcome.refused else "calm")
        self.show_deeds()

    def choose_receipt(self) -> None:
        """Where the receipt for the hotline goes."""
        chosen, _ = QFileDialog.getSaveFileName(self, say("imports.receipt"), say("imports.receipt_name"))
        if chosen:
            self.write_receipt(Path(chosen))

    def write_receipt(self, file: Path) -> None:
        """Which work orders arrived, under which number, and how they stand."""
        if self.received is not None:
            work = partial(ledger_back.write_receipt, self.seat.desk, *self.received, file)
            self.seat.once("receipt", work, self.receipt_written, self.refuse, heavy=True)

    def receipt_written(self, file: Path) -> None:
        """Where it lies."""
        self.told.tell(say("imports.receipt_done", file=file))

    def refuse(self, error: MediatorError) -> None:
        """Why not, or that it was stopped."""
        words = say("imports.stopped", done=self.kept) if error.code == STOPPED else sentence(error)
        self.told.tell(words, "late")
        self.show_deeds()

    def save_refused(self) -> None:
        """A file of the same format beside the first one, reasons in its last column."""
        if self.seen is not None:
            reading, outcome = self.seen
            source = Path(self.file.text().strip()).expanduser()
            out = source.with_name(f"{source.stem}-{say('imports.refused_name')}{source.suffix}")
            work = partial(ledger_back.write_back, self.seat.desk, reading, outcome, refused=out)
            self.seat.once("refused", work, lambda _: self.is_saved(out), self.refuse, heavy=True)

    def is_saved(self, path: Path) -> None:
        """Where it is."""
        self.told.tell(say("imports.saved_refused", path=path))


def understood(desk: Desk, path: Path, kind: CaseKind, chosen: dict[str, str]) -> Seen:
    """The file as read and what taking it in would do."""
    reading = ledger_import.read(desk, bounded(path, ledger_import.MAX_BYTES), kind, chosen)
    return reading, ledger_import.preview(desk, reading)


def counts(outcome: Outcome) -> dict[str, object]:
    """How many came in, were known, must be mended."""
    return {"added": len(outcome.added), "known": len(outcome.known), "refused": len(outcome.refused)}


def words_of(field: str) -> str:
    """What a column is, in a ledger's own word."""
    return field_words().get(field, say("imports.nothing"))
