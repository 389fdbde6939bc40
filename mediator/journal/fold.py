"""Fold: entries of one stream to its state. Pure; the result depends on the set of entries alone.

Entries are folded in one fixed order that respects causality: by depth (1 + the deepest predecessor), then
desk, then counter. `StreamLog` keeps that order cheaply when entries arrive at the end and folds anew otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry, EntryId
from mediator.journal.fields import Field, Write, write_of, written
from mediator.journal.kinds import rule_of
from mediator.journal.reach import Reach, may_name

CASE: Final = "case"
AGREEMENT: Final = "agreement"
PRESENT: Final = "present"


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
class State:
    """What a stream's entries come to. Items stand in folding order; nothing here is stored as such."""

    items: Mapping[str, Item] = field(default_factory=dict)
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signings: tuple[Signing, ...] = ()
    closings: Mapping[str, tuple[Mapping[DeskId, int], ...]] = field(default_factory=dict)
    moves: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    aliases: tuple[str, ...] = ()
    papers: tuple[tuple[Write, Mapping[str, object]], ...] = ()
    orders: tuple[Mapping[str, object], ...] = ()
    unread: int = 0
    set_aside: tuple[tuple[DeskId, int, str], ...] = ()

    def of_kind(self, kind: str) -> list[tuple[str, Item]]:
        """Items of one kind in folding order, with their ids."""
        return [(key, item) for key, item in self.items.items() if item.kind == kind]


EMPTY: Final = State()
Body = Mapping[str, object]


def put(state: State, entry: Entry, key: str, kind: str, fields: Mapping[str, object]) -> State:
    """Write fields of one item, which is made when it was not there."""
    item = state.items.get(key) or Item(kind, {}, entry.id, entry.marks)
    marks = entry.marks
    new = {name: written(item.fields.get(name, ()), write_of(value, entry), marks) for name, value in fields.items()}
    return replace(state, items={**state.items, key: replace(item, fields={**item.fields, **new})})


def fields_of(body: Body) -> Mapping[str, object]:
    """The `fields` member."""
    found = body.get("fields", {})
    return found if isinstance(found, dict) else {}


def fold_case(state: State, entry: Entry, body: Body) -> State:
    """`case.opened`, `case.set`."""
    return put(state, entry, CASE, CASE, fields_of(body))


def fold_agreement(state: State, entry: Entry, body: Body) -> State:
    """`agreement.set`."""
    return put(state, entry, AGREEMENT, AGREEMENT, fields_of(body))


def fold_item(state: State, entry: Entry, body: Body) -> State:
    """`X.added`, `X.set`, `X.recorded`: fields, and presence, which is a field like any other."""
    kind = entry.kind.partition(".")[0]
    return put(state, entry, str(body["id"]), kind, {**fields_of(body), PRESENT: True})


def fold_absent(state: State, entry: Entry, body: Body) -> State:
    """`party.left`, `clause.removed`, `obligation.removed`, `payment.voided`."""
    return put(state, entry, str(body["id"]), entry.kind.partition(".")[0], {PRESENT: False})


def fold_moved(state: State, entry: Entry, body: Body) -> State:
    """`case.moved`: status is one field; every move is kept for the history."""
    moved = put(state, entry, CASE, CASE, {"status": body["to"]})
    return replace(moved, moves=(*state.moves, (write_of(body["to"], entry), body)))


def fold_numbered(state: State, entry: Entry, body: Body) -> State:
    """`case.numbered`: the printed number; an older one stays as alias."""
    numbered = put(state, entry, CASE, CASE, {"number": body["number"]})
    alias = body.get("alias")
    return replace(numbered, aliases=(*state.aliases, alias)) if isinstance(alias, str) else numbered


def fold_sentence(state: State, entry: Entry, body: Body) -> State:
    """`hearing.sentence`: append-only."""
    names = ("hearing", "after", "speaker", "party", "text", "at")
    return put(state, entry, str(body["id"]), "sentence", {name: body[name] for name in names if name in body})


def fold_corrected(state: State, entry: Entry, body: Body) -> State:
    """`hearing.corrected`: the earlier wording is kept beside the new one."""
    key = str(body["id"])
    item = state.items.get(key)
    old = item.fields.get("text", ()) if item else ()
    seen = tuple(str(write.value) for write in old if entry.marks.get(write.desk, 0) >= write.n)
    corrected = put(state, entry, key, "sentence", {"text": body["text"]})
    return replace(corrected, earlier={**state.earlier, key: (*state.earlier.get(key, ()), *seen)})


def fold_closed(state: State, entry: Entry, body: Body) -> State:
    """`hearing.closed`: what it had not seen is late."""
    key = str(body["hearing"])
    closed = put(state, entry, key, "hearing", {"closed": True})
    marks = {**entry.marks, entry.desk: entry.n}
    return replace(closed, closings={**state.closings, key: (*state.closings.get(key, ()), marks)})


def fold_order(state: State, entry: Entry, body: Body) -> State:
    """`agreement.order`: the order of clauses is one field."""
    return put(state, entry, AGREEMENT, AGREEMENT, {"order": body["clauses"]})


def fold_signed(state: State, entry: Entry, body: Body) -> State:
    """`agreement.signed`: content frozen for ever; a second one with another digest stands beside it."""
    content = body["content"]
    signing = Signing(
        str(body["digest"]), content if isinstance(content, dict) else {}, entry.id, entry.marks, entry.wall
    )
    return replace(state, signings=(*state.signings, signing))


def fold_paper(state: State, entry: Entry, body: Body) -> State:
    """`document.issued`: append-only."""
    return replace(state, papers=(*state.papers, (write_of(body["id"], entry), body)))


def fold_center(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """`order.issued`: the county's word to the room."""
    return replace(state, orders=(*state.orders, body))


def fold_nothing(state: State, entry: Entry, body: Body) -> State:  # noqa: ARG001  one signature for all folds
    """Kinds that are kept for the record and change no case."""
    return state


FOLDS: Final[Mapping[str, Callable[[State, Entry, Body], State]]] = {
    "case.opened": fold_case,
    "case.set": fold_case,
    "case.moved": fold_moved,
    "case.numbered": fold_numbered,
    **dict.fromkeys(
        ("party.added", "party.set", "hearing.opened", "hearing.set", "clause.added", "clause.set", "obligation.added",
         "obligation.set", "payment.recorded", "follow_up.recorded"), fold_item
    ),
    **dict.fromkeys(("party.left", "clause.removed", "obligation.removed", "payment.voided"), fold_absent),
    "hearing.sentence": fold_sentence,
    "hearing.corrected": fold_corrected,
    "hearing.closed": fold_closed,
    "agreement.set": fold_agreement,
    "agreement.order": fold_order,
    "agreement.signed": fold_signed,
    "document.issued": fold_paper,
    "order.issued": fold_center,
    **dict.fromkeys(
        ("note.private", "conflict.resolved", "desk.opened", "desk.succeeds", "desk.enrolled", "numbers.granted",
         "numbers.closed"), fold_nothing
    ),
}  # fmt: skip


def fold(state: State, entry: Entry) -> State:
    """The state after one more entry; an unknown kind is counted, a body that breaks its kind's rule is set aside."""
    rule, step = rule_of(entry.kind), FOLDS.get(entry.kind)
    if entry.erased or (rule and step is None):
        return state
    if rule is None or step is None or entry.head.kv > rule.version:
        return replace(state, unread=state.unread + 1)
    body = entry.content()
    fault = rule.fault(body)
    if fault:
        return replace(state, set_aside=(*state.set_aside, (entry.desk, entry.n, fault)))
    return step(state, entry, body)


def fold_all(entries: Iterable[Entry]) -> State:
    """The state of a set of entries, whatever their order."""
    log = StreamLog()
    log.add(entries)
    return log.state


def state_bytes(state: State) -> bytes:
    """Canonical bytes of all that a state holds: equal on two machines exactly when their states are."""
    items = [[key, item.kind, plain_fields(item)] for key, item in state.items.items()]
    return encode(
        {
            "items": items,
            "signings": [[s.digest, s.entry[0], s.entry[1]] for s in state.signings],
            "earlier": [[key, list(texts)] for key, texts in sorted(state.earlier.items())],
            "papers": [body for _, body in state.papers],
            "orders": list(state.orders),
            "aliases": list(state.aliases),
            "unread": state.unread,
            "set_aside": [list(row) for row in state.set_aside],
        }
    )


def plain_fields(item: Item) -> list[object]:
    """An item's fields as lists, sorted by name."""
    return [[name, [[w.value, w.desk, w.n] for w in each]] for name, each in sorted(item.fields.items())]


class StreamLog:
    """All entries of one stream that this machine holds, and their state.

    Entries whose named predecessors are missing wait (M5) and are folded when these come. Adding one entry at
    the end of a long stream costs one fold step.
    """

    __slots__ = ("_depth", "_order", "_seen", "_waiting", "state")

    def __init__(self) -> None:
        """An empty stream."""
        self._depth: dict[EntryId, int] = {}
        self._order: list[tuple[int, DeskId, int, Entry]] = []
        self._seen: dict[Reach, dict[DeskId, int]] = {reach: {} for reach in Reach}
        self._waiting: dict[EntryId, Entry] = {}
        self.state = EMPTY

    def __len__(self) -> int:
        """How many entries are held, waiting ones included."""
        return len(self._order) + len(self._waiting)

    @property
    def waiting(self) -> int:
        """How many entries wait for a predecessor."""
        return len(self._waiting)

    @property
    def entries(self) -> list[Entry]:
        """Folded entries in folding order."""
        return [row[3] for row in self._order]

    def seen(self, reach: Reach) -> dict[DeskId, int]:
        """Marks of what a form opened now shows, for an author of this reach (M2, M4)."""
        return dict(self._seen[reach])

    def last_of(self, desk: DeskId, reach: Reach) -> int:
        """The desk's highest counter here that an author of this reach may name (M3), 0 when none."""
        return self._seen[reach].get(desk, 0)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in; known ones change nothing."""
        for entry in entries:
            if entry.id not in self._depth:
                self._waiting[entry.id] = entry
        ready = self._ready()
        if not ready:
            return
        end = self._order[-1][:3] if self._order else (0, DeskId(""), 0)
        ready.sort(key=lambda row: row[:3])
        self._order.extend(ready)
        if ready[0][:3] > end:
            for row in ready:
                self.state = fold(self.state, row[3])
            return
        self._order.sort(key=lambda row: row[:3])
        state = EMPTY
        for row in self._order:
            state = fold(state, row[3])
        self.state = state

    def _notice(self, entry: Entry) -> None:
        """Keep the marks of the whole stream for each reach, so that a turn of a long hearing stays cheap."""
        for reach, marks in self._seen.items():
            if may_name(reach, entry.reach):
                marks[entry.desk] = max(entry.n, marks.get(entry.desk, 0))

    def _ready(self) -> list[tuple[int, DeskId, int, Entry]]:
        """Move every waiting entry whose predecessors are all here out of waiting, deepest chains included."""
        found: list[tuple[int, DeskId, int, Entry]] = []
        progress = True
        while progress and self._waiting:
            progress = False
            for entry in sorted(self._waiting.values(), key=lambda each: each.n):
                depths = [self._depth.get(named) for named in entry.marks.items()]
                if None in depths:
                    continue
                depth = 1 + max((d for d in depths if d is not None), default=0)
                self._depth[entry.id] = depth
                del self._waiting[entry.id]
                self._notice(entry)
                found.append((depth, entry.desk, entry.n, entry))
                progress = True
        return found
