"""What a kind of paper needs of the case, and which of it the case does not have (security.md T34)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mediator.core.records import Case

# Without these there is nothing to print; any other gap is a ruled line that may be filled in by hand.
FOUNDATIONS: Final = frozenset(
    {"parties", "facts", "hearings.turns", "agreement.clauses", "agreement.obligations", "follow_ups"}
)


def missing(needs: Iterable[str], case: Case) -> tuple[str, ...]:
    """The needs that the case does not meet, as dotted places in the record."""
    return tuple(need for need in needs if not there(case, need.split(".")))


def there(value: object, path: list[str]) -> bool:
    """True when the path leads to something; through a list, when it does for any member."""
    if not path:
        return bool(value)
    found = getattr(value, path[0], None)
    if isinstance(found, Iterable) and not isinstance(found, str) and path[1:]:
        return any(there(item, path[1:]) for item in found)
    return there(found, path[1:])
