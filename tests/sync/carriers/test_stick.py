"""Sticks as they are: full of other people's files, pulled, lying, full, read-only, swapped (T47, T48, T49)."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from mediator.errors import WorldFailed
from mediator.journal.port import Outgoing
from sync.carriers import stick as road
from sync.carriers.stick import StickCarrier, write_safely
from sync.session.outcome import Damaged
from sync.wire.limits import MAX_BUNDLE, SPARE_ON_STICK
from sync.wire.names import StickName, stick_name
from tests.sync.carriers.files import CENTER, DATA, DESK, DOWN, UP, outgoing, tree
from tests.sync.session.county import SmallCounty, a_laptop

# -- T47 swapped after it was looked at --------------------------------------------------------------------------------


@pytest.mark.threat("T47")
def test_what_was_verified_is_what_is_taken_and_a_swapped_file_is_left_where_it_is(tmp_path: Path) -> None:
    laptop = a_laptop()
    laptop.tell(1)
    county = SmallCounty(laptop, head=1)
    name = stick_name(CENTER, "down", laptop.id, 1)
    (tmp_path / str(name)).write_bytes(county.bundle())

    class Swapping(StickCarrier):
        """Somebody swaps the file between reading and taking in."""

        def absorbed(self, down: bytes, *, covered: int) -> None:
            (tmp_path / str(name)).write_bytes(b"swapped")
            super().absorbed(down, covered=covered)

    done = laptop.exchange(Swapping(tmp_path, CENTER, laptop.id))
    assert (done.receipts, done.code) == (1, "")
    assert (tmp_path / str(name)).read_bytes() == b"swapped"


# -- what is whose ----------------------------------------------------------------------------------------------------


def test_files_of_another_center_desk_or_direction_are_neither_read_nor_removed(tmp_path: Path) -> None:
    names = [
        stick_name("e" * 32, "down", DESK, 1), stick_name(CENTER, "down", "e" * 32, 1),
        stick_name("e" * 32, "up", DESK, 1), stick_name(CENTER, "up", "e" * 32, 1),
        stick_name(CENTER, "up", DESK, 9), stick_name(CENTER, "enroll", DESK, 1),
        StickName(DOWN.center, "down", DOWN.desk, 1, part=True),
    ]  # fmt: skip
    for name in names:
        (tmp_path / str(name)).write_bytes(b"theirs")
    carrier = StickCarrier(tmp_path, CENTER, DESK)
    assert list(carrier.fetch().down) == []
    carrier.offer(outgoing(8))
    carrier.absorbed(b"theirs", covered=9)
    left = tree(tmp_path)
    assert [left[str(name)] for name in names] == [b"theirs"] * len(names)


def test_older_own_bundles_go_once_the_newer_lies_there_whole(tmp_path: Path) -> None:
    for no in (1, 2, 5):
        StickCarrier(tmp_path, CENTER, DESK).offer(outgoing(no, b"%d" % no))
    stray = StickName(UP.center, "up", UP.desk, 99, part=True)
    (tmp_path / str(stray)).write_bytes(b"half")
    StickCarrier(tmp_path, CENTER, DESK).offer(outgoing(7))
    assert tree(tmp_path) == {str(UP): DATA}


def test_several_bundles_of_one_visit_lie_side_by_side_and_those_of_an_earlier_visit_go(tmp_path: Path) -> None:
    for visit in ((1, 2, 3), (4, 5)):
        carrier = StickCarrier(tmp_path, CENTER, DESK)
        for no in visit:
            carrier.offer(outgoing(no, b"%d" % no))
        assert list(tree(tmp_path)) == [each.file for each in carrier.parcels]
        assert [each.no for each in carrier.parcels] == list(visit)


def test_what_was_written_is_told_with_eight_digits_to_compare(tmp_path: Path) -> None:
    carrier = StickCarrier(tmp_path, CENTER, DESK)
    carrier.offer(Outgoing("b" * 32, 7, 40, 43, "0" * 64, b"some bytes"))
    (parcel,) = carrier.parcels
    assert (parcel.file, parcel.first, parcel.last, parcel.size) == (str(UP), 41, 43, 10)
    number = int(hashlib.sha256(b"mediator/parcel/1\0some bytes").hexdigest()[:16], 16) % 100_000_000
    assert parcel.digits == f"{number:08d}"


def test_what_was_taken_in_is_removed_with_what_came_before_it(tmp_path: Path) -> None:
    for no, data in ((1, b"old"), (3, b"taken"), (4, b"newer")):
        (tmp_path / str(stick_name(CENTER, "down", DESK, no))).write_bytes(data)
    carrier = StickCarrier(tmp_path, CENTER, DESK)
    assert list(carrier.fetch().down) == [b"old", b"taken", b"newer"]
    carrier.absorbed(b"taken", covered=0)
    assert list(tree(tmp_path).values()) == [b"newer"]
    carrier.absorbed(b"never read", covered=0)
    assert list(tree(tmp_path).values()) == [b"newer"]


# -- T49 pulled, full, lying ------------------------------------------------------------------------------------------


def failing(code: int) -> Callable[..., object]:
    """A step at which the system says no."""

    def fails(*_: object, **__: object) -> object:
        raise OSError(code, "injected")

    return fails


def torn(part: Path, data: bytes) -> None:
    """Half is written, then the stick is gone."""
    part.write_bytes(data[: len(data) // 2])
    raise OSError(errno.EIO, "pulled")


def full(part: Path, data: bytes) -> None:
    """Half is written, then there is no room."""
    part.write_bytes(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, "full")


def forgetful(part: Path, data: bytes) -> None:
    """The stick says that it wrote, and did not."""
    part.write_bytes(bytes(len(data)))


TROUBLES: tuple[tuple[str, str, object, str], ...] = (
    ("pulled before", "write_part", failing(errno.ENODEV), "stick.gone"),
    ("pulled while writing", "write_part", torn, "stick.gone"),
    ("full while writing", "write_part", full, "stick.full"),
    ("over quota", "write_part", failing(errno.EDQUOT), "stick.full"),
    ("locked by its switch", "write_part", failing(errno.EROFS), "stick.read_only"),
    ("of somebody else", "write_part", failing(errno.EACCES), "stick.read_only"),
    ("lying about what it wrote", "write_part", forgetful, "stick.unreliable"),
    ("pulled before the folder was written", "sync_folder", failing(errno.EIO), "stick.gone"),
    ("gone before it is looked at", "shutil.disk_usage", failing(errno.ENOENT), "stick.gone"),
)


@pytest.mark.threat("T49")
@pytest.mark.parametrize(("_name", "step", "trouble", "code"), TROUBLES, ids=[name for name, *_ in TROUBLES])
def test_a_trouble_while_writing_is_named_and_costs_nothing_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _name: str, step: str, trouble: object, code: str
) -> None:
    laptop = a_laptop()
    laptop.tell(2)
    older = tmp_path / str(stick_name(CENTER, "up", laptop.id, 0))
    older.write_bytes(b"an older one")
    (tmp_path / "照片.jpg").write_bytes(b"a photo")
    with monkeypatch.context() as patch:
        patch.setattr(f"sync.carriers.stick.{step}", trouble)
        done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.code, done.sent, done.pending) == (code, 0, 2)
    assert laptop.shelf.outgoing() is not None, "only the county's receipt clears it"
    assert (older.read_bytes(), (tmp_path / "照片.jpg").read_bytes()) == (b"an older one", b"a photo")
    again = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (again.code, again.sent) == ("", 2)
    assert not [name for name in tree(tmp_path) if name.endswith(".part")]
    assert laptop.shelf.outgoing() is not None, "and not that it was written"


@pytest.mark.threat("T49")
def test_a_rename_that_did_not_last_is_found_by_looking_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def zeroed(folder: Path) -> None:
        (folder / str(UP)).write_bytes(bytes(len(DATA)))

    monkeypatch.setattr(road, "sync_folder", zeroed)
    with pytest.raises(WorldFailed, match=r"stick\.unreliable"):
        write_safely(tmp_path, UP, DATA)


@pytest.mark.threat("T49")
def test_a_stick_without_room_is_left_as_it_is_and_says_how_much_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=len(DATA)))
    with pytest.raises(WorldFailed, match=r"stick\.full") as told:
        write_safely(tmp_path, UP, DATA)
    assert told.value.facts == {"need": len(DATA) + (8 << 20), "free": len(DATA)}
    assert tree(tmp_path) == {}


@pytest.mark.threat("T49")
def test_no_room_in_the_middle_takes_its_half_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(road, "write_part", full)
    with pytest.raises(WorldFailed, match=r"stick\.full"):
        write_safely(tmp_path, UP, DATA)
    assert tree(tmp_path) == {}


@pytest.mark.threat("T48")
def test_a_link_in_the_place_of_our_file_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    folder, outside = tmp_path / "stick", tmp_path / "outside"
    folder.mkdir()
    outside.write_bytes(b"not ours")
    for name in (UP, StickName(UP.center, "up", UP.desk, 7, part=True)):
        (folder / str(name)).symlink_to(outside)
    write_safely(folder, UP, DATA)
    assert outside.read_bytes() == b"not ours"
    assert tree(folder) == {str(UP): DATA}


@pytest.mark.threat("T49")
def test_a_stick_pulled_while_tidying_has_been_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = StickCarrier(tmp_path, CENTER, DESK)
    carrier.offer(outgoing(1))
    monkeypatch.setattr(Path, "unlink", failing(errno.EIO))
    with pytest.raises(WorldFailed, match=r"stick\.gone"):
        carrier.offer(outgoing(2))
    monkeypatch.undo()

    def gone(_folder: Path) -> object:
        raise WorldFailed("stick.gone")

    monkeypatch.setattr(road, "look", gone)
    assert list(carrier.offer(outgoing(3)).down) == []
    assert (tmp_path / str(stick_name(CENTER, "up", DESK, 3))).read_bytes() == DATA


def test_a_read_only_stick_brings_what_it_has_and_says_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = a_laptop()
    laptop.tell(1)
    (tmp_path / str(stick_name(CENTER, "down", laptop.id, 1))).write_bytes(SmallCounty(laptop, head=1).bundle())
    laptop.tell(1)
    before = tree(tmp_path)
    monkeypatch.setattr(Path, "unlink", failing(errno.EROFS))
    monkeypatch.setattr(road, "write_part", failing(errno.EROFS))
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.receipts, done.code) == (1, "stick.read_only")
    assert tree(tmp_path) == before


@pytest.mark.threat("T41")
@pytest.mark.parametrize("torn_to", [b"", bytes(700)], ids=["zero length", "zero filled"])
def test_a_file_that_a_pulled_stick_left_is_named_and_the_others_are_read(tmp_path: Path, torn_to: bytes) -> None:
    laptop = a_laptop()
    laptop.tell(1)
    torn = str(stick_name(CENTER, "down", laptop.id, 1))
    (tmp_path / torn).write_bytes(torn_to)
    (tmp_path / str(stick_name("e" * 32, "down", laptop.id, 1))).write_bytes(b"another county's")
    (tmp_path / str(stick_name(CENTER, "down", laptop.id, 2))).write_bytes(SmallCounty(laptop, head=1).bundle())
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.receipts, done.faults, done.foreign) == (1, (Damaged(torn, "bundle.magic"),), 1)


# -- the rest of section 6's table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", [0, 86_400, 4_102_444_800], ids=["1970", "the day after", "2100"])
def test_what_the_stick_says_of_its_files_days_counts_for_nothing(tmp_path: Path, when: int) -> None:
    laptop = a_laptop()
    laptop.tell(1)
    county = SmallCounty(laptop, head=1)
    for no in (1, 2):
        path = tmp_path / str(stick_name(CENTER, "down", laptop.id, no))
        path.write_bytes(county.bundle())
        os.utime(path, (when - no, when - no) if when else (0, 0))
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.code, done.receipts, done.pending) == ("", 1, 0)


def test_a_file_that_grows_while_it_is_read_is_judged_by_what_was_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = a_laptop()
    laptop.tell(1)
    county = SmallCounty(laptop, head=1)
    path = tmp_path / str(stick_name(CENTER, "down", laptop.id, 1))
    path.write_bytes(county.bundle())
    plain = road.read_copy

    def growing(read: Path) -> bytes | None:
        data = plain(read)
        with path.open("ab") as file:
            file.write(b"more")
        return data

    monkeypatch.setattr(road, "read_copy", growing)
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.receipts, path.exists()) == (1, True), "what lies there now is another file and stays"
    monkeypatch.setattr(road, "read_copy", plain)
    again = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert [each.file for each in again.faults] == [path.name]


def test_a_folder_without_a_file_of_ours_changes_nothing_here(tmp_path: Path) -> None:
    laptop = a_laptop()
    laptop.tell(3)
    (tmp_path / "照片.jpg").write_bytes(b"x")
    before = laptop.shelf.cursors()
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    assert (done.code, done.received, done.receipts, done.foreign, done.pending) == ("", 0, 0, 0, 3)
    assert (laptop.shelf.cursors(), laptop.shelf.receipt()) == (before, None)
    assert (tmp_path / "照片.jpg").read_bytes() == b"x"


def test_no_bundle_of_ours_is_too_large_for_the_oldest_file_system() -> None:
    assert MAX_BUNDLE < 4 << 30


def test_a_full_stick_tells_how_many_bytes_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = a_laptop()
    laptop.tell(3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=5_000))
    done = laptop.exchange(StickCarrier(tmp_path, CENTER, laptop.id))
    waiting = laptop.shelf.outgoing()
    assert waiting is not None
    assert (done.code, done.lacking) == ("stick.full", len(waiting.data) + SPARE_ON_STICK - 5_000)
    assert list(tmp_path.iterdir()) == []
