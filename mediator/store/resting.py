"""Where the recordings and scans that entries speak of rest in this vault, and what is known of their pieces.

A recording is a file of its own, sealed as it was made; a scan is a plain PDF inside the encrypted database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mediator.crypto.blobs import PLAIN, seal_piece
from mediator.errors import MediatorError
from mediator.journal.blobs import BlobClass, Manifest, indices_in, manifest_of, read_manifest
from mediator.journal.framing import read_entry
from mediator.store.appending import Ledger
from mediator.store.arriving import in_pieces
from mediator.store.blobs import TAPE, Named, key_in
from mediator.store.driver import Connection, transaction
from mediator.store.tapes import Tape, tape_path
from mediator.store.thread import OwnerThread

T = TypeVar("T")


class Resting:
    """The vault's folder and rows; rows are looked at on the owner thread, files are read beside it."""

    __slots__ = ("_folder", "_ledger", "_thread")

    def __init__(self, folder: Path, ledger: Ledger, thread: OwnerThread) -> None:
        """Share the vault's folder, ledger and thread."""
        self._folder, self._ledger, self._thread = folder, ledger, thread

    def _ask(self, work: Callable[[Connection], T]) -> T:
        return self._thread.run(lambda: work(self._ledger.connection))

    def _change(self, work: Callable[[Connection], T]) -> T:
        def inside(connection: Connection) -> T:
            with transaction(connection):
                return work(connection)

        return self._ask(inside)

    def _here(self, connection: Connection, named: Named) -> bool:
        """Whether the whole file is on this machine."""
        if named.sort == TAPE:
            return size_of(tape_path(self._folder, named.ref)) >= named.size
        found = connection.execute("SELECT 1 FROM paper WHERE sha256 = ?", (bytes.fromhex(named.ref),)).fetchone()
        return found is not None


def size_of(path: Path) -> int:
    """Bytes of a file, none for one that is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def lacked_of(named: Named, manifest: Manifest) -> tuple[int, ...]:
    """The pieces that the county lacks: all, until it said otherwise."""
    count = len(manifest.pieces)
    return tuple(range(count)) if named.lacked is None else indices_in(named.lacked, count)


def manifest_in(connection: Connection, digest: str) -> Manifest | None:
    """The manifest that an entry pins, None where it has not come or is damaged."""
    row = connection.execute("SELECT bytes FROM paper WHERE sha256 = ?", (bytes.fromhex(digest),)).fetchone()
    try:
        found = read_manifest(row[0]) if row else None
    except MediatorError:
        return None
    return found if found and found.digest == digest else None


def key_of(connection: Connection, named: Named) -> bytes:
    """The key of a scan, out of the entry that names it; empty when that was erased."""
    asked = "SELECT bytes FROM journal WHERE desk = ? AND n = ?"
    row = connection.execute(asked, (bytes.fromhex(named.desk), named.n)).fetchone()
    return key_in(read_entry(row[0])) if row else b""


def scan_manifest(key: bytes, plain: bytes, cls: BlobClass) -> Manifest:
    """The manifest of a scan's PDF under its key (32 bytes); raises RefusedByRule `blob.size`."""
    count = max(-(-len(plain) // PLAIN), 1)
    return manifest_of((seal_piece(key, plain, index) for index in range(count)), cls)


def tape_manifest(tape: Tape) -> Manifest:
    """The manifest of a recording as its file lies, up to where it holds together; raises RefusedByRule `blob.size`."""
    return manifest_of(in_pieces(tape.path, tape.size), BlobClass.SOUND)


def keep_paper(connection: Connection, data: bytes) -> None:
    """Keep bytes among the vault's papers, by their hash."""
    digest = hashlib.sha256(data).digest()
    connection.execute("INSERT OR IGNORE INTO paper (sha256, bytes) VALUES (?, ?)", (digest, data))
