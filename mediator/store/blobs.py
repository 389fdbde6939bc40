"""Which recordings and scans this vault's entries speak of, and what the county has of each: rows alone.

A row comes with its entry, in one transaction. What stands in it beyond the entry (`safe`, `lacked`, `asked`, `held`)
is of the exchange and is asked anew where it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediator.journal.blobs import BlobId, blob_of
from mediator.journal.checks import is_id, is_key
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.reach import may_leave
from mediator.store.driver import Connection

TAPE, SCAN = "tape", "scan"
# What an entry of this kind speaks of, and the member that names the file in this vault.
SORTS: Final = {"recording.ended": TAPE, "evidence.attached": SCAN}
COLUMNS: Final = "blob, desk, n, stream, size, class, sort, ref, manifest, lacked, safe, asked, held"


@dataclass(frozen=True, slots=True)
class Named:
    """One blob: which entry names it, what it is here, and how far it is.

    `ref` is the recording's id or the SHA-256 of the scan's PDF; `lacked` a bitmap of what the county lacks, None when
    it never said; `safe` the ms UTC of the receipt that names it, 0 for none; `held` a bitmap of what came back.
    """

    blob: BlobId
    desk: DeskId
    n: int
    stream: StreamId
    size: int
    cls: int
    sort: str
    ref: str
    manifest: str
    lacked: bytes | None
    safe: int
    asked: bool
    held: bytes | None


def note_named(connection: Connection, entry: Entry) -> None:
    """A row for each blob that the head of an entry names; one that is named already stays as it is."""
    sort, ref, digest = spoken_of(entry)
    for blob, size, cls in entry.head.f:
        known = digest if len(entry.head.f) == 1 and blob_of(digest) == blob else ""
        connection.execute(
            "INSERT OR IGNORE INTO blob (blob, desk, n, stream, size, class, leaves, sort, ref, manifest, safe, asked)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (
                bytes.fromhex(blob), bytes.fromhex(entry.desk), entry.n, bytes.fromhex(entry.stream), size, cls,
                int(may_leave(entry.reach)), sort if known else "", ref if known else "", bytes.fromhex(known),
            ),
        )  # fmt: skip


def spoken_of(entry: Entry) -> tuple[str, str, str]:
    """What kind of file an entry speaks of, its name in this vault, the hash of its manifest; empty where untold.

    Whoever wrote the entry chose that name and it becomes a file's here: only an id or a hash is taken (T37).
    """
    sort, body = SORTS.get(entry.kind, ""), entry.content()
    fields, digest = body.get("fields"), member(entry, "manifest")
    ref = body.get("id") if sort == TAPE else fields.get("sha256") if isinstance(fields, dict) else ""
    sound = is_id(ref) if sort == TAPE else is_key(ref)
    return (sort, str(ref), digest) if sort and sound else ("", "", "")


def member(entry: Entry, name: str) -> str:
    """64 hex that the body says of its blob, empty where it says nothing or something else."""
    told = entry.content().get("blob")
    value = told.get(name) if isinstance(told, dict) else ""
    return value if isinstance(value, str) and is_key(value) else ""


def key_in(entry: Entry) -> bytes:
    """The key of a scan in the body of its entry, empty where there is none or where it was lawfully erased."""
    return bytes.fromhex(member(entry, "key"))


def rows(connection: Connection, where: str, *values: object) -> Iterator[Named]:
    """Rows in the order in which they are offered: the lower class first, then the smaller."""
    asked = f"SELECT {COLUMNS} FROM blob WHERE {where} ORDER BY class, size, blob"  # noqa: S608  constant text
    for blob, desk, n, stream, size, cls, sort, ref, manifest, lacked, safe, wanted, held in connection.execute(
        asked, values
    ):
        yield Named(
            BlobId(blob.hex()), DeskId(desk.hex()), n, StreamId(stream.hex()), size, cls, sort, ref, manifest.hex(),
            lacked, safe, bool(wanted), held,
        )  # fmt: skip


def one(connection: Connection, blob: str) -> Named | None:
    """The row of a blob, None for one that no entry names."""
    return next(rows(connection, "blob = ?", bytes.fromhex(blob)), None)


def of_file(connection: Connection, ref: str) -> Named | None:
    """The row of a recording by its id, or of a scan by the hash of its PDF."""
    return next(rows(connection, "ref = ? AND manifest <> x''", ref), None)


def change(connection: Connection, blob: str, **columns: object) -> None:
    """Set columns of a row."""
    names = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE blob SET {names} WHERE blob = ?", (*columns.values(), bytes.fromhex(blob)))  # noqa: S608  names are ours
