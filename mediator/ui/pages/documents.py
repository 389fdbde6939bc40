"""文书: every kind with its state, the paper on the right, made and printed all or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import printing, reading
from mediator.casework.complaints import sentence
from mediator.casework.printing import Made, MadeFile, Refused, Verified
from mediator.casework.reading import CaseRow, Opened, RowQuery
from mediator.core.codes import CaseKind
from mediator.core.lint import Finding, Severity
from mediator.core.records import Case, CaseId, IssuedPaper
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.documents_kinds import KindLine, KindList
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.labels import Elided, Note
from mediator.ui.pieces.paper import PaperView
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LEFT, RIGHT = 55, 45
FORMATS: Final = ("docx", "pdf")
DPI: Final = 300
OTHER: Final = {CaseKind.SETTLEMENT: "mediation_agreement", CaseKind.PEOPLE_MEDIATION: "settlement_agreement"}


class DocumentsPage(Page):
    """Space ticks a kind, Enter previews it."""

    name = "documents"

    def __init__(self, seat: Seat) -> None:
        """Pick a case first."""
        super().__init__(seat, say("documents.title"))
        self.aside = Elided("", "aside")
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.head.addWidget(button(say("documents.verify"), self.choose_to_verify))
        self.head.addWidget(button(say("documents.draft"), partial(self.make, draft=True)))
        self.head.addWidget(button(say("documents.issue"), partial(self.make, draft=False), kind="primary"))
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        left = QVBoxLayout()
        left.setSpacing(space("m"))
        left.addWidget(self._cases(), 4)
        left.addWidget(self._kinds(), 6)
        left.addWidget(self._target())
        left.addWidget(self._issued(), 4)
        self.refusal = self._refusal()
        left.addWidget(self.refusal, 3)
        row.addLayout(left, LEFT)
        preview = Card(say("documents.preview"))
        self.pages = preview.aside
        self.paper = PaperView(say("documents.preview"))
        preview.put(self.paper, 1)
        row.addWidget(preview, RIGHT)
        self.body.addLayout(row, 1)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_paper)
        self.shown = b""

    def _cases(self) -> Card:
        """Which case, when none was named."""
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("documents.case"), lambda each: each.number, 14),
            Column(say("documents.matter"), lambda each: each.title),
        )
        self.cases: Rows[CaseRow] = Rows(columns)
        self.picking = Card(say("documents.pick"))
        self.picker = Table(self.cases, say("documents.pick"), look=self.seat.preferences.look)
        self.picker.fit(columns)
        self.picker.opened.connect(lambda row: self.enter(self.cases.rows[row].id))
        self.picking.put(self.picker)
        return self.picking

    def _kinds(self) -> Card:
        """The kinds, each with a tick."""
        self.kinds_card = Card(say("documents.kinds"), say("documents.kinds_about"))
        self.kinds = KindList(self.seat.preferences.look)
        self.kinds.looked.connect(self.preview)
        self.kinds_card.put(self.kinds)
        return self.kinds_card

    def _target(self) -> Card:
        """Where files go."""
        card = Card(say("documents.where"), padded=True)
        row = QHBoxLayout()
        self.folder = QLineEdit(str(Path.home() / say("documents.folder")))
        self.folder.setAccessibleName(say("documents.where"))
        self.formats = {each: QCheckBox(each.upper()) for each in FORMATS}
        row.addWidget(self.folder, 1)
        row.addWidget(button(say("documents.browse"), self.browse, kind="small"))
        for tick in self.formats.values():
            tick.setChecked(True)
            row.addWidget(tick)
        row.addWidget(button(say("documents.print"), self.print_paper, kind="small"))
        card.body.addLayout(row)
        return card

    def _issued(self) -> Card:
        """What was issued; Enter writes the very bytes again."""
        columns: tuple[Column[IssuedPaper], ...] = (
            Column(say("documents.number"), lambda each: each.number, 16),
            Column(say("documents.paper"), lambda each: each.title),
            Column(say("documents.pages"), lambda each: str(each.pages), 3, number=True),
        )
        self.issued: Rows[IssuedPaper] = Rows(columns)
        card = Card(say("documents.issued"), say("documents.issued_about"))
        table = Table(self.issued, say("documents.issued"), look=self.seat.preferences.look)
        table.fit(columns)
        table.empty = say("documents.none_issued")
        table.opened.connect(self.reprint)
        card.put(table)
        return card

    def _refusal(self) -> Card:
        """Why a paper was refused, with every finding."""
        card = Card(say("documents.refused"))
        self.findings = FindingList(say("documents.refused"), self.seat.preferences.look)
        self.findings.chosen.connect(lambda _place: self.seat.went.emit("composer", self.case))
        card.put(self.findings)
        card.hide()
        return card

    def enter(self, case: str = "") -> None:
        """Papers of a case; without one, pick it."""
        if case and case != self.case:
            self.shown = b""
        self.case = case or self.case
        self.picking.setVisible(not self.case)
        self.kinds_card.setVisible(bool(self.case))
        self.refusal.hide()
        if self.case:
            self.ask()
        else:
            self.seat.deed(lambda: reading.rows(self.seat.desk, RowQuery(limit=200)), self.show_cases)

    def home(self) -> QWidget | None:
        """The first kind; while no case is named, the list to pick from."""
        return self.kinds if self.case else self.picker

    def show_cases(self, rows: tuple[CaseRow, ...]) -> None:
        """Pick by Enter."""
        self.cases.show_rows(rows)
        if rows:
            self.picker.selectRow(0)
        self.picker.setFocus()

    def ask(self) -> None:
        """The case and the state of each kind."""
        self.seat.deed(partial(self.read, CaseId(self.case)), self.show_state)

    def read(self, case: CaseId) -> tuple[Opened, tuple[KindLine, ...]]:
        """On the worker's lane."""
        opened = reading.reread(self.seat.desk, case)
        return opened, tuple(
            self.line_of(opened.case, info.id, info.title, info.group.value) for info in printing.kinds()
        )

    def line_of(self, case: Case, kind: str, title: str, group: str) -> KindLine:
        """State of one kind."""
        found = printing.findings_for(self.seat.desk, case, kind)
        blocked = any(each.severity is Severity.BLOCK for each in found)
        return KindLine(kind, title, group, sum(paper.kind == kind for paper in case.papers), blocked)

    def show_state(self, read: tuple[Opened, tuple[KindLine, ...]]) -> None:
        """Each kind: issued how often, ready, or what is missing."""
        opened, lines = read
        case = opened.case
        self.aside.setText(f"{case.number}　{case.title}")
        self.kinds.show_lines([line for line in lines if line.id != OTHER.get(case.kind)])
        self.issued.show_rows(case.papers)
        if not self.shown:
            self.preview(next((line.id for line in lines if not line.blocked), lines[0].id))

    def preview(self, kind: str) -> None:
        """Set the paper beside the screen."""
        case = CaseId(self.case)
        self.seat.heavy(lambda: printing.preview(self.seat.desk, case, kind), self.show_paper, self.no_paper)

    def show_paper(self, data: bytes) -> None:
        """The paper as a draft."""
        self.shown = data
        self.paper.show_pdf(data)
        self.pages.setText(say("documents.count", count=self.paper.pages))

    def no_paper(self, error: MediatorError) -> None:
        """Why there is no preview."""
        self.pages.setText(sentence(error))

    def browse(self) -> None:
        """Another folder."""
        chosen = QFileDialog.getExistingDirectory(self, say("documents.where"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def make(self, *, draft: bool) -> None:
        """Issue the ticked kinds, all or none; drafts take no number."""
        kinds = self.kinds.ticked()
        formats = [each for each, tick in self.formats.items() if tick.isChecked()]
        if not (self.case and kinds and formats):
            self.told.tell(say("documents.nothing_ticked"), "soon")
            return
        case, out = CaseId(self.case), Path(self.folder.text()).expanduser()
        work = partial(printing.make, self.seat.desk, case, kinds, formats=formats, out=out, draft=draft)
        self.told.tell(say("documents.making"))
        self.seat.once("papers", work, self.is_made, self.refused, heavy=True)

    def is_made(self, made: tuple[Made, ...]) -> None:
        """Where they lie."""
        self.refusal.hide()
        numbers = "、".join(paper.number or paper.title for paper in made)
        self.told.tell(say("documents.made", numbers=numbers, folder=self.folder.text()))
        self.kinds.untick()
        self.ask()

    def refused(self, error: MediatorError) -> None:
        """What stands in the way, all at once."""
        self.told.tell(sentence(error), "late")
        found: tuple[Finding, ...] = error.findings if isinstance(error, Refused) else ()
        self.findings.show_findings(found)
        self.refusal.setVisible(bool(found))

    def reprint(self, row: int) -> None:
        """The very bytes again."""
        number, case = self.issued.rows[row].number, CaseId(self.case)
        out = Path(self.folder.text()).expanduser()
        work = partial(printing.reprint, self.seat.desk, case, number, out=out)
        self.seat.once("reprint", work, self.is_reprinted, self.refused, heavy=True)

    def is_reprinted(self, files: tuple[MadeFile, ...]) -> None:
        """Where they lie."""
        self.told.tell(say("documents.reprinted", count=len(files), folder=self.folder.text()))

    def print_paper(self) -> None:
        """Print what the preview shows."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if not self.shown or not QPrintDialog(printer, self).exec():
            return
        document = QPdfDocument(self)
        document.load(self.paper.buffer)
        painter = QPainter(printer)
        for number in range(document.pageCount()):
            if number:
                printer.newPage()
            size = document.pagePointSize(number)
            picture = document.render(number, QSize(int(size.width() * DPI / 72), int(size.height() * DPI / 72)))
            painter.drawImage(printer.pageLayout().paintRectPixels(printer.resolution()), picture)
        painter.end()

    def choose_to_verify(self) -> None:
        """Which files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, say("documents.verify"), "", say("documents.files"))
        if chosen:
            self.verify(tuple(Path(each) for each in chosen))

    def verify(self, files: tuple[Path, ...]) -> None:
        """Is this the paper that was issued?"""
        self.seat.heavy(lambda: printing.verify(self.seat.desk, files), self.verified, self.refused)

    def verified(self, found: tuple[Verified, ...]) -> None:
        """Each file in words."""
        lines = [say(f"documents.state_{each.state}", name=each.file.name, number=each.document) for each in found]
        tone = "calm" if all(each.state == "genuine" for each in found) else "late"
        self.told.tell("\n".join(lines), tone)

    def refresh(self, cases: frozenset[str]) -> None:
        """The case changed."""
        if self.case in cases:
            self.ask()
