"""The first tab of a case: course on the left, people, facts and papers in the middle, what to do on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mediator.casework import intake, passing
from mediator.core.codes import CaseStatus
from mediator.core.deadlines import Deadline
from mediator.core.findings import Finding
from mediator.core.life import asks_approval, asks_reason, next_moves
from mediator.core.records import Case, CaseId, IssuedPaper
from mediator.ui.pages.case_course import Course
from mediator.ui.pages.case_people import PeopleCard
from mediator.ui.pages.case_sight import Sight, time_left, urgency
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice
from mediator.ui.pieces.reasons import ReasonedFindings
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

MIDDLE, SIDE = 5, 3
BY_DEED = frozenset({CaseStatus.SIGNED})


class OverviewPane(QWidget):
    """`go(page)` leads to another page about this case, `point(place)` to the place of a finding."""

    def __init__(self, seat: Seat, go: Callable[[str], None], point: Callable[[str], None]) -> None:
        """Nothing until a case is shown."""
        super().__init__()
        self.seat, self.go = seat, go
        self.case: Case | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        course = Card(say("case_page.course"), say("case_page.course_about"))
        self.course = Course(seat.preferences.look)
        course.put(self.course)
        row.addWidget(course, SIDE)
        row.addLayout(self._middle(), MIDDLE)
        row.addLayout(self._side(point), SIDE)

    def _middle(self) -> QVBoxLayout:
        """当事人, 事实与请求, 文书."""
        column = QVBoxLayout()
        column.setSpacing(space("m"))
        self.people = PeopleCard(self.seat)
        column.addWidget(self.people, 3)
        facts = Card(say("case_page.facts"))
        facts.head.addWidget(button(say("case_page.edit"), partial(self.go, "intake"), kind="small"))
        self.facts = QPlainTextEdit()
        self.facts.setReadOnly(True)
        self.facts.setProperty("kind", "reading")
        self.facts.setTabChangesFocus(True)
        self.facts.setAccessibleName(say("case_page.facts"))
        facts.put(self.facts)
        column.addWidget(facts, 3)
        columns: tuple[Column[IssuedPaper], ...] = (
            Column(say("case_page.paper"), lambda each: each.title),
            Column(say("case_page.paper_number"), lambda each: each.number, 12),
            Column(say("case_page.pages"), lambda each: str(each.pages), 3, number=True),
        )
        self.papers: Rows[IssuedPaper] = Rows(columns)
        card = Card(say("case_page.issued"))
        self.paper_table = Table(self.papers, say("case_page.issued"), look=self.seat.preferences.look)
        self.paper_table.fit(columns)
        self.paper_table.empty = say("case_page.no_papers")
        self.paper_table.opened.connect(lambda _row: self.go("documents"))
        card.put(self.paper_table)
        column.addWidget(card, 3)
        return column

    def _side(self, point: Callable[[str], None]) -> QVBoxLayout:
        """期限, 检查, 改变状态."""
        column = QVBoxLayout()
        column.setSpacing(space("m"))
        columns: tuple[Column[Deadline], ...] = (
            Column(say("case_page.deadline"), lambda each: each.label),
            Column(
                say("case_page.due"), lambda each: time_left(each.due, self.today()), 8,
                tone=lambda each: urgency(each.due, self.today()),
            ),
        )  # fmt: skip
        self.deadlines: Rows[Deadline] = Rows(columns, hint=lambda each: each.explanation)
        due = Card(say("case_page.deadlines"))
        table = Table(self.deadlines, say("case_page.deadlines"), look=self.seat.preferences.look)
        table.fit(columns)
        table.empty = say("case_page.no_deadlines")
        due.put(table)
        column.addWidget(due, 2)
        checks = Card(say("case_page.checks"))
        self.check_count = checks.aside
        self.reasoned = ReasonedFindings(say("case_page.checks"), self.seat.preferences.look)
        self.findings = self.reasoned.list
        self.reasoned.chosen.connect(point)
        self.reasoned.passing.connect(self.pass_over)
        checks.put(self.reasoned)
        column.addWidget(checks, 3)
        self.moves = self._moves()
        column.addWidget(self.moves)
        return column

    def _moves(self) -> Card:
        """改变状态: only moves the rules allow; some ask for a reason."""
        card = Card(say("case_page.move"), padded=True)
        self.target = Choice(say("case_page.target"), [], lambda _: self.ask_reason())
        self.target.currentIndexChanged.connect(lambda _: self.ask_reason())
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("case_page.reason_name"))
        self.reason.returnPressed.connect(self.move_on)
        self.head = QLineEdit()
        self.head.setAccessibleName(say("case_page.head_name"))
        self.head.setPlaceholderText(say("case_page.head"))
        self.head.returnPressed.connect(self.move_on)
        card.put(self.target)
        card.put(self.head)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("case_page.do_move"), self.move_on, kind="small"))
        card.body.addLayout(row)
        return card

    def today(self) -> date:
        """The day that counts for deadlines."""
        return self.seat.desk.today()

    def chosen(self) -> CaseStatus | None:
        """The state that is picked."""
        return next((each for each in CaseStatus if each.value == self.target.value), None)

    def ask_reason(self) -> None:
        """Say beside the line whether a reason must be given."""
        target, case = self.chosen(), self.case
        step = (case.status, target, case.kind) if case and target else None
        needed = step is not None and asks_reason(*step)
        self.head.setVisible(step is not None and asks_approval(*step))
        self.reason.setPlaceholderText(say("case_page.reason_needed") if needed else say("case_page.reason"))

    def choose_paper(self, words: str) -> None:
        """The issued paper of a number or a title."""
        found = (n for n, each in enumerate(self.papers.rows) if words in each.number or words in each.title)
        self.paper_table.selectRow(next(found, 0))
        self.paper_table.setFocus()

    def show_sight(self, sight: Sight) -> None:
        """Paint it; a reason that is being typed stays."""
        case = sight.case
        if self.case is None or self.case.id != case.id:
            self.reason.clear()
        self.case = case
        self.course.show_course(sight.course)
        self.people.show_case(case)
        parts = (case.facts, say("case_page.requests", text=case.requests) if case.requests else "")
        self.facts.setPlainText("\n\n".join(part for part in parts if part))
        self.papers.show_rows(case.papers)
        self.deadlines.show_rows(sight.deadlines)
        found = sight.findings
        still = [each for each in found if not each.reason]
        self.check_count.setText(say("case_page.count", count=len(still)) if still else say("case_page.no_findings"))
        signed = case.agreement is not None and case.agreement.is_signed
        self.reasoned.show_findings(found, may_pass=not signed and case.status is not CaseStatus.ARCHIVED)
        self.show_moves(case)

    def pass_over(self, found: Finding, reason: str) -> None:
        """Keep why a warning is left as it is; the line empties once that is kept."""
        if self.case is not None:
            work = partial(
                passing.pass_over, self.seat.desk, self.case.id, found.rule, reason=reason, place=found.place
            )  # fmt: skip
            self.seat.once("passing", work, lambda _: self.reasoned.line.typed.clear())

    def show_moves(self, case: Case) -> None:
        """Where the case may go; a state that was picked stays picked while it is allowed."""
        picked = self.target.value
        self.target.clear()
        for status in (each for each in next_moves(case.status, case.kind) if each not in BY_DEED):
            self.target.addItem(status.term, status.value)
        self.target.show_value(picked)
        self.ask_reason()

    def move_on(self) -> None:
        """Change the state."""
        target, why, head = self.chosen(), self.reason.text(), self.head.text()
        if target is None or self.case is None:
            return
        case: CaseId = self.case.id
        if target is CaseStatus.ACCEPTED:
            work = partial(intake.accept, self.seat.desk, case)
        else:
            work = partial(intake.move, self.seat.desk, case, target, why, approved_by=head)
        self.seat.once("move", work, lambda _: self.clear_words())

    def clear_words(self) -> None:
        """The move is made: its reason and its head are said."""
        self.reason.clear()
        self.head.clear()
