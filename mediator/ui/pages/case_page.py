"""案件."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class CasePage(Page):
    """案件."""

    name = "case_page"
    nav = "case_list"

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("case_page.title"))
