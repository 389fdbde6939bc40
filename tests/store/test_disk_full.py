"""A full disk: what was acknowledged stays, reading goes on, the error has its name, and room again is enough."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.crypto.passwords import LIGHT_FOR_TESTS
from mediator.errors import WorldFailed
from mediator.store import keydeeds
from mediator.store.backups import backup
from mediator.store.beginning import DATABASE, exists
from mediator.store.checking import check
from mediator.store.vault import Vault
from tests.store.vaults import OTHER, PASSWORD, a_case, a_vault, closed, opened, run_sql

pytestmark = pytest.mark.threat("T25")
WORDS = "满满的一页事实" * 200


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file may grow beyond this: what a full disk does to SQLCipher, for this process alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


def fill(vault: Vault, start: int) -> list[CaseId]:
    """Cases until there is no room; those that were acknowledged."""
    kept: list[CaseId] = []
    with pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        kept.extend(a_case(vault, CaseId(f"{n:032x}"), facts=f"{n}{WORDS}") for n in range(start, start + 400))
    return kept


@pytest.mark.parametrize("more", range(0, 120_000, 7_411))
def test_nothing_acknowledged_is_lost_wherever_the_disk_is_full(more: int, tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    log = (tmp_path / "v" / f"{DATABASE}-wal").stat().st_size
    with at_most(log + more):
        kept = fill(vault, 1)
        for case in kept:
            assert vault.case(case).case.facts.endswith(WORDS)
        with pytest.raises(WorldFailed, match=r"vault\.disk_full"):
            a_case(vault, CaseId("ff" * 16), facts=WORDS * 9)
        assert vault.case(CaseId("ff" * 16)).entries == ()
        assert vault.entry_count() == len(kept) + 1
    kept.append(a_case(vault, CaseId("fe" * 16), facts="有地方了"))
    assert check(vault, full=True).ok
    vault.close()
    again = opened(tmp_path / "v")
    assert again.entry_count() == len(kept) + 1
    assert all(again.case(case).case.title == "借款" for case in kept)
    assert check(again, full=True).ok
    again.close()


@pytest.mark.parametrize("size", [0, 100, 4096, 40_000])
def test_a_vault_closes_on_a_full_disk_and_opens_again_with_all_it_had(size: int, tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    kept = [a_case(vault, CaseId(f"{number:032x}"), facts=WORDS) for number in range(1, 9)]
    with at_most(size):
        vault.close()
    again = opened(tmp_path / "v")
    assert [again.case(case).case.facts for case in kept] == [WORDS] * 8
    assert check(again, full=True).ok
    again.close()


@pytest.mark.parametrize("size", [0, 64, 600])
def test_a_password_change_on_a_full_disk_leaves_the_old_one(size: int, tmp_path: Path) -> None:
    folder = closed(tmp_path / "v")
    with at_most(size), pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        keydeeds.change_password(folder, login=None, old=PASSWORD, new=OTHER, policy=LIGHT_FOR_TESTS)
    assert not list(folder.glob("*.part"))
    opened(folder).close()


@pytest.mark.parametrize("size", [0, 4096, 50_000, 100_000])
def test_a_backup_on_a_full_disk_fails_by_name_and_leaves_nothing(size: int, tmp_path: Path) -> None:
    vault = opened(closed(tmp_path / "v"))
    run_sql(vault, "PRAGMA wal_checkpoint(TRUNCATE)")
    with at_most(size), pytest.raises(WorldFailed, match=r"backup\.failed"):
        backup(vault, tmp_path / "out", stamp="1", policy=LIGHT_FOR_TESTS)
    assert list((tmp_path / "out").iterdir()) == []
    assert backup(vault, tmp_path / "out", stamp="1", policy=LIGHT_FOR_TESTS).verified
    vault.close()


@pytest.mark.parametrize("size", [0, 300, 4096, 50_000])
def test_a_first_run_on_a_full_disk_makes_no_vault_and_can_be_done_again(size: int, tmp_path: Path) -> None:
    with at_most(size), pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        a_vault(tmp_path / "v")
    assert not exists(tmp_path / "v")
    a_vault(tmp_path / "v").close()
    opened(tmp_path / "v").close()
