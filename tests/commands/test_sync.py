"""`mediator sync` and `mediator enroll` over a road that stands in for the county."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework.county import Damaged, Exchanged, Parcel
from mediator.errors import NoAccess, WorldFailed
from tests.casework.test_exchange import Door
from tests.commands.shell import Shell

FIGURES = {"sent", "received", "receipts", "conflicts", "pending", "bytes"}


@pytest.fixture
def door(shell: Shell) -> Door:
    made = Door()
    shell.with_road(made)
    return made


@pytest.mark.parametrize("argv", [["network"], ["network", "https://center.example"], ["usb", "/media/stick"]])
def test_an_exchange_prints_its_figures(shell: Shell, door: Door, argv: list[str]) -> None:
    done = shell("sync", *argv)
    assert done.code == 0
    assert set(done.document) >= FIGURES
    assert done.document["sent"] == 3
    assert door.asked


def test_an_open_conflict_is_code_5(shell: Shell, door: Door) -> None:
    door.answer = Exchanged(0, 1, 0, 1, 0, 10)
    assert shell("sync", "network").code == 5


@pytest.mark.parametrize(
    ("word", "code"), [("network.unreachable", 6), ("stick.full", 6), ("bundle.signature", 4), ("desk.revoked", 3)]
)
def test_an_exchange_that_ended_early_prints_figures_and_why(shell: Shell, door: Door, word: str, code: int) -> None:
    door.answer = Exchanged(0, 1, 0, 0, 7, 10, word)
    done = shell("sync", "network")
    assert (done.code, done.error["code"]) == (code, word)
    assert (done.document["received"], done.document["pending"]) == (1, 7)
    words = shell.in_words("sync", "network")
    assert (words.code, words.out) == (code, "")
    assert words.err


def test_before_enrollment_nothing_is_sent(shell: Shell, door: Door) -> None:
    door.error = NoAccess("sync.not_enrolled")
    done = shell("sync", "network")
    assert (done.code, done.error["code"]) == (3, "sync.not_enrolled")


def test_status_asks_nobody(shell: Shell, door: Door) -> None:
    done = shell("sync", "status")
    assert set(done.document) >= FIGURES
    assert (done.document["pending"], done.document["center"]) == (4, "缙云县")
    assert door.asked == []
    shell("sync", "network")
    assert "缙云县" in shell.in_words("sync", "status").out


def test_after_a_failure_the_next_try_is_told(shell: Shell, door: Door) -> None:
    assert shell("sync", "status").document["next_try"] is None
    door.error = WorldFailed("network.unreachable")
    shell("sync", "network")
    done = shell("sync", "status").document
    assert (done["failures"], done["next_try"]) == (1, None), "no county's address is known: nobody will try"
    door.url = "https://center.example"
    assert str(shell("sync", "status").document["next_try"]).endswith("+08:00")
    assert "再试" in shell.in_words("sync", "status").out
    assert shell("sync", "auto", "off").document == {"by_itself": False}
    assert shell("sync", "status").document["next_try"] is None


def test_a_proxy_is_kept_without_showing_its_password(shell: Shell, door: Door) -> None:
    assert shell("sync", "proxy").document == {"proxy": ""}
    assert shell("sync", "proxy", "http://li:geheim@10.1.2.3:8080").document == {"proxy": "10.1.2.3:8080"}
    assert "geheim" not in shell.in_words("sync", "proxy").out
    assert shell("sync", "proxy", "none").document == {"proxy": ""}


def test_enrollment_tells_device_center_and_state(shell: Shell, door: Door) -> None:
    done = shell("enroll", "network", "https://center.example", "--code", "ABCD-1234")
    assert done.code == 0
    assert done.document["state"] == "enrolled"
    assert len(done.document["device"]) == 32
    by_stick = shell("enroll", "usb", "/media/stick")
    assert (by_stick.document["state"], by_stick.document["digits"]) == ("requested", "123456")
    assert "123456" in shell.in_words("enroll", "usb", "/media/stick").out


def test_what_was_on_the_stick_beside_is_told_by_name_and_number(shell: Shell, door: Door) -> None:
    torn = "med-k3f9qa-d-7h2m9c4d0x-00000123.medb"
    door.answer = Exchanged(1, 2, 1, 0, 0, 10, "bundle.magic", (Damaged(torn, "bundle.magic"),), foreign=2)
    done = shell("sync", "usb", "/media/stick")
    assert (done.code, done.document["damaged"]) == (4, [{"file": torn, "code": "bundle.magic"}])
    assert done.document["foreign"] == 2
    words = shell.in_words("sync", "usb", "/media/stick").err
    assert torn in words
    assert "有2个文件是别的县中心的，没有动。" in words


def test_entries_set_aside_are_code_5(shell: Shell, door: Door) -> None:
    door.answer = Exchanged(1, 2, 1, 0, 0, 10, set_aside=3)
    assert shell("sync", "usb", "/media/stick").code == 5
    assert "有3条记录不合格式" in shell.in_words("sync", "usb", "/media/stick").out


def test_a_receipt_on_paper_is_read_from_a_line(shell: Shell, door: Door) -> None:
    assert shell("sync", "receipt", "R1ABC").document == {"n": 40, "pending": 2}
    wrong = shell("sync", "receipt", "ABC")
    assert (wrong.code, wrong.error["code"]) == (4, "slip.form")
    assert shell("sync", "receipt", "away.png").error["code"] == "file.missing"
    assert "第40条" in shell.in_words("sync", "receipt", "R1ABC").out


def test_the_paper_that_goes_with_a_stick_is_written_beside(shell: Shell, door: Door, tmp_path: Path) -> None:
    assert "slip" not in shell("sync", "usb", "/media/stick", "--slip", str(tmp_path)).document, "nothing was written"
    door.answer = Exchanged(1, 0, 0, 0, 1, 10, parcels=(Parcel("med-x.medb", 1, 1, 10, "12345678"),))
    done = shell("sync", "usb", "/media/stick", "--slip", str(tmp_path))
    assert Path(str(done.document["slip"])).is_file()


def test_a_full_stick_says_how_much_is_missing(shell: Shell, door: Door) -> None:
    door.answer = Exchanged(0, 0, 0, 0, 7, 10, "stick.full", lacking=12_400_000)
    words = shell.in_words("sync", "usb", "/media/stick")
    assert (words.code, "U 盘还差12 MB。" in words.err) == (6, True)
