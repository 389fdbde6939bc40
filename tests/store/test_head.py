"""The head: an older vault, a vault without its log, another vault's past are named; an honest one never is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mediator.crypto.tree import VaultKeys
from mediator.errors import Unacceptable
from mediator.store.beginning import DATABASE
from mediator.store.checking import check
from mediator.store.head import NAME, SIZE, check_head, head_bytes, touch_head, write_head
from tests.store.killing import die, killed
from tests.store.vaults import CASE, a_case, a_vault, closed, copied, draft, fingerprint, opened

KEYS = VaultKeys(bytes(range(32)), vault_id="00" * 16)
CHAIN = {1: "aa" * 32, 2: "bb" * 32}
WAL = f"{DATABASE}-wal"


def test_a_note_has_one_length_whatever_it_says() -> None:
    lengths = {len(head_bytes((n, "f" * 64), KEYS)) for n in (0, 9, 10**15, (1 << 53) - 1)}
    assert lengths == {SIZE}


def test_a_note_of_an_earlier_program_is_still_read(tmp_path: Path) -> None:
    mac = KEYS.mac(f"2:{CHAIN[2]}".encode()).hex()
    (tmp_path / NAME).write_bytes(json.dumps({"n": 2, "hash": CHAIN[2], "mac": mac}).encode())
    assert check_head(tmp_path, CHAIN.get, KEYS)
    touch_head(tmp_path, KEYS, (1, CHAIN[1]))
    assert check_head(tmp_path, CHAIN.get, KEYS)


@pytest.mark.threat("T18")
@pytest.mark.parametrize("top", [(3, "cc" * 32), (2, "cc" * 32), (1, "bb" * 32)])
def test_a_journal_without_the_noted_entry_is_older_or_another(top: tuple[int, str], tmp_path: Path) -> None:
    write_head(tmp_path, top, KEYS)
    with pytest.raises(Unacceptable, match=r"vault\.older"):
        check_head(tmp_path, CHAIN.get, KEYS)


@pytest.mark.parametrize("top", [(0, "0" * 64), (1, CHAIN[1]), (2, CHAIN[2])])
def test_a_journal_that_has_the_noted_entry_is_fine(top: tuple[int, str], tmp_path: Path) -> None:
    write_head(tmp_path, top, KEYS)
    assert check_head(tmp_path, CHAIN.get, KEYS)


@pytest.mark.parametrize(
    "note",
    [
        None, b"", b"{", b"[]", b"7", b'{"n": 1}', b'{"n": "x", "hash": "", "mac": ""}', b"\xff\xfe",
        b'{"n": 1, "hash": "aa", "mac": "00"}', '{"n": 1, "hash": "aa", "mac": "é"}'.encode(),
        b'{"n": null, "hash": null, "mac": null}',
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_read_is_a_warning_and_no_accusation(note: bytes | None, tmp_path: Path) -> None:
    if note is not None:
        (tmp_path / NAME).write_bytes(note)
    assert not check_head(tmp_path, CHAIN.get, KEYS)


def test_a_note_that_cannot_be_renewed_stops_nobody(tmp_path: Path) -> None:
    touch_head(tmp_path, KEYS, (1, CHAIN[1]))
    assert not (tmp_path / NAME).exists()


@pytest.mark.threat("T18")
@pytest.mark.parametrize("later", [1, 3])
def test_yesterdays_copy_in_todays_place_is_refused_and_left_alone(later: int, tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    yesterday = (folder / DATABASE).read_bytes()
    vault = opened(folder)
    for number in range(later):
        vault.append([draft(CASE, "case.opened", {"fields": {"title": f"今天{number}"}})])
    vault.close()
    (folder / DATABASE).write_bytes(yesterday)
    before = fingerprint(folder)
    with pytest.raises(Unacceptable, match=r"vault\.older"):
        opened(folder)
    assert fingerprint(folder) == before


def test_a_vault_without_its_note_opens_the_check_says_so_and_the_note_is_back(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    (folder / NAME).unlink()
    vault = opened(folder)
    report = check(vault, full=False)
    assert (report.ok, [each.code for each in report.findings]) == (False, ["check.head"])
    vault.close()
    vault = opened(folder)
    assert check(vault, full=True).ok
    vault.close()


def save_and_die(folder: Path, entries: int) -> None:
    """Save so many entries, which then lie in the log alone."""
    vault = opened(folder) if folder.exists() else a_vault(folder)
    for number in range(entries):
        a_case(vault, CASE, facts=f"第{number}次")
    die()


def killed_with_a_log(folder: Path, entries: int) -> None:
    """A process that was killed after so many entries."""
    assert killed(partial(save_and_die, folder, entries))


def gone(log: Path) -> None:
    log.unlink()


def half(log: Path) -> None:
    os.truncate(log, log.stat().st_size // 2)


def less_by_a_frame(log: Path) -> None:
    os.truncate(log, log.stat().st_size - 100)


def emptied(log: Path) -> None:
    os.truncate(log, 0)


def zeroed(log: Path) -> None:
    log.write_bytes(bytes(log.stat().st_size))


@pytest.mark.threat("T29")
@pytest.mark.parametrize("spoil", [gone, half, less_by_a_frame, emptied, zeroed])
@pytest.mark.parametrize("entries", [1, 7])
def test_a_log_cleaned_away_or_cut_after_a_kill_is_always_missed(
    spoil: Callable[[Path], None], entries: int, tmp_path: Path
) -> None:
    folder = closed(tmp_path / "vault")
    killed_with_a_log(folder, entries)
    whole = copied(folder, tmp_path / "whole")
    spoil(folder / WAL)
    with pytest.raises(Unacceptable, match=r"vault\.older"):
        opened(folder)
    shutil.copyfile(whole / WAL, folder / WAL)
    vault = opened(folder)
    assert vault.entry_count() == 2 + entries
    assert check(vault, full=True).ok
    vault.close()


@pytest.mark.threat("T29")
def test_a_killed_vault_whose_log_is_there_is_never_accused(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    for turn in range(4):
        killed_with_a_log(folder, turn)
    vault = opened(folder)
    assert vault.entry_count() == 1 + 6
    assert check(vault, full=True).ok
    vault.close()
