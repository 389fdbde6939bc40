"""The disk of the replay forgets what was not synced, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.durability.disk import (
    Created,
    Disk,
    Removed,
    Renamed,
    Resized,
    Said,
    Step,
    Synced,
    Written,
    applied,
    edges_of,
)
from tests.durability.tracing import Reader

FOLDER, FILE = "/v", "/v/a"
MADE = (Created(FILE), Written(FILE, 0, b"old"), Synced(FILE), Synced(FOLDER))


def worlds(*steps: Step) -> list[dict[str, bytes]]:
    """Every world that two hundred cuts after these steps leave."""
    disk, found = Disk(), []
    for step in steps:
        disk.take(step)
    for seed in range(200):
        world = disk.after_cut(Random(seed))
        if world not in found:
            found.append(world)
    return found


OLD, NEW, GONE = {FILE: b"old"}, {FILE: b"new"}, dict[str, bytes]()


@pytest.mark.parametrize(
    ("steps", "possible"),
    [
        ((), [GONE]),
        ((Created(FILE),), [GONE, {FILE: b""}]),
        ((Created(FILE), Written(FILE, 0, b"old"), Synced(FILE)), [GONE, OLD]),
        ((Created(FILE), Written(FILE, 0, b"old"), Synced(FOLDER)), [{FILE: b""}, OLD]),
        ((*MADE, Written(FILE, 0, b"new")), [OLD, NEW]),
        ((*MADE, Written(FILE, 0, b"new"), Synced(FOLDER)), [OLD, NEW]),
        ((*MADE, Written(FILE, 0, b"new"), Synced(FILE)), [NEW]),
        ((*MADE, Written(FILE, 3, b"er")), [OLD, {FILE: b"older"}]),
        ((*MADE, Written(FILE, 4, b"!")), [OLD, {FILE: b"old\0!"}]),
        ((*MADE, Resized(FILE, 1)), [OLD, {FILE: b"o"}]),
        ((*MADE, Resized(FILE, 1), Written(FILE, 1, b"h"), Synced(FILE)), [{FILE: b"oh"}]),
        ((*MADE, Removed(FILE)), [OLD, GONE]),
        ((*MADE, Removed(FILE), Synced(FOLDER)), [GONE]),
        ((*MADE, Removed(FILE), Created(FILE), Synced(FOLDER)), [{FILE: b""}]),
        ((*MADE, Renamed(FILE, "/v/b")), [OLD, {"/v/b": b"old"}]),
        ((*MADE, Renamed(FILE, "/v/b"), Synced("/elsewhere")), [OLD, {"/v/b": b"old"}]),
        ((*MADE, Renamed(FILE, "/v/b"), Synced(FOLDER), Said("done")), [{"/v/b": b"old"}]),
    ],
)
def test_a_cut_leaves_one_of_the_worlds_that_a_disk_may_leave(
    steps: Sequence[Step], possible: list[dict[str, bytes]]
) -> None:
    found = worlds(*steps)
    assert all(world in possible for world in found)
    assert len(found) == len(possible)


def test_a_file_written_beside_and_renamed_over_is_the_old_or_the_new_one() -> None:
    part = "/v/a.part"
    steps = (*MADE, Created(part), Written(part, 0, b"new"), Synced(part), Renamed(part, FILE))
    assert {world[FILE] for world in worlds(*steps)} == {b"old", b"new"}
    assert worlds(*steps, Synced(FOLDER)) == [NEW]


def test_a_file_renamed_over_before_it_was_synced_may_be_empty() -> None:
    part = "/v/a.part"
    steps = (*MADE, Created(part), Written(part, 0, b"new"), Renamed(part, FILE), Synced(FOLDER))
    assert {FILE: b""} in worlds(*steps)


def test_a_write_tears_at_the_edge_of_a_sector() -> None:
    data = bytes(range(1, 201)) * 6
    long = Written(FILE, 100, data)
    assert list(edges_of(long)) == [412, 924]
    assert list(edges_of(Written(FILE, 512, bytes(512)))) == []
    old = {FILE: applied(b"old", [])}
    torn = [world[FILE] for world in worlds(*MADE, long) if world not in (old, {FILE: applied(b"old", [long])})]
    expected = [
        applied(b"old", [Written(FILE, 100 + start, data[start:end])])
        for start, end in ((0, 412), (0, 924), (412, 1200), (924, 1200))
    ]
    assert sorted(torn) == sorted(bytes(each) for each in expected)


def coded(words: str) -> str:
    """As the tracer writes a string."""
    return "".join(f"\\x{byte:02x}" for byte in words.encode())


def test_a_trace_is_read_as_what_happened_in_the_order_in_which_it_ended() -> None:
    here, other = coded("/v/a"), coded("/elsewhere")
    lines = [
        f'7 openat(AT_FDCWD<{other}>, "{here}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 5<{here}>',
        f'7 write(5<{here}>, "{coded("ab")}", 2) = 2',
        f'7 write(5<{here}>, "{coded("cd")}", 2 <unfinished ...>',
        f'8 write(1<{coded("pipe:[3]")}>, "{coded("said")}", 4) = 4',
        "7 <... write resumed>) = 1",
        f'7 pwrite64(5<{here}>, "{coded("e")}", 1, 9) = 1',
        f"7 fsync(5<{here}>) = 0",
        f'7 unlink("{other}") = 0',
        f'7 unlink("{here}") = -1 ENOENT (No such file or directory)',
        f'7 rename("{here}", "{coded("/v/b")}") = 0',
        f"7 fsync(6<{coded('/v')}>) = 0",
        f"7 ftruncate(5<{coded('/v/b')}>, 4) = 0",
        f'7 openat(AT_FDCWD<{other}>, "{coded("/v/b")}", O_RDWR) = 6<{coded("/v/b")}>',
    ]
    assert list(Reader(Path(FOLDER)).steps(lines)) == [
        Created(FILE),
        Written(FILE, 0, b"ab"),
        Said("said"),
        Written(FILE, 2, b"c"),
        Written(FILE, 9, b"e"),
        Synced(FILE),
        Renamed(FILE, "/v/b"),
        Synced(FOLDER),
        Resized("/v/b", 4),
    ]


def test_a_copy_made_by_the_system_is_read_from_its_source(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"0123456789")
    here, source = coded("/v/a"), coded(str(tmp_path / "source"))
    lines = [
        f'7 openat(AT_FDCWD<{here}>, "{here}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 5<{here}>',
        f"7 sendfile(5<{here}>, 6<{source}>, [0] => [4], 4) = 4",
        f"7 sendfile(5<{here}>, 6<{source}>, [4] => [7], 4) = 3",
        f"7 sendfile(5<{here}>, 6<{source}>, [7], 4) = 0",
    ]
    assert list(Reader(Path(FOLDER)).steps(lines)) == [
        Created(FILE),
        Written(FILE, 0, b"0123"),
        Written(FILE, 4, b"456"),
        Written(FILE, 7, b""),
    ]


def test_a_call_that_is_not_understood_is_never_passed_over() -> None:
    with pytest.raises(AssertionError, match="linkat"):
        list(Reader(Path(FOLDER)).steps([f'7 linkat(5<{coded("/v")}>, "{coded("a")}", 0) = 0']))
