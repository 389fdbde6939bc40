"""What a dossier holds, in its order; a scan is put in or, with a reason and a second press, taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit

from mediator.casework import evidence
from mediator.casework.complaints import sentence
from mediator.casework.dossier_rules import EXCUSABLE, title_of
from mediator.casework.volume import SECTIONS, Item
from mediator.core.dates import chinese_date
from mediator.core.records import CaseId, Evidence, EvidenceId
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, labelled
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

USUAL: Final = "evidence"
NUMBER, DAY, ROOMY = 2, 3, 32


@dataclass(frozen=True, slots=True)
class Line:
    """An item, where it stands, and the scan it is, if it is one."""

    place: int
    item: Item
    scan: EvidenceId | None = None


def places() -> list[tuple[str, str]]:
    """Sections, and the papers that a scan may stand for, as a clerk calls them."""
    kinds = [kind for section in SECTIONS for kind in section.kinds if kind in EXCUSABLE]
    return [*((each.id, each.word) for each in SECTIONS), *((kind, title_of(kind)) for kind in kinds)]


class ItemsCard(Card):
    """The table, and above it the reason and the button that take a scan out."""

    def __init__(self, seat: Seat, told: Note) -> None:
        """Nothing yet; what came of a deed is told in `told`."""
        super().__init__(say("dossier.items"))
        self.seat, self.told = seat, told
        self.case, self.sure = "", False
        self.rows: Rows[Line] = Rows(self.columns(), hint=whole)
        self.table = Table(self.rows, say("dossier.items"), look=seat.preferences.look)
        self.table.fit(self.rows.columns)
        self.table.empty = say("dossier.no_items")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.think_again())
        self.why = QLineEdit()
        self.why.setAccessibleName(say("dossier.why_out"))
        self.why.setPlaceholderText(say("dossier.why_out"))
        self.why.setMinimumWidth(seat.preferences.look.wide(5))
        self.out = button(say("dossier.take_out"), self.take_out, kind="small")
        self.head.addWidget(self.why)
        self.head.addWidget(self.out)
        self.put(self.table)

    def columns(self) -> tuple[Column[Line], ...]:
        """What is told of each."""
        return (
            Column(say("dossier.place"), lambda each: str(each.place), 3, number=True),
            Column(say("dossier.item"), lambda each: each.item.title),
            Column(say("dossier.number"), lambda each: each.item.number, 9),
            Column(say("dossier.day"), lambda each: chinese_date(each.item.on), 8),
            Column(say("dossier.pages"), lambda each: str(each.item.pages), 2, number=True),
            Column(say("dossier.kind"), source, 6, tone=lambda each: "calm" if each.item.sha256 else "late"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, titles go before numbers and days; the tip of a row says those."""
        super().resizeEvent(event)
        narrow = event.size().width() < self.seat.preferences.look.wide(ROOMY)
        for column in (NUMBER, DAY):
            self.table.setColumnHidden(column, narrow)

    def show_items(self, case: str, items: Sequence[Item], scans: Sequence[Evidence]) -> None:
        """The items of a case; the chosen row stays chosen."""
        if case != self.case:
            self.why.clear()
        self.case, chosen = case, self.table.currentIndex().row()
        known = {(each.sha256, each.title): each.id for each in scans}
        lines = [
            Line(place, each, known.get((each.sha256, each.title)) if each.scan else None)
            for place, each in enumerate(items, start=1)
        ]
        self.rows.show_rows(lines)
        if lines:
            self.table.selectRow(min(max(chosen, 0), len(lines) - 1))
        self.aside.setText(say("dossier.count", count=len(items), pages=sum(each.pages for each in items)))

    def take_out(self) -> None:
        """The first press says what will be, the second does it."""
        place = self.table.currentIndex().row()
        line = self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None
        if line is None or line.scan is None:
            self.told.tell(say("dossier.choose_scan"), "soon")
            return
        if not self.sure:
            self.sure = True
            self.out.setText(say("dossier.take_out_now"))
            self.told.tell(say("dossier.take_out_sure", title=line.item.title), "soon")
            return
        self.think_again()
        work = partial(evidence.detach, self.seat.desk, CaseId(self.case), line.scan, reason=self.why.text())
        self.seat.once("scan", work, lambda _: self.is_out(line), self.failed)

    def is_out(self, line: Line) -> None:
        """It is gone from the list."""
        self.why.clear()
        self.told.tell(say("dossier.taken_out", title=line.item.title))

    def think_again(self) -> None:
        """Nothing is about to be taken out."""
        self.sure = False
        self.out.setText(say("dossier.take_out"))

    def failed(self, error: MediatorError) -> None:
        """Why not; what was typed stays."""
        self.told.tell(sentence(error), "late")


def whole(line: Line) -> str:
    """Title, number and day in one line."""
    return "　".join(part for part in (line.item.title, line.item.number, chinese_date(line.item.on)) if part)


def source(line: Line) -> str:
    """A scan, a paper of ours, or one whose pages are on another desk."""
    if not line.item.sha256:
        return say("dossier.absent")
    return say("dossier.scan" if line.item.scan else "dossier.paper")


class AttachLine(QFrame):
    """Title and place of a scan, and the button that asks for the file."""

    def __init__(self, seat: Seat, told: Note, case: Callable[[], str]) -> None:
        """`case()` is the one on the screen."""
        super().__init__()
        self.setProperty("kind", "card")
        self.seat, self.told, self.case = seat, told, case
        self.name = QLineEdit()
        self.name.setAccessibleName(say("dossier.scan_title"))
        self.name.setPlaceholderText(say("dossier.scan_hint"))
        self.place = Choice(say("dossier.scan_place"), places(), lambda _: None)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(8)
        self.place.show_value(USUAL)
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        for words, widget in (("scan_title", self.name), ("scan_place", self.place)):
            row.addWidget(labelled(say(f"dossier.{words}"), widget)[0])
            row.addWidget(widget, 1)
        row.addWidget(button(say("dossier.attach"), self.choose, kind="small"))

    def choose(self) -> None:
        """Which file; a scan without a name is not asked for."""
        if not self.name.text().strip():
            self.told.tell(say("dossier.name_first"), "soon")
            self.name.setFocus()
            return
        chosen, _ = QFileDialog.getOpenFileName(self, say("dossier.attach"), "", say("dossier.files"))
        if chosen:
            self.attach(Path(chosen))

    def attach(self, file: Path) -> None:
        """Read it beside the screen, as pages of the case that is shown now."""
        self.told.tell(say("dossier.attaching"))
        work = partial(
            evidence.attach, self.seat.desk, CaseId(self.case()), file, place=self.place.value, title=self.name.text()
        )
        self.seat.once("scan", work, self.is_in, self.failed, heavy=True)

    def is_in(self, scan: Evidence) -> None:
        """Its name and pages; free for the next."""
        if self.name.text().strip() == scan.title:
            self.name.clear()
        self.told.tell(say("dossier.attached", title=scan.title, pages=scan.pages))

    def failed(self, error: MediatorError) -> None:
        """Why not; what was typed stays."""
        self.told.tell(sentence(error), "late")
