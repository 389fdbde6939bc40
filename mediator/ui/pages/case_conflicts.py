"""Two desks wrote different values: all side by side, who and when, one is chosen, the reason is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from mediator.casework import conflicts
from mediator.casework.complaints import sentence
from mediator.casework.conflicts import Version
from mediator.core.records import Case, Conflict
from mediator.errors import MediatorError
from mediator.ui.pages.case_sight import Sight, conflict_name, value_words
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

Chosen = Callable[["ConflictRow"], None]


class ConflictsCard(Card):
    """One conflict after the other, each with its values as columns; nothing is chosen until a person chooses."""

    def __init__(self, seat: Seat) -> None:
        """Hidden while there is none."""
        super().__init__(say("case_page.conflicts"), say("case_page.conflicts_about"), padded=True)
        self.seat = seat
        self.told = Note("", "late")
        self.told.hide()
        self.put(self.told)
        self.rows: list[ConflictRow] = []
        self.shown: tuple[Conflict, ...] = ()
        self.hide()

    def show_sight(self, sight: Sight) -> None:
        """Every open conflict; what somebody is choosing just now stands while the conflicts stay the same."""
        case = sight.case
        if case.conflicts == self.shown:
            return
        self.shown = case.conflicts
        for row in self.rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self.rows = [
            ConflictRow(case, each, versions, self.choose)
            for each, versions in zip(case.conflicts, sight.versions, strict=True)
        ]
        for row in self.rows:
            self.put(row)
        self.told.tell("")
        self.setVisible(bool(self.rows))

    def choose(self, row: ConflictRow) -> None:
        """Write the chosen value; without one, say so."""
        if row.chosen is None:
            self.told.tell(say("case_page.choose_first"), "soon")
            return
        case, conflict = row.case, row.conflict
        work = partial(
            conflicts.choose, self.seat.desk, case.id, conflict.entity, conflict.field, value=row.chosen,
            reason=row.reason.text(),
        )  # fmt: skip
        self.seat.once("choose", work, None, self.failed)

    def failed(self, error: MediatorError) -> None:
        """Why it was not chosen; what was typed stays."""
        self.told.tell(sentence(error), "late")


class ConflictRow(QWidget):
    """One conflict: its name, a column a value, the reason, the button."""

    def __init__(self, case: Case, conflict: Conflict, versions: tuple[Version, ...], choose: Chosen) -> None:
        """`choose(row)` is called by the button."""
        super().__init__()
        self.case, self.conflict, self.versions = case, conflict, versions
        name = conflict_name(case, conflict)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label(say("case_page.conflict_of", field=name), "strong", wrap=True))
        columns = QHBoxLayout()
        columns.setSpacing(space("m"))
        self.group = QButtonGroup(self)
        for place, version in enumerate(versions):
            columns.addWidget(self.column(place, version, name), 1)
        inside.addLayout(columns)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("case_page.reason_name"))
        self.reason.setPlaceholderText(say("case_page.conflict_reason"))
        if not versions:
            inside.addWidget(label(say("case_page.signed_twice"), wrap=True))
            return
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("case_page.choose"), lambda: choose(self), kind="primary"))
        inside.addLayout(row)

    def column(self, place: int, version: Version, name: str) -> QFrame:
        """Whose it is and when, then the value itself, as long as it may be."""
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        whose = say("case_page.ours") if version.here else say("case_page.theirs")
        choice = QRadioButton(say("case_page.version", whose=whose, at=f"{version.at:%m-%d %H:%M}"))
        words = value_words(self.case, self.conflict.field, version.value)
        choice.setAccessibleName(say("case_page.version_name", field=name, whose=whose, value=words))
        self.group.addButton(choice, place)
        inside.addWidget(choice)
        inside.addWidget(label(words, wrap=True))
        inside.addStretch(1)
        return frame

    @property
    def chosen(self) -> str | None:
        """The value of the picked column."""
        place = self.group.checkedId()
        return self.versions[place].value if 0 <= place < len(self.versions) else None
