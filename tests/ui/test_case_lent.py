"""What stands above a case that more than one room has, or that this room has no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.journal.entry import StreamId
from mediator.ui.pages.case_sight import look, standing_words
from tests.casework.desks import a_desk, a_signed_case
from tests.casework.test_lending import GRANT, ROOM
from tests.journal.list_journal import Writer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A room with a signed case."""
    made = a_desk(tmp_path / "room")
    yield made
    opening.lock(made)


def test_the_page_says_whose_a_case_is_and_what_may_be_done(desk: Desk) -> None:
    case, county = a_signed_case(desk), Writer("county")

    def above() -> str:
        return standing_words(look(desk, CaseId(case), traced=False))

    def told(kind: str, body: dict[str, object]) -> None:
        county.journal.absorb(desk.vault.stream(StreamId(case)))
        desk.vault.absorb([county.write(StreamId(case), kind, body)])

    assert above() == ""
    told("case.granted", GRANT)
    assert above() == "县中心已经把这个案件转给东渡镇办理，两边都能看、能写。"
    desk.vault.keep_setting("room_short", ROOM)
    assert above().startswith("这是别的乡镇的案件，县中心转给本室办理。")
    told("case.released", {"room": ROOM, "desks": [desk.vault.desk]})
    assert above().startswith("县中心已经把这个案件收回，本室只能看，不能改；已有的内容不会删除")
