"""签字: everybody who was there, and what each did with the record: signed here, signs the print, refused."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from mediator.casework import hearing_signing
from mediator.casework.hearing_signing import Answer, Laid, Signer, answer_of, lay_before, signers_of
from mediator.core.records import CaseId, HearingId
from mediator.core.sittings import RecordSignature, SignWay
from mediator.ui.pages.hearing_pad import SignaturePad
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

PEOPLE_CHARS = 22


class SigningView(QWidget):
    """People on the left, the field on the right. `left()` leads back to the record."""

    left = Signal()
    to_close = Signal()

    def __init__(self, seat: Seat) -> None:
        """Nobody yet."""
        super().__init__()
        self.seat, self.case, self.sitting, self.digest = seat, CaseId(""), HearingId(""), ""
        self.signers: tuple[Signer, ...] = ()
        self.answers: list[RecordSignature | None] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(self._people())
        row.addWidget(self._field(), 1)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def _people(self) -> Card:
        """Who signs, with what he did."""
        card = Card(say("hearing.signers"))
        card.setFixedWidth(self.seat.preferences.look.wide(PEOPLE_CHARS))
        self.missing = card.aside
        self.people = QListWidget()
        self.people.setWordWrap(True)
        self.people.setAccessibleName(say("hearing.signers"))
        self.people.currentRowChanged.connect(lambda _: self.show_signer())
        card.put(self.people, 1)
        return card

    def _field(self) -> Card:
        """The field, what is signed, and the three ways."""
        card = Card(say("hearing.sign_here"), padded=True)
        self.asked = card.title
        card.head.addWidget(button(say("hearing.back"), self.left.emit, kind="small"))
        card.put(label(say("hearing.sign_about"), "aside", wrap=True))
        self.pad = SignaturePad(self.seat.preferences.look)
        card.put(self.pad, 1)
        self.told = Note("")
        card.put(self.told)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("hearing.refused_why"))
        self.reason.setPlaceholderText(say("hearing.refused_why"))
        self.reason.returnPressed.connect(partial(self.give, SignWay.REFUSED))
        card.put(self.reason)
        card.body.addLayout(self._ways())
        return card

    def _ways(self) -> QVBoxLayout:
        """Two rows of buttons, so that they fit a low screen with large letters."""
        rows = QVBoxLayout()
        rows.setSpacing(space("s"))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(button(say("hearing.sign_again"), self.pad.clear, key="Delete"))
        first.addWidget(button(say("hearing.refuse"), partial(self.give, SignWay.REFUSED)))
        first.addStretch(1)
        first.addWidget(button(say("hearing.signed"), partial(self.give, SignWay.STROKES), kind="primary"))
        second.addWidget(button(say("hearing.sign_print"), partial(self.give, SignWay.PAPER)))
        second.addStretch(1)
        second.addWidget(button(say("hearing.all_signed"), self.to_close.emit))
        rows.addLayout(first)
        rows.addLayout(second)
        return rows

    def show_record(self, laid: Laid) -> None:
        """Everybody of this sitting; whoever has not answered is next."""
        self.case, self.sitting, self.digest = laid.case.id, laid.hearing.id, laid.digest
        self.signers = signers_of(laid.case, laid.hearing)
        self.answers = [answer_of(laid.hearing, each) for each in self.signers]
        self.people.blockSignals(True)
        self.people.clear()
        for signer, given in zip(self.signers, self.answers, strict=True):
            self.people.addItem(f"{signer.name}（{signer.role}）\n{told_of(given)}")
        self.people.blockSignals(False)
        waiting = [at for at, given in enumerate(self.answers) if given is None or not given.fits]
        self.missing.setText(say("hearing.sign_missing", count=len(waiting)) if waiting else say("hearing.sign_all"))
        self.people.setCurrentRow(waiting[0] if waiting else 0)
        self.show_signer()
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_signer(self) -> None:
        """The field of whoever is chosen: his strokes, or room for them."""
        at = self.people.currentRow()
        if at < 0:
            return
        given = self.answers[at]
        standing = given is not None and given.fits
        self.asked.setText(say("hearing.sign_who", name=self.signers[at].name))
        self.told.tell(told_of(given) if given else "", "calm" if standing else "soon")
        self.pad.show_strokes(given.strokes if given and standing else (), writable=not standing)
        self.reason.setText(given.reason if given and standing else "")

    def give(self, way: SignWay) -> None:
        """What the chosen one does with the record as it is shown."""
        at = self.people.currentRow()
        if at < 0:
            return
        if way is SignWay.REFUSED and not self.reason.text().strip():
            self.reason.setFocus()
            return
        reason = self.reason.text() if way is SignWay.REFUSED else ""
        strokes = self.pad.strokes if way is SignWay.STROKES else ()
        given = Answer(self.signers[at], way, self.digest, strokes, reason)
        work = partial(hearing_signing.answer, self.seat.desk, self.case, self.sitting, given)
        self.seat.once("answer", work, lambda _: self.read_again())

    def read_again(self) -> None:
        """As it stands now."""
        self.seat.deed(partial(lay_before, self.seat.desk, self.case, self.sitting), self.show_again)

    def show_again(self, laid: Laid) -> None:
        """The same sitting, unless another is open by now."""
        if laid.hearing.id == self.sitting:
            self.show_record(laid)


def told_of(given: RecordSignature | None) -> str:
    """What somebody did, in words."""
    if given is None:
        return say("hearing.sign_not_yet")
    if not given.fits:
        return say("hearing.sign_changed")
    at = f"{given.at:%H:%M}" if given.at else ""
    words = f"{given.way.term}　{at}"
    return f"{words}　{given.reason}" if given.reason else words
