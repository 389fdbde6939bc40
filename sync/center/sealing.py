"""What goes down is sealed to one desk alone."""

from __future__ import annotations

from mediator.journal.entry import DeskId
from sync.center.county import Center
from sync.wire.bundle import Address, pack


def sealed(center: Center, desk: DeskId, payload: bytes, *, seal: str, no: int) -> bytes:
    """A down bundle for one desk, whose public key `seal` is."""
    address = Address(
        center=center.card.center, county=center.county, dir="down", desk=desk, to=(bytes.fromhex(seal),), no=no,
        made=center.now(),
    )  # fmt: skip
    return pack(address, payload, center.voice, random=center.random)
