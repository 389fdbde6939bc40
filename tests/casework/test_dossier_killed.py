"""The power goes while a dossier is bound: no half file under its name, no entry, and the next start clears up."""

from __future__ import annotations

import multiprocessing
from functools import partial
from pathlib import Path

import pytest

from mediator.casework import dossier, due_papers, opening
from mediator.casework.watching import Watch
from mediator.core.records import CaseId
from tests.casework.desks import PASSWORD, a_desk, a_signed_case, a_workshop, case_of
from tests.store.killing import die, killed


def bind_until(step: int, vault: Path, case_id: CaseId, *, out: Path) -> None:
    """Bind, and die when so many items are in."""
    desk = opening.unlock(a_workshop(), vault, None, PASSWORD)
    watch = Watch(lambda done, _total: die() if done == step else None)
    dossier.file(desk, case_id, out=out, watch=watch)


@pytest.mark.threat("T12")
@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="kills need a fork server")
@pytest.mark.parametrize("step", [0, 3, 7])
def test_a_kill_leaves_no_half_dossier(tmp_path: Path, step: int) -> None:
    vault, out = tmp_path / "vault", tmp_path / "out"
    desk = a_desk(vault)
    case_id = a_signed_case(desk)
    due_papers.make_due(desk, case_id, formats=("pdf",), out=tmp_path / "papers")
    opening.lock(desk)
    assert killed(partial(bind_until, step, vault, case_id, out=out))
    assert [path.name for path in out.iterdir() if not path.name.endswith(".part")] == []
    again = opening.unlock(a_workshop(), vault, None, PASSWORD)
    assert list(out.iterdir()) == []
    assert case_of(again, case_id).filings == ()
    dossier.file(again, case_id, out=out)
    assert len(list(out.iterdir())) == 2
    opening.lock(again)
