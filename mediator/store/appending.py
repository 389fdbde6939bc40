"""Append and absorb: journal row, folded row and search rows in one transaction.

When a function here returns, what it wrote is on disk; when it raises, nothing of it is anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from mediator.core.calendar import Calendar
from mediator.core.records import CaseId
from mediator.crypto.signing import DeskKeys
from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId, Draft, Entry, EntryId, StreamId
from mediator.journal.fold import CASE, StreamLog
from mediator.journal.framing import make_entry
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed
from mediator.journal.port import Absorbed
from mediator.journal.records import case_of
from mediator.store import listing, searching
from mediator.store.driver import Connection, transaction, unless_done
from mediator.store.holding import Streams, insert_entry, known_hash
from mediator.store.numbering import keep_block

LIGHT = frozenset({"hearing.sentence", "hearing.corrected"})


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
    calendar: Calendar
    note: Callable[[tuple[int, str]], None] = no_note
    head_found: bool = True
    streams: Streams = field(default_factory=Streams)

    def log(self, stream: StreamId) -> StreamLog:
        """A stream, folded."""
        return self.streams.get(self.connection, stream)


@contextmanager
def changing(ledger: Ledger) -> Iterator[set[StreamId]]:
    """A transaction over journal and folded rows; streams put into the set are forgotten when it fails."""
    top, touched = ledger.top, set[StreamId]()

    def forget() -> None:
        ledger.top = top
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
    log, reach = ledger.log(draft.stream), reach_of(draft.kind)
    n, prev = ledger.top
    entry = make_entry(
        draft,
        desk=ledger.desk,
        n=n + 1,
        prev=prev,
        marks=completed(draft.seen, ledger.desk, log.last_of(ledger.desk, reach)),
        salt=secrets.token_bytes(32),
        sign=ledger.keys.sign,
    )
    insert_entry(ledger.connection, entry)
    log.add([entry])
    ledger.top = (entry.n, entry.hash)
    return entry


def take_in(ledger: Ledger, entries: Sequence[Entry]) -> Absorbed:
    """Keep entries of others, inside a transaction of `changing`; raises Unacceptable `entry.fork`."""
    fresh: dict[EntryId, Entry] = {}
    for entry in entries:
        held = known_hash(ledger.connection, entry.desk, entry.n)
        if (held or entry.hash) != entry.hash or fresh.get(entry.id, entry).hash != entry.hash:
            raise Unacceptable("entry.fork", where=f"{entry.desk}:{entry.n}")
        if held is None:
            fresh[entry.id] = entry
    for entry in fresh.values():
        insert_entry(ledger.connection, entry)
        if entry.kind == "numbers.granted":
            keep_block(ledger.connection, entry.content(), ledger.desk)
    streams = frozenset(entry.stream for entry in fresh.values())
    for stream in streams:
        ledger.log(stream).add(entry for entry in fresh.values() if entry.stream == stream)
    refresh(ledger, fresh.values())
    logs = [ledger.log(stream) for stream in streams]
    aside = tuple(row for log in logs for row in log.state.set_aside if (row[0], row[1]) in fresh)
    waiting = sum(log.waiting for log in logs)
    return Absorbed(len(fresh), len(entries) - len(fresh), waiting, aside, streams)


def refresh(ledger: Ledger, entries: Iterable[Entry]) -> None:
    """Write the folded rows and search rows that these entries touch."""
    by_stream: dict[StreamId, list[Entry]] = {}
    for entry in entries:
        by_stream.setdefault(entry.stream, []).append(entry)
    for stream, group in by_stream.items():
        log = ledger.log(stream)
        if CASE not in log.state.items:
            continue
        for key, fresh in touched_items(group).items():
            if key in log.state.items:
                searching.index(ledger.connection, stream, key, log.state.items[key], fresh=fresh)
        if all(entry.kind in LIGHT for entry in group):
            listing.touch_row(ledger.connection, stream, ledger.now())
        else:
            write_case_row(ledger, stream, log)


def write_case_row(ledger: Ledger, stream: StreamId, log: StreamLog) -> None:
    """The list's row of one case."""
    listing.write_row(
        ledger.connection,
        case_of(CaseId(stream), log.state, waiting=log.waiting),
        opened=log.entries[0].wall,
        updated=ledger.now(),
        today=ledger.today(),
        calendar=ledger.calendar,
    )


def touched_items(entries: Iterable[Entry]) -> dict[str, bool]:
    """Keys of the items whose texts may have changed, and whether they are certainly new."""
    found: dict[str, bool] = {}
    for entry in entries:
        kind = entry.kind.partition(".")[0]
        if entry.erased:
            continue
        key = kind if kind in ("case", "agreement") else entry.content().get("id")
        if isinstance(key, str):
            new = entry.kind == "hearing.sentence" or entry.kind.endswith((".added", ".opened"))
            found[key] = found.get(key, True) and new
    return found
