"""Beside the form: what accepting still asks for, which road fits, and who or what may be known already."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mediator.casework.likeness import Hit
from mediator.core.codes import Likeness, Side
from mediator.core.records import Case
from mediator.core.roads import Road
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

RIGHT_CHARS: Final = 18
SAME_KEY, NOT_KEY = "Space", "Delete"
ROADS: Final = 2


class Beside(QWidget):
    """A column as wide as so many characters; `judged(hit, same)` when the clerk answers."""

    judged = Signal(object, bool)

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
        self.road = Card(say("intake.road"), padded=True)
        self.roads = label("", wrap=True)
        self.road.put(self.roads)
        self.road.hide()
        inside.addWidget(self.road)
        similar = Card(say("intake.similar"))
        self.similar_count = similar.aside
        self.similar = QListWidget()
        self.similar.setAccessibleName(say("intake.similar"))
        self.similar.setWordWrap(True)
        self.similar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.similar.itemActivated.connect(self.open_similar)
        similar.put(self.similar, 1)
        row = QHBoxLayout()
        row.setContentsMargins(space("s"), space("s"), space("s"), space("s"))
        row.setSpacing(space("s"))
        self.answers = [
            button(say("intake.same"), partial(self.say_so, True), kind="small"),
            button(say("intake.not_same"), partial(self.say_so, False), kind="small"),
        ]
        for press, key in zip(self.answers, (SAME_KEY, NOT_KEY), strict=True):
            row.addWidget(press, 1)
            shortcut = QShortcut(QKeySequence(key), self.similar, press.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        similar.body.addLayout(row)
        inside.addWidget(similar, 1)
        self.clear()

    def clear(self) -> None:
        """Nothing of the registration before."""
        self.show_suspicions(((), ()))

    def show_missing(self, case: Case | None) -> None:
        """What accepting asks for (L01, L02)."""
        gaps = [say("intake.gap", what=say(f"intake.{name}")) for name in missing(case)]
        self.missing.setText("\n".join(gaps) or say("intake.nothing_missing"))

    def show_suspicions(self, found: tuple[tuple[Hit, ...], tuple[Road, ...]]) -> None:
        """The same matter or the same person, each with why, and the roads that fit; the chosen line stays chosen."""
        hits, roads = found
        place = self.similar.currentRow()
        self.similar.clear()
        for hit in hits:
            item = QListWidgetItem(words_of(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.similar.addItem(item)
        self.similar.setCurrentRow(min(max(place, 0), len(hits) - 1))
        self.similar_count.setText(say("intake.similar_count", count=len(hits)) if hits else "")
        for press in self.answers:
            press.setEnabled(bool(hits))
        self.roads.setText("\n".join(f"{each.road}：{each.advice}" for each in roads[:ROADS]))
        self.road.setVisible(bool(roads))

    def say_so(self, same: bool) -> None:
        """是同一件, or 不是, of the chosen line."""
        item = self.similar.currentItem()
        if item is not None:
            self.judged.emit(item.data(Qt.ItemDataRole.UserRole), same)

    def open_similar(self, item: QListWidgetItem) -> None:
        """Look at a case that may be the same."""
        self.seat.went.emit("case_page", str(item.data(Qt.ItemDataRole.UserRole).case))


def words_of(hit: Hit) -> str:
    """What may be the same, of which case, and why; one that a person confirmed says so."""
    who = say("intake.maybe_matter") if hit.likeness is Likeness.MATTER else say("intake.maybe_person", name=hit.name)
    head = say("intake.judged") if hit.judged else who
    return f"{head}\n{hit.number}　{hit.title}\n{say('intake.because', reasons='、'.join(hit.reasons))}"


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
