"""文书: every kind with its state, its form and the paper on the right, made and printed all or none."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import printing, reading
from mediator.casework.complaints import sentence
from mediator.casework.printing import Made, Refused
from mediator.casework.reading import Opened, RowQuery
from mediator.core.codes import CaseKind
from mediator.core.lint import Finding
from mediator.core.passing import stops
from mediator.core.records import Case, CaseId, IssuedPaper
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.documents_beside import PaperBeside
from mediator.ui.pages.documents_glyph import GlyphStrip
from mediator.ui.pages.documents_issued import IssuedCard, ReplacingStrip
from mediator.ui.pages.documents_kinds import KindLine, KindList
from mediator.ui.pages.documents_lists import PickCard
from mediator.ui.pages.documents_sheet import Job, PrintSheet
from mediator.ui.pages.documents_target import TargetCard
from mediator.ui.pages.documents_verdicts import VerdictsCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.labels import Elided, Note
from mediator.ui.pieces.running import RunningStrip
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LEFT, RIGHT = 36, 64
OTHER: Final = {CaseKind.SETTLEMENT: "mediation_agreement", CaseKind.PEOPLE_MEDIATION: "settlement_agreement"}


class DocumentsPage(Page):
    """Space ticks a kind, Enter shows its form and its paper."""

    name = "documents"

    def __init__(self, seat: Seat) -> None:
        """Pick a case first."""
        super().__init__(seat, say("documents.title"))
        self.aside = Elided("", "aside")
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.told, self.verdicts = Note(""), VerdictsCard(seat, self.refused)
        self.running, self.replacing = RunningStrip(seat, "papers"), ReplacingStrip(self.turn_about)
        self.glyph = GlyphStrip(seat, self.is_pictured, self.refused)
        self.told.hide()
        self.head.addWidget(button(say("documents.verify"), self.verdicts.choose))
        self.head.addWidget(button(say("documents.draft"), partial(self.make, draft=True)))
        self.head.addWidget(button(say("documents.issue"), partial(self.make, draft=False), kind="primary"))
        for strip in (self.told, self.running, self.glyph, self.replacing):
            self.body.addWidget(strip)
        self.sheet = PrintSheet(seat, self.told.tell, self.refused)
        for each in (self.verdicts, self.sheet):
            self.body.addWidget(each, 1)
        self.picking = PickCard(seat.preferences.look, self.enter)
        self.beside = PaperBeside(seat)
        self.beside.stopped.connect(lambda error: self.glyph.heed(self.case, error))
        self.target = TargetCard(self.print_paper, self.print_blank)
        self.issued = IssuedCard(
            seat, lambda: self.target.out, self.told.tell, failed=self.refused, correct=self.begin_correction,
            send=self.sheet.open,
        )  # fmt: skip
        self.refusal = self._refusal()
        left = QVBoxLayout()
        left.setSpacing(space("m"))
        left.addWidget(self.picking, 4)
        left.addWidget(self._kinds(), 6)
        left.addWidget(self.refusal, 3)
        left.addWidget(self.issued, 3)
        self.desktop = QWidget()
        row = QHBoxLayout(self.desktop)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        row.addLayout(left, LEFT)
        row.addWidget(self.beside, RIGHT)
        for widget, share in ((self.desktop, 1), (self.target, 0)):
            self.body.addWidget(widget, share)
        for each in (self.verdicts, self.sheet):
            each.folded.connect(self.give_room)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_paper)

    def _kinds(self) -> Card:
        """The kinds, each with a tick, and a line that leaves those with its words."""
        self.kinds_card = Card(say("documents.kinds"), say("documents.kinds_about"))
        self.finding = QLineEdit()
        self.finding.setAccessibleName(say("documents.find"))
        self.finding.setPlaceholderText(say("documents.find"))
        self.kinds = KindList(self.seat.preferences.look)
        self.kinds.looked.connect(self.look_at)
        self.kinds.opened.connect(self.open)
        self.finding.textChanged.connect(self.kinds.show_only)
        self.finding.returnPressed.connect(self.take_found)
        line = QHBoxLayout()
        line.setContentsMargins(space("s"), space("s"), space("s"), space("s"))
        line.addWidget(self.finding)
        self.kinds_card.body.addLayout(line)
        self.kinds_card.put(self.kinds)
        return self.kinds_card

    def _refusal(self) -> Card:
        """Why a paper was refused, with every finding."""
        card = Card(say("documents.refused"))
        self.findings = FindingList(say("documents.refused"), self.seat.preferences.look)
        self.findings.chosen.connect(self.go_to)
        card.put(self.findings)
        card.hide()
        return card

    def enter(self, case: str = "") -> None:
        """Papers of a case; without one, pick it."""
        if case and case != self.case:
            self.beside.forget()
            self.told.tell("")
            self.glyph.forget()
            self.replacing.forget()
        self.case = case or self.case
        self.picking.setVisible(not self.case)
        self.kinds_card.setVisible(bool(self.case))
        self.refusal.hide()
        if self.case:
            self.ask()
            self.beside.form.ask()
        else:
            work = partial(reading.rows, self.seat.desk, RowQuery(limit=200))
            self.seat.deed(work, self.picking.show_cases)

    def give_room(self, folded: bool) -> None:
        """The papers, or in their place one thing alone: verdicts or the printer."""
        for widget in (self.desktop, self.target):
            widget.setVisible(folded)
        if folded:
            self.keep_focus()
        else:
            for each in (self.verdicts, self.sheet):
                each.setVisible(each is self.sender())

    def home(self) -> QWidget | None:
        """The first kind; while no case is named, the list to pick from."""
        return self.kinds if self.case else self.picking.table

    def search(self) -> QLineEdit | None:
        """A kind by a part of its name."""
        return self.finding if self.case else None

    def take_found(self) -> None:
        """Enter in the line shows the first kind that is left; the list takes the keyboard."""
        self.kinds.setFocus()
        item = self.kinds.currentItem()
        if item is not None:
            self.kinds.look_at(item)

    def ask(self) -> None:
        """The case and the state of each kind."""
        self.seat.deed(partial(self.read, CaseId(self.case)), self.show_state)

    def read(self, case: CaseId) -> tuple[Opened, tuple[KindLine, ...]]:
        """On the worker's lane."""
        opened = reading.work_on(self.seat.desk, case)
        return opened, tuple(
            self.line_of(opened.case, info.id, info.title, info.group.value) for info in printing.kinds()
        )

    def line_of(self, case: Case, kind: str, title: str, group: str) -> KindLine:
        """State of one kind."""
        found = printing.findings_for(self.seat.desk, case, kind)
        blocked = any(stops(each, case) for each in found)
        return KindLine(kind, title, group, sum(paper.kind == kind for paper in case.papers), blocked)

    def show_state(self, read: tuple[Opened, tuple[KindLine, ...]]) -> None:
        """Each kind: issued how often, ready, or what is missing."""
        opened, lines = read
        case = opened.case
        if case.id != self.case:
            return
        self.aside.setText(f"{case.number}　{case.title}")
        self.kinds.show_lines([line for line in lines if line.id != OTHER.get(case.kind)])
        self.kinds.show_only(self.finding.text())
        self.issued.show_case(case)
        if not self.beside.kind:
            ready = next((line.id for line in lines if not line.blocked), lines[0].id)
            kind = self.beside.form.left_over(self.case) or ready
            self.kinds.choose(kind)
            self.look_at(kind)

    def look_at(self, kind: str) -> None:
        """Its form and its paper."""
        self.beside.turn(self.case, kind)

    def open(self, kind: str) -> None:
        """Enter shows a kind; Enter again goes into its form."""
        if kind == self.beside.kind:
            self.beside.form.focus_on()
        else:
            self.look_at(kind)

    def go_to(self, place: str) -> None:
        """To what a finding is about: a field of a form stands on this page, the rest in the agreement."""
        kind, _, name = place.partition(".")
        if name and kind in {line.id for line in self.kinds.lines}:
            self.kinds.choose(kind)
            self.look_at(kind)
            self.seat.deed(lambda: None, lambda _: self.beside.form.focus_on(name))
        else:
            self.seat.went.emit("composer", self.case)

    def make(self, *, draft: bool) -> None:
        """Issue the ticked kinds, all or none; drafts take no number. What stands in the form is kept before."""
        if not (self.case and self.kinds.ticked() and self.target.chosen):
            self.told.tell(say("documents.nothing_ticked"), "soon")
            return
        self.leave()
        self.told.tell(say("documents.making"))
        self.seat.deed(lambda: None, lambda _: self._make(draft=draft))

    def _make(self, *, draft: bool) -> None:
        """Every word of the form is kept, or the paper waits."""
        if self.unkept():
            self.told.tell(say("documents.form_unkept"), "late")
            return
        make = partial(
            printing.make, self.seat.desk, CaseId(self.case), self.kinds.ticked(), formats=self.target.chosen,
            out=self.target.out, draft=draft, about=self.beside.about,
        )  # fmt: skip
        self.running.start(lambda watch: make(watch=watch), partial(self.is_made, draft), self.refused)

    def is_made(self, draft: bool, made: tuple[Made, ...]) -> None:
        """Where they lie."""
        self.refusal.hide()
        if not draft:
            self.replacing.forget()
        numbers = "、".join(paper.number or paper.title for paper in made)
        self.told.tell(say("documents.made", numbers=numbers, folder=self.target.folder.text()))
        self.kinds.untick()
        self.ask()

    def refused(self, error: MediatorError) -> None:
        """What stands in the way, all at once."""
        self.told.tell("" if self.glyph.heed(self.case, error) else sentence(error), "late")
        found: tuple[Finding, ...] = error.findings if isinstance(error, Refused) else ()
        self.findings.show_findings(found)
        self.refusal.setVisible(bool(found))

    def begin_correction(self, paper: IssuedPaper) -> None:
        """The next paper of this kind takes the place of an issued one; its form is on the screen to be changed."""
        self.kinds.untick()
        self.replacing.show_paper(paper)
        self.kinds.choose(paper.kind)
        self.kinds.tick(paper.kind)
        self.look_at(paper.kind)

    def turn_about(self) -> None:
        """The paper says from now on, or no longer, which one it takes the place of."""
        self.beside.replaces = self.replacing.replaces
        self.beside.draw()

    def is_pictured(self, char: str) -> None:
        """The papers of the case can be made now."""
        self.glyph.forget()
        self.refusal.hide()
        self.told.tell(say("documents.glyph_put", char=char))
        self.beside.draw()

    def print_blank(self) -> None:
        """Empty forms of the ticked kinds to fill in by pen, else of the one that is shown."""
        kinds = self.kinds.ticked() or [each for each in (self.beside.kind,) if each]
        if not (kinds and self.target.chosen):
            self.told.tell(say("documents.nothing_ticked"), "soon")
            return
        work = partial(printing.blank, self.seat.desk, kinds, formats=self.target.chosen, out=self.target.out)
        self.seat.once("papers", work, self.is_blank, self.refused, heavy=True)

    def is_blank(self, made: tuple[Made, ...]) -> None:
        """Where they lie."""
        names = "、".join(paper.title for paper in made)
        self.told.tell(say("documents.made_blank", names=names, folder=self.target.folder.text()))

    def print_paper(self) -> None:
        """What the preview shows, as a draft."""
        if self.beside.shown:
            self.sheet.open(Job(self.beside.shown, self.number, 0))

    @property
    def number(self) -> str:
        """The number of the case, the only words a printer's spool may hold."""
        return self.aside.text().partition("　")[0]

    def leave(self) -> None:
        """Everything typed is kept."""
        self.beside.form.flush()

    def unkept(self) -> bool:
        """Words of a form that the vault does not have."""
        return self.beside.form.unkept

    def hurry(self) -> None:
        """Draw the paper now."""
        self.beside.hurry()

    def refresh(self, cases: frozenset[str]) -> None:
        """The case changed."""
        if self.case in cases:
            self.ask()
            self.beside.form.ask()
