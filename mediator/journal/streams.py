"""Streams: the entries of one case, or one of the few without a case."""

from __future__ import annotations

import hashlib
from typing import Final

from mediator.journal.entry import DeskId, StreamId


def stream_id(name: str) -> StreamId:
    """Id of a well-known stream: first 16 bytes of a labelled SHA-256, as hex."""
    return StreamId(hashlib.sha256(b"mediator/stream/1\x00" + name.encode()).digest()[:16].hex())


def desk_stream(desk: DeskId) -> StreamId:
    """Logins, access and audit of one desk; opening a case never grows that case's marks."""
    return stream_id(f"desk:{desk}")


def room_stream(township: str, room: str) -> StreamId:
    """Roster and settings of a room."""
    return stream_id(f"room:{township}/{room}")


def township_stream(township: str) -> StreamId:
    """Keys of a township, which its desks wrap for each other."""
    return stream_id(f"township:{township}")


def county_stream(county: str) -> StreamId:
    """The center's rules and orders without a case."""
    return stream_id(f"county:{county}")


TEMPLATES: Final = stream_id("templates")


def orders_stream(room: str) -> StreamId:
    """Orders of the center to one room."""
    return stream_id(f"orders:{room}")
