"""Receipts: made inside the transaction that makes them true, and found again (sync-design 3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from mediator.journal.entry import DeskId
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.rows import ASIDE
from sync.center.tables import BLOB, ENTRY, RECEIPT, REVOKED
from sync.wire.limits import MAX_SET_ASIDE
from sync.wire.receipt import Receipt, receipt_bytes

LAST_BUNDLES = 8
LAST_BLOBS = 64


def newest(center: Center, scope: Scope, desk: DeskId) -> bytes | None:
    """The desk's newest receipt, None when this life of the center has given none."""
    own = select(RECEIPT.c.bytes, RECEIPT.c.ce).where(RECEIPT.c.desk == desk)
    found = scope.one(own.order_by(RECEIPT.c.no.desc()).limit(1))
    return bytes(found.bytes) if found and found.ce == center.card.epoch else None


def whole_of(scope: Scope, desk: DeskId) -> list[str]:
    """The newest recordings and scans of a desk that are there whole."""
    whole = select(BLOB.c.blob).where(BLOB.c.desk == desk, BLOB.c.complete > 0)
    return [row.blob for row in scope.rows(whole.order_by(BLOB.c.complete.desc(), BLOB.c.blob).limit(LAST_BLOBS))]


def list_number(scope: Scope) -> int:
    """Number of the newest revocation list."""
    return int(scope.value(select(func.max(REVOKED.c.no))) or 0)


def issue(
    center: Center, scope: Scope, desk: DeskId, *, bundle: str, head: tuple[int, str], blobs: Sequence[str] = ()
) -> bytes:
    """Write the receipt for what the transaction of `scope` is about to commit; `blobs` are whole, asked about."""
    earlier = scope.rows(
        select(RECEIPT.c.no, RECEIPT.c.bundle).where(RECEIPT.c.desk == desk).order_by(RECEIPT.c.no.desc()).limit(7)
    )
    aside = scope.rows(
        select(ENTRY.c.n, ENTRY.c.code)
        .where(ENTRY.c.desk == desk, ENTRY.c.state == ASIDE)
        .order_by(ENTRY.c.n.desc())
        .limit(MAX_SET_ASIDE)
    )
    receipt = Receipt(
        center=center.card.center, ce=center.card.epoch, desk=desk, no=(earlier[0].no if earlier else 0) + 1,
        n=head[0], h=head[1], w=center.now(), crl=list_number(scope),
        set_aside=tuple((row.n, row.code) for row in reversed(aside)),
        bundles=tuple(dict.fromkeys((bundle, *(row.bundle for row in earlier))))[:LAST_BUNDLES],
        blobs=tuple(dict.fromkeys((*blobs, *whole_of(scope, desk)))),
    )  # fmt: skip
    data = receipt_bytes(receipt, center.sealer)
    row = {"no": receipt.no, "ce": receipt.ce, "n": head[0], "hash": head[1], "bundle": bundle}
    scope.add(RECEIPT, [{"desk": desk, **row, "bytes": data, "made": receipt.w}])
    return data
