"""同步: network and stick as two cards, what came of it, joining a county, and conflicts that wait for a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton

from mediator.casework import exchange, handover, reading
from mediator.casework.complaints import sentence, words_of
from mediator.casework.county import Enrolled, Exchanged, Parcel, PastExchange, Retry, SyncState
from mediator.casework.reading import CaseRow
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.sync_receipt import ReceiptCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class SyncPage(Page):
    """One exchange a press; both roads carry the same bundle and may be repeated without harm."""

    name = "sync"

    def __init__(self, seat: Seat) -> None:
        """Two roads above, history and conflicts below; joining stands where no county is known yet."""
        super().__init__(seat, say("sync.title"))
        seat.road_changed.connect(self.ask)
        self.head.addWidget(label(say("sync.about"), "aside"))
        self.head.addStretch(1)
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        self.pressed: list[QPushButton] = []
        self.parcels: tuple[Parcel, ...] = ()
        roads = QHBoxLayout()
        roads.setSpacing(space("m"))
        roads.addWidget(self._network(), 1)
        roads.addWidget(self._stick(), 1)
        self.receipt = ReceiptCard(seat)
        roads.addWidget(self.receipt, 1)
        self.body.addLayout(roads)
        self.joining = self._joining()
        self.body.addWidget(self.joining)
        below = QHBoxLayout()
        below.setSpacing(space("m"))
        below.addWidget(self._history(), 3)
        below.addWidget(self._conflicts(), 2)
        self.body.addLayout(below, 1)

    def _road(self, name: str, press: Callable[[], None], *beside: QPushButton) -> Card:
        """A road: what waits, and one button, or another beside it."""
        card = Card(say(f"sync.{name}"), padded=True)
        card.put(label(say(f"sync.{name}_about"), "aside", wrap=True))
        row = QHBoxLayout()
        go = button(say(f"sync.{name}_go"), press, kind="primary")
        for each in (go, *beside):
            row.addWidget(each)
        row.addStretch(1)
        self.pressed.append(go)
        card.body.addLayout(row)
        return card

    def _network(self) -> Card:
        """网络."""
        card = self._road("network", self.by_network)
        self.center, self.retry = label("", "aside", wrap=True), label("", wrap=True)
        card.body.insertWidget(0, self.center)
        card.body.insertWidget(1, self.retry)
        return card

    def _stick(self) -> Card:
        """U 盘."""
        self.hand_over = button(say("sync.handover"), self.choose_handover)
        self.hand_over.setEnabled(False)
        card = self._road("stick", self.choose_stick, self.hand_over)
        self.waiting = label("", wrap=True)
        card.body.insertWidget(0, self.waiting)
        return card

    def _joining(self) -> Card:
        """加入县中心, by a code over the network or by files on a stick."""
        card = Card(say("sync.join"), say("sync.join_about"), padded=True)
        self.url, self.code = QLineEdit(), QLineEdit()
        self.url.setPlaceholderText("https://")
        row = QHBoxLayout()
        for name, field in (("url", self.url), ("code", self.code)):
            words, _ = labelled(say(f"sync.{name}"), field)
            field.setAccessibleName(spoken(words.text()))
            row.addWidget(words)
            row.addWidget(field, 2 if name == "url" else 1)
        row.addWidget(button(say("sync.join_network"), self.join_network))
        row.addWidget(button(say("sync.join_stick"), self.choose_stick_to_join))
        card.body.addLayout(row)
        return card

    def _history(self) -> Card:
        """来往记录."""
        columns: tuple[Column[PastExchange], ...] = (
            Column(say("sync.when"), lambda each: f"{each.at:%m-%d %H:%M}", 6),
            Column(say("sync.road"), lambda each: say(f"sync.road_{each.road}"), 4),
            Column(say("sync.sent"), lambda each: f"{each.sent:,}", 4, number=True),
            Column(say("sync.received"), lambda each: f"{each.received:,}", 4, number=True),
            Column(say("sync.outcome"), self.outcome, tone=lambda each: "soon" if each.code else "done"),
        )
        self.history: Rows[PastExchange] = Rows(columns)
        card = Card(say("sync.history"))
        self.receipts = card.aside
        table = Table(self.history, say("sync.history"), look=self.seat.preferences.look)
        table.fit(columns)
        table.empty = say("sync.no_history")
        card.put(table)
        return card

    def _conflicts(self) -> Card:
        """Cases in which two desks wrote different values; Enter opens the case, where one is chosen."""
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("sync.case"), lambda each: each.number, 12),
            Column(say("sync.title_of"), lambda each: each.title),
            Column(say("sync.places"), lambda each: str(each.conflicts), 3, number=True),
        )
        self.conflicts: Rows[CaseRow] = Rows(columns)
        card = Card(say("sync.conflicts"))
        self.conflict_count = card.aside
        table = Table(self.conflicts, say("sync.conflicts"), look=self.seat.preferences.look)
        table.fit(columns)
        table.empty = say("sync.nothing_to_choose")
        table.opened.connect(lambda row: self.seat.went.emit("case_page", self.conflicts.rows[row].id))
        card.put(table)
        return card

    def outcome(self, each: PastExchange) -> str:
        """Received by the center, or what stood in the way."""
        return words_of(each.code) if each.code else say("sync.done")

    def enter(self, case: str = "") -> None:
        """Ask what waits and what was."""
        self.ask()

    def refresh(self, cases: frozenset[str]) -> None:
        """New entries wait, or came."""
        self.ask()

    def ask(self) -> None:
        """State of the exchange, and conflicts."""
        self.seat.deed(lambda: exchange.status(self.seat.desk), self.show_state)
        self.seat.deed(lambda: reading.in_conflict(self.seat.desk), self.show_conflicts)

    def show_state(self, state: SyncState) -> None:
        """Both cards and the history."""
        member = state.state == "enrolled"
        self.joining.setVisible(not member)
        for press in self.pressed:
            press.setEnabled(member)
        self.center.setText(say("sync.member", center=state.center, url=state.url) if member else say("sync.no_member"))
        self.retry.setText(tried(state.retry))
        self.retry.setVisible(bool(self.retry.text()))
        files = exchange.files_told(state.files)
        self.waiting.setText(say("sync.waiting", count=f"{state.pending:,}") + files)
        self.receipts.setText(say("sync.receipts", count=state.receipts))
        self.history.show_rows(state.history)

    def show_conflicts(self, rows: tuple[CaseRow, ...]) -> None:
        """Cases that wait for a choice."""
        self.conflict_count.setText(say("sync.cases", count=len(rows)) if rows else say("sync.no_conflicts"))
        self.conflicts.show_rows(rows)

    def by_network(self) -> None:
        """One exchange over the network."""
        self.begin(lambda: exchange.by_network(self.seat.desk), lambda _: "")

    def choose_stick(self) -> None:
        """Which stick."""
        chosen = QFileDialog.getExistingDirectory(self, say("sync.which_stick"))
        if chosen:
            self.by_stick(Path(chosen))

    def by_stick(self, folder: Path) -> None:
        """One exchange with a stick."""
        self.begin(lambda: exchange.by_stick(self.seat.desk, folder), pulled_out)

    def choose_handover(self) -> None:
        """Where the slip that goes with the stick is written."""
        chosen = QFileDialog.getExistingDirectory(self, say("sync.handover_where"))
        if chosen:
            self.write_handover(Path(chosen))

    def write_handover(self, out: Path) -> None:
        """What lies on the stick, with digits to compare."""
        work = partial(handover.write, self.seat.desk, self.parcels, out)
        self.seat.once("handover", work, self.handed_over, self.failed, heavy=True)

    def handed_over(self, path: Path) -> None:
        """Where it lies."""
        self.told.tell(say("sync.handover_made", name=path.name))

    def begin(self, work: Callable[[], Exchanged], last: Callable[[Exchanged], str]) -> None:
        """Exchange beside the screen; typing goes on. `last` is what is said at the end, however it ended."""
        self.told.tell(say("sync.running"))
        self.seat.once("exchange", work, partial(self.exchanged, last), self.failed, road=True)

    def exchanged(self, last: Callable[[Exchanged], str], done: Exchanged) -> None:
        """What went, what came, what still waits."""
        self.parcels = done.parcels or self.parcels
        self.hand_over.setEnabled(bool(self.parcels))
        facts = {"sent": f"{done.sent:,}", "received": f"{done.received:,}", "pending": f"{done.pending:,}"}
        after = (words_of(done.code) if done.code else "") + last(done)
        self.told.tell(say("sync.finished", **facts) + exchange.told(done) + after)
        self.ask()

    def failed(self, error: MediatorError) -> None:
        """What happened and what is safe."""
        self.told.tell(sentence(error), "late")
        self.ask()

    def join_network(self) -> None:
        """Join by code."""
        url, code = self.url.text().strip(), self.code.text().strip()
        self.join(lambda: exchange.enroll_network(self.seat.desk, url, code))

    def choose_stick_to_join(self) -> None:
        """Which stick holds the county's card."""
        chosen = QFileDialog.getExistingDirectory(self, say("sync.which_stick"))
        if chosen:
            self.join(partial(exchange.enroll_stick, self.seat.desk, Path(chosen)))

    def join(self, work: Callable[[], Enrolled]) -> None:
        """Ask the county to take this desk in."""
        self.told.tell(say("sync.joining"))
        self.seat.once("join", work, self.joined, self.failed, road=True)

    def joined(self, done: Enrolled) -> None:
        """Taken in, or what is to be done next."""
        self.told.tell(say(f"sync.joined_{done.state}", center=done.center, digits=done.digits))
        self.ask()


def pulled_out(done: Exchanged) -> str:
    """When the stick may be pulled out, and whether something lies on it; nothing of one that is gone already."""
    if done.code == "stick.gone":
        return ""
    return say("sync.unplug" if done.parcels else "sync.unplug_unwritten")


def tried(retry: Retry) -> str:
    """When the network was tried last and how that ended, and when the next try comes; empty before the first."""
    if retry.tried is None:
        return ""
    at, again = f"{retry.tried:%H:%M}", f"{retry.again:%H:%M}" if retry.again else ""
    if not retry.failures:
        return say("sync.met", at=at, again=again) if again else say("sync.met_once", at=at)
    then = say("sync.again", again=again) if again else say("sync.no_again") if retry.by_itself else ""
    return say("sync.missed", at=at, why=words_of(retry.code)) + then
