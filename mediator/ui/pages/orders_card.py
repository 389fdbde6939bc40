"""催办, 督办 and 工作建议 that wait, each with how it stands; the answer is typed below the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.casework import supervising
from mediator.casework.supervising import CaseOrder
from mediator.core.codes import OrderState
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Sent
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {
    OrderState.LATE: "late", OrderState.RETURNED: "late", OrderState.WAITING: "soon", OrderState.ACCEPTED: "done",
}  # fmt: skip


class OrdersCard(Card):
    """Enter on an order leads to the answer, Enter in the answer sends it; `across` names the case of each."""

    def __init__(self, seat: Seat, *, across: bool) -> None:
        """None yet."""
        super().__init__(say("orders.title"))
        self.seat, self.about = seat, ""
        case: Column[CaseOrder] = Column(say("orders.case"), lambda each: f"{each.number} {each.title}".strip())
        text: Column[CaseOrder] = Column(say("orders.text"), lambda each: each.standing.order.text)
        columns: tuple[Column[CaseOrder], ...] = (
            Column(say("orders.sort"), lambda each: each.standing.order.sort.term, 5),
            case if across else text,
            Column(say("orders.standing"), self.words, 10, tone=tone),
        )
        self.rows: Rows[CaseOrder] = Rows(columns, hint=lambda each: each.standing.order.text)
        self.table = Table(self.rows, say("orders.title"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("orders.none")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        self.table.opened.connect(lambda _row: self.answer.setFocus())
        self.put(self.table, 1)
        self.text = label("", "aside", wrap=True)
        self.text.setContentsMargins(space("m"), space("s"), space("m"), 0)
        self.put(self.text)
        self.body.addLayout(self._answer(across=across))

    def _answer(self, *, across: bool) -> QHBoxLayout:
        """The line below the list."""
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        self.answer = QLineEdit()
        self.answer.setAccessibleName(say("orders.answer_name"))
        self.answer.setPlaceholderText(say("orders.answer_hint"))
        self.answer.returnPressed.connect(self.send)
        row.addWidget(self.answer, 1)
        row.addWidget(button(say("orders.send"), self.send, kind="small"))
        if across:
            row.addWidget(button(say("orders.open_case"), self.open_case, kind="small"))
        return row

    def words(self, each: CaseOrder) -> str:
        """How it stands; a day of this year without its year."""
        by = each.standing.answer_by
        if each.standing.state is OrderState.WAITING and by and by.year == self.seat.desk.today().year:
            return say("orders.until", month=by.month, day=by.day)
        return each.standing.words

    @property
    def current(self) -> CaseOrder | None:
        """The chosen order."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    @property
    def unkept(self) -> bool:
        """An answer that was typed and not sent."""
        return bool(self.answer.text().strip())

    def show_orders(self, orders: Sequence[CaseOrder], count: str) -> None:
        """Other orders; the chosen one stays chosen."""
        chosen = self.about
        self.rows.show_rows(orders)
        self.aside.setText(count)
        ids: list[str] = [each.standing.order.id for each in orders]
        if ids:
            self.table.selectRow(ids.index(chosen) if chosen in ids else 0)
        self.show_chosen()

    def show_chosen(self) -> None:
        """All of its words, and the answer so far; an answer begun for one order is none of another's."""
        each = self.current
        order = each.standing.order if each else None
        told = say("orders.answered", text=order.answer) if order and order.answer else ""
        verdict = say("orders.verdict", text=order.verdict_text) if order and order.verdict_text else ""
        self.text.setText(f"{order.text}{told}{verdict}" if order else "")
        self.text.setVisible(order is not None)
        if (order.id if order else "") != self.about:
            self.about = order.id if order else ""
            self.answer.clear()

    def send(self) -> None:
        """Answer the chosen order; what was typed stays until it is kept."""
        each = self.current
        if each is not None:
            work = partial(
                supervising.answer, self.seat.desk, each.case, each.standing.order.id, self.answer.text()
            )  # fmt: skip
            sent = Sent(self.answer)
            self.seat.once("answer", work, lambda _: sent.clear())

    def open_case(self) -> None:
        """Go to the case of the chosen order."""
        each = self.current
        if each is not None:
            self.seat.went.emit("case_page", each.case)


def tone(each: CaseOrder) -> str:
    """Late, soon, done or calm."""
    return TONES.get(each.standing.state, "calm")
