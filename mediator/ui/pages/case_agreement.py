"""The agreement of a case to read, what is owed and what came of it, visits; slips of payments are voided here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mediator.casework import performing
from mediator.core.dates import chinese_date
from mediator.core.money import figures
from mediator.core.records import Agreement, Case, FollowUp, Obligation, Payment
from mediator.ui.pages.case_sight import owed, performance
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


def agreement_text(agreement: Agreement) -> str:
    """Its points in order, with the heads a paper has."""
    heads = (("disputed", agreement.disputed_points), ("responsibility", agreement.responsibility))
    parts = [say(f"case_page.{name}", text=text) for name, text in heads if text]
    numbered = (f"{each.no or place}．{each.text}" for place, each in enumerate(agreement.clauses, start=1))
    signed = say("case_page.signed_on", day=chinese_date(agreement.signed_on)) if agreement.signed_on else ""
    return "\n\n".join([*parts, *numbered, *([signed] if signed else [])])


class AgreementPane(QWidget):
    """Words on the left; obligations, payments, visits on the right."""

    def __init__(self, seat: Seat, compose: Callable[[], None], perform: Callable[[], None]) -> None:
        """`compose` leads to the composer, `perform` to the page of payments and visits."""
        super().__init__()
        self.seat = seat
        self.case: Case | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(self._words(compose), 2)
        right = QVBoxLayout()
        right.setSpacing(space("m"))
        right.addWidget(self._owed(perform), 3)
        right.addWidget(self._payments(), 3)
        right.addWidget(self._visits(), 2)
        row.addLayout(right, 3)

    def _words(self, compose: Callable[[], None]) -> Card:
        """协议."""
        card = Card(say("case_page.agreement_words"))
        self.signed = card.aside
        card.head.addWidget(button(say("case_page.to_composer"), compose, kind="small"))
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setProperty("kind", "reading")
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(say("case_page.agreement_words"))
        card.put(self.words)
        return card

    def _owed(self, perform: Callable[[], None]) -> Card:
        """履行内容."""
        columns: tuple[Column[Obligation], ...] = (
            Column(say("case_page.who_owes"), lambda each: f"{each.payer} → {each.payee}"),
            Column(say("case_page.owed"), owed, 9, number=True),
            Column(say("case_page.until"), self.until, 8),
            Column(say("case_page.performed"), self.performed, 10, tone=self.tone),
        )
        self.obligations: Rows[Obligation] = Rows(columns)
        card = Card(say("case_page.obligations"))
        card.head.addWidget(button(say("case_page.to_performance"), perform, kind="small"))
        card.put(self.table(self.obligations, say("case_page.obligations"), say("case_page.no_obligations")))
        return card

    def _payments(self) -> Card:
        """付款记录, with a way to void a slip."""
        columns: tuple[Column[Payment], ...] = (
            Column(say("case_page.paid_on"), lambda each: chinese_date(each.paid_on), 9),
            Column(say("case_page.sum"), lambda each: figures(each.amount), 7, number=True),
            Column(say("case_page.method"), lambda each: each.method),
            Column(say("case_page.counts"), self.counts, 6, tone=lambda each: "calm" if each.voided else "done"),
        )
        self.payments: Rows[Payment] = Rows(columns)
        card = Card(say("case_page.payments"))
        self.why_void = QLineEdit()
        self.why_void.setAccessibleName(say("case_page.why_void"))
        self.why_void.setPlaceholderText(say("case_page.why_void"))
        self.why_void.setMinimumWidth(self.seat.preferences.look.wide(10))
        card.head.addWidget(self.why_void)
        card.head.addWidget(button(say("case_page.void"), self.void, kind="small"))
        self.payment_table = self.table(self.payments, say("case_page.payments"), say("case_page.no_payments"))
        card.put(self.payment_table)
        return card

    def _visits(self) -> Card:
        """回访记录."""
        columns: tuple[Column[FollowUp], ...] = (
            Column(say("case_page.visited_on"), lambda each: chinese_date(each.visited_on), 9),
            Column(say("case_page.visited"), lambda each: each.visited, 6),
            Column(say("case_page.situation"), lambda each: each.situation),
            Column(say("case_page.satisfaction"), lambda each: each.satisfaction, 5),
        )
        self.visits: Rows[FollowUp] = Rows(columns)
        card = Card(say("case_page.visits"))
        card.put(self.table(self.visits, say("case_page.visits"), say("case_page.no_visits")))
        return card

    def table(self, rows: Rows[Obligation] | Rows[Payment] | Rows[FollowUp], name: str, empty: str) -> Table:
        """One of the three lists."""
        made = Table(rows, name, look=self.seat.preferences.look)
        made.fit(rows.columns)
        made.empty = empty
        return made

    def until(self, each: Obligation) -> str:
        """The day, or the words that stand for one."""
        return chinese_date(each.due_on) if each.due_on else each.due_as_given

    def performed(self, each: Obligation) -> str:
        """How much of it is done."""
        return performance(self.case, each) if self.case else ""

    def tone(self, each: Obligation) -> str:
        """Done, late, or still to come."""
        if self.case is None or performance(self.case, each) == say("case_page.paid_off"):
            return "done"
        return "late" if each.due_on and each.due_on < self.seat.desk.today() else "calm"

    def counts(self, each: Payment) -> str:
        """Whether a payment still counts."""
        return say("case_page.voided") if each.voided else say("case_page.counted")

    def show_case(self, case: Case) -> None:
        """Everything about the agreement; nothing of another case stays."""
        if self.case is None or self.case.id != case.id:
            self.why_void.clear()
        self.case = case
        self.show_agreement(case.agreement)
        self.payments.show_rows(case.payments)
        self.visits.show_rows(case.follow_ups)

    def show_agreement(self, agreement: Agreement | None) -> None:
        """Its words and what is owed; in words, whether it binds anybody."""
        if agreement is None:
            self.words.setPlainText(say("case_page.no_agreement"))
            self.signed.setText(say("case_page.none_yet"))
            self.obligations.show_rows(())
            return
        self.words.setPlainText(agreement_text(agreement))
        self.signed.setText(say("case_page.in_force" if agreement.is_signed else "case_page.draft"))
        self.obligations.show_rows(agreement.obligations)

    def void(self) -> None:
        """Void the chosen payment; it stays in the list and no longer counts."""
        place = self.payment_table.currentIndex().row()
        if self.case is None or not 0 <= place < len(self.payments.rows):
            return
        payment, why = self.payments.rows[place].id, self.why_void.text()
        work = partial(performing.void_payment, self.seat.desk, self.case.id, payment, reason=why)
        self.seat.once("void", work, lambda _: self.why_void.clear())
