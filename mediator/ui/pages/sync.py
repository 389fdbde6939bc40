"""同步."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class SyncPage(Page):
    """同步."""

    name = "sync"
    nav = ""

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("sync.title"))
