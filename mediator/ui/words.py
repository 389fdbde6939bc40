"""Every word the desktop shows, from one catalogue: `data/words/<page>.json`, key -> text with places in braces."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=32)
def sheet(name: str) -> dict[str, str]:
    """The words of one page, parsed once."""
    place = resources.files("mediator.ui").joinpath(f"data/words/{name}.json")
    words: dict[str, str] = json.loads(place.read_text(encoding="utf-8"))
    return words


def say(key: str, **facts: object) -> str:
    """The words for `page.key`, facts filled in. Raises KeyError for a key that is not in the catalogue."""
    name, _, rest = key.partition(".")
    text = sheet(name)[rest]
    return text.format(**facts) if facts else text
