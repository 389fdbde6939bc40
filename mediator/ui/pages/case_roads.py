"""Which road: what the table advises and what was decided, court and notary with packet and countdown."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import roads
from mediator.casework.roads import LegalRoad, RoadSight
from mediator.core.dates import chinese_date
from mediator.core.legal_roads import Path, Step, WhyNot
from mediator.core.records import Case
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Sent
from mediator.ui.pieces.labels import Whole, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

COUNTDOWN: Final = 10


class RoadCard(Card):
    """办理途径: advice with its source; another road needs a reason."""

    def __init__(self, seat: Seat) -> None:
        """No case yet."""
        super().__init__(say("ways.road"), padded=True)
        self.seat = seat
        self.case: Case | None = None
        self.advice, self.chosen = Whole(), label("", "aside", wrap=True)
        self.put(self.advice)
        self.put(self.chosen)
        self.road = Choice(say("ways.road"), [], lambda _: None)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("ways.road_reason"))
        self.reason.setPlaceholderText(say("ways.road_reason"))
        self.reason.returnPressed.connect(self.choose)
        row = QHBoxLayout()
        row.addWidget(self.road)
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("ways.choose"), self.choose, kind="small"))
        self.body.addLayout(row)

    def show_sight(self, case: Case, sight: RoadSight) -> None:
        """What is advised and what was decided."""
        self.case = case
        lines = [
            say("ways.advised", road=each.road, advice=each.advice, source="、".join(a.cited for a in each.sources))
            for each in sight.advised
        ]
        self.advice.setText("\n".join(lines) or say("ways.no_advice"))
        reason = say("ways.because", text=sight.reason) if sight.reason else ""
        told = say("ways.chosen", road=sight.chosen.road, reason=reason) if sight.chosen else say("ways.not_chosen")
        self.chosen.setText(told)
        picked = self.road.value or (sight.chosen.id if sight.chosen else "")
        self.road.clear()
        for each in (*sight.advised, *(one for one in sight.every if one not in sight.advised)):
            self.road.addItem(each.road, each.id)
        self.road.show_value(picked)

    def choose(self) -> None:
        """Keep the decision."""
        if self.case is not None and self.road.value:
            work = partial(
                roads.choose, self.seat.desk, self.case.id, self.road.value, reason=self.reason.text()
            )  # fmt: skip
            sent = Sent(self.reason)
            self.seat.once("road", work, lambda _: sent.clear())


class LegalPart(QWidget):
    """司法确认 or 赋强公证: how far it came, how long it may be asked for, what is missing, the next step."""

    def __init__(self, seat: Seat, path: Path) -> None:
        """No case yet."""
        super().__init__()
        self.seat, self.path = seat, path
        self.case: Case | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("xs"))
        self.words, self.packet = label("", wrap=True), label("", "aside", wrap=True)
        column.addWidget(label(path.term, "strong"))
        column.addWidget(self.words)
        column.addWidget(self.packet)
        self.step = Choice(say("ways.step_of", road=path.term), [], lambda _: None)
        self.text = QLineEdit()
        self.text.setAccessibleName(say("ways.step_text_of", road=path.term))
        self.text.setPlaceholderText(say("ways.step_text"))
        self.text.returnPressed.connect(self.take)
        self.press = button(say("ways.take"), self.take, kind="small")
        self.press.setAccessibleName(say("ways.take_of", road=path.term))
        row = QHBoxLayout()
        row.addWidget(self.step)
        row.addWidget(self.text, 1)
        row.addWidget(self.press)
        column.addLayout(row)

    def show_road(self, case: Case, road: LegalRoad) -> None:
        """In sentences; every reason against it at once."""
        self.case = case
        self.words.setText(standing(road))
        marks = (say("ways.there" if each.there else "ways.missing", title=each.title) for each in road.packet)
        self.packet.setText(say("ways.packet", papers="、".join(marks)))
        self.step.clear()
        for each in road.following:
            self.step.addItem(each.term, each.value)
        in_force = WhyNot.UNSIGNED not in road.why_not
        self.packet.setVisible(in_force)
        for part in (self.step, self.text, self.press):
            part.setVisible(in_force and bool(road.following))

    def take(self) -> None:
        """Record the next step as of today; against the record's reasons it needs words."""
        step = next((each for each in Step if each.value == self.step.value), None)
        if self.case is not None and step is not None:
            work = partial(roads.take_step, self.seat.desk, self.case.id, self.path, step, text=self.text.text())
            sent = Sent(self.text)
            self.seat.once(f"step {self.path.value}", work, lambda _: sent.clear())


def standing(road: LegalRoad) -> str:
    """How far it came; else until when it may be asked for, or why not."""
    if road.step is not None:
        _, event = road.steps[-1]
        return say("ways.came", step=road.step.term, day=chinese_date(event.on))
    if road.why_not:
        return say("ways.why_not", reasons="；".join(each.term for each in road.why_not))
    if road.due is not None and road.left is not None:
        near = "ways.until_near" if road.left <= COUNTDOWN else "ways.until"
        return say(near, day=chinese_date(road.due), left=road.left)
    return say("ways.open")
