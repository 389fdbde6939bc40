"""Segments by columns: what was left out is worked out again, whatever runs, holes and erased entries there are."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, Draft, Entry
from mediator.journal.framing import SALT, SIGNATURE, erased_twin, make_entry, read_parts
from sync.wire.columns import ERASED, MAGIC, columns_of, measured
from sync.wire.frames import SEGMENT_HEAD, read_segment, write_segment
from tests.sync.wire import independent
from tests.sync.wire.made import CASE, entries

RUN = entries(5)
SEGMENT = write_segment(RUN, before=NO_HASH)
BODY = SEGMENT[SEGMENT_HEAD:]


def old_segment(run: list[Entry]) -> bytes:
    """The older form, of which laptops may still hold a frozen bundle."""
    body = b"".join(len(entry.raw).to_bytes(4, "big") + entry.raw for entry in run)
    head = b"SEG1" + bytes.fromhex(run[0].desk) + run[0].n.to_bytes(8, "big") + len(run).to_bytes(4, "big")
    return head + bytes.fromhex(run[0].head.p) + len(body).to_bytes(8, "big") + body


@given(st.sets(st.integers(0, 4), min_size=1), st.sets(st.integers(0, 4)))
def test_any_run_with_holes_and_erased_entries_comes_back_byte_for_byte_in_either_form(
    kept: set[int], erased: set[int]
) -> None:
    run = [erased_twin(RUN[k]) if k in erased else RUN[k] for k in sorted(kept)]
    for data in (write_segment(run, before=run[0].head.p), old_segment(run)):
        assert [entry.raw for entry in read_segment(data).entries] == [entry.raw for entry in run]
        assert independent.entries(data) == [entry.raw for entry in run]


def test_neither_hashes_nor_commitments_travel_and_every_author_signature_does() -> None:
    for entry in RUN:
        assert entry.head.cm.encode() not in SEGMENT
        assert entry.hash.encode() not in SEGMENT
        assert entry.signature in SEGMENT
    assert len(SEGMENT) < len(old_segment(RUN)) - 120 * len(RUN)
    assert SEGMENT[:4] == MAGIC


def test_an_entry_after_a_hole_keeps_the_hash_that_nobody_here_could_work_out() -> None:
    data = write_segment([RUN[1], RUN[3]], before=RUN[0].hash)
    assert RUN[3].head.p.encode() in data
    assert RUN[1].head.p.encode() not in data


@pytest.mark.threat("T41")
def test_a_hash_left_out_after_a_hole_is_refused_though_it_can_be_filled() -> None:
    link = b'"p":"%b"' % RUN[3].head.p.encode()
    data = write_segment([RUN[1], RUN[3]], before=RUN[0].hash)[SEGMENT_HEAD:]
    bare = data.replace(link, b'"p":""')
    sizes = (len(RUN[3].head_bytes) - 128 | 0x8000).to_bytes(2, "big")
    inside = bare[:2] + sizes + bare[4:]
    head = write_segment([RUN[1], RUN[3]], before=RUN[0].hash)[: SEGMENT_HEAD - 8]
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        read_segment(head + len(inside).to_bytes(8, "big") + inside)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        BODY[:29],
        BODY + b"\0",
        BODY[:-1],
        b"\xff\xff" + BODY[2:],
        BODY[:10] + (ERASED - 1).to_bytes(4, "big") + BODY[14:],
        BODY[:10] + ERASED.to_bytes(4, "big") + BODY[14:],
    ],
)
def test_columns_that_do_not_add_up_are_refused_before_anything_is_built(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        measured(data, 5)


def test_words_that_look_like_something_left_out_stay_what_they_are() -> None:
    draft = Draft(CASE, "case.set", {"fields": {"facts": '他说"cm":""又说"p":""'}}, {}, 1)
    entry = make_entry(
        draft, desk=RUN[0].desk, n=1, prev=NO_HASH, marks={}, salt=secrets.token_bytes(SALT),
        sign=lambda _text: bytes(SIGNATURE),
    )  # fmt: skip
    assert read_segment(write_segment([entry], before=NO_HASH)).entries[0].raw == entry.raw


def test_a_newer_head_that_could_not_be_put_back_travels_as_it_is() -> None:
    one = RUN[0]
    nested = one.head_bytes.replace(b'"cm":', b'"ca":{"cm":""},"cm":')
    newer = read_parts(nested, one.salt, one.body, one.signature)
    assert nested in columns_of([newer], before=NO_HASH)
    for read in (
        read_segment(write_segment([newer], before=NO_HASH)).entries[0].raw,
        *independent.entries(write_segment([newer], before=NO_HASH)),
    ):
        assert read == newer.raw
