"""已签发: the papers of a case; once more byte for byte, as a copy that says so, or corrected by a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout

from mediator.casework import printing, reading
from mediator.casework.desk import Desk
from mediator.casework.printing import MadeFile
from mediator.core.records import Case, CaseId, DocumentId, IssuedPaper
from mediator.errors import MediatorError
from mediator.ui.pages.documents_sheet import Job
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class IssuedCard(Card):
    """Enter writes the very bytes again; `correct(paper)` when another shall take the place of the chosen one."""

    def __init__(
        self,
        seat: Seat,
        out: Callable[[], Path],
        tell: Callable[[str], None],
        *,
        failed: Callable[[MediatorError], None],
        correct: Callable[[IssuedPaper], None],
        send: Callable[[Job], None],
    ) -> None:
        """`out()` is the folder that files go to; `send(job)` shows a paper ready for the printer."""
        super().__init__(say("documents.issued"))
        self.seat, self.out, self.tell, self.failed, self.correct, self.send = seat, out, tell, failed, correct, send
        self.case: Case | None = None
        columns: tuple[Column[IssuedPaper], ...] = (
            Column(say("documents.number"), lambda each: each.number, 13),
            Column(say("documents.paper"), self.name_of),
            Column(say("documents.pages"), lambda each: str(each.pages), 2, number=True),
        )
        self.rows: Rows[IssuedPaper] = Rows(columns)
        self.table = Table(self.rows, say("documents.issued"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.empty = say("documents.none_issued")
        self.table.opened.connect(lambda _: self.reprint())
        for name, deed in (
            ("print_issued", self.print_chosen),
            ("again", self.reprint),
            ("copy", partial(self.reprint, copy=True)),
            ("correct", self.begin_correction),
        ):
            press = button(say(f"documents.{name}"), deed, kind="small")
            press.setToolTip(say(f"documents.{name}_about"))
            self.head.addWidget(press)
        self.put(self.table)

    def name_of(self, paper: IssuedPaper) -> str:
        """The title; an old one says that another took its place."""
        later = self.case.papers if self.case else ()
        return (
            say("documents.replaced", title=paper.title)
            if any(each.replaces == paper.id for each in later)
            else paper.title
        )

    def show_case(self, case: Case) -> None:
        """Its papers, in the order of their making; the chosen row stays."""
        place, self.case = self.table.currentIndex().row(), case
        self.rows.show_rows(case.papers)
        self.table.selectRow(min(max(place, 0), len(case.papers) - 1))

    @property
    def current(self) -> IssuedPaper | None:
        """The chosen paper."""
        place = self.table.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def reprint(self, *, copy: bool = False) -> None:
        """The chosen one once more."""
        if self.case is None or self.current is None:
            self.tell(say("documents.none_issued"))
            return
        work = partial(
            printing.reprint, self.seat.desk, self.case.id, self.current.number, out=self.out(), copy=copy
        )  # fmt: skip
        self.seat.once("reprint", work, partial(self.is_reprinted, copy), self.failed, heavy=True)

    def is_reprinted(self, copy: bool, files: tuple[MadeFile, ...]) -> None:
        """Where they lie."""
        words = "documents.copied" if copy else "documents.reprinted"
        self.tell(say(words, count=len(files), folder=files[0].path.parent if files else self.out()))

    def print_chosen(self) -> None:
        """The issued pages, as many copies as the rule of their kind asks for."""
        if self.case is None or self.current is None:
            self.tell(say("documents.none_issued"))
            return
        work = partial(ready_to_print, self.seat.desk, self.case, self.current)
        self.seat.once("reprint", work, self.send, self.failed, heavy=True)

    def begin_correction(self) -> None:
        """Another shall take the place of the chosen one, unless one has already."""
        if self.case is None or self.current is None:
            self.tell(say("documents.none_issued"))
            return
        self.seat.deed(
            partial(still_in_force, self.seat.desk, self.case.id, self.current.id), self.correct, self.failed
        )


def still_in_force(desk: Desk, case: CaseId, paper: DocumentId) -> IssuedPaper:
    """The paper as the vault has it now; raises RefusedByRule `document.replaced`."""
    return printing.replaced(reading.reread(desk, case).case, paper)


def ready_to_print(desk: Desk, case: Case, paper: IssuedPaper) -> Job:
    """An issued paper's pages; the job is called by the number of the case."""
    data = printing.pages_of(desk, case.id, paper.number)
    return Job(data, case.number, printing.copies_for(case, paper.kind))


class ReplacingStrip(QFrame):
    """Says which paper the next one takes the place of, with a way back; hidden otherwise."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """`changed()` when the paper would be another one now."""
        super().__init__()
        self.changed = changed
        self.paper: IssuedPaper | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        self.words = Note("", "soon")
        row.addWidget(self.words, 1)
        row.addWidget(button(say("documents.keep_old"), self.forget))
        self.hide()

    def show_paper(self, paper: IssuedPaper) -> None:
        """This one is replaced by what is issued next."""
        self.paper = paper
        self.words.tell(say("documents.replacing", title=paper.title, number=paper.number), "soon")
        self.show()
        self.changed()

    def forget(self) -> None:
        """The next paper stands for itself."""
        was, self.paper = self.paper, None
        self.hide()
        if was is not None:
            self.changed()

    @property
    def replaces(self) -> DocumentId | None:
        """Id of the old one."""
        return self.paper.id if self.paper else None
