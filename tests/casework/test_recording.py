"""Nobody is recorded who did not agree; what was recorded is pinned, also after a kill, and stays in the room."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import hearing, intake, opening, reading, recording
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.recording import agreed_words, order_of
from mediator.core.codes import Side
from mediator.core.recordings import Asked, Consent, ConsentWay, Ending, Recording
from mediator.core.records import CaseId, HearingId
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.reach import Reach
from mediator.store.tapes import only_recorder, tape_path
from tests.casework.desks import PASSWORD, StillClock, a_workshop, case_of
from tests.casework.tapes import Recorder, a_sitting, recorded, tone


def the_recording(desk: Desk, case: CaseId) -> Recording:
    """The newest of the newest sitting."""
    return case_of(desk, case).hearings[-1].recordings[-1]


def test_everybody_there_is_asked_and_whoever_leads_or_stayed_away_is_not(desk: Desk) -> None:
    case, sitting = a_sitting(desk, consenting=False)
    form = HearingForm(
        mediators=("李调解",), recorder="何记录", observers=("王代表", "张三"), absent=("李四",), interpreter="赵译",
    )  # fmt: skip
    hearing.save_hearing(desk, case, sitting, form=form)
    asked = recording.consents(desk, case, sitting).asked
    assert [(each.name, each.role) for each in asked] == [("张三", "被申请人"), ("王代表", "列席"), ("赵译", "翻译")]


def test_each_consent_is_an_entry_of_its_own_with_time_and_way(desk: Desk) -> None:
    case, sitting = a_sitting(desk, consenting=False)
    li, zhang = recording.consents(desk, case, sitting).asked
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    recording.agree(desk, case, sitting, [li], way=ConsentWay.WRITTEN)
    clock.move(minutes=2)
    recording.agree(desk, case, sitting, [zhang], way=ConsentWay.ORAL)
    words = [each for each in reading.reread(desk, case).entries if each.kind == "recording.agreed"]
    assert [(each.content()["name"], each.content()["way"]) for each in words] == [
        ("李四", "written"), ("张三", "oral"),
    ]  # fmt: skip
    assert words[1].content()["at"] - words[0].content()["at"] == 120_000  # type: ignore[operator]  # whole ms
    assert recording.consents(desk, case, sitting).missing == ()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("nobody asked", "recording.no_consent"), ("one did not", "recording.no_consent"),
        ("one no longer", "recording.no_consent"), ("somebody came in", "recording.no_consent"),
        ("another sitting agreed", "recording.no_consent"), ("record closed", "hearing.closed"),
        ("disk nearly full", "recording.no_room"), ("recorder at work", "recording.under_way"),
    ],
)  # fmt: skip
def test_no_recording_begins_without_every_consent_an_open_record_and_room(desk: Desk, spoil: str, code: str) -> None:
    case, sitting = a_sitting(desk, consenting=spoil not in ("nobody asked", "one did not"))
    desk = spoiled(desk, case, sitting, spoil)
    if spoil == "another sitting agreed":
        sitting = hearing.open_hearing(desk, case, HearingForm(place="镇调解室"))
    before = desk.vault.entry_count()
    with pytest.raises(MediatorError) as refused:
        begun_beside_another(desk, case, sitting) if spoil == "recorder at work" else recording.begin(
            desk, case, sitting
        )
    assert refused.value.code == code
    if spoil != "recorder at work":
        assert desk.vault.entry_count() == before
    assert list((desk.vault.folder / "recordings").glob("*.tape")) == []


def spoiled(desk: Desk, case: CaseId, sitting: HearingId, spoil: str) -> Desk:
    """The desk once something stands in the way."""
    asked = recording.consents(desk, case, sitting).asked
    if spoil == "one did not":
        recording.agree(desk, case, sitting, asked[:1], way=ConsentWay.ORAL)
    if spoil == "one no longer":
        recording.withdraw(desk, case, sitting, asked[0])
    if spoil == "somebody came in":
        opened = reading.reread(desk, case)
        intake.add_party(desk, case, opened.seen, intake.PartyForm(Side.WITNESS, "后来的人"))
    if spoil == "record closed":
        hearing.close_hearing(desk, case, sitting)
    if spoil == "disk nearly full":
        return replace(desk, workshop=replace(desk.workshop, free=lambda _: 499_999_999))
    return desk


def begun_beside_another(desk: Desk, case: CaseId, sitting: HearingId) -> None:
    """Another recorder of this vault is at work, whoever started it."""
    recording.begin(desk, case, sitting)
    with only_recorder(desk.vault.folder):
        recording.begin(desk, case, sitting)


def test_the_record_says_when_it_began_who_agreed_how_and_when_it_ended(desk: Desk) -> None:
    case, _, _ = recorded(desk, 3.0)
    assert [(turn.speaker, turn.text) for turn in case_of(desk, case).hearings[-1].turns] == [
        ("记事", "09时30分，经李四、张三口头同意，开始录音。"), ("记事", "09时30分，停止录音。"),
    ]  # fmt: skip


def test_those_who_agreed_in_one_way_are_named_together() -> None:
    words = [Consent("甲", ConsentWay.ORAL), Consent("乙", ConsentWay.WRITTEN), Consent("丙", ConsentWay.ORAL)]
    assert agreed_words(words) == "经甲、丙口头同意，乙书面同意"


@pytest.mark.parametrize("ending", list(Ending))
def test_an_end_pins_length_digest_and_reason_and_the_record_tells_it_but_for_its_own_closing(
    desk: Desk, ending: Ending
) -> None:
    case, sitting = a_sitting(desk)
    recorder = Recorder(order := recording.begin(desk, case, sitting))
    recorder.hear(tone(4.5))
    recorder.taping.stop(ending)
    assert recording.settle(desk, ending) == (case,)
    found = the_recording(desk, case)
    assert (found.ending, found.samples, found.chunks) == (ending, 72_000, 3)
    assert found.size == tape_path(desk.vault.folder, order.label.recording).stat().st_size
    told = case_of(desk, case).hearings[-1].turns[1:]
    assert len(told) == (ending is not Ending.CLOSED)
    assert opening.check(desk, full=True).ok
    assert recording.settle(desk, ending) == ()
    assert len(case_of(desk, case).hearings[-1].recordings) == 1


@pytest.mark.threat("T04")
def test_what_a_kill_left_is_pinned_after_the_next_unlocking_up_to_its_last_whole_chunk(
    tmp_path: Path, desk: Desk
) -> None:
    case, sitting = a_sitting(desk)
    order = recording.begin(desk, case, sitting)
    recorder = Recorder(order)
    recorder.hear(tone(7.0))
    recorder.taping._held.close()  # as the system closes the files of a process that was killed
    with order.path.open("ab") as file:
        file.write(b"half of a chunk")
    opening.lock(desk)
    again = opening.unlock(a_workshop(seed=9), tmp_path / "vault", None, PASSWORD)
    assert recording.settle(again) == (case,)
    found = the_recording(again, case)
    assert (found.ending, found.samples) == (Ending.BROKEN_OFF, 96_000)
    assert found.ended_at is not None
    assert found.begun_at is not None
    assert (found.ended_at - found.begun_at).total_seconds() == 6.0
    assert opening.check(again, full=True).ok
    opening.lock(again)


def test_a_recording_whose_recorder_never_wrote_is_ended_with_nothing_in_it(desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    recording.begin(desk, case, sitting)
    recording.settle(desk)
    found = the_recording(desk, case)
    assert (found.ended, found.samples, found.size) == (True, 0, 0)
    assert opening.check(desk, full=True).ok
    recording.begin(desk, case, sitting)


@pytest.mark.threat("T04")
def test_while_somebody_records_nothing_is_pinned(desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    recorder = Recorder(recording.begin(desk, case, sitting))
    recorder.hear(tone(2.0))
    assert recording.settle(desk) == ()
    assert not the_recording(desk, case).ended
    recorder.taping.stop()
    assert recording.settle(desk, Ending.STOPPED) == (case,)


def test_an_order_holds_the_public_half_alone_and_its_line_is_read_back(desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    order = recording.begin(desk, case, sitting)
    line = order.packed()
    assert order_of(line) == order
    keyed = next(each for each in reading.reread(desk, case).entries if each.kind == "recording.keyed")
    assert str(keyed.content()["key"]) not in line
    assert set(json.loads(line)) == {"path", "case", "hearing", "recording", "begun", "public"}
    for broken in ("", "{}", "[]", line[:-2], line.replace("public", "private")):
        with pytest.raises((ValueError, KeyError, TypeError)):
            order_of(broken)


@pytest.mark.threat("T05")
def test_the_key_of_a_recording_stays_in_the_room_and_the_fact_of_it_does_not(desk: Desk) -> None:
    case, _, _ = recorded(desk, 2.0)
    reach = {each.kind: each.reach for each in reading.reread(desk, case).entries if each.kind.startswith("recording.")}
    assert reach.pop("recording.keyed") is Reach.ROOM
    assert set(reach.values()) == {Reach.COUNTY}


@pytest.mark.threat("T17")
def test_a_backup_holds_every_recording_and_what_is_missing_or_changed_is_found(tmp_path: Path, desk: Desk) -> None:
    case, _, tape = recorded(desk, 5.0)
    report = opening.backup(desk, tmp_path / "stick")
    path = tape_path(desk.vault.folder, tape)
    whole = path.read_bytes()
    assert tape_path(report.folder, tape).read_bytes() == whole
    for spoil in (whole[:-1], whole[:-200], b"", None):
        path.unlink() if spoil is None else path.write_bytes(spoil)
        found = opening.check(desk, full=True)
        assert [(each.code, each.where) for each in found.findings] == [("check.recording", tape)]
    opening.lock(desk)
    back = opening.restore(a_workshop(seed=3), report.folder, tmp_path / "again", login=None, password=PASSWORD)
    assert tape_path(back.vault.folder, tape).read_bytes() == whole
    assert the_recording(back, case).samples == 80_000
    assert opening.check(back, full=True).ok
    opening.lock(back)


def test_nobody_chosen_agrees_to_nothing(desk: Desk) -> None:
    case, sitting = a_sitting(desk, consenting=False)
    with pytest.raises(Unacceptable, match=r"recording\.nobody"):
        recording.agree(desk, case, sitting, [], way=ConsentWay.ORAL)
    hearing.close_hearing(desk, case, sitting)
    with pytest.raises(RefusedByRule, match=r"hearing\.closed"):
        recording.agree(desk, case, sitting, [Asked("李四", "申请人")], way=ConsentWay.ORAL)
