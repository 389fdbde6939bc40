"""The manual as it lies in the house: one chapter a file, Markdown, with its pictures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

CHAPTER_OF: Final = {
    "workbench": "03", "intake": "04", "imports": "04", "case_list": "05", "case_page": "05", "hearing": "06",
    "composer": "07", "documents": "08", "performance": "09", "statistics": "10", "sync": "11", "settings": "12",
    "templates": "08", "found": "05",
}  # fmt: skip
FIRST: Final = "01"


@dataclass(frozen=True, slots=True)
class Chapter:
    """`number` as two figures, the words of its heading, and all of its Markdown."""

    number: str
    title: str
    text: str


def folder() -> Path:
    """Where chapters and `pictures/` lie."""
    return Path(str(resources.files("mediator.ui").joinpath("data/manual")))


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Every chapter in order; the first line of each is its heading."""
    texts = ((path.name[:2], path.read_text(encoding="utf-8")) for path in sorted(folder().glob("*.md")))
    return tuple(Chapter(number, text.partition("\n")[0].lstrip("# "), text) for number, text in texts)


def chapter_for(page: str) -> int:
    """Place of the chapter about a page; the first for a page that has none of its own."""
    wanted = CHAPTER_OF.get(page, FIRST)
    return next((place for place, each in enumerate(chapters()) if each.number == wanted), 0)
