"""设置: look, password, users, backup and check, this vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from mediator.casework import opening, poster
from mediator.casework.complaints import sentence
from mediator.core.dates import chinese_moment
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.settings_keeping import KeepingCard
from mediator.ui.pages.settings_recovery import RecoveryCard
from mediator.ui.pages.settings_road import RoadCard
from mediator.ui.pages.settings_users import UsersCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Choice, labelled
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.preferences import HEARING_IDLE, IDLE
from mediator.ui.seat import Seat
from mediator.ui.tokens import SIZES, THEMES, Look, space
from mediator.ui.words import say

ALIKE: Final = 2


class SettingsPage(Page):
    """Everything about this desk; what a deed did is told beside its button."""

    name = "settings"

    def __init__(self, seat: Seat) -> None:
        """Two columns of cards."""
        super().__init__(seat, say("settings.title"))
        self.head.addStretch(1)
        self.head.addWidget(button(say("settings.templates"), lambda: seat.went.emit("templates", "")))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, space("s"), 0)
        columns.setSpacing(space("m"))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(space("m"))
            columns.addLayout(column, 1)
        left.addWidget(self._looks())
        left.addWidget(self._idle())
        left.addWidget(self._password())
        self.recovery = RecoveryCard(seat)
        left.addWidget(self.recovery)
        self.keeping = KeepingCard(seat)
        left.addWidget(self.keeping)
        left.addStretch(1)
        right.addWidget(self._safety())
        self.users = UsersCard(seat)
        right.addWidget(self.users)
        self.road = RoadCard(seat)
        right.addWidget(self.road)
        right.addWidget(self._about())
        right.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)

    def _looks(self) -> Card:
        """Theme and text size; taken at once."""
        card = Card(say("settings.look"), padded=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space("l"))
        look = self.seat.preferences.look
        for row, (part, values, chosen) in enumerate((("size", SIZES, look.size), ("theme", THEMES, look.theme))):
            grid.addWidget(label(say(f"settings.{part}"), "label"), row, 0)
            group = QButtonGroup(self)
            for place, value in enumerate(values, start=1):
                choice = QRadioButton(say(f"settings.{part}_{value}"))
                choice.setChecked(value == chosen)
                choice.clicked.connect(partial(self.take_look, part, value))
                group.addButton(choice)
                grid.addWidget(choice, row, place)
        grid.setColumnStretch(len(SIZES) + 1, 1)
        card.body.addLayout(grid)
        self.hints = QCheckBox(say("help.shown"))
        self.hints.setChecked(self.seat.preferences.hints)
        self.hints.clicked.connect(self.take_hints)
        card.put(self.hints)
        return card

    def take_hints(self, wanted: bool) -> None:
        """Explain every page from the next one on, or none."""
        self.seat.preferences.hints = wanted
        self.seat.deed(self.seat.preferences.keep)

    def take_look(self, part: str, value: str, _checked: bool = True) -> None:
        """Wear another theme or text size and remember it."""
        look = self.seat.preferences.look
        changed = Look(value, look.size) if part == "theme" else Look(look.theme, value)
        if changed != look:
            self.seat.preferences.look = changed
            self.seat.deed(self.seat.preferences.keep)
            self.seat.look_changed.emit()

    def _idle(self) -> Card:
        """After how many minutes without a touch the vault is locked; in a hearing people talk for long."""
        card = Card(say("settings.idle"), padded=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space("l"))
        self.minutes: dict[str, Choice] = {}
        for row, (name, choices) in enumerate((("idle", IDLE), ("hearing_idle", HEARING_IDLE))):
            options = [(str(each), say("settings.minutes", count=each)) for each in choices]
            words = say(f"settings.{name}_where")
            self.minutes[name] = Choice(words, options, partial(self.take_minutes, name))
            self.minutes[name].show_value(str(getattr(self.seat.preferences, name)))
            for place, widget in enumerate(labelled(words, self.minutes[name])):
                grid.addWidget(widget, row, place)
        grid.setColumnStretch(2, 1)
        card.body.addLayout(grid)
        card.put(label(say("settings.idle_about"), "small", wrap=True))
        return card

    def take_minutes(self, name: str, value: str) -> None:
        """From now on, and remembered."""
        setattr(self.seat.preferences, name, int(value))
        self.seat.idle_changed.emit()
        self.seat.deed(self.seat.preferences.keep)

    def home(self) -> QWidget | None:
        """The text size that is worn."""
        return next((each for each in self.findChildren(QRadioButton) if each.isChecked()), None)

    def _password(self) -> Card:
        """Another password: the old one, the new one twice."""
        card = Card(say("settings.password"), padded=True)
        self.old = SecretField(say("settings.old"))
        self.new = SecretField(say("settings.new"))
        self.again = SecretField(say("settings.again"))
        grid = QGridLayout()
        for place, field in enumerate((self.old, self.new, self.again)):
            grid.addWidget(field.label, place * 2, 0)
            grid.addWidget(field, place * 2, 1)
            grid.addWidget(field.warning, place * 2 + 1, 1)
        card.body.addLayout(grid)
        self.password_told = Note("")
        self.password_told.hide()
        card.put(self.password_told)
        row = QHBoxLayout()
        row.addWidget(label(say("settings.password_hint"), "small", wrap=True), 1)
        row.addWidget(button(say("settings.change"), self.change_password))
        card.body.addLayout(row)
        return card

    def change_password(self) -> None:
        """Change it; the vault's content is not written again, only its key slot."""
        if self.new.text() != self.again.text():
            self.password_told.tell(say("settings.differ"), "late")
            self.again.setFocus()
            return
        old, new, desk = self.old.text(), self.new.text(), self.seat.desk
        failed = partial(self.tell_failure, self.password_told)
        self.seat.once("password", partial(opening.change_password, desk, old, new), self.password_changed, failed)

    def password_changed(self, _done: None) -> None:
        """Say so and empty the fields."""
        for field in (self.old, self.new, self.again):
            field.clear()
        self.password_told.tell(say("settings.changed"))

    def _safety(self) -> Card:
        """Backup and check."""
        card = Card(say("settings.safety"), padded=True)
        self.last_backup = label("", "aside", wrap=True)
        card.put(self.last_backup)
        row = QHBoxLayout()
        row.addWidget(button(say("settings.backup"), self.choose_backup))
        row.addWidget(button(say("settings.check"), partial(self.check, False)))
        row.addWidget(button(say("settings.check_full"), partial(self.check, True)))
        row.addStretch(1)
        card.body.addLayout(row)
        self.safety_told = Note("")
        self.safety_told.hide()
        card.put(self.safety_told)
        return card

    def choose_backup(self) -> None:
        """Ask where to; a stick or another disk."""
        chosen = QFileDialog.getExistingDirectory(self, say("settings.backup_where"))
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, out: Path) -> None:
        """Write a backup and open it again to prove it."""
        self.safety_told.tell(say("settings.backing_up"))
        failed = partial(self.tell_failure, self.safety_told)
        self.seat.once("backup", partial(opening.backup, self.seat.desk, out), self.backed_up, failed, heavy=True)

    def backed_up(self, report: opening.BackupReport) -> None:
        """Where it lies and that it was opened."""
        self.safety_told.tell(say("settings.backed_up", folder=report.folder.name, entries=f"{report.entries:,}"))
        self.show_last_backup()

    def check(self, full: bool) -> None:
        """Check the vault beside the screen."""
        self.safety_told.tell(say("settings.checking"))
        failed = partial(self.tell_failure, self.safety_told)
        self.seat.once("check", partial(opening.check, self.seat.desk, full=full), self.checked, failed, heavy=True)

    def checked(self, report: opening.CheckReport) -> None:
        """Sound, or how many places are not and what to do."""
        if report.ok:
            self.safety_told.tell(say("settings.sound", entries=f"{report.entries:,}"))
        else:
            self.safety_told.tell(say("settings.unsound", count=len(report.findings)), "late")

    def _about(self) -> Card:
        """Room and vault."""
        card = Card(say("settings.about"), padded=True)
        room = self.seat.desk.vault.room
        for key, value in (("organization", room.organization), ("division", room.division)):
            card.put(label(f"{say(f'settings.{key}')}：{value}"))
        row = QHBoxLayout()
        row.addWidget(button(say("settings.poster"), self.choose_poster))
        row.addStretch(1)
        card.body.addLayout(row)
        self.poster_told = Note("")
        self.poster_told.hide()
        card.put(self.poster_told)
        card.put(label(say("settings.licence"), "small", wrap=True))
        return card

    def choose_poster(self) -> None:
        """Where the posters go."""
        chosen = QFileDialog.getExistingDirectory(self, say("settings.poster_where"))
        if chosen:
            self.write_poster(Path(chosen))

    def write_poster(self, out: Path) -> None:
        """The procedure on one page, A4 and A3, from the rules in force."""
        failed = partial(self.tell_failure, self.poster_told)
        work = partial(poster.write, self.seat.desk, out)
        self.seat.once("poster", work, self.poster_written, failed, heavy=True)

    def poster_written(self, files: tuple[Path, ...]) -> None:
        """Where they lie."""
        names = "、".join(each.name for each in files)
        self.poster_told.tell(say("settings.poster_made", names=names))

    def tell_failure(self, note: Note, error: MediatorError) -> None:
        """An error in words beside the button that caused it."""
        note.tell(sentence(error), "late")

    def enter(self, case: str = "") -> None:
        """Users and the last backup."""
        self.users.ask()
        self.road.ask()
        self.recovery.ask()
        self.keeping.ask()
        self.show_last_backup()

    def show_last_backup(self) -> None:
        """When the last verified backup was."""
        self.seat.deed(lambda: opening.last_backup(self.seat.desk), lambda at: self.last_backup.setText(
            say("settings.last_backup", at=chinese_moment(at)) if at else say("settings.no_backup")))  # fmt: skip
