"""The journal table and the streams folded from it, as seen by the owner thread alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from mediator.journal.entry import NO_HASH, DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.framing import held_entry
from mediator.store.blobs import note_named
from mediator.store.driver import Connection
from mediator.store.township import opened

KEPT_STREAMS: Final = 64
# The index leaves out the turns of hearings, so that a turn pays nothing for it: a question must leave them out too.
OF_KIND: Final = "SELECT bytes FROM journal WHERE kind = ? AND kind <> 'hearing.sentence'"


def insert_entry(connection: Connection, entry: Entry) -> None:
    """One journal row: the exact bytes, and what finds them again."""
    connection.execute(
        "INSERT INTO journal (desk, n, stream, kind, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(entry.desk), entry.n, bytes.fromhex(entry.stream), entry.kind, bytes.fromhex(entry.hash),
            entry.raw,
        ),
    )  # fmt: skip
    if entry.head.f:
        note_named(connection, entry)


def top_of(connection: Connection, desk: DeskId) -> tuple[int, str]:
    """Highest counter of a desk without a hole, and its hash."""
    key = bytes.fromhex(desk)
    count, highest = connection.execute(
        "SELECT count(*), ifnull(max(n), 0) FROM journal WHERE desk = ?", (key,)
    ).fetchone()
    if count != highest:  # filtered streams of other desks have holes
        highest = connection.execute(
            "SELECT ifnull(min(n), 1) - 1 FROM (SELECT 1 AS n UNION SELECT n + 1 FROM journal WHERE desk = :d)"
            " WHERE n NOT IN (SELECT n FROM journal WHERE desk = :d)",
            {"d": key},
        ).fetchone()[0]
    row = connection.execute("SELECT hash FROM journal WHERE desk = ? AND n = ?", (key, highest)).fetchone()
    return (highest, row[0].hex()) if row else (0, NO_HASH)


def entries_since(connection: Connection, desk: DeskId, after: int, limit: int) -> list[Entry]:
    """Entries of a desk above a counter, ascending."""
    rows = connection.execute(
        "SELECT bytes, hash FROM journal WHERE desk = ? AND n > ? ORDER BY n LIMIT ?",
        (bytes.fromhex(desk), after, limit),
    )
    return [opened(connection, held_entry(data, digest.hex())) for data, digest in rows]


def entries_of_stream(connection: Connection, stream: StreamId) -> list[Entry]:
    """All entries of a stream."""
    rows = connection.execute("SELECT bytes, hash FROM journal WHERE stream = ?", (bytes.fromhex(stream),))
    return [opened(connection, held_entry(data, digest.hex())) for data, digest in rows]


def known_hash(connection: Connection, desk: DeskId, n: int) -> str | None:
    """Hash of an entry that is held, None otherwise."""
    row = connection.execute("SELECT hash FROM journal WHERE desk = ? AND n = ?", (bytes.fromhex(desk), n)).fetchone()
    return row[0].hex() if row else None


class Streams:
    """The most recently used streams, folded; a failed transaction forgets what it touched."""

    __slots__ = ("_logs",)

    def __init__(self) -> None:
        """Nothing folded yet."""
        self._logs: OrderedDict[StreamId, StreamLog] = OrderedDict()

    def get(self, connection: Connection, stream: StreamId) -> StreamLog:
        """The folded stream, from memory or from the journal."""
        log = self._logs.get(stream)
        if log is None:
            log = StreamLog()
            log.add(entries_of_stream(connection, stream))
            self._logs[stream] = log
            while len(self._logs) > KEPT_STREAMS:
                self._logs.popitem(last=False)
        self._logs.move_to_end(stream)
        return log

    def forget(self, streams: Sequence[StreamId] = ()) -> None:
        """Drop these streams, or all."""
        for stream in streams or tuple(self._logs):
            self._logs.pop(stream, None)
