"""Who may hear a recording again, what he hears, and what stays of it: a trace, and a file only for a reason."""

from __future__ import annotations

import hashlib
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import hearing, listening, looked, opening, reading, recording
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.errors import MediatorError, NoAccess, RefusedByRule
from mediator.store.tapes import tape_path
from tests.casework.desks import PASSWORD, a_workshop
from tests.casework.tapes import Recorder, a_sitting, recorded, tone
from tests.leaks.scanner import leaks, uneven

OTHER = "石桥下的流水 77 声"


def as_another(desk: Desk) -> Desk:
    """Somebody else of the room sits down."""
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    opening.lock(desk)
    return opening.unlock(a_workshop(seed=5), desk.vault.folder, "wang", OTHER)


def test_what_was_said_is_heard_from_any_place_and_each_time_leaves_a_trace(desk: Desk) -> None:
    case, _, tape = recorded(desk, 5.3)
    for start, samples in ((0, 10), (31_990, 20), (84_000, 9_999)):
        assert b"".join(listening.listen(desk, case, tape).pcm(start, samples)) == tone(5.3)[2 * start :][: 2 * samples]
    traces = desk.vault.traces("access.recording_heard")
    assert [each.content() for each in traces] == [{"case": case, "recording": tape}] * 3


def test_a_sentence_can_be_heard_while_the_recording_goes_on(desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    order = recording.begin(desk, case, sitting)
    recorder = Recorder(order)
    recorder.hear(tone(7.0))
    assert b"".join(listening.listen(desk, case, order.label.recording).pcm()) == tone(6.0)
    with pytest.raises(RefusedByRule, match=r"recording\.running"):
        listening.export_wav(desk, case, order.label.recording, out=desk.vault.folder.parent, reason="法院调取")
    recorder.taping.stop()


@pytest.mark.threat("T05")
@pytest.mark.parametrize("named", [False, True])
def test_who_took_no_part_in_the_sitting_hears_nothing_and_exports_nothing(desk: Desk, named: bool) -> None:
    case, sitting, tape = recorded(desk, 3.0)
    if named:
        form = HearingForm(mediators=("李调解",), recorder="王调解", place="镇调解室")
        hearing.save_hearing(desk, case, sitting, form=form)
    other = as_another(desk)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: listening.listen(other, case, tape),
        lambda: listening.export_wav(other, case, tape, out=other.vault.folder.parent / "out", reason="自己听"),
    )
    for deed in deeds:
        if named:
            deed()
        else:
            with pytest.raises(NoAccess, match=r"recording\.not_yours"):
                deed()
    assert len(other.vault.traces("access.recording_heard")) == named
    assert (other.vault.folder.parent / "out").exists() is named
    opening.lock(other)


def test_a_wav_is_the_whole_recording_under_the_cases_number_and_its_trace_holds_reason_and_hash(
    tmp_path: Path, desk: Desk
) -> None:
    case, _, tape = recorded(desk, 5.3)
    path = listening.export_wav(desk, case, tape, out=tmp_path / "out", reason=" 法院调取 ")
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert file.readframes(file.getnframes()) == tone(5.3)
    number = reading.reread(desk, case).case.number
    assert path.name == f"{number or '借款'} 第1次调解录音 2026-03-09 0930.wav"
    (trace,) = desk.vault.traces("access.recording_exported")
    assert trace.content() == {
        "case": case, "recording": tape, "reason": "法院调取", "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "reason", "code"),
    [
        (None, "  ", "recording.reason"), (lambda data: data[:-1], "法院调取", "recording.damaged"),
        (lambda data: data[:70000] + b"\x00" + data[70001:], "法院调取", "recording.damaged"),
        (lambda _: None, "法院调取", "recording.not_here"),
    ],
)  # fmt: skip
def test_an_export_without_reason_or_of_a_changed_file_leaves_neither_file_nor_trace(
    tmp_path: Path, desk: Desk, spoil: Callable[[bytes], bytes | None] | None, reason: str, code: str
) -> None:
    case, _, tape = recorded(desk, 5.3)
    path = tape_path(desk.vault.folder, tape)
    if spoil is not None:
        left = spoil(path.read_bytes())
        path.unlink() if left is None else path.write_bytes(left)
    with pytest.raises(MediatorError) as refused:
        listening.export_wav(desk, case, tape, out=tmp_path / "out", reason=reason)
    assert refused.value.code == code
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []
    assert desk.vault.traces("access.recording_exported") == ()


def test_a_list_tells_what_is_on_this_computer(desk: Desk) -> None:
    case, sitting, tape = recorded(desk, 3.0)
    (kept,) = listening.recordings(desk, case)
    assert (kept.hearing.id, kept.recording.id, kept.recording.seconds, kept.here) == (sitting, tape, 3, True)
    tape_path(desk.vault.folder, tape).unlink()
    assert [each.here for each in listening.recordings(desk, case)] == [False]
    with pytest.raises(MediatorError, match=r"recording\.unknown"):
        listening.listen(desk, case, "7b" * 16)


def test_without_its_key_a_recording_stays_closed(desk: Desk) -> None:
    case, _, tape = recorded(desk, 3.0)
    opened = reading.reread(desk, case)
    keyless = replace(opened, entries=tuple(each for each in opened.entries if each.kind != listening.KEYED))
    with pytest.raises(NoAccess, match=r"recording\.no_key"):
        listening.key_of(desk, keyless, tape)
    assert str(listening.listen(desk, case, tape)) == f"<Sound of {tape[:8]}>"


@pytest.mark.threat("T01")
@pytest.mark.threat("T12")
def test_no_sound_and_no_key_lies_on_the_disk_in_clear(tmp_path: Path, desk: Desk) -> None:
    case, _, tape = recorded(desk, 6.0)
    b"".join(listening.listen(desk, case, tape).pcm())
    keyed = next(each for each in reading.reread(desk, case).entries if each.kind == listening.KEYED)
    order = recording.begin(desk, case, reading.reread(desk, case).case.hearings[-1].id)
    secrets = [str(keyed.content()["key"]), order.public.hex()]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() for path in files)
    assert not any(tone(6.0)[at : at + 64] in everything for at in range(0, 192_000, 64))
    assert leaks([tmp_path], secrets) == []
    assert not any(bytes.fromhex(each) in everything for each in secrets)
    sealed = tape_path(desk.vault.folder, tape).read_bytes()[68:]
    assert uneven(sealed) == []


@pytest.mark.threat("T05")
def test_who_heard_and_who_took_out_a_recording_stands_with_who_looked_at_the_case(tmp_path: Path, desk: Desk) -> None:
    case, _, tape = recorded(desk, 3.0)
    listening.listen(desk, case, tape)
    listening.export_wav(desk, case, tape, out=tmp_path / "out", reason="法院调取")
    found = [(each.deed, each.user, each.reason) for each in looked.who_looked(desk, case)]
    assert sorted(found) == [("heard_sound", "李调解", ""), ("took_sound", "李调解", "法院调取")]
