"""Small files beside the database: replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from functools import partial
from pathlib import Path

import pytest

from mediator.errors import WorldFailed
from mediator.store.files import no_fault, replace_durably, sync_folder
from tests.store.killing import killed_at, points_of

OLD, NEW = b"old" * 1000, b"new!" * 1000


def points(tmp_path: Path) -> list[str]:
    return points_of(partial(replace_durably, tmp_path / "other", NEW))


@pytest.mark.threat("T24")
def test_a_file_killed_anywhere_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "some"
    steps = ["some.written", "some.synced", "some.renamed"]
    assert [step.replace("other", "some") for step in points(tmp_path)] == steps
    for step in steps:
        replace_durably(path, OLD)
        assert killed_at(step, partial(replace_durably, path, NEW))
        assert path.read_bytes() == (NEW if step == "some.renamed" else OLD)
    replace_durably(path, NEW, fault=no_fault)
    assert path.read_bytes() == NEW
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other", "some"]


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    replace_durably(tmp_path / "some", NEW)
    assert (tmp_path / "some").stat().st_mode & 0o777 == 0o600


@pytest.mark.threat("T25")
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "vault.disk_full"),
        (errno.EDQUOT, "vault.disk_full"),
        (errno.EFBIG, "vault.disk_full"),
        (errno.EACCES, "vault.unreachable"),
        (errno.EIO, "vault.unreachable"),
    ],
)
def test_what_stops_a_writing_is_told_and_its_part_is_taken_away(number: int, code: str, tmp_path: Path) -> None:
    def stopped(_step: str) -> None:
        assert (tmp_path / "some.part").exists()
        raise OSError(number, os.strerror(number))

    replace_durably(tmp_path / "some", OLD)
    with pytest.raises(WorldFailed) as caught:
        replace_durably(tmp_path / "some", NEW, fault=stopped)
    assert caught.value.code == code
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("some", OLD)]


def test_a_disk_that_reads_back_something_else_is_not_believed(tmp_path: Path) -> None:
    def lie(_step: str, part: Path) -> None:
        part.write_bytes(b"something else")

    replace_durably(tmp_path / "some", OLD)
    with pytest.raises(WorldFailed, match=r"vault\.unreachable"):
        replace_durably(tmp_path / "some", NEW, fault=partial(lie, part=tmp_path / "some.part"))
    assert (tmp_path / "some").read_bytes() == OLD
    assert not (tmp_path / "some.part").exists()


def test_where_no_file_can_be_made_the_old_one_stays(tmp_path: Path) -> None:
    with pytest.raises(WorldFailed, match=r"vault\.unreachable"):
        replace_durably(tmp_path / "no folder" / "some", NEW)


def test_where_a_folder_has_no_handle_none_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(os, "open", None)
        sync_folder(tmp_path)
