"""A tab of a case that asks for what it shows only when somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediator.casework.desk import Desk
from mediator.core.records import Case, CaseId
from mediator.ui.seat import Seat

T = TypeVar("T")


class AskingPane(QWidget, Generic[T]):
    """`look(desk, case)` is done beside the screen, `show_answer` paints what it gave; one read for every change."""

    def __init__(self, seat: Seat, look: Callable[[Desk, CaseId], T]) -> None:
        """No case yet."""
        super().__init__()
        self.seat, self.look = seat, look
        self.case: Case | None = None
        self.stale = False

    def show_case(self, case: Case) -> None:
        """Another case, or the same one changed."""
        if self.case is None or self.case.id != case.id:
            self.forget()
        self.case, self.stale = case, True
        if self.isVisible():
            self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Read it if it changed; an answer about another case is thrown away."""
        if self.case is None or not self.stale:
            return
        self.stale = False
        asked = self.case.id
        self.seat.deed(partial(self.look, self.seat.desk, asked), partial(self._heard, asked))

    def _heard(self, asked: CaseId, answer: T) -> None:
        """Of the case that is shown."""
        if self.case is not None and self.case.id == asked:
            self.show_answer(answer)

    def show_answer(self, answer: T) -> None:
        """Paint it."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing typed for another case stays."""

    @property
    def unkept(self) -> bool:
        """Whether something stands here that nobody kept yet."""
        return False
