"""One stick for many: laptops and counties share a folder, each reads and writes its own; sticks may be swapped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import pytest

from sync.carriers.stick import StickCarrier
from sync.wire.names import stick_name
from tests.sync.carriers.files import CENTER, DATA, DESK, outgoing, tree

OTHER = "e" * 32
LAPTOPS = tuple(f"{number:x}" * 32 for number in range(1, 9))
MANY = 100_000


def test_many_laptops_write_to_one_folder_at_once_and_each_file_is_whole(tmp_path: Path) -> None:
    """Row 39; a network folder, or a stick that goes round."""

    def write(desk: str) -> None:
        for no in range(1, 4):
            StickCarrier(tmp_path, CENTER, desk).offer(outgoing(no, desk.encode() * 20_000 + bytes((no,))))

    with ThreadPoolExecutor(len(LAPTOPS)) as pool:
        list(pool.map(write, LAPTOPS))
    assert tree(tmp_path) == {
        str(stick_name(CENTER, "up", desk, 3)): desk.encode() * 20_000 + b"\3" for desk in LAPTOPS
    }


def test_laptops_and_counties_on_one_stick_each_take_their_own_and_count_the_rest(tmp_path: Path) -> None:
    for center in (CENTER, OTHER):
        for desk in LAPTOPS[:3]:
            (tmp_path / str(stick_name(center, "down", desk, 1))).write_bytes(f"{center} {desk}".encode())
    before = tree(tmp_path)
    for center in (CENTER, OTHER):
        for desk in LAPTOPS[:3]:
            answer = StickCarrier(tmp_path, center, desk).fetch()
            assert list(answer.down) == [f"{center} {desk}".encode()]
            assert answer.foreign == 3, "bundles of the other county are counted and left alone"
    assert tree(tmp_path) == before


def test_two_sticks_that_were_swapped_bring_each_room_nothing_of_the_other(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, desk in ((first, LAPTOPS[0]), (second, LAPTOPS[1])):
        folder.mkdir()
        (folder / str(stick_name(CENTER, "down", desk, 1))).write_bytes(desk.encode())
    for folder, desk in ((second, LAPTOPS[0]), (first, LAPTOPS[1])):
        carrier = StickCarrier(folder, CENTER, desk)
        assert list(carrier.fetch().down) == []
        carrier.offer(outgoing(2))
        assert len(tree(folder)) == 2, "what is for the other room still lies there"
    for folder, desk in ((first, LAPTOPS[0]), (second, LAPTOPS[1])):
        assert list(StickCarrier(folder, CENTER, desk).fetch().down) == [desk.encode()], "and arrives when swapped back"


@pytest.mark.full
@pytest.mark.threat("T48")
def test_a_hundred_thousand_foreign_files_cost_two_seconds_at_most_and_none_is_touched(tmp_path: Path) -> None:
    for number in range(MANY):
        (tmp_path / f"IMG_{number:06d}.JPG").touch()
    (tmp_path / str(stick_name(CENTER, "down", DESK, 7))).write_bytes(DATA)
    carrier, begun = StickCarrier(tmp_path, CENTER, DESK), process_time()
    assert list(carrier.fetch().down) == [DATA]
    carrier.offer(outgoing(8))
    assert process_time() - begun < 2.0
    assert sum(1 for _ in tmp_path.iterdir()) == MANY + 2
