"""Variant and old forms of characters made one, as they meet in names: 峯 and 峰, 張 and 张.

The table is data, `data/variants.txt`: each line a usual character and its other forms. It serves finding and
comparing alone; what is stored and printed keeps the form that was given (a name is as its bearer writes it).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def table() -> dict[int, str]:
    """Code point of each other form -> the usual character."""
    text = resources.files("mediator.core").joinpath("data/variants.txt").read_text(encoding="utf-8")
    return {ord(form): group[0] for group in text.split() for form in group[1:]}


def plain_shape(text: str) -> str:
    """A text with every variant in its usual form; width and compatibility forms are made equal too."""
    return unicodedata.normalize("NFKC", text).translate(table())
