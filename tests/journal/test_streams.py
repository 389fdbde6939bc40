"""Streams without a case: names every desk and the county come to the same way, for ever."""

from __future__ import annotations

import hashlib

from mediator.journal.entry import DeskId
from mediator.journal.streams import county_stream, desk_stream, orders_stream, room_stream, stream_id


def test_a_stream_is_named_by_a_labelled_hash() -> None:
    named = hashlib.sha256(b"mediator/stream/1\x00county:331122").hexdigest()[:32]
    assert county_stream("331122") == stream_id("county:331122") == named


def test_known_streams_are_apart_and_never_move() -> None:
    desk = DeskId("01" * 16)
    streams = [desk_stream(desk), room_stream("331122101", "r1"), county_stream("331122"), orders_stream("r1")]
    names = [f"desk:{desk}", "room:331122101/r1", "county:331122", "orders:r1"]
    assert streams == [stream_id(name) for name in names]
    assert len(set(streams)) == 4
    assert all(len(stream) == 32 for stream in streams)
