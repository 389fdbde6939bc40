"""The recorder without its process: chunks of two seconds, the rest at the end, one ending, whatever comes."""

from __future__ import annotations

import errno
import os
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework.recording import Order
from mediator.casework.taping import loudness
from mediator.core.recordings import CHUNK_BYTES, Ending
from mediator.errors import NoAccess
from mediator.store import tapes
from mediator.store.tapes import Label, index, only_recorder, scan
from tests.casework.tapes import Recorder, tone

PRIVATE, PUBLIC = tapes.key_pair()


def an_order(folder: Path, name: str = "7a" * 16) -> Order:
    label = Label("ca" * 16, "5e" * 16, name, 1_773_019_800_000)
    return Order(tapes.tape_path(folder, name), label, PUBLIC)


def heard(order: Order) -> bytes:
    return b"".join(index(order.path).sound(PRIVATE))


@pytest.mark.threat("T22")
@given(st.lists(st.integers(0, 90_000), max_size=8), st.integers(0, 2**32))
def test_sound_in_pieces_of_any_length_comes_back_whole_with_at_most_two_seconds_not_yet_on_disk(
    sizes: list[int], seed: int
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        order = an_order(Path(name))
        recorder, said = Recorder(order), b""
        for size in sizes:
            piece = bytes((seed + at) & 255 for at in range(size % 7)) + bytes(size - size % 7)
            recorder.taping.hear(piece)
            said += piece
            on_disk = scan(order.path).samples * 2
            assert len(said) - on_disk < CHUNK_BYTES
            assert recorder.kept * 2 == on_disk
        recorder.taping.stop()
        assert heard(order) == said[: len(said) // 2 * 2]


def test_how_far_and_how_loud_is_told_ten_times_a_second(tmp_path: Path) -> None:
    recorder = Recorder(an_order(tmp_path))
    recorder.hear(tone(3.0, loud=32_000))
    told = [line for line in recorder.lines if "at" in line]
    assert [line["at"] for line in told] == list(range(1600, 48_001, 1600))
    assert max(int(line["level"]) for line in told) == 488
    assert [line["kept"] for line in recorder.lines if "kept" in line] == [32_000]


@pytest.mark.parametrize(
    ("samples", "level"), [([], 0), ([0, 0], 0), ([16_384, -3], 500), ([-32_768], 1000), ([32_767], 999), ([5, -33], 1)]
)
def test_the_loudest_sample_counts_up_or_down(samples: list[int], level: int) -> None:
    assert loudness(array("h", samples).tobytes()) == level


def test_nothing_is_heard_before_an_order_and_after_the_end(tmp_path: Path) -> None:
    bare = Recorder()
    bare.hear(tone(3.0))
    assert bare.lines == []
    recorder = Recorder(order := an_order(tmp_path))
    recorder.hear(tone(1.0))
    recorder.taping.stop(Ending.WITHDRAWN)
    recorder.hear(tone(9.0))
    recorder.taping.stop()
    assert (recorder.ending, recorder.ends) == ("withdrawn", 1)
    assert heard(order) == tone(1.0)


@pytest.mark.parametrize("line", ["", "{}", "stop stopped", '{"path": 1}', "[1]"])
def test_a_line_that_is_no_order_ends_it_and_records_nothing(tmp_path: Path, line: str) -> None:
    recorder = Recorder()
    assert not recorder.taping.order(line)
    recorder.hear(tone(3.0))
    assert (recorder.ending, recorder.ends, list(tmp_path.iterdir())) == ("broken_off", 1, [])


@pytest.mark.threat("T19")
def test_a_second_recorder_of_the_same_vault_does_not_begin(tmp_path: Path) -> None:
    first, second = Recorder(an_order(tmp_path)), Recorder()
    assert not second.taping.order(an_order(tmp_path, "7b" * 16).packed())
    assert second.ending == "broken_off"
    assert len(list((tmp_path / "recordings").glob("*.tape"))) == 1
    first.taping.stop()


@pytest.mark.threat("T25")
@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fills_in_the_middle_ends_it_with_everything_before_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: int
) -> None:
    recorder = Recorder(order := an_order(tmp_path))
    recorder.hear(tone(5.0))
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", refusing(full))
        recorder.hear(tone(3.0))
    assert (recorder.ending, recorder.ends) == ("disk", 1)
    recorder.hear(tone(3.0))
    assert heard(order) == tone(4.0)
    with only_recorder(tmp_path):
        pass


def refusing(error: int) -> object:
    """A system call that refuses."""

    def write(_file: int, _data: bytes) -> int:
        raise OSError(error, "refused")

    return write


@pytest.mark.threat("T25")
def test_the_last_of_the_disk_is_left_for_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(order := an_order(tmp_path))
    recorder.hear(tone(3.0))
    monkeypatch.setattr(tapes, "free_bytes", lambda _: tapes.LEFT_FOR_WORDS - 1)
    recorder.taping.stop()
    assert recorder.ending == "disk"
    assert heard(order) == tone(2.0)


def test_while_it_runs_the_vault_knows_and_afterwards_no_longer(tmp_path: Path) -> None:
    recorder = Recorder(an_order(tmp_path))
    with pytest.raises(NoAccess), only_recorder(tmp_path):
        pass
    recorder.taping.stop()
    with only_recorder(tmp_path):
        pass


@pytest.mark.full
def test_a_recording_of_four_hours_is_whole(tmp_path: Path) -> None:
    recorder = Recorder(order := an_order(tmp_path))
    eight_seconds = tone(8.0)  # five whole periods, so that one follows the other without a step
    for _ in range(4 * 3600 // 8):
        recorder.hear(eight_seconds, piece=6400)
    recorder.taping.stop()
    tape = scan(order.path)
    assert (len(tape.chunks), tape.samples) == (7200, 4 * 3600 * 16_000)
    pieces = iter(tape.sound(PRIVATE))
    assert all(next(pieces) == eight_seconds[at : at + CHUNK_BYTES] for at in [*range(0, 256_000, CHUNK_BYTES)] * 1800)
