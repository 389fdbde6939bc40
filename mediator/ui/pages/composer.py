"""协议."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class ComposerPage(Page):
    """协议."""

    name = "composer"
    nav = "documents"

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("composer.title"))
