"""With a lawful erasure the pieces of recordings and scans go too, here and at the county, and nobody asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import erasing, exchange, opening
from mediator.core.erasures import ErasureGround
from mediator.store.tapes import tape_path
from sync.center.checking import check
from sync.center.folding import fold_dirty
from tests.casework.desks import PASSWORD
from tests.sync.center.test_pieces import held
from tests.sync.center.traveling import a_county, a_room, a_scan, a_tape, line_to

OTHER = "石桥下的流水 77 声"


@pytest.mark.threat("T68")
def test_pieces_of_what_was_erased_are_dropped_at_both_ends_and_offered_no_more(tmp_path: Path) -> None:
    center = a_county(tmp_path / "county")
    assert center.pieces is not None
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
        case, recording = a_tape(desk)
        scan = a_scan(desk, case, tmp_path)
        exchange.by_network(desk)
        assert len(held(center)) == 2
        second, ground = ("wang", OTHER), ErasureGround.PERIOD_OVER
        assert erasing.erase_recordings(desk, [(case, recording)], ground=ground, second=second) == 1
        attached = next(each for each in desk.vault.case(case).entries if each.kind == "evidence.attached")
        erasing.erase(desk, case, [str(attached.content()["id"])], ground=ground, second=second)
        assert (tape_path(desk.vault.folder, recording).exists(), desk.vault.paper(scan)) == (False, None)
        for _ in range(2):
            done = exchange.by_network(desk)
            assert (done.code, done.damaged, done.files.waiting) == ("", (), 0)
    fold_dirty(center)
    assert held(center) == {}
    assert list(center.pieces.names()) == []
    assert check(center).findings == ()
    assert opening.check(desk, full=True).ok
    desk.vault.close()
    center.database.close()
