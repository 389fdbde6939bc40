"""The payment plan: one row an obligation, added whole or split into instalments."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from mediator.casework import agreement, reading
from mediator.casework.agreement import Instalments, ObligationForm
from mediator.casework.complaints import sentence
from mediator.core.calendar import months_later
from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures, in_words
from mediator.core.records import Agreement, Case, CaseId, Obligation, ObligationId, PartyId
from mediator.errors import MediatorError, Unacceptable
from mediator.ui.pages.composer_keeping import Keep
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Sent, looks_like_day, read_day
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.moments import typed_sum
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class PaymentsCard(Card):
    """What is agreed to be paid; `keep` is the page's way to keep a change and read the case again."""

    def __init__(self, seat: Seat, keep: Keep) -> None:
        """An empty plan and a line to add to it."""
        super().__init__(say("composer.payments"))
        self.seat, self.keep, self.case = seat, keep, CaseId("")
        columns: tuple[Column[Obligation], ...] = (
            Column(say("composer.payer"), lambda each: each.payer, 6),
            Column(say("composer.payee"), lambda each: each.payee, 6),
            Column(say("composer.amount"), self.amount_of, 7, number=True),
            Column(say("composer.due"), lambda each: chinese_date(each.due_on) if each.due_on else each.due_as_given),
            Column(say("composer.method"), lambda each: each.method, 5),
        )
        self.rows: Rows[Obligation] = Rows(columns)
        self.table = Table(self.rows, say("composer.payments"), look=seat.preferences.look)
        self.table.fit(columns)
        self.put(self.table, 1)
        self.payer, self.payee = (Choice(say(f"composer.{name}"), [], lambda _: None) for name in ("payer", "payee"))
        self.people: list[tuple[PartyId, str]] = []
        self.amount, self.due, self.method, self.parts = (QLineEdit() for _ in range(4))
        grid = QGridLayout()
        grid.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        grid.setSpacing(space("s"))
        cells = (("payer", self.payer), ("payee", self.payee), ("amount", self.amount), ("due", self.due),
                 ("method", self.method), ("parts", self.parts))  # fmt: skip
        for place, (name, widget) in enumerate(cells):
            words = label(say(f"composer.{name}"), "label")
            words.setBuddy(widget)
            widget.setAccessibleName(say(f"composer.{name}"))
            grid.addWidget(words, place // 3, place % 3 * 2)
            grid.addWidget(widget, place // 3, place % 3 * 2 + 1)
        self.due.setPlaceholderText(say("composer.due_hint"))
        self.parts.setPlaceholderText("1")
        self.body.addLayout(grid)
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), 0, space("m"), space("s"))
        row.setSpacing(space("s"))
        self.told = Note("", "late")
        self.told.hide()
        row.addWidget(self.told, 1)
        row.addStretch(1)
        row.addWidget(button(say("composer.remove_payment"), self.remove, kind="small"))
        row.addWidget(button(say("composer.add_payment"), self.add, kind="small"))
        self.body.addLayout(row)

    @property
    def half_typed(self) -> bool:
        """Whether a payment stands in the line that was not added."""
        return bool(self.amount.text().strip() or self.due.text().strip())

    def amount_of(self, each: Obligation) -> str:
        """Sum or goods."""
        return figures(each.amount) if each.amount is not None else each.goods

    def show_plan(self, case: Case, found: Agreement, *, frozen: bool) -> None:
        """The plan with its sum in words."""
        if case.id != self.case:
            self.case = case.id
            for line in (self.amount, self.due, self.method, self.parts):
                line.clear()
        self.show_people([(party.id, party.name) for party in case.parties if party.name])
        self.rows.show_rows(found.obligations)
        total = Fen(sum(each.amount or 0 for each in found.obligations))
        self.aside.setText(say("composer.total", figures=figures(total), words=in_words(total)) if total else "")
        self.setEnabled(not frozen)

    def show_people(self, people: list[tuple[PartyId, str]]) -> None:
        """Who may pay and be paid; at first the other side pays the one who asked. The same people stay chosen."""
        if people == self.people:
            return
        self.people = people
        for choice, first in ((self.payer, 1), (self.payee, 0)):
            choice.clear()
            for key, name in people:
                choice.addItem(name, key)
            choice.setCurrentIndex(min(first, len(people) - 1))

    def add(self) -> None:
        """One payment, or as many as the parts say, a month apart."""
        try:
            form, plan = self.form()
        except MediatorError as error:
            self.told.tell(sentence(error), "late")
            return
        self.told.tell("")
        desk, case = self.seat.desk, self.case

        def work() -> object:
            seen = reading.reread(desk, case).seen
            if plan is not None:
                return agreement.split_instalments(desk, case, seen, form=form, plan=plan)
            return agreement.add_obligation(desk, case, seen, form)

        self.keep(work, partial(self.is_added, Sent(self.amount, self.due, self.parts)), once="plan")

    def form(self) -> tuple[ObligationForm, Instalments | None]:
        """What is typed; raises Unacceptable `money.*`, `date.*`. A day may be put in words."""
        amount = typed_sum(self.amount.text())
        due = self.due.text().strip()
        day = read_day(due)
        if day is None and looks_like_day(due):
            raise Unacceptable("date.form")
        form = ObligationForm(
            amount=amount, due_on=day, due_as_given="" if day else due, method=self.method.text().strip(),
            payer_party=PartyId(self.payer.value), payee_party=PartyId(self.payee.value),
        )  # fmt: skip
        parts = self.parts.text().strip()
        if day and parts.isdigit() and int(parts) > 1:
            return form, Instalments(amount, [months_later(day, place) for place in range(int(parts))])
        return form, None

    def is_added(self, sent: Sent, _kept: object) -> None:
        """Kept; the line is free for the next."""
        sent.clear()
        self.amount.setFocus()

    def remove(self) -> None:
        """Take the chosen payment out."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.rows.rows):
            work = partial(self.removed, self.case, self.rows.rows[row].id)
            self.keep(work, once="unplan")

    def removed(self, case: CaseId, chosen: ObligationId) -> object:
        """On the worker's lane."""
        seen = reading.reread(self.seat.desk, case).seen
        return agreement.remove_obligation(self.seat.desk, case, seen, obligation=chosen)
