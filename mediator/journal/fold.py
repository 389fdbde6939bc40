"""Fold: entries of one stream to its state. Pure; the result depends on the set of entries alone.

Entries are folded in one fixed order that respects causality: by depth (1 + the deepest predecessor), then
desk, then counter. `StreamLog` keeps that order cheaply when entries arrive at the end and folds anew otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mediator.journal.checks import PRESENT
from mediator.journal.entry import DeskId, Entry, EntryId
from mediator.journal.framing import TOWNSHIP
from mediator.journal.kinds import KINDS, KindRule, rule_of
from mediator.journal.reach import Reach, may_leave, may_name
from mediator.journal.state import AGREEMENT, CASE, EMPTY, Item, Signing, State, state_bytes
from mediator.journal.steps import FOLDS
from mediator.journal.transcripts import as_told, facts_of

__all__ = [
    "AGREEMENT", "CASE", "EMPTY", "PRESENT", "Item", "Signing", "State", "StreamLog", "fold", "fold_all", "state_bytes",
]  # fmt: skip

Row = tuple[int, DeskId, int, Entry]


def fold(state: State, entry: Entry) -> State:
    """The state after one more entry; what cannot be read is counted, what breaks its kind's rule is set aside."""
    if entry.erased:
        return state
    rule = rule_of(entry.kind)
    if rule is None or entry.head.kv > rule.version or entry.head.s[:1] not in ([], [TOWNSHIP]):
        return replace(state, unread=state.unread + 1, newer_only=state.newer_only or entry.head.x == 1)
    fault = head_fault(entry, rule)
    if not fault and is_closed(entry):
        return state
    body = entry.content()
    fault = fault or rule.fault(body)
    folded, fault = (state, fault) if fault else told(state, entry, body)
    return replace(state, set_aside=(*state.set_aside, (entry.desk, entry.n, fault))) if fault else folded


def is_closed(entry: Entry) -> bool:
    """True for what a township sealed and this reader cannot open: it says nothing here, and no program is too old."""
    return bool(entry.head.s) and entry.plain is None


def told(state: State, entry: Entry, body: Mapping[str, object]) -> tuple[State, str]:
    """The state after every fact of a sound entry, or why one of them, and so the whole entry, does not count."""
    for kind, said in facts_of(entry.kind, body):
        fault = item_fault(state, KINDS[kind], said) if kind in KINDS else ""
        if fault:
            return state, fault
        step, author = FOLDS.get(kind), entry if kind == entry.kind else as_told(entry, kind)
        state = step(state, author, said) if step else state
    return state, ""


def head_fault(entry: Entry, rule: KindRule) -> str:
    """Each kind has one reach (M4), and a body that is an object; only what stays in a township may be sealed with
    its key, or the county would fold another case than its rooms.
    """
    if entry.reach is not rule.reach:
        return "entry.reach"
    if entry.head.s and rule.reach is not Reach.ROOM:
        return "entry.seal"
    said = entry.plain if entry.head.s else entry.body
    return "" if said is None or said[:1] == b"{" else "entry.body"


def item_fault(state: State, rule: KindRule, body: Mapping[str, object]) -> str:
    """An id names one item of one kind for ever, and words and payments once entered are not entered over."""
    item = state.items.get(str(body.get(rule.names))) if rule.item else None
    wrong = item and (item.kind != rule.item or rule.once in item.fields)
    return "entry.item" if wrong else ""


def fold_all(entries: Iterable[Entry]) -> State:
    """The state of a set of entries, whatever their order."""
    log = StreamLog()
    log.add(entries)
    return log.state


class StreamLog:
    """All entries of one stream that this machine holds, and their state.

    Entries whose named predecessors are missing wait (M5) and are folded when these come. Adding one entry at
    the end of a long stream costs one fold step.
    """

    __slots__ = ("_blocked", "_depth", "_leaving", "_order", "_seen", "_waiting", "state")

    def __init__(self) -> None:
        """An empty stream."""
        self._depth: dict[EntryId, int] = {}
        self._order: list[Row] = []
        self._seen: dict[Reach, dict[DeskId, int]] = {reach: {} for reach in Reach}
        self._leaving: dict[DeskId, int] = {}
        self._waiting: set[EntryId] = set()
        self._blocked: dict[EntryId, list[Entry]] = {}
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

    def last_leaving(self, desk: DeskId) -> int:
        """The desk's highest counter here among those that travel: what a sealed entry may name (M4), 0 when none."""
        return self._leaving.get(desk, 0)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in; known ones change nothing."""
        ready = [row for entry in entries for row in self._placed(entry)]
        if not ready:
            return
        end = self._order[-1][:3] if self._order else (0, DeskId(""), 0)
        ready.sort(key=lambda row: row[:3])
        self._order.extend(ready)
        if ready[0][:3] < end:
            self._order.sort(key=lambda row: row[:3])
            self.state, ready = EMPTY, self._order
        for row in ready:
            self.state = fold(self.state, row[3])

    def _placed(self, entry: Entry) -> list[Row]:
        """The rows of an entry and of all that waited for it; none while a predecessor of it is missing."""
        if entry.id in self._depth or entry.id in self._waiting:
            return []
        rows, asking = [], [entry]
        while asking:
            each = asking.pop()
            depth = self._depth_of(each)
            if depth:
                rows.append((depth, each.desk, each.n, each))
                asking += self._blocked.pop(each.id, ())
        return rows

    def _depth_of(self, entry: Entry) -> int:
        """1 + the deepest predecessor, noted; 0 while one is missing, for which the entry is put down to wait (M5)."""
        depth = 0
        for named in entry.marks.items():
            if named not in self._depth:
                self._waiting.add(entry.id)
                self._blocked.setdefault(named, []).append(entry)
                return 0
            depth = max(depth, self._depth[named])
        self._depth[entry.id] = depth + 1
        self._waiting.discard(entry.id)
        self._notice(entry)
        return depth + 1

    def _notice(self, entry: Entry) -> None:
        """Keep the marks of the whole stream for each reach, so that a turn of a long hearing stays cheap."""
        for reach, marks in self._seen.items():
            if may_name(reach, entry.reach):
                marks[entry.desk] = max(entry.n, marks.get(entry.desk, 0))
        if may_leave(entry.reach, sealed=bool(entry.head.s)):
            self._leaving[entry.desk] = max(entry.n, self._leaving.get(entry.desk, 0))
