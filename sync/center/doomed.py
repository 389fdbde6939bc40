"""What lawful erasures name, at the county (T68): bodies that are held go, those that come later are never kept.

The table `erased` repeats what the decisions say, so that an upload of a hundred thousand entries asks it once for
each portion. A room's decision counts in cases of its own township alone; `sync.center.judging` sets others aside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Engine, delete, select, update

from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.erasures import DECISIONS, blobs_in, reaches, targets_in, without
from mediator.journal.kinds import KINDS
from sync.center.county import Center
from sync.center.database import Scope, chunks, translated
from sync.center.rows import GONE, SHIPPED, entry_of, row_of
from sync.center.tables import (
    BLIND,
    BLOB,
    BLOB_PIECE,
    CASE_ROW,
    CENTER_META,
    DOWNLOAD,
    DOWNLOAD_PIECE,
    ENTRY,
    ERASED,
    FACT_ROW,
)

UNWASHED: Final = "unwashed"
PIECES: Final = "unwashed_pieces"
HOLDING: Final = (ENTRY, CASE_ROW, FACT_ROW, BLIND, DOWNLOAD_PIECE)
Doomed = dict[EntryId, list[tuple[str, str]]]


def keep(
    center: Center, scope: Scope, entries: Sequence[Entry], codes: Mapping[int, str] | None = None
) -> list[Entry]:  # fmt: skip
    """Keep new entries of one desk; `codes` says of which counters why they were set aside, and these decide nothing.

    Decisions among them take at once what is held; whatever a decision reaches is kept as its twin. They are handed
    back as they were kept.
    """
    told = codes or {}
    deciding = [each for each in entries if each.kind in DECISIONS and not told.get(each.n)]
    for each in deciding:
        take_bodies(scope, each)
    kept = without(entries, doomed(scope, entries))
    scope.add(ENTRY, [row_of(each, center, code=told.get(each.n, "")) for each in kept])
    return kept


def take_bodies(scope: Scope, decision: Entry) -> None:
    """Note what a decision names, and empty what is held of it; a body that breaks its kind's rule decides nothing."""
    body = decision.content()
    if KINDS[decision.kind].fault(body):
        return
    named = sorted(targets_in(body))
    by = {"stream": decision.stream, "kind": decision.kind, "by_desk": decision.desk, "by_n": decision.n}
    scope.add_if_absent(ERASED, [{"desk": desk, "n": n, **by} for desk, n in named])
    for desk, group in groupby(named, key=lambda each: each[0]):
        for part in chunks([n for _, n in group]):
            empty(scope, decision, desk, part)
            drop_blobs(scope, decision, (BLOB.c.desk == desk, BLOB.c.n.in_(part)))
    for blobs in chunks(sorted(blobs_in(body))):
        drop_blobs(scope, decision, (BLOB.c.blob.in_(blobs),))
    for table in (DOWNLOAD_PIECE, DOWNLOAD):  # parts of snapshots that were cut with the words in them
        scope.change(delete(table))
    scope.put(CENTER_META, {"name": UNWASHED, "value": "1"})


def empty(scope: Scope, decision: Entry, desk: DeskId, numbers: Sequence[int]) -> None:
    """The sealed bodies of these entries of the decision's stream, as far as it reaches."""
    own = (ENTRY.c.desk == desk, ENTRY.c.stream == decision.stream)
    held = scope.rows(select(ENTRY.c.n, ENTRY.c.kind).where(*own, ENTRY.c.n.in_(numbers)))
    gone = [row.n for row in held if reaches(row.kind, decision.kind)]
    if gone:
        scope.change(update(ENTRY).where(*own, ENTRY.c.n.in_(gone)).values(sealed=None, state=GONE))


def drop_blobs(scope: Scope, decision: Entry, which: tuple[Any, ...]) -> None:
    """Rows of recordings and scans of the decision's stream; their files go with the next washing."""
    blobs = [row.blob for row in scope.rows(select(BLOB.c.blob).where(BLOB.c.stream == decision.stream, *which))]
    for part in chunks(blobs):
        pieces = scope.rows(select(BLOB_PIECE.c.stored_as).where(BLOB_PIECE.c.blob.in_(part)))
        waiting = json.loads(scope.meta(CENTER_META, PIECES) or "[]")
        names = sorted({*waiting, *(row.stored_as for row in pieces)})
        scope.put(CENTER_META, {"name": PIECES, "value": json.dumps(names)})
        scope.change(delete(BLOB_PIECE).where(BLOB_PIECE.c.blob.in_(part)))
        scope.change(delete(BLOB).where(BLOB.c.blob.in_(part)))


def doomed(scope: Scope, entries: Sequence[Entry]) -> Doomed:
    """Which of these entries of one desk decisions name."""
    found: Doomed = {}
    if not entries:
        return found
    first, last = min(each.n for each in entries), max(each.n for each in entries)
    rows = scope.rows(select(ERASED).where(ERASED.c.desk == entries[0].desk, ERASED.c.n.between(first, last)))
    for row in rows:
        found.setdefault((DeskId(row.desk), row.n), []).append((row.stream, row.kind))
    return found


def lawful(center: Center, scope: Scope, stream: StreamId | None = None) -> Doomed:
    """What the decisions of a stream, or of all, name, by their own words and not by the table."""
    asked = select(*SHIPPED).where(ENTRY.c.kind.in_(sorted(DECISIONS)), ENTRY.c.code == "")
    found: Doomed = {}
    for row in scope.rows(asked if stream is None else asked.where(ENTRY.c.stream == stream)):
        decision = entry_of(row, center)
        for target in targets_in(decision.content()):
            found.setdefault(target, []).append((decision.stream, decision.kind))
    return found


def wash(center: Center, *, whole: bool = False) -> bool:
    """Give up what the database's files still hold of emptied rows; true once nothing does.

    SQLite has overwritten the rows, so its log is cut off. PostgreSQL keeps old rows in its files until a table is
    written anew, which locks it for minutes: only when `whole` is asked for (`mediator-center wash`).
    """
    with center.database.reading() as scope:
        if scope.meta(CENTER_META, UNWASHED) != "1":
            return True
    drop_files(center)
    if not (center.database.one_writer or whole):
        return False
    done = cut_log(center.database.engine) if center.database.one_writer else write_anew(center.database.engine)
    if done:
        center.database.write(lambda scope: scope.put(CENTER_META, {"name": UNWASHED, "value": "0"}))
    return done


def drop_files(center: Center) -> None:
    """The files of pieces that no recording or scan is made of any more."""
    with center.database.reading() as scope:
        names = json.loads(scope.meta(CENTER_META, PIECES) or "[]")
        held = {
            row.stored_as
            for part in chunks(names)
            for row in scope.rows(select(BLOB_PIECE.c.stored_as).where(BLOB_PIECE.c.stored_as.in_(part)))
        }
    if names and center.pieces is not None:
        center.pieces.drop(name for name in names if name not in held)
        center.database.write(lambda scope: scope.put(CENTER_META, {"name": PIECES, "value": "[]"}))


def cut_log(engine: Engine) -> bool:
    """Bring SQLite's log into the file and cut it off; false while somebody reads an older state."""
    with translated(), engine.connect() as connection:
        row = connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not row[0]


def write_anew(engine: Engine) -> bool:
    """PostgreSQL: every table that held words of a case, in new files; the old ones are gone when this returns."""
    with translated(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in HOLDING:
            connection.exec_driver_sql(f"VACUUM (FULL) {table.name}")
    return True
