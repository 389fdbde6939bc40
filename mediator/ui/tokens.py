"""Colours and sizes, all from `data/tokens.json`; nothing else in this room writes a colour or a pixel size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

THEMES: Final = ("light", "dark", "high_contrast")
SIZES: Final = ("standard", "large", "extra_large")


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The whole table."""
    text = resources.files("mediator.ui").joinpath("data/tokens.json").read_text(encoding="utf-8")
    tokens: dict[str, Any] = json.loads(text)
    return tokens


@dataclass(frozen=True, slots=True)
class Look:
    """What the user chose: theme and text size. Unknown names fall back to light and standard."""

    theme: str = THEMES[0]
    size: str = SIZES[0]

    def colour(self, name: str) -> str:
        """`#RRGGBB` of a role such as `accent`."""
        return str(table()["colour"][self.theme if self.theme in THEMES else THEMES[0]][name])

    def px(self, name: str) -> int:
        """A size of the chosen text size in pixels: `body`, `control_height`, `nav_width`, `table_row`…"""
        return int(table()["type"][self.size if self.size in SIZES else SIZES[0]][f"{name}_px"])

    def wide(self, characters: int) -> int:
        """Width of so many characters of a table's text with the padding of a card, in pixels."""
        return characters * self.px("table") + 2 * space("l")


def space(name: str) -> int:
    """Distance between things: xs s m l xl xxl, in pixels."""
    return int(table()["spacing"][name])


def radius(name: str) -> int:
    """Corner of a control, panel or chip, in pixels."""
    return int(table()["radius"][name])
