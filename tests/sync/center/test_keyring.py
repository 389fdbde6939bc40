"""The county's secrets on disk: for their owner alone, whole or not at all, and silent when printed."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

import pytest

from mediator.errors import RefusedByRule, Unacceptable
from sync.center.keyring import NAME, Keys

KEYS = Keys("a" * 32, "331122", secrets.token_bytes(64), secrets.token_bytes(32))


def test_keys_come_back_as_they_were_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    path = KEYS.write(tmp_path / "new")
    assert Keys.read(tmp_path / "new") == KEYS
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]


def test_keys_are_never_written_over(tmp_path: Path) -> None:
    KEYS.write(tmp_path)
    other = Keys("b" * 32, "331122", KEYS.desk, KEYS.column)
    with pytest.raises(RefusedByRule, match=r"center\.exists"):
        other.write(tmp_path)
    assert Keys.read(tmp_path) == KEYS


def test_a_disk_that_fills_leaves_no_half_file_that_would_bar_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        KEYS.write(tmp_path)
    monkeypatch.undo()
    KEYS.write(tmp_path)
    assert Keys.read(tmp_path) == KEYS


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b'{"center":"a","county":"b","desk":"zz","column":""}',
     b'{"center":"a","county":"b","desk":7,"column":""}'],
)  # fmt: skip
def test_a_damaged_file_is_told_as_such(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(Unacceptable, match=r"center\.keys"):
        Keys.read(tmp_path)


def test_no_folder_and_no_file_are_no_center(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path, tmp_path / "gone", tmp_path / "file"):
        with pytest.raises(Unacceptable, match=r"center\.none"):
            Keys.read(folder)


def test_printing_them_shows_nothing_secret() -> None:
    shown = f"{KEYS} {KEYS!r} {[KEYS]}"
    assert KEYS.desk.hex() not in shown
    assert repr(KEYS.column) not in shown
    assert shown.startswith("Keys(")
