"""What one element of a Word file says, asked alike wherever a file is read back."""

from __future__ import annotations

from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_of(element: Any) -> str:
    """All text inside, its runs joined as they stand."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def value_of(element: Any, path: str) -> str:
    """The `val` of a child, empty for none; `path` names what lies between with its space, but for the first."""
    found = element.find(f"{W}{path}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def has_place(paragraph: Any) -> bool:
    """True for a place to sign: it alone has a tab among its runs."""
    return paragraph.find(f"{W}r/{W}tab") is not None
