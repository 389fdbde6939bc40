"""Which recordings and scans the county's entries speak of, noted with the entries themselves."""

from __future__ import annotations

from collections.abc import Iterable

from mediator.journal.entry import Entry
from sync.center.database import Scope
from sync.center.tables import BLOB


def note_named(scope: Scope, entries: Iterable[Entry]) -> None:
    """A row for each blob that new entries name; whoever named it first keeps it."""
    named = [
        {
            "blob": blob, "desk": entry.desk, "n": entry.n, "stream": entry.stream, "size": size, "cls": cls,
            "manifest": None, "held": 0, "complete": 0,
        }
        for entry in entries
        for blob, size, cls in entry.head.f
    ]  # fmt: skip
    scope.add_if_absent(BLOB, named)
