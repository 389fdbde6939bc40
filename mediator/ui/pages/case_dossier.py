"""卷宗: what the dossier of a case holds and lacks, its scans, and the way to have it issued and bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework import dossier, due_papers
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.casework.dossier import Filed, Incomplete
from mediator.casework.dossier_rules import SOURCE
from mediator.casework.due_papers import Batch
from mediator.casework.volume import Item
from mediator.core.lint import Finding, Severity
from mediator.core.records import Case, CaseId
from mediator.errors import MediatorError
from mediator.ui.pages.case_dossier_binding import BindingCard
from mediator.ui.pages.case_dossier_items import AttachLine, ItemsCard
from mediator.ui.pages.case_dossier_missing import MissingCard, MissingRow
from mediator.ui.pieces.fields import Sent
from mediator.ui.pieces.labels import Note
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

FORMATS: Final = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in it, and what is missing."""

    items: tuple[Item, ...]
    found: tuple[Finding, ...]


def contents(desk: Desk, case: Case, *, simple: bool) -> Contents:
    """Read it, on the worker's lane."""
    rows = dossier.here(desk, case, dossier.items(desk, case.id))
    return Contents(rows, dossier.lacking(desk, case.id, simple=simple))


class DossierPane(QWidget):
    """Items on the left, what is missing on the right, scans and binding below; read only while it is looked at."""

    def __init__(self, seat: Seat) -> None:
        """Nothing until a case is shown."""
        super().__init__()
        self.seat = seat
        self.case: Case | None = None
        self.stopped_by: tuple[Finding, ...] = ()
        self.told = Note("")
        self.told.hide()
        self.items = ItemsCard(seat, self.told)
        self.missing = MissingCard(self.excuse)
        self.scans = AttachLine(seat, self.told, lambda: self.case.id if self.case else "")
        self.binding = BindingCard(seat, self.issue, self.bind)
        self.binding.simple.toggled.connect(lambda _: self.ask())
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self.items, 3)
        row.addWidget(self.missing, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space("m"), 0, 0)
        column.setSpacing(space("m"))
        column.addWidget(self.told)
        column.addLayout(row, 1)
        column.addWidget(self.scans)
        column.addWidget(self.binding)

    @property
    def unkept(self) -> bool:
        """Whether a reason stands here that nobody kept."""
        return self.missing.unkept

    def show_case(self, case: Case) -> None:
        """Another state of the case; nothing of another case stays."""
        if self.case is None or self.case.id != case.id:
            self.stopped_by = ()
            self.told.tell("")
            self.missing.clear()
            self.scans.name.clear()
        self.case = case
        if self.isVisible():
            self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is looked at: read it now."""
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Read items and what is missing; an answer about another case is thrown away."""
        if self.case is not None:
            case, simple = self.case, self.binding.simple.isChecked()
            self.seat.deed(partial(contents, self.seat.desk, case, simple=simple), partial(self.show_contents, case))

    def show_contents(self, case: Case, read: Contents) -> None:
        """Paint it; what stopped the last deed and no reason answered yet stands behind what is missing."""
        if self.case is None or self.case.id != case.id:
            return
        excused = {each.item for each in case.excuses}
        left = tuple(each for each in self.stopped_by if each.place not in excused)
        self.items.show_items(case.id, read.items, case.evidence)
        self.missing.show_missing(tuple(dict.fromkeys(in_order((*read.found, *left)))), case.excuses)

    def excuse(self, row: MissingRow) -> None:
        """Keep the reason; until it is kept it stays in its line."""
        if self.case is None:
            return
        sent = Sent(row.reason)
        work = partial(dossier.excuse, self.seat.desk, self.case.id, row.finding.place, row.reason.text())
        self.seat.once("excuse", work, lambda _: self.missing.kept(row, sent), self.failed)

    def issue(self) -> None:
        """出具到期文书."""
        if self.case is not None:
            case = self.case.id
            make = partial(due_papers.make_due, self.seat.desk, case, formats=FORMATS, out=self.binding.out)
            self.begin()
            self.binding.start(lambda watch: make(watch=watch), partial(self.is_issued, case), self.refused)

    def bind(self) -> None:
        """装订卷宗."""
        if self.case is not None:
            simple, out = self.binding.simple.isChecked(), self.binding.out
            file = partial(dossier.file, self.seat.desk, self.case.id, out=out, simple=simple)
            self.begin()
            self.binding.start(lambda watch: file(watch=watch), self.is_filed, self.refused)

    def begin(self) -> None:
        """What stopped the deed before is asked anew."""
        self.stopped_by = ()
        self.told.tell("")

    def is_issued(self, case: CaseId, batch: Batch) -> None:
        """Which papers, where they lie, and what stopped the rest."""
        names = "、".join(each.title for each in batch.made)
        folder = batch.made[0].files[0].path.parent if batch.made else ""
        words = [say("dossier.issued", count=len(batch.made), names=names, folder=folder)] if batch.made else []
        words += [say("dossier.left", count=len(batch.findings))] if batch.findings else []
        self.told.tell("\n".join(words) or say("dossier.none_due"), "soon" if batch.findings else "calm")
        self.stop_by(case, batch.findings)

    def is_filed(self, filed: Filed) -> None:
        """Pages and folder."""
        self.told.tell(
            say("dossier.filed", pages=filed.pages, count=len(filed.items), folder=filed.file.parent), "calm"
        )
        self.ask()

    def refused(self, error: MediatorError) -> None:
        """Why not, with every finding."""
        self.failed(error)
        if isinstance(error, Incomplete) and self.case is not None:
            self.stop_by(self.case.id, [each for each in error.findings if each.source != SOURCE])

    def stop_by(self, case: CaseId, found: Sequence[Finding]) -> None:
        """These stand with what is missing until the next try."""
        if self.case is not None and self.case.id == case:
            self.stopped_by = tuple(found)
        self.ask()

    def failed(self, error: MediatorError) -> None:
        """Why not; what was typed stays."""
        self.told.tell(sentence(error), "late")


def in_order(found: Sequence[Finding]) -> list[Finding]:
    """Blocking ones first, else as they came."""
    return sorted(found, key=lambda each: list(Severity).index(each.severity))
