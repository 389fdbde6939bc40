"""Other matters: those this one is linked with and what came of them, and past ones like it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from mediator.casework import likeness, links, reading
from mediator.casework.desk import Desk
from mediator.casework.likeness import Judgement, Kin
from mediator.casework.links import LinkForm, Outcome
from mediator.core.codes import Likeness, LinkReason
from mediator.core.records import Case, CaseId
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Sent
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


def link_to(desk: Desk, case: CaseId, ref: str, reason: LinkReason) -> object:
    """Link with the case of this number; raises Unacceptable `case.unknown`."""
    return links.link(desk, case, LinkForm(reading.find(desk, ref), reason))


class LinksCard(Card):
    """关联事项: Enter opens the other one; added by its number, taken away with a reason."""

    def __init__(self, seat: Seat) -> None:
        """None yet."""
        super().__init__(say("ways.links"))
        self.seat = seat
        self.case: Case | None = None
        columns: tuple[Column[Outcome], ...] = (
            Column(say("ways.link_reason"), lambda each: f"{each.link.reason.term}·{each.link.role.term}", 8),
            Column(say("ways.other"), lambda each: f"{each.number} {each.title}".strip()),
            Column(say("ways.outcome"), lambda each: each.state, 6),
        )
        self.rows: Rows[Outcome] = Rows(columns, hint=lambda each: each.link.note or each.title)
        self.table = Table(self.rows, say("ways.links"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("ways.no_links")
        self.table.show_at_least(2)
        self.table.opened.connect(lambda row: seat.went.emit("case_page", self.rows.rows[row].link.other))
        self.put(self.table, 1)
        self.number = QLineEdit()
        self.number.setAccessibleName(say("ways.number"))
        self.number.setPlaceholderText(say("ways.number"))
        self.reason = Choice(say("ways.link_reason"), [(each.value, each.term) for each in LinkReason], lambda _: None)
        below = QVBoxLayout()
        below.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        below.setSpacing(space("s"))
        below.addWidget(self.number)
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("ways.link"), self.link, kind="small"))
        row.addWidget(button(say("ways.unlink"), self.unlink, kind="small"))
        below.addLayout(row)
        self.body.addLayout(below)

    def show_links(self, case: Case, found: tuple[Outcome, ...]) -> None:
        """How every linked matter stands."""
        self.case = case
        self.rows.show_rows(found)
        if found:
            self.table.selectRow(0)

    def link(self) -> None:
        """Link this matter with the one of the number."""
        reason = next(each for each in LinkReason if each.value == self.reason.value)
        if self.case is not None:
            work = partial(link_to, self.seat.desk, self.case.id, self.number.text(), reason)
            sent = Sent(self.number)
            self.seat.once("link", work, lambda _: sent.clear())

    def unlink(self) -> None:
        """Take the chosen link away on both sides; the line holds the reason."""
        place = self.table.currentIndex().row()
        if self.case is not None and 0 <= place < len(self.rows.rows):
            work = partial(
                links.unlink, self.seat.desk, self.case.id, self.rows.rows[place].link.id, reason=self.number.text()
            )
            sent = Sent(self.number)
            self.seat.once("unlink", work, lambda _: sent.clear())


class SimilarCard(Card):
    """类似案件: how it ended, what was agreed and why it is shown; 不像 stays away."""

    def __init__(self, seat: Seat) -> None:
        """None yet."""
        super().__init__(say("ways.similar"))
        self.seat = seat
        self.case: Case | None = None
        columns: tuple[Column[Kin], ...] = (
            Column(say("ways.other"), lambda each: f"{each.number} {each.title}".strip()),
            Column(say("ways.outcome"), lambda each: each.outcome, 6),
        )
        self.rows: Rows[Kin] = Rows(columns, hint=lambda each: "；".join(each.reasons))
        self.table = Table(self.rows, say("ways.similar"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("ways.no_similar")
        self.table.show_at_least(2)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        self.table.opened.connect(lambda row: seat.went.emit("case_page", self.rows.rows[row].case))
        self.put(self.table, 1)
        self.why = label("", "aside", wrap=True)
        self.why.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        self.put(self.why)
        self.head.addWidget(button(say("ways.unlike"), self.unlike, kind="small"))

    def show_kin(self, case: Case, found: tuple[Kin, ...]) -> None:
        """The nearest first."""
        self.case = case
        self.rows.show_rows(found)
        if found:
            self.table.selectRow(0)
        self.show_chosen()

    @property
    def current(self) -> Kin | None:
        """The chosen one."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def show_chosen(self) -> None:
        """Why it is shown, and the first thing that was agreed."""
        each = self.current
        agreed = say("ways.agreed", text=each.clauses[0]) if each and each.clauses else ""
        self.why.setText(say("ways.like", reasons="；".join(each.reasons)) + agreed if each else "")
        self.why.setVisible(each is not None)

    def unlike(self) -> None:
        """It is not shown for this case again."""
        each = self.current
        if self.case is not None and each is not None:
            judged = Judgement(each.case, Likeness.SIMILAR, same=False)
            self.seat.once("unlike", partial(likeness.judge, self.seat.desk, self.case.id, judged))
