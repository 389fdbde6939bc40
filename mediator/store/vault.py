"""An open vault: the deeds of the store behind one object that any thread may call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from mediator.core.calendar import Calendar
from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import VaultKeys
from mediator.errors import Unacceptable, WorldFailed
from mediator.journal.entry import DeskId, Draft, Entry, Marks, StreamId
from mediator.journal.framing import read_entry
from mediator.journal.port import Absorbed
from mediator.journal.reach import Reach
from mediator.journal.records import Sitting, case_of, sitting_of
from mediator.store import finding, holding, listing, searching, supervising
from mediator.store.appending import Changes, Ledger, append, changing, take_in
from mediator.store.authors import author_keys
from mediator.store.driver import transaction
from mediator.store.head import write_head
from mediator.store.locking import VaultLock
from mediator.store.numbering import left_in_blocks, take_number
from mediator.store.pieces import Pieces
from mediator.store.shelf import Shelf
from mediator.store.space import release_ballast
from mediator.store.thread import OwnerThread
from mediator.store.township import opened as opened_with

Listener = Callable[[Changes], None]
T = TypeVar("T")
NO_PAPERS: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class VaultUser:
    """Who unlocked the vault."""

    id: str
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """The mediation room this vault belongs to; `short` and `seat` come with enrollment.

    `kind` is what was said when the vault was made and never changes: empty for a real room.
    """

    organization: str
    division: str
    short: str = ""
    seat: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as a form shows it: the record, what it has seen (M2), and what happened, oldest first."""

    case: Case
    seen: Mapping[DeskId, int]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a deed that needs the state of the moment hands back: drafts to append and papers to keep."""

    drafts: Sequence[Draft]
    papers: Mapping[str, bytes] = field(default_factory=dict)


class Inside:
    """What a deed may ask while its transaction is open: numbers, and cases as they stand now."""

    __slots__ = ("_ledger", "_room")

    def __init__(self, ledger: Ledger, room: Room) -> None:
        """Made by `Vault.perform` alone."""
        self._ledger, self._room = ledger, room

    def take_number(self, word: str) -> str:
        """The next case number of a kind word; lost again when the deed fails."""
        return take_number(
            self._ledger.connection,
            word=word,
            year=self._ledger.today().year,
            desk=self._ledger.desk,
            seat=self._room.seat,
            room=self._room.short,
        )

    def case(self, case_id: CaseId) -> Opened:
        """The case as it stands inside the transaction."""
        return opened(self._ledger, case_id)

    def sitting(self, case_id: CaseId, hearing: str) -> tuple[Sitting, Marks]:
        """What a further turn of a hearing must know, and the marks of what its form showed."""
        log = self._ledger.log(StreamId(case_id))
        return sitting_of(log.state, hearing), log.seen(Reach.COUNTY)


def opened(ledger: Ledger, case_id: CaseId) -> Opened:
    """Fold of a case's stream with the marks a form opened now has seen."""
    log = ledger.log(StreamId(case_id))
    record = case_of(case_id, log.state, waiting=log.waiting)
    return Opened(record, log.seen(Reach.COUNTY), tuple(log.entries))


class Vault:
    """One unlocked vault. Every method is one piece of work on the owner thread and returns when it is durable."""

    def __init__(
        self, *, folder: Path, ledger: Ledger, thread: OwnerThread, lock: VaultLock, keys: VaultKeys, user: VaultUser
    ) -> None:
        """Made by `unlocking.open_vault` alone."""
        self.folder, self.user = folder, user
        self._ledger, self._thread, self._lock, self._keys = ledger, thread, lock, keys
        self._listeners: list[Listener] = []
        self._room: Room | None = None
        self._closed = False
        self.shelf = Shelf(ledger, thread)
        self.pieces = Pieces(folder, ledger, thread)

    @property
    def id(self) -> str:
        """The vault's id, 32 hex."""
        return self._keys.vault_id

    @property
    def desk(self) -> DeskId:
        """This life of this vault on this machine."""
        return self._ledger.desk

    @property
    def keys(self) -> VaultKeys:
        """Derived keys, for the deeds of this room on the key file and on backups."""
        return self._keys

    @property
    def desk_keys(self) -> DeskKeys:
        """The desk's signing and opening keys; their public halves travel."""
        return self._ledger.keys

    def sealer(self) -> Sealer:
        """What the exchange needs of the desk's keys."""
        return Sealer(self._ledger.keys)

    @property
    def room(self) -> Room:
        """The room as set up, with what enrollment added; asked at every deed, so it is remembered until it changes."""
        if self._room is None:
            names = ("organization", "division", "room_short", "seat", "room_kind")
            self._room = Room(*(self.setting(name) or "" for name in names))
        return self._room

    # -- writing ---------------------------------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft], *, papers: Mapping[str, bytes] = NO_PAPERS) -> Changes:
        """Keep drafts as the desk's next entries; returns after the commit. Raises WorldFailed `vault.disk_full`."""
        return self.perform(lambda _inside: Deed(drafts, papers))

    def perform(self, make: Callable[[Inside], Deed]) -> Changes:
        """Run `make` inside the transaction and keep what it hands back: numbers and state cannot move between."""
        room = self.room

        def work() -> Changes:
            with changing(self._ledger) as touched:
                deed = make(Inside(self._ledger, room))
                touched.update(draft.stream for draft in deed.drafts)
                entries = append(self._ledger, deed.drafts, deed.papers)
            return self._changes(entries)

        changes = self._saved(work)
        self._tell(changes)
        return changes

    def _saved(self, work: Callable[[], Changes]) -> Changes:
        """Done on the thread; on a full disk once more in the room that was set aside for it (T25)."""
        try:
            return self._thread.run(work)
        except WorldFailed as error:
            if error.code != "vault.disk_full" or not release_ballast(self.folder):
                raise
        return self._thread.run(work)

    def absorb(self, entries: Sequence[Entry]) -> Absorbed:
        """Take others' entries in, all or nothing (the Journal port)."""

        def work() -> Absorbed:
            with changing(self._ledger) as touched:
                touched.update(entry.stream for entry in entries)
                return take_in(self._ledger, entries)

        absorbed = self._thread.run(work)
        self.tell_absorbed(absorbed)
        return absorbed

    def tell_absorbed(self, absorbed: Absorbed) -> None:
        """Let screens know what an exchange brought."""
        if absorbed.streams:
            cases = frozenset(CaseId(stream) for stream in absorbed.streams)
            self._tell(Changes(cases, absorbed.streams, (), self._ledger.now()))

    def _changes(self, entries: Sequence[Entry]) -> Changes:
        streams = frozenset(entry.stream for entry in entries)
        return Changes(
            frozenset(CaseId(stream) for stream in streams),
            streams,
            tuple(entry.id for entry in entries),
            self._ledger.now(),
        )

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` after every durable change, on the thread that made it."""
        self._listeners.append(listener)

    def _tell(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            listener(changes)

    # -- reading ---------------------------------------------------------------------------------------------------

    def case(self, case_id: CaseId) -> Opened:
        """A case with its marks and entries; one nobody opened is empty."""
        return self._thread.run(lambda: opened(self._ledger, case_id))

    def find_case(self, ref: str) -> CaseId | None:
        """The case of an id, a printed number or an older number."""
        return self._thread.run(lambda: listing.find(self._ledger.connection, ref))

    def rows(self, query: listing.RowQuery) -> tuple[listing.CaseRow, ...]:
        """A window of the case list."""
        return self._thread.run(lambda: listing.read_rows(self._ledger.connection, query))

    def count(self, query: listing.RowQuery) -> int:
        """Length of the case list."""
        return self._thread.run(lambda: listing.count_rows(self._ledger.connection, query))

    def under_order(self, most: int | None = None) -> tuple[CaseId, ...]:
        """Cases with an order of supervision that waits for an answer or a verdict, the soonest answer first."""
        return self._thread.run(lambda: supervising.cases_under_order(self._ledger.connection, most))

    def orders_waiting(self, cases: int | None = None) -> tuple[supervising.Waiting, ...]:
        """Their orders, of so many cases, the soonest answer first."""
        return self._thread.run(lambda: supervising.orders_waiting(self._ledger.connection, cases))

    def search(self, asked: str | finding.Asked, limit: int = 50) -> finding.Hits:
        """Every place of a text, or of several words within filters (`store/finding.py`)."""
        whole = finding.Asked((asked,), limit=limit) if isinstance(asked, str) else asked
        return self._thread.run(lambda: finding.search(self._ledger.connection, whole))

    def paper(self, sha256: str) -> bytes | None:
        """The bytes of an issued file; raises Unacceptable `vault.damaged` when they are no longer those."""
        digest = bytes.fromhex(sha256)
        row = self._thread.run(
            lambda: self._ledger.connection.execute("SELECT bytes FROM paper WHERE sha256 = ?", (digest,)).fetchone()
        )
        if row and hashlib.sha256(row[0]).digest() != digest:  # the cipher reads a changed page as zeros, unsaid
            raise Unacceptable("vault.damaged")
        return row[0] if row else None

    def holds_paper(self, sha256: str) -> bool:
        """True when the bytes of a file are on this machine; those of another desk's papers are not."""
        asked = "SELECT count(*) FROM paper WHERE sha256 = ?"
        row = self._thread.run(lambda: self._ledger.connection.execute(asked, (bytes.fromhex(sha256),)).fetchone())
        return bool(row[0])

    def issued(self) -> tuple[tuple[CaseId, Entry], ...]:
        """Every `document.issued` entry with its case, for verification of a paper."""
        return tuple((CaseId(entry.stream), entry) for entry in self._of_kind("document.issued"))

    def copied(self) -> tuple[Entry, ...]:
        """Every trace of a copy of a paper."""
        return self._of_kind("audit.document_copied")

    def traces(self, kind: str) -> tuple[Entry, ...]:
        """Every `access.*` entry of a kind that this computer holds."""
        return self._of_kind(kind)

    def _of_kind(self, kind: str) -> tuple[Entry, ...]:
        def work() -> tuple[Entry, ...]:
            connection = self._ledger.connection
            rows = connection.execute(holding.OF_KIND, (kind,)).fetchall()
            return tuple(opened_with(connection, read_entry(row[0])) for row in rows)

        return self._thread.run(work)

    def signing_keys(self) -> Mapping[DeskId, bytes]:
        """The public key of every desk that this vault has heard of, its own and those of its former lives included."""
        heard = self._thread.run(lambda: author_keys(self._ledger.connection))
        return heard | {self.desk: self.desk_keys.sign_public}

    def entry_count(self) -> int:
        """How many entries are held."""
        return int(
            self._thread.run(lambda: self._ledger.connection.execute("SELECT count(*) FROM journal").fetchone()[0])
        )

    def numbers_left(self, word: str) -> int:
        """Official numbers left of this year's blocks."""
        return self._thread.run(lambda: left_in_blocks(self._ledger.connection, word, self._ledger.today().year))

    # -- the Journal port --------------------------------------------------------------------------------------------

    def top(self, desk: DeskId) -> tuple[int, str]:
        """See `journal.port.Journal`."""
        return self._thread.run(lambda: self._top(desk))

    def _top(self, desk: DeskId) -> tuple[int, str]:
        return self._ledger.top if desk == self._ledger.desk else holding.top_of(self._ledger.connection, desk)

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        """See `journal.port.Journal`."""
        return self._thread.run(lambda: holding.entries_since(self._ledger.connection, desk, after, limit))

    def stream(self, stream: StreamId) -> Sequence[Entry]:
        """See `journal.port.Journal`."""
        return self._thread.run(lambda: holding.entries_of_stream(self._ledger.connection, stream))

    # -- settings ----------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting of this machine, None when never kept."""
        row = self._thread.run(
            lambda: self._ledger.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        )
        return row[0] if row else None

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting; durable on return."""

        def work() -> None:
            with transaction(self._ledger.connection):
                self._ledger.connection.execute(
                    "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value)
                )

        self._thread.run(work)
        self._room = None

    def on_thread(self, work: Callable[[Ledger], T]) -> T:
        """Work of this room that needs the connection itself: checks and backups."""
        return self._thread.run(lambda: work(self._ledger))

    def today(self) -> date:
        """Today by the handed-in clock."""
        return self._ledger.today()

    @property
    def calendar(self) -> Calendar:
        """The calendar that counts now, the county's years over the program's."""
        return self._ledger.calendar

    @property
    def tables(self) -> InForce:
        """Calendar and rules of deadlines that count now, and where they are from."""
        return self._ledger.tables

    def close(self) -> None:
        """Checkpoint, note the head, drop every key; twice is harmless.

        Neither a full disk nor damage keeps a vault open or is an error here: what was acknowledged is durable, and
        the next opening finds out.
        """
        if self._closed:
            return
        self._closed = True
        try:
            with suppress(WorldFailed, Unacceptable):  # all was kept at its commit; closing only tidies
                self._thread.run(self._close_connection)
        finally:
            self._thread.close()
            self._keys.close()
            self._lock.release()

    def _close_connection(self) -> None:
        connection = self._ledger.connection
        try:
            with suppress(WorldFailed, Unacceptable), transaction(connection):  # a search goes slower, no more
                searching.tidy(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            write_head(self.folder, self._ledger.top, self._keys)
        finally:
            connection.close()
