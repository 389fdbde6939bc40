"""登记."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class IntakePage(Page):
    """登记."""

    name = "intake"
    nav = ""

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("intake.title"))
