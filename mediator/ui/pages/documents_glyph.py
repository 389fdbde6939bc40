"""缺字: a character that no face has stops every paper; the clerk looks at it and puts a picture in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout

from mediator.casework import characters
from mediator.core.records import CaseId
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import Note
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

LACKING = "document.character"


class GlyphStrip(QFrame):
    """Hidden until a paper of the case lacks a character; `put_in(char)` once its picture is kept."""

    def __init__(self, seat: Seat, put_in: Callable[[str], None], failed: Callable[[MediatorError], None]) -> None:
        """Nothing is lacking yet."""
        super().__init__()
        self.seat, self.put_in, self.failed = seat, put_in, failed
        self.case, self.char = "", ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        self.words = Note("", "late")
        self.choose_picture = button(say("documents.glyph_choose"), self.choose)
        row.addWidget(self.words, 1)
        row.addWidget(self.choose_picture)
        self.hide()

    def heed(self, case: str, error: MediatorError) -> bool:
        """Ask for a picture when this is what stopped a paper; the error names the character's code point."""
        if error.code != LACKING or not case:
            return False
        self.case, self.char = case, chr(int(error.where.removeprefix("U+"), 16))
        self.words.tell(say("documents.glyph", char=self.char, code=error.where), "late")
        self.show()
        return True

    def forget(self) -> None:
        """Another case, or it is there."""
        self.char = ""
        self.hide()

    def choose(self) -> None:
        """Which picture."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("documents.glyph_choose"), "", say("documents.glyph_files")
        )  # fmt: skip
        if chosen:
            self.put(Path(chosen))

    def put(self, file: Path) -> None:
        """Keep it in the case."""
        char = self.char
        work = partial(characters.put_picture, self.seat.desk, CaseId(self.case), char, file)
        self.seat.once("glyph", work, lambda _: self.put_in(char), self.failed)
