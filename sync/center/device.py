"""One computer as the county knows it: keys to compare, a chain without or with holes, numbers, what was put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from mediator.errors import RefusedByRule
from mediator.journal.entry import DeskId
from sync.center.checking import holes
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.judging import STANDINGS
from sync.center.rows import ASIDE
from sync.center.tables import CERT, DESK, ENTRY, NUMBER_BLOCK, QUARANTINE, RECEIPT, REVOKED, WITHHELD
from sync.wire.ids import comparison, fingerprint


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of a desk; `missing` names the first counter of each hole, `kept_home` counts what stays there."""

    row: Row[Any]
    fingerprint: str
    digits: str
    serial: int
    held: int
    kept_home: int
    missing: tuple[int, ...]
    aside: Sequence[Row[Any]]
    blocks: Sequence[Row[Any]]
    quarantined: int
    receipt: Row[Any] | None
    revoked: Row[Any] | None


def device_of(center: Center, desk: str) -> Device:
    """Raises RefusedByRule `desk.unknown` for an id that never joined."""
    with center.database.reading() as scope:
        row = scope.one(select(DESK).where(DESK.c.desk == desk, DESK.c.state.in_(sorted(STANDINGS))))
        if row is None:
            raise RefusedByRule("desk.unknown")
        return read(scope, row)


def read(scope: Scope, row: Row[Any]) -> Device:
    """Everything in one moment."""
    desk = DeskId(row.desk)
    numbers = [each.n for each in scope.rows(select(ENTRY.c.n).where(ENTRY.c.desk == desk))]
    withheld = [(each.first, each.last) for each in scope.rows(select(WITHHELD).where(WITHHELD.c.desk == desk))]
    aside = select(ENTRY.c.n, ENTRY.c.code, ENTRY.c.kind).where(ENTRY.c.desk == desk, ENTRY.c.state == ASIDE)
    blocks = select(NUMBER_BLOCK).where(NUMBER_BLOCK.c.desk == desk).order_by(NUMBER_BLOCK.c.year, NUMBER_BLOCK.c.kind)
    receipts = select(RECEIPT.c.no, RECEIPT.c.n, RECEIPT.c.made).where(RECEIPT.c.desk == desk)
    bundles = select(func.count()).select_from(QUARANTINE).where(QUARANTINE.c.desk == desk)
    return Device(
        row, fingerprint(bytes.fromhex(row.sign)) if row.sign else "", digits_of(row),
        serial=int(scope.value(select(CERT.c.serial).where(CERT.c.desk == desk)) or 0), held=len(numbers),
        kept_home=sum(last - first + 1 for first, last in withheld),
        missing=tuple(holes([*((n, n) for n in numbers), *withheld], top=row.head_n)),
        aside=scope.rows(aside.order_by(ENTRY.c.n)), blocks=scope.rows(blocks),
        quarantined=int(scope.value(bundles) or 0), receipt=scope.one(receipts.order_by(RECEIPT.c.no.desc()).limit(1)),
        revoked=scope.one(select(REVOKED).where(REVOKED.c.desk == desk)),
    )  # fmt: skip


def digits_of(row: Row[Any]) -> str:
    """The six digits that both sides compare by telephone, empty for a desk whose keys are not known."""
    if not (row.sign and row.seal):
        return ""
    return comparison(bytes.fromhex(row.sign), bytes.fromhex(row.seal))
