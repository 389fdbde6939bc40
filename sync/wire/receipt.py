"""The receipt `MRC1`: the center's signed word for what it durably holds of one desk."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object, encode
from sync.wire.bundle import Sealer, is_hex
from sync.wire.limits import SUITE

MAGIC: Final = b"MRC1"
LABEL: Final = b"mediator/receipt/1\x00"
MAX_RECEIPT: Final = 65_536
SIGNATURE: Final = 64


@dataclass(frozen=True, slots=True)
class Receipt:
    """`n` and `h` are the highest counter durable without a hole and its hash; withheld ranges count as declared."""

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


def receipt_bytes(receipt: Receipt, sealer: Sealer) -> bytes:
    """Signed bytes of a receipt; made only from what is committed."""
    body = encode(asdict(receipt))
    unsigned = MAGIC + bytes((1, SUITE, 0, 0)) + len(body).to_bytes(4, "big") + body
    return unsigned + sealer.sign(LABEL + unsigned)


def read_receipt(data: bytes, public: bytes, sealer: Sealer) -> Receipt:
    """A receipt of the center with this key; raises Unacceptable `receipt.form`, `receipt.signature`."""
    if len(data) < 12 + SIGNATURE or len(data) > MAX_RECEIPT or data[:8] != MAGIC + bytes((1, SUITE, 0, 0)):
        raise Unacceptable("receipt.form")
    if int.from_bytes(data[8:12], "big") != len(data) - 12 - SIGNATURE:
        raise Unacceptable("receipt.form")
    try:
        sealer.verify(public, LABEL + data[:-SIGNATURE], data[-SIGNATURE:])
    except Unacceptable:
        raise Unacceptable("receipt.signature") from None
    try:
        raw = decode_object(data[12:-SIGNATURE])
        rows = raw.get("set_aside", [])
        aside = tuple((int(n), str(code)) for n, code in rows) if isinstance(rows, list) else ()
        names = raw.get("bundles", [])
        receipt = Receipt(**{**raw, "set_aside": aside, "bundles": tuple(names) if isinstance(names, list) else ()})  # type: ignore[arg-type]
        # types of the rest are checked just below
    except (TypeError, ValueError, MediatorError):
        raise Unacceptable("receipt.form") from None
    counts = (receipt.ce, receipt.no, receipt.n, receipt.w, receipt.crl)
    if not (is_hex(receipt.desk, 32) and is_hex(receipt.center, 32) and is_hex(receipt.h, 64)):
        raise Unacceptable("receipt.form")
    if not all(isinstance(count, int) and count >= 0 for count in counts):
        raise Unacceptable("receipt.form")
    return receipt
