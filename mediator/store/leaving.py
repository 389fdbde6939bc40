"""Recordings and scans on their way to the county: what is owed, and its pieces as they are sealed.

A recording's file is cut as it lies; a scan is sealed anew under the key in its entry and comes out the same each time.
Nothing read here leaves before its hash is the one that the entry pins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mediator.crypto.blobs import seal_piece
from mediator.errors import Unacceptable, WorldFailed
from mediator.journal.blobs import PIECE, BlobId, Lacking, Manifest, bits_of, length_of
from mediator.store import blobs
from mediator.store.blobs import TAPE, Named
from mediator.store.driver import Connection
from mediator.store.resting import Resting, key_of, lacked_of, manifest_in
from mediator.store.tapes import tape_path

MOST: Final = 64
LEAVES: Final = "safe = 0 AND leaves = 1 AND manifest <> x''"
KEPT: Final = "EXISTS (SELECT 1 FROM paper WHERE sha256 = unhex(ref))"
OWED: Final = f"{LEAVES} AND (desk <> ? OR n <= ?) AND (sort = 'tape' OR {KEPT})"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many recordings and scans have still to reach the county, and their sealed bytes."""

    files: int = 0
    bytes: int = 0


class Leaving(Resting):
    """See the module."""

    __slots__ = ()

    def owed(self, upto: int) -> Sequence[Lacking]:
        """What is whole here and not safe at the county, of entries that it holds (own ones up to a counter).

        In the order in which it is offered, some dozens at most. Own ones that are not here any more are asked about
        once, with nothing missing: a county in a new life may hold them.
        """
        return self._ask(lambda connection: list(islice(self._owed(connection, upto), MOST)))

    def _owed(self, connection: Connection, upto: int) -> Iterator[Lacking]:
        own = bytes.fromhex(self._ledger.desk)
        for each in blobs.rows(connection, OWED, own, upto):
            here = self._here(connection, each)
            manifest = manifest_in(connection, each.manifest) if here or each.desk == self._ledger.desk else None
            if manifest and here:
                yield Lacking(each.blob, manifest, lacked_of(each, manifest))
            elif manifest and each.lacked is None:
                yield Lacking(each.blob, manifest)

    def read(self, blob: BlobId, indices: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Pieces of a blob that is here; raises Unacceptable `blob.damaged` at one that is not what was pinned."""
        named, manifest = self._known(blob)
        piece = self._file_of(named) if named.sort == TAPE else self._sealer_of(named)
        for index in indices:
            data = piece(index)
            if not manifest.holds(index, data):
                raise Unacceptable("blob.damaged", where=named.ref)
            yield index, data

    def _known(self, blob: str) -> tuple[Named, Manifest]:
        def work(connection: Connection) -> tuple[Named, Manifest]:
            named = blobs.one(connection, blob)
            manifest = manifest_in(connection, named.manifest) if named else None
            if named is None or manifest is None:
                raise Unacceptable("blob.unknown", where=blob)
            return named, manifest

        return self._ask(work)

    def _file_of(self, named: Named) -> Callable[[int], bytes]:
        path = tape_path(self._folder, named.ref)

        def piece(index: int) -> bytes:
            try:
                with path.open("rb") as file:
                    file.seek(index * PIECE)
                    return file.read(length_of(named.size, index))
            except OSError:
                raise WorldFailed("file.read", where=path.name) from None

        return piece

    def _sealer_of(self, named: Named) -> Callable[[int], bytes]:
        def work(connection: Connection) -> tuple[bytes, bytes]:
            row = connection.execute("SELECT bytes FROM paper WHERE sha256 = ?", (bytes.fromhex(named.ref),)).fetchone()
            return key_of(connection, named), row[0] if row else b""

        key, plain = self._ask(work)
        return lambda index: seal_piece(key, plain, index) if key else b""

    def told(self, missing: Mapping[BlobId, Sequence[int]], safe: Iterable[str], at: int) -> None:
        """The county's word of a moment: which pieces it lacks, and which blobs its receipt names as whole.

        One that it lacks again after all is owed again, if that was said later than that it was whole.
        """

        def work(connection: Connection) -> None:
            for blob, lacked in missing.items():
                note_lacked(connection, blob, lacked, at)
            for name in safe:
                connection.execute(
                    "UPDATE blob SET safe = ?, lacked = NULL WHERE blob = ? AND safe = 0", (at, bytes.fromhex(name))
                )

        self._change(work)

    def county_reborn(self) -> None:
        """The county begins another life: nothing counts as safe there until it says so again."""
        self._change(lambda connection: connection.execute("UPDATE blob SET safe = 0, lacked = NULL"))

    def waiting(self) -> Waiting:
        """What has still to reach the county."""

        def work(connection: Connection) -> Waiting:
            sizes = [each.size for each in blobs.rows(connection, LEAVES) if self._here(connection, each)]
            return Waiting(len(sizes), sum(sizes))

        return self._ask(work)


def note_lacked(connection: Connection, blob: BlobId, lacked: Sequence[int], at: int) -> None:
    """Keep which pieces the county lacks; a word that does not fit the manifest is passed over."""
    named = blobs.one(connection, blob)
    manifest = manifest_in(connection, named.manifest) if named and named.manifest else None
    if named is None or manifest is None or max(lacked, default=0) >= max(len(manifest.pieces), 1):
        return
    bits = bits_of(lacked, len(manifest.pieces))
    if not named.safe:
        blobs.change(connection, blob, lacked=bits)
    elif lacked and named.safe < at:
        blobs.change(connection, blob, lacked=bits, safe=0)
