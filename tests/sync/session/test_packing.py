"""What goes up and what comes down: the one gate that holds words back, and readers that take nothing on trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import Entry
from sync.session import packing
from sync.session.county import check_joins, check_run
from sync.session.packing import (
    NOTHING,
    FeedRange,
    asking,
    downward,
    read_downward,
    read_hello,
    upward,
)
from sync.wire.frames import FrameType, Segment, Withheld, read_frames, read_parts, write_frames
from tests.sync.wire.made import CASE, entries
from tests.sync.world import SealedWriter

SECRET = "只给自己看的话"


def a_writer(kinds: str) -> SealedWriter:
    """A desk that wrote sentences (`s`) and private notes (`p`)."""
    writer = SealedWriter("desk")
    for number, kind in enumerate(kinds):
        if kind == "p":
            writer.write(CASE, "note.private", {"text": SECRET})
        else:
            said: dict[str, object] = {
                "id": f"{number:032x}", "hearing": "0" * 32, "speaker": "某甲", "text": "话", "at": number,
            }  # fmt: skip
            writer.write(CASE, "hearing.sentence", said)
    return writer


@pytest.mark.threat("T05")
@given(st.text("sp", max_size=12), st.integers(0, 12))
def test_a_bundle_holds_what_may_leave_and_names_the_rest_without_a_hole(kinds: str, after: int) -> None:
    writer = a_writer(kinds)
    after = min(after, len(kinds))
    run = list(writer.journal.since(writer.desk, 0, 99))
    base = (after, run[after - 1].hash) if after else NOTHING
    packed = upward(writer.journal, writer.desk, base=base, cursors={"c": (1, 7)}, wall=5)
    assert SECRET.encode() not in packed.payload
    frames = read_frames(packed.payload)
    hello = read_hello(frames[0][1])
    assert (hello.base, hello.top, hello.have, hello.wall) == (after, len(kinds), (("c", 1, 7),), 5)
    parts = read_parts(frames)
    check_run(parts, desk=writer.desk, base=base, top=(packed.top, packed.top_hash))
    sent = [entry.n for part in parts if isinstance(part, Segment) for entry in part.entries]
    assert sent == [entry.n for entry in run[after:] if entry.reach == "county"]
    assert packed.sent == len(sent)


def test_a_very_long_run_is_cut_and_the_next_bundle_joins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = a_writer("s" * 10)
    monkeypatch.setattr(packing, "MAX_RAW_UP", 3 * len(entries(1)[0].raw))
    monkeypatch.setattr(packing, "STEP", 4)
    base, sizes = NOTHING, []
    while True:
        packed = upward(writer.journal, writer.desk, base=base, cursors={}, wall=1)
        if packed.top == base[0]:
            break
        base = (packed.top, packed.top_hash)
        sizes.append(packed.sent)
    assert sum(sizes) == 10
    assert max(sizes) <= 3
    monkeypatch.setattr(packing, "MAX_RAW_UP", 1)
    assert upward(writer.journal, writer.desk, base=NOTHING, cursors={}, wall=1).sent == 1, "one goes always"


def test_a_long_run_is_split_into_segments_that_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_SEGMENT", 3)
    writer = a_writer("s" * 8)
    packed = upward(writer.journal, writer.desk, base=NOTHING, cursors={}, wall=1)
    parts = read_parts(read_frames(packed.payload))
    assert [len(part.entries) for part in parts if isinstance(part, Segment)] == [3, 3, 2]
    check_run(parts, desk=writer.desk, base=NOTHING, top=(packed.top, packed.top_hash))


def test_asking_claims_nothing() -> None:
    hello = read_hello(read_frames(asking(cursors={"d": (2, 3)}, wall=9))[0][1])
    assert (hello.base, hello.top, hello.have) == (0, 0, (("d", 2, 3),))


def a_hello(**changes: object) -> bytes:
    """A good HELLO, but for what is changed."""
    own: dict[str, object] = {
        "base": {"n": 0, "h": "0" * 64}, "top": {"n": 3, "h": "a" * 64}, "have": [["c", 1, 2]], "wall": 1,
    }  # fmt: skip
    return encode({name: value for name, value in (own | changes).items() if value is not None})


HELLOS: tuple[dict[str, object], ...] = (
    {"base": None}, {"base": []}, {"base": {"n": 1}}, {"base": {"n": "1", "h": "0" * 64}},
    {"base": {"n": True, "h": "0" * 64}}, {"base": {"n": -1, "h": "0" * 64}}, {"base": {"n": 1, "h": "0" * 63}},
    {"top": {"n": 1, "h": 7}}, {"base": {"n": 4, "h": "0" * 64}}, {"have": None}, {"have": {}}, {"have": [1]},
    {"have": [["c", 1]]}, {"have": [["c", "1", 2]]}, {"have": [[1, 1, 2]]}, {"have": [["c", 1, -2]]},
    {"have": [["c", True, 2]]}, {"have": [["c", 1, 2]] * 257}, {"wall": None}, {"wall": -1}, {"wall": "1"},
    {"wall": True},
)  # fmt: skip


@pytest.mark.threat("T45")
@pytest.mark.parametrize("changes", HELLOS, ids=str)
def test_a_hello_with_one_member_wrong_is_refused(changes: dict[str, object]) -> None:
    assert read_hello(a_hello(newer="member")).top == 3, "newer members are passed over"
    with pytest.raises(Unacceptable, match=r"bundle\.hello"):
        read_hello(a_hello(**changes))


RUN = entries(6)
WITHHELD = Withheld(RUN[0].desk, 3, 4, RUN[3].hash)


def run_of(part: list[Entry]) -> Segment:
    """A segment."""
    return Segment(part[0].desk, part[0].n, part[0].head.p, tuple(part))


CHAINS: tuple[tuple[str, list[Segment | Withheld], tuple[int, str], tuple[int, str], str], ...] = (
    ("whole", [run_of(RUN)], NOTHING, (6, RUN[5].hash), ""),
    ("with a withheld range", [run_of(RUN[:2]), WITHHELD, run_of(RUN[4:])], NOTHING, (6, RUN[5].hash), ""),
    ("nothing", [], (2, RUN[1].hash), (2, RUN[1].hash), ""),
    ("a hole", [run_of(RUN[:2]), run_of(RUN[3:])], NOTHING, (6, RUN[5].hash), "bundle.segment"),
    ("twice", [run_of(RUN[:2]), run_of(RUN[1:])], NOTHING, (6, RUN[5].hash), "bundle.segment"),
    ("a hole inside", [run_of([RUN[0], RUN[2]])], NOTHING, (3, RUN[2].hash), "entry.chain"),
    ("another base", [run_of(RUN)], (0, "1" * 64), (6, RUN[5].hash), "entry.chain"),
    ("another base number", [run_of(RUN[1:])], NOTHING, (6, RUN[5].hash), "bundle.segment"),
    ("another top", [run_of(RUN)], NOTHING, (6, "1" * 64), "bundle.segment"),
    ("a top above", [run_of(RUN)], NOTHING, (7, RUN[5].hash), "bundle.segment"),
    ("a withheld hash that does not join", [run_of(RUN[:2]), Withheld(RUN[0].desk, 3, 4, "1" * 64), run_of(RUN[4:])],
     NOTHING, (6, RUN[5].hash), "entry.chain"),
    ("another desk's", [run_of(entries(2, name="other"))], NOTHING, (2, ""), "bundle.segment"),
)  # fmt: skip


@pytest.mark.threat("T44")
@pytest.mark.parametrize(("_name", "parts", "base", "top", "code"), CHAINS, ids=[name for name, *_ in CHAINS])
def test_parts_join_by_number_and_by_hash(
    _name: str, parts: list[Segment | Withheld], base: tuple[int, str], top: tuple[int, str], code: str
) -> None:
    refused = ""
    try:
        check_run(parts, desk=RUN[0].desk, base=base, top=top)
    except Unacceptable as error:
        refused = error.code
    assert refused == code


@pytest.mark.threat("T05")
def test_the_county_takes_no_private_entry_even_when_it_is_packed_by_mistake() -> None:
    note = SealedWriter("desk").write(CASE, "note.private", {"text": SECRET})
    with pytest.raises(Unacceptable, match=r"entry\.reach"):
        check_run([run_of([note])], desk=note.desk, base=NOTHING, top=(1, note.hash))


@pytest.mark.threat("T44")
def test_a_bundle_that_starts_above_what_the_county_has_says_from_where_to_send() -> None:
    hello = read_hello(a_hello(base={"n": 2, "h": "0" * 64}))
    check_joins(hello, head=(2, ""))
    check_joins(hello, head=(9, ""))
    with pytest.raises(MediatorError, match=r"bundle\.gap") as refused:
        check_joins(hello, head=(1, ""))
    assert refused.value.facts == {"have": 1}


def test_a_down_bundle_comes_back_as_it_was_packed() -> None:
    feeds = [FeedRange("c", 1, 0, 3), FeedRange("t:331122101", 2, 5, 5)]
    mixed = [RUN[3], *entries(2, name="other"), RUN[0]]
    payload = downward(
        entries=mixed, feeds=feeds, receipt=b"r", certs=b"{}", notices=[encode({"code": "feed.more"}), encode({})]
    )
    read = read_downward(read_frames(payload))
    assert {entry.id for entry in read.entries} == {entry.id for entry in mixed}
    assert (read.feeds, read.receipt, read.certs) == (tuple(feeds), b"r", b"{}")
    assert read.notices == ({"code": "feed.more"}, {})
    bare = read_downward(read_frames(downward(entries=(), feeds=(), receipt=None)))
    assert (bare.entries, bare.feeds, bare.receipt, bare.certs, bare.notices) == ((), (), None, None, ())


FEEDS: tuple[object, ...] = (
    None, {}, [1], [["c", 1, 0]], [["c", 1, 3, 2]], [["c", 1, -1, 2]], [[1, 1, 0, 2]], [["c", True, 0, 2]],
    [["c", "1", 0, 2]], [["c", 1, 0, 2]] * 257,
)  # fmt: skip


@pytest.mark.threat("T75")
@pytest.mark.parametrize("feeds", FEEDS, ids=lambda value: str(value)[:40])
def test_feed_ranges_that_are_none_are_refused_whoever_signed_them(feeds: object) -> None:
    hello = encode({"feeds": feeds} if feeds is not None else {})
    with pytest.raises(Unacceptable, match=r"bundle\.hello"):
        read_downward(read_frames(write_frames([(FrameType.HELLO, hello)])))


@pytest.mark.threat("T75")
def test_a_notice_that_is_no_object_is_refused() -> None:
    rows = [(int(FrameType.HELLO), encode({"feeds": []})), (int(FrameType.NOTICE), b"[]")]
    with pytest.raises(Unacceptable):
        read_downward(read_frames(write_frames(rows)))
