"""The second, repeatable step: dirty cases are folded into rows for lists; it never holds up a receipt (row 22)."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select, update

from mediator.core.codes import PartyKind
from mediator.core.deadlines import Deadline, every_deadline, still_open
from mediator.core.identifiers import mask_name
from mediator.core.ledgers import mediators_of
from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.core.supervision import Matter, attended, matter_with
from mediator.journal.canonical import encode
from mediator.journal.entry import StreamId
from mediator.journal.fold import CASE, StreamLog
from mediator.journal.records import case_of
from sync.center.blind import keep_marks, marks_of
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.doomed import wash
from sync.center.figures import VERSION, begin_anew, drop_facts, keep_facts
from sync.center.judging import NOT_READ, UNCLAIMED
from sync.center.matters import iso, told_matter
from sync.center.published import tables_in
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import BLIND, CASE_ROW, CENTER_META, ENTRY

LOG: Final = logging.getLogger("mediator.center")
FOLD: Final = 6
BATCH: Final = 50
NO_TURN: Final = nullcontext()
SHOWN_PARTIES: Final = 4
GONE: Final = "erased"
NOTHING_LEFT: Final[dict[str, Any]] = {
    "status": GONE, "accepted_on": "", "signed_on": "", "due": "", "due_rule": "", "asked_from": "", "advice": 0,
    "orders": 0, "attended": 0, "conflicts": 0, "waiting": 0, "folded": b"",
}  # fmt: skip
LATE_RULES: Final = frozenset({"D03", "D06"})


class Folding:
    """Folds what is dirty, one at a time in a process: who comes while it runs has it looked at once more.

    `turn` is held while one case is folded; whoever needs much memory takes its turn, so that both never do at once.
    """

    __slots__ = ("_asked", "_center", "_lock", "turn")

    def __init__(self, center: Center) -> None:
        """For this center."""
        self._center, self._lock, self._asked = center, threading.Lock(), threading.Event()
        self.turn = threading.Lock()

    def __call__(self) -> None:
        """Fold, or leave it to who is at it."""
        self._asked.set()
        while self._asked.is_set() and self._lock.acquire(blocking=False):
            try:
                self._asked.clear()
                fold_dirty(self._center, turn=self.turn)
            finally:
                self._lock.release()


def fold_dirty(center: Center, *, turn: AbstractContextManager[object] = NO_TURN) -> int:
    """Fold every case that waits for it; the count of those that could not be."""
    failed: set[str] = set()
    while True:
        with center.database.reading() as scope:
            waiting = select(CASE_ROW.c.case).where(
                CASE_ROW.c.dirty > 0, CASE_ROW.c.township != UNCLAIMED, CASE_ROW.c.case.notin_(sorted(failed))
            )
            cases = [StreamId(row.case) for row in scope.rows(waiting.limit(BATCH))]
        if not cases:
            wash(center)
            return len(failed)
        failed |= {case for case in cases if not in_turn(center, case, turn)}


def in_turn(center: Center, case: StreamId, turn: AbstractContextManager[object]) -> bool:
    """Fold one case when it is its turn."""
    with turn:
        return fold_one(center, case)


def fold_one(center: Center, case: StreamId) -> bool:
    """Fold one case; false when its entries make the fold fail, which is logged and leaves it dirty."""
    try:
        center.database.write(lambda scope: _fold(center, scope, case))
    except Exception as error:  # noqa: BLE001  the worker's door: one case's defect must not stop the others
        LOG.error("fold failed: case %s: %s", case, type(error).__name__)
        return False
    return True


def _fold(center: Center, scope: Scope, case: StreamId) -> None:
    row = scope.locked(select(CASE_ROW.c.dirty, CASE_ROW.c.township).where(CASE_ROW.c.case == case))
    if row is None or row.dirty == 0:
        return
    log = log_of(center, scope, case)
    if is_emptied(log):
        forget(center, scope, case)
        left = {**NOTHING_LEFT, "dirty": 0, "as_of": center.now()}
        scope.change(update(CASE_ROW).where(CASE_ROW.c.case == case).values(**left))
        return
    folded = case_of(CaseId(case), log.state, waiting=log.waiting)
    tables = tables_in(center, scope)
    found = every_deadline(folded, calendar=tables.calendar, rules=tables.rules)
    keep_facts(center, scope, folded, township=row.township, tables=tables, found=found)
    keep_marks(center, scope, folded, township=row.township)
    values = values_of(folded, tables, found=found, today=center.today())
    sealed = center.cabinet.seal(values["folded"], place=place_of(case))
    values |= {"folded": sealed, "dirty": 0, "as_of": center.now()}
    scope.change(update(CASE_ROW).where(CASE_ROW.c.case == case).values(**values))


def row_values(center: Center, scope: Scope, case: StreamId) -> dict[str, Any]:
    """What a case's entries come to in the list; `folded` is what will be sealed, still open, `marks` what finds it."""
    log = log_of(center, scope, case)
    if is_emptied(log):
        return NOTHING_LEFT | {"marks": set()}
    folded, tables = case_of(CaseId(case), log.state, waiting=log.waiting), tables_in(center, scope)
    found = every_deadline(folded, calendar=tables.calendar, rules=tables.rules)
    return values_of(folded, tables, found=found, today=center.today()) | {"marks": marks_of(center, folded)}


def is_emptied(log: StreamLog) -> bool:
    """True when lawful erasure left nothing of a case; one that merely waits for its beginning is another matter."""
    return CASE not in log.state.items and any(entry.erased for entry in log.entries)


def forget(center: Center, scope: Scope, case: StreamId) -> None:
    """Take what was folded of a case out of every table; its row stays, for it says whose the case was."""
    drop_facts(center, scope, case)
    scope.change(delete(BLIND).where(BLIND.c.case == case))


def values_of(folded: Case, tables: InForce, *, found: Sequence[Deadline], today: date) -> dict[str, Any]:
    """The same of a case that is folded already, with every deadline that ever started in it."""
    matter = matter_with(folded, found, today)
    told = {"folded": encode(listed(folded) | told_matter(matter)), "waiting": folded.waiting}
    return plain_columns(folded, found, today) | asking_columns(matter, tables, today) | told


def refold_after_update(center: Center) -> None:
    """A program that folds otherwise than the one before marks every case; no data is moved (sync-design 12, d)."""
    center.database.write(lambda scope: refold_by(center, scope))


def refold_by(center: Center, scope: Scope) -> None:
    """Mark every case when rows were last folded by other code or under other tables than count now."""
    mark = f"{FOLD} {VERSION} {hashlib.sha256(tables_in(center, scope).mark.encode()).hexdigest()}"
    begin_anew(scope)
    if scope.meta(CENTER_META, "fold") != mark:
        scope.change(update(CASE_ROW).values(dirty=CASE_ROW.c.dirty + 1))
        scope.put(CENTER_META, {"name": "fold", "value": mark})


def place_of(case: str) -> bytes:
    """What a sealed folded row is bound to."""
    return f"case/{case}".encode()


def log_of(center: Center, scope: Scope, case: StreamId) -> StreamLog:
    """The fold of a case's readable entries."""
    readable = select(*SHIPPED).where(ENTRY.c.stream == case, ENTRY.c.code.notin_(sorted(NOT_READ)))
    log = StreamLog()
    log.add(entry_of(row, center) for row in scope.rows(readable))
    return log


def plain_columns(case: Case, found: Sequence[Deadline], today: date) -> dict[str, object]:
    """What lists sort and count by: no word of what the case is about."""
    due, rule = next_owed(found, today)
    signed = case.agreement.signed_on if case.agreement and case.agreement.is_signed else None
    return {
        "status": case.status.value, "accepted_on": iso(case.accepted_on), "signed_on": iso(signed), "due": due,
        "due_rule": rule, "conflicts": len(case.conflicts),
    }  # fmt: skip


def asking_columns(matter: Matter, tables: InForce, today: date) -> dict[str, object]:
    """What finds the cases to look at: the day from which something is near, findings of procedure, orders.

    Whether an order waits for somebody is told by entries alone and not by the day; only how urgent it is moves on.
    """
    first = min((each.amber_on for each in matter.duties), default=None)
    waiting = attended(matter, today=today, tables=tables)
    return {
        "asked_from": iso(first), "advice": len(matter.advice), "orders": len(matter.orders), "attended": len(waiting)
    }  # fmt: skip


def next_due(case: Case, tables: InForce, today: date) -> tuple[str, str]:
    """The soonest day by which something is owed, and its rule; chances that merely lapse do not count."""
    return next_owed(every_deadline(case, calendar=tables.calendar, rules=tables.rules), today)


def next_owed(found: Sequence[Deadline], today: date) -> tuple[str, str]:
    """The same among deadlines that were counted already, soonest first."""
    owed = [each for each in still_open(found, today) if each.rule in LATE_RULES]
    return (owed[0].due.isoformat(), owed[0].rule) if owed else ("", "")


def listed(case: Case) -> dict[str, object]:
    """What a list shows of a case, persons' names masked; `names` are whole and only ever searched, never shown."""
    shown = [veiled(party.name, persons(case)) for party in case.parties if party.name]
    return {
        "number": case.number, "title": veiled(case.title, persons(case)), "dispute_type": case.dispute_type,
        "mediator": mediators_of(case), "parties": shown[:SHOWN_PARTIES], "more": max(len(shown) - SHOWN_PARTIES, 0),
        "names": [case.title, *(party.name for party in case.parties if party.name)],
    }  # fmt: skip


def persons(case: Case) -> list[str]:
    """Names of natural persons; those of organizations are public."""
    return [party.name for party in case.parties if party.name and party.kind is PartyKind.PERSON]


def veiled(text: str, names: Sequence[str]) -> str:
    """Text with the names of parties masked; longer names first, so that a name inside a name is not cut."""
    for name in sorted(set(names), key=lambda each: (-len(each), each)):
        if len(name) > 1:
            text = text.replace(name, mask_name(name))
    return text
