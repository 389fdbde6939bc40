"""Backups are opened and checked before they count; the way back is a new desk; a failed one leaves nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mediator.crypto.passwords import LIGHT_FOR_TESTS
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from mediator.journal.port import Outgoing
from mediator.journal.streams import desk_stream
from mediator.store import backups
from mediator.store.backups import backup
from mediator.store.beginning import DATABASE, exists
from mediator.store.checking import check
from mediator.store.head import NAME
from mediator.store.keyfiles import MAIN, SPARE
from mediator.store.vault import Deed, Inside, Vault
from tests.store.killing import die, killed
from tests.store.vaults import (
    CASE,
    GROUND,
    OTHER,
    PASSWORD,
    a_case,
    a_vault,
    closed,
    copied,
    damaged,
    draft,
    fingerprint,
    opened,
    run_sql,
)


def kept(vault: Vault, out: Path, stamp: str = "1") -> Path:
    return backup(vault, out, stamp=stamp, policy=LIGHT_FOR_TESTS).folder


def restored(
    source: Path, place: Path, password: str = PASSWORD, first: Callable[[Vault], None] = lambda _: None
) -> Vault:
    return backups.restore(source, place, login=None, password=password, ground=GROUND, first=first)


def test_a_backup_is_a_whole_vault_of_its_own_and_says_what_it_holds(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault, facts="只在日志里的事实")
    report = backup(vault, tmp_path / "deep" / "out", stamp="20260309", policy=LIGHT_FOR_TESTS)
    assert (report.entries, report.verified) == (2, True)
    assert sorted(path.name for path in report.folder.iterdir()) == sorted([DATABASE, NAME, MAIN, SPARE])
    assert [path.name for path in report.folder.parent.iterdir()] == ["mediator-backup-20260309"]
    assert report.folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(RefusedByRule, match=r"backup\.exists"):
        kept(vault, report.folder.parent, "20260309")
    vault.close()
    aside = opened(copied(report.folder, tmp_path / "aside"))
    assert aside.search("日志里").total == 1
    assert check(aside, full=True).ok
    aside.close()


def test_a_backup_of_a_damaged_vault_never_counts(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    vault = opened(folder)
    run_sql(vault, "UPDATE case_row SET title = '假'")
    with pytest.raises(Unacceptable, match=r"backup\.damaged"):
        kept(vault, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    page = run_sql(vault, "SELECT rootpage FROM sqlite_master WHERE name = 'journal'")[0][0]
    vault.close()
    assert isinstance(page, int)
    damaged(folder, (page - 1) * 4096 + 800)
    spoiled = opened_or_none(folder)
    if spoiled:
        with pytest.raises(MediatorError):
            kept(spoiled, tmp_path / "out")
        spoiled.close()
    assert list((tmp_path / "out").iterdir()) == []


def opened_or_none(folder: Path) -> Vault | None:
    """The vault, if it opens at all."""
    try:
        return opened(folder)
    except MediatorError:
        return None


@pytest.mark.threat("T25")
def test_a_backup_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorldFailed, match=r"backup\.failed"):
        kept(vault, tmp_path / "file")
    (vault.folder / MAIN).unlink()
    (vault.folder / SPARE).unlink()
    with pytest.raises(Unacceptable, match=r"vault\.none"):
        kept(vault, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    vault.close()


@pytest.mark.threat("T24")
def test_a_backup_killed_half_way_is_made_anew_by_the_next(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    names = (f"mediator-backup-1.{vault.id[:8]}.part", f"mediator-backup-0.{vault.id[:8]}.part")
    strangers = tmp_path / "out" / "mediator-backup-0.00000000.part"
    for left in [*(tmp_path / "out" / name for name in names), strangers]:
        left.mkdir(parents=True)
        (left / DATABASE).write_bytes(b"half")
    assert kept(vault, tmp_path / "out").name == "mediator-backup-1"
    left_over = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert left_over == [strangers.name, "mediator-backup-1"], "another vault may be writing there"
    vault.close()


def test_what_comes_back_is_a_new_desk_that_names_the_old_one_and_starts_with_clean_hands(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault, facts="田埂")
    for name, value in (("seat", "7K"), ("room_short", "缙壶"), ("font", "big")):
        vault.keep_setting(name, value)
    vault.shelf.keep_card(b"card")
    vault.shelf.remember_enrolling(b"request")
    vault.shelf.freeze(Outgoing("ab" * 16, 3, 0, 2, "cd" * 32, b"frozen"))
    vault.shelf.settle(entries=[], cursors={"c": (1, 9)}, receipt=b"receipt", receipt_n=2, drop_outgoing=False)
    run_sql(vault, "INSERT INTO block VALUES ('民调', 2026, '缙壶', 1, 200)")
    source, old, own = kept(vault, tmp_path / "out"), vault.desk, vault.desk_keys
    vault.close()
    before = fingerprint(source)
    back = restored(source, tmp_path / "new")
    assert back.desk != old
    [entry] = back.stream(desk_stream(back.desk))
    keys = {"sign": own.sign_public.hex(), "seal": own.seal_public.hex()}
    assert (entry.kind, entry.n, entry.content()) == ("desk.succeeds", 1, {"old": old, "last": 2} | keys)
    shelf = back.shelf
    assert (shelf.card(), shelf.enrolling(), shelf.outgoing(), shelf.cursors(), shelf.receipts()) == (
        None, None, None, {}, []
    )  # fmt: skip
    assert (back.room.seat, back.room.short, back.setting("font"), back.setting("succeeds")) == ("", "", "big", old)
    numbers: list[str] = []

    def take(inside: Inside) -> Deed:
        numbers.append(inside.take_number("民调"))
        return Deed([draft(CASE, "case.set", {"fields": {"facts": "田埂已复原"}})])

    assert back.search("田埂").total == 1
    back.perform(take)
    assert numbers[0].startswith("临")
    assert check(back, full=True).ok
    back.close()
    opened(tmp_path / "new").close()
    assert fingerprint(source) == before


def test_a_vault_copied_by_hand_after_a_kill_comes_back_with_what_lay_in_its_log(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault, facts="只在日志里")
    shutil.copytree(tmp_path / "v", tmp_path / "copy")
    vault.close()
    assert (tmp_path / "copy" / f"{DATABASE}-wal").stat().st_size > 0
    back = restored(tmp_path / "copy", tmp_path / "new")
    assert back.search("日志里").total == 1
    back.close()


@pytest.mark.threat("T17")
def test_without_the_password_nothing_comes_back_and_nothing_is_left(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    source = kept(vault, tmp_path / "out")
    vault.close()
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        restored(source, tmp_path / "new", OTHER)
    assert not (tmp_path / "new").exists()
    with pytest.raises(RefusedByRule, match=r"vault\.exists"):
        restored(source, tmp_path / "v")
    opened(tmp_path / "v").close()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda source: (source / DATABASE).unlink(), "vault.no_database"),
        (lambda source: [(source / name).unlink() for name in (MAIN, SPARE)], "vault.none"),
        (lambda source: (source / DATABASE).write_bytes(b""), "vault.damaged"),
        (lambda source: os.truncate(source / DATABASE, 8192), "vault.damaged"),
        (lambda source: damaged(source, 600), "vault.wrong_key"),
    ],
)
def test_a_spoiled_backup_is_named_and_leaves_no_vault(
    spoil: Callable[[Path], object], code: str, tmp_path: Path
) -> None:
    vault = a_vault(tmp_path / "v")
    source = kept(vault, tmp_path / "out")
    vault.close()
    spoil(source)
    with pytest.raises(MediatorError) as caught:
        restored(source, tmp_path / "new")
    assert caught.value.code == code
    assert not exists(tmp_path / "new")


@pytest.mark.threat("T24")
def test_a_restore_killed_at_its_last_step_can_be_done_again_in_the_same_folder(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    source = kept(vault, tmp_path / "out")
    vault.close()
    assert killed(partial(restored, source, tmp_path / "new", first=die))
    assert not exists(tmp_path / "new")
    back = restored(source, tmp_path / "new")
    assert check(back, full=True).ok
    back.close()
    assert exists(tmp_path / "new")


def test_a_database_without_a_desk_is_no_backup(tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    vault = opened(folder)
    run_sql(vault, "DELETE FROM setting WHERE name = 'desk'")
    vault.close()
    with pytest.raises(Unacceptable, match=r"vault\.damaged"):
        restored(folder, tmp_path / "new")
    assert not exists(tmp_path / "new")
