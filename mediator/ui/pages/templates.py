"""模板: the county's and the office's own layouts with their states; tried, approved by a second person, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import opening, printing, template_trial, templates
from mediator.casework.complaints import complain, sentence
from mediator.casework.desk import Desk
from mediator.casework.template_trial import Tried
from mediator.casework.templates import KeptTemplate
from mediator.errors import MediatorError, RefusedByRule
from mediator.ui.page import Page
from mediator.ui.pages.templates_adding import AddingCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.reasons import ReasonLine
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {"approved": "done", "proposed": "soon"}
LEFT, RIGHT = 58, 42


@dataclass(frozen=True, slots=True)
class Listed:
    """A template with the title of its kind and the names of who added and approved it.

    `used` says that it is the one in force today.
    """

    template: KeptTemplate
    title: str
    used: bool
    by: tuple[str, str]


def listed(desk: Desk) -> tuple[Listed, ...]:
    """Every template of the vault, the newest first."""
    titles = {each.id: each.title for each in printing.kinds()}
    every = templates.kept(desk)
    used = {kind: templates.in_force(desk, kind) for kind in {each.kind for each in every}}
    names = {each.login: each.name for each in opening.users(desk)}
    return tuple(
        Listed(each, titles.get(each.kind, each.kind), used[each.kind] == each, named(names, each))
        for each in reversed(every)
    )


def named(names: Mapping[str, str], each: KeptTemplate) -> tuple[str, str]:
    """Who added and who approved it; a login of another vault stands for itself, and so does one of the county's."""
    here = {} if each.sent_by else names
    return here.get(each.proposed_by, each.proposed_by), names.get(each.approved_by, each.approved_by)


class TemplatesPage(Page):
    """The list with its deeds on the left, adding one on the right."""

    name = "templates"
    nav = "settings"

    def __init__(self, seat: Seat) -> None:
        """Empty until it is entered."""
        super().__init__(seat, say("templates.title"))
        self.head.addWidget(label(say("templates.about"), "aside"))
        self.head.addStretch(1)
        self.head.addWidget(button(say("templates.back"), lambda: seat.went.emit("settings", ""), key="Esc"))
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        self.adding = AddingCard(seat, self.told.tell, self.ask)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self._list(), LEFT)
        row.addWidget(self.adding, RIGHT)
        self.body.addLayout(row, 1)

    def _list(self) -> Card:
        """The templates and what can be done with the chosen one."""
        card = Card(say("templates.kept"))
        columns: tuple[Column[Listed], ...] = (
            Column(say("templates.kind"), lambda each: each.title),
            Column(say("templates.origin"), origin_of, 6),
            Column(say("templates.version"), lambda each: each.template.version, 6),
            Column(say("templates.from"), lambda each: each.template.valid_from.isoformat(), 6),
            Column(say("templates.state"), state_of, 6, tone=lambda each: TONES.get(each.template.state, "calm")),
        )
        self.rows: Rows[Listed] = Rows(columns)
        self.table = Table(self.rows, say("templates.kept"), look=self.seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("templates.none")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        card.put(self.table, 1)
        self.words = label("", "aside", wrap=True)
        self.why = ReasonLine(say("templates.why"), say("templates.why_hint"), say("templates.why_done"))
        self.why.given.connect(self.withdraw)
        self.why.left.connect(self.why.hide)
        self.deeds = QWidget()
        below = QHBoxLayout(self.deeds)
        below.setContentsMargins(0, 0, 0, 0)
        for name, deed in (("try", self.choose_folder), ("approve", self.approve), ("withdraw", self.ask_why)):
            below.addWidget(button(say(f"templates.{name}"), deed, kind="small"))
        below.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(space("m"), space("s"), space("m"), space("m"))
        inside.setSpacing(space("s"))
        for widget in (self.words, self.deeds, self.why):
            inside.addWidget(widget)
        card.body.addLayout(inside)
        return card

    def home(self) -> QWidget:
        """The list."""
        return self.table

    def enter(self, case: str = "") -> None:
        """Read the list."""
        self.ask()

    def unkept(self) -> bool:
        """A reason or a version typed and not sent."""
        return bool(self.why.typed.text().strip()) or self.adding.unkept

    def ask(self) -> None:
        """Beside the screen; a template may have come with an exchange."""
        self.seat.deed(partial(listed, self.seat.desk), self.show_list)

    def refresh(self, cases: frozenset[str]) -> None:
        """An exchange may have brought one."""
        self.ask()

    def show_list(self, found: tuple[Listed, ...]) -> None:
        """The chosen row stays."""
        place = max(self.table.currentIndex().row(), 0)
        self.rows.show_rows(found)
        self.table.selectRow(min(place, len(found) - 1))
        self.show_chosen()

    @property
    def row(self) -> Listed | None:
        """The chosen row."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    @property
    def current(self) -> KeptTemplate | None:
        """The chosen template."""
        return self.row.template if self.row else None

    def show_chosen(self) -> None:
        """Who added it, who approved it, why it was withdrawn; nothing can be done with a withdrawn one."""
        row = self.row
        self.words.setText(story(row) if row else "")
        self.deeds.setVisible(row is not None and not row.template.withdrawn)
        self.why.hide()

    def choose_folder(self) -> None:
        """Where the samples go."""
        chosen = QFileDialog.getExistingDirectory(self, say("templates.try_where"))
        if chosen:
            self.attempt(Path(chosen))

    def attempt(self, out: Path) -> None:
        """The six sample cases through it, 样稿 across."""
        if self.current is not None:
            desk = self.seat.desk
            self.told.tell(say("templates.trying"))
            fonts = printing.fonts_in(desk.workshop.fonts_folder)
            work = partial(template_trial.trial, desk, self.current.id, out, fonts=fonts)
            self.seat.once("template.try", work, partial(self.tried, out), self.failed, heavy=True)

    def tried(self, out: Path, rows: tuple[Tried, ...]) -> None:
        """Each sample in words."""
        lines = [say("templates.tried", number=place, words=verdict(each)) for place, each in enumerate(rows, 1)]
        fine = all(not each.code and not each.checks for each in rows)
        self.told.tell("\n".join([*lines, say("templates.tried_done", folder=out)]), "calm" if fine else "soon")

    def approve(self) -> None:
        """By somebody else than who added it."""
        if self.current is not None:
            work = partial(templates.approve, self.seat.desk, self.current.id)
            self.seat.once("template.approve", work, partial(self.done, "approved"), self.failed, heavy=True)

    def ask_why(self) -> None:
        """A line for the reason."""
        self.why.ask(say("templates.why"))
        self.why.typed.setFocus()

    def withdraw(self, reason: str) -> None:
        """No paper is made from it any more."""
        if self.current is not None:
            work = partial(templates.withdraw, self.seat.desk, self.current.id, reason)
            self.seat.once("template.withdraw", work, partial(self.done, "withdrawn"), self.failed)

    def done(self, what: str, _done: None) -> None:
        """Say so and read the list again."""
        self.why.typed.clear()
        self.told.tell(say(f"templates.{what}"))
        self.ask()

    def failed(self, error: MediatorError) -> None:
        """Why not; of a template with faults each of them."""
        self.told.tell(sentence(error), "late")
        if isinstance(error, templates.Faulty):
            self.adding.faults.show_findings(error.findings)


def state_of(each: Listed) -> str:
    """待批准, 已批准, 正在使用, 已撤回."""
    return say("templates.in_force") if each.used else say(f"templates.state_{each.template.state}")


def origin_of(each: Listed) -> str:
    """县中心 or 本室."""
    return say("templates.of_county" if each.template.sent_by else "templates.of_room")


def story(row: Listed) -> str:
    """Whose it is and what may be done with it."""
    each, (login, by) = row.template, row.by
    of = "county" if each.sent_by else "told"
    return say(f"templates.{of}_{each.state}", login=login, by=by, reason=each.withdrawn, sender=each.sent_by)


def verdict(each: Tried) -> str:
    """How a sample went."""
    if each.code:
        return complain(RefusedByRule(each.code)).message
    if each.checks:
        return say("templates.tried_checks", checks="、".join(each.checks))
    return say("templates.tried_well", pages=each.pages)
