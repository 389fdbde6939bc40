"""The form of a paper and the paper itself, side by side where there is room, else one above the other."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mediator.casework import forms, printing
from mediator.casework.complaints import sentence
from mediator.casework.printing import About
from mediator.core.records import CaseId, DocumentId
from mediator.errors import MediatorError
from mediator.ui.pages.documents_form import FormCard
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.paper import PaperView
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

BESIDE: Final = (45, 55)
ABOVE: Final = (60, 40)
ABREAST: Final = 40
PAUSE_MS: Final = 600


class PaperBeside(QWidget):
    """What is shown is `case` and `kind`; the preview follows what was kept after a pause.

    `replaces` is the issued paper that the next one takes the place of; `stopped(error)` tells why there is no preview.
    """

    stopped = Signal(object)

    def __init__(self, seat: Seat) -> None:
        """Nothing yet."""
        super().__init__()
        self.seat, self.case, self.kind, self.shown = seat, "", "", b""
        self.replaces: DocumentId | None = None
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(space("m"))
        self.form = FormCard(seat)
        self.form.hide()
        card = Card(say("documents.preview"))
        self.pages = card.aside
        self.paper, self.trouble = PaperView(say("documents.preview")), Note("", "late")
        self.trouble.hide()
        card.put(self.trouble)
        card.put(self.paper, 1)
        self.line.addWidget(self.form)
        self.line.addWidget(card)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self.draw)
        self.form.changed.connect(self.pause.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or one above the other where the screen is narrow or the text large."""
        super().resizeEvent(event)
        abreast = event.size().width() >= self.seat.preferences.look.wide(ABREAST)
        directions = QBoxLayout.Direction
        self.line.setDirection(directions.LeftToRight if abreast else directions.TopToBottom)
        for place, share in enumerate(BESIDE if abreast else ABOVE):
            self.line.setStretch(place, share)

    @property
    def about(self) -> About:
        """The form on the screen is the one that is printed."""
        return About(form=self.form.form if self.form.isVisibleTo(self) else None, replaces=self.replaces)

    def turn(self, case: str, kind: str) -> None:
        """Show a kind: its form where it has one, its paper at once."""
        asks = bool(forms.fields_of(kind))
        self.form.setVisible(asks)
        if asks:
            self.form.open(CaseId(case), kind)
        self.case, self.kind = case, kind
        self.draw()

    def draw(self) -> None:
        """Set the paper beside the screen, after what was kept before."""
        self.pause.stop()
        if self.case:
            self.seat.deed(lambda: None, lambda _: self._draw())

    def _draw(self) -> None:
        """The form is known by now."""
        case, kind, about = self.case, self.kind, self.about
        work = partial(printing.preview, self.seat.desk, CaseId(case), kind, about=about)
        self.seat.heavy(work, partial(self.show_paper, case, kind), self.no_paper)

    def show_paper(self, case: str, kind: str, data: bytes) -> None:
        """The paper as a draft, unless another is wanted by now."""
        if (case, kind) == (self.case, self.kind):
            self.shown = data
            self.trouble.tell("")
            self.paper.show_pdf(data)
            self.pages.setText(say("documents.count", count=self.paper.pages))

    def no_paper(self, error: MediatorError) -> None:
        """Why there is no preview."""
        self.pages.setText("")
        self.trouble.tell(sentence(error), "late")
        self.stopped.emit(error)

    def forget(self) -> None:
        """Another case: nothing of the one before stays on the screen."""
        self.case, self.kind, self.shown, self.replaces = "", "", b"", None
        self.trouble.tell("")
        self.form.hide()

    def hurry(self) -> None:
        """Draw now what waits for a pause."""
        if self.pause.isActive():
            self.draw()
