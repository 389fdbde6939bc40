"""The form of a paper beside its preview: kept as it is typed, several of one kind, nothing typed is ever lost."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework.complaints import sentence
from mediator.core.records import CaseId, FormId, PaperForm, Value
from mediator.errors import MediatorError
from mediator.ui.pages.documents_fields import control_for, marked
from mediator.ui.pages.documents_filling import Filling, FormState
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Choice, labelled
from mediator.ui.pieces.labels import Note
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class FormSheet(QWidget):
    """The controls of one form; `told(name, value)` asks to keep a field."""

    told = Signal(str, object)

    def __init__(self, seat: Seat, filling: Filling) -> None:
        """Empty until its state is shown."""
        super().__init__()
        self.filling, self.waiting = filling, 0
        self.area = scrolled(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(space("m"), space("s"), space("m"), space("m"))
        column.setSpacing(space("xs"))
        self.controls = {
            each.name: control_for(each, partial(self.told.emit, each.name), seat.preferences.look)
            for each in filling.fields
        }
        for each in filling.fields:
            words, control = labelled(marked(each), self.controls[each.name])
            column.addWidget(words)
            column.addWidget(control)
            column.addSpacing(space("xs"))
        column.addStretch(1)

    @property
    def unkept(self) -> bool:
        """Whether words stand here that the vault does not have yet."""
        return self.waiting > 0 or any(each.dirty for each in self.controls.values())

    def flush(self) -> None:
        """Ask to keep everything typed."""
        for each in self.controls.values():
            each.flush()

    def show_state(self, state: FormState) -> None:
        """Values, what the record knows, and what is still open beside its field."""
        for name, control in self.controls.items():
            control.show_value(state.values.get(name, ""), state.known.get(name, ""))
            if not control.dirty:
                control.show_fault(say("documents.field_open") if name in state.gaps else "")


class FormCard(Card):
    """`changed()` when the paper would be another one now. The form on the screen is the one that is issued."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        """No form yet."""
        super().__init__(say("documents.form"))
        self.seat, self.changes, self.sure = seat, 0, False
        self.filling: Filling | None = None
        self.sheets: dict[Filling, FormSheet] = {}
        self.choice = Choice(say("documents.which_form"), [], self.choose)
        self.more = button(say("documents.another_form"), self.begin, kind="small")
        self.more.setToolTip(say("documents.another_about"))
        self.less = button(say("documents.discard"), self.discard, kind="small")
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), space("s"), space("m"), 0)
        row.setSpacing(space("s"))
        row.addWidget(self.choice, 1)
        row.addWidget(self.more)
        row.addWidget(self.less)
        row.addStretch(1)
        self.body.addLayout(row)
        self.note = Note("", "late")
        self.note.hide()
        self.put(self.note)
        self.stack = QStackedWidget()
        self.stack.setProperty("kind", "inside")
        self.put(self.stack, 1)

    @property
    def form(self) -> FormId | None:
        """The form on the screen, once something was kept of it."""
        return self.filling.form if self.filling else None

    @property
    def unkept(self) -> bool:
        """Whether any form holds words that the vault does not have."""
        return any(sheet.unkept for sheet in self.sheets.values())

    def left_over(self, case: str) -> str:
        """The kind of a form of this case with words that were refused; empty without any."""
        return next((each.kind for each, sheet in self.sheets.items() if sheet.unkept and each.case == case), "")

    def open(self, case: CaseId, kind: str) -> None:
        """Show the newest form of a kind, or the one where words were left."""
        if self.filling is not None and (self.filling.case, self.filling.kind) == (case, kind):
            return
        left = (each for each, sheet in self.sheets.items() if sheet.unkept and (each.case, each.kind) == (case, kind))
        self.turn(next(left, None) or Filling(self.seat.desk, case, kind))

    def choose(self, form: str) -> None:
        """Another form of the same kind."""
        if self.filling is not None:
            wanted = FormId(form)
            left = (each for each, sheet in self.sheets.items() if sheet.unkept and each.form == wanted)
            self.turn(next(left, None) or Filling(self.seat.desk, self.filling.case, self.filling.kind, wanted))
            self.changed.emit()

    def turn(self, filling: Filling) -> None:
        """Another form; what was typed in the one before is kept."""
        self.flush()
        self.filling = filling
        self.think_again()
        self.aside.setText("")
        self.note.tell("")
        self.ask()

    def ask(self) -> None:
        """Read the form again; an answer older than the newest change is thrown away, another follows it."""
        if self.filling is not None:
            self.seat.deed(self.filling.look, partial(self.came, self.filling, self.changes))

    def came(self, filling: Filling, changes: int, state: FormState) -> None:
        """Show it."""
        if filling is not self.filling or changes != self.changes:
            return
        if filling not in self.sheets:
            filling.form = state.chosen
            self.add(filling)
        filling.seen = state.seen
        sheet = self.sheets[filling]
        sheet.show_state(state)
        self.show_forms(state.forms, filling)
        self.stack.setCurrentWidget(sheet.area)
        self.put_away()

    def add(self, filling: Filling) -> None:
        """A sheet for a form."""
        sheet = FormSheet(self.seat, filling)
        sheet.told.connect(partial(self.keep, filling))
        self.sheets[filling] = sheet
        self.stack.addWidget(sheet.area)

    def put_away(self) -> None:
        """Sheets that were left and hold nothing of their own."""
        for filling in [each for each, sheet in self.sheets.items() if each is not self.filling and not sheet.unkept]:
            sheet = self.sheets.pop(filling)
            self.stack.removeWidget(sheet.area)
            sheet.area.deleteLater()

    def show_forms(self, forms: tuple[PaperForm, ...], filling: Filling) -> None:
        """Which forms there are, newest last; nothing to choose while there is one."""
        self.choice.clear()
        for number, each in enumerate(forms, start=1):
            self.choice.addItem(say("documents.nth_form", number=number, words=first_words(each, filling)), each.id)
        self.choice.show_value(filling.form or "")
        self.choice.setVisible(len(forms) > 1)
        for press in (self.more, self.less):
            press.setVisible(bool(forms))

    def keep(self, filling: Filling, name: str, value: Value) -> None:
        """Keep a field."""
        self.changes += 1
        self.sheets[filling].waiting += 1
        self.aside.setText("")
        work = partial(filling.save, name, value, filling.seen)
        self.seat.deed(work, lambda _: self.is_kept(filling), partial(self.not_kept, filling, name))

    def is_kept(self, filling: Filling) -> None:
        """It is durable: the paper follows."""
        sheet = self.sheets[filling]
        sheet.waiting -= 1
        if filling is self.filling:
            self.aside.setText(say("documents.kept"))
            if not sheet.unkept:
                self.note.tell("")
            self.ask()
            self.changed.emit()

    def not_kept(self, filling: Filling, name: str, error: MediatorError) -> None:
        """Why not; the words stay in their field and are told again when it is left."""
        sheet = self.sheets[filling]
        sheet.waiting -= 1
        sheet.controls[name].not_kept()
        self.aside.setText(say("documents.not_kept"))
        self.note.tell(sentence(error), "late")

    def begin(self) -> None:
        """A further form of this kind with the same words: the next person's notice differs in a line or two."""
        sheet = self.sheets.get(self.filling) if self.filling else None
        if self.filling is None or sheet is None:
            return
        self.flush()
        filling = Filling(self.seat.desk, self.filling.case, self.filling.kind)
        self.seat.once("form", partial(begin_like, filling, self.filling), lambda _: self.turned(filling))

    def turned(self, filling: Filling) -> None:
        """Another form stands in the vault now."""
        self.turn(filling)
        self.changed.emit()

    def discard(self) -> None:
        """Take the form back; the first press says what will be, the second does it."""
        if self.filling is None:
            return
        if not self.sure:
            self.sure = True
            self.less.setText(say("documents.discard_now"))
            self.note.tell(say("documents.discard_sure"), "soon")
            return
        gone = self.filling
        self.seat.once("form", gone.discard, lambda _: self.is_discarded(gone))

    def is_discarded(self, gone: Filling) -> None:
        """The form before it, or an empty one."""
        sheet = self.sheets.pop(gone)
        self.stack.removeWidget(sheet.area)
        sheet.area.deleteLater()
        self.filling = None
        self.turned(Filling(self.seat.desk, gone.case, gone.kind))

    def focus_on(self, name: str = "") -> None:
        """The keyboard goes to a field of the form on the screen, without a name to the first."""
        sheet = self.sheets.get(self.filling) if self.filling and self.isVisible() else None
        if sheet is not None:
            sheet.controls.get(name, next(iter(sheet.controls.values()))).setFocus()

    def think_again(self) -> None:
        """Nothing is about to be taken back."""
        self.sure = False
        self.less.setText(say("documents.discard"))

    def flush(self) -> None:
        """Ask to keep everything typed, also what was refused before."""
        for sheet in self.sheets.values():
            sheet.flush()


def begin_like(filling: Filling, like: Filling) -> None:
    """On the worker's lane: a form with the words of another."""
    filling.begin(like.look().values)


def first_words(form: PaperForm, filling: Filling) -> str:
    """What tells one form from the next: the first words in it."""
    texts = (form.values.get(each.name, "") for each in filling.fields if each.shape.value in {"text", "lines"})
    return next((value for value in texts if isinstance(value, str) and value), "")
