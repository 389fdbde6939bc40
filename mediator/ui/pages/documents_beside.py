"""The form of a paper and the paper itself, side by side where there is room, else one above the other."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mediator.casework import forms, printing, templates
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.casework.printing import About
from mediator.casework.templates import KeptTemplate
from mediator.core.records import CaseId, DocumentId
from mediator.errors import MediatorError
from mediator.ui.pages.documents_form import FormCard
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice
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
        self.chosen_layouts: dict[str, str] = {}
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(space("m"))
        self.form = FormCard(seat)
        self.form.hide()
        card = Card(say("documents.preview"))
        self.layout_choice = Choice(say("templates.layout"), [], self.choose_layout)
        self.layout_choice.hide()
        card.head.addWidget(self.layout_choice)
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
        form = self.form.form if self.form.isVisibleTo(self) else None
        return About(form=form, replaces=self.replaces, template=self.layout_choice.value)

    def turn(self, case: str, kind: str) -> None:
        """Show a kind: its form where it has one, its paper at once."""
        asks = bool(forms.fields_of(kind))
        self.form.setVisible(asks)
        if asks:
            self.form.open(CaseId(case), kind)
        self.case, self.kind = case, kind
        self.show_layouts(())
        self.seat.deed(partial(usable, self.seat.desk, kind), partial(self.heard_layouts, kind))

    def heard_layouts(self, kind: str, found: tuple[KeptTemplate, ...]) -> None:
        """Unless another kind is shown by now; the paper is drawn in the layout that was chosen for it before."""
        if kind == self.kind:
            self.show_layouts(found)
            self.draw()

    def show_layouts(self, found: tuple[KeptTemplate, ...]) -> None:
        """The program's own, or an approved template; without any there is nothing to choose."""
        self.layout_choice.clear()
        self.layout_choice.addItem(say("templates.layout_own"), "")
        for each in found:
            self.layout_choice.addItem(say("templates.layout_of", version=each.version), each.id)
        self.layout_choice.show_value(self.chosen_layouts.get(self.kind, ""))
        self.layout_choice.setVisible(bool(found))

    def choose_layout(self, template: str) -> None:
        """For this kind from now on; the paper is another one."""
        self.chosen_layouts[self.kind] = template
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


def usable(desk: Desk, kind: str) -> tuple[KeptTemplate, ...]:
    """Approved templates of a kind that count by today, the newest first."""
    today = desk.today()
    return tuple(
        each
        for each in reversed(templates.kept(desk))
        if each.kind == kind and each.approved and each.valid_from <= today
    )
