"""The form of a registration: cards of parties, whom to add, the dispute; it scrolls as one sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mediator.core.codes import CameBy, CaseKind, Category, Difficulty, DisputeType, Risk, Side
from mediator.core.records import Case
from mediator.ui.pages.intake_party import PartyCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Field, labelled, read_day
from mediator.ui.pieces.labels import label
from mediator.ui.tokens import SIZES, Look, space
from mediator.ui.words import say

KINDS: Final = (CaseKind.PEOPLE_MEDIATION, CaseKind.SETTLEMENT)
SIDES: Final = (
    Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY, Side.AGENT, Side.GUARDIAN, Side.WITNESS, Side.INVITED,
)  # fmt: skip
LINES: Final = ("title", "dispute_type", "origin")
TEXTS: Final = (("facts", 4), ("requests", 2))
OFFERED: Final = {
    "dispute_type": tuple(f"{each.term}纠纷" for each in DisputeType), "origin": tuple(each.term for each in CameBy),
}  # fmt: skip
IN_ORDER: Final = (
    "title",
    "dispute_type",
    "kind",
    "category",
    "origin",
    "accepted_on",
    "village",
    "people",
    "difficulty",
    "risk",
)
HARDNESS: Final = tuple(each for each in Difficulty if each is not Difficulty.UNSTATED)
LONGEST_COUNT: Final = 6


def offer(field: Field, words: Sequence[str]) -> None:
    """Words of a code list while typing: Down chooses, and what stands in no list may be typed as well."""
    if isinstance(field.input, QLineEdit):
        known = QCompleter(list(words), field.input)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        field.input.setCompleter(known)


def word(name: str) -> str:
    """The label of a field; the page's own title has another."""
    return say("intake.matter") if name == "title" else say(f"intake.{name}")


class IntakeForm(QScrollArea):
    """`fields` are those of the case by name; `kind_chosen(value)` when another kind is picked.

    Parties are seen first: `build_dispute`, then `build_texts` are called when the rest is wanted.
    """

    kind_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        save: Callable[[str, object], None],
        add: Callable[[Side], None],
        reveal: Callable[[str], None],
        villages: tuple[tuple[str, str], ...] = (),
        *,
        group: int,
    ) -> None:
        """Nothing in it; `save(name, value)`, `add(side)` and `reveal(reason)` are deeds of the page.

        From `group` persons on a matter is a group's.
        """
        super().__init__()
        self.save, self.villages, self.group = save, villages, group
        self.columns = 1 if look.size == SIZES[-1] else 2
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.setWidget(inside)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, space("s"), 0)
        self.column.setSpacing(space("m"))
        self.grid = QGridLayout()
        self.grid.setSpacing(space("m"))
        for place in range(self.columns):
            self.grid.setColumnStretch(place, 1)
        self.column.addLayout(self.grid)
        self.column.addLayout(self._adding(add))
        self.revealing = self._revealing(reveal)
        self.column.addWidget(self.revealing)
        self.column.addStretch(1)
        self.fields: dict[str, Field] = {}
        self.choices: dict[str, Choice] = {}

    def _adding(self, add: Callable[[Side], None]) -> QHBoxLayout:
        """加一人."""
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.addWidget(label(say("intake.add"), "aside"))
        for side in SIDES:
            press = button(side.term, partial(add, side), kind="small")
            press.setAccessibleName(say("intake.add_side", side=side.term))
            row.addWidget(press)
        row.addStretch(1)
        return row

    def _revealing(self, reveal: Callable[[str], None]) -> QWidget:
        """Why masked numbers must be seen."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self.why = QLineEdit()
        self.why.setAccessibleName(say("intake.why"))
        self.why.setPlaceholderText(say("intake.why"))
        self.why.returnPressed.connect(lambda: reveal(self.why.text()))
        row.addWidget(label(say("intake.masked"), "aside"))
        row.addWidget(self.why, 1)
        row.addWidget(button(say("intake.reveal"), lambda: reveal(self.why.text()), kind="small"))
        line.hide()
        return line

    def build_dispute(self) -> None:
        """纠纷: its card, with what is one line or chosen."""
        card = Card(say("intake.dispute"), say("intake.needed"), padded=True)
        last = self.column.count() - 1
        self.column.takeAt(last)
        self.column.addWidget(card, 1)
        self.cells = QGridLayout()
        for place in (1, 3):
            self.cells.setColumnStretch(place, 1)
        card.body.addLayout(self.cells)
        kinds = [(each.value, each.term) for each in KINDS]
        self.kind = Choice(say("intake.kind"), kinds, self.kind_chosen.emit)
        self.choices |= {name: self._choice(name, options) for name, options in self._options().items()}
        self.category = self.choices["category"]
        self.fields |= {name: Field(word(name), partial(self.save, name)) for name in LINES}
        for name, known in OFFERED.items():
            offer(self.fields[name], known)
        self.fields["people"] = Field(word("people"), self.save_people, hint=say("intake.people_hint"))
        self.fields["accepted_on"] = Field(say("intake.accepted_on"), self.save_day, hint=say("intake.accepted_hint"))
        inputs: dict[str, QWidget] = {**self.fields, **self.choices, "kind": self.kind}
        for place, name in enumerate(IN_ORDER):
            words, widget = labelled(word(name), inputs[name])
            self.cells.addWidget(words, place // 2, place % 2 * 2)
            self.cells.addWidget(widget, place // 2, place % 2 * 2 + 1)

    def _options(self) -> dict[str, list[tuple[str, str]]]:
        """What may be chosen, nothing first."""
        return {
            "category": [("", say("intake.no_category")), *((each.value, each.term) for each in Category)],
            "village": [("", say("intake.no_village")), *self.villages],
            "difficulty": [("", say("intake.unknown")), *((each.term, each.term) for each in HARDNESS)],
            "risk": [("", say("intake.unknown")), *((each.value, each.term) for each in Risk)],
        }

    def _choice(self, name: str, options: list[tuple[str, str]]) -> Choice:
        """One of a list, told at once."""
        return Choice(say(f"intake.{name}"), options, partial(self.save, name))

    def build_texts(self) -> None:
        """事实 and 请求, below the lines."""
        last = len(IN_ORDER) // 2
        for place, (name, rows) in enumerate(TEXTS):
            self.fields[name] = Field(word(name), partial(self.tell, name), rows=rows)
            words, widget = labelled(word(name), self.fields[name])
            words.setContentsMargins(0, space("s"), 0, 0)
            self.cells.addWidget(words, last + place, 0, Qt.AlignmentFlag.AlignTop)
            self.cells.addWidget(widget, last + place, 1, 1, 3)
            self.cells.setRowStretch(last + place, rows)

    def tell(self, name: str, value: str) -> None:
        """A long text; what was missing is there now."""
        self.fields[name].show_fault("")
        self.save(name, value)

    def save_day(self, text: str) -> None:
        """A day in any usual form; what is no day stays in the field with a word beside it."""
        day = read_day(text)
        wrong = bool(text.strip()) and day is None
        self.fields["accepted_on"].show_fault(say("intake.fault_day") if wrong else "")
        if not wrong:
            self.save("accepted_on", day.isoformat() if day else "")

    def save_people(self, text: str) -> None:
        """How many people it concerns; from a number of the county on it is a group's (S03)."""
        bare = text.strip()
        count = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < LONGEST_COUNT else None
        self.show_group(count, wrong=bool(bare) and count is None)
        if count is not None or not bare:
            self.save("people", "" if count is None else count)

    def show_group(self, count: int | None, *, wrong: bool = False) -> None:
        """The word of the threshold below the number."""
        group = say("intake.group", least=self.group) if (count or 0) >= self.group else ""
        self.fields["people"].show_fault(say("intake.fault_people") if wrong else group)

    def put_cards(self, cards: list[PartyCard]) -> None:
        """Side by side, in order."""
        for place, card in enumerate(cards):
            self.grid.addWidget(card, place // self.columns, place % self.columns)

    def take_card(self, card: PartyCard) -> None:
        """A party goes."""
        self.grid.removeWidget(card)
        card.hide()
        card.deleteLater()

    def empty(self) -> None:
        """Nothing of the case before."""
        for each in self.fields.values():
            each.empty()
            each.show_fault("")
        for choice in self.choices.values():
            choice.show_value("")
        self.show_reveal(False)

    def show_case(self, case: Case) -> None:
        """What the vault holds; what is being typed is never overwritten."""
        self.kind.show_value(case.kind.value)
        for name, choice in self.choices.items():
            value = getattr(case, name)
            choice.show_value(str(getattr(value, "value", value) or ""))
        self.show_group(case.people)
        for name, each in self.fields.items():
            value = getattr(case, name)
            each.show_text("" if value is None else str(value))

    def show_reveal(self, masked: bool) -> None:
        """The line for a reason."""
        self.revealing.setVisible(masked)
        self.why.clear()

    @property
    def dirty(self) -> bool:
        """Whether something stands here that was not told yet."""
        return any(each.dirty for each in self.fields.values())

    def flush(self) -> None:
        """Tell everything typed."""
        for each in self.fields.values():
            each.flush()
