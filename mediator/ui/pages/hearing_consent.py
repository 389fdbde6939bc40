"""同意录音: everybody who is there, what each said and when; without the last yes nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget

from mediator.casework import recording
from mediator.casework.recording import Consents
from mediator.core.dates import BEIJING
from mediator.core.recordings import Asked, Consent, ConsentWay
from mediator.core.records import CaseId, HearingId
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.words import say


class ConsentView(Card):
    """`left()` leads back to the record; `agreed()` once everybody said yes and somebody wants to begin."""

    left = Signal()
    agreed = Signal()

    def __init__(self, seat: Seat) -> None:
        """Nobody yet."""
        super().__init__(say("hearing.consent"), padded=True)
        self.seat, self.case, self.sitting = seat, CaseId(""), HearingId("")
        self.shown = Consents((), (), ())
        self.head.addWidget(button(say("hearing.back"), self.left.emit, kind="small"))
        self.put(label(say("hearing.consent_about"), "aside", wrap=True))
        self.people = QListWidget()
        self.people.setWordWrap(True)
        self.people.setAccessibleName(say("hearing.consent"))
        self.put(self.people, 1)
        self.told = Note("")
        self.put(self.told)
        row = QHBoxLayout()
        for words, deed in self._deeds():
            row.addWidget(button(say(words), deed))
        row.addStretch(1)
        self.begin = button(say("hearing.consent_begin"), self.start, kind="primary")
        row.addWidget(self.begin)
        self.body.addLayout(row)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def _deeds(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What somebody may say."""
        return (
            ("hearing.consent_all", self.all_agree),
            ("hearing.consent_oral", partial(self.agree, ConsentWay.ORAL)),
            ("hearing.consent_written", partial(self.agree, ConsentWay.WRITTEN)),
            ("hearing.consent_no", self.refuse),
        )

    def ask(self, case: CaseId, sitting: HearingId) -> None:
        """Read who must be asked."""
        self.case, self.sitting = case, sitting
        self.seat.deed(partial(recording.consents, self.seat.desk, case, sitting), self.show_consents)

    def show_consents(self, consents: Consents) -> None:
        """Everybody with his word; whoever has not said yes is next."""
        before = self.people.currentRow()
        self.shown = consents
        self.people.clear()
        for asked, word in zip(consents.asked, consents.words, strict=True):
            self.people.addItem(f"{asked.name}（{asked.role}）\n{told_of(word)}")
        waiting = [at for at, each in enumerate(consents.asked) if each in consents.missing]
        self.people.setCurrentRow(waiting[0] if waiting else max(before, 0))
        count = len(consents.missing)
        self.begin.setVisible(not count and not self.seat.on_air.is_for(self.sitting))
        self.told.tell(say("hearing.consent_missing", count=count) if count else self.whole())
        if self.begin.isVisible():
            self.begin.setFocus()
        elif not self.people.hasFocus():
            self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def whole(self) -> str:
        """Nobody is missing: it may begin, or it runs and anybody may still say no."""
        return say("hearing.consent_runs" if self.seat.on_air.is_for(self.sitting) else "hearing.consent_whole")

    @property
    def chosen(self) -> Asked | None:
        """The person on whom the list stands."""
        at = self.people.currentRow()
        return self.shown.asked[at] if 0 <= at < len(self.shown.asked) else None

    def all_agree(self) -> None:
        """Everybody who has not said yes yet says so now, aloud; each gets an entry of his own."""
        self._keep(self.shown.missing, ConsentWay.ORAL)

    def agree(self, way: ConsentWay) -> None:
        """The chosen one says yes."""
        self._keep([self.chosen] if self.chosen else [], way)

    def _keep(self, people: Sequence[Asked], way: ConsentWay) -> None:
        """Keep their word and read again."""
        if people:
            work = partial(recording.agree, self.seat.desk, self.case, self.sitting, people, way=way)
            self.seat.once("consent", work, lambda _: self.ask(self.case, self.sitting))

    def refuse(self) -> None:
        """The chosen one says no, or no longer: what runs stops before anything else."""
        if self.chosen is None:
            return
        self.seat.on_air.withdraw(self.sitting)
        work = partial(recording.withdraw, self.seat.desk, self.case, self.sitting, self.chosen)
        self.seat.once("consent", work, lambda _: self.ask(self.case, self.sitting))

    def start(self) -> None:
        """Begin, if nobody is missing."""
        if self.shown.missing or not self.shown.asked or self.seat.on_air.is_for(self.sitting):
            self.people.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.agreed.emit()


def told_of(word: Consent | None) -> str:
    """What somebody said, and when."""
    if word is None:
        return say("hearing.consent_not_yet")
    at = word.at if word.stands else word.withdrawn_at
    time = f"{at.astimezone(BEIJING):%H:%M}" if at else ""
    return f"{word.way.term if word.stands else say('hearing.consent_said_no')}　{time}"
