"""协议: clauses and payments on the left, the paper as it will be printed on the right, findings below."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import agreement, checking, printing, reading
from mediator.casework.complaints import sentence
from mediator.casework.reading import Opened
from mediator.core.codes import CaseKind
from mediator.core.lint import Finding
from mediator.core.records import Agreement, CaseId, Clause, ClauseId
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.composer_clauses import ClausesCard
from mediator.ui.pages.composer_keeping import Keeping
from mediator.ui.pages.composer_library import LibraryCard
from mediator.ui.pages.composer_payments import PaymentsCard
from mediator.ui.pages.composer_signing import SigningCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, tabbed
from mediator.ui.pieces.fields import Field, labelled
from mediator.ui.pieces.labels import Elided, Note, restyle, tag
from mediator.ui.pieces.paper import PaperView
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

PAUSE_MS: Final = 600
LEFT, RIGHT = 58, 42
LINES: Final = (("disputed_points", 3), ("responsibility", 3), ("place", 1), ("copies", 1))


class ComposerPage(Page):
    """Preview and findings follow what is kept; neither ever holds up typing."""

    name = "composer"
    nav = "hearing"

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is named."""
        super().__init__(seat, say("composer.title"))
        self.state, self.aside = tag(""), Elided("", "aside")
        self.head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.head.addWidget(button(say("composer.back"), lambda: self.go("case_page")))
        self.head.addWidget(button(say("composer.print"), lambda: self.go("documents")))
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        left = QVBoxLayout()
        left.setSpacing(space("m"))
        self.keeping = Keeping(seat, self.read, self.show_case)
        keep = self.keeping.keep
        self.clauses = ClausesCard(seat, keep, self.choose_clause, self.refill_clause)
        self.library, self.payments = LibraryCard(seat, keep, self.is_written), PaymentsCard(seat, keep)
        self.particulars = self._particulars()
        named = (("clauses", self.clauses), ("payments", self.payments), ("particulars", self.particulars),
                 ("library", self.library))  # fmt: skip
        self.parts = tabbed(say("composer.panes"), [(say(f"composer.{name}"), card) for name, card in named])
        left.addWidget(self.parts, 5)
        self.checks = SigningCard(seat, keep, self.told, self.leave)
        self.checks.findings.chosen.connect(self.go_to)
        self.checks.open.chosen.connect(self.go_to)
        left.addWidget(self.checks, 3)
        self.parts.currentChanged.connect(lambda _: self.make_room())
        row.addLayout(left, LEFT)
        row.addWidget(self._paper(), RIGHT)
        self.body.addLayout(row, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.draw_paper)

    def _particulars(self) -> Card:
        """争议事项, 责任, 地点, 份数."""
        card = Card(say("composer.particulars"), padded=True)
        self.fields = {
            name: Field(say(f"composer.{name}"), partial(self.save, name), rows=rows) for name, rows in LINES
        }
        for name, field in self.fields.items():
            words, _ = labelled(say(f"composer.{name}"), field)
            card.put(words)
            card.put(field)
        card.body.addStretch(1)
        return card

    def _paper(self) -> Card:
        """打印预览."""
        card = Card(say("composer.preview"))
        self.pages = card.aside
        self.paper = PaperView(say("composer.preview"))
        card.put(self.paper, 1)
        return card

    def home(self) -> QWidget:
        """A further clause is one key away."""
        return self.clauses.adding

    def go(self, page: str) -> None:
        """Another page about this case."""
        if self.case:
            self.seat.went.emit(page, self.case)

    def enter(self, case: str = "") -> None:
        """Compose for a case; without one there is nothing to compose."""
        if case and case != self.case:
            for field in self.fields.values():
                field.empty()  # words of one case never stand in another's agreement
        self.case = case or self.case
        if not self.case:
            self.seat.went.emit("case_list", "")
            return
        if not self.checks.signed_on.text():
            self.checks.signed_on.setText(self.seat.desk.today().isoformat())
        self.ask()

    def ask(self) -> None:
        """Read the case and what the rules say."""
        if self.case:
            self.keeping.ask()

    def read(self) -> tuple[Opened, tuple[Finding, ...]]:
        """On the worker's lane."""
        opened = reading.work_on(self.seat.desk, CaseId(self.case))
        return opened, checking.findings(self.seat.desk, opened.case)

    def show_case(self, read: tuple[Opened, tuple[Finding, ...]]) -> None:
        """Both sides."""
        opened, found = read
        case, written = opened.case, opened.case.agreement or Agreement()
        frozen = written.is_signed
        self.title.setText(say("composer.settlement") if case.kind is CaseKind.SETTLEMENT else say("composer.title"))
        self.state.setText(say("composer.signed") if frozen else say("composer.draft"))
        restyle(self.state, tone="done" if frozen else "calm")
        self.aside.setText(f"{case.number}　{case.title}")
        self.clauses.show_clauses(case.id, written, frozen=frozen)
        self.library.show_case(case, frozen=frozen)
        self.payments.show_plan(case, written, frozen=frozen)
        for name, field in self.fields.items():
            value = getattr(written, name)
            field.show_text("" if value is None else str(value))
            field.setEnabled(not frozen)
        self.checks.show_case(case.id, found, frozen=frozen)
        self._pause.start()

    def draw_paper(self) -> None:
        """Set the paper beside the screen; what is typed meanwhile is drawn next time."""
        case = self.case
        kind = "settlement_agreement" if self.title.text() == say("composer.settlement") else "mediation_agreement"
        self.seat.heavy(
            lambda: printing.preview(self.seat.desk, CaseId(case), kind), partial(self.show_paper, case), self.no_paper
        )

    def show_paper(self, case: str, data: bytes) -> None:
        """The newest preview of the case on the screen."""
        if case == self.case:
            self.paper.show_pdf(data)
            self.pages.setText(say("composer.pages", count=self.paper.pages))

    def no_paper(self, error: MediatorError) -> None:
        """Why there is no preview; typing goes on."""
        self.pages.setText(sentence(error))

    def save(self, name: str, text: str) -> None:
        """A field of the agreement; the count of copies is a number or nothing."""
        value: object = text.strip()
        if name == "copies":
            value = int(text) if text.strip().isdigit() and 0 < int(text) < 100 else ""
        desk, case = self.seat.desk, CaseId(self.case)

        def work() -> object:
            return agreement.save_agreement(desk, case, reading.reread(desk, case).seen, {name: value})

        self.keeping.keep(work, None, partial(self.not_kept, case, name))

    def not_kept(self, case: CaseId, name: str, error: MediatorError) -> None:
        """Say why; while the case is on the screen its words stay in the field and are told again when it is left."""
        if case == self.case:
            self.fields[name].not_kept()
        self.seat.troubled.emit(error)

    def go_to(self, place: str) -> None:
        """To what a finding is about: `clauses.1.text`, `obligations.0.due`, `parties.…`, or the name of a field."""
        part, _, rest = place.partition(".")
        first = rest.split(".")[0]
        number = int(first) if first.isdigit() else 0
        field = self.fields.get(rest) or self.fields.get(part)
        if part == "parties":
            self.seat.went.emit("intake", self.case)
        elif part == "clauses":
            self.go_to_clause(number)
        elif part == "obligations":
            self.parts.setCurrentWidget(self.payments)
            self.payments.table.selectRow(number)
            self.payments.table.setFocus()
        elif field is not None:
            self.parts.setCurrentWidget(self.particulars)
            field.input.setFocus()
        else:
            self.checks.signed_on.setFocus()

    def go_to_clause(self, number: int) -> None:
        """A clause by its place; where there is none yet, the way to add one."""
        self.parts.setCurrentWidget(self.clauses)
        known = list(self.clauses.rows)
        if number < len(known):
            self.clauses.focus_on(known[number])
        else:
            self.clauses.adding.setFocus()

    def make_room(self) -> None:
        """A clause that is being filled in has the whole side; what the rules say follows when it is written."""
        self.checks.setVisible(self.parts.currentWidget() is not self.library)

    def choose_clause(self) -> None:
        """The library, at its list."""
        self.parts.setCurrentWidget(self.library)
        self.library.choice.setFocus()

    def refill_clause(self, clause: Clause) -> None:
        """The library with what a clause was filled in with."""
        self.library.edit(clause)
        self.parts.setCurrentWidget(self.library)
        next(iter(self.library.inputs.values())).setFocus()

    def is_written(self, clause: ClauseId) -> None:
        """Back to the clauses, at the one that was written."""
        self.parts.setCurrentWidget(self.clauses)
        self.clauses.added(clause)

    def hurry(self) -> None:
        """Draw the paper now."""
        if self._pause.isActive():
            self._pause.stop()
            self.draw_paper()

    def leave(self) -> None:
        """Everything typed is kept."""
        self.clauses.flush()
        for field in self.fields.values():
            field.flush()

    def unkept(self) -> bool:
        """Words the disk refused, or a payment or clause that was not added."""
        rows = (row.field for row in self.clauses.rows.values())
        half = self.payments.half_typed or self.library.half_typed
        return half or any(field.dirty for field in (*rows, *self.fields.values()))

    def refresh(self, cases: frozenset[str]) -> None:
        """The case changed elsewhere."""
        if self.case in cases:
            self.ask()
