"""What a center signs as one piece: magic, version, suite, length, canonical JSON, signature (FORMATS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.bundle import SIGNATURE, Sealer
from sync.wire.limits import SUITE

HEAD: Final = 12
MAX_STATEMENT: Final = 65_536


@dataclass(frozen=True, slots=True)
class Statement:
    """One kind of such pieces; `code` is the family of what is wrong with one (`<code>.form`, `<code>.signature`)."""

    magic: bytes
    label: bytes
    code: str

    @property
    def start(self) -> bytes:
        """The first 8 bytes of each."""
        return self.magic + bytes((1, SUITE, 0, 0))

    def write(self, members: object, sealer: Sealer) -> bytes:
        """The signed bytes of some members."""
        body = encode(members)
        unsigned = self.start + len(body).to_bytes(4, "big") + body
        return unsigned + sealer.sign(self.label + unsigned)

    def read(self, data: bytes, public: bytes, sealer: Sealer) -> dict[str, object]:
        """The members that `public` has signed; raises Unacceptable."""
        if not HEAD + SIGNATURE <= len(data) <= MAX_STATEMENT or data[:8] != self.start:
            raise Unacceptable(f"{self.code}.form")
        if int.from_bytes(data[8:HEAD], "big") != len(data) - HEAD - SIGNATURE:
            raise Unacceptable(f"{self.code}.form")
        try:
            sealer.verify(public, self.label + data[:-SIGNATURE], data[-SIGNATURE:])
        except Unacceptable:
            raise Unacceptable(f"{self.code}.signature") from None
        try:
            return decode_object(data[HEAD:-SIGNATURE])
        except MediatorError:
            raise Unacceptable(f"{self.code}.form") from None
