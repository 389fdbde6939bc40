"""工作台."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class WorkbenchPage(Page):
    """工作台."""

    name = "workbench"
    nav = ""

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("workbench.title"))
