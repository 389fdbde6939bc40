"""Supervision at the room: what is due is raised here too, what came from the county is taken note of, and answered.

The rules stand in `core.supervision`, the same for the county; nothing here decides what ought to be raised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from mediator.casework.desk import Desk, day_of
from mediator.casework.drafting import filled, pen_for
from mediator.casework.guards import known, writable
from mediator.casework.lending import given_back
from mediator.casework.texts import cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.course import Order
from mediator.core.records import Case, CaseId
from mediator.core.supervision import Matter, Standing, Wanted, judged, matter_of, standings, wanted
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft, Entry
from mediator.journal.lending import GRANTED, RELEASED
from mediator.store.appending import Changes, Ledger
from mediator.store.listing import CaseRow, RowQuery
from mediator.store.supervising import cases_called, cases_to_climb
from mediator.store.vault import Deed, Inside, Opened

PAGE: Final = 200
LOOKED: Final = "supervised_at"
SHORTEST_REF: Final = 4
# Families of entries in which a matter is spoken of, by the county or a look of the program, not worked on.
SPOKEN_OF: Final = frozenset({"supervision", "order"})
HANDED_ON: Final = frozenset({GRANTED, RELEASED})


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """An order with its case, as lists show it."""

    case: CaseId
    number: str
    title: str
    standing: Standing


def raise_due(desk: Desk, *, going: Callable[[], bool] = lambda: True) -> int:
    """Raise every order that is due and take note of those that came; how many entries it took, 0 when asked again.

    Looks at cases that became near or late and at those changed since the last time, one transaction for each that
    needs it. It stops between two cases when `going` says no; the rest is raised the next time.
    """
    started, done, looked = desk.now_ms(), 0, last_look(desk)
    for case_id in dict.fromkeys([*near(desk, looked), *changed(desk, looked)]):
        if not going():
            return done
        done += tend(desk, case_id)
    desk.vault.keep_setting(LOOKED, f"{started} {counted_by(desk)}")
    return done


def last_look(desk: Desk) -> int | None:
    """When it was looked last, in ms; None for never, under other tables, or by a clock that was set back since."""
    at, _, by = (desk.vault.setting(LOOKED) or "").partition(" ")
    sound = at.isdecimal() and int(at) <= desk.now_ms() and by == counted_by(desk)
    return int(at) if sound else None


def counted_by(desk: Desk) -> str:
    """A short name of the tables by which periods are counted now."""
    return hashlib.sha256(desk.vault.tables.mark.encode()).hexdigest()[:16]


def acknowledge(desk: Desk) -> int:
    """Take note of the orders that an exchange brought, so that their answer is counted from today; raises none."""
    today = desk.today()
    cases = desk.vault.on_thread(lambda ledger: cases_to_climb(ledger.connection, today, today))
    return sum(tend(desk, case_id, raising=False) for case_id in cases)


def near(desk: Desk, looked: int | None) -> tuple[CaseId, ...]:
    """Cases with a duty that became near or late since the last look, or an order whose day of the answer went by.

    Where there was no look before, all of them.
    """
    today = desk.today()
    since = day_of(datetime.fromtimestamp(looked / 1000, UTC)) if looked is not None else None

    def work(ledger: Ledger) -> tuple[CaseId, ...]:
        return (*cases_called(ledger.connection, today, since), *cases_to_climb(ledger.connection, today, since))

    return desk.vault.on_thread(work)


def changed(desk: Desk, looked: int | None) -> Iterator[CaseId]:
    """Cases changed since the last time; none the first time, when all of them were."""
    for row in newest_first(desk) if looked is not None else ():
        if row.updated < (looked or 0):
            return
        yield row.id


def newest_first(desk: Desk) -> Iterator[CaseRow]:
    """The whole list, last changed first, read in pages as far as somebody asks."""
    offset = 0
    while rows := desk.vault.rows(RowQuery(offset=offset, limit=PAGE)):
        yield from rows
        offset += len(rows)


def tend(desk: Desk, case_id: CaseId, *, raising: bool = True) -> int:
    """Note and raise what one case needs; how many entries. The state is read again inside the transaction."""
    if not drafts_for(desk, desk.vault.case(case_id), raising=raising):
        return 0
    return len(desk.vault.perform(partial(_tended, desk, case_id, raising)).entries)


def _tended(desk: Desk, case_id: CaseId, raising: bool, inside: Inside) -> Deed:
    return Deed(drafts_for(desk, inside.case(case_id), raising=raising))


def drafts_for(desk: Desk, opened: Opened, *, raising: bool) -> list[Draft]:
    """What is to be written about a case's orders: received ones, and those that ought to be raised."""
    case = opened.case
    if case.newer_only or case.status is CaseStatus.ARCHIVED or given_back(desk, case):
        return []
    if not at_work(desk, opened.entries):
        return []
    pen, today = pen_for(desk, case.id, opened.seen), desk.today().isoformat()
    unseen = (each for each in case.course.orders if each.received_on is None)
    found = [pen.write("supervision.received", id=each.id, on=today) for each in unseen]
    due = wanted(matter(desk, case), desk.today(), desk.vault.tables) if raising else ()
    return found + [pen.write("supervision.raised", id=each.id, on=today, fields=fields_of(each)) for each in due]


def at_work(desk: Desk, entries: Sequence[Entry]) -> bool:
    """True where this computer, or the one it took over from, wrote last in the matter itself.

    Another computer of the room may have done since what is missing here: it looks itself, and so does the county.
    """
    own = {desk.vault.desk, desk.vault.setting("succeeds")}
    last = next((each.desk for each in reversed(entries) if is_work(each)), None)
    return last in own


def is_work(entry: Entry) -> bool:
    """True for what is done in the matter; the county's word on whose it is, is none."""
    return entry.kind not in HANDED_ON and entry.kind.partition(".")[0] not in SPOKEN_OF


def fields_of(each: Wanted) -> dict[str, object]:
    """An order's fields, the same whoever raises it."""
    return filled({"sort": each.sort, "rule": each.rule, "text": each.text, "due": each.due, "place": each.place})


def matter(desk: Desk, case: Case) -> Matter:
    """What supervision sees of a case today."""
    vault = desk.vault
    return matter_of(case, today=desk.today(), calendar=vault.calendar, rules=vault.tables.rules)


def orders_of(desk: Desk, case_id: CaseId) -> tuple[Standing, ...]:
    """Every order of one case and how it stands; raises Unacceptable `case.unknown`."""
    seen = matter(desk, known(desk, case_id).case)
    return tuple(standings(seen, today=desk.today(), tables=desk.vault.tables))


def open_orders(desk: Desk, most: int | None = None) -> tuple[CaseOrder, ...]:
    """Orders that wait for an answer or a verdict, the soonest answer first; of so many cases, those due soonest."""
    today, tables = desk.today(), desk.vault.tables
    found = [
        CaseOrder(each.case, each.number, each.title, judged(each.order, today, tables))
        for each in desk.vault.orders_waiting(most)
    ]
    return tuple(sorted(found, key=lambda each: (not each.standing.open, str(each.standing.answer_by), each.number)))


def answer(desk: Desk, case_id: CaseId, order: str, text: str) -> Changes:
    """Answer an order by its id or the first characters of it; an answer may be bettered until it is judged.

    Raises Unacceptable `order.unknown`, RefusedByRule `order.answer` for an empty text, `order.judged`.
    """
    opened = writable(desk, case_id)
    found, said = order_named(opened.case, order), cleaned_text(desk, text, "answer").strip()
    if not said:
        raise RefusedByRule("order.answer")
    if found.verdict is not None:
        raise RefusedByRule("order.judged")
    fields = {"answer": said, "answered_on": desk.today().isoformat(), "answered_by": desk.vault.user.name}
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append([pen.write("supervision.answered", id=found.id, fields=fields)])


def order_named(case: Case, ref: str) -> Order:
    """The one order whose id begins so; raises Unacceptable `order.unknown` for none and for several."""
    found = [each for each in case.course.orders if len(ref) >= SHORTEST_REF and each.id.startswith(ref)]
    if len(found) != 1:
        raise Unacceptable("order.unknown", where=ref[:32])
    return found[0]
