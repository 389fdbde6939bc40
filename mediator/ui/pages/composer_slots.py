"""One input for each shape of a slot; all give what `casework.compiling` takes: parties by id, the rest as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from mediator.core.clauses import Shape, Slot
from mediator.core.records import Party
from mediator.core.typed import as_lines
from mediator.ui.pieces.fields import Choice, Lines, read_day
from mediator.ui.pieces.labels import label, spoken
from mediator.ui.words import say

Changed = Callable[[], None]
People = Sequence[Party]


def day_typed(text: str) -> str:
    """A day in any usual form as entries have it; anything else as it stands, to be refused by name."""
    day = read_day(text)
    return day.isoformat() if day else text.strip()


class Line(QLineEdit):
    """One line: a sum, a day, a number, a text."""

    def __init__(self, slot: Slot, changed: Changed) -> None:
        """What most agreements have there is offered where it is a text or a number."""
        super().__init__()
        self.day = slot.shape is Shape.DAY
        self.setAccessibleName(slot.label)
        self.setText(slot.usual)
        self.setPlaceholderText(say("composer.slot_day") if self.day else "")
        self.textEdited.connect(lambda _: changed())

    @property
    def typed(self) -> object:
        """What stands in it."""
        return day_typed(self.text()) if self.day else self.text().strip()

    def show_typed(self, value: object) -> None:
        """What was filled in before."""
        self.setText("" if value is None else str(value))


class PartyChoice(Choice):
    """One of the parties."""

    def __init__(self, slot: Slot, people: People, place: int, changed: Changed) -> None:
        """The `place`-th party stands there at first, so that two slots begin with two people."""
        super().__init__(slot.label, [(each.id, each.name) for each in people], lambda _: changed())
        self.setCurrentIndex(min(place, len(people) - 1))
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def typed(self) -> object:
        """The id."""
        return self.value

    def show_typed(self, value: object) -> None:
        """Who was chosen before."""
        self.show_value(str(value))


class PartiesBox(QWidget):
    """Several of the parties, each ticked."""

    def __init__(self, slot: Slot, people: People, changed: Changed) -> None:
        """Nobody yet."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self.ticks = {each.id: QCheckBox() for each in people}
        for row, each in enumerate(people):
            tick = self.ticks[each.id]
            tick.setAccessibleName(f"{slot.label}：{each.name}")
            tick.clicked.connect(lambda _: changed())
            grid.addWidget(tick, row, 0)
            grid.addWidget(label(each.name, wrap=True), row, 1)
        self.setFocusProxy(next(iter(self.ticks.values())))

    @property
    def typed(self) -> object:
        """Ids in the order of the list of parties."""
        return [key for key, tick in self.ticks.items() if tick.isChecked()]

    def show_typed(self, value: object) -> None:
        """Who was ticked before."""
        for key, tick in self.ticks.items():
            tick.setChecked(isinstance(value, list) and key in value)


class SharesBox(QWidget):
    """A sum beside each party; who has none is left out."""

    def __init__(self, slot: Slot, people: People, changed: Changed) -> None:
        """No sums yet."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.sums = {each.id: QLineEdit() for each in people}
        for row, each in enumerate(people):
            line = self.sums[each.id]
            line.setAccessibleName(f"{slot.label}：{each.name}")
            line.setPlaceholderText(say("composer.slot_share"))
            line.textEdited.connect(lambda _: changed())
            grid.addWidget(label(each.name, wrap=True), row, 0)
            grid.addWidget(line, row, 1)
        self.setFocusProxy(next(iter(self.sums.values())))

    @property
    def typed(self) -> object:
        """Rows of id and sum."""
        return [[key, line.text().strip()] for key, line in self.sums.items() if line.text().strip()]

    def show_typed(self, value: object) -> None:
        """Sums of before."""
        known = {str(row[0]): str(row[1]) for row in value} if isinstance(value, list) else {}
        for key, line in self.sums.items():
            line.setText(known.get(key, ""))


class ItemsBox(Lines):
    """Named sums, one a line."""

    def __init__(self, slot: Slot, changed: Changed) -> None:
        """Empty; what most agreements name is shown as a hint."""
        super().__init__(3)
        self.setAccessibleName(slot.label)
        self.setPlaceholderText(say("composer.slot_items"))
        self.setToolTip(slot.usual)
        self.textChanged.connect(changed)

    @property
    def typed(self) -> object:
        """The lines as they stand."""
        return self.toPlainText()

    def show_typed(self, value: object) -> None:
        """Rows of before as lines."""
        self.setPlainText(as_lines(value))


class DaysBox(QWidget):
    """First day, how many, how many months apart; or, where days or sums are uneven, a line for each."""

    def __init__(self, slot: Slot, changed: Changed) -> None:
        """One day, once."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.first, self.count, self.months = (QLineEdit(text) for text in ("", "1", "1"))
        self.each = Lines(1)
        self.each.setPlaceholderText(say("composer.slot_uneven_hint"))
        parts: tuple[tuple[str, QLineEdit | Lines], ...] = (
            ("first", self.first), ("count", self.count), ("months", self.months), ("uneven", self.each),
        )  # fmt: skip
        self.setFocusProxy(self.first)
        for row, (name, widget) in enumerate(parts):
            words = label(say(f"composer.slot_{name}"), "small", wrap=True)
            words.setBuddy(widget)
            widget.setAccessibleName(f"{slot.label}：{spoken(say(f'composer.slot_{name}'))}")
            grid.addWidget(words, row, 0)
            grid.addWidget(widget, row, 1)
            widget.textChanged.connect(partial(self.told, changed))

    def told(self, changed: Changed, _text: str = "") -> None:
        """Something was typed."""
        changed()

    @property
    def typed(self) -> object:
        """Lines where there are some, else the schedule."""
        lines = [line.split(maxsplit=1) for line in self.each.toPlainText().splitlines() if line.strip()]
        if lines:
            return [[day_typed(row[0]), *row[1:]] for row in lines]
        first = day_typed(self.first.text())
        return {"first": first, "count": self.count.text(), "months": self.months.text()} if first else ""

    def show_typed(self, value: object) -> None:
        """The schedule or the lines of before."""
        even = value if isinstance(value, dict) else {}
        self.first.setText(str(even.get("first", "")))
        self.count.setText(str(even.get("count", 1)))
        self.months.setText(str(even.get("months", 1)))
        self.each.setPlainText(as_lines(value))


Input = Line | PartyChoice | PartiesBox | SharesBox | ItemsBox | DaysBox


def input_for(slot: Slot, people: People, place: int, changed: Changed) -> Input:
    """The input of a slot; `place` counts the slots of parties before it."""
    if slot.shape is Shape.PARTY:
        return PartyChoice(slot, people, place, changed)
    if slot.shape in (Shape.PARTIES, Shape.SHARES):
        return (PartiesBox if slot.shape is Shape.PARTIES else SharesBox)(slot, people, changed)
    if slot.shape in (Shape.ITEMS, Shape.DAYS):
        return (ItemsBox if slot.shape is Shape.ITEMS else DaysBox)(slot, changed)
    return Line(slot, changed)
