"""What a dossier lacks: a row a finding, with a line for the reason where a reason will do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework.binder import name_of
from mediator.casework.dossier_rules import EXCUSABLE, SOURCE
from mediator.core.lint import Finding, Severity
from mediator.core.records import Excuse
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.fields import Sent
from mediator.ui.pieces.labels import label, tag
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {Severity.BLOCK: "late", Severity.WARN: "soon"}
Excused = Callable[["MissingRow"], None]


def may_excuse(finding: Finding) -> bool:
    """Whether a reason stands for what is missing; what is unequal or wrong must be mended."""
    return finding.severity is Severity.BLOCK and (finding.source == SOURCE or finding.place in EXCUSABLE)


class MissingRow(QWidget):
    """The finding in words and, where a reason will do, the line to type it in; Enter keeps it."""

    def __init__(self, finding: Finding, excuse: Excused) -> None:
        """`excuse(row)` is called by Enter."""
        super().__init__()
        self.finding = finding
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("dossier.reason_of", what=finding.message))
        self.reason.setPlaceholderText(say("dossier.reason_hint"))
        self.reason.returnPressed.connect(lambda: excuse(self))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, space("s"))
        inside.setSpacing(space("xs"))
        words = QHBoxLayout()
        words.setSpacing(space("s"))
        words.addWidget(tag(say(f"findings.{finding.severity.value}"), TONES.get(finding.severity, "calm")))
        words.addWidget(label(finding.message, wrap=True), 1)
        inside.addLayout(words)
        if may_excuse(finding):
            inside.addWidget(self.reason)
        else:
            self.reason.hide()


class MissingCard(Card):
    """Every finding; a reason half typed stays while its finding stands."""

    def __init__(self, excuse: Excused) -> None:
        """Nothing known yet."""
        super().__init__(say("dossier.missing"))
        self.excuse = excuse
        self.rows: list[MissingRow] = []
        self.none = label(say("dossier.nothing_missing"), wrap=True)
        self.excused = label("", "aside", wrap=True)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        self.column = QVBoxLayout()
        column.addWidget(self.none)
        column.addLayout(self.column)
        column.addWidget(self.excused)
        column.addStretch(1)
        self.put(scrolled(sheet), 1)

    @property
    def unkept(self) -> bool:
        """Whether a reason stands in a line that nobody kept."""
        return any(row.reason.text().strip() for row in self.rows)

    def show_missing(self, found: Sequence[Finding], excuses: Sequence[Excuse]) -> None:
        """Findings, blocking ones first, and the reasons that were given."""
        blocking = sum(each.severity is Severity.BLOCK for each in found)
        self.none.setVisible(not blocking)
        self.aside.setText(say("dossier.missing_count", count=blocking) if blocking else "")
        given = (say("dossier.excused", item=name_of(each.item), reason=each.reason) for each in excuses)
        self.excused.setText("\n".join(given))
        self.excused.setVisible(bool(excuses))
        if [row.finding for row in self.rows] != list(found):
            self.lay(found)

    def lay(self, found: Sequence[Finding]) -> None:
        """Rows for these; one that is there already is only moved, so that the keyboard stays in it."""
        there = {row.finding: row for row in self.rows}
        self.rows = [there.pop(each) if each in there else MissingRow(each, self.excuse) for each in found]
        held = next((each for each in there.values() if each.reason.hasFocus()), None)
        for gone in there.values():
            self.column.removeWidget(gone)
            gone.deleteLater()
        for place, row in enumerate(self.rows):
            self.column.insertWidget(place, row)
        following = next((row.reason for row in self.rows if may_excuse(row.finding)), None)
        if held is not None and following is not None:
            following.setFocus()

    def kept(self, row: MissingRow, sent: Sent) -> None:
        """Its reason is in the vault; the row may be gone by then, with another case on the screen."""
        if row in self.rows:
            sent.clear()

    def clear(self) -> None:
        """Another case: nothing of the one before stays."""
        self.lay(())
