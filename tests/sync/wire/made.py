"""Bundles with any one thing wrong, truly signed and sealed all the same: what a hostile desk with keys could send."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from random import Random

from mediator.journal.canonical import encode
from mediator.journal.entry import Entry, StreamId
from sync.wire.bundle import LABEL, MAGIC, PREFIX, SIGNATURE, STANZA, WRAPPED, Address, BundleHeader
from sync.wire.frames import FrameType, write_frames
from sync.wire.ids import key_id
from tests.sync.fakes import FakeSealer
from tests.sync.world import SealedWriter

CENTER, COUNTY = "c" * 32, "331122"
CASE = StreamId("ab" * 16)
DESK, HOME = FakeSealer("desk"), FakeSealer("home")
HELLO = (int(FrameType.HELLO), b"{}")


def address(**changes: object) -> Address:
    """From the desk to the county."""
    own = {"center": CENTER, "county": COUNTY, "dir": "up", "desk": "d" * 32, "to": (HOME.seal_public,), "no": 1}
    return Address(**(own | changes))  # type: ignore[arg-type]  # changed on purpose


def header(**changes: object) -> dict[str, object]:
    """A good header, but for what is changed; None leaves a member out."""
    own = asdict(
        BundleHeader(
            bundle="b" * 32, center=CENTER, county=COUNTY, dir="up", desk="d" * 32, key=key_id(DESK.sign_public),
            to=(key_id(HOME.seal_public),), no=1, prev="0" * 64, plain=0, made=1,
        )
    )  # fmt: skip
    return {name: value for name, value in (own | changes).items() if value is not None}


def bundle(
    payload: bytes = b"",
    head: Mapping[str, object] | bytes | None = None,
    *,
    start: Mapping[int, bytes] | None = None,
    stanzas: bytes | None = None,
    compression: int = 0,
) -> bytes:
    """A signed bundle around a payload as it stands; `start` overwrites bytes of the prefix, by their place."""
    body = head if isinstance(head, bytes) else encode(head if head is not None else header(plain=len(payload)))
    own = bytes.fromhex(key_id(HOME.seal_public)) + WRAPPED.to_bytes(2, "big")
    count = b"\1" if stanzas is None else stanzas[:1]
    room = STANZA if stanzas is None else len(stanzas) - 1
    total = PREFIX + len(body) + 1 + room + len(payload) + 16 * max(-(-len(payload) // 65_536), 1) + SIGNATURE
    prefix = bytearray(MAGIC + bytes((0, 1, 1, compression)) + len(body).to_bytes(4, "big") + total.to_bytes(8, "big"))
    for place, wrong in (start or {}).items():
        prefix[place : place + len(wrong)] = wrong
    first = bytes(prefix) + body
    wrapped = own + HOME.wrap(HOME.seal_public, LABEL + hashlib.sha256(first).digest(), b"k" * 32)
    before = first + count + (wrapped if stanzas is None else stanzas[1:])
    sealed = before + DESK.seal_payload(b"k" * 32, hashlib.sha256(before).digest(), payload)
    return sealed + DESK.sign(LABEL + hashlib.sha256(sealed).digest())


def entries(count: int, *, name: str = "desk") -> list[Entry]:
    """A case with sentences of one desk."""
    writer, random = SealedWriter(name), Random(count)
    for _ in range(count):
        body: dict[str, object] = {
            "id": random.randbytes(16).hex(), "hearing": "0" * 32, "speaker": "王某", "text": "说过的话", "at": 1,
        }  # fmt: skip
        writer.write(CASE, "hearing.sentence", body)
    return list(writer.journal.since(writer.desk, 0, count))


def empty() -> bytes:
    """The least payload there is."""
    return write_frames([HELLO])
