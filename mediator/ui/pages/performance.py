"""履行回访: what is owed by day, money that came, visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import performing, reading
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.casework.performing import FollowUpForm
from mediator.casework.reading import CaseObligation
from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures, parse_yuan, plain
from mediator.core.performing import Owed as Owing
from mediator.core.performing import obligations_now, owed_now
from mediator.core.records import Case, CaseId, Obligation
from mediator.errors import MediatorError, Unacceptable
from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Sent, labelled, read_day
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LABEL = 5


@dataclass(frozen=True, slots=True)
class Owed:
    """Open obligations, and the case they belong to when only one was asked for."""

    rows: tuple[CaseObligation, ...]
    number: str = ""
    title: str = ""


def what_is_owed(desk: Desk, case: str) -> Owed:
    """By day: of one case all that is open, else what falls due within two weeks."""
    if not case:
        return Owed(reading.workbench(desk).obligations_due)
    found = reading.reread(desk, CaseId(case)).case
    rows = (CaseObligation(found.id, found.number, each.now, each.now.due_on or date.max) for each in still_owed(found))
    return Owed(tuple(sorted(rows, key=lambda each: each.due_on)), found.number, found.title)


def still_owed(case: Case) -> Iterator[Owing]:
    """What a signed agreement still asks for, as later papers left it."""
    if case.agreement and case.agreement.is_signed:
        yield from (each for each in obligations_now(case) if not each.done)


def open_now(desk: Desk, row: CaseObligation) -> Fen:
    """What is open of one obligation at this moment."""
    owed = owed_now(reading.reread(desk, row.case).case, row.obligation.id)
    return owed.open if owed else Fen(0)


class PerformancePage(Page):
    """Obligations of signed agreements in order of their day; the chosen one is paid or visited on the right."""

    name = "performance"

    def __init__(self, seat: Seat) -> None:
        """The list and two forms."""
        super().__init__(seat, say("performance.title"))
        self.about = label(say("performance.about"), "aside", wrap=True)
        self.head.addWidget(self.about, 1)
        self.all = button(say("performance.all"), lambda: self.enter(""))
        self.head.addWidget(self.all)
        self.told = Note("")
        self.told.hide()
        self.about_id, self.offered = "", ""
        self.body.addWidget(self.told)
        columns = QHBoxLayout()
        columns.setSpacing(space("m"))
        forms = QWidget()
        right = QVBoxLayout(forms)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space("m"))
        columns.addWidget(self._list(), 3)
        columns.addWidget(scrolled(forms), 2)
        right.addWidget(self._payment())
        right.addWidget(self._visit())
        right.addStretch(1)
        self.body.addLayout(columns, 1)

    def _list(self) -> Card:
        """履行内容."""
        columns: tuple[Column[CaseObligation], ...] = (
            Column(say("performance.due"), self.due, 8, tone=self.tone),
            Column(say("performance.case"), lambda each: each.number, 11),
            Column(say("performance.who"), lambda each: f"{each.obligation.payer} → {each.obligation.payee}"),
            Column(say("performance.what"), self.what, 8, number=True),
        )
        self.owed: Rows[CaseObligation] = Rows(columns)
        card = Card(say("performance.owed"))
        self.count = card.aside
        self.table = Table(self.owed, say("performance.owed"), look=self.seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("performance.nothing")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        self.table.opened.connect(lambda _row: self.amount.setFocus())
        card.put(self.table)
        return card

    def _form(self, card: Card, *fields: tuple[str, QLineEdit]) -> None:
        """Labelled lines, one below the other."""
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, self.seat.preferences.look.wide(LABEL))
        for row, (name, field) in enumerate(fields):
            words, _ = labelled(say(f"performance.{name}"), field)
            field.setAccessibleName(spoken(words.text()))
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        card.body.addLayout(grid)

    def _payment(self) -> Card:
        """登记付款."""
        card = Card(say("performance.payment"), padded=True)
        self.chosen = label(say("performance.choose"), "aside", wrap=True)
        card.put(self.chosen)
        self.amount, self.paid_on, self.method = QLineEdit(), QLineEdit(), QLineEdit()
        self._form(card, ("amount", self.amount), ("paid_on", self.paid_on), ("method", self.method))
        row = QHBoxLayout()
        row.addWidget(button(say("performance.open_case"), self.open_case, kind="small"))
        row.addStretch(1)
        row.addWidget(button(say("performance.pay"), self.pay, kind="primary"))
        card.body.addLayout(row)
        return card

    def _visit(self) -> Card:
        """登记回访."""
        card = Card(say("performance.visit"), padded=True)
        self.visited_on, self.visited, self.situation = QLineEdit(), QLineEdit(), QLineEdit()
        self.satisfaction = QLineEdit()
        self._form(
            card, ("visited_on", self.visited_on), ("visited", self.visited), ("situation", self.situation),
            ("satisfaction", self.satisfaction),
        )  # fmt: skip
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(say("performance.record_visit"), self.visit))
        card.body.addLayout(row)
        return card

    def due(self, each: CaseObligation) -> str:
        """`逾期 3 天`, `11月15日`, or the words that stand for a day."""
        if each.due_on == date.max:
            return each.obligation.due_as_given
        days = (each.due_on - self.seat.desk.today()).days
        return say("performance.late", days=-days) if days < 0 else f"{each.due_on.month}月{each.due_on.day}日"

    def tone(self, each: CaseObligation) -> str:
        """Late or calm."""
        return "late" if each.due_on < self.seat.desk.today() else "calm"

    def what(self, each: CaseObligation) -> str:
        """What is still open of a sum, or the goods."""
        amount = each.obligation.amount
        return each.obligation.goods if amount is None else f"{figures(amount)}元"

    @property
    def current(self) -> CaseObligation | None:
        """The chosen row."""
        row = self.table.currentIndex().row()
        return self.owed.rows[row] if 0 <= row < len(self.owed.rows) else None

    def enter(self, case: str = "") -> None:
        """Ask what is owed: in one case when it is named, else by day over all of them."""
        self.case = case
        self.all.setVisible(bool(case))
        for field in (self.paid_on, self.visited_on):
            if not field.text():
                field.setText(self.seat.desk.today().isoformat())
        self.table.setFocus()
        self.ask()

    def unkept(self) -> bool:
        """A payment or a visit that nobody recorded yet."""
        asked = self.amount.text() not in ("", self.offered) or bool(self.method.text())
        return asked or any(field.text() for field in (self.visited, self.situation, self.satisfaction))

    def refresh(self, cases: frozenset[str]) -> None:
        """A payment or an exchange changed what is owed."""
        self.ask()

    def ask(self) -> None:
        """Read beside the screen; an answer about another case is thrown away."""
        case = self.case
        self.seat.deed(partial(what_is_owed, self.seat.desk, case), partial(self.show_answer, case))

    def show_answer(self, case: str, answer: Owed) -> None:
        """Whose obligations these are."""
        if case == self.case:
            about = say("performance.of_case", number=answer.number, title=answer.title)
            self.about.setText(about if case else say("performance.about"))
            self.table.empty = say("performance.nothing_in_case") if case else say("performance.nothing")
            self.show_owed(answer.rows)

    def show_owed(self, owed: tuple[CaseObligation, ...]) -> None:
        """The list, the first row chosen."""
        self.count.setText(say("performance.count_case" if self.case else "performance.count", count=len(owed)))
        chosen = self.current
        self.owed.show_rows(owed)
        ids = [each.obligation.id for each in owed]
        if owed:
            self.table.selectRow(ids.index(chosen.obligation.id) if chosen and chosen.obligation.id in ids else 0)
        self.show_chosen()

    def show_chosen(self) -> None:
        """What is still open of the chosen one stands ready in the field."""
        each = self.current
        if each is None:
            self.chosen.setText(say("performance.nothing_to_pay"))
            self.amount.clear()
            return
        obligation = each.obligation
        if obligation.id != self.about_id:  # a sum typed for one obligation is none of another's
            self.about_id = obligation.id
            self.amount.clear()
        facts = {
            "payer": obligation.payer,
            "payee": obligation.payee,
            "due": chinese_date(each.due_on) if each.due_on != date.max else obligation.due_as_given,
        }
        self.chosen.setText(say("performance.chosen", what=self.what(each), **facts))
        self.seat.deed(
            lambda: open_now(self.seat.desk, each),
            partial(self.offer, obligation),
        )

    def offer(self, obligation: Obligation, left: int) -> None:
        """What is open stands ready; a sum that somebody typed is left alone."""
        words = plain(Fen(left)) if obligation.amount is not None else "0.00"
        if obligation.id == self.about_id and self.amount.text() in ("", self.offered):
            self.amount.setText(words)
        self.offered = words

    def open_case(self) -> None:
        """Go to the case."""
        if self.subject:
            self.seat.went.emit("case_page", self.subject)

    @property
    def subject(self) -> CaseId | None:
        """The case a visit belongs to: that of the chosen row, else the one the page was opened for."""
        each = self.current
        return each.case if each is not None else CaseId(self.case) if self.case else None

    def day(self, field: QLineEdit) -> date:
        """The day in a field, typed in any usual form; raises Unacceptable `date.form`."""
        found = read_day(field.text())
        if found is None:
            raise Unacceptable("date.form")
        return found

    def pay(self) -> None:
        """Record the payment; what was typed stays until it is saved."""
        each = self.current
        if each is None:
            self.told.tell(say("performance.choose"), "soon")
            return
        try:
            amount, paid_on = parse_yuan(self.amount.text().strip().replace(",", "")), self.day(self.paid_on)
        except MediatorError as error:
            self.told.tell(sentence(error), "late")
            return
        work = partial(
            performing.record_payment, self.seat.desk, each.case, each.obligation.id, amount=amount, paid_on=paid_on,
            method=self.method.text(),
        )  # fmt: skip
        self.seat.once("pay", work, partial(self.is_paid, Sent(self.amount, self.method), figures(amount)), self.failed)

    def visit(self) -> None:
        """Record the visit for the case of the chosen row."""
        case = self.subject
        if case is None:
            self.told.tell(say("performance.choose"), "soon")
            return
        try:
            visited_on = self.day(self.visited_on)
        except MediatorError as error:
            self.told.tell(sentence(error), "late")
            return
        form = FollowUpForm(
            visited_on, self.seat.desk.vault.user.name, self.visited.text(), self.situation.text(),
            self.satisfaction.text(),
        )  # fmt: skip
        work = partial(performing.record_follow_up, self.seat.desk, case, form)
        sent = Sent(self.visited, self.situation, self.satisfaction)
        self.seat.once("visit", work, partial(self.is_visited, sent), self.failed)

    def is_paid(self, sent: Sent, amount: str, _kept: object) -> None:
        """It is durable."""
        sent.clear()
        self.told.tell(say("performance.paid", amount=amount))

    def is_visited(self, sent: Sent, _kept: object) -> None:
        """It is durable; the form is free for the next."""
        sent.clear()
        self.told.tell(say("performance.visited_done"))

    def failed(self, error: MediatorError) -> None:
        """What happened; the fields keep their words."""
        self.told.tell(sentence(error), "late")
