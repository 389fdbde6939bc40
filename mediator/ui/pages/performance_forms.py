"""The four things a clerk notes after an agreement: a payment, a later paper, a visit, an answer about satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import performing, reviewing
from mediator.casework.complaints import sentence
from mediator.casework.performance import CaseDuty
from mediator.casework.performing import AmendmentForm, FollowUpForm
from mediator.casework.reviewing import SatisfactionForm
from mediator.core.codes import Satisfied, SatisfiedWith
from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures, plain
from mediator.core.records import CaseId, IssuedPaper
from mediator.errors import MediatorError, Unacceptable
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import Choice, Sent, labelled, read_day
from mediator.ui.pieces.labels import label, spoken
from mediator.ui.pieces.moments import typed_sum
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LABEL: Final = 5
NONE: Final = ("", "")


class Chosen(Protocol):
    """What the page says about the row that is chosen."""

    @property
    def current(self) -> CaseDuty | None:
        """The obligation."""

    @property
    def subject(self) -> CaseId | None:
        """The case a visit belongs to."""

    def tell(self, words: str, tone: str = "calm") -> None:
        """A sentence above the lists."""


def day_in(field: QLineEdit) -> date:
    """The day in a field, typed in any usual form; raises Unacceptable `date.form`."""
    found = read_day(field.text())
    if found is None:
        raise Unacceptable("date.form")
    return found


def sum_in(field: QLineEdit) -> Fen:
    """The sum in a field; raises Unacceptable for what is none."""
    return typed_sum(field.text())


class NoteForm(QWidget):
    """Labelled fields and one button; a slip is told in words and what was typed stays until it is kept."""

    def __init__(self, seat: Seat, chosen: Chosen, press: str) -> None:
        """No fields yet; `press` names the button."""
        super().__init__()
        self.seat, self.chosen, self.name = seat, chosen, press
        column = QVBoxLayout(self)
        column.setContentsMargins(space("m"), space("m"), space("m"), space("m"))
        self.about = label("", "aside", wrap=True)
        column.addWidget(self.about)
        self.grid = QGridLayout()
        self.grid.setColumnMinimumWidth(0, seat.preferences.look.wide(LABEL))
        column.addLayout(self.grid)
        self.row = QHBoxLayout()
        self.row.addStretch(1)
        column.addLayout(self.row)
        column.addStretch(1)

    def finish(self) -> None:
        """The button, after the last field: Tab goes down the form."""
        self.row.addWidget(button(say(f"performance.{self.name}"), self.send, kind="primary"))

    def line(self, name: str, *, hint: str = "") -> QLineEdit:
        """One more line with its label."""
        made = QLineEdit()
        made.setPlaceholderText(hint)
        self.put(name, made)
        return made

    def put(self, name: str, field: QWidget) -> None:
        """One more field with its label."""
        words, _ = labelled(say(f"performance.{name}"), field)
        field.setAccessibleName(spoken(words.text()))
        place = self.grid.rowCount()
        self.grid.addWidget(words, place, 0)
        self.grid.addWidget(field, place, 1)

    def send(self) -> None:
        """Do the deed of the form for the row that is chosen."""
        try:
            work = self.deed()
        except MediatorError as error:
            self.fail(error)
            return
        if work is None:
            self.chosen.tell(say("performance.choose"), "soon")
            return
        told, sent = self.done(), Sent(*self.lines)
        self.seat.once(self.name, work, partial(self.kept, sent, told), self.fail)

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """What is emptied once it is kept."""
        return ()

    @property
    def unkept(self) -> bool:
        """Something stands there that nobody recorded."""
        return any(each.text() for each in self.lines)

    def deed(self) -> Callable[[], object] | None:
        """What is to be done, None where nothing is chosen; raises what is wrong with the fields."""
        raise NotImplementedError

    def done(self) -> str:
        """What is told once it is kept."""
        return say(f"performance.{self.name}_done")

    def kept(self, sent: Sent, told: str, _answer: Any) -> None:
        """It is durable; the form is free for the next."""
        sent.clear()
        self.chosen.tell(told)

    def fail(self, error: MediatorError) -> None:
        """What happened; the fields keep their words."""
        self.chosen.tell(sentence(error), "late")


class PaymentForm(NoteForm):
    """登记付款: whole, in part, or something given in its place."""

    def __init__(self, seat: Seat, chosen: Chosen) -> None:
        """What is open stands ready in `amount`."""
        super().__init__(seat, chosen, "pay")
        self.about_id, self.offered = "", ""
        self.amount = self.line("amount")
        self.goods = self.line("goods", hint=say("performance.goods_hint"))
        self.paid_on, self.method = self.line("paid_on"), self.line("method")
        self.finish()

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """The day stays for the next payment."""
        return self.amount, self.goods, self.method

    @property
    def unkept(self) -> bool:
        """The sum that stands ready is nobody's typing."""
        asked = self.amount.text() not in ("", self.offered)
        return asked or bool(self.goods.text() or self.method.text())

    def show_duty(self, each: CaseDuty | None) -> None:
        """What is still open of the chosen one stands ready; a sum that somebody typed for it is left alone."""
        obligation = each.duty.owed.now if each else None
        if (obligation.id if obligation else "") != self.about_id:
            self.about_id = obligation.id if obligation else ""
            self.amount.clear()
            self.goods.clear()
        if each is None or obligation is None:
            self.about.setText(say("performance.nothing_to_pay"))
            return
        due = chinese_date(obligation.due_on) if obligation.due_on else obligation.due_as_given
        what = obligation.goods if obligation.amount is None else f"{figures(obligation.amount)}元"
        said = say("performance.chosen", what=what, payer=obligation.payer, payee=obligation.payee, due=due)
        self.about.setText(f"{said}{each.duty.explanation}")
        words = plain(each.duty.owed.open)
        if self.amount.text() in ("", self.offered):
            self.amount.setText(words)
        self.offered = words

    def deed(self) -> Callable[[], object] | None:
        """Record it."""
        each = self.chosen.current
        if each is None:
            return None
        return partial(
            performing.record_payment, self.seat.desk, each.case, each.duty.owed.signed.id,
            amount=sum_in(self.amount), paid_on=day_in(self.paid_on), method=self.method.text(),
            goods=self.goods.text(),
        )  # fmt: skip

    def done(self) -> str:
        """With the sum, or what was given."""
        goods = self.goods.text().strip()
        return (
            say("performance.given", goods=goods)
            if goods
            else say("performance.paid", amount=figures(sum_in(self.amount)))
        )


class AmendForm(NoteForm):
    """登记变更: what a supplement issued in the case changes of the chosen obligation."""

    def __init__(self, seat: Seat, chosen: Chosen) -> None:
        """No paper yet."""
        super().__init__(seat, chosen, "amend")
        self.paper = Choice(say("performance.paper"), [], lambda _: None)
        self.put("paper", self.paper)
        self.on, self.sum, self.due = self.line("on"), self.line("new_sum"), self.line("new_due")
        self.waived = QCheckBox(say("performance.waived"))
        self.grid.addWidget(self.waived, self.grid.rowCount(), 1)
        self.note = self.line("note")
        self.finish()

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """The day stays."""
        return self.sum, self.due, self.note

    def show_papers(self, papers: tuple[IssuedPaper, ...]) -> None:
        """The supplements that may be named; without any, what to do first."""
        picked = self.paper.value
        self.paper.clear()
        for each in papers:
            self.paper.addItem(f"{each.number} {each.title}".strip(), each.id)
        self.paper.show_value(picked)
        self.about.setText(say("performance.amend_about" if papers else "performance.no_supplement"))

    def deed(self) -> Callable[[], object] | None:
        """Record it."""
        each = self.chosen.current
        if each is None:
            return None
        form = AmendmentForm(
            each.duty.owed.signed.id, day_in(self.on), self.paper.value,
            amount=sum_in(self.sum) if self.sum.text().strip() else None,
            due_on=day_in(self.due) if self.due.text().strip() else None,
            waived=self.waived.isChecked(), note=self.note.text(),
        )  # fmt: skip
        return partial(performing.amend, self.seat.desk, each.case, form)

    def kept(self, sent: Sent, told: str, answer: Any) -> None:
        """The next paper lets nothing go by itself."""
        self.waived.setChecked(False)
        super().kept(sent, told, answer)


class VisitForm(NoteForm):
    """登记回访."""

    def __init__(self, seat: Seat, chosen: Chosen) -> None:
        """Today, by the one at the desk."""
        super().__init__(seat, chosen, "visit")
        self.visited_on, self.visited = self.line("visited_on"), self.line("visited")
        self.situation, self.satisfaction = self.line("situation"), self.line("satisfaction")
        self.finish()

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """The day stays for the next visit."""
        return self.visited, self.situation, self.satisfaction

    def deed(self) -> Callable[[], object] | None:
        """Record it for the case of the chosen row."""
        case = self.chosen.subject
        form = FollowUpForm(
            day_in(self.visited_on), self.seat.desk.vault.user.name, self.visited.text(), self.situation.text(),
            self.satisfaction.text(),
        )  # fmt: skip
        return partial(performing.record_follow_up, self.seat.desk, case, form) if case else None


class SatisfactionPane(NoteForm):
    """登记满意度: asked by another than the one who mediated (S13)."""

    def __init__(self, seat: Seat, chosen: Chosen) -> None:
        """Whose work, which answer, who gave it, who asked."""
        super().__init__(seat, chosen, "satisfy")
        self.whose = Choice("", [(each.value, each.term) for each in SatisfiedWith], lambda _: None)
        self.given = Choice("", [(each.value, each.term) for each in Satisfied], lambda _: None)
        self.put("whose", self.whose)
        self.put("given_answer", self.given)
        self.asked_on, self.asked = self.line("asked_on"), self.line("asked")
        self.asked_by, self.note = self.line("asked_by"), self.line("note")
        self.finish()

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """The day and the one who asks stay for the next."""
        return self.asked, self.note

    def show_unasked(self, unasked: tuple[SatisfiedWith, ...]) -> None:
        """Whose work nobody asked about yet."""
        names = "、".join(each.term for each in unasked)
        told = say("performance.unasked", names=names) if unasked else say("performance.all_asked")
        self.about.setText(f"{told}{say('performance.satisfy_about')}")

    def deed(self) -> Callable[[], object] | None:
        """Keep the answer."""
        case = self.chosen.subject
        whose = next(each for each in SatisfiedWith if each.value == self.whose.value)
        given = next(each for each in Satisfied if each.value == self.given.value)
        form = SatisfactionForm(
            whose, given, day_in(self.asked_on), self.asked.text(), self.asked_by.text(), self.note.text()
        )
        return partial(reviewing.record_satisfaction, self.seat.desk, case, form) if case else None
