"""A file that gives its room to the last words when the disk is full (T25)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediator.errors import WorldFailed
from mediator.store import space, unlocking
from mediator.store import vault as vaults
from mediator.store.appending import append
from mediator.store.space import free_bytes, keep_ballast, release_ballast
from tests.store.vaults import CASE, GROUND, PASSWORD, closed, draft

SIZE = 2 << 20


def test_it_lies_there_only_where_there_is_plenty_of_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_ballast(tmp_path, 0)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(space, "free_bytes", lambda _: SIZE + space.SPARE - 1)
    keep_ballast(tmp_path, SIZE)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    (tmp_path / space.NAME).write_bytes(b"torn")
    keep_ballast(tmp_path, SIZE)
    assert (tmp_path / space.NAME).stat().st_size == SIZE
    assert (release_ballast(tmp_path), release_ballast(tmp_path)) == (True, False)


def test_a_disk_that_does_not_tell_is_taken_to_be_roomy(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "nowhere") > space.SPARE
    assert free_bytes(tmp_path) > 0


@pytest.mark.threat("T25")
def test_on_a_full_disk_the_words_are_saved_in_its_room_and_later_ones_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(tmp_path / "v")
    vault = unlocking.unlock(folder, login=None, password=PASSWORD, ground=replace(GROUND, ballast=SIZE))
    assert (folder / space.NAME).stat().st_size == SIZE
    saved: list[object] = []

    def on_a_full_disk(*drafts: object) -> object:
        if (folder / space.NAME).exists() or saved:
            raise WorldFailed("vault.disk_full")
        saved.append(drafts)
        return append(*drafts)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(vaults, "append", on_a_full_disk)
    vault.append([draft(CASE, "case.set", {"fields": {"facts": "最后一句"}})])
    assert vault.search("最后一句").total == 1
    with pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        vault.append([draft(CASE, "case.set", {"fields": {"facts": "再一句"}})])
    monkeypatch.undo()
    vault.append([draft(CASE, "case.set", {"fields": {"facts": "腾出空间以后"}})])
    vault.close()
    again = unlocking.unlock(folder, login=None, password=PASSWORD, ground=replace(GROUND, ballast=SIZE))
    assert (folder / space.NAME).stat().st_size == SIZE, "laid down anew at the next opening"
    again.close()
