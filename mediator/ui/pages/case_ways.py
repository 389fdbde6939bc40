"""去向与关联: which road the matter takes, its review, matters beside it; and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework import likeness, links, looked, reading, reviewing, roads
from mediator.casework.desk import Desk
from mediator.casework.likeness import Kin
from mediator.casework.links import Outcome
from mediator.casework.looked import Look
from mediator.casework.petitions import PetitionSight
from mediator.casework.roads import RoadSight
from mediator.core.dates import chinese_date
from mediator.core.legal_roads import Path
from mediator.core.life import PETITIONS
from mediator.core.records import Case, CaseId
from mediator.core.reviewing import WORDS, next_step, steps_of
from mediator.ui.pages.case_asking import AskingPane
from mediator.ui.pages.case_links import LinksCard, SimilarCard
from mediator.ui.pages.case_petition import PetitionCard, sight_of
from mediator.ui.pages.case_roads import LegalPart, RoadCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Sent
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


@dataclass(frozen=True, slots=True)
class WaysSeen:
    """Roads, links and similar cases of one case."""

    sight: RoadSight
    outcomes: tuple[Outcome, ...]
    kin: tuple[Kin, ...]
    petition: PetitionSight | None = None


def look(desk: Desk, case: CaseId) -> WaysSeen:
    """All of it in one go beside the screen."""
    record = reading.reread(desk, case).case
    outcomes, kin = links.outcomes(desk, record), likeness.similar_to(desk, case)
    return WaysSeen(roads.sight_of(desk, case), outcomes, kin, sight_of(desk, record))


class ReviewCard(Card):
    """三级审查 of a petition: the next step with what was found."""

    def __init__(self, seat: Seat) -> None:
        """No case yet."""
        super().__init__(say("ways.review"), padded=True)
        self.seat = seat
        self.case: Case | None = None
        self.made, self.next = label("", "aside", wrap=True), label("", "strong", wrap=True)
        self.put(self.made)
        self.put(self.next)
        self.text = QLineEdit()
        self.text.setAccessibleName(say("ways.review_text"))
        self.text.setPlaceholderText(say("ways.review_text"))
        self.text.returnPressed.connect(self.take)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(button(say("ways.take_review"), self.take, kind="small"))
        self.body.addLayout(row)

    def show_case(self, case: Case) -> None:
        """What was walked and what comes next; no card for a mediation."""
        self.case = case
        self.setVisible(case.kind in PETITIONS)
        made = [
            say("ways.reviewed", step=WORDS[each.event].term, day=chinese_date(each.on), by=each.by, text=each.text)
            for each in steps_of(case.course.events)
        ]
        self.made.setText("\n".join(made) or say("ways.no_review"))
        self.next.setText(say("ways.next_review", step=next_step(case).term))

    def take(self) -> None:
        """Keep the next step."""
        if self.case is not None:
            step = next_step(self.case)
            work = partial(reviewing.review, self.seat.desk, self.case.id, step, text=self.text.text())
            sent = Sent(self.text)
            self.seat.once("review", work, lambda _: sent.clear())


class WaysPane(AskingPane[WaysSeen]):
    """Roads and review on the left, other matters on the right."""

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is shown."""
        super().__init__(seat, look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.setSpacing(space("m"))
        sheet = QWidget()
        left = QVBoxLayout(sheet)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(space("m"))
        self.road, self.review, self.petition = RoadCard(seat), ReviewCard(seat), PetitionCard(seat)
        self.legal = tuple(LegalPart(seat, each) for each in Path)
        card = Card(say("ways.legal"), padded=True)
        for part in self.legal:
            card.put(part)
        for each in (self.petition, self.review, self.road, card):
            left.addWidget(each)
        left.addStretch(1)
        row.addWidget(scrolled(sheet), 3)
        right = QVBoxLayout()
        right.setSpacing(space("m"))
        self.links, self.similar = LinksCard(seat), SimilarCard(seat)
        right.addWidget(self.links, 1)
        right.addWidget(self.similar, 1)
        row.addLayout(right, 2)

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """Where words may stand that nobody kept yet."""
        return (
            self.road.reason,
            self.review.text,
            self.petition.reason,
            self.links.number,
            *(each.text for each in self.legal),
        )

    @property
    def unkept(self) -> bool:
        """A reason, a finding or a number that was typed and not kept."""
        return any(each.text().strip() for each in self.lines)

    def forget(self) -> None:
        """Nothing typed for another case stays."""
        for each in self.lines:
            each.clear()
        self.road.road.clear()

    def show_answer(self, answer: WaysSeen) -> None:
        """Paint it."""
        if self.case is None:
            return
        self.petition.show_sight(self.case, answer.petition)
        self.review.show_case(self.case)
        self.road.show_sight(self.case, answer.sight)
        for part, road in zip(self.legal, answer.sight.legal, strict=True):
            part.show_road(self.case, road)
        self.links.show_links(self.case, answer.outcomes)
        self.similar.show_kin(self.case, answer.kin)


class LookedPane(AskingPane[tuple[Look, ...]]):
    """谁看过: every opening of the case and every time its numbers were shown."""

    def __init__(self, seat: Seat) -> None:
        """Nobody yet."""
        super().__init__(seat, looked.who_looked)
        columns: tuple[Column[Look], ...] = (
            Column(say("ways.looked_at"), lambda each: f"{each.at:%Y-%m-%d %H:%M}", 12),
            Column(say("ways.looked_by"), lambda each: each.user or say("ways.unknown_user"), 8),
            Column(say("ways.looked_what"), lambda each: say(f"ways.{each.deed}"), 9),
            Column(say("ways.looked_why"), lambda each: each.reason),
        )
        self.rows: Rows[Look] = Rows(columns)
        card = Card(say("ways.looked"), say("ways.looked_about"))
        table = Table(self.rows, say("ways.looked"), look=seat.preferences.look)
        table.fit(columns)
        table.empty = say("ways.nobody_looked")
        card.put(table)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space("m"), 0, 0)
        row.addWidget(card)

    def show_answer(self, answer: tuple[Look, ...]) -> None:
        """The newest first."""
        self.rows.show_rows(answer)
