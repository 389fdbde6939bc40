"""案件: everything about one case on one page, and the deeds its state allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget

from mediator.casework import intake
from mediator.core.codes import CaseStatus
from mediator.core.records import Case, CaseId
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.case_agreement import AgreementPane
from mediator.ui.pages.case_conflicts import ConflictsCard
from mediator.ui.pages.case_dossier import DossierPane
from mediator.ui.pages.case_overview import OverviewPane
from mediator.ui.pages.case_people import PeopleCard
from mediator.ui.pages.case_periods import PeriodsPane
from mediator.ui.pages.case_records import RecordsPane
from mediator.ui.pages.case_seek import seek
from mediator.ui.pages.case_sight import Sight, coded, look, next_date, standing_words
from mediator.ui.pages.case_ways import LookedPane, WaysPane
from mediator.ui.pages.case_why import WhyCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import tabbed
from mediator.ui.pieces.labels import Note, label, restyle, tag
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

S = CaseStatus
Pane = PeopleCard | RecordsPane | AgreementPane | DossierPane | PeriodsPane | WaysPane | LookedPane
P = TypeVar("P", PeopleCard, RecordsPane, AgreementPane, DossierPane, PeriodsPane, WaysPane, LookedPane)
IN_FORCE: Final = frozenset({S.SIGNED, S.PERFORMING, S.PERFORMED, S.FOLLOWED_UP})
OPEN: Final = ("papers", "agreement", "hear")
AFTER: Final = ("papers", "see_agreement", "perform")
# which deeds stand above for a state; the last one is the likeliest next step
DEEDS: Final = {
    S.REGISTERED: ("papers", "edit", "accept"), S.ACCEPTED: OPEN, S.IN_MEDIATION: OPEN, S.NOT_AGREED: OPEN,
    S.AGREED: ("papers", "hear", "agreement"), S.SIGNED: AFTER, S.PERFORMING: AFTER, S.PERFORMED: AFTER,
    S.BREACHED: AFTER, S.FOLLOWED_UP: AFTER,
}  # fmt: skip
OVER: Final = ("papers",)
TAKEN_BACK: Final = ("hear", "papers")
TABS: Final = (
    "overview", "people", "records", "agreement_tab", "dossier_tab", "periods_tab", "ways_tab", "looked_tab",
)  # fmt: skip


class CasePage(Page):
    """A head that never scrolls away, conflicts that wait for a person, and its tabs."""

    name = "case_page"
    nav = "case_list"

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is named."""
        super().__init__(seat)
        self.known: Case | None = None
        self.state, self.aside = tag(""), label("", "aside", wrap=True)
        self.head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.aside, 1)
        self.deeds = self._deeds()
        for press in self.deeds.values():
            self.head.addWidget(press)
        QShortcut(QKeySequence("Ctrl+P"), self, partial(self.go, "documents"))
        self.readonly = Note("")
        self.readonly.hide()
        self.conflicts = ConflictsCard(seat)
        self.overview = OverviewPane(seat, self.go, self.point)
        self.built: dict[str, Pane] = {}
        self.holders: dict[str, QWidget] = {}
        self.tabs = self._tabs()
        self.why = WhyCard(lambda reason: self.ask(traced=True, reason=reason))
        for widget, share in ((self.why, 0), (self.readonly, 0), (self.conflicts, 0), (self.tabs, 1)):
            self.body.addWidget(widget, share)
        self.seen = ""

    @property
    def people(self) -> PeopleCard:
        """当事人."""
        return self.pane("people", lambda: PeopleCard(self.seat, whole=True))

    @property
    def records(self) -> RecordsPane:
        """调解."""
        return self.pane("records", lambda: RecordsPane(self.seat, partial(self.go, "hearing")))

    @property
    def agreement(self) -> AgreementPane:
        """协议与履行."""
        ways = (partial(self.go, "composer"), partial(self.go, "performance"))
        return self.pane("agreement_tab", lambda: AgreementPane(self.seat, *ways))

    @property
    def dossier(self) -> DossierPane:
        """卷宗."""
        return self.pane("dossier_tab", lambda: DossierPane(self.seat))

    @property
    def periods(self) -> PeriodsPane:
        """期限与督促."""
        return self.pane("periods_tab", lambda: PeriodsPane(self.seat))

    @property
    def ways(self) -> WaysPane:
        """去向与关联."""
        return self.pane("ways_tab", lambda: WaysPane(self.seat))

    @property
    def looked(self) -> LookedPane:
        """谁看过."""
        return self.pane("looked_tab", lambda: LookedPane(self.seat))

    def pane(self, name: str, build: Callable[[], P]) -> P:
        """One of the parts behind the first, built when it is first wanted: all at once would hold the screen."""
        if name not in self.built:
            made: Pane = build()
            self.built[name] = made
            inside = QVBoxLayout(self.holders[name])
            inside.setContentsMargins(0, space("m") if name == "people" else 0, 0, 0)
            inside.addWidget(made)
            if self.known is not None:
                made.show_case(self.known)
        return cast(P, self.built[name])

    def turn(self, place: int) -> None:
        """Another part is wanted."""
        if place > 0:
            getattr(self, TABS[place].removesuffix("_tab"))

    def _deeds(self) -> dict[str, QPushButton]:
        """Every deed of the head; which of them are shown is a question of the state."""
        pages = {"papers": "documents", "edit": "intake", "agreement": "composer", "see_agreement": "composer",
                 "hear": "hearing", "perform": "performance"}  # fmt: skip
        made = {name: button(say(f"case_page.{name}"), partial(self.go, page)) for name, page in pages.items()}
        return {**made, "accept": button(say("case_page.accept"), self.accept)}

    def _tabs(self) -> QTabWidget:
        """概览, 当事人, 调解, 协议与履行, 卷宗, 期限与督促, 去向与关联, 谁看过."""
        self.holders = {name: QWidget() for name in TABS[1:]}
        panes: tuple[QWidget, ...] = (self.overview, *self.holders.values())
        named = [(say(f"case_page.{name}", count=0), pane) for name, pane in zip(TABS, panes, strict=True)]
        made = tabbed(say("case_page.tabs"), named)
        made.currentChanged.connect(self.turn)
        return made

    def home(self) -> QWidget:
        """The parts: the arrows turn them, Tab goes on to the deeds."""
        return self.tabs.tabBar()

    def go(self, page: str) -> None:
        """Another page about this case."""
        if self.case:
            self.seat.went.emit(page, self.case)

    def point(self, place: str) -> None:
        """Where a finding is mended: the form for people and facts, the choice for conflicts, else the composer."""
        head = place.partition(".")[0]
        if self.known is not None and self.known.conflicts and head not in ("clauses", "obligations", "parties"):
            self.conflicts.setFocus()
        self.go("intake" if head in ("parties", "case", "facts") else "composer")

    def accept(self) -> None:
        """Accept the case; what is missing is told above."""
        if self.case:
            self.seat.once("accept", partial(intake.accept, self.seat.desk, CaseId(self.case)))

    def enter(self, case: str = "") -> None:
        """Look at a case; the look leaves its trace once."""
        fresh = bool(case) and case != self.case
        self.case = case or self.case
        if fresh:
            self.tabs.setCurrentIndex(0)
        if self.case:
            self.ask(traced=fresh or self.seen != self.case)

    def ask(self, *, traced: bool = False, reason: str = "") -> None:
        """Read beside the screen; an answer about another case is thrown away."""
        case = CaseId(self.case)
        work = partial(look, self.seat.desk, case, traced=traced, reason=reason)
        self.seat.deed(work, lambda sight: self.show_sight(sight) if self.case == case else None, self.not_shown)

    def not_shown(self, error: MediatorError) -> None:
        """Another's case shows nothing until somebody says why; everything else is told above the page."""
        if error.code != "case.others":
            self.seat.troubled.emit(error)
            return
        self.seen = ""
        self.show_closed(closed=True)
        self.why.ask()

    def show_closed(self, *, closed: bool) -> None:
        """The question alone, or the case alone."""
        self.tabs.setHidden(closed)
        self.why.setVisible(closed)
        if closed:
            self.known = None
            self.conflicts.hide()
            self.readonly.tell("")
            for words in (self.title, self.state, self.aside):
                words.setText("")
            for press in self.deeds.values():
                press.hide()

    def leave(self) -> None:
        """Numbers that were shown are masked again, what is heard is silent."""
        if "people" in self.built:
            self.people.forget()
        if "records" in self.built:
            self.records.sounds.player.stop()

    def unkept(self) -> bool:
        """A reason, an answer or a note in one of the tabs, typed and not kept."""
        typed = self.overview.reasoned.line.typed.text().strip()
        return bool(typed) or any(getattr(each, "unkept", False) for each in self.built.values())

    def show_sight(self, sight: Sight) -> None:
        """Paint it."""
        case = self.known = sight.case
        fresh, self.seen = self.seen != case.id, case.id
        if fresh:
            self.show_closed(closed=False)
        self.title.setText(case.number or case.title)
        self.state.setText(case.status.term)
        restyle(self.state, tone="done" if case.status in IN_FORCE else "calm")
        parts = (case.title, coded(case.dispute_type) or case.dispute_type, next_date(sight, self.seat.desk.today()))
        self.aside.setText("　".join(part for part in parts if part))
        back = sight.where.here is not None and not sight.where.here.open
        self.show_deeds(TAKEN_BACK if back else DEEDS.get(case.status, OVER))
        self.readonly.tell(standing_words(sight))
        self.conflicts.show_sight(sight)
        if fresh:
            self.begin()
        self.overview.show_sight(sight)
        for pane in self.built.values():
            pane.show_case(case)
        counts = (0, len(case.parties), len(case.hearings), 0, 0, 0, 0, 0)
        for place, (name, count) in enumerate(zip(TABS, counts, strict=True)):
            self.tabs.setTabText(place, say(f"case_page.{name}", count=count))
        hit = self.seat.sought
        if hit is not None and hit.case == case.id:
            self.seat.sought = None
            seek(self, case, hit)

    def begin(self) -> None:
        """The keyboard starts at a choice that waits for a person, else at the parts of the case."""
        waiting = [row.group.button(0) for row in self.conflicts.rows if row.versions]
        if waiting and self.focusWidget() in (None, self.home()):
            waiting[0].setFocus()
        else:
            self.keep_focus()

    def show_deeds(self, names: Sequence[str]) -> None:
        """Only what can be done now, the likeliest next step last."""
        for name, press in self.deeds.items():
            press.setVisible(name in names)
            restyle(press, kind="primary" if name == names[-1] else "")
        for name in names:
            self.head.removeWidget(self.deeds[name])
            self.head.addWidget(self.deeds[name])

    def refresh(self, cases: frozenset[str]) -> None:
        """This case changed."""
        if self.case in cases and self.seen == self.case:
            self.ask()
