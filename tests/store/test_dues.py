"""What is near or late: rows folded with every change, one question to an index, nothing written when a day passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mediator.core.deadlines import DeadlineState
from mediator.core.records import CaseId
from mediator.store import dues
from mediator.store.appending import Ledger
from mediator.store.checking import check
from mediator.store.dues import DueRow
from mediator.store.vault import Vault
from tests.store.vaults import CASE, a_case, a_vault, draft, opened, run_sql

EVENT = "0e" * 16


def called(vault: Vault, day: str, limit: int = 100) -> tuple[DueRow, ...]:
    """What is near or late on a day."""
    return vault.on_thread(lambda ledger: dues.called(ledger.connection, date.fromisoformat(day), limit))


def named(vault: Vault, day: str) -> list[tuple[str, str, str]]:
    """Rule, last day and state of each."""
    today = date.fromisoformat(day)
    return [(each.rule, each.due.isoformat(), each.state(today).value) for each in called(vault, day)]


def accepted(vault: Vault, case: CaseId = CASE, on: str = "2026-03-02", **fields: Any) -> None:
    """A case taken in on a day."""
    a_case(vault, case, accepted_on=on, **fields)
    vault.append([draft(case, "case.moved", {"to": "accepted", "from": "registered"})])


def record(vault: Vault, word: str, on: str, case: CaseId = CASE, key: str = EVENT) -> None:
    """A recorded event."""
    vault.append([draft(case, "event.recorded", {"id": key, "fields": {"event": word, "on": on}})])


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-03-06", []),
        ("2026-03-07", [("D02", "2026-03-09", "near")]),
        ("2026-03-10", [("D02", "2026-03-09", "overdue")]),
        ("2026-03-26", [("D02", "2026-03-09", "overdue"), ("D03", "2026-04-02", "near")]),
        ("2027-03-26", [("D02", "2026-03-09", "overdue"), ("D03", "2026-04-02", "overdue")]),
    ],
)
def test_what_is_near_or_late_depends_on_the_day_and_nothing_is_written_for_it(
    tmp_path: Path, day: str, found: list[tuple[str, str, str]]
) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault)
    before = run_sql(vault, "SELECT * FROM deadline_row ORDER BY rule"), run_sql(vault, "SELECT total_changes()")
    assert named(vault, day) == found
    assert (
        run_sql(vault, "SELECT * FROM deadline_row ORDER BY rule"),
        run_sql(vault, "SELECT total_changes()"),
    ) == before
    vault.close()


def test_a_row_names_its_case_and_goes_when_its_deadline_is_over(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault)
    (row,) = called(vault, "2026-03-08")
    assert (row.case, row.title, row.label, row.amber_on) == (CASE, "借款", "首次调解", date(2026, 3, 7))
    record(vault, "heard", "2026-03-05")
    assert named(vault, "2026-03-10") == []
    vault.append([draft(CASE, "event.voided", {"id": EVENT})])
    assert named(vault, "2026-03-10") == [("D02", "2026-03-09", "overdue")]
    vault.close()


def test_a_right_is_called_before_its_day_and_in_no_list_after_it(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault, kind="petition")
    record(vault, "decided", "2026-03-09", key="0d" * 16)
    record(vault, "delivered", "2026-03-05")
    assert named(vault, "2026-04-01") == []
    assert named(vault, "2026-04-07") == [("D13", "2026-04-07", "near")]
    assert named(vault, "2026-04-08") == []
    vault.close()


def test_a_stopped_period_is_in_no_list_until_it_runs_again(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    a_case(vault, kind="petition")
    record(vault, "accepted", "2026-03-05")
    assert named(vault, "2026-05-06") == [("D11", "2026-05-06", "near")]
    for key, step, day in (("01", "paused", "2026-03-20"), ("02", "resumed", "2026-03-30")):
        fields = {"rule": "D11", "step": step, "on": day, "approved_by": "王主任", "reason": "听证"}
        vault.append([draft(CASE, "period.changed", {"id": key * 16, "fields": fields})])
        assert named(vault, "2026-05-06") == ([] if step == "paused" else [("D11", "2026-05-14", "near")])
    vault.close()


def test_the_hour_of_a_blue_order_is_kept(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    moment = 1772697600000  # 5 March 2026, 16:00 in Beijing
    a_case(vault, kind="work_order", category="blue", arrived_at=moment)
    (row,) = called(vault, "2026-03-06")
    assert row.due_at is not None
    assert (row.rule, row.due_at.isoformat()) == ("D20", "2026-03-06T11:00:00+08:00")
    assert row.state(date(2026, 3, 7)) is DeadlineState.OVERDUE
    vault.close()


def test_one_question_looks_at_no_other_rows_than_it_shows(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")

    def plan(ledger: Ledger) -> str:
        asked = dues.CALLED.format(names="d.rule", only="")
        rows = ledger.connection.execute(f"EXPLAIN QUERY PLAN {asked}", {"today": "2026-03-05", "limit": 9})
        return " ".join(row[3] for row in rows)

    told = vault.on_thread(plan)
    assert told.count("USING INDEX deadline_row_due") == 2
    assert "SCAN deadline_row" not in told
    assert told.count("TEMP B-TREE") == 1  # for the few that are shown
    vault.close()


def test_soonest_first_over_many_cases_and_no_more_than_asked(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    for number in range(1, 6):
        accepted(vault, CaseId(f"{number:032x}"), on=f"2026-03-{20 - number:02}")
    found = called(vault, "2026-06-01", 7)
    assert [each.due for each in found] == sorted(each.due for each in found)
    assert len(found) == 7
    assert {each.case for each in found[:2]} == {CaseId(f"{5:032x}"), CaseId(f"{4:032x}")}
    vault.close()


@pytest.mark.parametrize(
    "harm",
    ["DELETE FROM deadline_row WHERE rule = 'D02'", "UPDATE deadline_row SET due = '2026-03-10' WHERE rule = 'D02'"],
)
def test_a_full_check_finds_rows_that_are_not_those_of_the_record(tmp_path: Path, harm: str) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault)
    assert check(vault, full=True).ok
    run_sql(vault, harm)
    assert [each.code for each in check(vault, full=True).findings] == ["check.folded"]
    vault.close()


def test_rows_that_are_gone_are_folded_again_when_the_vault_is_opened(tmp_path: Path) -> None:
    vault = a_vault(tmp_path / "v")
    accepted(vault)
    run_sql(vault, "DELETE FROM deadline_row")
    run_sql(vault, "DELETE FROM setting WHERE name = 'deadlines_counted_by'")
    vault.close()
    again = opened(tmp_path / "v")
    assert [each[0] for each in named(again, "2026-06-01")] == ["D02", "D03"]
    again.close()
