"""履行回访: what is owed by day and how it stands, visits due, and what is noted about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import performance, reading
from mediator.casework.desk import Desk
from mediator.casework.performance import CaseDuty, PerformanceSight, VisitDue
from mediator.core.codes import Standing
from mediator.core.money import figures
from mediator.core.performing import SUPPLEMENT
from mediator.core.records import CaseId, IssuedPaper
from mediator.ui.page import Page
from mediator.ui.pages.case_sight import time_left, urgency
from mediator.ui.pages.performance_forms import AmendForm, PaymentForm, SatisfactionPane, VisitForm
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled, tabbed
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {
    Standing.LATE: "late", Standing.PART_PAID: "soon", Standing.PAID: "done", Standing.OPEN: "calm",
    Standing.WAIVED: "calm",
}  # fmt: skip
FORMS: Final = ("payment", "amendment", "visit", "satisfaction")


@dataclass(frozen=True, slots=True)
class Owed:
    """What stands in the two lists, and the case they belong to when only one was asked for."""

    duties: tuple[CaseDuty, ...]
    visits: tuple[VisitDue, ...]
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the forms say about the case of the chosen row."""

    sight: PerformanceSight
    supplements: tuple[IssuedPaper, ...]


def what_is_owed(desk: Desk, case: str) -> Owed:
    """Of one case all of it with its standing, else what is late or falls due within two weeks."""
    if not case:
        found = performance.following(desk)
        return Owed(found.duties, found.visits)
    record, sight = reading.work_on(desk, CaseId(case)).case, performance.sight_of(desk, CaseId(case))
    rows = tuple(CaseDuty(record.id, record.number, record.title, each) for each in sight.duties)
    visits = tuple(
        VisitDue(record.id, record.number, record.title, each.label, each.due) for each in sight.visits if not each.done
    )
    return Owed(rows if record.agreement and record.agreement.is_signed else (), visits, record.number, record.title)


def beside(desk: Desk, case: CaseId) -> Beside:
    """Asked once for every row that is chosen."""
    papers = reading.reread(desk, case).case.papers
    return Beside(performance.sight_of(desk, case), tuple(each for each in papers if each.kind == SUPPLEMENT))


class PerformancePage(Page):
    """Two lists on the left; what is noted about the chosen row behind four words on the right."""

    name = "performance"

    def __init__(self, seat: Seat) -> None:
        """The lists and the forms."""
        super().__init__(seat, say("performance.title"))
        self.picked: CaseId | None = None
        self.about = label(say("performance.about"), "aside", wrap=True)
        self.head.addWidget(self.about, 1)
        self.head.addWidget(button(say("performance.open_case"), self.open_case))
        self.all = button(say("performance.all"), lambda: self.enter(""))
        self.head.addWidget(self.all)
        self.told, self.road = Note(""), Note("", "late")
        for note in (self.told, self.road):
            note.hide()
            self.body.addWidget(note)
        columns = QHBoxLayout()
        columns.setSpacing(space("m"))
        left = QVBoxLayout()
        left.setSpacing(space("m"))
        left.addWidget(self._owed(), 3)
        left.addWidget(self._visits(), 2)
        columns.addLayout(left, 3)
        columns.addWidget(self._forms(), 2)
        self.body.addLayout(columns, 1)

    def _owed(self) -> Card:
        """履行内容."""
        columns: tuple[Column[CaseDuty], ...] = (
            Column(say("performance.due"), self.due, 7),
            Column(say("performance.case"), lambda each: each.number, 9),
            Column(say("performance.who"), lambda each: f"{each.duty.owed.now.payer} → {each.duty.owed.now.payee}"),
            Column(say("performance.what"), what, 8, number=True),
            Column(say("performance.standing"), standing, 9, tone=lambda each: TONES[each.duty.standing]),
        )
        self.owed: Rows[CaseDuty] = Rows(columns, hint=lambda each: each.duty.explanation or what(each))
        card = Card(say("performance.owed"))
        self.count = card.aside
        self.table = Table(self.owed, say("performance.owed"), look=self.seat.preferences.look)
        self.table.fit(columns)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.pick_duty())
        self.table.opened.connect(lambda _row: self.to_form("payment"))
        card.put(self.table)
        return card

    def _visits(self) -> Card:
        """要做的回访."""
        columns: tuple[Column[VisitDue], ...] = (
            Column(say("performance.due"), lambda each: time_left(each.due, self.seat.desk.today()), 7,
                   tone=lambda each: urgency(each.due, self.seat.desk.today())),
            Column(say("performance.case"), lambda each: each.number, 9),
            Column(say("performance.visit_what"), lambda each: f"{each.label}：{each.title}"),
        )  # fmt: skip
        self.visits: Rows[VisitDue] = Rows(columns)
        card = Card(say("performance.visits"))
        self.visit_table = Table(self.visits, say("performance.visits"), look=self.seat.preferences.look)
        self.visit_table.fit(columns)
        self.visit_table.empty = say("performance.no_visits")
        self.visit_table.selectionModel().currentRowChanged.connect(lambda *_: self.pick_visit())
        self.visit_table.opened.connect(lambda _row: self.to_form("visit"))
        card.put(self.visit_table)
        return card

    def _forms(self) -> QWidget:
        """登记付款, 登记变更, 登记回访, 满意度."""
        self.payment, self.amendment = PaymentForm(self.seat, self), AmendForm(self.seat, self)
        self.visit, self.satisfaction = VisitForm(self.seat, self), SatisfactionPane(self.seat, self)
        self.pages = (self.payment, self.amendment, self.visit, self.satisfaction)
        panes: list[tuple[str, QWidget]] = [
            (say(f"performance.{name}_tab"), scrolled(page)) for name, page in zip(FORMS, self.pages, strict=True)
        ]
        self.forms = tabbed(say("performance.forms"), panes)
        return self.forms

    def due(self, each: CaseDuty) -> str:
        """`逾期 3 天`, `11月15日`, or the words that stand for a day."""
        last = each.duty.last
        if last is None:
            return each.duty.owed.now.due_as_given
        days = (last - self.seat.desk.today()).days
        late = days < 0 and each.duty.standing is Standing.LATE
        return say("performance.late", days=-days) if late else f"{last.month}月{last.day}日"

    @property
    def current(self) -> CaseDuty | None:
        """The chosen row."""
        row = self.table.currentIndex().row()
        return self.owed.rows[row] if 0 <= row < len(self.owed.rows) else None

    @property
    def subject(self) -> CaseId | None:
        """The case a visit belongs to: that of the row chosen last, else the one the page was opened for."""
        return self.picked or (CaseId(self.case) if self.case else None)

    def tell(self, words: str, tone: str = "calm") -> None:
        """What was kept, or what was wrong."""
        self.told.tell(words, tone)

    def to_form(self, name: str) -> None:
        """The form for the chosen row, the keyboard in its first field."""
        place = FORMS.index(name)
        self.forms.setCurrentIndex(place)
        (self.payment.amount if name == "payment" else self.visit.visited).setFocus()

    def enter(self, case: str = "") -> None:
        """Ask what is owed: in one case when it is named, else by day over all of them."""
        self.case, self.picked = case, None
        self.all.setVisible(bool(case))
        self.told.tell("")
        for field in (self.payment.paid_on, self.visit.visited_on, self.amendment.on, self.satisfaction.asked_on):
            if not field.text():
                field.setText(self.seat.desk.today().isoformat())
        self.table.setFocus()
        self.ask()

    def unkept(self) -> bool:
        """Something in one of the forms that nobody recorded yet."""
        return any(each.unkept for each in self.pages)

    def refresh(self, cases: frozenset[str]) -> None:
        """A payment or an exchange changed what is owed."""
        self.ask()

    def ask(self) -> None:
        """Read beside the screen; an answer about another case is thrown away."""
        case = self.case
        self.seat.deed(partial(what_is_owed, self.seat.desk, case), partial(self.show_answer, case))

    def show_answer(self, case: str, answer: Owed) -> None:
        """Whose obligations and visits these are."""
        if case != self.case:
            return
        about = say("performance.of_case", number=answer.number, title=answer.title)
        self.about.setText(about if case else say("performance.about"))
        self.table.empty = say("performance.nothing_in_case") if case else say("performance.nothing")
        more = "count_more" if len(answer.duties) >= performance.SHOWN else "count"
        self.count.setText(say(f"performance.{'count_case' if case else more}", count=len(answer.duties)))
        self.show_rows(answer)

    def show_rows(self, answer: Owed) -> None:
        """Both lists; the chosen obligation stays chosen, else the first that is still open."""
        chosen = self.current.duty.owed.signed.id if self.current else ""
        self.owed.show_rows(answer.duties)
        self.visits.show_rows(answer.visits)
        ids: list[str] = [each.duty.owed.signed.id for each in answer.duties]
        still = [place for place, each in enumerate(answer.duties) if not each.duty.owed.done]
        if ids:
            self.table.selectRow(ids.index(chosen) if chosen in ids else next(iter(still), 0))
        self.pick_duty()

    def pick_duty(self) -> None:
        """The chosen obligation is what the forms are about."""
        each = self.current
        self.payment.show_duty(each)
        self.look_beside(each.case if each else None)

    def pick_visit(self) -> None:
        """The chosen visit is what a visit and an answer belong to."""
        row = self.visit_table.currentIndex().row()
        if 0 <= row < len(self.visits.rows):
            self.look_beside(self.visits.rows[row].case)

    def look_beside(self, case: CaseId | None) -> None:
        """Ask what the forms say about a case."""
        self.picked = case
        if self.subject:
            asked = self.subject
            self.seat.deed(partial(beside, self.seat.desk, asked), partial(self.show_beside, asked))
        else:
            self.road.tell("")
            self.amendment.show_papers(())

    def show_beside(self, case: CaseId, answer: Beside) -> None:
        """Supplements, whom nobody asked, and where a breach leads."""
        if case == self.subject:
            self.amendment.show_papers(answer.supplements)
            self.satisfaction.show_unasked(answer.sight.unasked)
            roads = [say("performance.road", road=each.road, advice=each.advice) for each in answer.sight.roads]
            self.road.tell("".join(roads), "late")

    def open_case(self) -> None:
        """Go to the case."""
        if self.subject:
            self.seat.went.emit("case_page", self.subject)


def what(each: CaseDuty) -> str:
    """A sum as it is owed today, or the goods."""
    amount = each.duty.owed.now.amount
    return each.duty.owed.now.goods if amount is None else f"{figures(amount)}元"


def standing(each: CaseDuty) -> str:
    """`部分履行，已变更`, `已履行，以物抵付`."""
    owed = each.duty.owed
    more = (say("performance.changed") if owed.changed else "", say("performance.in_kind") if owed.in_kind else "")
    return "，".join(part for part in (each.duty.standing.term, *more) if part)
