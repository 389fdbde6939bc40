"""At the page of papers: a signed case, an issued agreement, what the table of verdicts answers."""

from __future__ import annotations

from pathlib import Path

from mediator.core.records import CaseId
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_signed_case
from tests.ui.scenes import desk_of, page_of

AGREEMENT = "mediation_agreement"


def papers(window: Window, folder: Path) -> tuple[CaseId, DocumentsPage]:
    """The page about a signed case, files going to a folder."""
    case = a_signed_case(desk_of(window))
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(folder / "papers"))
    return case, page


def issue(window: Window, page: DocumentsPage, *kinds: str) -> None:
    """Tick and issue."""
    for kind in kinds:
        page.kinds.tick(kind)
    page.make(draft=False)
    settle(window)


def answers(page: DocumentsPage) -> list[str]:
    """One word for each file."""
    model = page.verdicts.rows
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]
