"""What the entries of a stream come to: items with their fields, signings, papers, moves. Nothing here is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import msgspec

from mediator.journal.checks import PRESENT
from mediator.journal.entry import DeskId, Entry, EntryId
from mediator.journal.fields import Field, Write, write_of, written

CASE: Final = "case"
AGREEMENT: Final = "agreement"


@dataclass(frozen=True, slots=True)
class Item:
    """One entity: its kind, its fields, and the entry that made it with what that entry had seen."""

    kind: str
    fields: Mapping[str, Field]
    born: EntryId
    born_marks: Mapping[DeskId, int]


@dataclass(frozen=True, slots=True)
class Signing:
    """A signed agreement: frozen content, and what its author had seen, to tell late edits."""

    digest: str
    content: Mapping[str, object]
    entry: EntryId
    marks: Mapping[DeskId, int]
    wall: int


@dataclass(frozen=True, slots=True)
class Lent:
    """The county's word that a room of another township has the case.

    `until` holds, once it was taken back, what the county held of the case then; `desks` are that room's computers.
    """

    township: str
    name: str
    reason: str
    wall: int
    until: Mapping[DeskId, int] | None = None
    desks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a stream's entries come to. Items stand in folding order.

    `unread` counts entries of newer programs and sealed ones; `newer_only` is set by one among them that must be
    understood (head `x`): until this program is newer, nothing may be written beside what it cannot read.
    """

    items: Mapping[str, Item] = field(default_factory=dict)
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signings: tuple[Signing, ...] = ()
    closings: Mapping[str, tuple[Mapping[DeskId, int], ...]] = field(default_factory=dict)
    moves: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    aliases: tuple[str, ...] = ()
    papers: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    orders: tuple[Mapping[str, object], ...] = ()
    excuses: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    filings: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    pictures: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    passed: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    openings: tuple[Write, ...] = ()
    reads: tuple[Mapping[str, object], ...] = ()
    answers: tuple[Mapping[str, object], ...] = ()
    sounds: tuple[tuple[str, Mapping[str, object]], ...] = ()
    issued: frozenset[str] = frozenset()
    received: Mapping[str, str] = field(default_factory=dict)
    lent: Mapping[str, Lent] = field(default_factory=dict)
    unread: int = 0
    newer_only: bool = False
    set_aside: tuple[tuple[DeskId, int, str], ...] = ()

    def of_kind(self, kind: str) -> list[tuple[str, Item]]:
        """Items of one kind in folding order, with their ids."""
        return [(key, item) for key, item in self.items.items() if item.kind == kind]


EMPTY: Final = State()


def put(state: State, entry: Entry, key: str, kind: str, fields: Mapping[str, object]) -> State:
    """Write fields of one item, which is made when it was not there."""
    item = state.items.get(key) or Item(kind, {}, entry.id, entry.marks)
    marks = entry.marks
    new = {name: written(item.fields.get(name, ()), write_of(value, entry), marks) for name, value in fields.items()}
    return replace(state, items={**state.items, key: replace(item, fields={**item.fields, **new})})


def is_present(item: Item) -> bool:
    """False only when every surviving write says the item left; a doubt keeps it visible."""
    return any(write.value for write in item.fields.get(PRESENT, ()))


def state_bytes(state: State) -> bytes:
    """All that a state holds as bytes, for comparing: equal on two machines exactly when their states are."""
    return msgspec.json.encode([list(state.items), state], order="deterministic")
