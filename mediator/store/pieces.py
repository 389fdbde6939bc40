"""Recordings and scans as the exchange sees this vault: the `Blobs` port of `sync.session`, by its shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from mediator.errors import WorldFailed
from mediator.journal.blobs import BlobClass, BlobId
from mediator.journal.port import Outgoing
from mediator.store import blobs
from mediator.store.blobs import TAPE, Named
from mediator.store.driver import Connection
from mediator.store.leaving import Leaving
from mediator.store.returning import Returning
from mediator.store.tapes import tape_path

TAKES: Final = "county_takes_pieces"
ABLE: Final = "SELECT 1 FROM setting WHERE name = ?"


class Pieces(Leaving, Returning):
    """What leaves, what returns, and what was packed and is not safe yet."""

    __slots__ = ()

    def named(self, ref: str) -> Named | None:
        """What is known of a recording (by its id) or a scan (by its hash); None where no entry names its pieces."""
        return self._ask(lambda connection: blobs.of_file(connection, ref))

    def sound_safe_since(self, moment: int) -> Sequence[Named]:
        """Recordings here that a receipt named as whole before a moment (ms UTC)."""
        where = "safe > 0 AND safe < ? AND sort = ? AND class = ?"

        def work(connection: Connection) -> list[Named]:
            found = blobs.rows(connection, where, moment, TAPE, int(BlobClass.SOUND))
            return [each for each in found if self._here(connection, each)]

        return self._ask(work)

    def let_go(self, recording: str) -> None:
        """The file of a recording leaves this computer; raises WorldFailed `vault.unreachable`."""
        try:
            tape_path(self._folder, recording).unlink(missing_ok=True)
        except OSError:
            raise WorldFailed("vault.unreachable") from None

    def able(self) -> bool:
        """Whether the county ever said that it takes pieces."""
        return self._ask(lambda connection: bool(connection.execute(ABLE, (TAKES,)).fetchone()))

    def heard_able(self) -> None:
        """It does; remembered for a stick, which gives no answer."""
        row = (TAKES, "1")
        self._change(
            lambda connection: connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", row)
        )

    def frozen(self) -> Outgoing | None:
        """The bundle of pieces that was begun over a network: the same bytes go on where they broke off."""
        row = self._ask(lambda connection: connection.execute("SELECT bundle, no, data FROM load").fetchone())
        return Outgoing(row[0], row[1], 0, 0, "0" * 64, row[2]) if row else None

    def freeze(self, outgoing: Outgoing | None) -> None:
        """Keep a bundle of pieces before a byte of it leaves, in place of an older one; None when it is done."""

        def work(connection: Connection) -> None:
            connection.execute("DELETE FROM load")
            if outgoing:
                row = (outgoing.bundle, outgoing.no, outgoing.data)
                connection.execute("INSERT INTO load (bundle, no, data) VALUES (?, ?, ?)", row)

        self._change(work)

    def files(self) -> Mapping[int, tuple[str, Mapping[BlobId, Sequence[int]]]]:
        """What was written on sticks and is not safe yet: number -> mark of the file, and the pieces in it."""
        rows = self._ask(lambda connection: connection.execute("SELECT no, mark, pieces FROM load_file").fetchall())
        return {
            no: (mark, {BlobId(blob): indices for blob, indices in json.loads(pieces).items()})
            for no, mark, pieces in rows
        }

    def note_file(self, no: int, mark: str, pieces: Mapping[BlobId, Sequence[int]]) -> None:
        """Remember what a file on a stick holds, which nobody but the county can read again."""
        row = (no, mark, json.dumps(pieces))
        self._change(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO load_file (no, mark, pieces) VALUES (?, ?, ?)", row
            )
        )

    def forget_files(self, numbers: Iterable[int]) -> None:
        """What these held is safe."""
        rows = [(no,) for no in numbers]
        self._change(lambda connection: connection.executemany("DELETE FROM load_file WHERE no = ?", rows))
