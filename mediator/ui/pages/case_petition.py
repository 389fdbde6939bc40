"""信访判断: first or repeated and why, the one list of the matter, group, first receiver, what is still to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.casework import petitions
from mediator.casework.desk import Desk
from mediator.casework.petitions import PetitionSight, Sighted
from mediator.core.codes import Visit
from mediator.core.dates import chinese_date
from mediator.core.life import PETITIONS
from mediator.core.records import Case
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Sent
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say


def sight_of(desk: Desk, case: Case) -> PetitionSight | None:
    """Everything of a petition or a work order; None for a mediation."""
    return petitions.sight_of(desk, case.id) if case.kind in PETITIONS else None


class PetitionCard(Card):
    """What was computed stands in words; a person corrects it with a reason, and takes the correction back."""

    def __init__(self, seat: Seat) -> None:
        """Hidden until a petition is shown."""
        super().__init__(say("petition.title"), padded=True)
        self.seat = seat
        self.case: Case | None = None
        self.words, self.todo = label("", "strong", wrap=True), label("", "aside", wrap=True)
        columns: tuple[Column[Sighted], ...] = (
            Column(say("petition.on"), lambda each: chinese_date(each.on), 9),
            Column(say("petition.matter"), matter_words),
            Column(say("petition.state"), lambda each: each.status.term, 5),
        )
        self.rows: Rows[Sighted] = Rows(columns, hint=lambda each: "；".join(each.reasons))
        self.table = Table(self.rows, say("petition.list"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.show_at_least(3)
        self.table.setMaximumHeight(self.table.minimumHeight())
        self.table.opened.connect(lambda row: seat.went.emit("case_page", self.rows.rows[row].case))
        self.choice = Choice(
            say("petition.correct"),
            [("", say("petition.computed")), *((each.value, each.term) for each in Visit)],
            lambda _: None,
        )
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("petition.reason"))
        self.reason.setPlaceholderText(say("petition.reason"))
        self.reason.returnPressed.connect(self.correct)
        line = QHBoxLayout()
        line.addWidget(self.choice)
        line.addWidget(self.reason, 1)
        line.addWidget(button(say("petition.correct"), self.correct, kind="small"))
        for widget in (self.words, self.table, self.todo):
            self.put(widget)
        self.body.addLayout(line)
        self.hide()

    def show_sight(self, case: Case, sight: PetitionSight | None) -> None:
        """Paint it; a mediation has no such card."""
        self.case = case
        self.setVisible(sight is not None)
        if sight is None:
            return
        self.words.setText("".join(sentences(sight)))
        self.rows.show_rows(sight.matters)
        open_items = [each.item.label for each in sight.checklist if not each.done]
        self.todo.setText(say("petition.todo", items="、".join(open_items)) if open_items else say("petition.all_done"))
        self.choice.show_value(sight.visit.value if sight.corrected and sight.visit else "")

    def correct(self) -> None:
        """First or repeated by hand, or as it was computed."""
        if self.case is None:
            return
        visit = next((each for each in Visit if each.value == self.choice.value), None)
        work = partial(petitions.correct_visit, self.seat.desk, self.case.id, visit, reason=self.reason.text())
        sent = Sent(self.reason)
        self.seat.once("petition", work, lambda _: sent.clear())


def sentences(sight: PetitionSight) -> list[str]:
    """How it counts and why, how many came, what was concluded before, who received it first."""
    told = [say("petition.count", words=sight.words, count=sight.count)]
    if sight.corrected:
        told.append(say("petition.corrected", reason=sight.reason))
    if sight.group:
        told.append(say("petition.group", people=sight.people, least=sight.rules.group))
    if sight.concluded:
        told.append(say("petition.concluded", number=sight.concluded.number, outcome=sight.concluded.outcome or "—"))
    if sight.received and sight.received.at:
        told.append(say("petition.received", by=sight.receiver, at=f"{sight.received.at:%Y-%m-%d %H:%M}"))
    return told


def matter_words(each: Sighted) -> str:
    """Number and title; the one that is shown says so."""
    words = f"{each.number}　{each.title}".strip()
    return say("petition.mine", words=words) if each.mine else words
