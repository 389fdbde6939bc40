"""设置."""

from __future__ import annotations

from mediator.ui.page import Page
from mediator.ui.seat import Seat
from mediator.ui.words import say


class SettingsPage(Page):
    """设置."""

    name = "settings"
    nav = ""

    def __init__(self, seat: Seat) -> None:
        """An empty page."""
        super().__init__(seat, say("settings.title"))
