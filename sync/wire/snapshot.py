"""SNAPSHOT: what the county says of one part of a snapshot, signed (sync-design 12).

A snapshot is a township's cases as whole streams, in parts that are bundles of their own. When all parts are in, the
laptop knows everything of the feed up to `upto`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from mediator.errors import Unacceptable
from sync.wire.bundle import Sealer
from sync.wire.members import is_hex, record
from sync.wire.statement import Statement

MANIFEST: Final = Statement(b"MSN1", b"mediator/snapshot/1\x00", "snapshot")
MAX_PARTS: Final = 50
MAX_SEGMENTS: Final = 512


@dataclass(frozen=True, slots=True)
class SnapshotPart:
    """Part `part` of `parts`, from 1; `epoch` and `upto` are the feed's.

    `segments` are SHA-256 of the bundle's SEGMENT frames in their order.
    """

    center: str
    epoch: int
    desk: str
    snapshot: str
    part: int
    parts: int
    feed: str
    upto: int
    streams: int
    entries: int
    w: int
    segments: tuple[str, ...]


def manifest_bytes(part: SnapshotPart, sealer: Sealer) -> bytes:
    """The signed bytes."""
    return MANIFEST.write(asdict(part), sealer)


def read_manifest(data: bytes, public: bytes, sealer: Sealer) -> SnapshotPart:
    """What the center with this key says; raises Unacceptable `snapshot.form`, `snapshot.signature`."""
    return read_members(MANIFEST.read(data, public, sealer))


def read_members(raw: Mapping[str, object]) -> SnapshotPart:
    """Every member checked; newer ones are passed over."""
    segments = raw.get("segments")
    if not isinstance(segments, list) or len(segments) > MAX_SEGMENTS or not all(is_hex(each, 64) for each in segments):
        raise Unacceptable("snapshot.form", where="segments")
    found = record(SnapshotPart, raw, code="snapshot.form", segments=tuple(segments))
    ids = is_hex(found.center, 32) and is_hex(found.desk, 32) and is_hex(found.snapshot, 32)
    if not ids or not 1 <= found.part <= found.parts <= MAX_PARTS:
        raise Unacceptable("snapshot.form")
    return found
