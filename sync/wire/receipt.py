"""The receipt `MRC1`: the center's signed word for what it durably holds of one desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from mediator.errors import Unacceptable
from sync.wire.bundle import Sealer
from sync.wire.limits import MAX_COUNTER, MAX_EPOCH, MAX_SET_ASIDE
from sync.wire.members import is_count, is_hex, record, rows
from sync.wire.statement import Statement

RECEIPT: Final = Statement(b"MRC1", b"mediator/receipt/1\x00", "receipt")
MAX_BUNDLES: Final = 8
MAX_BLOBS: Final = 320


@dataclass(frozen=True, slots=True)
class Receipt:
    """`n` and `h` are the highest counter durable without a hole and its hash; withheld ranges count as declared.

    `blobs` are recordings and scans that are there whole: the newest of this desk, and those its bundle asked about.
    """

    center: str
    ce: int
    desk: str
    no: int
    n: int
    h: str
    w: int
    crl: int = 0
    set_aside: tuple[tuple[int, str], ...] = ()
    bundles: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """Receipts never go back: a higher epoch of the center counts more, then a higher counter."""
        return self.ce * (MAX_COUNTER + 1) + self.n


def receipt_bytes(receipt: Receipt, sealer: Sealer) -> bytes:
    """Signed bytes of a receipt; made only from what is committed."""
    return RECEIPT.write({name: value for name, value in asdict(receipt).items() if name != "blobs" or value}, sealer)


def read_receipt(data: bytes, public: bytes, sealer: Sealer) -> Receipt:
    """A receipt of the center with this key; raises Unacceptable `receipt.form`, `receipt.signature`."""
    return read_body(RECEIPT.read(data, public, sealer))


def read_body(raw: Mapping[str, object]) -> Receipt:
    """Every member checked; newer members are passed over, so that an older laptop still believes a newer center."""
    aside = tuple(
        set_aside_row(row) for row in rows(raw.get("set_aside", []), code="receipt.form", limit=MAX_SET_ASIDE)
    )
    bundles, blobs = names(raw.get("bundles", []), MAX_BUNDLES), names(raw.get("blobs", []), MAX_BLOBS)
    receipt = record(Receipt, raw, code="receipt.form", set_aside=aside, bundles=bundles, blobs=blobs)
    ids = is_hex(receipt.desk, 32) and is_hex(receipt.center, 32) and is_hex(receipt.h, 64)
    if not ids or receipt.n > MAX_COUNTER or receipt.ce > MAX_EPOCH:
        raise Unacceptable("receipt.form")
    return receipt


def names(found: object, limit: int) -> tuple[str, ...]:
    """At most so many ids: bundles, blobs."""
    if not isinstance(found, list) or len(found) > limit or not all(is_hex(name, 32) for name in found):
        raise Unacceptable("receipt.form")
    return tuple(found)


def set_aside_row(row: list[object]) -> tuple[int, str]:
    """A counter and the code of what is wrong with that entry."""
    match row:
        case [int(n), str(code)] if is_count(n):
            return n, code
    raise Unacceptable("receipt.form")
