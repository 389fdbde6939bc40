"""A recording on disk: whole up to its last chunk whatever is cut off; nobody moves, drops or adds a chunk unseen."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from mediator.store import tapes
from mediator.store.tapes import CHUNK, HASH_BYTES, HEAD, Label, TapeWriter, copy_tapes, index, only_recorder, scan
from tests.store import plain_tape

PRIVATE = bytes(range(32))
PUBLIC = bytes.fromhex("8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f")  # X25519 of PRIVATE
IDS = ("ca" * 16, "5e" * 16, "7a" * 16)
BEGUN = 1_773_019_800_000
PIECES = [b"\x01\x00" * 32_000, b"\x02\x00" * 32_000, b"\x03\x00" * 50]
VECTOR = Path(__file__).parent / "vectors" / "three_chunks.tape"
RECORD = CHUNK.size + 64_000 + 48 + HASH_BYTES


def a_tape(path: Path, *, pieces: list[bytes] = PIECES, label: Label | None = None) -> Path:
    """A recording of three chunks, the last one short."""
    writer = TapeWriter(path, label or Label(*IDS, BEGUN), PUBLIC)
    for piece in pieces:
        writer.keep(piece)
    writer.close()
    return path


def heard(path: Path, **stretch: int) -> bytes:
    return b"".join(index(path).sound(PRIVATE, **stretch))


def test_the_second_reader_reads_what_we_write_and_we_read_what_it_wrote(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    ids, pcm, digest = plain_tape.read(path.read_bytes(), PRIVATE)
    assert (ids, pcm, digest) == (IDS, b"".join(PIECES), scan(path).digest)
    plain_tape.write(tmp_path / "b.tape", IDS, BEGUN, PUBLIC, PIECES)
    assert heard(tmp_path / "b.tape") == b"".join(PIECES)


def test_the_frozen_recording_still_opens() -> None:
    # written once by tests/store/plain_tape.py, never again
    assert hashlib.sha256(VECTOR.read_bytes()).hexdigest() == (
        "8afbebe0671cc69c706a1b54c8b70a728a24056b9842d6e12e0d718f5007f8f8"
    )
    tape = scan(VECTOR)
    assert tape.label == Label(*IDS, BEGUN)
    assert tape.digest == "bc3b217a20f44fedf0a0d71308495a13b34a6d65f7df371a9e6a9924c0a08d85"
    assert heard(VECTOR) == b"\x01\x00" * 800 + b"\x02\x00" * 800 + b"\x03\x00" * 50


@pytest.mark.parametrize(
    ("start", "samples"), [(0, 1), (31_999, 2), (32_000, 32_000), (63_999, 51), (64_049, 9), (70_000, 5), (0, 64_050)]
)
def test_any_stretch_is_heard_and_nothing_beside_it(tmp_path: Path, start: int, samples: int) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    whole = b"".join(PIECES)
    assert heard(path, start=start, samples=samples) == whole[2 * start : 2 * (start + samples)]


@pytest.mark.threat("T22")
def test_a_file_cut_off_anywhere_is_whole_up_to_the_chunk_before(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    data = path.read_bytes()
    edges = [HEAD.size, HEAD.size + RECORD, HEAD.size + 2 * RECORD, len(data)]
    for cut in {edge + step for edge in edges for step in (-1, 0, 1, 5, 12, 13, 100, 1000)} - {len(data) + 1}:
        path.write_bytes(data[:cut])
        if cut < HEAD.size:
            with pytest.raises(Unacceptable, match=r"recording\.damaged"):
                scan(path)
            continue
        whole = sum(edge <= min(cut, len(data)) for edge in edges[1:])
        assert [len(tape.chunks) for tape in (scan(path), index(path))] == [whole, whole]
        assert heard(path) == b"".join(PIECES[:whole])


def pieces_of(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Head and the three records."""
    one, two = HEAD.size + RECORD, HEAD.size + 2 * RECORD
    return data[: HEAD.size], data[HEAD.size : one], data[one:two], data[two:]


@pytest.mark.threat("T65")
@pytest.mark.parametrize("order", [(2, 1, 3), (1, 3), (2, 3), (1, 1, 2, 3), (3,), (1, 2, 2, 3)])
def test_a_missing_swapped_or_repeated_chunk_is_found_without_a_key(tmp_path: Path, order: tuple[int, ...]) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    pinned, parts = scan(path).digest, pieces_of(path.read_bytes())
    path.write_bytes(parts[0] + b"".join(parts[each] for each in order))
    tape = scan(path)
    assert tape.digest != pinned
    assert heard_or_refused(path).startswith(b"".join(PIECES)[: tape.samples * 2])


def heard_or_refused(path: Path) -> bytes:
    """What is heard before something does not fit."""
    pcm = b""
    try:
        for piece in index(path).sound(PRIVATE):
            pcm += piece
    except Unacceptable as refused:
        assert refused.code == "recording.damaged"  # noqa: PT017  what came before the refusal is the answer
    return pcm


@pytest.mark.threat("T65")
def test_chunks_of_another_recording_under_the_same_key_do_not_fit(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    other = a_tape(tmp_path / "recordings" / "b.tape", label=Label("cb" * 16, *IDS[1:], BEGUN))
    mine, theirs = pieces_of(path.read_bytes()), pieces_of(other.read_bytes())
    path.write_bytes(mine[0] + theirs[1] + mine[2])
    assert scan(path).chunks == ()
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        heard(path)


@pytest.mark.threat("T26")
def test_a_changed_byte_anywhere_is_found(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape", pieces=[b"\x01\x00" * 40, b"\x02\x00" * 40])
    data, pinned = path.read_bytes(), scan(path).digest
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :])
        assert digest_or_code(path) not in (pinned, ""), at


def digest_or_code(path: Path) -> str:
    """What a full look at a file comes to."""
    try:
        return scan(path).digest
    except MediatorError as refused:
        return refused.code if refused.code in ("recording.damaged", "recording.newer") else ""


def test_who_has_the_disk_and_not_the_key_can_add_nothing(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape", pieces=PIECES[:1])
    writer = TapeWriter(tmp_path / "recordings" / "b.tape", Label(*IDS, BEGUN), bytes(31) + b"\x09")
    writer.keep(PIECES[0])
    writer.close()
    path.write_bytes((tmp_path / "recordings" / "b.tape").read_bytes())
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        heard(path)


@pytest.mark.threat("T25")
@pytest.mark.parametrize(
    ("fails", "code"), [("free", "recording.disk_low"), ("full", "recording.disk_low"), ("gone", "recording.disk")]
)
def test_a_disk_that_is_full_or_gone_leaves_the_chunks_before_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, code: str
) -> None:
    writer = TapeWriter(tmp_path / "recordings" / "a.tape", Label(*IDS, BEGUN), PUBLIC)
    writer.keep(PIECES[0])
    if fails == "free":
        monkeypatch.setattr(tapes, "free_bytes", lambda _: tapes.LEFT_FOR_WORDS - 1)
    else:
        half_written(monkeypatch, error=28 if fails == "full" else 5)
    with pytest.raises(WorldFailed, match=code.replace(".", r"\.")):
        writer.keep(PIECES[1])
    monkeypatch.undo()
    assert (tmp_path / "recordings" / "a.tape").stat().st_size == HEAD.size + RECORD
    writer.keep(PIECES[2])  # room again: it goes on behind the last whole chunk
    writer.close()
    assert heard(tmp_path / "recordings" / "a.tape") == PIECES[0] + PIECES[2]


def half_written(monkeypatch: pytest.MonkeyPatch, *, error: int) -> None:
    """The system takes some bytes, then refuses."""
    real, calls = os.write, list[int]()

    def write(file: int, data: bytes) -> int:
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(error, "refused")
        return real(file, bytes(data[:700]))

    monkeypatch.setattr(os, "write", write)


def test_a_recording_is_never_written_over(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    with pytest.raises(WorldFailed, match=r"recording\.disk"):
        TapeWriter(path, Label(*IDS, BEGUN), PUBLIC)
    assert heard(path) == b"".join(PIECES)


def test_a_file_that_is_no_recording_is_refused_by_name(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    data = path.read_bytes()
    for head, code in ((b"MTP2", "damaged"), (b"MTP1\x02", "newer"), (b"MTP1\x01\x02", "newer"), (b"MT", "damaged")):
        path.write_bytes(head + data[len(head) :] if len(head) > 2 else head)
        with pytest.raises(Unacceptable, match=rf"recording\.{code}"):
            index(path)
    with pytest.raises(Unacceptable, match=r"recording\.not_here"):
        index(tmp_path / "recordings" / "none.tape")


@pytest.mark.threat("T19")
def test_one_recorder_at_a_time_writes_for_a_vault(tmp_path: Path) -> None:
    with only_recorder(tmp_path), pytest.raises(NoAccess), only_recorder(tmp_path):
        pass
    with only_recorder(tmp_path):
        pass


def test_recordings_are_copied_byte_by_byte_and_where_there_are_none_no_folder_is_made(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "recordings" / "a.tape")
    copy_tapes(tmp_path / "recordings", tmp_path / "copy")
    assert (tmp_path / "copy" / "a.tape").read_bytes() == path.read_bytes()
    shutil.rmtree(tmp_path / "recordings")
    copy_tapes(tmp_path / "recordings", tmp_path / "none")
    assert not (tmp_path / "none").exists()
