"""Recordings and scans that come back from the county, piece by piece, until each is whole and in its place.

A piece is on disk before the vault says that it is; whatever a kill or a full disk leaves is asked for again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from mediator.core.records import CaseId
from mediator.crypto.blobs import open_blob
from mediator.errors import Unacceptable, WorldFailed
from mediator.journal.blobs import BlobClass, BlobId, Lacking, Manifest, bits_of, indices_in
from mediator.journal.entry import StreamId
from mediator.journal.records import case_of
from mediator.store import arriving, blobs
from mediator.store.blobs import TAPE, Named
from mediator.store.driver import Connection
from mediator.store.lent import lent_here
from mediator.store.resting import Resting, keep_paper, key_of, manifest_in
from mediator.store.space import free_bytes
from mediator.store.tapes import LEFT_FOR_WORDS, tape_path

MOST: Final = 64
ASKED: Final = "asked = 1 AND manifest <> x''"
UNASKED: Final = "stream = ? AND class < ? AND asked = 0 AND manifest <> x''"
# The index of kinds leaves out the turns of hearings, so a question must leave them out too.
GRANTED: Final = "SELECT DISTINCT stream FROM journal WHERE kind = 'case.granted' AND kind <> 'hearing.sentence'"


class Returning(Resting):
    """See the module."""

    __slots__ = ()

    def ask_back(self, ref: str) -> bool:
        """Let the next exchange bring a recording (by its id) or a scan (by its hash); False where no entry names it.

        What is here already is not asked for.
        """

        def work(connection: Connection) -> bool:
            named = blobs.of_file(connection, ref)
            if named and not self._here(connection, named):
                blobs.change(connection, named.blob, asked=1)
            return named is not None

        return self._change(work)

    def ask_for_lent(self, streams: Iterable[StreamId]) -> None:
        """Signed papers and scans of cases that the county lent to this room come along; sound only when asked for.

        `streams` are those that just changed; only those with a word of the county about lending are looked at.
        """
        changed = set(streams)

        def work(connection: Connection) -> None:
            for (stream,) in connection.execute(GRANTED).fetchall():
                if stream.hex() in changed and self._is_lent(connection, StreamId(stream.hex())):
                    for each in list(blobs.rows(connection, UNASKED, stream, int(BlobClass.SOUND))):
                        blobs.change(connection, each.blob, asked=int(not self._here(connection, each)))

        self._change(work)

    def _is_lent(self, connection: Connection, stream: StreamId) -> bool:
        """Whether this room has another's case now."""
        log = self._ledger.log(stream)
        lent = lent_here(connection, case_of(CaseId(stream), log.state, waiting=log.waiting))
        return lent is not None and lent.open

    def wanted(self) -> Sequence[Lacking]:
        """What was asked back, with the pieces that have not come; without a manifest until that has come."""

        def work(connection: Connection) -> list[Lacking]:
            found = []
            for each in list(blobs.rows(connection, ASKED))[:MOST]:
                manifest = manifest_in(connection, each.manifest)
                found.append(Lacking(each.blob, manifest, self._missing(each, manifest) if manifest else ()))
            return found

        return self._ask(work)

    def _missing(self, named: Named, manifest: Manifest) -> tuple[int, ...]:
        """What has not come; a gathering place that is gone holds nothing."""
        count = len(manifest.pieces)
        there = arriving.staged(self._folder, named.blob).is_file()
        held = set(indices_in(named.held, count)) if named.held and there else set[int]()
        return tuple(index for index in range(count) if index not in held)

    def keep(self, blob: BlobId, manifest: Manifest | None, pieces: Sequence[tuple[int, bytes]]) -> Sequence[str]:
        """Keep what came of a blob; codes of what was refused: `piece.unasked`, `piece.unknown`, `piece.damaged`.

        With the last piece the file is proved whole and put in its place; `blob.damaged` for a scan that is not the one
        that its entry names, which is then no longer asked for. Raises WorldFailed `vault.disk_full`.
        """
        named = self._ask(lambda connection: blobs.one(connection, blob))
        if named is None or not named.asked:
            return ["piece.unasked"] if pieces else []
        if manifest and manifest.digest == named.manifest:
            self._change(lambda connection: keep_paper(connection, manifest.packed()))
        known = self._ask(lambda connection: manifest_in(connection, named.manifest))
        if known is None:
            return ["piece.unknown"] if pieces else []
        good = {index: data for index, data in pieces if known.holds(index, data)}
        refused = ["piece.damaged"] * (len(pieces) - len(good))
        return [*refused, *self._stage(named, known, good)] if good else refused

    def _stage(self, named: Named, manifest: Manifest, good: Mapping[int, bytes]) -> Sequence[str]:
        """Pieces on disk, then in the row; then the whole, when it is whole."""
        if free_bytes(self._folder) < LEFT_FOR_WORDS:
            raise WorldFailed("vault.disk_full")
        left = set(self._missing(named, manifest)) - set(good)
        path, count = arriving.staged(self._folder, named.blob), len(manifest.pieces)
        arriving.keep(path, good.items())
        held = bits_of((index for index in range(count) if index not in left), count)
        self._change(lambda connection: blobs.change(connection, named.blob, held=held))
        return [] if left else self._finish(named, manifest, path)

    def _finish(self, named: Named, manifest: Manifest, path: Path) -> Sequence[str]:
        """The file into its place, once every piece is read back right; what is not is missing again."""
        sound, count = set(arriving.sound(path, manifest)), len(manifest.pieces)
        if len(sound) < count:
            self._change(lambda connection: blobs.change(connection, named.blob, held=bits_of(sound, count)))
            return ["piece.damaged"]
        if named.sort == TAPE:
            arriving.settle(path, tape_path(self._folder, named.ref))
        codes = self._change(lambda connection: self._arrived(connection, named, path))
        path.unlink(missing_ok=True)
        return codes

    def _arrived(self, connection: Connection, named: Named, path: Path) -> Sequence[str]:
        """No longer asked for; a scan's PDF among the vault's papers, if it is the one that its entry names."""
        blobs.change(connection, named.blob, asked=0, held=None)
        if named.sort == TAPE:
            return []
        try:
            plain = open_blob(key_of(connection, named), path.read_bytes())
        except Unacceptable:
            plain = b""
        if hashlib.sha256(plain).hexdigest() != named.ref:
            return ["blob.damaged"]
        keep_paper(connection, plain)
        return []
