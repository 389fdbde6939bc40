"""What the county published counts at the county itself, as at its rooms, from whichever process it was written."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from mediator.core.spans import Span
from mediator.journal.entry import StreamId
from mediator.journal.streams import county_stream
from sync.center import figures, reading, supervising
from sync.center.chain import say
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty, refold_after_update
from sync.center.published import tables_of
from sync.center.supervising import OrderQuery
from sync.center.tables import CASE_ROW, ENTRY
from tests.core.test_published import ROW, YEAR
from tests.sync.center.bundles import reopened
from tests.sync.center.watched import a_matter, on_day, sent
from tests.sync.world import a_laptop

RULE = ROW | {"orders": ["D30", "D31"]}
OLD, NEW = StreamId("ab" * 16), StreamId("cd" * 16)


def put_down(center: Center, name: str, content: object, **members: Any) -> None:
    """An entry of the county, and every case folded by what counts now."""
    body = {"name": name, "version": "2027-1", "valid_from": "2026-03-01", "content": content} | members
    stream = county_stream(center.county)
    center.database.write(lambda scope: say(center, scope, stream, "table.published", body, feeds=["c"]))
    refold_after_update(center)
    assert fold_dirty(center) == 0


def due(center: Center) -> dict[str, str]:
    """The end of each mediation by the list, which the page of the case tells as well."""
    with center.database.reading() as scope:
        rows = scope.rows(select(CASE_ROW.c.case, CASE_ROW.c.due).where(CASE_ROW.c.due_rule == "D03"))
    assert {row.due for row in rows} == {reading.show(center, row.case, who="shen").due for row in rows}
    return {row.case: row.due for row in rows}


@pytest.fixture
def county(center: Center) -> Center:
    """Two matters in mediation, taken in before and after the day from which a new rule counts."""
    desk = a_laptop(Random(1), center, "desk-watched")
    a_matter(desk, OLD, accepted="2026-02-27")
    a_matter(desk, NEW, accepted="2026-03-09")
    on_day(center, date(2026, 3, 27))
    sent(center, desk)
    return center


def test_a_rule_counts_from_its_day_on_in_lists_orders_and_figures(county: Center) -> None:
    assert due(county) == {OLD: "2026-03-27", NEW: "2026-04-09"}
    put_down(county, "deadlines", {"rules": [RULE]})
    assert due(county) == {OLD: "2026-03-27", NEW: "2026-03-30"}
    called = {(each.line.id, str(each.wanted.due)) for each in supervising.proposals(county, OrderQuery())}
    assert {(OLD, "2026-03-27"), (NEW, "2026-03-30")} <= called
    span = Span(date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 27))
    assert {each.case: str(each.due_on) for each in figures.facts(county, span)} == due(county)
    assert supervising.issue(county, [(NEW, each) for each in ids(county, NEW)], who="shen") >= 1
    assert check(county).findings == ()


def ids(county: Center, case: str) -> list[str]:
    """What ought to be issued in a case."""
    return [each.wanted.id for each in supervising.proposals(county, OrderQuery()) if each.line.id == case]


def test_a_year_that_another_process_wrote_counts_at_the_next_question(county: Center) -> None:
    other = reopened(county)
    assert tables_of(county).calendar.covers(2027) is False
    put_down(other, "calendar", YEAR)
    other.database.close()
    assert tables_of(county).calendar.covers(2027) is True
    assert tables_of(county) is tables_of(county), "read once"


def test_a_changed_row_counts_for_nothing_and_the_check_tells_of_it(county: Center) -> None:
    put_down(county, "deadlines", {"rules": [RULE]})
    spoil = update(ENTRY).where(ENTRY.c.kind == "table.published").values(sealed=b"\0" * 50)
    county.database.write(lambda scope: scope.change(spoil))
    later = reopened(county)
    assert len(tables_of(later).rules) == 1
    later.database.close()
    assert any(each.startswith("column.sealed") for each in check(county).findings)


def test_what_a_laptop_writes_as_a_table_changes_no_day(county: Center) -> None:
    desk = a_laptop(Random(2), county, "desk-odd")
    body: dict[str, object] = {"name": "calendar", "version": "1", "valid_from": "2026-03-01", "content": YEAR}
    desk.writer.write(county_stream(county.county), "table.published", body)
    sent(county, desk)
    assert tables_of(county).calendar.covers(2027) is False
