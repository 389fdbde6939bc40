"""What a laptop with fake ciphers would send: whole bundles, and a second engine on the same database."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sync.center.county import Center, Memory
from sync.center.database import Database, open_engine
from sync.session.packing import upward
from sync.wire.bundle import Address, pack
from tests.sync.world import Desk


def bundle_of(center: Center, desk: Desk, *, no: int = 1, after: int = 0) -> bytes:
    """Everything of a desk, from the first entry or from the one after a counter."""
    held = desk.journal.since(desk.id, after - 1, 1) if after else ()
    base = (after, held[0].hash) if held else (0, "0" * 64)
    packed = upward(desk.journal, desk.id, base=base, cursors={}, wall=1)
    address = Address(
        center=center.card.center, county=center.county, dir="up", desk=desk.id,
        to=(bytes.fromhex(center.card.seal),), no=no, made=1, bundle=secrets.token_hex(16),
    )  # fmt: skip
    return pack(address, packed.payload, desk.sealer)


def reopened(center: Center) -> Center:
    """The same center in another process: nothing in common but the database."""
    url = center.database.engine.url.render_as_string(hide_password=False)
    return replace(center, database=Database(open_engine(url), center.county), memory=Memory())
