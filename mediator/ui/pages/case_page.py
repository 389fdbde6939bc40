"""案件: everything about one case on one page, and every deed its state allows."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mediator.casework import checking, intake, reading
from mediator.casework.reading import Happening, Opened
from mediator.core.codes import CaseStatus
from mediator.core.deadlines import Deadline
from mediator.core.identifiers import mask_id, mask_phone
from mediator.core.life import next_moves
from mediator.core.lint import Finding
from mediator.core.records import Case, CaseId, IssuedPaper, Party
from mediator.ui.page import Page
from mediator.ui.pages.case_conflicts import ConflictsCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.labels import label, restyle
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

SOON: Final = 3
MIDDLE, SIDE = 5, 3
DONE: Final = frozenset({CaseStatus.SIGNED, CaseStatus.PERFORMING, CaseStatus.PERFORMED, CaseStatus.FOLLOWED_UP})
BY_DEED: Final = frozenset({CaseStatus.SIGNED})
Read = tuple[Opened, tuple[Happening, ...], tuple[Finding, ...], tuple[Deadline, ...]]


class CasePage(Page):
    """Course on the left, people and papers in the middle, deadlines and findings on the right."""

    name = "case_page"
    nav = "case_list"

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is named."""
        super().__init__(seat)
        self.known: Case | None = None
        self.revealed = False
        self.state, self.aside = label("", "tag"), label("", "aside")
        self.head.addWidget(self.state)
        self.head.addWidget(self.aside, 1)
        for name, page in (("edit", "intake"), ("papers", "documents"), ("agreement", "composer")):
            self.head.addWidget(button(say(f"case_page.{name}"), partial(self.go, page)))
        self.head.addWidget(button(say("case_page.hear"), partial(self.go, "hearing"), kind="primary"))
        QShortcut(QKeySequence("Ctrl+P"), self, partial(self.go, "documents"))
        self.conflicts = ConflictsCard(seat)
        self.body.addWidget(self.conflicts)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self._course(), SIDE)
        row.addWidget(self._middle(), MIDDLE)
        row.addWidget(self._side(), SIDE)
        self.body.addLayout(row, 1)

    def _course(self) -> Card:
        """经过."""
        card = Card(say("case_page.course"), say("case_page.course_about"))
        self.course = QListWidget()
        self.course.setAccessibleName(say("case_page.course"))
        card.put(self.course)
        return card

    def _middle(self) -> QWidget:
        """当事人, 事实与请求, 文书."""
        column, inside = self._column()
        columns: tuple[Column[Party], ...] = (
            Column(say("case_page.side"), lambda each: each.role_as_given or each.side.term, 6),
            Column(say("case_page.name"), lambda each: each.name, 8),
            Column(say("case_page.phone"), lambda each: self.shown(each.phone, mask_phone(each.phone)), 8),
            Column(say("case_page.id_number"), lambda each: self.shown(each.id_number, mask_id(each.id_number))),
        )
        self.parties: Rows[Party] = Rows(columns)
        people = Card(say("case_page.parties"))
        self.why = QLineEdit()
        self.why.setAccessibleName(say("case_page.why"))
        self.why.setPlaceholderText(say("case_page.why"))
        self.why.returnPressed.connect(self.reveal)
        people.head.addWidget(self.why)
        people.head.addWidget(button(say("case_page.reveal"), self.reveal, kind="small"))
        people.put(self._table(self.parties, say("case_page.parties")))
        inside.addWidget(people, 3)
        facts = Card(say("case_page.facts"), padded=True)
        self.facts = label("", wrap=True)
        facts.put(self.facts)
        inside.addWidget(facts, 2)
        papers: tuple[Column[IssuedPaper], ...] = (
            Column(say("case_page.paper_number"), lambda each: each.number, 14),
            Column(say("case_page.paper"), lambda each: each.title),
            Column(say("case_page.pages"), lambda each: str(each.pages), 3, number=True),
        )
        self.papers: Rows[IssuedPaper] = Rows(papers)
        card = Card(say("case_page.issued"))
        table = self._table(self.papers, say("case_page.issued"))
        table.opened.connect(lambda _row: self.go("documents"))
        card.put(table)
        inside.addWidget(card, 3)
        return column

    def _table(self, rows: Rows[Party] | Rows[IssuedPaper], name: str) -> Table:
        """A table of the middle."""
        table = Table(rows, name, look=self.seat.preferences.look)
        table.fit(rows.columns)
        return table

    def _side(self) -> QWidget:
        """期限, 检查, 改变状态."""
        column, inside = self._column()
        columns: tuple[Column[Deadline], ...] = (
            Column(say("case_page.deadline"), lambda each: each.label),
            Column(say("case_page.due"), self.left, 7, tone=self.tone),
        )
        self.deadlines: Rows[Deadline] = Rows(columns)
        due = Card(say("case_page.deadlines"))
        table = Table(self.deadlines, say("case_page.deadlines"), look=self.seat.preferences.look)
        table.fit(columns)
        due.put(table)
        inside.addWidget(due, 2)
        checks = Card(say("case_page.checks"))
        self.check_count = checks.aside
        self.findings = FindingList(say("case_page.checks"))
        self.findings.chosen.connect(lambda _place: self.go("composer"))
        checks.put(self.findings)
        inside.addWidget(checks, 3)
        inside.addWidget(self._moves())
        return column

    def _moves(self) -> Card:
        """改变状态: only moves the rules allow, with a reason."""
        card = Card(say("case_page.move"), padded=True)
        self.target = Choice(say("case_page.target"), [], lambda _: None)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("case_page.reason"))
        self.reason.setPlaceholderText(say("case_page.reason"))
        row = QHBoxLayout()
        row.addWidget(self.target)
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("case_page.do_move"), self.move_on, kind="small"))
        card.body.addLayout(row)
        return card

    def _column(self) -> tuple[QWidget, QVBoxLayout]:
        """A column of cards."""
        column = QWidget()
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space("m"))
        return column, inside

    def go(self, page: str) -> None:
        """Another page about this case."""
        if self.case:
            self.seat.went.emit(page, self.case)

    def shown(self, whole: str, masked: str) -> str:
        """Masked until a reason was given."""
        return whole if self.revealed or not whole else masked

    def left(self, each: Deadline) -> str:
        """Days left in words."""
        days = each.days_left(self.seat.desk.today())
        if days == 0:
            return say("workbench.today")
        return say("workbench.late", days=-days) if days < 0 else say("workbench.left", days=days)

    def tone(self, each: Deadline) -> str:
        """Late, soon or calm."""
        days = each.days_left(self.seat.desk.today())
        return "late" if days < 0 else "soon" if days < SOON else "calm"

    def enter(self, case: str = "") -> None:
        """Look at a case; the look leaves its trace once."""
        fresh = bool(case) and case != self.case
        self.case = case or self.case
        if fresh:
            self.revealed = False
        if self.case:
            self.seat.deed(partial(self.read, self.case, fresh), self.show_case)

    def read(self, case: str, traced: bool) -> Read:
        """Everything the page shows, read beside the screen."""
        desk = self.seat.desk
        opened = reading.show(desk, case) if traced else reading.reread(desk, CaseId(case))
        found = checking.findings(desk, opened.case) if opened.case.agreement else ()
        return opened, reading.course(desk, opened), found, checking.deadlines(desk, opened.case)

    def show_case(self, read: Read) -> None:
        """Paint it."""
        opened, course, found, due = read
        case = self.known = opened.case
        self.title.setText(case.number or case.title)
        self.state.setText(case.status.term)
        restyle(self.state, tone="done" if case.status in DONE else "calm")
        self.aside.setText("　".join(part for part in (case.title, case.dispute_type) if part))
        self.conflicts.show_case(case)
        self.course.clear()
        for each in course:
            where = "" if each.here else say("case_page.elsewhere")
            self.course.addItem(QListWidgetItem(f"{each.at:%m-%d %H:%M}　{each.deed}{where}"))
        self.parties.show_rows(case.parties)
        self.facts.setText("\n".join(part for part in (case.facts, self.requested(case)) if part))
        self.papers.show_rows(case.papers)
        self.deadlines.show_rows(due)
        self.check_count.setText(say("case_page.count", count=len(found)) if found else say("case_page.no_findings"))
        self.findings.show_findings(found)
        self.target.clear()
        for status in (each for each in next_moves(case.status) if each not in BY_DEED):
            self.target.addItem(status.term, status.value)

    def requested(self, case: Case) -> str:
        """What the parties ask for."""
        return say("case_page.requests", text=case.requests) if case.requests else ""

    def reveal(self) -> None:
        """Show numbers in full, once a reason stands there."""
        why = self.why.text()
        self.seat.deed(lambda: reading.reveal(self.seat.desk, CaseId(self.case), why), self.is_revealed)

    def is_revealed(self, _done: None) -> None:
        """Show them until another case is opened."""
        self.revealed = True
        self.why.clear()
        if self.known:
            self.parties.show_rows(self.known.parties)

    def move_on(self) -> None:
        """Change the state."""
        chosen = next((each for each in CaseStatus if each.value == self.target.value), None)
        why = self.reason.text()
        if chosen is None:
            return
        deed = partial(intake.accept, self.seat.desk, CaseId(self.case)) if chosen is CaseStatus.ACCEPTED else partial(
            intake.move, self.seat.desk, CaseId(self.case), chosen, why
        )  # fmt: skip
        self.seat.deed(deed, lambda _: self.reason.clear())

    def refresh(self, cases: frozenset[str]) -> None:
        """This case changed."""
        if self.case in cases:
            self.seat.deed(partial(self.read, self.case, False), self.show_case)
