"""The laptop's own memory of the exchange: center card, receipts, cursors, the one frozen upward bundle.

It satisfies the `Shelf` port of `sync.session` by its shape. The frozen bundle rests as a blob inside the vault,
so that it can never lie about as a stray file and goes in the transaction that a receipt moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

from mediator.errors import WorldFailed
from mediator.journal.entry import Entry
from mediator.journal.port import Absorbed, Outgoing
from mediator.store.appending import Ledger, changing, take_in
from mediator.store.driver import transaction
from mediator.store.thread import OwnerThread

KEPT_RECEIPTS: Final = 50


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One exchange as the history shows it; `at` is ms UTC, `code` empty when all went well."""

    at: int
    road: str
    sent: int
    received: int
    code: str


class Shelf:
    """See the module; every method is one short piece of work on the owner thread."""

    __slots__ = ("_ledger", "_talking", "_thread")

    def __init__(self, ledger: Ledger, thread: OwnerThread) -> None:
        """Share the vault's ledger and thread."""
        self._ledger, self._thread, self._talking = ledger, thread, Lock()

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Within it this vault exchanges, by one road alone; a second at once raises WorldFailed `sync.running`."""
        if not self._talking.acquire(blocking=False):
            raise WorldFailed("sync.running")
        try:
            yield
        finally:
            self._talking.release()

    def _secret(self, name: str) -> bytes | None:
        row = self._thread.run(
            lambda: self._ledger.connection.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
        )
        return row[0] if row else None

    def _keep_secret(self, name: str, value: bytes | None) -> None:
        def work() -> None:
            with transaction(self._ledger.connection):
                self._ledger.connection.execute("DELETE FROM secret WHERE name = ?", (name,))
                if value is not None:
                    self._ledger.connection.execute("INSERT INTO secret (name, value) VALUES (?, ?)", (name, value))

        self._thread.run(work)

    def card(self) -> bytes | None:
        """What enrollment gave: center card and certificate, None before."""
        return self._secret("card")

    def keep_card(self, card: bytes) -> None:
        """Remember the center."""
        self._keep_secret("card", card)

    def enrolling(self) -> bytes | None:
        """A request to join that waits for its answer."""
        return self._secret("enrolling")

    def remember_enrolling(self, request: bytes | None) -> None:
        """Keep or clear the waiting request."""
        self._keep_secret("enrolling", request)

    def receipt(self) -> bytes | None:
        """The newest receipt (`MRC1` bytes), None before the first."""
        kept = self.receipts()
        return kept[0] if kept else None

    def receipts(self) -> list[bytes]:
        """The last receipts, highest counter first."""
        rows = self._thread.run(
            lambda: self._ledger.connection.execute(
                "SELECT bytes FROM receipt ORDER BY n DESC, no DESC LIMIT ?", (KEPT_RECEIPTS,)
            ).fetchall()
        )
        return [row[0] for row in rows]

    def cursors(self) -> dict[str, tuple[int, int]]:
        """Feed -> (epoch, highest number absorbed)."""
        rows = self._thread.run(
            lambda: self._ledger.connection.execute("SELECT feed, epoch, no FROM cursor").fetchall()
        )
        return {feed: (epoch, no) for feed, epoch, no in rows}

    def outgoing(self) -> Outgoing | None:
        """The frozen upward bundle that no receipt covers yet."""
        row = self._thread.run(
            lambda: self._ledger.connection.execute(
                "SELECT bundle, no, base, top, top_hash, data FROM outgoing"
            ).fetchone()
        )
        return Outgoing(*row) if row else None

    def freeze(self, outgoing: Outgoing) -> None:
        """Keep the bundle before a byte of it leaves, in place of an older one."""

        def work() -> None:
            with transaction(self._ledger.connection):
                self._ledger.connection.execute("DELETE FROM outgoing")
                self._ledger.connection.execute(
                    "INSERT INTO outgoing (bundle, no, base, top, top_hash, data) VALUES (?, ?, ?, ?, ?, ?)",
                    (outgoing.bundle, outgoing.no, outgoing.base, outgoing.top, outgoing.top_hash, outgoing.data),
                )
                self._ledger.connection.execute(
                    "INSERT INTO serial (name, next) VALUES ('bundle', ?)"
                    " ON CONFLICT (name) DO UPDATE SET next = max(next, excluded.next)",
                    (outgoing.no + 1,),
                )

        self._thread.run(work)

    def next_no(self) -> int:
        """The number of the next upward bundle, from 1."""
        row = self._thread.run(
            lambda: self._ledger.connection.execute("SELECT next FROM serial WHERE name = 'bundle'").fetchone()
        )
        return int(row[0]) if row else 1

    def settle(
        self,
        *,
        entries: Sequence[Entry],
        cursors: Mapping[str, tuple[int, int]],
        receipt: bytes | None,
        receipt_n: int,
        drop_outgoing: bool,
    ) -> Absorbed:
        """One transaction: entries in, cursors on, receipt kept, and the bundle it covers dropped."""

        def work() -> Absorbed:
            connection = self._ledger.connection
            with changing(self._ledger) as touched:
                touched.update(entry.stream for entry in entries)
                absorbed = take_in(self._ledger, entries)
                for feed, (epoch, no) in cursors.items():
                    connection.execute(
                        "INSERT OR REPLACE INTO cursor (feed, epoch, no) VALUES (?, ?, ?)", (feed, epoch, no)
                    )
                if receipt is not None:
                    connection.execute(
                        "INSERT INTO receipt (n, no, bytes) SELECT ?, ifnull(max(no), 0) + 1, ? FROM receipt",
                        (receipt_n, receipt),
                    )
                    connection.execute(
                        "DELETE FROM receipt WHERE no <= (SELECT max(no) FROM receipt) - ?", (KEPT_RECEIPTS,)
                    )
                if drop_outgoing:
                    connection.execute("DELETE FROM outgoing")
            return absorbed

        return self._thread.run(work)

    def silent(self) -> bool:
        """True while a backup that came back has not heard, or not carried out, what was lawfully erased since."""
        asked = "SELECT value FROM setting WHERE name = 'erasure_list'"
        row = self._thread.run(lambda: self._ledger.connection.execute(asked).fetchone())
        return bool(row and row[0])

    def heard_erasures(self) -> None:
        """The county has told everything; what it erased waits for a yes of somebody here."""

        def work() -> None:
            with transaction(self._ledger.connection):
                self._ledger.connection.execute(
                    "UPDATE setting SET value = 'read' WHERE name = 'erasure_list' AND value = 'wanted'"
                )

        self._thread.run(work)

    def note_exchange(self, road: str, *, sent: int, received: int, code: str = "") -> None:
        """Add a line to the history."""

        def work() -> None:
            with transaction(self._ledger.connection):
                self._ledger.connection.execute(
                    "INSERT INTO exchange (at, road, sent, received, code) VALUES (?, ?, ?, ?, ?)",
                    (self._ledger.now(), road, sent, received, code),
                )

        self._thread.run(work)

    def exchanges(self, limit: int) -> tuple[ExchangeRow, ...]:
        """The newest lines of the history."""
        rows = self._thread.run(
            lambda: self._ledger.connection.execute(
                "SELECT at, road, sent, received, code FROM exchange ORDER BY id DESC LIMIT ?", (limit,)
            ).fetchall()
        )
        return tuple(ExchangeRow(*row) for row in rows)
