"""Two desks wrote different values: both side by side, one is chosen, the reason is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from mediator.casework import conflicts
from mediator.core.records import Case, Conflict
from mediator.core.terms import field_term
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.words import say


class ConflictsCard(Card):
    """One row a conflict; nothing is chosen until a person chooses."""

    def __init__(self, seat: Seat) -> None:
        """Hidden while there is none."""
        super().__init__(say("case_page.conflicts"), say("case_page.conflicts_about"), padded=True)
        self.seat = seat
        self.rows: list[QWidget] = []
        self.hide()

    def show_case(self, case: Case) -> None:
        """Every open conflict."""
        for row in self.rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self.rows = [self.row_of(case, each) for each in case.conflicts]
        for row in self.rows:
            self.put(row)
        self.setVisible(bool(self.rows))

    def row_of(self, case: Case, conflict: Conflict) -> QWidget:
        """The field, its values with their writers, a reason."""
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label(field_name(conflict), "strong"))
        group = QButtonGroup(row)
        for place, value in enumerate(conflict.values):
            choice = QRadioButton(value or say("case_page.empty_value"))
            group.addButton(choice, place)
            inside.addWidget(choice)
        inside.addStretch(1)
        reason = QLineEdit()
        reason.setAccessibleName(say("case_page.reason"))
        reason.setPlaceholderText(say("case_page.reason"))
        inside.addWidget(reason)
        inside.addWidget(button(say("case_page.choose"), partial(self.choose, case, conflict, group, reason)))
        return row

    def choose(self, case: Case, conflict: Conflict, group: QButtonGroup, reason: QLineEdit) -> None:
        """Write the chosen value."""
        place = group.checkedId()
        if place < 0:
            return
        value, why = conflict.values[place], reason.text()
        work = partial(
            conflicts.choose, self.seat.desk, case.id, conflict.entity, conflict.field, value=value, reason=why
        )
        self.seat.deed(work)


def field_name(conflict: Conflict) -> str:
    """The term of the field in question."""
    known = [field_term(f"{kind}.{conflict.field}") for kind in (conflict.entity, *KINDS)]
    return next((term for term in known if term != field_term("")), field_term(""))


KINDS = ("party", "hearing", "clause", "obligation", "sentence", "payment", "follow_up")
