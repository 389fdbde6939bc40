"""宣读笔录: the record in big letters, page by page; each page is confirmed by name, a slip corrected with trace."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import hearing, hearing_signing, reading
from mediator.casework.hearing_signing import Signer, signers_of
from mediator.casework.reading import Opened
from mediator.core.records import Case, CaseId, Hearing, HearingId, Turn, TurnId
from mediator.core.sittings import confirmed_by
from mediator.ui.pages.hearing_input import TurnInput
from mediator.ui.pages.hearing_turns import TurnList, Turns
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

BIGGER: Final = 2


def pages_of(heights: Sequence[int], room: int) -> list[range]:
    """Which turns stand on which page: as many as there is room for, at least one; a taller one has its own page."""
    pages: list[range] = []
    first = used = 0
    for at, height in enumerate(heights):
        if at > first and used + height > room:
            pages.append(range(first, at))
            first, used = at, 0
        used += height
    return [*pages, range(first, len(heights))] if heights else []


class ReadingView(QWidget):
    """One page of the record. `left()` leads back to it, `finished()` on to the signatures."""

    left = Signal()
    finished = Signal()

    def __init__(self, seat: Seat) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.seat, self.case, self.sitting = seat, CaseId(""), HearingId("")
        self.hearing: Hearing | None = None
        self.spoken: tuple[Turn, ...] = ()
        self.signers: tuple[Signer, ...] = ()
        self.room = QSize()
        self.pages: list[range] = []
        self.page = 0
        self.correcting = TurnId("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card())
        for key, deed in (("PgDown", self.forward), ("PgUp", self.backward), ("Esc", self.give_up)):
            QShortcut(QKeySequence(key), self, deed)

    def _card(self) -> Card:
        """The page, who confirms it, the line for a correction."""
        card = Card(say("hearing.reading"), say("hearing.reading_about"))
        self.place = label("", "strong")
        card.head.addWidget(self.place)
        card.head.addWidget(button(say("hearing.back"), self.left.emit, kind="small"))
        self.turns = Turns()
        self.list = TurnList(self.turns, self.seat.preferences.look, scale=BIGGER)
        self.list.setAccessibleName(say("hearing.reading"))
        self.list.activated.connect(self.begin_correction)
        card.put(self.list, 1)
        self.input = TurnInput()
        self.input.setAccessibleName(say("hearing.read_correction"))
        self.input.ended.connect(self.end_correction)
        self.input.given_up.connect(self.give_up)
        self.input.hide()
        card.put(self.input)
        self.note = Note("")
        card.put(self.note)
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        self.who = QComboBox()
        self.who.setAccessibleName(say("hearing.read_by"))
        self.confirm = button(say("hearing.read_right"), self.initial, kind="primary", key="Ctrl+Return")
        row.addWidget(self.who, 1)
        row.addWidget(self.confirm)
        row.addWidget(button(say("hearing.to_sign"), self.finished.emit))
        card.body.addLayout(row)
        return card

    def show_record(self, case: Case, sitting: Hearing, *, page: int = 0) -> None:
        """What is to be read out; words of the annex are not."""
        self.case, self.sitting, self.hearing, self.page = case.id, sitting.id, sitting, page
        self.spoken = tuple(turn for turn in sitting.turns if not turn.late)
        self.signers = signers_of(case, sitting)
        self.room = QSize()
        self.lay_out()

    def lay_out(self) -> None:
        """Into pages, as the window is now; once for each size."""
        room = self.list.viewport().size()
        if not self.isVisible() or room == self.room:
            return
        self.room = room
        heights = [self.list.painter_of_turns.about(turn.speaker, turn.text, room.width()) for turn in self.spoken]
        self.pages = pages_of(heights, room.height())
        self.page = min(self.page, max(len(self.pages) - 1, 0))
        self.show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another window, other pages."""
        super().resizeEvent(event)
        self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the room is known."""
        super().showEvent(event)
        self.lay_out()
        self.list.setFocus()

    def on_page(self) -> tuple[Turn, ...]:
        """Turns of the page that is shown."""
        return tuple(self.spoken[at] for at in self.pages[self.page]) if self.pages else ()

    def show_page(self) -> None:
        """The page with who has confirmed it; whoever has not is next."""
        self.turns.show_all(self.on_page())
        self.place.setText(say("hearing.page", page=self.page + 1, pages=max(len(self.pages), 1)))
        reads = self.hearing.reads if self.hearing else ()
        names = confirmed_by(reads, [turn.id for turn in self.on_page()])
        self.note.tell(say("hearing.read_names", names="、".join(names)) if names else say("hearing.read_nobody"))
        self.who.clear()
        for signer in self.signers:
            self.who.addItem(f"{signer.name}（{signer.role}）", signer)
        waiting = (at for at, signer in enumerate(self.signers) if signer.name not in names)
        self.who.setCurrentIndex(next(waiting, 0))
        self.list.setCurrentIndex(self.turns.index(0))
        self.list.scrollToTop()

    def forward(self) -> None:
        """Down a turn that is taller than the screen, then to the next page."""
        self.turn_page(1)

    def backward(self) -> None:
        """Up, then to the page before."""
        self.turn_page(-1)

    def turn_page(self, by: int) -> None:
        """As far as there is anything more."""
        bar = self.list.verticalScrollBar()
        end = bar.maximum() if by > 0 else bar.minimum()
        if bar.value() != end:
            bar.setValue(bar.value() + by * bar.pageStep())
        elif 0 <= self.page + by < len(self.pages):
            self.page += by
            self.show_page()

    def initial(self) -> None:
        """The chosen one's word for this page as it is shown."""
        if not self.on_page() or self.who.currentIndex() < 0 or self.correcting:
            return
        shown = [(turn.id, turn.speaker, turn.text) for turn in self.on_page()]
        by = self.signers[self.who.currentIndex()]
        work = partial(hearing_signing.initial, self.seat.desk, self.case, self.sitting, shown=shown, by=by)
        self.seat.once("initial", work, lambda _: self.read_again())

    def begin_correction(self, index: QModelIndex) -> None:
        """Enter on a turn: its words stand in the line below."""
        turn = self.on_page()[index.row()]
        self.correcting = turn.id
        self.input.write(turn.text)
        self.input.show()
        self.input.setFocus()

    def end_correction(self) -> None:
        """The new wording, the old one beside it; whoever confirmed the old one is asked again."""
        turn, words = self.correcting, self.input.words
        if not turn or not words:
            return
        work = partial(hearing.correct_turn, self.seat.desk, self.case, self.sitting, turn=turn, text=words)
        self.seat.once("read_correction", work, lambda _: self.is_corrected())

    def is_corrected(self) -> None:
        """Back to the page."""
        self.stop_correcting()
        self.read_again()

    def stop_correcting(self) -> None:
        """The line goes away."""
        self.correcting = TurnId("")
        self.input.clear()
        self.input.hide()
        self.list.setFocus()

    def give_up(self) -> None:
        """Esc: out of the correction, then out of the reading."""
        if self.correcting:
            self.stop_correcting()
        else:
            self.left.emit()

    def read_again(self) -> None:
        """As it stands now, on the same page."""
        self.seat.deed(partial(reading.reread, self.seat.desk, self.case), self.show_again)

    def show_again(self, opened: Opened) -> None:
        """The same sitting, unless another is open by now."""
        sitting = next((each for each in opened.case.hearings if each.id == self.sitting), None)
        if sitting is not None and opened.case.id == self.case:
            self.show_record(opened.case, sitting, page=self.page)
