"""Tables of the county in a vault: they come with an exchange like all entries, count at once, and stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from mediator.core.deadlines import deadlines_of
from mediator.journal.entry import Entry
from mediator.journal.streams import county_stream
from mediator.store.checking import check
from mediator.store.vault import Vault
from tests.core.test_published import ROW, YEAR
from tests.journal.list_journal import Writer
from tests.store.vaults import CASE, a_case, a_vault, draft, opened, run_sql

COUNTY = county_stream("331122")


def published(center: Writer, name: str, content: object, **members: Any) -> Entry:
    """A table as the center writes it."""
    body = {"name": name, "version": "2027-1", "valid_from": "2026-03-01", "content": content} | members
    return center.write(COUNTY, "table.published", body)


def accepted(vault: Vault, on: str) -> None:
    """A case taken in on a day."""
    a_case(vault, accepted_on=on)
    vault.append([draft(CASE, "case.moved", {"to": "accepted", "from": "registered"})])


def due(vault: Vault, rule: str = "D03") -> list[str]:
    """The last day in the rows of the vault, and as it is counted from the record."""
    kept = [str(row[0]) for row in run_sql(vault, "SELECT due FROM deadline_row WHERE rule = ?", rule)]
    tables = vault.tables
    found = deadlines_of(vault.case(CASE).case, today=vault.today(), calendar=tables.calendar, rules=tables.rules)
    assert kept == [each.due.isoformat() for each in found if each.rule == rule]
    return kept


def test_a_published_year_moves_the_days_that_touch_it_and_no_others(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault, "2026-12-03")
    assert due(vault) == ["2027-01-04"]  # 3 January 2027 is a Sunday for all anybody knows
    before = run_sql(vault, "SELECT updated FROM case_row")
    vault.absorb([published(Writer("center"), "calendar", YEAR)])
    assert due(vault) == ["2027-01-03"]
    assert vault.calendar.covers(2027)
    assert run_sql(vault, "SELECT next_due FROM case_row") == [("2026-12-10",)]
    assert run_sql(vault, "SELECT updated FROM case_row") == before
    assert check(vault, full=True).ok
    vault.close()


def test_what_the_laptop_was_given_it_keeps(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault, "2026-03-09")
    vault.absorb([published(Writer("center"), "deadlines", {"rules": [ROW]})])
    assert due(vault) == ["2026-03-30"]  # twenty days to Sunday the 29th
    vault.close()
    again = opened(tmp_path / "v")
    assert due(again) == ["2026-03-30"]
    assert [each.valid_from.isoformat() for each in again.tables.rules] == ["2000-01-01", "2026-03-01"]
    again.close()


def test_what_started_before_the_day_of_a_rule_keeps_the_older_one(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault, "2026-02-27")
    vault.absorb([published(Writer("center"), "deadlines", {"rules": [ROW]})])
    assert due(vault) == ["2026-03-27"]
    vault.close()


def test_a_table_nobody_can_read_changes_no_day_and_is_told(tmp_path: Path) -> None:
    vault, center = a_vault(tmp_path / "v"), Writer("center")
    accepted(vault, "2026-03-09")
    before = due(vault)
    bad = published(center, "deadlines", {"rules": [ROW | {"unit": "weeks"}]})
    vault.absorb([bad, published(center, "calendar", {"years": 1})])
    assert due(vault) == before
    assert [each.where for each in vault.tables.refused] == ["rules.0.unit", "years"]
    vault.close()


def test_a_body_that_is_none_and_a_table_of_another_county_count_for_nothing(tmp_path: Path) -> None:
    vault, center = a_vault(tmp_path / "v"), Writer("center")
    body: dict[str, object] = {"name": "calendar", "version": "1", "valid_from": "2026-03-01", "content": YEAR}
    vault.absorb([
        center.write(county_stream("331121"), "table.published", body),
        center.write(COUNTY, "table.published", body | {"valid_from": "tomorrow"}),
    ])  # fmt: skip
    assert not vault.calendar.covers(2027)
    vault.close()


def test_an_exchange_that_fails_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault, "2026-12-03")
    run_sql(
        vault,
        "CREATE TRIGGER no_room BEFORE INSERT ON setting WHEN NEW.name = 'deadlines_counted_by'"
        " BEGIN SELECT RAISE(ABORT, 'no room'); END",
    )
    with pytest.raises(IntegrityError, match="no room"):
        vault.absorb([published(Writer("center"), "calendar", YEAR)])
    assert not vault.calendar.covers(2027)
    assert due(vault) == ["2027-01-04"]
    vault.close()


def test_rows_folded_under_other_tables_are_counted_again_once(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault, "2026-03-09")
    run_sql(vault, "UPDATE deadline_row SET due = '2026-05-01'")
    vault.close()
    same = opened(tmp_path / "v")  # the mark is the same: nothing is counted, nothing is slow
    assert run_sql(same, "SELECT DISTINCT due FROM deadline_row") == [("2026-05-01",)]
    run_sql(same, "UPDATE setting SET value = 'older' WHERE name = 'deadlines_counted_by'")
    same.close()
    other = opened(tmp_path / "v")
    assert due(other) == [date(2026, 4, 9).isoformat()]
    other.close()
