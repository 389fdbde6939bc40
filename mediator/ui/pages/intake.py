"""登记: what is typed is kept at once; accepting is the only button that changes the case's state."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mediator.casework import importing, reading
from mediator.casework.complaints import sentence
from mediator.casework.importing import Imported
from mediator.casework.reading import Hits, Opened
from mediator.core.codes import CaseKind, Category, Side
from mediator.core.records import CaseId
from mediator.core.terms import field_term
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.intake_desk import Registration
from mediator.ui.pages.intake_party import PartyCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Field, labelled
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

KINDS: Final = (CaseKind.PEOPLE_MEDIATION, CaseKind.SETTLEMENT)
SIDES: Final = (
    Side.APPLICANT,
    Side.RESPONDENT,
    Side.THIRD_PARTY,
    Side.AGENT,
    Side.GUARDIAN,
    Side.WITNESS,
    Side.INVITED,
)
LINES: Final = ("title", "dispute_type", "origin")
TEXTS: Final = (("facts", 4), ("requests", 2))
SIMILAR: Final = 6
RIGHT_CHARS: Final = 20


def word(name: str) -> str:
    """The label of a field; the page's own title has another."""
    return say("intake.matter") if name == "title" else say(f"intake.{name}")


class IntakePage(Page):
    """Parties above, the dispute below, what is still missing and cases with the same names on the right."""

    name = "intake"

    def __init__(self, seat: Seat) -> None:
        """An empty form for an applicant and a respondent."""
        super().__init__(seat, say("intake.title"))
        self.number = label("", "aside")
        self.head.addWidget(self.number)
        self.head.addStretch(1)
        self.head.addWidget(button(say("intake.import"), self.choose_file))
        self.head.addWidget(button(say("intake.another"), self.begin_new))
        self.head.addWidget(button(say("intake.accept"), self.accept, kind="primary"))
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        left = QVBoxLayout()
        left.setSpacing(space("m"))
        left.addWidget(self._parties(), 5)
        left.addWidget(self._dispute(), 4)
        row.addLayout(left, 1)
        row.addWidget(self._beside())
        self.body.addLayout(row, 1)
        self.begin_new()

    def _parties(self) -> QScrollArea:
        """Cards side by side, with a choice of whom to add."""
        inside = QWidget()
        self.card_row = QHBoxLayout(inside)
        self.card_row.setContentsMargins(0, 0, 0, 0)
        self.card_row.setSpacing(space("m"))
        adding = Card(say("intake.add"), padded=True)
        for side in SIDES:
            adding.put(button(side.term, partial(self.add_card, side), kind="small"))
        adding.body.addStretch(1)
        self.card_row.addWidget(adding)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _dispute(self) -> Card:
        """纠纷."""
        card = Card(say("intake.dispute"), say("intake.needed"), padded=True)
        grid = QGridLayout()
        kinds = [(each.value, each.term) for each in KINDS]
        categories = [("", say("intake.no_category")), *((each.value, each.term) for each in Category)]
        self.kind = Choice(say("intake.kind"), kinds, self.choose_kind)
        self.category = Choice(say("intake.category"), categories, partial(self.save, "category"))
        self.fields = {name: Field(word(name), partial(self.save, name)) for name in LINES}
        self.fields |= {name: Field(say(f"intake.{name}"), partial(self.save, name), rows=rows) for name, rows in TEXTS}
        cells = (("kind", self.kind), ("category", self.category), *((name, self.fields[name]) for name in LINES))
        for place, (name, widget) in enumerate(cells):
            words, _ = labelled(word(name), widget)
            grid.addWidget(words, place // 2, place % 2 * 2)
            grid.addWidget(widget, place // 2, place % 2 * 2 + 1)
        last = (len(cells) + 1) // 2
        for place, (name, _) in enumerate(TEXTS):
            words, _widget = labelled(say(f"intake.{name}"), self.fields[name])
            grid.addWidget(words, last + place, 0)
            grid.addWidget(self.fields[name], last + place, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.body.addLayout(grid)
        return card

    def _beside(self) -> QWidget:
        """What is missing before the case can be accepted, and cases with the same names."""
        column = QWidget()
        column.setFixedWidth(self.seat.preferences.look.wide(RIGHT_CHARS))
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space("m"))
        missing = Card(say("intake.before"), padded=True)
        self.missing = label("", wrap=True)
        missing.put(self.missing)
        inside.addWidget(missing)
        similar = Card(say("intake.similar"))
        self.similar = QListWidget()
        self.similar.setAccessibleName(say("intake.similar"))
        self.similar.setWordWrap(True)
        self.similar.itemActivated.connect(self.open_similar)
        similar.put(self.similar)
        inside.addWidget(similar, 1)
        return column

    def begin_new(self) -> None:
        """An empty form; what stood there is kept in its case."""
        self.leave()
        self.registration = Registration(self.seat.desk, next(each for each in KINDS if each.value == self.kind.value))
        self.case = ""
        self.number.setText(say("intake.not_yet"))
        for each in self.fields.values():
            each.show_text("")
        self.category.show_value("")
        self.show_cards(())
        self.told.tell("")
        self.show_missing(None)
        self.similar.clear()

    def show_cards(self, parties: tuple[tuple[Side, int], ...]) -> None:
        """Cards for these sides; an applicant and a respondent when there are none."""
        for card in getattr(self, "cards", {}).values():
            self.card_row.removeWidget(card)
            card.deleteLater()
        self.cards: dict[int, PartyCard] = {}
        for side, _ in parties or ((Side.APPLICANT, 0), (Side.RESPONDENT, 1)):
            self.add_card(side, focus=False)

    def add_card(self, side: Side, *, focus: bool = True) -> None:
        """A further party."""
        number = max(self.cards, default=-1) + 1
        card = PartyCard(number, side, self.save_party, self.remove_card)
        self.cards[number] = card
        self.card_row.insertWidget(len(self.cards) - 1, card, 1)
        if focus:
            card.fields["name"].setFocus()

    def remove_card(self, number: int) -> None:
        """Take a party away."""
        card = self.cards.pop(number)
        self.card_row.removeWidget(card)
        card.deleteLater()
        self.seat.deed(partial(self.registration.remove_party, number))

    def choose_kind(self, value: str) -> None:
        """The kind decides the number's word, so it is chosen before anything is typed."""
        if self.registration.case:
            self.save("kind", value)
        else:
            self.registration.kind = next(each for each in KINDS if each.value == value)

    def save(self, name: str, value: str) -> None:
        """A field of the case."""
        self.seat.deed(partial(self.registration.save, name, value), self.is_kept)

    def save_party(self, card: int, side: Side, fields: dict[str, object]) -> None:
        """Fields of a party; a name is looked for among earlier cases."""
        self.seat.deed(partial(self.registration.save_party, card, side, fields), self.is_kept)
        name = str(fields.get("name", "")).strip()
        if len(name) > 1:
            self.seat.deed(lambda: reading.search(self.seat.desk, name, SIMILAR, traced=False), self.show_similar)

    def is_kept(self, case: CaseId) -> None:
        """Show the number as soon as there is a case."""
        self.case = case
        self.seat.deed(self.registration.opened, self.show_state)

    def show_state(self, opened: Opened) -> None:
        """Number, state, what is missing."""
        self.number.setText(f"{opened.case.number}　{opened.case.status.term}")
        self.show_missing(opened)

    def show_missing(self, opened: Opened | None) -> None:
        """What accepting asks for (L01, L02)."""
        case = opened.case if opened else None
        sides = {party.side for party in case.parties if party.name.strip()} if case else set()
        gaps = [say("intake.gap_applicant")] if Side.APPLICANT not in sides else []
        gaps += [say("intake.gap_respondent")] if Side.RESPONDENT not in sides else []
        gaps += [say("intake.gap_facts")] if not (case and case.facts.strip()) else []
        gaps += [say("intake.gap_type")] if not (case and case.dispute_type.strip()) else []
        self.missing.setText("\n".join(f"□ {gap}" for gap in gaps) or say("intake.nothing_missing"))

    def show_similar(self, hits: Hits) -> None:
        """Cases with the same name, this one left out."""
        self.similar.clear()
        for hit in hits.hits:
            if hit.case != self.registration.case:
                item = QListWidgetItem(f"{hit.number}\n{field_term(hit.field)}：{hit.excerpt}")
                item.setData(Qt.ItemDataRole.UserRole, hit.case)
                self.similar.addItem(item)

    def open_similar(self, item: QListWidgetItem) -> None:
        """Look at a case that may be the same."""
        self.seat.went.emit("case_page", str(item.data(Qt.ItemDataRole.UserRole)))

    def enter(self, case: str = "") -> None:
        """Go on with a case that is named, else with what stands in the form."""
        if case and case != self.registration.case:
            self.begin_new()
            self.registration.case = CaseId(case)
            self.seat.deed(self.registration.opened, self.show_case)
            return
        next(iter(self.cards.values())).fields["name"].setFocus()

    def show_case(self, opened: Opened) -> None:
        """A case that was registered before."""
        case = opened.case
        self.case = case.id
        self.kind.show_value(case.kind.value)
        self.category.show_value(case.category.value if case.category else "")
        for name, each in self.fields.items():
            each.show_text(str(getattr(case, name)))
        self.show_cards(tuple((party.side, place) for place, party in enumerate(case.parties)))
        for card, party in zip(self.cards.values(), case.parties, strict=False):
            self.registration.parties[card.number] = party.id
            card.show_party(party)
        self.show_state(opened)

    def accept(self) -> None:
        """Keep what is typed, then accept; the case page shows what comes next."""
        self.leave()
        self.seat.deed(self.registration.accept, self.accepted, self.refused)

    def accepted(self, case: CaseId) -> None:
        """On to the case; the form is free for the next."""
        self.begin_new()
        self.seat.went.emit("case_page", case)

    def refused(self, error: MediatorError) -> None:
        """What is missing, beside the form."""
        self.told.tell(sentence(error), "late")
        if self.registration.case:
            self.seat.deed(self.registration.opened, self.show_state)

    def leave(self) -> None:
        """Everything typed is kept."""
        if hasattr(self, "registration"):
            for each in self.fields.values():
                each.flush()
            for card in self.cards.values():
                card.flush()

    def choose_file(self) -> None:
        """A case file from elsewhere."""
        chosen, _ = QFileDialog.getOpenFileName(self, say("intake.import"), "", say("intake.files"))
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Take a case file in, whole or not at all."""
        self.seat.deed(lambda: importing.import_file(self.seat.desk, path), self.taken_in, self.refused)

    def taken_in(self, done: Imported) -> None:
        """Say how many and show the list."""
        self.told.tell(say("intake.imported", count=len(done.cases)))
        if len(done.cases) == 1:
            self.seat.went.emit("case_page", done.cases[0].id)
