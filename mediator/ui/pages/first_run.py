"""First run in five steps: room, user, password, recovery sheet, begin. Going back loses nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from mediator.casework import importing, opening
from mediator.casework.desk import Desk, Workshop
from mediator.casework.opening import Created, RoomForm
from mediator.casework.samples import sample_files
from mediator.core.divisions import division_names
from mediator.ui.pages.door import DoorPage
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.words import say
from mediator.ui.worker import Worker

STEPS: Final = ("room", "user", "password", "recovery", "begin")
COUNTY: Final = 6


class FirstRunPage(DoorPage):
    """The vault is made after the third step; the recovery code must be typed back before anything else."""

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """At the first step."""
        super().__init__(workshop, place, worker)
        self.made: Created | None = None
        self.title.setText(say("first_run.title"))
        self.step_line = label("", "aside")
        self.column.addWidget(self.step_line)
        self.pages = QStackedWidget()
        for build in (self._room, self._user, self._password, self._recovery, self._begin):
            self.pages.addWidget(build())
        self.column.addWidget(self.pages)
        row = QHBoxLayout()
        self.back = button(say("first_run.back"), lambda: self.turn(-1))
        self.forward = button(say("first_run.next"), self.go_on, kind="primary")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.forward)
        self.column.addLayout(row)
        self.column.addStretch(2)
        self.show_step()

    @property
    def step(self) -> str:
        """Where we are."""
        return STEPS[self.pages.currentIndex()]

    def _sheet(self, step: str) -> tuple[QWidget, Card]:
        """A step: its card with a sentence."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(say(f"first_run.{step}"), padded=True)
        card.put(label(say(f"first_run.{step}_about"), "aside", wrap=True))
        column.addWidget(card)
        column.addStretch(1)
        return page, card

    def _line(self, card: Card, name: str) -> QLineEdit:
        """A labelled line; Enter goes on."""
        field = QLineEdit()
        field.setAccessibleName(say(f"first_run.{name}").replace("&", ""))
        words = label(say(f"first_run.{name}"), "label")
        words.setBuddy(field)
        field.returnPressed.connect(self.go_on)
        card.put(words)
        card.put(field)
        return field

    def _room(self) -> QWidget:
        """调解组织."""
        page, card = self._sheet("room")
        self.organization = self._line(card, "organization")
        self.division = self._line(card, "division")
        self.place_name = label("", "aside")
        card.put(self.place_name)
        self.division.textChanged.connect(self.show_place)
        return page

    def show_place(self, code: str) -> None:
        """Name the place of a code, so that a slip is seen."""
        names = division_names(code[:COUNTY])
        found = [names[code[:size]] for size in (2, 4, 6, 9, 12) if code[:size] in names and len(code) >= size]
        self.place_name.setText("".join(found))

    def _user(self) -> QWidget:
        """使用人."""
        page, card = self._sheet("user")
        self.named = self._line(card, "name")
        self.login = self._line(card, "login")
        return page

    def _password(self) -> QWidget:
        """密码."""
        page, card = self._sheet("password")
        self.first, self.second = SecretField(say("first_run.first")), SecretField(say("first_run.second"))
        for field in (self.first, self.second):
            field.returnPressed.connect(self.go_on)
            card.put(field.label)
            card.put(field)
        return page

    def _recovery(self) -> QWidget:
        """恢复码: shown, printed, typed back."""
        page, card = self._sheet("recovery")
        self.code = QPlainTextEdit()
        self.code.setReadOnly(True)
        self.code.setProperty("kind", "hearing")
        self.code.setAccessibleName(say("first_run.code"))
        self.code.setTabChangesFocus(True)
        self.code.setMaximumHeight(self.code.fontMetrics().lineSpacing() * 5)
        card.put(self.code)
        row = QHBoxLayout()
        row.addWidget(button(say("first_run.print"), self.print_code))
        row.addStretch(1)
        card.body.addLayout(row)
        self.typed = self._line(card, "typed")
        return page

    def _begin(self) -> QWidget:
        """开始."""
        page, card = self._sheet("begin")
        self.empty, self.samples = QRadioButton(say("first_run.empty")), QRadioButton(say("first_run.samples"))
        self.empty.setChecked(True)
        card.put(self.empty)
        card.put(self.samples)
        return page

    def show_step(self) -> None:
        """The line above, the buttons below, the focus in the first field."""
        number = self.pages.currentIndex() + 1
        self.step_line.setText(say("first_run.step", number=number, total=len(STEPS)))
        self.back.setEnabled(1 < number <= STEPS.index("recovery"))
        self.forward.setText(say("first_run.start") if self.step == STEPS[-1] else say("first_run.next"))
        self.forward.setAccessibleName(self.forward.text())
        self.take_focus()

    def take_focus(self) -> None:
        """The first field of the step."""
        places = {"room": self.organization, "user": self.named, "password": self.first, "recovery": self.typed,
                  "begin": self.empty}  # fmt: skip
        places[self.step].setFocus()

    def turn(self, by: int) -> None:
        """To another step; a vault that is made is not made again."""
        at = self.pages.currentIndex() + by
        if self.made is not None and at < STEPS.index("recovery"):
            return
        self.told.tell("")
        self.pages.setCurrentIndex(at)
        self.show_step()

    def go_on(self) -> None:
        """Do what the step asks for, then turn the page."""
        steps = {"room": self.leave_room, "user": self.leave_user, "password": self.make, "recovery": self.type_back,
                 "begin": self.begin}  # fmt: skip
        steps[self.step]()

    def leave_room(self) -> None:
        """A committee and a division code."""
        code = self.division.text().strip()
        if not self.organization.text().strip() or not (code.isdigit() and len(code) in (6, 9, 12)):
            self.told.tell(say("first_run.room_gap"), "late")
            return
        self.turn(1)

    def leave_user(self) -> None:
        """A name and a login; the login may be left to the name."""
        if not self.named.text().strip():
            self.told.tell(say("first_run.user_gap"), "late")
            return
        if not self.login.text().strip():
            self.login.setText(self.named.text().strip())
        self.turn(1)

    def make(self) -> None:
        """Make the vault."""
        if self.first.text() != self.second.text():
            self.told.tell(say("first_run.differ"), "late")
            return
        form = RoomForm(*(field.text().strip() for field in (self.organization, self.division, self.login, self.named)))
        self.deed(partial(opening.create, self.workshop, self.place, form, self.first.text()), self.is_made)

    def is_made(self, made: Created) -> None:
        """Show the code, this once."""
        self.made = made
        self.first.clear()
        self.second.clear()
        groups = made.recovery_code.replace("-", " ").split()
        half = len(groups) // 2
        self.code.setPlainText("　".join(groups[:half]) + "\n" + "　".join(groups[half:]))
        self.turn(1)

    def print_code(self) -> None:
        """The sheet for the cupboard."""
        assert self.made is not None
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            sheet = QTextDocument()
            sheet.setPlainText(
                say("first_run.sheet", organization=self.organization.text(), code=self.code.toPlainText())
            )
            sheet.print_(printer)

    def type_back(self) -> None:
        """Only who has it on paper can type it back."""
        assert self.made is not None
        made, typed = self.made, self.typed.text()
        self.deed(lambda: opening.confirm_recovery_code(made.desk, typed), self.typed_back)

    def typed_back(self, right: bool) -> None:
        """Right: on; wrong: again, the code stays on the screen."""
        if not right:
            self.told.tell(say("first_run.code_wrong"), "late")
            self.typed.setFocus()
            return
        self.code.clear()
        self.typed.clear()
        self.turn(1)

    def begin(self) -> None:
        """Empty, or with the sample cases."""
        assert self.made is not None
        desk, samples = self.made.desk, self.samples.isChecked()
        self.deed(lambda: with_samples(desk) if samples else desk, self.opened.emit)


def with_samples(desk: Desk) -> Desk:
    """Take the six sample cases in."""
    for _, data in sample_files():
        importing.import_file(desk, data)
    return desk
