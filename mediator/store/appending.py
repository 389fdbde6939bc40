"""Append and absorb: journal row, folded row and search rows in one transaction.

When a function here returns, what it wrote is on disk; when it raises, nothing of it is anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.deadlines import every_deadline, still_open
from mediator.core.published import InForce
from mediator.core.records import CaseId
from mediator.crypto.signing import DeskKeys
from mediator.errors import Unacceptable
from mediator.journal.county_tables import KIND as PUBLISHED
from mediator.journal.entry import DeskId, Draft, Entry, EntryId, StreamId
from mediator.journal.fold import AGREEMENT, CASE, StreamLog
from mediator.journal.framing import make_entry
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed
from mediator.journal.port import Absorbed
from mediator.journal.records import case_of
from mediator.journal.transcripts import facts_in
from mediator.store import counting, doomed, dues, likening, listing, searching, supervising, township
from mediator.store import tables as county_tables
from mediator.store.driver import Connection, transaction, unless_done
from mediator.store.holding import Streams, insert_entry, known_hash
from mediator.store.lent import to_do
from mediator.store.numbering import keep_block

# The desk that writes one of these made its random id a moment ago.
CERTAINLY_NEW: Final = frozenset(
    {"hearing.sentence", "hearing.opened", "party.added", "clause.added", "obligation.added"}
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deed changed; screens repaint from it. `saved_at` is ms UTC, taken after the commit."""

    cases: frozenset[CaseId]
    streams: frozenset[StreamId]
    entries: tuple[EntryId, ...]
    saved_at: int


def no_note(_top: tuple[int, str]) -> None:
    """Where nobody keeps a head."""


@dataclass
class Ledger:
    """What the owner thread holds while the vault is open; `note` hears of the top after each commit that moved it."""

    connection: Connection
    desk: DeskId
    keys: DeskKeys
    top: tuple[int, str]
    now: Callable[[], int]
    today: Callable[[], date]
    shipped: Calendar
    tables: InForce
    note: Callable[[tuple[int, str]], None] = no_note
    head_found: bool = True
    streams: Streams = field(default_factory=Streams)

    @property
    def calendar(self) -> Calendar:
        """The calendar that counts now."""
        return self.tables.calendar

    def log(self, stream: StreamId) -> StreamLog:
        """A stream, folded."""
        return self.streams.get(self.connection, stream)


@contextmanager
def changing(ledger: Ledger) -> Iterator[set[StreamId]]:
    """A transaction over journal and folded rows; streams put into the set are forgotten when it fails."""
    top, tables, touched = ledger.top, ledger.tables, set[StreamId]()

    def forget() -> None:
        ledger.top, ledger.tables = top, tables
        ledger.streams.forget(tuple(touched))

    with unless_done(forget), transaction(ledger.connection):
        yield touched
    if ledger.top != top:
        ledger.note(ledger.top)


def append(ledger: Ledger, drafts: Sequence[Draft], papers: Mapping[str, bytes]) -> list[Entry]:
    """Sign and keep drafts, inside a transaction of `changing`; papers are kept by their SHA-256."""
    entries = [keep(ledger, draft) for draft in drafts]
    for sha256, data in papers.items():
        ledger.connection.execute(
            "INSERT OR IGNORE INTO paper (sha256, bytes) VALUES (?, ?)", (bytes.fromhex(sha256), data)
        )
    refresh(ledger, entries)
    return entries


def keep(ledger: Ledger, draft: Draft) -> Entry:
    """One draft as the desk's next entry, in the journal and in its folded stream."""
    log = ledger.log(draft.stream)
    own = log.last_of(ledger.desk, reach_of(draft.kind))
    n, prev = ledger.top
    seal = township.sealing(ledger.connection, draft.kind)
    entry = make_entry(
        draft,
        desk=ledger.desk,
        n=n + 1,
        prev=prev,
        marks=completed(draft.seen, ledger.desk, log.last_leaving(ledger.desk) if seal else own),
        salt=secrets.token_bytes(32),
        sign=ledger.keys.sign,
        seal=seal,
    )
    insert_entry(ledger.connection, entry)
    log.add([entry])
    ledger.top = (entry.n, entry.hash)
    return entry


def take_in(ledger: Ledger, entries: Sequence[Entry]) -> Absorbed:
    """Keep entries of others, inside a transaction of `changing`; raises Unacceptable `entry.fork`."""
    fresh = doomed.received(ledger.connection, unknown(ledger, entries))
    by_stream = grouped(fresh.values())
    if township.take_keys(ledger.connection, ledger.desk, ledger.keys, fresh.values()):
        ledger.streams.forget()
    waiting, aside = 0, list[tuple[DeskId, int, str]]()
    for stream, group in by_stream.items():
        log = absorb_stream(ledger, stream, [township.opened(ledger.connection, entry) for entry in group])
        waiting += log.waiting
        aside += [row for row in log.state.set_aside if row[:2] in fresh]
    for entry in sorted(fresh.values(), key=lambda each: each.id):
        if entry.kind == "numbers.granted":
            keep_block(ledger.connection, entry.content(), ledger.desk)
    if any(entry.kind == PUBLISHED for entry in fresh.values()):
        ledger.tables = county_tables.tables_in_force(ledger.connection, ledger.shipped)
        county_tables.count_again(ledger.connection, ledger.tables, ledger.today())
    return Absorbed(len(fresh), len(entries) - len(fresh), waiting, tuple(aside), frozenset(by_stream))


def unknown(ledger: Ledger, entries: Sequence[Entry]) -> dict[EntryId, Entry]:
    """Those not held yet, once each; two hashes for one identity are a fork."""
    fresh: dict[EntryId, Entry] = {}
    for entry in entries:
        held = known_hash(ledger.connection, entry.desk, entry.n)
        if (held or entry.hash) != entry.hash or fresh.get(entry.id, entry).hash != entry.hash:
            raise Unacceptable("entry.fork", where=f"{entry.desk}:{entry.n}")
        if held is None:
            fresh[entry.id] = entry
    return fresh


def grouped(entries: Iterable[Entry]) -> dict[StreamId, list[Entry]]:
    """Entries by their stream, in order."""
    found: dict[StreamId, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.stream, []).append(entry)
    return found


def absorb_stream(ledger: Ledger, stream: StreamId, entries: Sequence[Entry]) -> StreamLog:
    """Keep others' entries of one stream, fold them and write what that changes.

    Where entries were waiting, the new ones may have let them in: then any text of the case may have changed, not
    only those that the new entries speak of.
    """
    log = ledger.log(stream)
    waited = log.waiting
    for entry in entries:
        insert_entry(ledger.connection, entry)
    log.add(entries)
    index_items(ledger, stream, dict.fromkeys(log.state.items if waited else touched_items(entries), False))
    if CASE in log.state.items:
        write_case_row(ledger, stream, log)
    return log


def refresh(ledger: Ledger, entries: Iterable[Entry]) -> None:
    """Write the folded rows and search rows that own entries touch; a turn changes nothing in the row but its time."""
    for stream, group in grouped(entries).items():
        log = ledger.log(stream)
        if CASE not in log.state.items:
            continue
        index_items(ledger, stream, touched_items(group))
        if all(entry.kind == "hearing.sentence" for entry in group):
            listing.touch_row(ledger.connection, stream, ledger.now())
        else:
            write_case_row(ledger, stream, log)


def index_items(ledger: Ledger, stream: StreamId, items: Mapping[str, bool]) -> None:
    """Search texts of these items of a case, anew unless an item is certainly new."""
    state = ledger.log(stream).state
    for key, fresh in items.items() if CASE in state.items else ():
        searching.index(ledger.connection, stream, key, searching.texts_of(state, key), fresh=fresh)


def write_case_row(ledger: Ledger, stream: StreamId, log: StreamLog) -> None:
    """The list's row of one case, and what it is compared by."""
    opened = log.entries[0].wall
    case = case_of(CaseId(stream), log.state, waiting=log.waiting)
    found = every_deadline(case, calendar=ledger.calendar, rules=ledger.tables.rules)
    counting.write(ledger.connection, case, ledger.tables, found)
    case, found = to_do(ledger.connection, case, found)
    supervising.note_orders(ledger.connection, case, ledger.tables, found=found, today=ledger.today())
    dues.write(ledger.connection, case.id, found)
    due = next(iter(still_open(found, ledger.today())), None)
    listing.write_row(ledger.connection, case, opened=opened, updated=ledger.now(), due=due)
    likening.write(ledger.connection, case, opened=opened)


def touched_items(entries: Iterable[Entry]) -> dict[str, bool]:
    """Keys of the items whose texts may have changed, and whether they are certainly new: added by one entry."""
    found: dict[str, bool] = {}
    for kind, body in chain.from_iterable(map(facts_in, entries)):
        key = item_of(kind, body)
        if key:
            found[key] = key not in found and kind in CERTAINLY_NEW
    return found


def item_of(kind: str, body: Mapping[str, object]) -> str:
    """The key of the item a fact writes, empty for one that names none."""
    entity = kind.partition(".")[0]
    key = entity if entity in (CASE, AGREEMENT) else body.get("id")
    return key if isinstance(key, str) else ""
