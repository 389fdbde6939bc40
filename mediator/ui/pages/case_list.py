"""案件."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class CaseListPage(Page):
    """案件."""

    name = "case_list"
    nav = ""

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("case_list.title"))
