"""The power fails while a backup is brought back: there is the whole vault of a new desk, or none.

A vault that opened under its old desk would write numbers that the old laptop writes too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mediator.casework import opening, reading
from mediator.casework.reading import RowQuery
from tests.casework.desks import PASSWORD, a_desk, a_document, a_hearing, a_workshop, taken_in
from tests.durability.cuts import Traced, losses, trace

USUAL, FULL = 15, 200


@dataclass(frozen=True)
class Restore:
    """A traced restore, its backup, and the desk that made it."""

    traced: Traced
    source: Path
    old: str

    def judge(self, said: int, vault: Path) -> None:
        """A vault is there once it was told; whatever is there is whole and belongs to a new desk."""
        held = opening.vault_exists(vault)
        assert held or not said
        desk = (
            opening.unlock(a_workshop(seed=12), vault, None, PASSWORD)
            if held
            else opening.restore(a_workshop(seed=12), self.source, vault, login=None, password=PASSWORD)
        )
        try:
            assert desk.vault.desk != self.old
            assert desk.vault.setting("succeeds") == self.old
            assert opening.check(desk, full=True).ok
            assert reading.count(desk, RowQuery()) == 1
        finally:
            opening.lock(desk)


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Restore:
    folder = tmp_path_factory.mktemp("restore")
    desk = a_desk(folder / "old")
    taken_in(desk, a_document(hearings=[a_hearing()]))
    source = opening.backup(desk, folder / "backup").folder
    opening.lock(desk)
    (folder / "vault").mkdir()
    return Restore(trace("tests.durability.restoring", folder / "vault", str(source)), source, desk.vault.desk)


@pytest.mark.threat("T21")
@pytest.mark.threat("T24")
@pytest.mark.parametrize("count", [pytest.param(USUAL), pytest.param(FULL, marks=pytest.mark.full)])
def test_a_power_cut_in_a_restore_leaves_a_new_desk_or_no_vault(restored: Restore, tmp_path: Path, count: int) -> None:
    cuts = restored.traced.anywhere(count, seed=24)
    assert losses(restored.traced, cuts, tmp_path / "cut", seed=count, judge=restored.judge) == []
