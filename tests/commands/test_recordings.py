"""`mediator recording`: listed, taken out for a reason; what is due is listed first, and nothing goes by one alone."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.core.codes import CaseStatus
from tests.casework.desks import PASSWORD, ROOM, StillClock, led_to
from tests.casework.tapes import recorded
from tests.commands.shell import Shell

OTHER = "石桥下的流水 77 声"


@pytest.fixture
def heard(shell: Shell) -> tuple[str, str]:
    """The number of a case that was recorded and shut, and its recording; the vault has a second user."""
    desk = opening.unlock(shell.workshop, shell.vault, ROOM.login, PASSWORD)
    opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    case, _, recording = recorded(desk, 2)
    led_to(desk, case, CaseStatus.WITHDRAWN, CaseStatus.CLOSED)
    number = desk.vault.case(case).case.number
    opening.lock(desk)
    return number, recording


def test_recordings_are_listed_and_taken_out_for_a_reason(
    shell: Shell, heard: tuple[str, str], tmp_path: Path
) -> None:  # fmt: skip
    number, recording = heard
    (row,) = shell("recording", "list", number, "--user", "li").document["recordings"]
    assert (row["id"], row["seconds"], row["here"], row["destroyed"]) == (recording, 2, True, False)
    out = ("--out", str(tmp_path / "录音"), "--user", "li")
    assert shell("recording", "export", number, recording, "--reason", " ", *out).error["code"] == "recording.reason"
    file = shell("recording", "export", number, recording, "--reason", "法院调取", *out).document["file"]
    with wave.open(file, "rb") as sound:
        assert (sound.getframerate(), sound.getnframes()) == (16_000, 32_000)


@pytest.mark.threat("T68")
def test_what_is_due_goes_by_two_persons_and_leaves_its_list(
    shell: Shell, heard: tuple[str, str], tmp_path: Path
) -> None:  # fmt: skip
    number, recording = heard
    clock = shell.workshop.clock
    assert isinstance(clock, StillClock)
    second = ("--second", "wang", "--second-password-file", shell.secret_file(OTHER, "second"))
    destroy = ("recording", "destroy", "--user", "li", "--out", str(tmp_path / "清单"), *second)
    assert shell("recording", "due", "--user", "li").document == {"due": []}
    assert shell(*destroy).document == {"destroyed": 0}
    clock.move(days=3 * 366)
    (due,) = shell("recording", "due", "--user", "li").document["due"]
    assert (due["id"], due["number"], due["kept_until"]) == (recording, number, "2029-03-09")
    done = shell(*destroy).document
    assert done["destroyed"] == 1
    assert Path(done["file"]).is_file()
    assert shell("recording", "list", number, "--user", "li").document["recordings"][0]["destroyed"] is True


def test_what_the_county_keeps_is_asked_back_and_what_may_go_is_listed_before_it_goes(
    shell: Shell, heard: tuple[str, str], tmp_path: Path
) -> None:
    number, recording = heard
    user = ("--user", "li")
    assert shell("recording", "recall", number, recording, *user).document["place"] == "here"
    assert shell("recording", "recall", number, "0" * 32, *user).error["code"] == "recall.unknown"
    assert shell("recording", "thin", "--list", *user).document == {"recordings": [], "bytes": 0}
    shell("vault", "backup", "--out", str(tmp_path / "备份"), *user)
    clock = shell.workshop.clock
    assert isinstance(clock, StillClock)
    desk = opening.unlock(shell.workshop, shell.vault, ROOM.login, PASSWORD)
    named = desk.vault.pieces.named(recording)
    assert named is not None
    desk.vault.pieces.told({named.blob: ()}, (named.blob,), desk.now_ms())
    opening.lock(desk)
    clock.move(minutes=1)
    shell("vault", "backup", "--out", str(tmp_path / "备份"), *user)
    clock.move(days=91)
    assert [row["id"] for row in shell("recording", "thin", "--list", *user).document["recordings"]] == [recording]
    assert shell("recording", "list", number, *user).document["recordings"][0]["place"] == "here"
    assert shell("recording", "thin", *user).document["bytes"] == named.size
    assert shell("recording", "list", number, *user).document["recordings"][0]["place"] == "county"
    assert shell("recording", "recall", number, recording, *user).document["place"] == "coming"
