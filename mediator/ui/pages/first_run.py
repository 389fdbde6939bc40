"""First run in five steps: room, user, password, recovery sheet, begin. Going back loses nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from mediator.casework import importing, opening
from mediator.casework.complaints import words_of
from mediator.casework.desk import Desk, Workshop
from mediator.casework.opening import Created, RoomForm
from mediator.casework.samples import sample_files
from mediator.core.divisions import full_name, townships
from mediator.ui.pages.door import DoorPage
from mediator.ui.pages.door_code import CodeSheet
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice
from mediator.ui.pieces.labels import label, restyle
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.words import say
from mediator.ui.worker import Worker

STEPS: Final = ("room", "user", "password", "recovery", "begin")
CODE_SIZES: Final = (6, 9, 12)


class FirstRunPage(DoorPage):
    """The vault is made after the third step; the recovery code must be typed back before anything else."""

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """At the first step."""
        super().__init__(workshop, place, worker)
        self.made: Created | None = None
        self.handed_on = False
        self.title.setText(say("first_run.title"))
        self.column.addWidget(label(say("first_run.about"), "aside"))
        self.marks = self._marks()
        self.at = 0
        self.sheets = [build() for build in (self._room, self._user, self._password, self._recovery, self._begin)]
        for page in self.sheets:
            self.column.addWidget(page)
        row = QHBoxLayout()
        self.back = button(say("first_run.back"), lambda: self.turn(-1))
        self.forward = button(say("first_run.next"), self.go_on, kind="primary")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.forward)
        self.column.addLayout(row)
        self.roads = self._roads()
        self.column.addWidget(self.roads)
        self.practice = self.practise_link()
        self.column.addWidget(self.practice)
        self.column.addStretch(2)
        self.show_step()

    @property
    def step(self) -> str:
        """Where we are."""
        return STEPS[self.at]

    def _marks(self) -> tuple[QLabel, ...]:
        """The five steps by name, side by side."""
        row = QHBoxLayout()
        marks = tuple(label(f"{number} {say(f'first_run.{step}')}", "step") for number, step in enumerate(STEPS, 1))
        for mark in marks:
            row.addWidget(mark, 1)
        self.column.addLayout(row)
        return marks

    def _roads(self) -> QWidget:
        """Who has a vault or a backup already."""
        roads = QWidget()
        row = QHBoxLayout(roads)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(say("first_run.already"), "small"))
        row.addStretch(1)
        row.addWidget(button(say("unlock.elsewhere"), self.choose_elsewhere, kind="link"))
        row.addWidget(button(say("unlock.restore"), self.restoring.emit, kind="link"))
        return roads

    def _sheet(self, step: str) -> tuple[QWidget, Card]:
        """A step: its card with a sentence."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(say(f"first_run.{step}"), padded=True)
        card.put(label(say(f"first_run.{step}_about"), "aside", wrap=True))
        column.addWidget(card)
        return page, card

    def _room(self) -> QWidget:
        """调解组织."""
        page, card = self._sheet("room")
        self.organization = self.line(card, say("first_run.organization"))
        self.division = self.line(card, say("first_run.division"))
        for field in (self.organization, self.division):
            field.returnPressed.connect(self.go_on)
        self.place_name = label(" ", "strong", wrap=True)
        card.put(self.place_name)
        options = [("", say("first_run.choose_place")), *townships()]
        self.places = Choice(say("first_run.places"), options, self.take_place)
        words = label(say("first_run.places"), "label")
        words.setBuddy(self.places)
        card.put(words)
        card.put(self.places)
        self.division.textChanged.connect(self.show_place)
        return page

    def take_place(self, code: str) -> None:
        """A township from the list."""
        if code:
            self.division.setText(code)

    def show_place(self, code: str) -> None:
        """Name the place of a code, so that a slip is seen."""
        name = full_name(code.strip())
        whole = code.strip().isdigit() and len(code.strip()) in CODE_SIZES
        self.place_name.setText(name if name or not whole else say("first_run.unknown_place"))

    def _user(self) -> QWidget:
        """使用人."""
        page, card = self._sheet("user")
        self.named = self.line(card, say("first_run.name"))
        self.login = self.line(card, say("first_run.login"))
        for field in (self.named, self.login):
            field.returnPressed.connect(self.go_on)
        return page

    def _password(self) -> QWidget:
        """密码, with what is weak about it told while it is typed."""
        page, card = self._sheet("password")
        self.first, self.second = SecretField(say("first_run.first")), SecretField(say("first_run.second"))
        for field in (self.first, self.second):
            field.returnPressed.connect(self.go_on)
            field.textChanged.connect(self.show_strength)
        self.switch = self.secrets(card, self.first, self.second)
        self.strength = label("", "aside", wrap=True)
        card.put(self.strength)
        return page

    def show_strength(self) -> None:
        """What is still missing, in words; nothing while the field is empty."""
        first, second = self.first.text(), self.second.text()
        weak = opening.password_weaknesses(first, self.login.text().strip(), self.named.text().strip())
        if not first:
            words = ""
        elif weak:
            words = words_of(weak[0])
        else:
            words = say("first_run.good") if first == second else say("first_run.good_once")
        self.strength.setText(words)
        restyle(self.strength, kind="fault" if first and weak else "aside")

    def _recovery(self) -> QWidget:
        """恢复码: shown, printed, typed back."""
        page, card = self._sheet("recovery")
        self.sheet = CodeSheet(self.go_on)
        self.code, self.typed = self.sheet.code, self.sheet.typed
        card.put(self.sheet)
        return page

    def _begin(self) -> QWidget:
        """开始."""
        page, card = self._sheet("begin")
        self.empty, self.samples = QRadioButton(say("first_run.empty")), QRadioButton(say("first_run.samples"))
        self.empty.setChecked(True)
        for choice in (self.empty, self.samples):
            card.put(choice)
        card.put(label(say("first_run.county"), "small", wrap=True))
        return page

    def show_step(self) -> None:
        """The step lit above, its sheet below, the focus in its first field."""
        for place, (mark, page) in enumerate(zip(self.marks, self.sheets, strict=True)):
            restyle(mark, lit=place == self.at)
            page.setVisible(place == self.at)
        self.back.setEnabled(self.may_turn_back())
        self.forward.setText(say("first_run.start") if self.step == STEPS[-1] else say("first_run.next"))
        self.forward.setAccessibleName(self.forward.text())
        for each in (self.roads, self.practice):
            each.setVisible(self.at == 0)
        self.take_focus()

    def may_turn_back(self) -> bool:
        """Up to the vault's making, and from the last step to nothing: the code is known only once."""
        return 0 < self.at < STEPS.index("recovery")

    def take_focus(self) -> None:
        """The first field of the step."""
        places = {"room": self.organization, "user": self.named, "password": self.first, "recovery": self.typed,
                  "begin": self.empty}  # fmt: skip
        places[self.step].setFocus()

    def turn(self, by: int) -> None:
        """To another step; a vault that is made is not made again."""
        if by < 0 and not self.may_turn_back():
            return
        self.told.tell("")
        self.at += by
        self.show_step()

    def go_on(self) -> None:
        """Do what the step asks for, then turn the page."""
        steps = {"room": self.leave_room, "user": self.leave_user, "password": self.make, "recovery": self.type_back,
                 "begin": self.begin}  # fmt: skip
        steps[self.step]()

    def leave_room(self) -> None:
        """A committee and a division code."""
        code = self.division.text().strip()
        named = bool(self.organization.text().strip())
        if not named or not (code.isdigit() and len(code) in CODE_SIZES):
            self.told.tell(say("first_run.room_gap"), "late")
            (self.division if named else self.organization).setFocus()
            return
        self.turn(1)

    def leave_user(self) -> None:
        """A name and a login; the login may be left to the name."""
        if not self.named.text().strip():
            self.told.tell(say("first_run.user_gap"), "late")
            self.named.setFocus()
            return
        if not self.login.text().strip():
            self.login.setText("".join(self.named.text().split()))
        self.turn(1)

    def make(self) -> None:
        """Make the vault."""
        if self.first.text() != self.second.text():
            self.told.tell(say("first_run.differ"), "late")
            self.second.setFocus()
            return
        form = RoomForm(*(field.text().strip() for field in (self.organization, self.division, self.login, self.named)))
        self.deed(partial(opening.create, self.workshop, self.place, form, self.first.text()), self.is_made)

    def is_made(self, made: Created) -> None:
        """Show the code, this once."""
        self.made = made
        for field in (self.first, self.second):
            field.clear()
        self.switch.hide()
        self.sheet.show_code(made.recovery_code, self.organization.text().strip())
        self.turn(1)

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
        self.sheet.forget()
        self.turn(1)

    def begin(self) -> None:
        """Empty, or with the sample cases."""
        assert self.made is not None
        desk, samples = self.made.desk, self.samples.isChecked()
        self.deed(lambda: with_samples(desk) if samples else desk, self.hand_on)

    def hand_on(self, desk: Desk) -> None:
        """The house takes the desk over."""
        self.handed_on = True
        self.opened.emit(desk)

    def open_desk(self) -> Desk | None:
        """The vault that was made and not yet entered."""
        return self.made.desk if self.made is not None and not self.handed_on else None


def with_samples(desk: Desk) -> Desk:
    """Take the six sample cases in."""
    for _, data in sample_files():
        importing.import_file(desk, data)
    return desk
