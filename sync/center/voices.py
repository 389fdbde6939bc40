"""Under which of its keys the county speaks to whom: always under the newest that the other side can know.

What a laptop seals says which keys it knows the county by. One that is behind is answered under those, with the chain
that leads to the newest (`sync.wire.succession`); everything else bears the newest key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from mediator.journal.canonical import encode
from sync.center.chain import CENTER_STATE
from sync.center.county import Center
from sync.wire.bundle import read_cover
from sync.wire.ids import key_id


def as_known(center: Center, data: bytes) -> Center:
    """The county as the sender of a bundle knows it; raises Unacceptable `bundle.*` for what is no bundle."""
    to = read_cover(data).header.to
    known = next((each for each in center.former if key_id(each.seal_public) in to), None)
    return replace(center, known_as=known) if known else center


def certs_of(center: Center) -> bytes | None:
    """What tells a laptop the newer keys; nothing for one that has them."""
    return encode({"keys": list(center.chain)}) if center.known_as else None


def signing_keys(center: Center, author: Row[Any]) -> tuple[bytes, ...]:
    """The keys under which a desk's entries may stand: its own, and for the center all that it ever had."""
    own = (bytes.fromhex(author.sign),)
    return (*own, *center.former_signs) if author.state == CENTER_STATE else own
