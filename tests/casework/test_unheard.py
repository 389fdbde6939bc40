"""A backup that came back is opened by hearing the county, by a head's reason, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import erasing, exchange, opening, unheard
from mediator.casework.desk import Workshop
from mediator.errors import NoAccess, RefusedByRule
from sync.center.enrollment import make_code
from tests.casework.desks import PASSWORD, a_workshop, case_of, with_the_real_road
from tests.casework.test_erasing import GROUND, OTHER, SECOND, a_case
from tests.sync.center.real import TOWNSHIP
from tests.sync.center.traveling import a_county, a_room, line_to


def restored(workshop: Workshop, backup: Path, place: Path) -> None:
    """A backup brought back and locked."""
    opening.lock(opening.restore(workshop, backup, place, login="li", password=PASSWORD))


@pytest.mark.threat("T68")
def test_joining_and_taking_the_list_opens_it_without_what_was_erased(tmp_path: Path) -> None:
    center = a_county(tmp_path / "county")
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
        case, party = a_case(desk)
        exchange.by_network(desk)
        backup = opening.backup(desk, tmp_path / "backup").folder
        erasing.erase(desk, case, [party], ground=GROUND, second=SECOND)
        exchange.by_network(desk)
        opening.lock(desk)
        workshop, place = with_the_real_road(a_workshop(seed=9)), tmp_path / "again"
        restored(workshop, backup, place)
        with pytest.raises(NoAccess):
            unheard.enter(workshop, place, "li", PASSWORD, way=unheard.by_network(url, "WRONG-CODE"))
        code = make_code(center, TOWNSHIP).text
        again = unheard.enter(workshop, place, "li", PASSWORD, way=unheard.by_network(url, code))
        assert case_of(again, case).parties == ()
        assert unheard.restored(again) is again
        opening.lock(again)
    center.database.close()


@pytest.mark.threat("T68")
def test_a_head_gives_a_reason_and_a_road_that_brings_nothing_leaves_it_shut(tmp_path: Path) -> None:
    center = a_county(tmp_path / "county")
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        case, _ = a_case(desk)
        backup = opening.backup(desk, tmp_path / "backup").folder
        opening.lock(desk)
    workshop, place = with_the_real_road(a_workshop(seed=9)), tmp_path / "again"
    back = opening.restore(workshop, backup, place, login="li", password=PASSWORD)
    with pytest.raises(NoAccess, match=r"vault\.erasure_list"):
        unheard.restored(back)
    for way, error in ((unheard.without(""), RefusedByRule), (lambda _desk: None, NoAccess)):
        with pytest.raises(error):
            unheard.enter(workshop, place, "li", PASSWORD, way=way)
    opened = unheard.enter(replace(workshop, exchange=None), place, "li", PASSWORD, way=unheard.without("县里停用了"))
    assert len(case_of(opened, case).parties) == 1
    opening.lock(opened)
    center.database.close()
