"""Beside the form: what accepting still asks for, and earlier cases with the same names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mediator.casework.searching import Hits
from mediator.core.codes import Side
from mediator.core.records import Case
from mediator.core.terms import field_term
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

RIGHT_CHARS: Final = 18
UNMASKED: Final = frozenset({"party.name", "case.title", "case.number", "case.dispute_type"})


class Beside(QWidget):
    """A column as wide as so many characters."""

    def __init__(self, seat: Seat) -> None:
        """Nothing found yet."""
        super().__init__()
        self.seat = seat
        self.setFixedWidth(seat.preferences.look.wide(RIGHT_CHARS))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space("m"))
        missing = Card(say("intake.before"), padded=True)
        self.missing = label("", wrap=True)
        missing.put(self.missing)
        inside.addWidget(missing)
        similar = Card(say("intake.similar"))
        self.similar_count = similar.aside
        self.similar = QListWidget()
        self.similar.setAccessibleName(say("intake.similar"))
        self.similar.setWordWrap(True)
        self.similar.itemActivated.connect(self.open_similar)
        similar.put(self.similar)
        inside.addWidget(similar, 1)

    def clear(self) -> None:
        """Nothing of the registration before."""
        self.similar.clear()
        self.similar_count.setText("")

    def show_missing(self, case: Case | None) -> None:
        """What accepting asks for (L01, L02)."""
        gaps = [say("intake.gap", what=say(f"intake.{name}")) for name in missing(case)]
        self.missing.setText("\n".join(gaps) or say("intake.nothing_missing"))

    def show_similar(self, hits: Hits, own: str) -> None:
        """Cases with the same name, this one left out, each once."""
        self.similar.clear()
        seen = {own}
        for hit in hits.hits:
            if hit.case in seen:
                continue
            seen.add(hit.case)
            words = f"{field_term(hit.field)}：{hit.excerpt}" if hit.field in UNMASKED else field_term(hit.field)
            item = QListWidgetItem(f"{hit.number}\n{words}")
            item.setData(Qt.ItemDataRole.UserRole, hit.case)
            self.similar.addItem(item)
        found = self.similar.count()
        self.similar_count.setText(say("intake.similar_count", count=found) if found else "")

    def open_similar(self, item: QListWidgetItem) -> None:
        """Look at a case that may be the same."""
        self.seat.went.emit("case_page", str(item.data(Qt.ItemDataRole.UserRole)))


def missing(case: Case | None) -> list[str]:
    """Names of what a registration lacks; of one that was not begun, everything."""
    sides = {party.side for party in case.parties if party.name.strip()} if case else set()
    there = {
        "gap_applicant": Side.APPLICANT in sides,
        "gap_respondent": Side.RESPONDENT in sides,
        "gap_facts": case is not None and bool(case.facts.strip()),
        "gap_type": case is not None and bool(case.dispute_type.strip()),
    }
    return [name for name, known in there.items() if not known]
