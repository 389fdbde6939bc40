"""Which days a report covers: by name, or two days as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mediator.core.reporting import days_of
from mediator.ui.pieces.fields import Choice, labelled, read_day
from mediator.ui.pieces.labels import label, restyle, spoken
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
PERIODS: Final = ("month", "last_month", "quarter", "last_quarter", "year", "last_year", "own")
OWN: Final = "own"
DAY_CHARS: Final = 7


class PeriodChooser(QWidget):
    """`chosen()` is called when other days are wanted; what is typed and no day stays, marked."""

    def __init__(self, look: Look, today: Callable[[], date], chosen: Callable[[], None]) -> None:
        """The running month; `touched` once the user picked a period by hand."""
        super().__init__()
        self.today, self.chosen, self.touched = today, chosen, False
        options = [(each, say(f"statistics.period_{each}")) for each in PERIODS]
        self.period = Choice(say("statistics.period"), options, self.pick)
        words, _ = labelled(say("statistics.period"), self.period)
        self.first, self.last = QLineEdit(), QLineEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("s"))
        row.addWidget(words)
        row.addWidget(self.period)
        for name, line in (("first", self.first), ("last", self.last)):
            line.setAccessibleName(spoken(say(f"statistics.{name}")))
            line.setFixedWidth(look.wide(DAY_CHARS))
            line.editingFinished.connect(partial(self.typed, line))
            row.addWidget(label(say(f"statistics.{name}"), "aside"))
            row.addWidget(line)
        self.show_period("month")

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day; None while one of them is no day."""
        first, last = read_day(self.first.text()), read_day(self.last.text())
        return (first, last) if first and last else None

    def show_period(self, period: str) -> None:
        """A period by its name, its days beside it."""
        self.period.show_value(period)
        if period != OWN:
            for line, day in zip((self.first, self.last), days_of(period, self.today()), strict=True):
                with QSignalBlocker(line):
                    line.setText(day.isoformat())
                restyle(line, fault=False)
        self.told = self.days

    def pick(self, period: str) -> None:
        """By hand: from now on other kinds keep it. For days of one's own the first is asked for."""
        self.touched = True
        self.show_period(period)
        if period == OWN:
            self.first.setFocus()
            self.first.selectAll()
        else:
            self.chosen()

    def typed(self, line: QLineEdit) -> None:
        """A day of one's own; asked for again only when it is another."""
        restyle(line, fault=read_day(line.text()) is None)
        if self.days == self.told:
            return
        self.touched, self.told = True, self.days
        self.period.show_value(OWN)
        self.chosen()
