"""A matter handed from room to room: what this room may still do, and where it counts (row 53)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mediator.casework import (
    conflicts,
    forms,
    hearing,
    intake,
    lending,
    opening,
    performance,
    printing,
    reopening,
    supervising,
)
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule
from mediator.journal.entry import StreamId
from mediator.store import figures
from mediator.store.listing import RowQuery
from tests.casework.desks import a_desk, a_signed_case, a_workshop, case_of
from tests.journal.list_journal import Writer

ROOM = "缙东"
GRANT: dict[str, object] = {
    "room": ROOM, "township": "331122102", "name": "东渡镇", "owner": "331122101", "reason": "三调联动",
}  # fmt: skip


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Desk]:
    """The room that the county lends to, with nothing of its own."""
    made = a_desk(tmp_path / "away", workshop=a_workshop(seed=9))
    made.vault.keep_setting("room_short", ROOM)
    yield made
    opening.lock(made)


@pytest.fixture
def county() -> Writer:
    """Whose word it is."""
    return Writer("county")


def carry(source: Desk, county: Writer, target: Desk, case: CaseId) -> None:
    """All that one side and the county hold of a case goes to the other."""
    county.journal.absorb(source.vault.stream(StreamId(case)))
    target.vault.absorb(list(county.journal.stream(StreamId(case))))


@pytest.fixture
def lent(desk: Desk, away: Desk, county: Writer) -> CaseId:
    """A signed case of this room, which the other one has now."""
    case = a_signed_case(desk)
    county.journal.absorb(desk.vault.stream(StreamId(case)))
    county.write(StreamId(case), "case.granted", GRANT)
    carry(desk, county, away, case)
    return case


def take_back(county: Writer, away: Desk, case: CaseId) -> None:
    """The county's word arrives."""
    county.journal.absorb(away.vault.stream(StreamId(case)))
    county.write(StreamId(case), "case.released", {"room": ROOM, "desks": [away.vault.desk]})
    away.vault.absorb(list(county.journal.stream(StreamId(case))))


def days_ahead(desk: Desk) -> int:
    """Deadlines and dates that the workbench may call."""
    asked = "SELECT (SELECT count(*) FROM deadline_row) + (SELECT count(*) FROM agenda_row)"
    return int(desk.vault.on_thread(lambda ledger: ledger.connection.execute(asked).fetchone()[0]))


def counted(desk: Desk) -> int:
    """Cases that any span of the statistics may find."""
    asked = "SELECT count(*) FROM fact_row WHERE first <= '2999' AND last >= '1900'"
    figures.work_orders(desk.vault)
    return int(desk.vault.on_thread(lambda ledger: ledger.connection.execute(asked).fetchone()[0]))


def test_a_lent_case_is_worked_on_here_and_counted_where_it_is_registered(
    desk: Desk, away: Desk, county: Writer, lent: CaseId
) -> None:
    opened = away.vault.case(lent)
    where = lending.whereabouts(away, opened)
    assert (where.here and where.here.open, where.out, where.afterwards) == (True, (), 0)
    assert hearing.open_hearing(away, lent, HearingForm(place="东渡镇"))
    assert days_ahead(away) > 0
    assert (counted(away), counted(desk)) == (0, 1)
    carry(away, county, desk, lent)
    home = lending.whereabouts(desk, desk.vault.case(lent))
    assert (home.here, [each.name for each in home.out]) == (None, ["东渡镇"])


Deed = Callable[[Desk, CaseId, Path], object]
DEEDS: list[Deed] = [
    lambda desk, case, out: hearing.open_hearing(desk, case, HearingForm(place="村委会")),
    lambda desk, case, out: forms.fill(desk, case, desk.vault.case(case).seen, kind="closing", values={}),
    lambda desk, case, out: conflicts.choose(desk, case, "case", "facts", value="甲", reason="核实"),
    lambda desk, case, out: printing.make(desk, case, ["sheet"], formats=("docx",), out=out, draft=False),
    lambda desk, case, out: intake.accept(desk, case),
    lambda desk, case, out: reopening.reopen_as_new(desk, case, reason="再调", approved_by="主任"),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_taken_back_is_looked_at_and_written_no_more(
    away: Desk, county: Writer, lent: CaseId, tmp_path: Path, deed: Deed
) -> None:
    take_back(county, away, lent)
    before = len(away.vault.stream(StreamId(lent)))
    with pytest.raises(RefusedByRule) as refused:
        deed(away, lent, tmp_path)
    assert refused.value.code == "case.released"
    assert sentence(refused.value).startswith("县中心已经把这个案件收回，本室不再办理，只能查看。")
    assert len(away.vault.stream(StreamId(lent))) == before
    assert case_of(away, lent).hearings, "nothing is erased"
    assert performance.sight_of(away, lent)


def test_nothing_of_what_was_taken_back_calls_this_room(away: Desk, county: Writer, lent: CaseId) -> None:
    take_back(county, away, lent)
    assert days_ahead(away) == 0
    assert away.vault.under_order() == ()
    assert supervising.tend(away, lent) == 0
    assert [row.id for row in away.vault.rows(RowQuery())] == [lent], "it stays in the list"


def test_a_sitting_under_way_is_written_to_its_end_and_told_apart(
    desk: Desk, away: Desk, county: Writer, lent: CaseId
) -> None:
    sitting = hearing.open_hearing(away, lent, HearingForm(place="东渡镇"))
    take_back(county, away, lent)
    hearing.record_turn(away, lent, sitting, speaker="王某", text="我同意。")
    hearing.close_hearing(away, lent, sitting)
    where = lending.whereabouts(away, away.vault.case(lent))
    assert (where.here and where.here.open, where.afterwards) == (False, 2)
    carry(away, county, desk, lent)
    assert lending.whereabouts(desk, desk.vault.case(lent)).afterwards == 2
    with pytest.raises(RefusedByRule, match=r"case\.released"):
        intake.accept(away, lent)


def test_lent_again_it_may_be_written_again(away: Desk, county: Writer, lent: CaseId) -> None:
    take_back(county, away, lent)
    county.write(StreamId(lent), "case.granted", GRANT)
    away.vault.absorb(list(county.journal.stream(StreamId(lent))))
    assert hearing.open_hearing(away, lent, HearingForm(place="东渡镇"))
    assert days_ahead(away) > 0


def test_the_countys_word_on_whose_it_is_does_not_end_the_rooms_own_watch(desk: Desk, county: Writer) -> None:
    case = a_signed_case(desk)
    county.journal.absorb(desk.vault.stream(StreamId(case)))
    desk.vault.absorb([county.write(StreamId(case), "case.granted", GRANT)])
    assert supervising.at_work(desk, desk.vault.case(case).entries)
