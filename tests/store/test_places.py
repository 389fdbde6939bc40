"""A vault lies on a disk of this machine: network drives and sticks are refused before anything is written (T19)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediator.errors import RefusedByRule
from mediator.store import backups, founding, unlocking
from mediator.store.places import is_removable, kind_of, trouble_with
from tests.store.vaults import GROUND, NEW, PASSWORD, a_vault, closed

MOUNTS = """22 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
90 28 0:45 / /home/li rw,relatime shared:50 - nfs4 server:/home/li rw,vers=4.2
91 28 0:46 / /mnt/share\\040one rw - cifs //server/one rw
92 90 259:3 / /home/li/own rw - btrfs /dev/nvme0n1p3 rw
93 28 0:47 / /mnt/ssh rw - fuse.sshfs li@server: rw
broken
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/", "ext4"), ("/srv/v", "ext4"), ("/home/li/调解", "nfs4"), ("/home/lili/v", "ext4"),
        ("/home/li/own/v", "btrfs"), ("/mnt/share one/v", "cifs"), ("/mnt/ssh", "fuse.sshfs"),
    ],
)  # fmt: skip
def test_the_nearest_mount_says_what_a_folder_lies_on(place: str, kind: str) -> None:
    assert kind_of(MOUNTS, Path(place)) == kind


def test_a_disk_or_a_part_of_one_says_that_it_can_be_pulled_out(tmp_path: Path) -> None:
    disks, numbers = tmp_path / "disks", tmp_path / "numbers"
    for name, flag in (("sda", "0\n"), ("sdb", "1\n")):
        (disks / name / f"{name}1").mkdir(parents=True)
        (disks / name / "removable").write_text(flag)
    numbers.mkdir()
    for number, target in (("8:1", "sda/sda1"), ("8:16", "sdb"), ("8:17", "sdb/sdb1")):
        (numbers / number).symlink_to(disks / target)
    assert [is_removable(numbers / each) for each in ("8:1", "8:16", "8:17", "9:9")] == [False, True, True, False]


def test_this_very_disk_will_do_also_for_a_folder_that_is_still_to_be_made(tmp_path: Path) -> None:
    assert trouble_with(tmp_path / "a" / "b") == ""


@pytest.mark.threat("T19")
@pytest.mark.parametrize("code", ["vault.network_drive", "vault.removable"])
def test_nothing_is_made_opened_or_restored_on_such_a_place(tmp_path: Path, code: str) -> None:
    vault = a_vault(tmp_path / "home")
    source = backups.backup(vault, tmp_path / "out", stamp="1", policy=GROUND.policy).folder
    vault.close()
    there = closed(tmp_path / "there")
    before = sorted(path.name for path in there.iterdir())
    ground = replace(GROUND, trouble=lambda folder: "" if folder.name == "home" else code)
    word = code.replace(".", r"\.")
    with pytest.raises(RefusedByRule, match=word):
        founding.create(tmp_path / "new", NEW, password=PASSWORD, ground=ground, first=lambda _: None)
    with pytest.raises(RefusedByRule, match=word):
        unlocking.unlock(there, login=None, password=PASSWORD, ground=ground)
    with pytest.raises(RefusedByRule, match=word):
        backups.restore(source, tmp_path / "new", login=None, password=PASSWORD, ground=ground, first=lambda _: None)
    assert not (tmp_path / "new").exists()
    assert sorted(path.name for path in there.iterdir()) == before
    unlocking.unlock(tmp_path / "home", login=None, password=PASSWORD, ground=ground).close()
