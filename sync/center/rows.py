"""Entries at rest: head and signature as they came, salt and body sealed under the county's column key (T63)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, select

from mediator.journal.canonical import decode_checked
from mediator.journal.entry import SUITE, DeskId, Entry, EntryId
from mediator.journal.framing import MAGIC, SALT, read_entry
from sync.center.county import Cabinet, Center
from sync.center.database import Scope, chunks
from sync.center.tables import ENTRY

NEW: Final = "new"
ASIDE: Final = "aside"
GONE: Final = "erased"
SHIPPED: Final = (ENTRY.c.desk, ENTRY.c.n, ENTRY.c.head, ENTRY.c.sealed, ENTRY.c.sig)


def place_of(county: str, desk: str, n: int) -> bytes:
    """What the sealed column of an entry is bound to."""
    return f"entry/{county}/{desk}/{n}".encode()


def row_of(entry: Entry, center: Center, *, code: str = "") -> dict[str, object]:
    """The row of an entry; `code` says why it was set aside."""
    sealed = None
    if entry.salt is not None and entry.body is not None:
        place = place_of(center.county, entry.desk, entry.n)
        sealed = center.cabinet.seal(entry.salt + entry.body, place=place)
    return {
        "desk": entry.desk, "n": entry.n, "hash": entry.hash, "stream": entry.stream, "kind": entry.kind,
        "reach": entry.reach.value, "head": entry.head_bytes, "sealed": sealed, "sig": entry.signature,
        "state": ASIDE if code else NEW if sealed else GONE, "code": code, "arrived": center.now(),
    }  # fmt: skip


def raw_of(row: Row[Any], county: str, cabinet: Cabinet) -> bytes:
    """The `MEN1` bytes as they came; raises Unacceptable `column.sealed` when the row was changed."""
    rest = b""
    if row.sealed is not None:
        rest = cabinet.open(row.sealed, place=place_of(county, row.desk, row.n))
    body = max(len(rest) - SALT, 0)
    lengths = len(row.head).to_bytes(4, "big") + body.to_bytes(4, "big")
    parts = (MAGIC, bytes((1, SUITE, int(row.sealed is None), 0)), lengths, row.head, rest, row.sig)
    return b"".join(parts)


def entry_of(row: Row[Any], center: Center) -> Entry:
    """The entry of a row, checked anew but for its signature; raises Unacceptable when the row was changed."""
    return read_entry(raw_of(row, center.county, center.cabinet))


def body_of(row: Row[Any], center: Center) -> dict[str, object]:
    """What an entry says, as this county sealed it: read again and again, so not checked again; {} once erased."""
    if row.sealed is None:
        return {}
    opened = center.cabinet.open(row.sealed, place=place_of(center.county, row.desk, row.n))
    return decode_checked(opened[SALT:])


def known_hashes(scope: Scope, desk: DeskId, first: int, last: int) -> dict[int, str]:
    """Counter -> hash of the entries of a desk that are held, within a range."""
    columns = select(ENTRY.c.n, ENTRY.c.hash).where(ENTRY.c.desk == desk)
    return {row.n: row.hash for row in scope.rows(columns.where(ENTRY.c.n >= first, ENTRY.c.n <= last))}


def entries_by_id(scope: Scope, center: Center, ids: Sequence[EntryId]) -> list[Entry]:
    """Entries by identity, in the order asked."""
    found: dict[EntryId, Entry] = {}
    for desk in dict.fromkeys(desk for desk, _ in ids):
        for part in chunks([n for each, n in ids if each == desk]):
            rows = scope.rows(select(*SHIPPED).where(ENTRY.c.desk == desk, ENTRY.c.n.in_(part)))
            found |= {(DeskId(row.desk), row.n): entry_of(row, center) for row in rows}
    return [found[each] for each in ids]
