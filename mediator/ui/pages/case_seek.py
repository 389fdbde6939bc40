"""From a place that was found to the same place on the page of its case: the turn, the clause, the paper."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTabWidget

from mediator.casework.searching import Hit
from mediator.core.records import Case
from mediator.ui.pages.case_agreement import AgreementPane
from mediator.ui.pages.case_overview import OverviewPane
from mediator.ui.pages.case_records import RecordsPane, record_text

CUT: Final = "…"
RECORDS, AGREEMENT = 2, 3
TAB_OF: Final = {
    "party": 1, "hearing": RECORDS, "sentence": RECORDS, "agreement": AGREEMENT, "clause": AGREEMENT,
    "obligation": AGREEMENT, "payment": AGREEMENT, "follow_up": AGREEMENT, "evidence": 4, "event": 5, "period": 5,
    "supervision": 5, "satisfaction": AGREEMENT, "amendment": AGREEMENT, "link": 6, "likeness": 6,
}  # fmt: skip


class Parts(Protocol):
    """The page of a case with what a hit may stand in."""

    tabs: QTabWidget
    overview: OverviewPane

    @property
    def records(self) -> RecordsPane:
        """调解."""

    @property
    def agreement(self) -> AgreementPane:
        """协议与履行."""

    def turn(self, place: int) -> None:
        """Make the part at this place, if it was not looked at yet."""


def seek(page: Parts, case: Case, hit: Hit) -> None:
    """Turn to the part a hit stands in; in a record, an agreement and among the papers its place is chosen."""
    kind = hit.field.partition(".")[0]
    tab = TAB_OF.get(kind, 0)
    page.tabs.setCurrentIndex(tab)
    page.turn(tab)
    if tab == RECORDS:
        number = sitting_of(case, hit)
        page.records.table.selectRow(number)
        choose(page.records.record, hit)
    elif tab == AGREEMENT:
        choose(page.agreement.words, hit)
    elif kind == "paper":
        page.overview.choose_paper(piece_of(hit))


def piece_of(hit: Hit) -> str:
    """The words around the place as they stand in the text."""
    return hit.excerpt.removeprefix(CUT).removesuffix(CUT)


def sitting_of(case: Case, hit: Hit) -> int:
    """Which sitting said it; the newest where none holds the very words, as when they were corrected meanwhile."""
    piece = piece_of(hit)
    found = (place for place, each in enumerate(case.hearings) if piece in record_text(each))
    return next(found, len(case.hearings) - 1)


def choose(text: QPlainTextEdit, hit: Hit) -> None:
    """The found word is chosen and in view; a text without it is shown from its beginning."""
    words = text.toPlainText()
    at = words.find(piece_of(hit))
    if at < 0 or not hit.marks:
        return
    shift = 1 if hit.excerpt.startswith(CUT) else 0
    first, last = (at + mark - shift for mark in hit.marks[0])
    cursor = QTextCursor(text.document())
    cursor.setPosition(units(words[:first]))
    cursor.setPosition(units(words[:last]), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.centerCursor()
    text.setFocus()


def units(words: str) -> int:
    """How the screen counts characters: those beyond the basic plane count twice."""
    return len(words.encode("utf-16-le")) // 2
