"""Which cases are listed: state, kind, colour, type, village, mediator, days; what is set stays with the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from mediator.casework.reading import RowQuery
from mediator.casework.searching import Where
from mediator.core.codes import CaseKind, CaseStatus, Category, Code
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import Choice, clearable, labelled
from mediator.ui.pieces.labels import restyle
from mediator.ui.pieces.moments import iso_day
from mediator.ui.tokens import space
from mediator.ui.words import say

PAUSE_MS: Final = 300
CODES: Final[tuple[tuple[str, type[Code]], ...]] = (("status", CaseStatus), ("kind", CaseKind), ("category", Category))
LINES: Final = ("dispute_type", "village", "mediator_named", "since", "until")
DAYS: Final = ("since", "until")
ORDERS: Final = ("updated", "opened", "due", "number")


class FilterBar(QWidget):
    """`changed()` after a pause in typing, at once for a choice. A day that is none is red and asks nothing."""

    def __init__(self, changed: Callable[[], None], *, ordered: bool = True) -> None:
        """No condition, the newest change first; a list that keeps an order of its own is not `ordered` here."""
        super().__init__()
        self.changed = changed
        self.choices = {
            name: Choice(
                say(f"case_list.by_{name}"),
                [("", say("case_list.every")), *((each.value, each.term) for each in codes)],
                lambda _: self.changed(),
            )
            for name, codes in CODES
        }
        orders = [(each, say(f"case_list.order_{each}")) for each in ORDERS]
        self.order = Choice(say("case_list.by_order"), orders, lambda _: self.changed())
        self.lines = {name: QLineEdit() for name in LINES}
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self.changed)
        column = QGridLayout(self)
        column.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        column.setSpacing(space("s"))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row, place in ((upper, 0), (lower, 1)):
            row.setSpacing(space("s"))
            column.addLayout(row, place, 0)
        shown = {**self.choices, "order": self.order} if ordered else self.choices
        for name, choice in shown.items():
            words, _ = labelled(say(f"case_list.by_{name}"), choice)
            upper.addWidget(words)
            upper.addWidget(choice, 1)
        if not ordered:
            self.order.setParent(self)  # a part that stands nowhere would outlive the page
            self.order.hide()
        for name, line in self.lines.items():
            line.setPlaceholderText(say(f"case_list.{name}"))
            line.setAccessibleName(say(f"case_list.{name}"))
            clearable(line, say("search.clear"))
            line.textChanged.connect(lambda _: self.pause.start())
            lower.addWidget(line, 1)
        lower.addWidget(button(say("case_list.clear"), self.clear, kind="small"))

    def clear(self) -> None:
        """No condition any more; the order stays."""
        for choice in self.choices.values():
            choice.show_value("")
        for line in self.lines.values():
            line.clear()
        self.pause.stop()
        self.changed()

    @property
    def empty(self) -> bool:
        """Whether every case is listed."""
        return self.query(0, 1).where == Where() and not self.choices["status"].value

    def words(self, name: str) -> str:
        """What a line says; of a day its ISO form, empty while it is none."""
        text = self.lines[name].text().strip()
        return iso_day(text) or "" if name in DAYS else text

    def query(self, offset: int, limit: int) -> RowQuery:
        """What is asked, for a window."""
        for name in DAYS:
            restyle(self.lines[name], fault=iso_day(self.lines[name].text()) is None)
        where = Where(
            kind=self.choices["kind"].value, category=self.choices["category"].value,
            dispute_type=self.words("dispute_type"), village=self.words("village"),
            mediator=self.words("mediator_named"), since=self.words("since"), until=self.words("until"),
        )  # fmt: skip
        chosen = tuple(each for each in CaseStatus if each.value == self.choices["status"].value)
        return RowQuery(chosen, order=self.order.value, offset=offset, limit=limit, where=where)

    def conditions(self) -> list[tuple[str, str]]:
        """Each condition in words, for the sheet beside an exported list."""
        chosen = [
            (plain(say(f"case_list.by_{name}")), each.currentText() if each.value else "")
            for name, each in self.choices.items()
        ]
        return [*chosen, *((say(f"case_list.{name}"), self.words(name)) for name in LINES)]


def plain(words: str) -> str:
    """`状态` for `状态(&S)`."""
    return words.partition("(")[0]
