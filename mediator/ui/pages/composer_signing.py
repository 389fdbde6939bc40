"""检查和签订: what the rules say, a reason for each warning that stays, one for all of them when it is signed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.casework import agreement, passing
from mediator.casework.checking import Refused
from mediator.casework.complaints import sentence
from mediator.core.dates import parse_iso_day
from mediator.core.lint import Finding, Severity
from mediator.core.passing import open_among
from mediator.core.records import CaseId
from mediator.errors import MediatorError
from mediator.ui.pages.composer_keeping import Keep
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import read_day
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.labels import Note, label
from mediator.ui.pieces.reasons import ReasonedFindings, ReasonLine
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class SigningCard(Card):
    """While it asks for the one reason, the warnings that are open stand where all findings stand otherwise.

    `before` keeps what is typed elsewhere on the page, `keep` a change; `told` is the page's note.
    """

    def __init__(self, seat: Seat, keep: Keep, told: Note, before: Callable[[], None]) -> None:
        """Nothing yet."""
        super().__init__(say("composer.checks"))
        self.seat, self.keep, self.told, self.before = seat, keep, told, before
        self.case, self.frozen, self.asking = "", False, False
        self.found: tuple[Finding, ...] = ()
        look = seat.preferences.look
        self.findings = ReasonedFindings(say("composer.checks"), look)
        self.findings.passing.connect(self.pass_over)
        self.put(self.findings, 1)
        self.open = FindingList(say("composer.open_warnings"), look, brief=True)
        words = (say(f"composer.{name}") for name in ("sign_reason", "sign_hint", "sign_with"))
        self.reason = ReasonLine(*words, kind="primary")
        self.reason.given.connect(self.sign)
        self.reason.left.connect(self.back)
        self.put(self.open, 1)
        self.put(self.reason)
        self.open.hide()
        self.signed_on = QLineEdit()
        self.to_sign = button(say("composer.sign"), self.sign, kind="primary")
        self.not_yet = button(say("composer.not_yet"), self.back)
        self.not_yet.hide()
        self.body.addLayout(self._row())

    def _row(self) -> QHBoxLayout:
        """签订日期, what signing means, and the button."""
        row = QHBoxLayout()
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        self.signed_on.setFixedWidth(self.seat.preferences.look.wide(6))
        self.signed_on.setAccessibleName(say("composer.signed_on"))
        words = label(say("composer.signed_on"), "label")
        words.setBuddy(self.signed_on)
        row.addWidget(words)
        row.addWidget(self.signed_on)
        row.addWidget(label(say("composer.sign_about"), "small", wrap=True), 1)
        row.addWidget(self.not_yet)
        row.addWidget(self.to_sign)
        return row

    def show_case(self, case: str, found: tuple[Finding, ...], *, frozen: bool) -> None:
        """What the rules say, and how much of it blocks; a reason that is being typed for this case stays."""
        if case != self.case or frozen:
            self.back()
        self.case, self.frozen = case, frozen
        self.found = found
        self.tell_count()
        self.findings.show_findings(found, may_pass=not frozen)
        self.to_sign.setEnabled(not frozen)

    def tell_count(self) -> None:
        """How many findings of each weight, or how many are to be answered for now."""
        blocking = sum(each.severity is Severity.BLOCK for each in self.found)
        waiting = 0 if self.frozen else len(open_among(self.found))
        counted = say("composer.count", block=blocking, open=waiting, all=len(self.found))
        told = counted if self.found else say("composer.clean")
        self.aside.setText(say("composer.asked", count=len(self.open.shown)) if self.asking else told)

    def pass_over(self, finding: Finding, reason: str) -> None:
        """Keep why one warning stays."""
        case = CaseId(self.case)
        work = partial(passing.pass_over, self.seat.desk, case, finding.rule, reason=reason, place=finding.place)
        self.keep(work, None, self.not_signed, once="pass")

    def sign(self, reason: str = "") -> None:
        """Freeze and sign on the typed day; refused in words while a rule blocks or a warning is not answered for."""
        self.before()
        try:
            day = read_day(self.signed_on.text()) or parse_iso_day(self.signed_on.text().strip())
        except MediatorError as error:
            self.told.tell(sentence(error), "late")
            return
        work = partial(agreement.sign, self.seat.desk, CaseId(self.case), day, reason=reason)
        self.keep(work, lambda _: self.is_signed(), self.not_signed, once="sign")

    def is_signed(self) -> None:
        """Frozen: papers come next."""
        self.back()
        self.told.tell(say("composer.is_signed"))

    def not_signed(self, error: MediatorError) -> None:
        """Why not; for open warnings the one line asks, anything else stands above."""
        if isinstance(error, Refused) and error.code == "agreement.warnings":
            self.ask_reason(error.findings)
        else:
            self.back()
            self.told.tell(sentence(error), "late")

    def ask_reason(self, warned: tuple[Finding, ...]) -> None:
        """Each open warning in a row, and one reason for them; the keyboard stands in its line."""
        self.told.tell("")
        self.open.show_findings(warned)
        self.turn(asking=True)
        self.reason.ask(say("composer.sign_reason"))
        self.reason.typed.setFocus()

    def back(self) -> None:
        """All findings again."""
        asked = self.asking
        self.reason.typed.clear()
        self.reason.hide()
        self.turn(asking=False)
        if asked:
            self.to_sign.setFocus()

    def turn(self, *, asking: bool) -> None:
        """The open warnings, or all findings; one button signs at a time."""
        self.asking = asking
        self.open.setVisible(asking)
        self.not_yet.setVisible(asking)
        self.findings.setVisible(not asking)
        self.to_sign.setVisible(not asking)
        self.tell_count()
